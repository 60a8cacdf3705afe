//! Counts for whoever watches the server, in the text form that Prometheus reads.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Mutex;

use crate::house::locked;

/// Upper ends of the steps in which times are counted, in milliseconds.
const STEPS_MS: [i64; 8] = [5, 10, 25, 50, 100, 150, 300, 1_000];

#[derive(Debug, Default)]
struct Line {
    count: u64,
    sum_ms: i64,
    within: [u64; STEPS_MS.len()],
}

/// Requests by route and status.
#[derive(Debug, Default)]
pub(crate) struct Metrics(Mutex<BTreeMap<(&'static str, &'static str, u16), Line>>);

impl Metrics {
    pub(crate) fn count(&self, verb: &'static str, path: &'static str, status: u16, took_ms: i64) {
        let mut lines = locked(&self.0);
        let line = lines.entry((verb, path, status)).or_default();
        line.count += 1;
        line.sum_ms += took_ms;
        for (within, step) in line.within.iter_mut().zip(STEPS_MS) {
            *within += u64::from(took_ms <= step);
        }
    }

    pub(crate) fn text(&self) -> String {
        let mut text = String::from(
            "# HELP truceline_request_ms Time that requests took, in milliseconds.\n# TYPE truceline_request_ms histogram\n",
        );
        for ((verb, path, status), line) in &*locked(&self.0) {
            let labels = format!("method=\"{verb}\",route=\"{path}\",status=\"{status}\"");
            // Writing to a string does not fail.
            for (within, step) in line.within.iter().zip(STEPS_MS) {
                let _ = writeln!(
                    text,
                    "truceline_request_ms_bucket{{{labels},le=\"{step}\"}} {within}"
                );
            }
            let count = line.count;
            let _ = writeln!(
                text,
                "truceline_request_ms_bucket{{{labels},le=\"+Inf\"}} {count}"
            );
            let _ = writeln!(text, "truceline_request_ms_sum{{{labels}}} {}", line.sum_ms);
            let _ = writeln!(text, "truceline_request_ms_count{{{labels}}} {count}");
        }
        text
    }
}
