//! What an administrator sets for the whole desk.

use serde_json::json;
use store::Desk;

use crate::answer::{Answer, Refusal};
use crate::house::House;
use crate::kept;
use crate::record::Privacy;
use crate::record::Set;
use crate::route::{Asked, Trouble};
use crate::session::good_role;

const KIND: &str = "settings";

/// Most hosts that are let through.
const HOSTS_MAX: usize = 100;

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
    // What is made coarser goes on being so unless the form says otherwise.
    let said = serde_json::from_slice::<serde_json::Value>(&asked.body)
        .is_ok_and(|form| form.get("privacy").is_some());
    if !said {
        set.privacy = of(&house.desk())?.privacy;
    }
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
    set.privacy = set.privacy.map(Privacy::checked).transpose()?;
    kept::write(&house.desk(), KIND, KIND, "", &set)?;
    // Whoever is shown less from now on is shown less by the next answer.
    house.forget_restrictions();
    Ok(Answer::Json(json!(set)))
}
