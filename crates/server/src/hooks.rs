//! Signed messages to addresses that people set, when incidents of a saved search are new or changed. Without a hook
//! the server asks nobody for anything.
//!
//! Signed as Standard Webhooks has it: HMAC-SHA-256 over id, time and body, in `webhook-id`, `webhook-timestamp` and
//! `webhook-signature`. The id stays the same when a message is sent again, so that a receiver takes it once.

use std::sync::Arc;
use std::time::Duration;

use axum::http::HeaderName;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac as _};
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::Sha256;
use store::{Changes, Desk};

use crate::answer::{Answer, Code, Refusal};
use crate::house::House;
use crate::outward::{Target, send};
use crate::record::{Delivery, Hook};
use crate::records::found;
use crate::route::{Asked, Trouble};
use crate::searches::{self, Search, base, label, moment, new_id, own, owner, role_outside};
use crate::{kept, settings};

const KIND: &str = "hook";
const DELIVERY: &str = "delivery";

/// Most hooks of one account.
const HOOKS_MAX: usize = 20;

/// Most changes named in one message; how many more there are is told.
const CHANGES_MAX: usize = 100;

/// Deliveries kept of each hook, the newest.
const DELIVERIES_MAX: usize = 100;

/// Seconds before each further try: about a day in all.
///
/// Short at first, for a receiver that is being restarted; long later, for one that is broken.
const AGAIN_AFTER_S: [i64; 7] = [10, 60, 300, 1_800, 7_200, 21_600, 43_200];

/// How often waiting messages are looked for.
const LOOK_EVERY: Duration = Duration::from_secs(1);

/// Longest address, in bytes.
const URL_MAX: usize = 1_000;

fn shown(id: &str, owner: &str, hook: &Hook) -> Value {
    json!({ "id": id, "search": hook.search, "url": hook.url, "owner": owner, "made": moment(hook.made) })
}

/// One's own hooks; an administrator's list has everybody's.
pub(crate) fn list(house: &House, asked: &Asked) -> Result<Answer, Trouble> {
    let name = owner(asked)?;
    let all = kept::all::<Hook>(&house.desk(), KIND)?;
    let mine = all
        .iter()
        .filter(|(_, owner, _)| owner == name || asked.role == crate::policy::Role::Administrator);
    let items: Vec<_> = mine.map(|(id, owner, hook)| shown(id, owner, hook)).collect();
    Ok(Answer::Json(json!({ "items": items })))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    search: String,
    url: String,
}

/// Sets a hook on one of one's own searches. The secret is told now and never again.
pub(crate) fn set(house: &House, asked: &Asked) -> Result<Answer, Trouble> {
    let form: Form = asked.form()?;
    let name = owner(asked)?;
    let state = house.look(|reader| Ok(reader.state()?.unwrap_or_default()))?;
    let secret = STANDARD.encode(house.random()?);
    let id = new_id(house)?;
    let desk = house.desk();
    own::<Search>(&desk, asked, searches::KIND, &form.search)?;
    if form.url.len() > URL_MAX {
        return Err(Refusal::bad(format!("an address has at most {URL_MAX} bytes")).into());
    }
    Target::read(&form.url, &settings::of(&desk)?.hook_hosts).map_err(Refusal::bad)?;
    let mine = kept::all::<Hook>(&desk, KIND)?
        .into_iter()
        .filter(|(_, owner, _)| owner == name);
    if mine.count() >= HOOKS_MAX {
        let told = format!("an account has at most {HOOKS_MAX} hooks");
        return Err(Refusal::new(Code::Conflict, told, "Remove one first.").into());
    }
    let hook = Hook {
        search: form.search,
        url: form.url,
        secret: secret.clone(),
        state,
        made: house.now_s(),
        count: 0,
    };
    kept::write(&desk, KIND, &id, name, &hook)?;
    let mut value = shown(&id, name, &hook);
    value["secret"] = json!(format!("whsec_{secret}"));
    Ok(Answer::Json(value))
}

/// Removes a hook with what waits for it.
pub(crate) fn remove(house: &House, asked: &Asked) -> Result<Answer, Trouble> {
    let (id, desk) = (asked.part("id"), house.desk());
    own::<Hook>(&desk, asked, KIND, id)?;
    forget(&desk, id)?;
    Ok(Answer::Json(json!({ "id": id })))
}

/// Removes the hooks on a search.
pub(crate) fn forget_of(desk: &Desk, search: &str) -> Result<(), Trouble> {
    for (id, _, hook) in kept::all::<Hook>(desk, KIND)? {
        if hook.search == search {
            forget(desk, &id)?;
        }
    }
    Ok(())
}

