//! Rulings on their way into the log and out of it: signed by a key of the person who decides, and checked against
//! the first key that ever signed under that name.

use crate::fault::{Fault, Kind};
use crate::workspace::{Workspace, write_private};
use model::record::RulingForm;
use model::{ClaimId, Decision, DocumentId, Ruling, RulingId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A ruling as the log commits to it.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Signed {
    /// The ruling as a C2SP signed note.
    pub(crate) note: String,
    /// The public key that signed it.
    pub(crate) key: String,
}

/// Who has signed under which name so far.
#[derive(Debug, Default)]
pub(crate) struct People {
    keys: BTreeMap<String, String>,
}

impl People {
    /// The ruling, when its signature holds and its person is the one who first signed under that name.
    pub(crate) fn check(&mut self, signed: &Signed) -> Result<Ruling, String> {
        let key = ledger::VerifierKey::parse(&signed.key)
            .map_err(|error| format!("its key is damaged: {error}"))?;
        let note = ledger::Note::parse(signed.note.as_bytes())
            .map_err(|error| format!("it is no signed note: {error}"))?;
        note.verify(std::slice::from_ref(&key))
            .map_err(|error| format!("its signature does not hold: {error}"))?;
        let ruling = RulingForm::read(note.text())?;
        let first = self
            .keys
            .entry(ruling.by.clone())
            .or_insert_with(|| signed.key.clone());
        if *first != signed.key {
            return Err(format!(
                "it is signed as \"{}\" with another key than the first ruling under that name",
                ruling.by
            ));
        }
        Ok(ruling)
    }
}

/// The words of claims, by which they are found again.
pub(crate) type Words = BTreeMap<ClaimId, (DocumentId, String)>;

/// A ruling as it would be signed now.
pub(crate) fn unsigned(by: &str, because: &str, decision: Decision, words: Words) -> anyhow::Result<Ruling> {
    text(by, because, decision, words).map(|(_, ruling)| ruling)
}

/// Signs a decision with the person's key, which is made when there is none, and logs it.
pub(crate) fn log(
    workspace: &mut Workspace,
    by: &str,
    because: &str,
    decision: Decision,
    words: Words,
) -> anyhow::Result<Ruling> {
    let (text, ruling) = text(by, because, decision, words)?;
    let key = key_of(workspace, &ruling.by)?;
    let note = ledger::Note::sign(&text, &key)?;
    let signed = Signed {
        note: note.to_string(),
        key: key.verifier().to_string(),
    };
    workspace.rule(&signed)?;
    Ok(ruling)
}

/// What is signed, and what every replay will read from it: checks included.
fn text(by: &str, because: &str, decision: Decision, words: Words) -> anyhow::Result<(String, Ruling)> {
    let text = RulingForm::text(&Ruling {
        id: RulingId::of(&[]),
        decision,
        by: by.trim().to_owned(),
        made: crate::clock::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        because: because.trim().to_owned(),
        words,
    });
    let ruling = RulingForm::read(&text)
        .map_err(|why| Fault::of(Kind::Usage, why, "Correct it and run the command again."))?;
    Ok((text, ruling))
}

/// The signing key of a person in this workspace.
fn key_of(workspace: &Workspace, by: &str) -> anyhow::Result<ledger::SigningKey> {
    let folder = workspace.dir().join("reviewers");
    let hint = "Check that the workspace can be written to.";
    // By the hash of the name: names hold blanks and slashes, file names and key names must not.
    let short = &model::sha256_hex(by.as_bytes())[..16];
    let path = folder.join(short);
    if path.exists() {
        let text = std::fs::read_to_string(&path)
            .map_err(|error| Fault::outside("could not read a signing key", hint, error))?;
        return Ok(ledger::SigningKey::parse(text.trim())?);
    }
    std::fs::create_dir_all(&folder)
        .map_err(|error| Fault::outside("could not make a folder for keys", hint, error))?;
    let name = format!("truceline.local/reviewer/{short}");
    let key = ledger::SigningKey::from_random(&name, &crate::clock::random()?)?;
    write_private(&path, key.to_key_string().as_bytes())
        .map_err(|error| Fault::outside("could not write a signing key", hint, error))?;
    Ok(key)
}
