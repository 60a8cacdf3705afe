//! Ids are content hashes: the same input gives the same id in every replay.

use sha2::{Digest, Sha256};
use std::fmt;

/// SHA-256 of bytes, in lower-case hexadecimal.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Hashes length-prefixed parts, so that ("ab", "c") and ("a", "bc") differ; the first 64 bits in
/// hexadecimal. 64 bits keep ids short enough to type; at a million objects the chance of any collision
/// is about 1 in 37 million.
fn short_hash(parts: &[&str]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part.as_bytes());
    }
    hex(&hasher.finalize()[..8])
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// What every id of this kind starts with.
            pub const PREFIX: &'static str = $prefix;
            /// The id of the thing whose identity is these parts, in this order.
            pub fn of(parts: &[&str]) -> Self { Self(format!("{}_{}", $prefix, short_hash(parts))) }
            /// Reads an id that was written before; `None` when it is of another kind.
            pub fn read(text: &str) -> Option<Self> {
                let rest = text.strip_prefix($prefix)?.strip_prefix('_')?;
                (rest.len() == 16 && rest.bytes().all(|b| b.is_ascii_hexdigit())).then(|| Self(text.to_owned()))
            }
            /// The id as written.
            pub fn as_str(&self) -> &str { &self.0 }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(&self.0) }
        }
    )*};
}

ids! {
    /// A captured page: the hash of its raw bytes.
    DocumentId = "doc";
    /// A passage of a document.
    PassageId = "pas";
    /// Damage in a page.
    ArtefactId = "art";
    /// One attributed proposition.
    ClaimId = "clm";
    /// One occurrence of an actor's name or description.
    MentionId = "men";
    /// One quantity.
    FigureId = "fig";
    /// One occurrence built from claims.
    IncidentId = "inc";
    /// An independent root shared by several documents.
    OriginId = "ori";
    /// Two accounts that cannot both hold.
    ContradictionId = "con";
    /// A judgement of an incident under a term.
    FindingId = "fin";
    /// A meeting, round, position, control change, delivery or return.
    TrackId = "trk";
    /// A decision of a person.
    RulingId = "rul";
    /// A note.
    NoteId = "not";
}

/// Names given by people in `data/`: actors, outlets, places, acts, agreements, terms, zones.
macro_rules! names {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub String);
        impl $name {
            /// The key as written in the data.
            pub fn as_str(&self) -> &str { &self.0 }
        }
        impl From<&str> for $name {
            fn from(text: &str) -> Self { Self(text.to_owned()) }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(&self.0) }
        }
    )*};
}

names! {
    /// Key of an actor in `data/actors`.
    ActorId;
    /// Key of an outlet in `data/outlets`.
    OutletId;
    /// Key of a place in the gazetteer, such as `gn:172955`.
    PlaceId;
    /// Key of an act in `data/acts.tsv`, such as `car-bomb`.
    ActId;
    /// Key of an agreement: its folder name in `data/agreements`.
    AgreementId;
    /// Key of a term within its agreement.
    TermId;
    /// Key of a zone within its agreement.
    ZoneId;
    /// Key of a proposal that holders take positions on, such as `de-escalation-zones`.
    ProposalId;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_kept_apart() {
        assert_ne!(ClaimId::of(&["ab", "c"]), ClaimId::of(&["a", "bc"]));
    }

    #[test]
    fn an_id_of_another_kind_is_not_read() {
        let id = ClaimId::of(&["x"]);
        assert_eq!(ClaimId::read(id.as_str()), Some(id.clone()));
        assert_eq!(DocumentId::read(id.as_str()), None);
        assert_eq!(ClaimId::read("clm_zz"), None);
    }
}
