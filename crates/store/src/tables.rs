//! What records are filtered by, held in memory: a table for each kind, read once for each filling of the view.
//!
//! A question over a million records walks short lists of numbers instead of rows of a database. Words, pages and
//! what a record rests on stay in the database, which has an index of each.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::db::{Db, values};
use crate::error::StoreError;
use crate::facet::{BASIS, Filter, day, read_day};
use crate::grid::{Spot, spot};
use crate::words::phrases;

/// Tables by kind, of the newest filling that was asked about. Readers share them.
#[derive(Debug, Default)]
pub struct Tables(Mutex<Kinds>);

type Kinds = (String, BTreeMap<String, Arc<Table>>);

impl Tables {
    /// The table of a kind in the filling that the database shows now, by its name.
    pub(crate) fn of(&self, db: &Db, filling: String, kind: &str) -> Result<Arc<Table>, StoreError> {
        // Held while reading: a second asker waits for the same table instead of reading it again.
        let mut kinds = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kinds.0 != filling {
            *kinds = (filling, BTreeMap::new());
        }
        if let Some(table) = kinds.1.get(kind) {
            return Ok(Arc::clone(table));
        }
        let table = Arc::new(Table::read(db, kind)?);
        kinds.1.insert(kind.to_owned(), Arc::clone(&table));
        Ok(table)
    }
}

/// The records of one kind. Their numbers here count from 0, in the order of the replay.
#[derive(Debug, Default)]
pub(crate) struct Table {
    /// Place in the replay of each.
    ords: Vec<u32>,
    /// First and last day; the lowest and the highest number where a record is not dated.
    days: Vec<(i32, i32)>,
    /// Where it lies; empty when no record of the kind has a place.
    pub(crate) spots: Vec<Option<Spot>>,
    /// Numbers of the records that have a value, by facet and value.
    facets: BTreeMap<String, BTreeMap<String, Vec<u32>>>,
}

impl Table {
    fn read(db: &Db, kind: &str) -> Result<Self, StoreError> {
        let mut table = Self::default();
        let mut placed = false;
        db.each(
            "SELECT ord, first, last, lat, lon FROM record WHERE kind = ?1 ORDER BY ord",
            values![kind],
            |row| {
                // A view of more than 2^32 records would need another machine than this.
                table.ords.push(u32::try_from(row.int(0)?).unwrap_or(u32::MAX));
                let bound =
                    |column| Ok::<_, StoreError>(row.optional_text(column)?.and_then(|text| read_day(&text)));
                table
                    .days
                    .push((bound(1)?.unwrap_or(i32::MIN), bound(2)?.unwrap_or(i32::MAX)));
                let place = row.optional_real(3)?.zip(row.optional_real(4)?);
                placed |= place.is_some();
                table.spots.push(place.map(|(lat, lon)| spot(lat, lon)));
                Ok(())
            },
        )?;
        if !placed {
            table.spots = Vec::new();
        }
        let mut at: Option<(String, String, Vec<u32>)> = None;
        let mut facets: BTreeMap<String, BTreeMap<String, Vec<u32>>> = BTreeMap::new();
        let mut close = |list: Option<(String, String, Vec<u32>)>| {
            if let Some((name, value, mut numbers)) = list {
                numbers.shrink_to_fit();
                facets.entry(name).or_default().insert(value, numbers);
            }
        };
        db.each(
            "SELECT name, value, ord FROM facet WHERE kind = ?1 ORDER BY name, value, ord",
            values![kind],
            |row| {
                let (name, value) = (row.cell(0)?, row.cell(1)?);
                let same = at.as_ref().is_some_and(|(known, one, _)| {
                    name == crate::db::Cell::Text(known) && value == crate::db::Cell::Text(one)
                });
                if !same {
                    close(at.replace((row.text(0)?, row.text(1)?, Vec::new())));
                }
                if let (Some((.., numbers)), Some(number)) = (&mut at, table.number(row.int(2)?)) {
                    numbers.push(number);
                }
                Ok(())
            },
        )?;
        close(at);
        table.facets = facets;
        table.ords.shrink_to_fit();
        table.days.shrink_to_fit();
        table.spots.shrink_to_fit();
        Ok(table)
    }

    /// The number of a record by its place in the replay.
    fn number(&self, ord: i64) -> Option<u32> {
        let ord = u32::try_from(ord).ok()?;
        // Records of a kind mostly stand one behind the other.
        let guess = ord.checked_sub(*self.ords.first()?)?;
        let at = match self.ords.get(guess as usize) {
            Some(found) if *found == ord => guess as usize,
            _ => self.ords.binary_search(&ord).ok()?,
        };
        u32::try_from(at).ok()
    }

