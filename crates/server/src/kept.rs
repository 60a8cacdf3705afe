//! Things that the desk keeps, in their own forms.

use serde::Serialize;
use serde::de::DeserializeOwned;
use store::{Desk, DeskItem};

use crate::route::Trouble;

/// The thing of this kind and id, and the account that it belongs to.
pub(crate) fn read<T: DeserializeOwned>(
    desk: &Desk,
    kind: &str,
    id: &str,
) -> Result<Option<(String, T)>, Trouble> {
    desk.kept(kind, id)?.map(|it| opened(&it)).transpose()
}

/// All things of a kind by id, each with the account that it belongs to.
pub(crate) fn all<T: DeserializeOwned>(desk: &Desk, kind: &str) -> Result<Vec<(String, String, T)>, Trouble> {
    let mut found = Vec::new();
    for it in desk.all_kept(kind)? {
        let (owner, thing) = opened(&it)?;
        found.push((it.id, owner, thing));
    }
    Ok(found)
}

/// Keeps a thing.
pub(crate) fn write(
    desk: &Desk,
    kind: &str,
    id: &str,
    owner: &str,
    thing: &impl Serialize,
) -> Result<(), Trouble> {
    let json = serde_json::to_string(thing).map_err(|error| Trouble::Ours(error.to_string()))?;
    let (kind, id, owner) = (kind.to_owned(), id.to_owned(), owner.to_owned());
    Ok(desk.keep(&DeskItem {
        kind,
        id,
        owner,
        json,
    })?)
}

fn opened<T: DeserializeOwned>(it: &DeskItem) -> Result<(String, T), Trouble> {
    let thing = serde_json::from_str(&it.json).map_err(|error| {
        Trouble::Ours(format!(
            "what is kept as {} {} does not read: {error}",
            it.kind, it.id
        ))
    })?;
    Ok((it.owner.clone(), thing))
}
