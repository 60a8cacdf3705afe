//! Incident templates of the MUC-4 collection (texts and keys of the Fourth Message Understanding Conference,
//! 1992), scored after its rules as far as they are described in print, where in doubt on the strict side; people judged
//! strings by hand then. N. Chinchor, "MUC-4 evaluation metrics", MUC-4 proceedings, 1992.
//!
//! | rule | here |
//! |---|---|
//! | categories | correct 1, partial ½, incorrect, spurious, missing; blank in both is not counted |
//! | recall, precision, F | points over the key's fills; points over the response's; harmonic mean |
//! | ALL TEMPLATES | fills of unmatched key templates are missing, of unmatched responses spurious |
//! | optional (`?`, `OPTIONAL`) | counts if given and matched, is never missing |
//! | mapping of templates | one to one, for the most points; the type must agree at least in part, and so must one of perpetrator, organisation, object, name, description (date or place where the key has none of these) |
//! | mapping of fills in a slot | one to one, for the most points; what is left on both sides is incorrect |
//! | lists (types, stage, effects …) | equal; half for a more general type of incident or instrument |
//! | fills with a reference (`DEATH: "MAYOR"`) | the value, and the reference by the rule for strings; half if either is half |
//! | dates, places, numbers | equal; half as told in [`rules`] |
//!
//! In 1992 a person judged strings that differ. Here, for the same answer each time, content words decide: see
//! [`rules::words_credit`]. Where the published guidelines leave a doubt, they say to count it wrong; so does this.
//!
//! Texts that the model of the product was trained on are scored by models that have not seen them (three folds);
//! the name of the row says so. All others are scored by the model of the product.

mod align;
pub(crate) mod fill;
pub(crate) mod key;
pub(crate) mod rules;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Result;
use claims::roles::Model;

use super::{ScoreRow, bootstrap};
use crate::train::roles::{Page, learn, prepare, text_hash};
use align::{Tallies, all, score};
use fill::{CUTS, dateline, day, templates};
use key::{Fill, Message, Template, slot};

/// Scores every part of the collection that lies in the folder.
pub(crate) fn run(shared: &Path) -> Result<Vec<ScoreRow>> {
    let messages = key::read(&shared.join("gold/muc4"))?;
    let model = Model::english();
    let seen: BTreeSet<u32> = model.seen.iter().copied().collect();
    let (seen, unseen): (Vec<&Message>, Vec<&Message>) = messages
        .iter()
        .partition(|message| seen.contains(&text_hash(&message.text)));
    let mut judged: BTreeMap<String, Vec<[Tallies; 2]>> = BTreeMap::new();
    for message in unseen {
        let name = message.set().to_owned();
        judged.entry(name).or_default().push(judge(message, model));
    }
    for (message, tallies) in crosswise(&seen) {
        let name = format!("{}, cross-validated", message.set());
        judged.entry(name).or_default().push(tallies);
    }
    Ok(judged.iter().map(|(name, tallies)| row(name, tallies)).collect())
}

/// Texts are dealt into so many folds.
const FOLDS: usize = 3;

/// Each text scored by a model trained on the other folds.
fn crosswise<'m>(messages: &[&'m Message]) -> Vec<(&'m Message, [Tallies; 2])> {
    let pages: Vec<Page> = messages.iter().map(|message| prepare(message)).collect();
    let mut found = Vec::new();
    for fold in (0..FOLDS).filter(|_| !messages.is_empty()) {
        let others = pages.iter().enumerate().filter(|(at, _)| at % FOLDS != fold);
        let model = learn(&others.map(|(_, page)| page).collect::<Vec<_>>());
        for message in messages.iter().skip(fold).step_by(FOLDS) {
            found.push((*message, judge(message, &model)));
        }
    }
    found
}

/// The system and the trivial one.
fn judge(message: &Message, model: &Model) -> [Tallies; 2] {
    let found = templates(&message.text, model, CUTS);
    [
        score(&found, &message.key),
        score(&trivial(&message.text), &message.key),
    ]
}

/// The commonest fills of the development keys, for every text that has one of a few words.
fn trivial(text: &str) -> Vec<Template> {
    const TRIGGERS: &[&str] = &[
        "KILL",
        "MURDER",
        "ATTACK",
        "BOMB",
        "KIDNAP",
        "EXPLO",
        "ASSASSINAT",
    ];
    if !TRIGGERS.iter().any(|word| text.contains(word)) {
        return Vec::new();
    }
    let mut template = Template::default();
    let fills = [
        (slot::TYPE, "ATTACK"),
        (slot::STAGE, "ACCOMPLISHED"),
        (slot::CATEGORY, "TERRORIST ACT"),
        (slot::LOCATION, "EL SALVADOR"),
        (slot::ORGANISATION, "FMLN"),
    ];
    for (number, fill) in fills {
        template.put(number, Fill::new(fill));
    }
    if let Some(date) = dateline(text).published_latest {
        template.put(slot::DATE, Fill::new(&format!("- {}", day(date))));
    }
    vec![template]
}

fn row(set: &str, texts: &[[Tallies; 2]]) -> ScoreRow {
    let f1 = |texts: &[&[Tallies; 2]], system: usize| {
        let mut sum = Tallies::default();
        for text in texts {
            for (sum, tally) in sum.iter_mut().zip(text[system]) {
                *sum += tally;
            }
        }
        all(&sum).f1()
    };
    let every: Vec<&[Tallies; 2]> = texts.iter().collect();
    let (low, high) = bootstrap(texts, |texts| f1(texts, 0));
    ScoreRow {
        task: "muc4".to_owned(),
        set: set.to_owned(),
        metric: "all templates F".to_owned(),
        n: texts.len(),
        value: f1(&every, 0),
        low,
        high,
        baseline: Some(f1(&every, 1)),
        baseline_name: "one template of the commonest fills per text with a trigger".to_owned(),
        peer: "1992 systems: median 29.3, best 55.9 and 57.2".to_owned(),
    }
}