    /// The records that a filter keeps.
    pub(crate) fn keep(self: &Arc<Self>, db: &Db, filter: &Filter) -> Result<Kept, StoreError> {
        let mut kept = Kept {
            bits: Bits::full(self.ords.len()),
            table: Arc::clone(self),
        };
        self.keep_days(&mut kept.bits, filter);
        if let Some([west, south, east, north]) = filter.bbox {
            kept.bits.retain(|number| {
                self.spot(number).is_some_and(|spot| {
                    let inside = if west <= east {
                        spot.lon >= west && spot.lon <= east
                    } else {
                        spot.lon >= west || spot.lon <= east
                    };
                    inside && spot.lat >= south && spot.lat <= north
                })
            });
        }
        for (name, wanted) in &filter.facets {
            if *name == BASIS {
                let mut found = Bits::empty(self.ords.len());
                for id in wanted {
                    self.add(db, &mut found, "SELECT ord FROM basis WHERE id = ?1", values![id])?;
                }
                kept.bits.and(&found);
                continue;
            }
            let mut found = Bits::empty(self.ords.len());
            let lists = wanted
                .iter()
                .filter_map(|value| self.facets.get(*name)?.get(value));
            for number in lists.flatten() {
                found.set(*number);
            }
            kept.bits.and(&found);
        }
        for (name, unwanted) in &filter.without {
            let lists = unwanted
                .iter()
                .filter_map(|value| self.facets.get(*name)?.get(value));
            for number in lists.flatten() {
                kept.bits.clear(*number);
            }
        }
        if let Some(document) = &filter.document {
            let mut found = Bits::empty(self.ords.len());
            self.add(
                db,
                &mut found,
                "SELECT ord FROM record WHERE document = ?1",
                values![document],
            )?;
            kept.bits.and(&found);
        }
        if let Some(text) = &filter.text {
            let mut found = Bits::empty(self.ords.len());
            let phrases = phrases(text);
            if !phrases.is_empty() {
                // Words of what it rests on are its words too. The index is asked once: on a server each question is a
                // way there and back.
                let all = format!(
                    "WITH hit AS MATERIALIZED (SELECT rowid AS ord FROM quotes WHERE {}) SELECT ord FROM hit
                     UNION ALL SELECT basis.ord FROM hit JOIN record ON record.ord = hit.ord JOIN basis ON basis.id = record.id",
                    db.matching(1)
                );
                self.add(db, &mut found, &all, values![&db.question(&phrases)])?;
            }
            kept.bits.and(&found);
        }
        Ok(kept)
    }

    fn keep_days(&self, bits: &mut Bits, filter: &Filter) {
        // A text that is no day is later than every day, and earlier.
        let from = filter
            .from
            .as_deref()
            .map(|text| read_day(text).unwrap_or(i32::MAX));
        let to = filter
            .to
            .as_deref()
            .map(|text| read_day(text).unwrap_or(i32::MIN));
        if from.is_none() && to.is_none() {
            return;
        }
        let (from, to) = (from.unwrap_or(i32::MIN), to.unwrap_or(i32::MAX));
        bits.retain(|number| {
            let (first, last) = self.days[number as usize];
            last >= from && first <= to
        });
    }

    fn add(
        &self,
        db: &Db,
        bits: &mut Bits,
        question: &str,
        values: &[crate::db::Value],
    ) -> Result<(), StoreError> {
        db.each(question, values, |row| {
            if let Some(number) = self.number(row.int(0)?) {
                bits.set(number);
            }
            Ok(())
        })
    }

    pub(crate) fn spot(&self, number: u32) -> Option<Spot> {
        self.spots.get(number as usize).copied().flatten()
    }

    pub(crate) fn ord(&self, number: u32) -> i64 {
        i64::from(self.ords[number as usize])
    }

    /// The values of a facet, each with the records that have it.
    pub(crate) fn values(&self, name: &str) -> impl Iterator<Item = (&String, &Vec<u32>)> {
        self.facets.get(name).into_iter().flatten()
    }
}

/// Records of one kind that a question keeps.
#[derive(Clone, Debug)]
pub struct Kept {
    pub(crate) table: Arc<Table>,
    pub(crate) bits: Bits,
}

