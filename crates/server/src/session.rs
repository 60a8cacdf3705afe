//! Signing in and out, the first account, and the accounts that an administrator keeps.

use axum::http::{HeaderMap, header};
use serde::Deserialize;
use serde_json::{Value, json};
use store::{Account, Session};

use crate::answer::{Answer, Code, Refusal};
use crate::house::{House, locked, sha256, word};
use crate::policy::Role;
use crate::route::{Asked, Trouble};
use crate::{factor, password};

/// How long a session lasts at most, and how long unused, in seconds.
///
/// A working day of twelve hours, and two hours away from the desk. Raise them and a forgotten browser stays
/// open to the next person; lower them and people sign in in the middle of their work.
const SESSION_S_MAX: i64 = 12 * 3_600;
const UNUSED_S_MAX: i64 = 2 * 3_600;

/// How often the last use of a session is written down, in seconds: each time would be a write a request.
const USED_STEP_S: i64 = 300;

const COOKIE: &str = "truceline";

/// How long after showing who one is the careful routes are open, in seconds.
///
/// Five minutes: time for a few changes in a row. Raise it and a desk left for a moment can be used by the next
/// person; lower it and people are asked in the middle of one change.
const FRESH_S_MAX: i64 = 300;

/// A session that lives, and whose it is.
pub(crate) struct Signed {
    pub(crate) session: Session,
    pub(crate) role: Role,
    /// The role must have a second factor, and there is none yet.
    pub(crate) must_enrol: bool,
}

/// Whether the owner of a session has shown within the last minutes who he is.
pub(crate) fn is_fresh(house: &House, session: &Session) -> bool {
    house.now_s() - session.made < FRESH_S_MAX
}

/// The session of a request, when its cookie names one that lives.
pub(crate) fn of(house: &House, headers: &HeaderMap) -> Result<Option<Signed>, Trouble> {
    let Some(token) = cookie(headers) else {
        return Ok(None);
    };
    let now = house.now_s();
    let desk = house.desk();
    let Some(mut session) = desk.session(&sha256(token.as_bytes()))? else {
        return Ok(None);
    };
    let lives = now - session.made < SESSION_S_MAX && now - session.used < UNUSED_S_MAX;
    let account = desk.account(&session.account)?.filter(|it| lives && !it.disabled);
    let Some(role) = account.and_then(|account| Role::read(&account.role)) else {
        desk.end_session(&session.token)?;
        return Ok(None);
    };
    if now - session.used >= USED_STEP_S {
        session.used = now;
        desk.put_session(&session)?;
    }
    let must_enrol = factor::must_enrol(&desk, &session.account, role)?;
    Ok(Some(Signed {
        session,
        role,
        must_enrol,
    }))
}

/// The token in the cookie; none when two cookies of our name came, for one of them is not ours.
fn cookie(headers: &HeaderMap) -> Option<&str> {
    let mut found = headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .filter(|(name, _)| *name == COOKIE)
        .map(|(_, value)| value);
    let first = found.next()?;
    found.next().is_none().then_some(first)
}

fn set_cookie(house: &House, token: &str, age_s: i64) -> String {
    let secure = house
        .settings
        .origin
        .as_ref()
        .is_some_and(|origin| origin.starts_with("https:"));
    let secure = if secure { "; Secure" } else { "" };
    format!("{COOKIE}={token}; Path=/; Max-Age={age_s}; HttpOnly; SameSite=Strict{secure}")
}

fn told(name: Option<&str>, role: Role, csrf: Option<&str>, set_up: bool, must_enrol: bool) -> Value {
    json!({
        "role": role.as_str(), "name": name, "csrf": csrf, "set_up": set_up, "must_enrol": must_enrol,
    })
}

