//! What an administrator sets for the whole desk.

use serde::{Deserialize, Serialize};
use serde_json::json;
use store::Desk;

use crate::answer::Answer;
use crate::house::House;
use crate::kept;
use crate::route::{Asked, Trouble};
use crate::session::good_role;

const KIND: &str = "settings";

/// The settings; without any, nobody must have a second factor.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Set {
    /// Roles that must have a second factor.
    #[serde(default)]
    pub(crate) factor_roles: Vec<String>,
}

pub(crate) fn of(desk: &Desk) -> Result<Set, Trouble> {
    Ok(kept::read(desk, KIND, KIND)?.map(|(_, set)| set).unwrap_or_default())
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
    set.factor_roles.sort();
    set.factor_roles.dedup();
    kept::write(&house.desk(), KIND, KIND, "", &set)?;
    Ok(Answer::Json(json!(set)))
}
