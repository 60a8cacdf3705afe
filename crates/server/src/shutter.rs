//! What is withheld from a role. Withholding only ever takes away: what a role sees is what its routes admit,
//! less everything that any restriction names, less everything that rests on that or repeats its words.

use std::collections::{BTreeMap, BTreeSet};

use model::record::Record;
use serde_json::{Value, json};
use store::{Filter, Kept, Outline, Reader, Restriction, StoreError};

use crate::policy::Role;
use crate::privacy::OPEN_KINDS;
use crate::record::Privacy;

/// What one role does not see in one state of the view.
#[derive(Debug, Default)]
pub(crate) struct Shutter {
    /// Places in the replay of records withheld whole.
    hidden: BTreeSet<i64>,
    /// Parts withheld in every record of a kind.
    of_kind: BTreeMap<String, BTreeSet<String>>,
    /// Parts withheld in one record, by kind and id.
    of_record: BTreeMap<(String, String), BTreeSet<String>>,
    /// Records of which a part is withheld.
    parted: BTreeSet<i64>,
    /// Records that a filter must not find: an answer to "which have this?" would tell of a withheld part.
    unfilterable: BTreeSet<i64>,
    /// Names of pages of which some words are withheld.
    torn_pages: BTreeSet<String>,
    /// Ids that restrictions name.
    named: BTreeSet<String>,
    /// Parts withheld of rows of others, by the id of a version or `*`. These rows stand outside the view.
    foreign: BTreeMap<String, BTreeSet<String>>,
    /// How incidents are made coarser, where they are.
    privacy: Option<Privacy>,
    /// Where they are, the records of the kinds that are shown at all.
    open: Vec<Kept>,
}

/// Kind of the records of rows of others.
pub(crate) const FOREIGN: &str = "foreign";

/// The words of a record: whoever may not read them may not read the record.
const WORDS: [&str; 5] = ["*", "quote", "document", "start", "end"];

/// Most withheld findings whose incidents are looked up one by one.
///
/// 10,000: a second's work. Beyond it all findings count as withheld, which hides more and never less.
const FINDINGS_ONE_BY_ONE_MAX: usize = 10_000;

/// The part of a document that is its captured text.
pub(crate) const TEXT: &str = "text";

impl Shutter {
    /// What the restrictions withhold from a role.
    pub(crate) fn of(
        reader: &Reader,
        restrictions: &[Restriction],
        privacy: Option<&Privacy>,
        role: Role,
    ) -> Result<Self, StoreError> {
        let mut shutter = Self {
            privacy: privacy.filter(|it| it.holds_for(role)).cloned(),
            ..Self::default()
        };
        if shutter.privacy.is_some() {
            for kind in OPEN_KINDS {
                let all = Filter {
                    kind: kind.to_owned(),
                    ..Filter::default()
                };
                shutter.open.push(reader.keep(&all)?);
            }
        }
        let mut whole = Vec::new();
        // A word that is no role withholds from everybody.
        let withheld = restrictions
            .iter()
            .filter(|it| Role::read(&it.role).is_none_or(|lowest| role < lowest));
        for it in withheld {
            if it.kind == FOREIGN {
                let parts = shutter.foreign.entry(it.id.clone()).or_default();
                parts.insert(it.field.clone());
                continue;
            }
            shutter.named.insert(it.id.clone());
            if WORDS.contains(&it.field.as_str()) {
                whole.push(it);
            } else if it.id == "*" {
                shutter
                    .of_kind
                    .entry(it.kind.clone())
                    .or_default()
                    .insert(it.field.clone());
            } else {
                let key = (it.kind.clone(), it.id.clone());
                shutter.of_record.entry(key).or_default().insert(it.field.clone());
            }
        }
        let parted = shutter
            .of_kind
            .values()
            .chain(shutter.of_record.values())
            .any(has_parts);
        if !whole.is_empty() || parted {
            shutter.spread(reader, &whole)?;
        }
        Ok(shutter)
    }

