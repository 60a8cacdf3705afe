//! The same work on many values, as many at once as the machine has processors.

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;

/// What the work gives for each value, in the order of the values; `on` is told of each in that order.
pub(crate) fn each<T: Sync, R: Send>(
    values: &[T],
    work: impl Fn(&T) -> R + Sync,
    on: &mut dyn FnMut(usize, &R),
) -> Vec<R> {
    let workers = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let next = AtomicUsize::new(0);
    let mut done = Vec::with_capacity(values.len());
    std::thread::scope(|scope| {
        let (giving, taken) = mpsc::channel();
        for _ in 0..workers.min(values.len()) {
            let (giving, next, work) = (giving.clone(), &next, &work);
            scope.spawn(move || {
                loop {
                    let place = next.fetch_add(1, Ordering::Relaxed);
                    let Some(value) = values.get(place) else { break };
                    if giving.send((place, work(value))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(giving);
        let mut early: BTreeMap<usize, R> = BTreeMap::new();
        for (place, result) in taken {
            early.insert(place, result);
            while let Some(result) = early.remove(&done.len()) {
                on(done.len(), &result);
                done.push(result);
            }
        }
    });
    done
}

#[cfg(test)]
mod tests {
    #[test]
    fn results_come_in_the_order_of_the_values_whoever_is_done_first() {
        let values: Vec<u64> = (0..500).collect();
        let mut told = Vec::new();
        let slow_first = |value: &u64| (0..(500 - value) * 1_000).fold(*value, |sum, n| sum ^ n ^ n);
        let done = super::each(&values, slow_first, &mut |place, value| {
            told.push((place, *value))
        });
        assert_eq!(done, values);
        assert!(told.iter().enumerate().all(|(n, it)| *it == (n, n as u64)));
        assert!(super::each(&[], |value: &u64| *value, &mut |_, _| {}).is_empty());
    }
}