fn forget(desk: &Desk, hook: &str) -> Result<(), Trouble> {
    for (id, _, delivery) in kept::all::<Delivery>(desk, DELIVERY)? {
        if delivery.hook == hook {
            desk.forget(DELIVERY, &id)?;
        }
    }
    desk.forget(KIND, hook)?;
    Ok(())
}

/// Sends the receiver a message without changes, to see whether it arrives.
pub(crate) fn ping(house: &House, asked: &Asked) -> Result<Answer, Trouble> {
    let id = asked.part("id");
    let now = house.now_s();
    let desk = house.desk();
    let hook = own::<Hook>(&desk, asked, KIND, id)?;
    let name = enqueue(&desk, id, hook, now, json!({ "type": "ping" }))?;
    Ok(Answer::Json(json!({ "delivery": name })))
}

/// The newest deliveries of a hook, the newest first.
pub(crate) fn deliveries(house: &House, asked: &Asked) -> Result<Answer, Trouble> {
    let (id, desk) = (asked.part("id"), house.desk());
    own::<Hook>(&desk, asked, KIND, id)?;
    let mut items = Vec::new();
    for (name, _, it) in kept::all::<Delivery>(&desk, DELIVERY)?.into_iter().rev() {
        if it.hook == id {
            let state = match (it.next, it.status) {
                (Some(_), _) => "waiting",
                (None, Some(200..=299)) => "done",
                _ => "failed",
            };
            items.push(json!({
                "id": name, "state": state, "made": moment(it.made), "at": it.at.map(moment), "tries": it.tries,
                "next": it.next.map(moment), "status": it.status, "error": it.error,
            }));
        }
    }
    Ok(Answer::Json(json!({ "items": items })))
}

/// Keeps a message to be sent; gives its id.
fn enqueue(desk: &Desk, id: &str, hook: Hook, now: i64, mut body: Value) -> Result<String, Trouble> {
    // Numbers of one length, so that names stand in the order of time.
    let name = format!("{id}-{:09}", hook.count);
    body["id"] = json!(name);
    body["timestamp"] = json!(moment(now));
    let delivery = Delivery {
        hook: id.to_owned(),
        body: body.to_string(),
        made: now,
        tries: 0,
        next: Some(now),
        status: None,
        error: None,
        at: None,
    };
    let (account, _) = kept::read::<Hook>(desk, KIND, id)?.ok_or_else(Refusal::not_found)?;
    kept::write(desk, DELIVERY, &name, &account, &delivery)?;
    let hook = Hook {
        count: hook.count + 1,
        ..hook
    };
    kept::write(desk, KIND, id, &account, &hook)?;
    let mut older: Vec<String> = kept::all::<Delivery>(desk, DELIVERY)?
        .into_iter()
        .filter(|(_, _, it)| it.hook == id)
        .map(|(name, ..)| name)
        .collect();
    older.truncate(older.len().saturating_sub(DELIVERIES_MAX));
    for name in older {
        desk.forget(DELIVERY, &name)?;
    }
    Ok(name)
}

/// Looks for what is to be told, and sends what waits, as long as the server lives.
pub(crate) async fn watch(house: Arc<House>) {
    loop {
        tokio::time::sleep(LOOK_EVERY).await;
        let looking = Arc::clone(&house);
        let due = tokio::task::spawn_blocking(move || due(&looking)).await;
        let due = match due {
            Ok(Ok(due)) => due,
            Ok(Err(trouble)) => {
                house.refusal(trouble);
                continue;
            }
            Err(_ended) => return,
        };
        for (name, target, headers, body) in due {
            let house = Arc::clone(&house);
            tokio::spawn(async move {
                let result = match target {
                    Ok(target) => send(&target, &headers, body).await,
                    Err(why) => Err(why),
                };
                let noting = tokio::task::spawn_blocking(move || {
                    if let Err(trouble) = note(&house, &name, result) {
                        house.refusal(trouble);
                    }
                });
                // It ends with the server.
                let _ = noting.await;
            });
        }
    }
}

/// A message on its way: its id, where to, its headers, its body.
type Due = (String, Result<Target, String>, Vec<(HeaderName, String)>, String);