    /// Follows what rests on withheld records, and what repeats their words on the same page.
    fn spread(&mut self, reader: &Reader, whole: &[&Restriction]) -> Result<(), StoreError> {
        let mut todo: Vec<(Outline, bool)> = Vec::new();
        for rule in whole {
            let seeds = match rule.id.as_str() {
                "*" => reader.outline(&rule.kind)?,
                id => reader.outline_of(id)?,
            };
            let seeds = seeds.into_iter().filter(|it| it.kind == rule.kind);
            todo.extend(seeds.map(|it| (it, true)));
        }
        // A part withheld in one record may be repeated by whatever rests on it.
        for (kind, id) in self
            .of_record
            .keys()
            .filter(|key| has_parts(&self.of_record[*key]))
        {
            if reader.outline_of(id)?.iter().any(|it| it.kind == *kind) {
                todo.extend(reader.resting_on(id)?.into_iter().map(|it| (it, true)));
            }
        }
        let mut carried = BTreeSet::new();
        let mut pages: BTreeMap<String, Vec<Outline>> = BTreeMap::new();
        let mut findings = Vec::new();
        while let Some((it, carries)) = todo.pop() {
            if self.hidden.insert(it.ord) && it.kind == "finding" {
                findings.push(it.ord);
            }
            // A passage around withheld words is withheld too, but not all that else stands in it.
            if !carries || !carried.insert(it.ord) {
                continue;
            }
            todo.extend(reader.resting_on(&it.id)?.into_iter().map(|other| (other, true)));
            let Some(page) = &it.document else {
                continue;
            };
            if !pages.contains_key(page) {
                pages.insert(page.clone(), reader.on_page(page)?);
            }
            let same_words = pages[page].iter().filter(|other| repeats(&it, other));
            todo.extend(same_words.map(|other| (other.clone(), other.kind != "passage")));
            self.torn_pages.insert(page.clone());
        }
        self.mark_unfilterable(reader, findings)
    }

    /// Records with a withheld part, and those that a withheld finding is about.
    fn mark_unfilterable(&mut self, reader: &Reader, mut findings: Vec<i64>) -> Result<(), StoreError> {
        for (kind, _) in self.of_kind.iter().filter(|(_, parts)| has_parts(parts)) {
            let all = Filter {
                kind: kind.clone(),
                ..Filter::default()
            };
            self.parted.extend(reader.ords(&all)?);
        }
        for ((kind, id), _) in self.of_record.iter().filter(|(_, parts)| has_parts(parts)) {
            for it in reader.outline_of(id)?.into_iter().filter(|it| it.kind == *kind) {
                self.parted.insert(it.ord);
                if kind == "finding" {
                    findings.push(it.ord);
                }
            }
        }
        self.unfilterable = self.parted.clone();
        // When very many are withheld, what all of them are about is asked for at once.
        if self.of_kind.get("finding").is_some_and(has_parts) || findings.len() > FINDINGS_ONE_BY_ONE_MAX {
            self.unfilterable.extend(reader.under("finding")?);
            return Ok(());
        }
        for finding in reader.at(&findings)? {
            for id in &finding.basis {
                self.unfilterable
                    .extend(reader.outline_of(id)?.into_iter().map(|it| it.ord));
            }
        }
        Ok(())
    }

