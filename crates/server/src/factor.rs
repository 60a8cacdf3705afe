//! The second factor: codes that change with the time (RFC 6238), and recovery codes that work once each.

use std::net::IpAddr;

use data_encoding::BASE32_NOPAD;
use hmac::{Hmac, Mac as _};
use serde::Deserialize;
use serde_json::json;
use sha1::Sha1;
use store::Desk;

use crate::answer::{Answer, Code, Refusal};
use crate::house::{House, hex, sha256};
use crate::policy::Role;
use crate::record::{Factor, Offer};
use crate::route::{Asked, Trouble};
use crate::{kept, session, settings};

/// Seconds that a code stands for, as every authenticator has it (RFC 6238, section 5.2).
const STEP_S: i64 = 30;

/// How many steps a clock may be off, to either side.
///
/// One: the RFC's own advice. Raise it and more codes fit at once.
const STEPS_OFF: i64 = 1;

/// Bytes of a secret: as many as the hash has, which RFC 4226 asks for.
const SECRET_BYTES: usize = 20;

/// How many recovery codes there are, and bytes of each.
///
/// Ten of ten bytes: 80 bits are beyond guessing, so a plain hash keeps them.
const RECOVERY_CODES: usize = 10;
const RECOVERY_BYTES: usize = 10;

/// How long a secret that was offered may be confirmed, in seconds.
const OFFER_S_MAX: i64 = 600;

const KIND: &str = "factor";
const OFFERED: &str = "factor-offered";

/// The code of a step.
fn code_at(secret: &[u8], step: i64) -> u32 {
    let mut mac = Hmac::<Sha1>::new_from_slice(secret).expect("a key of any length is taken");
    mac.update(&step.to_be_bytes());
    let hash = mac.finalize().into_bytes();
    let at = usize::from(hash[19] & 15);
    let word = [hash[at] & 127, hash[at + 1], hash[at + 2], hash[at + 3]];
    u32::from_be_bytes(word) % 1_000_000
}

/// The newest step near `now_s` and later than `used` of which this is the code.
fn step_of(secret: &str, code: &str, used: i64, now_s: i64) -> Option<i64> {
    let secret = BASE32_NOPAD.decode(secret.as_bytes()).ok()?;
    let digits = code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit());
    let code: u32 = code.parse().ok().filter(|_| digits)?;
    let now = now_s / STEP_S;
    (now - STEPS_OFF..=now + STEPS_OFF)
        .rev()
        .find(|step| *step > used && code_at(&secret, *step) == code)
}

/// A recovery code without what people write between its letters.
fn bare(code: &str) -> String {
    let letters = code.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|letter| letter.to_ascii_uppercase()).collect()
}

/// Whether an account has a second factor.
pub(crate) fn is_on(desk: &Desk, name: &str) -> Result<bool, Trouble> {
    Ok(desk.kept(KIND, name)?.is_some())
}

/// Whether an account must set one up before it may do anything else.
pub(crate) fn must_enrol(desk: &Desk, name: &str, role: Role) -> Result<bool, Trouble> {
    let roles = settings::of(desk)?.factor_roles;
    Ok(roles.iter().any(|it| it == role.as_str()) && !is_on(desk, name)?)
}

/// Lets pass whoever has no second factor or gives a code of it, which is then used up.
pub(crate) fn demand(house: &House, from: IpAddr, name: &str, code: Option<&str>) -> Result<(), Trouble> {
    if !is_on(&house.desk(), name)? {
        return Ok(());
    }
    let needed = |message| {
        let hint = "Give the newest code of your authenticator, or one of your recovery codes, as \"code\".";
        Refusal::new(Code::FactorNeeded, message, hint)
    };
    let Some(code) = code else {
        return Err(needed("a code of the second factor is needed").into());
    };
    house.gate.may_code(name, house.now_s())?;
    if use_up(house, name, code.trim())? {
        return Ok(());
    }
    house.gate.wrong(from, name, house.now_s());
    house.gate.wrong_code(name, house.now_s());
    Err(needed("the code does not fit, or was used before").into())
}

/// Takes a code if it fits. The desk is held all the while, so that a code is never taken twice.
fn use_up(house: &House, name: &str, code: &str) -> Result<bool, Trouble> {
    let now = house.now_s();
    let desk = house.desk();
    let Some((_, mut factor)) = kept::read::<Factor>(&desk, KIND, name)? else {
        return Ok(false);
    };
    if let Some(step) = step_of(&factor.secret, code, factor.used, now) {
        factor.used = step;
    } else {
        let hash = hex(&sha256(bare(code).as_bytes()));
        let left = factor.recovery.len();
        factor.recovery.retain(|it| *it != hash);
        if factor.recovery.len() == left {
            return Ok(false);
        }
    }
    kept::write(&desk, KIND, name, name, &factor)?;
    Ok(true)
}

fn owner(asked: &Asked) -> Result<&str, Refusal> {
    let session = asked.session.as_ref();
    session
        .map(|it| it.account.as_str())
        .ok_or_else(Refusal::not_found)
}

