//! How much one address may ask for, and how often a password may be wrong.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::Mutex;

use crate::answer::{Code, Refusal};
use crate::house::locked;

/// Requests that an address may save up, and how many it gains a second.
///
/// 800 and 400: a screen with all its parts is some twenty requests, and a room of people behind one
/// address still gets through. Lower them and shared addresses are turned away; raise them and one reader
/// can keep both processors busy.
const SAVED_MAX: f64 = 800.0;
const GAINED_PER_S: f64 = 400.0;

/// Wrong passwords for one name from one address, and from one address in all, within the time below.
///
/// Five and thirty: nobody mistypes more, and nobody can lock out somebody at another address.
const WRONG_FOR_NAME_MAX: usize = 5;
const WRONG_FROM_ADDRESS_MAX: usize = 30;
const WRONG_WITHIN_S: i64 = 900;

/// Wrong codes of one second factor within the same time, from any address.
///
/// Ten: a code is six digits, three of a million fit at once, and whoever gets as far knows the password. At ten
/// in a quarter of an hour a guess succeeds once in about nine years.
const WRONG_CODES_MAX: usize = 10;

/// Addresses and names remembered at once.
///
/// 10,000: some megabytes. A flood from more addresses forgets the oldest first.
const REMEMBERED_MAX: usize = 10_000;

/// What is remembered of who asks.
#[derive(Debug, Default)]
pub(crate) struct Gate {
    saved: Mutex<BTreeMap<IpAddr, (f64, i64)>>,
    wrong: Mutex<BTreeMap<(IpAddr, String), Vec<i64>>>,
    codes: Mutex<BTreeMap<String, Vec<i64>>>,
}

impl Gate {
    /// Lets a request through or refuses it; `now_ms` is milliseconds since 1970.
    pub(crate) fn pass(&self, address: IpAddr, now_ms: i64) -> Result<(), Refusal> {
        let mut saved = locked(&self.saved);
        if saved.len() > REMEMBERED_MAX {
            let fresh = |(_, at): &mut (f64, i64)| now_ms - *at < 10_000;
            saved.retain(|_, entry| fresh(entry));
        }
        let (left, at) = saved.entry(address).or_insert((SAVED_MAX, now_ms));
        #[expect(
            clippy::cast_precision_loss,
            reason = "milliseconds since the last request are few"
        )]
        let gained = (now_ms - *at).max(0) as f64 / 1_000.0 * GAINED_PER_S;
        (*left, *at) = ((*left + gained).min(SAVED_MAX), now_ms);
        if *left < 1.0 {
            let told = Refusal::new(Code::TooMany, "too many requests from your address", "Slow down.");
            return Err(told.wait(1));
        }
        *left -= 1.0;
        Ok(())
    }

    /// Refuses a sign-in after too many wrong ones.
    pub(crate) fn may_try(&self, address: IpAddr, name: &str, now_s: i64) -> Result<(), Refusal> {
        let mut wrong = locked(&self.wrong);
        let old = now_s - WRONG_WITHIN_S;
        wrong.retain(|_, times| {
            times.retain(|at| *at > old);
            !times.is_empty()
        });
        let of_name = wrong.get(&(address, name.to_owned())).map_or(0, Vec::len);
        let of_address: usize = wrong
            .iter()
            .filter(|((from, _), _)| *from == address)
            .map(|(_, times)| times.len())
            .sum();
        if of_name < WRONG_FOR_NAME_MAX && of_address < WRONG_FROM_ADDRESS_MAX {
            return Ok(());
        }
        let told = Refusal::new(
            Code::TooMany,
            "too many wrong passwords",
            "Wait for the time in Retry-After, or ask an administrator for a new password.",
        );
        Err(told.wait(WRONG_WITHIN_S))
    }

    /// Remembers a wrong password.
    pub(crate) fn wrong(&self, address: IpAddr, name: &str, now_s: i64) {
        let mut wrong = locked(&self.wrong);
        if wrong.len() < REMEMBERED_MAX {
            wrong.entry((address, name.to_owned())).or_default().push(now_s);
        }
    }

    /// Refuses a code of a second factor after too many wrong ones.
    pub(crate) fn may_code(&self, name: &str, now_s: i64) -> Result<(), Refusal> {
        let mut codes = locked(&self.codes);
        codes.retain(|_, times| {
            times.retain(|at| *at > now_s - WRONG_WITHIN_S);
            !times.is_empty()
        });
        if codes.get(name).map_or(0, Vec::len) < WRONG_CODES_MAX {
            return Ok(());
        }
        let told = Refusal::new(
            Code::TooMany,
            "too many wrong codes",
            "Wait for the time in Retry-After, or ask an administrator to take the second factor away.",
        );
        Err(told.wait(WRONG_WITHIN_S))
    }

    /// Remembers a wrong code; only for names of accounts, so that the list stays short.
    pub(crate) fn wrong_code(&self, name: &str, now_s: i64) {
        locked(&self.codes)
            .entry(name.to_owned())
            .or_default()
            .push(now_s);
    }

    /// Forgets them after a right one.
    pub(crate) fn right(&self, address: IpAddr, name: &str) {
        locked(&self.wrong).remove(&(address, name.to_owned()));
    }
}
