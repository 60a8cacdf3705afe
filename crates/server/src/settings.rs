//! What an administrator sets for the whole desk.

use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Desk;

use crate::answer::{Answer, Refusal};
use crate::house::House;
use crate::kept;
use crate::route::{Asked, Trouble};
use crate::session::good_role;

const KIND: &str = "settings";

/// Most hosts that are let through.
const HOSTS_MAX: usize = 100;

/// The settings; without any, nobody must have a second factor.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Set {
    /// Roles that must have a second factor.
    #[serde(default)]
    pub(crate) factor_roles: Vec<String>,
    /// Hosts, with or without a port, that hooks may reach though they are no public address.
    #[serde(default)]
    pub(crate) hook_hosts: Vec<String>,
}

pub(crate) fn of(desk: &Desk) -> Result<Set, Trouble> {
    Ok(kept::read(desk, KIND, KIND)?
        .map(|(_, set)| set)
        .unwrap_or_default())
}

/// The settings.
pub(crate) fn show(house: &House, _: &Asked) -> Result<Answer, Trouble> {
    Ok(Answer::Json(json!(of(&house.desk())?)))
}

/// Replaces them.
pub(crate) fn put(house: &House, asked: &Asked) -> Result<Answer, Trouble> {
    let mut set: Set = asked.form()?;
    for role in &set.factor_roles {
        good_role(role)?;
    }
    let host = |text: &String| {
        let plain = text
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-:".contains(&byte));
        (1..=255).contains(&text.len()) && plain
    };
    if set.hook_hosts.len() > HOSTS_MAX || !set.hook_hosts.iter().all(host) {
        return Err(
            Refusal::bad("a host is small letters, such as intranet.example or 10.0.0.5:8080").into(),
        );
    }
    set.hook_hosts.sort();
    set.hook_hosts.dedup();
    set.factor_roles.sort();
    set.factor_roles.dedup();
    kept::write(&house.desk(), KIND, KIND, "", &set)?;
    Ok(Answer::Json(json!(set)))
}
