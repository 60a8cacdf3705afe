//! A year of incidents kept small: what the judge reads of each, every like part stored once, so that hundreds of
//! thousands are judged, and judged again after a line has moved, without any words being made.
//!
//! The rulings are those of [`crate::assess`]; whoever wants the reasons of one asks that.

use crate::brief::{Actors, Brief, Site, Told, Weight, Who};
use crate::judge::{self, Frame, Matter};
use crate::{Attributing, by_key};
use jiff::civil::Date;
use model::{Act, Actor, Agreement, Edtf, Incident, IncidentId, Term, Verdict, ZoneAnswer};
use std::collections::BTreeMap;

/// Key of a place, as whoever fills the docket counts them: incidents at one spot may share an answer.
pub type Spot = u32;

/// What one incident gets under one term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ruling {
    /// Index of the incident in the docket, in order of filling.
    pub incident: u32,
    /// Index of the term in the agreement.
    pub term: u16,
    /// What it says.
    pub verdict: Verdict,
}

/// Incidents as the judge reads them.
#[derive(Debug, Default)]
pub struct Docket {
    rows: Vec<Row>,
    acts: Pool<(Act, String)>,
    sites: Pool<Site>,
    whos: Pool<Who>,
    weights: Pool<Weight>,
}

#[derive(Clone, Debug)]
struct Row {
    id: IncidentId,
    spot: Spot,
    when: Edtf,
    act: u32,
    site: u32,
    who: u32,
    weight: u32,
}

/// Values stored once each.
#[derive(Debug)]
struct Pool<T> {
    all: Vec<T>,
    index: BTreeMap<T, u32>,
}

impl<T> Default for Pool<T> {
    fn default() -> Self {
        Self {
            all: Vec::new(),
            index: BTreeMap::new(),
        }
    }
}

impl<T: Clone + Ord> Pool<T> {
    fn put(&mut self, value: T) -> u32 {
        if let Some(at) = self.index.get(&value) {
            return *at;
        }
        let at = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        self.all.push(value.clone());
        self.index.insert(value, at);
        at
    }
    fn at(&self, at: u32) -> &T {
        &self.all[at as usize]
    }
}

