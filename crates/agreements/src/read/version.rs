//! Versions that circulated beside the one that is judged by: drafts, digests.

use super::entry::{Entry, Faults};
use model::{Agreement, Edtf, Register};

/// Reads `[[version]]` tables. A version shares the title, parties and zones of the final one; its deadlines
/// are its own, and it has no terms and no exemptions, since it binds nobody.
pub(super) fn read(top: &mut Entry<'_>, of: &Agreement, faults: &mut Faults) -> Vec<Agreement> {
    let mut versions: Vec<Agreement> = Vec::new();
    for mut entry in top.entries("version", faults) {
        let taken = versions.iter().chain(std::iter::once(of));
        let id = super::fresh_id(&mut entry, taken.map(|version| version.version.as_str()), faults);
        versions.push(Agreement {
            version: id,
            title: format!("{} ({})", of.title, entry.text("words", faults)),
            source: entry.text("source", faults),
            deadlines: super::deadlines(&mut entry, &of.anchors, faults),
            terms: Vec::new(),
            exemptions: Vec::new(),
            until: Edtf::unknown(),
            register: Register::default(),
            ..of.clone()
        });
        entry.close(faults);
    }
    versions
}
