//! The forms in which the desk keeps what people set: second factors, saved searches, hooks, settings.

use serde::{Deserialize, Serialize};

/// The second factor of an account.
#[derive(Serialize, Deserialize)]
pub(crate) struct Factor {
    /// The secret in base 32, as the authenticator has it.
    pub(crate) secret: String,
    /// The step of the newest code that was taken: it and those before are taken no more.
    pub(crate) used: i64,
    /// Hashes of the recovery codes that are left.
    pub(crate) recovery: Vec<String>,
}

/// A secret that was offered and is not confirmed yet.
#[derive(Serialize, Deserialize)]
pub(crate) struct Offer {
    pub(crate) secret: String,
    pub(crate) made: i64,
}

/// An address that is told of changes.
#[derive(Serialize, Deserialize)]
pub(crate) struct Hook {
    pub(crate) search: String,
    pub(crate) url: String,
    /// What messages are signed with, in base 64.
    pub(crate) secret: String,
    /// The state up to which its receiver has been told.
    pub(crate) state: String,
    pub(crate) made: i64,
    /// How many messages there were; the number of the next.
    pub(crate) count: u64,
}

/// A message to a hook.
#[derive(Serialize, Deserialize)]
pub(crate) struct Delivery {
    pub(crate) hook: String,
    pub(crate) body: String,
    pub(crate) made: i64,
    pub(crate) tries: usize,
    /// When it is tried next; nothing when it is done with.
    pub(crate) next: Option<i64>,
    /// Status of the last answer.
    pub(crate) status: Option<u16>,
    /// Why the last try failed.
    pub(crate) error: Option<String>,
    /// When it was last tried.
    pub(crate) at: Option<i64>,
}

/// A saved search.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Search {
    pub(crate) name: String,
    /// What the lists of incidents are asked for, as it stands in an address.
    pub(crate) query: String,
    /// Its feed is for everybody, and shows what everybody may see.
    pub(crate) public: bool,
    /// Hash of the word that opens the feed of one that is not.
    pub(crate) token: String,
    /// When it was saved, in seconds since 1970.
    pub(crate) made: i64,
}

/// The settings; without any, nobody must have a second factor.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Set {
    /// Roles that must have a second factor.
    #[serde(default)]
    pub(crate) factor_roles: Vec<String>,
    /// What is made coarser for whom; nothing shows everything as it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) privacy: Option<Privacy>,
    /// Hosts, with or without a port, that hooks may reach though they are no public address.
    #[serde(default)]
    pub(crate) hook_hosts: Vec<String>,
}

/// What is made coarser, and for whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Privacy {
    /// From this role on everything is shown as it is.
    pub(crate) role: String,
    /// Kilometres to which a place is rounded, at least; nothing leaves places as they are.
    #[serde(default)]
    pub(crate) place_km: Option<u32>,
    /// Days without hours.
    #[serde(default)]
    pub(crate) days_only: bool,
}