/// What is to be sent now. Each is put off by a minute first, so that it is not sent twice at once.
fn due(house: &House) -> Result<Vec<Due>, Trouble> {
    if house.desk().all_kept(KIND)?.is_empty() {
        return Ok(Vec::new());
    }
    tell_changes(house)?;
    let now = house.now_s();
    let desk = house.desk();
    let allowed = settings::of(&desk)?.hook_hosts;
    let mut found = Vec::new();
    for (name, account, mut it) in kept::all::<Delivery>(&desk, DELIVERY)? {
        let Some((_, hook)) = kept::read::<Hook>(&desk, KIND, &it.hook)? else {
            continue;
        };
        if it.next.is_none_or(|next| next > now) {
            continue;
        }
        it.next = Some(now + 60);
        kept::write(&desk, DELIVERY, &name, &account, &it)?;
        let headers = vec![
            (HeaderName::from_static("webhook-id"), name.clone()),
            (HeaderName::from_static("webhook-timestamp"), now.to_string()),
            (
                HeaderName::from_static("webhook-signature"),
                signature(&hook.secret, &name, now, &it.body),
            ),
        ];
        // Read again each time: what an administrator allows may have changed.
        found.push((name, Target::read(&hook.url, &allowed), headers, it.body));
    }
    Ok(found)
}

fn signature(secret: &str, id: &str, at: i64, body: &str) -> String {
    let secret = STANDARD.decode(secret).unwrap_or_default();
    let mut mac = Hmac::<Sha256>::new_from_slice(&secret).expect("a key of any length is taken");
    mac.update(format!("{id}.{at}.{body}").as_bytes());
    format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
}

/// Notes how a try went, and when to try again.
fn note(house: &House, name: &str, result: Result<u16, String>) -> Result<(), Trouble> {
    let now = house.now_s();
    let desk = house.desk();
    let Some((account, mut it)) = kept::read::<Delivery>(&desk, DELIVERY, name)? else {
        return Ok(());
    };
    let again = AGAIN_AFTER_S.get(it.tries).map(|wait| now + wait);
    it.tries += 1;
    it.at = Some(now);
    (it.status, it.error) = match result {
        Ok(status @ 300..=399) => (Some(status), Some("redirects are not followed".to_owned())),
        Ok(status @ 200..=299) => (Some(status), None),
        Ok(status) => (Some(status), Some(format!("the receiver answered {status}"))),
        Err(why) => (None, Some(why)),
    };
    it.next = it.error.as_ref().and(again);
    kept::write(&desk, DELIVERY, name, &account, &it)
}

/// Messages for hooks whose receivers know an older state than the view is in.
fn tell_changes(house: &House) -> Result<(), Trouble> {
    let state = house.look(|reader| Ok(reader.state()?.unwrap_or_default()))?;
    let all = kept::all::<Hook>(&house.desk(), KIND)?;
    for (id, account, hook) in all.into_iter().filter(|(_, _, hook)| hook.state != state) {
        let told = changes(house, &account, &hook)?;
        let now = house.now_s();
        let desk = house.desk();
        // It may have been removed meanwhile.
        let Some((account, mut hook)) = kept::read::<Hook>(&desk, KIND, &id)? else {
            continue;
        };
        let since = std::mem::replace(&mut hook.state, state.clone());
        kept::write(&desk, KIND, &id, &account, &hook)?;
        if let Some(mut body) = told {
            body["since"] = json!(since);
            body["checkpoint"] = json!(state);
            enqueue(&desk, &id, hook, now, body)?;
        }
    }
    Ok(())
}

/// What became of the incidents of a hook's search; nothing when nothing did, or it tells nobody any more.
fn changes(house: &House, account: &str, hook: &Hook) -> Result<Option<Value>, Trouble> {
    let (search, role) = {
        let desk = house.desk();
        let search = kept::read::<Search>(&desk, searches::KIND, &hook.search)?;
        match (search, role_outside(&desk, account)?) {
            (Some((_, search)), Some(role)) => (search, role),
            _ => return Ok(None),
        }
    };
    house.look(|reader| {
        let shutter = house.shutter(reader, role)?;
        let kept: std::collections::BTreeSet<i64> =
            found(reader, &shutter, &search.filter(role)?)?.into_iter().collect();
        let (complete, changes) = match reader.changes_since(&hook.state)? {
            Changes::Known(changes) => (true, changes),
            // The history began anew: the receiver is told to read everything.
            Changes::Unknown => (false, Vec::new()),
        };
        let mut items = Vec::new();
        for change in changes.iter().filter(|it| it.kind == "incident" && it.what != "gone") {
            for (ord, record) in reader.with_ords(&change.id)? {
                if record.kind == "incident" && kept.contains(&ord) {
                    let fields = shutter.show(&record)["fields"].take();
                    items.push(json!({
                        "kind": "incident", "id": change.id, "change": change.what, "label": label(&fields),
                        "link": format!("{}/incident/{}", base(house), change.id),
                    }));
                }
            }
        }
        let total = items.len();
        items.truncate(CHANGES_MAX);
        let body = json!({
            "type": "incidents.changed", "search": { "id": hook.search, "name": search.name }, "complete": complete,
            "total": total, "changes": items,
        });
        Ok((total > 0 || !complete).then_some(body))
    })
}