/// Who is asking.
pub(crate) fn show(house: &House, asked: &Asked) -> Result<Answer, Trouble> {
    let set_up = !house.desk().accounts()?.is_empty();
    let session = asked.session.as_ref();
    let must_enrol = match session {
        Some(session) => factor::must_enrol(&house.desk(), &session.account, asked.role)?,
        None => false,
    };
    Ok(Answer::Json(told(
        session.map(|it| it.account.as_str()),
        asked.role,
        session.map(|it| it.csrf.as_str()),
        set_up,
        must_enrol,
    )))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SignIn {
    name: String,
    password: String,
    code: Option<String>,
}

/// Signs in. A session is always a new one: a token that somebody brought along is never taken over.
pub(crate) fn sign_in(house: &House, asked: &Asked) -> Result<Answer, Trouble> {
    let form: SignIn = asked.form()?;
    house.gate.may_try(asked.address, &form.name, house.now_s())?;
    let account = house.desk().account(&form.name)?;
    let hash = account
        .as_ref()
        .map_or(house.nobody.as_str(), |account| &account.password);
    // Hashed in either case, so that the time does not tell which names there are.
    let fits = password::fits(&form.password, hash);
    match account.filter(|account| fits && !account.disabled) {
        Some(account) => {
            factor::demand(house, asked.address, &account.name, form.code.as_deref())?;
            house.gate.right(asked.address, &form.name);
            begin(house, asked, &account, None)
        }
        None => {
            house.gate.wrong(asked.address, &form.name, house.now_s());
            let told = Refusal::new(
                Code::Unauthenticated,
                "name and password do not fit",
                "Check both, or ask an administrator.",
            );
            Err(told.into())
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Proof {
    password: Option<String>,
    code: Option<String>,
}

/// Shows again who one is: by a code where there is a second factor, by the password where there is none.
pub(crate) fn prove(house: &House, asked: &Asked) -> Result<Answer, Trouble> {
    let form: Proof = asked.form()?;
    let session = asked.session.as_ref().ok_or_else(Refusal::not_found)?;
    let name = session.account.as_str();
    house.gate.may_try(asked.address, name, house.now_s())?;
    let account = house.desk().account(name)?.ok_or_else(Refusal::not_found)?;
    if factor::is_on(&house.desk(), name)? {
        factor::demand(house, asked.address, name, form.code.as_deref())?;
    } else if !form
        .password
        .is_some_and(|given| password::fits(&given, &account.password))
    {
        house.gate.wrong(asked.address, name, house.now_s());
        return Err(Refusal::forbidden("Give the password that you have now.").into());
    }
    house.gate.right(asked.address, name);
    begin(house, asked, &account, Some(session.csrf.clone()))
}

/// Begins a session, and ends the one that the request came with. `csrf`: the word of the old one, when it goes on
/// in other windows.
pub(crate) fn begin(
    house: &House,
    asked: &Asked,
    account: &Account,
    csrf: Option<String>,
) -> Result<Answer, Trouble> {
    let token = word(&house.random()?);
    let csrf = match csrf {
        Some(csrf) => csrf,
        None => word(&house.random()?),
    };
    let now = house.now_s();
    let desk = house.desk();
    if let Some(old) = &asked.session {
        desk.end_session(&old.token)?;
    }
    desk.end_old_sessions(now - SESSION_S_MAX, now - UNUSED_S_MAX)?;
    desk.put_session(&Session {
        token: sha256(token.as_bytes()),
        account: account.name.clone(),
        csrf: csrf.clone(),
        made: now,
        used: now,
    })?;
    let role = Role::read(&account.role).unwrap_or(Role::Public);
    let must_enrol = factor::must_enrol(&desk, &account.name, role)?;
    let value = told(Some(&account.name), role, Some(&csrf), true, must_enrol);
    Ok(Answer::Signed(value, set_cookie(house, &token, SESSION_S_MAX)))
}

/// Signs out.
pub(crate) fn sign_out(house: &House, asked: &Asked) -> Result<Answer, Trouble> {
    if let Some(session) = &asked.session {
        house.desk().end_session(&session.token)?;
    }
    let value = told(None, Role::Public, None, true, false);
    Ok(Answer::Signed(value, set_cookie(house, "", 0)))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewPassword {
    old: String,
    new: String,
}

/// Changes one's own password, ends every session of the account and begins a new one.
pub(crate) fn change_password(house: &House, asked: &Asked) -> Result<Answer, Trouble> {
    let form: NewPassword = asked.form()?;
    let name = asked
        .session
        .as_ref()
        .map_or("", |session| session.account.as_str());
    house.gate.may_try(asked.address, name, house.now_s())?;
    let account = house.desk().account(name)?.ok_or_else(Refusal::not_found)?;
    // Whoever has a second factor shows it before the password changes.
    let careful = factor::is_on(&house.desk(), name)?;
    if careful && !asked.session.as_ref().is_some_and(|it| is_fresh(house, it)) {
        let told = "Give a code of your second factor to POST /api/v1/session/proof, and ask again.";
        return Err(Refusal::new(Code::ProofNeeded, "show again who you are", told).into());
    }
    if !password::fits(&form.old, &account.password) {
        house.gate.wrong(asked.address, name, house.now_s());
        return Err(Refusal::forbidden("Give the password that you have now.").into());
    }
    let account = Account {
        password: hashed(house, &form.new)?,
        ..account
    };
    house.desk().put_account(&account)?;
    house.desk().end_sessions(name)?;
    begin(house, asked, &account, None)
}

fn hashed(house: &House, new: &str) -> Result<String, Trouble> {
    if !password::LENGTH.contains(&new.chars().count()) {
        let (low, high) = (password::LENGTH.start(), password::LENGTH.end());
        return Err(Refusal::bad(format!("a password has {low} to {high} characters")).into());
    }
    password::hash(new, &house.random()?).map_err(Trouble::Ours)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SetUp {
    token: String,
    name: String,
    password: String,
}

/// Makes the first account from the one-time link; the link then works no more.
pub(crate) fn set_up(house: &House, asked: &Asked) -> Result<Answer, Trouble> {
    let form: SetUp = asked.form()?;
    good_name(&form.name)?;
    let password = hashed(house, &form.password)?;
    let mut link = locked(&house.setup);
    if *link != Some(sha256(form.token.as_bytes())) || !house.desk().accounts()?.is_empty() {
        return Err(Refusal::forbidden("Use the link that the server printed at its last start.").into());
    }
    let account = Account {
        name: form.name,
        role: Role::Administrator.as_str().to_owned(),
        password,
        disabled: false,
    };
    house.desk().put_account(&account)?;
    *link = None;
    begin(house, asked, &account, None)
}

fn good_name(name: &str) -> Result<(), Refusal> {
    let good = (1..=64).contains(&name.len())
        && name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-_".contains(&byte))
        && name.bytes().any(|byte| byte.is_ascii_alphanumeric());
    let told = || Refusal::bad("a name has 1 to 64 of a to z, 0 to 9, \".\", \"-\" and \"_\"");
    good.then_some(()).ok_or_else(told)
}

fn shown(house: &House, account: &Account) -> Result<Value, Trouble> {
    let factor = factor::is_on(&house.desk(), &account.name)?;
    Ok(json!({
        "name": account.name, "role": account.role, "disabled": account.disabled, "factor": factor,
    }))
}

/// All accounts.
pub(crate) fn users(house: &House, _: &Asked) -> Result<Answer, Trouble> {
    let accounts = house.desk().accounts()?;
    let items: Result<Vec<_>, _> = accounts.iter().map(|it| shown(house, it)).collect();
    Ok(Answer::Json(json!({ "items": items? })))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewUser {
    name: String,
    role: String,
    password: String,
}

/// Makes an account.
pub(crate) fn new_user(house: &House, asked: &Asked) -> Result<Answer, Trouble> {
    let form: NewUser = asked.form()?;
    good_name(&form.name)?;
    let account = Account {
        name: form.name,
        role: good_role(&form.role)?.as_str().to_owned(),
        password: hashed(house, &form.password)?,
        disabled: false,
    };
    let desk = house.desk();
    if desk.account(&account.name)?.is_some() {
        return Err(Refusal::new(
            Code::Conflict,
            "there is somebody of this name",
            "Choose another.",
        )
        .into());
    }
    desk.put_account(&account)?;
    drop(desk);
    Ok(Answer::Json(shown(house, &account)?))
}

pub(crate) fn good_role(word: &str) -> Result<Role, Refusal> {
    Role::read(word)
        .filter(|role| *role != Role::Public)
        .ok_or_else(|| Refusal::bad("the role is not one of those that an account may have"))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UserChange {
    role: Option<String>,
    password: Option<String>,
    disabled: Option<bool>,
}

/// Changes an account, and ends its sessions. There is always an administrator left.
pub(crate) fn change_user(house: &House, asked: &Asked) -> Result<Answer, Trouble> {
    let form: UserChange = asked.form()?;
    let password = form
        .password
        .as_deref()
        .map(|new| hashed(house, new))
        .transpose()?;
    let desk = house.desk();
    let mut account = desk.account(asked.part("name"))?.ok_or_else(Refusal::not_found)?;
    if let Some(role) = &form.role {
        good_role(role)?.as_str().clone_into(&mut account.role);
    }
    account.password = password.unwrap_or(account.password);
    account.disabled = form.disabled.unwrap_or(account.disabled);
    let administers = |it: &Account| it.role == Role::Administrator.as_str() && !it.disabled;
    let others = desk.accounts()?;
    let left = others.iter().any(|it| it.name != account.name && administers(it));
    if !left && !administers(&account) {
        let told = Refusal::new(
            Code::Conflict,
            "nobody would be left to administer",
            "Name another first.",
        );
        return Err(told.into());
    }
    desk.put_account(&account)?;
    desk.end_sessions(&account.name)?;
    drop(desk);
    Ok(Answer::Json(shown(house, &account)?))
}