    /// Places in the replay of what is withheld whole.
    pub(crate) fn hidden(&self) -> impl Iterator<Item = i64> + '_ {
        self.hidden.iter().copied()
    }

    /// Places in the replay of records of which a part is withheld.
    pub(crate) fn parted(&self) -> impl Iterator<Item = i64> + '_ {
        self.parted.iter().copied()
    }

    /// Places in the replay of what a filter must not find, beside what is withheld whole.
    pub(crate) fn unfilterable(&self) -> impl Iterator<Item = i64> + '_ {
        self.unfilterable.iter().copied()
    }

    /// Whether the mark of incidents that rulings archived is withheld, in all of them or in one.
    pub(crate) fn hides_archived(&self) -> bool {
        let of_kind = self.of_kind.get("incident").into_iter();
        let of_record = self.of_record.iter().filter(|((kind, _), _)| kind == "incident");
        let mut parts = of_kind.chain(of_record.map(|(_, parts)| parts)).flatten();
        parts.any(|part| ["fields", "fields.archived"].contains(&part.as_str()))
    }

    /// Parts withheld in a record.
    fn parts(&self, kind: &str, id: &str) -> BTreeSet<&str> {
        let own = self.of_record.get(&(kind.to_owned(), id.to_owned()));
        let all = self.of_kind.get(kind).into_iter().chain(own).flatten();
        all.map(String::as_str).collect()
    }

    /// Whether a record may be seen at all.
    pub(crate) fn admits(&self, ord: i64) -> bool {
        let open = self.privacy.is_none() || self.open.iter().any(|kept| kept.holds(ord));
        open && !self.hidden.contains(&ord)
    }

    /// How incidents are made coarser for the role, where they are.
    pub(crate) fn privacy(&self) -> Option<&Privacy> {
        self.privacy.as_ref()
    }

    /// Whether records of a kind are hidden whole, because they would tell what is made coarser.
    pub(crate) fn hides_kind(&self, kind: &str) -> bool {
        self.privacy.is_some() && !OPEN_KINDS.contains(&kind)
    }

    /// Parts withheld of rows of others, by the id of a version or `*`.
    pub(crate) fn foreign(&self) -> &BTreeMap<String, BTreeSet<String>> {
        &self.foreign
    }

    /// Whether any restriction holds for the role.
    pub(crate) fn names_any(&self) -> bool {
        !self.named.is_empty() || self.privacy.is_some()
    }

    /// Whether a restriction names this id.
    pub(crate) fn names(&self, id: &str) -> bool {
        self.named.contains(id)
    }

    /// Whether some words of this page are withheld.
    pub(crate) fn is_torn(&self, page: &str) -> bool {
        self.torn_pages.contains(page)
    }

    /// Whether the captured text of a document may be read.
    pub(crate) fn admits_text(&self, id: &str) -> bool {
        !self.parts("document", id).contains(TEXT)
    }

    /// Whether something is withheld that a form without parts would show.
    pub(crate) fn hides_records(&self) -> bool {
        !self.hidden.is_empty() || self.hides_parts()
    }

    /// Whether parts of records are withheld or made coarser, the captured text aside.
    pub(crate) fn hides_parts(&self) -> bool {
        self.privacy.is_some() || self.withholds_parts()
    }

    /// Whether restrictions withhold parts of records, the captured text aside.
    pub(crate) fn withholds_parts(&self) -> bool {
        self.of_kind
            .values()
            .chain(self.of_record.values())
            .any(has_parts)
    }

    /// A record as this role may see it: what is withheld is absent, and told to be.
    pub(crate) fn show(&self, record: &Record) -> Value {
        // A record is plain data with text keys, which JSON can always hold.
        let mut value = match &self.privacy {
            Some(privacy) if record.kind == "incident" => privacy.shown(record),
            _ => serde_json::to_value(record).unwrap_or_default(),
        };
        let mut withheld = self.parts(&record.kind, &record.id);
        withheld.remove(TEXT);
        let torn = record
            .document
            .as_ref()
            .is_some_and(|page| self.torn_pages.contains(page));
        if record.kind == "document" && torn {
            // Withheld words may stand in the title.
            withheld.extend(["fields.title", "fields.byline"]);
        }
        if withheld.is_empty() {
            return value;
        }
        for part in &withheld {
            take_out(&mut value, part);
        }
        let mut all: Vec<Value> = value["withheld"].as_array().cloned().unwrap_or_default();
        all.extend(withheld.iter().map(|part| json!(part)));
        value["withheld"] = all.into();
        value
    }
}

/// Whether what is withheld is the whole record: whoever may not read its words may not read it.
pub(crate) fn is_whole(parts: &BTreeSet<String>) -> bool {
    parts.iter().any(|part| WORDS.contains(&part.as_str()))
}

/// Whether more than the captured text is withheld.
fn has_parts(parts: &BTreeSet<String>) -> bool {
    parts.iter().any(|part| part != TEXT)
}

/// Whether a record on the same page stands on some of the same bytes; the document itself holds no words.
fn repeats(it: &Outline, other: &Outline) -> bool {
    if it.kind == "document" {
        return other.ord != it.ord;
    }
    let apart = |(a, b): ((i64, i64), (i64, i64))| a.1 <= b.0 || b.1 <= a.0;
    other.kind != "document" && it.span.zip(other.span).is_some_and(|spans| !apart(spans))
}

/// Takes a part such as `fields.sources` out of a value.
pub(crate) fn take_out(value: &mut Value, part: &str) {
    let (above, name) = part.rsplit_once('.').unwrap_or(("", part));
    let mut at = value;
    for step in above.split('.').filter(|step| !step.is_empty()) {
        match at.get_mut(step) {
            Some(inner) => at = inner,
            None => return,
        }
    }
    if let Some(fields) = at.as_object_mut() {
        fields.remove(name);
    }
}