impl Kept {
    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.bits.count()
    }

    /// Their places in the replay, in order.
    pub fn ords(&self) -> impl Iterator<Item = i64> + '_ {
        self.bits.iter().map(|number| self.table.ord(number))
    }

    /// The places in the replay of the first of them behind a place, and whether more follow.
    #[must_use]
    pub fn page(&self, after: i64, limit: usize) -> (Vec<i64>, bool) {
        let begin = self.table.ords.partition_point(|ord| i64::from(*ord) <= after);
        let mut page: Vec<i64> = self
            .bits
            .iter_from(begin)
            .map(|number| self.table.ord(number))
            .take(limit.saturating_add(1))
            .collect();
        let more = page.len() > limit;
        page.truncate(limit);
        (page, more)
    }

    /// Whether the record at this place in the replay is among them.
    #[must_use]
    pub fn holds(&self, ord: i64) -> bool {
        self.table.number(ord).is_some_and(|number| self.bits.has(number))
    }

    /// Leaves out all of them.
    pub fn clear(&mut self) {
        self.bits = Bits::empty(self.table.ords.len());
    }

    /// Leaves out the record at this place in the replay, if it is among them.
    pub fn leave_out(&mut self, ord: i64) {
        if let Some(number) = self.table.number(ord) {
            self.bits.clear(number);
        }
    }

    /// How many have each value of a facet; a record with several values counts for each.
    #[must_use]
    pub fn count_by(&self, name: &str) -> BTreeMap<String, usize> {
        let counts = self.table.values(name).map(|(value, numbers)| {
            let count = numbers.iter().filter(|number| self.bits.has(**number)).count();
            (value.clone(), count)
        });
        counts.filter(|(_, count)| *count > 0).collect()
    }

    /// How many have each first value of a facet that comes in this order; and how many have none of them.
    #[must_use]
    pub fn count_first(&self, name: &str, order: &[&str]) -> (Vec<usize>, usize) {
        let mut left = self.bits.clone();
        let counts = order.iter().map(|value| {
            let list = self.table.facets.get(name).and_then(|values| values.get(*value));
            let taken = list.into_iter().flatten().filter(|number| left.take(**number));
            taken.count()
        });
        let counts = counts.collect();
        (counts, left.count())
    }

    /// How many begin on each day, by day; those that are not dated are not among them.
    #[must_use]
    pub fn count_by_day(&self) -> BTreeMap<String, usize> {
        let mut counts: BTreeMap<i32, usize> = BTreeMap::new();
        let mut run = (i32::MIN, 0);
        for number in self.bits.iter() {
            let (first, _) = self.table.days[number as usize];
            if first == run.0 {
                run.1 += 1;
                continue;
            }
            *counts.entry(run.0).or_default() += run.1;
            run = (first, 1);
        }
        *counts.entry(run.0).or_default() += run.1;
        counts.remove(&i32::MIN);
        counts
            .into_iter()
            .map(|(number, count)| (day(number), count))
            .collect()
    }

    /// How many have a place on the map.
    #[must_use]
    pub fn count_placed(&self) -> usize {
        self.bits
            .iter()
            .filter(|number| self.table.spot(*number).is_some())
            .count()
    }
}

/// A set of numbers.
#[derive(Clone, Debug)]
pub(crate) struct Bits(Vec<u64>);

impl Bits {
    fn empty(length: usize) -> Self {
        Self(vec![0; length.div_ceil(64)])
    }

    fn full(length: usize) -> Self {
        let mut all = Self(vec![u64::MAX; length.div_ceil(64)]);
        if let (Some(last), rest @ 1..) = (all.0.last_mut(), length % 64) {
            *last = (1 << rest) - 1;
        }
        all
    }

    pub(crate) fn has(&self, number: u32) -> bool {
        self.0[number as usize / 64] >> (number % 64) & 1 == 1
    }

    fn set(&mut self, number: u32) {
        self.0[number as usize / 64] |= 1 << (number % 64);
    }

    fn clear(&mut self, number: u32) {
        self.0[number as usize / 64] &= !(1 << (number % 64));
    }

    /// Takes a number out; gives whether it was there.
    fn take(&mut self, number: u32) -> bool {
        let was = self.has(number);
        self.clear(number);
        was
    }

    fn and(&mut self, other: &Self) {
        for (one, two) in self.0.iter_mut().zip(&other.0) {
            *one &= two;
        }
    }

    fn count(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    fn retain(&mut self, mut keep: impl FnMut(u32) -> bool) {
        for (place, word) in self.0.iter_mut().enumerate() {
            let mut rest = *word;
            while rest != 0 {
                let bit = rest.trailing_zeros();
                rest &= rest - 1;
                if !keep(number(place, bit)) {
                    *word &= !(1 << bit);
                }
            }
        }
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        self.iter_from(0)
    }

    fn iter_from(&self, begin: usize) -> impl Iterator<Item = u32> + '_ {
        let words = self.0.iter().enumerate().skip(begin / 64);
        words.flat_map(move |(place, word)| {
            let mut rest = *word;
            if place == begin / 64 {
                rest &= u64::MAX << (begin % 64);
            }
            std::iter::from_fn(move || {
                let bit = (rest != 0).then(|| rest.trailing_zeros())?;
                rest &= rest - 1;
                Some(number(place, bit))
            })
        })
    }
}

/// Numbers are below 2^32, since there are no more records.
fn number(place: usize, bit: u32) -> u32 {
    u32::try_from(place * 64).unwrap_or(u32::MAX).saturating_add(bit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_holds_what_it_was_given() {
        let mut bits = Bits::full(130);
        assert_eq!(bits.count(), 130);
        bits.retain(|number| number % 3 == 0);
        assert_eq!(
            bits.iter().collect::<Vec<_>>(),
            (0..130).step_by(3).collect::<Vec<_>>()
        );
        assert_eq!(bits.iter_from(64).next(), Some(66));
        assert_eq!(bits.iter_from(130).next(), None);
        assert!(bits.take(129) && !bits.take(129));
        let mut other = Bits::empty(130);
        other.set(126);
        other.set(127);
        bits.and(&other);
        assert_eq!(bits.iter().collect::<Vec<_>>(), [126]);
    }
}
