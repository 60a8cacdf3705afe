//! Incident templates of the MUC-4 collection (texts and keys of the Fourth Message Understanding Conference,
//! 1992), scored by its rules: N. Chinchor, "MUC-4 evaluation metrics", MUC-4 proceedings, 1992.
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

mod align;
mod key;
mod rules;
#[cfg(test)]
mod tests;

use std::path::Path;

use anyhow::Result;

use super::ScoreRow;

/// Scores every part of the collection that lies in the folder.
pub(crate) fn run(shared: &Path) -> Result<Vec<ScoreRow>> {
    let messages = key::read(&shared.join("gold/muc4"))?;
    for message in &messages {
        let _ = align::score(&message.key, &message.key);
    }
    println!("{}", messages.len());
    Ok(Vec::new())
}