impl Docket {
    /// Takes in incidents, each with the key of its place, and says which bodies its actors belong to.
    pub fn fill<'i>(&mut self, incidents: impl IntoIterator<Item = (&'i Incident, Spot)>, actors: &[Actor]) {
        let actors = by_key(actors);
        for (incident, spot) in incidents {
            let brief = Brief::of(incident, &actors).bare();
            self.rows.push(Row {
                id: incident.id.clone(),
                spot,
                when: brief.when,
                act: self.acts.put((brief.act, brief.weapon)),
                site: self.sites.put(brief.site),
                who: self.whos.put(brief.who),
                weight: self.weights.put(brief.weight),
            });
        }
    }

    /// How many incidents it holds.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The id of an incident.
    pub fn id(&self, incident: u32) -> Option<&IncidentId> {
        self.rows.get(incident as usize).map(|row| &row.id)
    }

    /// Judges every incident that happened up to `as_of` under every term that is about it, in order of incident
    /// and term, on `threads` threads; their number changes nothing but the time it takes.
    pub fn judge(
        &self,
        agreement: &Agreement,
        as_of: Date,
        attributing: Attributing,
        actors: &[Actor],
        threads: usize,
    ) -> Vec<Ruling> {
        let actors = by_key(actors);
        let frame = Frame {
            agreement,
            actors: &actors,
            attributing,
            as_of,
        };
        let rows: Vec<u32> = (0..self.rows.len() as u32).collect();
        let share = rows.len().div_ceil(threads.max(1)).max(1);
        let mut rulings: Vec<Ruling> = std::thread::scope(|scope| {
            let frame = &frame;
            let parts: Vec<_> = rows
                .chunks(share)
                .map(|part| scope.spawn(move || self.judge_rows(part, frame)))
                .collect();
            let joined = parts.into_iter().map(|part| {
                part.join()
                    .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            });
            joined.flatten().collect()
        });
        rulings.extend(self.counted(&frame));
        rulings.sort_unstable();
        rulings
    }

    /// Rulings under the terms that look at one incident alone.
    fn judge_rows(&self, rows: &[u32], frame: &Frame<'_>) -> Vec<Ruling> {
        let mut rulings = Vec::with_capacity(rows.len());
        for incident in rows {
            let row = &self.rows[*incident as usize];
            for (term, terms) in (0..).zip(&frame.agreement.terms) {
                if terms.limits.at_most.is_none() && self.is_judged(row, terms, frame) {
                    rulings.push(Ruling {
                        incident: *incident,
                        term,
                        verdict: judge::quick(self.matter(row, terms, frame)),
                    });
                }
            }
        }
        rulings
    }

    /// Rulings under the terms that count, which look at all incidents together.
    fn counted(&self, frame: &Frame<'_>) -> Vec<Ruling> {
        let mut rulings = Vec::new();
        for (at, term) in (0..).zip(&frame.agreement.terms) {
            let Some(limit) = term.limits.at_most else {
                continue;
            };
            let (incidents, mut matters): (Vec<u32>, Vec<Matter<'_>>) = (0..)
                .zip(&self.rows)
                .filter(|(_, row)| self.is_judged(row, term, frame))
                .map(|(incident, row)| (incident, self.matter(row, term, frame)))
                .unzip();
            let tallies = judge::tallies(&matters, limit.days);
            for (matter, tally) in matters.iter_mut().zip(tallies) {
                matter.tally = Some(tally);
            }
            rulings.extend(
                incidents
                    .into_iter()
                    .zip(matters)
                    .map(|(incident, matter)| Ruling {
                        incident,
                        term: at,
                        verdict: judge::quick(matter),
                    }),
            );
        }
        rulings
    }

    fn is_judged(&self, row: &Row, term: &Term, frame: &Frame<'_>) -> bool {
        let later = row.when.earliest().is_some_and(|day| day > frame.as_of);
        !later && judge::is_about(term, &self.acts.at(row.act).0)
    }

    fn matter<'a>(&'a self, row: &'a Row, term: &'a Term, frame: &'a Frame<'a>) -> Matter<'a> {
        let (act, weapon) = self.acts.at(row.act);
        Matter {
            frame,
            term,
            act,
            weapon,
            when: &row.when,
            site: self.sites.at(row.site),
            who: self.whos.at(row.who),
            weight: self.weights.at(row.weight),
            tally: None,
        }
    }

    /// Takes in the answers about a zone whose outline has changed, and tells which incidents they change. Asks
    /// `answer` for each incident, by its place and time; the answer must be about one zone.
    pub fn redraw(&mut self, mut answer: impl FnMut(Spot, &Edtf) -> ZoneAnswer) -> Vec<u32> {
        let mut changed = Vec::new();
        for at in 0..self.rows.len() {
            let row = &self.rows[at];
            let site = self.sites.at(row.site);
            if !site.told {
                continue;
            }
            let told = Told::of(&answer(row.spot, &row.when)).bare();
            let same_zone = |old: &Told| old.zone == told.zone && old.agreement == told.agreement;
            if site.zones.contains(&told) {
                continue;
            }
            let mut site = site.clone();
            site.zones.retain(|old| !same_zone(old));
            site.zones.push(told);
            site.zones.sort();
            self.rows[at].site = self.sites.put(site);
            changed.push(at as u32);
        }
        changed
    }

    /// Judges again the incidents that changed, and tells every ruling of `before` that turns, as it is now.
    /// Under a term that counts, every incident is judged again.
    pub fn turned(
        &self,
        changed: &[u32],
        before: &[Ruling],
        agreement: &Agreement,
        as_of: Date,
        attributing: Attributing,
        actors: &[Actor],
    ) -> Vec<Ruling> {
        let actors: Actors<'_> = by_key(actors);
        let frame = Frame {
            agreement,
            actors: &actors,
            attributing,
            as_of,
        };
        let mut now = self.judge_rows(changed, &frame);
        now.extend(self.counted(&frame));
        now.sort_unstable();
        let is_new = |ruling: &Ruling| {
            let place = (ruling.incident, ruling.term);
            let found = before.binary_search_by(|old| (old.incident, old.term).cmp(&place));
            found.is_err() || found.is_ok_and(|at| before[at].verdict != ruling.verdict)
        };
        now.retain(is_new);
        now
    }
}
