//! What is withheld from a role. Withholding only ever takes away: what a role sees is what its routes admit,
//! less everything that any restriction names, less everything that rests on that or repeats its words.

use std::collections::{BTreeMap, BTreeSet};

use model::record::Record;
use serde_json::{Value, json};
use store::{Outline, Reader, Restriction, StoreError};

use crate::policy::Role;

/// What one role does not see in one state of the view.
#[derive(Debug, Default)]
pub(crate) struct Shutter {
    /// Places in the replay of records withheld whole.
    hidden: BTreeSet<i64>,
    /// Parts withheld in every record of a kind.
    of_kind: BTreeMap<String, BTreeSet<String>>,
    /// Parts withheld in one record, by kind and id.
    of_record: BTreeMap<(String, String), BTreeSet<String>>,
    /// Records that a filter must not find: an answer to "which have this?" would tell of a withheld part.
    unfilterable: BTreeSet<i64>,
    /// Names of pages of which some words are withheld.
    torn_pages: BTreeSet<String>,
    /// Ids that restrictions name.
    named: BTreeSet<String>,
}

/// The words of a record: whoever may not read them may not read the record.
const WORDS: [&str; 5] = ["*", "quote", "document", "start", "end"];

/// The part of a document that is its captured text.
pub(crate) const TEXT: &str = "text";

impl Shutter {
    /// What the restrictions withhold from a role.
    pub(crate) fn of(reader: &Reader, restrictions: &[Restriction], role: Role) -> Result<Self, StoreError> {
        let mut shutter = Self::default();
        let mut whole = Vec::new();
        // A word that is no role withholds from everybody.
        let withheld = restrictions
            .iter()
            .filter(|it| Role::read(&it.role).is_none_or(|lowest| role < lowest));
        for it in withheld {
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
        let only_text = |parts: &BTreeSet<String>| parts.iter().all(|part| part == TEXT);
        let has_parts = !shutter
            .of_kind
            .values()
            .chain(shutter.of_record.values())
            .all(only_text);
        if !whole.is_empty() || has_parts {
            shutter.spread(reader, &whole)?;
        }
        Ok(shutter)
    }

    /// Follows what rests on withheld records, and what repeats their words on the same page.
    fn spread(&mut self, reader: &Reader, whole: &[&Restriction]) -> Result<(), StoreError> {
        let outline = reader.outline(None)?;
        let basis = reader.facet("basis")?;
        let mut resting: BTreeMap<&str, Vec<i64>> = BTreeMap::new();
        for (id, ord) in &basis {
            resting.entry(id).or_default().push(*ord);
        }
        let at: BTreeMap<i64, &Outline> = outline.iter().map(|it| (it.ord, it)).collect();
        let mut on_page: BTreeMap<&str, Vec<&Outline>> = BTreeMap::new();
        for it in &outline {
            if let Some(document) = &it.document {
                on_page.entry(document).or_default().push(it);
            }
        }
        let is_seed = |it: &Outline| {
            whole
                .iter()
                .any(|rule| rule.kind == it.kind && (rule.id == "*" || rule.id == it.id))
        };
        let mut todo: Vec<(&Outline, bool)> = outline
            .iter()
            .filter(|it| is_seed(it))
            .map(|it| (it, true))
            .collect();
        // A part withheld in one record may be repeated by whatever rests on it.
        for (kind, id) in self
            .of_record
            .keys()
            .filter(|key| !self.of_record[*key].iter().all(|part| part == TEXT))
        {
            if outline.iter().any(|it| it.kind == *kind && it.id == *id) {
                let above = resting.get(id.as_str()).into_iter().flatten();
                todo.extend(above.filter_map(|ord| at.get(ord).map(|it| (*it, true))));
            }
        }
        while let Some((it, carries)) = todo.pop() {
            self.hidden.insert(it.ord);
            // A passage around withheld words is withheld too, but not all that else stands in it.
            if !carries {
                continue;
            }
            let above = resting.get(it.id.as_str()).into_iter().flatten();
            let same_words = it
                .document
                .iter()
                .flat_map(|page| on_page.get(page.as_str()).into_iter().flatten())
                .filter(|other| repeats(it, other));
            let next = above
                .filter_map(|ord| at.get(ord).map(|it| (*it, true)))
                .chain(same_words.map(|other| (*other, other.kind != "passage")));
            for (other, carries) in next.collect::<Vec<_>>() {
                if !self.hidden.contains(&other.ord) {
                    todo.push((other, carries));
                }
            }
        }
        let torn = outline.iter().filter(|it| self.hidden.contains(&it.ord));
        self.torn_pages = torn.filter_map(|it| it.document.clone()).collect();
        self.mark_unfilterable(&outline, &basis);
        Ok(())
    }

    /// Records with a withheld part, and those that a withheld finding is about.
    fn mark_unfilterable(&mut self, outline: &[Outline], basis: &[(String, i64)]) {
        let finding: BTreeSet<i64> = outline
            .iter()
            .filter(|it| {
                it.kind == "finding"
                    && (self.hidden.contains(&it.ord) || !self.parts(&it.kind, &it.id).is_empty())
            })
            .map(|it| it.ord)
            .collect();
        let judged: BTreeSet<&str> = basis
            .iter()
            .filter(|(_, ord)| finding.contains(ord))
            .map(|(id, _)| id.as_str())
            .collect();
        let found: BTreeSet<i64> = outline
            .iter()
            .filter(|it| judged.contains(it.id.as_str()) || !self.parts(&it.kind, &it.id).is_empty())
            .map(|it| it.ord)
            .collect();
        self.unfilterable = found;
    }

    /// Parts withheld in a record.
    fn parts(&self, kind: &str, id: &str) -> BTreeSet<&str> {
        let own = self.of_record.get(&(kind.to_owned(), id.to_owned()));
        let all = self.of_kind.get(kind).into_iter().chain(own).flatten();
        all.map(String::as_str).collect()
    }

    /// Whether a record may be seen at all.
    pub(crate) fn admits(&self, ord: i64) -> bool {
        !self.hidden.contains(&ord)
    }

    /// Whether a filter may find it.
    pub(crate) fn findable(&self, ord: i64) -> bool {
        self.admits(ord) && !self.unfilterable.contains(&ord)
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

    /// Whether parts of records are withheld, the captured text aside.
    pub(crate) fn hides_parts(&self) -> bool {
        let parts = self.of_kind.values().chain(self.of_record.values()).flatten();
        parts.into_iter().any(|part| part != TEXT)
    }

    /// A record as this role may see it: what is withheld is absent, and told to be.
    pub(crate) fn show(&self, record: &Record) -> Value {
        // A record is plain data with text keys, which JSON can always hold.
        let mut value = serde_json::to_value(record).unwrap_or_default();
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
        value["withheld"] = json!(withheld);
        value
    }
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
fn take_out(value: &mut Value, part: &str) {
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
