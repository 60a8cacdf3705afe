//! What an administrator withholds.

use serde::Deserialize;
use serde_json::{Value, json};
use store::Restriction;

use crate::answer::{Answer, Refusal};
use crate::house::House;
use crate::policy::Role;
use crate::records::NOUNS;
use crate::route::{Asked, Trouble};
use crate::shutter::FOREIGN;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    kind: String,
    id: String,
    field: String,
    role: Option<String>,
}

impl Form {
    fn checked(self) -> Result<Restriction, Refusal> {
        if self.kind != FOREIGN && !NOUNS.iter().any(|noun| noun.kind == self.kind) {
            return Err(Refusal::bad("there are no records of this kind"));
        }
        let word = |text: &str| {
            text == "*"
                || (1..=128).contains(&text.len())
                    && text
                        .bytes()
                        .all(|byte| byte.is_ascii_alphanumeric() || b"_.".contains(&byte))
        };
        if !word(&self.id) || !word(&self.field) {
            return Err(Refusal::bad("id and field are \"*\" or a word of a record"));
        }
        let role = self.role.as_deref().map(|word| {
            Role::read(word)
                .filter(|role| *role != Role::Public)
                .ok_or_else(|| Refusal::bad("the role is not one of those that an account may have"))
        });
        Ok(Restriction {
            kind: self.kind,
            id: self.id,
            field: self.field,
            role: role
                .transpose()?
                .unwrap_or(Role::Administrator)
                .as_str()
                .to_owned(),
        })
    }
}

fn shown(it: &Restriction) -> Value {
    json!({ "kind": it.kind, "id": it.id, "field": it.field, "role": it.role })
}

/// Everything that is withheld.
pub(crate) fn list(house: &House, _: &Asked) -> Result<Answer, Trouble> {
    let all = house.desk().restrictions()?;
    Ok(Answer::Json(
        json!({ "items": all.iter().map(shown).collect::<Vec<_>>() }),
    ))
}

/// A record as a role sees it: what is withheld is absent and named, and so is the record where all of it is.
pub(crate) fn preview(house: &House, asked: &Asked) -> Result<Answer, Trouble> {
    let role = asked.value("role").and_then(Role::read).unwrap_or(Role::Public);
    house.look(|reader| {
        let shutter = house.shutter(reader, role)?;
        let found = reader.with_ords(asked.value("id").unwrap_or_default())?;
        if found.is_empty() {
            return Err(Refusal::not_found().into());
        }
        let may_read = |kind: &str| {
            let noun = NOUNS.iter().find(|noun| noun.kind == kind);
            noun.is_some_and(|noun| noun.policy().admits(role))
        };
        let seen = found
            .iter()
            .filter(|(ord, record)| shutter.admits(*ord) && may_read(&record.kind));
        let items: Vec<Value> = seen.map(|(_, record)| shutter.show(record)).collect();
        Ok(Answer::Json(
            json!({ "role": role.as_str(), "of": found.len(), "items": items }),
        ))
    })
}

/// Withholds something from every role below the one named.
pub(crate) fn put(house: &House, asked: &Asked) -> Result<Answer, Trouble> {
    let restriction = asked.form::<Form>()?.checked()?;
    house.desk().restrict(&restriction)?;
    house.forget_restrictions();
    Ok(Answer::Json(shown(&restriction)))
}

/// Withholds it no longer.
pub(crate) fn release(house: &House, asked: &Asked) -> Result<Answer, Trouble> {
    let restriction = asked.form::<Form>()?.checked()?;
    let was = house.desk().release(&restriction)?;
    house.forget_restrictions();
    if !was {
        return Err(Refusal::not_found().into());
    }
    list(house, asked)
}
