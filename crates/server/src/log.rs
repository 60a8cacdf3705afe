//! What the log proves, for whoever checks it: its signed head, proofs, and what changed since a state.

use serde_json::json;
use store::Changes;

use crate::answer::{Answer, Code, JSON, Refusal};
use crate::house::House;
use crate::records::{head, may_read, one};
use crate::route::{Asked, Trouble};

const PLAIN: &str = "text/plain; charset=utf-8";

/// The state of the view, and the signed head of the log that it was made from.
pub(crate) fn checkpoint(house: &House, asked: &Asked) -> Result<Answer, Trouble> {
    house.look(|reader| {
        let mut value = head(reader)?;
        // Whether incidents are made coarser for whoever asks: what is empty then is not untold.
        value["coarse"] = json!(house.shutter(reader, asked.role)?.privacy().is_some());
        let signed = reader.meta("checkpoint")?.unwrap_or_default();
        let mut lines = signed.lines().skip(1);
        value["entries"] = json!(lines.next().and_then(|line| line.parse::<u64>().ok()));
        value["root"] = json!(lines.next());
        value["signed"] = json!(signed);
        Ok(Answer::Json(value))
    })
}

/// The signed head of the log as it is now.
pub(crate) fn signed(house: &House, _: &Asked) -> Result<Answer, Trouble> {
    Ok(plain(house.log()?.signed_checkpoint()))
}

/// The proof that an entry is in the log. Entries hold hashes and salted commitments only.
pub(crate) fn proof(house: &House, asked: &Asked) -> Result<Answer, Trouble> {
    let entry: u64 = asked.part("entry").parse().map_err(|_| Refusal::not_found())?;
    proven(house, entry)
}

fn proven(house: &House, entry: u64) -> Result<Answer, Trouble> {
    let log = house.log()?;
    if entry >= log.size() {
        return Err(Refusal::not_found().into());
    }
    Ok(plain(log.proof_file(entry)?.to_string()))
}

/// The key that the log is signed with. Whoever trusts it got it elsewhere: a server may say what it likes.
pub(crate) fn key(house: &House, _: &Asked) -> Result<Answer, Trouble> {
    Ok(plain(format!("{}\n", house.settings.key)))
}

/// The proof that a page is in the log.
pub(crate) fn page_proof(house: &House, asked: &Asked) -> Result<Answer, Trouble> {
    proven(house, page_entry(house, asked)?)
}

/// The entry of the log that a page is in, byte for byte as it was hashed: the hash of the page and salted commitments.
pub(crate) fn page_leaf(house: &House, asked: &Asked) -> Result<Answer, Trouble> {
    let leaf = house.log()?.entry(page_entry(house, asked)?)?;
    Ok(Answer::Bytes {
        kind: JSON,
        bytes: leaf,
        headers: Vec::new(),
    })
}

/// Number of the entry of a page that the role may see.
fn page_entry(house: &House, asked: &Asked) -> Result<u64, Trouble> {
    let (state, id) = house.look(|reader| {
        let shutter = house.shutter(reader, asked.role)?;
        let document = one(reader, &shutter, "document", asked.part("id"))?;
        Ok((reader.state()?.unwrap_or_default(), document.id))
    })?;
    let entry = house.world(&state)?.entries.get(&id).copied();
    Ok(entry.ok_or_else(Refusal::not_found)?)
}

fn plain(text: String) -> Answer {
    Answer::Bytes {
        kind: PLAIN,
        bytes: text.into_bytes(),
        headers: Vec::new(),
    }
}

/// Which records are not as they were. What the role may not see is not told of.
pub(crate) fn changes(house: &House, asked: &Asked) -> Result<Answer, Trouble> {
    let since = asked.value("since").unwrap_or_default();
    house.look(|reader| {
        let Changes::Known(changes) = reader.changes_since(since)? else {
            let told = "that state is not in the history of this view";
            return Err(Refusal::new(Code::Gone, told, "Read everything anew, and go on from there.").into());
        };
        let shutter = house.shutter(reader, asked.role)?;
        let mut told = Vec::new();
        for change in changes.iter().filter(|change| may_read(asked, &change.kind)) {
            let seen = match change.what.as_str() {
                "gone" => !shutter.names(&change.id) && !shutter.hides_kind(&change.kind),
                _ => {
                    let found = reader.with_ords(&change.id)?;
                    found
                        .iter()
                        .any(|(ord, record)| record.kind == change.kind && shutter.admits(*ord))
                }
            };
            if seen {
                told.push(json!({ "kind": change.kind, "id": change.id, "change": change.what }));
            }
        }
        let mut value = head(reader)?;
        value["from"] = json!(since);
        value["changes"] = told.into();
        Ok(Answer::Json(value))
    })
}

/// The name of each new state, as it comes.
pub(crate) fn events(house: &House, _: &Asked) -> Result<Answer, Trouble> {
    Ok(Answer::Events(house.states.subscribe()))
}