/// Whether one has a second factor, must have one, and how many recovery codes are left.
pub(crate) fn show(house: &House, asked: &Asked) -> Result<Answer, Trouble> {
    let (name, desk) = (owner(asked)?, house.desk());
    let factor = kept::read::<Factor>(&desk, KIND, name)?;
    let roles = settings::of(&desk)?.factor_roles;
    Ok(Answer::Json(json!({
        "on": factor.is_some(),
        "needed": roles.iter().any(|it| it == asked.role.as_str()),
        "recovery_left": factor.map_or(0, |(_, it)| it.recovery.len()),
    })))
}

/// Offers a secret, to be put into an authenticator; the factor that one has stays until a code confirms the new.
pub(crate) fn offer(house: &House, asked: &Asked) -> Result<Answer, Trouble> {
    let name = owner(asked)?;
    let secret = BASE32_NOPAD.encode(&house.random()?[..SECRET_BYTES]);
    let made = house.now_s();
    let link = format!(
        "otpauth://totp/Truceline:{name}?secret={secret}&issuer=Truceline&algorithm=SHA1&digits=6&period={STEP_S}"
    );
    let answer = json!({ "secret": secret, "link": link });
    kept::write(&house.desk(), OFFERED, name, name, &Offer { secret, made })?;
    Ok(Answer::Json(answer))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Confirmation {
    code: String,
}

/// Takes the offered secret as the second factor, once a code shows that an authenticator has it. Gives the recovery
/// codes, this once; ends the other sessions of the account.
pub(crate) fn confirm(house: &House, asked: &Asked) -> Result<Answer, Trouble> {
    let form: Confirmation = asked.form()?;
    let (name, now) = (owner(asked)?, house.now_s());
    house.gate.may_code(name, now)?;
    let offer = kept::read::<Offer>(&house.desk(), OFFERED, name)?;
    let Some((_, offer)) = offer.filter(|(_, it)| now - it.made < OFFER_S_MAX) else {
        let told = "Ask for a secret first: POST /api/v1/session/factor.";
        return Err(Refusal::new(Code::Conflict, "no secret is waiting for a code", told).into());
    };
    let Some(used) = step_of(&offer.secret, form.code.trim(), 0, now) else {
        house.gate.wrong_code(name, now);
        return Err(Refusal::bad("the code does not fit").into());
    };
    let mut codes = Vec::new();
    for _ in 0..RECOVERY_CODES {
        codes.push(BASE32_NOPAD.encode(&house.random()?[..RECOVERY_BYTES]));
    }
    let factor = Factor {
        secret: offer.secret,
        used,
        recovery: codes.iter().map(|code| hex(&sha256(code.as_bytes()))).collect(),
    };
    let account = {
        let desk = house.desk();
        kept::write(&desk, KIND, name, name, &factor)?;
        desk.forget(OFFERED, name)?;
        desk.end_sessions(name)?;
        desk.account(name)?.ok_or_else(Refusal::not_found)?
    };
    let Answer::Signed(mut value, cookie) = session::begin(house, asked, &account, None)? else {
        return Err(Trouble::Ours("a new session has no cookie".to_owned()));
    };
    let dashed = |code: &String| format!("{}-{}-{}-{}", &code[..4], &code[4..8], &code[8..12], &code[12..]);
    value["recovery"] = codes.iter().map(dashed).collect();
    Ok(Answer::Signed(value, cookie))
}

/// Takes one's own second factor away.
pub(crate) fn remove(house: &House, asked: &Asked) -> Result<Answer, Trouble> {
    taken_away(house, owner(asked)?)
}

/// Takes somebody's second factor away, who has lost it and all recovery codes, and ends the sessions of the account.
pub(crate) fn reset(house: &House, asked: &Asked) -> Result<Answer, Trouble> {
    let name = asked.part("name");
    let answer = taken_away(house, name)?;
    house.desk().end_sessions(name)?;
    Ok(answer)
}

fn taken_away(house: &House, name: &str) -> Result<Answer, Trouble> {
    if !house.desk().forget(KIND, name)? {
        return Err(Refusal::not_found().into());
    }
    Ok(Answer::Json(json!({ "on": false })))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_of_the_rfc() {
        // RFC 6238, appendix B, SHA1; the last six of its eight digits.
        let secret = b"12345678901234567890";
        for (time, code) in [
            (59, 287_082),
            (1_111_111_109, 81_804),
            (1_111_111_111, 50_471),
            (1_234_567_890, 5_924),
            (2_000_000_000, 279_037),
            (20_000_000_000, 353_130),
        ] {
            assert_eq!(code_at(secret, time / STEP_S), code, "{time}");
        }
    }

    #[test]
    fn a_code_is_taken_near_its_time_and_once() {
        let secret = BASE32_NOPAD.encode(b"12345678901234567890");
        let (code, step) = ("287082", 59 / STEP_S);
        assert_eq!(step_of(&secret, code, 0, 59), Some(step));
        assert_eq!(step_of(&secret, code, 0, 59 + STEP_S), Some(step), "a slow clock");
        assert_eq!(step_of(&secret, code, 0, 59 + 2 * STEP_S), None);
        assert_eq!(step_of(&secret, code, step, 59), None, "used before");
        for wrong in ["28708", "0287082", "+87082", "287083", "", "２８７０８２"] {
            assert_eq!(step_of(&secret, wrong, 0, 59), None, "{wrong}");
        }
    }
}
