//! Saved searches, and the Atom feed of each: a filter with a name, kept for whoever saved it.

use std::collections::BTreeMap;
use std::net::IpAddr;

use serde::Deserialize;
use serde_json::{Value, json};
use store::{Filter, Reader};

use crate::answer::{Answer, Code, Refusal};
use crate::house::{House, hex, sha256, word};
use crate::policy::Role;
pub(crate) use crate::record::Search;
use crate::records::{filter, filters, found};
use crate::route::{Asked, Trouble, checked};
use crate::{factor, kept};

pub(crate) const KIND: &str = "search";

/// Most searches of one account.
///
/// 100: more than a person watches. Raise it and one account can fill the desk.
const SEARCHES_MAX: usize = 100;

/// Most entries of a feed.
///
/// 50: readers come every hour or so, and what is older is in the list. Raise it and every visit costs more.
const ENTRIES_MAX: usize = 50;

/// Longest name and filter of a search, in characters.
const NAME_MAX: usize = 100;
const QUERY_MAX: usize = 2_000;

const ATOM: &str = "application/atom+xml; charset=utf-8";

impl Search {
    /// The filter, for whoever has this role.
    pub(crate) fn filter(&self, role: Role) -> Result<Filter, Refusal> {
        Ok(filter(&asked(&self.query, role)?, "incident"))
    }
}

/// What an address with this query would ask for; refused when the lists do not take it.
fn asked(query: &str, role: Role) -> Result<Asked, Refusal> {
    let uri = format!("/?{query}");
    let uri: axum::http::Uri = uri
        .parse()
        .map_err(|_| Refusal::bad("the filter is no query of an address"))?;
    let pairs: axum::extract::Query<Vec<(String, String)>> =
        axum::extract::Query::try_from_uri(&uri).map_err(|_| Refusal::bad("the filter does not read"))?;
    Ok(Asked {
        route: &crate::routes::all()[0],
        role,
        session: None,
        path: BTreeMap::new(),
        query: checked(&filters(), pairs.0)?,
        body: Vec::new(),
        address: IpAddr::from([0, 0, 0, 0]),
    })
}

pub(crate) fn owner(asked: &Asked) -> Result<&str, Refusal> {
    let session = asked.session.as_ref();
    session
        .map(|it| it.account.as_str())
        .ok_or_else(Refusal::not_found)
}

/// A name for something kept, which nobody can guess.
pub(crate) fn new_id(house: &House) -> Result<String, Trouble> {
    Ok(hex(&house.random()?[..12]))
}

fn shown(id: &str, owner: &str, search: &Search) -> Value {
    json!({
        "id": id, "name": search.name, "query": search.query, "public": search.public, "owner": owner,
        "feed": format!("/feeds/{id}"),
    })
}

/// One's own searches; an administrator's list has everybody's.
pub(crate) fn list(house: &House, asked: &Asked) -> Result<Answer, Trouble> {
    let name = owner(asked)?;
    let mut items = Vec::new();
    for (id, owner, search) in kept::all::<Search>(&house.desk(), KIND)? {
        if owner == name || asked.role == Role::Administrator {
            items.push(shown(&id, &owner, &search));
        }
    }
    Ok(Answer::Json(json!({ "items": items })))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Form {
    name: String,
    query: String,
    public: bool,
}

/// Saves a search. The word for the feed of one that is not public is told now and never again.
pub(crate) fn save(house: &House, asked: &Asked) -> Result<Answer, Trouble> {
    let form: Form = asked.form()?;
    let name = owner(asked)?;
    let given = form.name.trim();
    if given.is_empty() || given.chars().count() > NAME_MAX || given.chars().any(char::is_control) {
        return Err(Refusal::bad(format!("a name has 1 to {NAME_MAX} characters on one line")).into());
    }
    if form.query.len() > QUERY_MAX {
        return Err(Refusal::bad(format!("a filter has at most {QUERY_MAX} characters")).into());
    }
    self::asked(&form.query, asked.role)?;
    let token = word(&house.random()?);
    let search = Search {
        name: given.to_owned(),
        query: form.query,
        public: form.public,
        token: hex(&sha256(token.as_bytes())),
        made: house.now_s(),
    };
    let id = new_id(house)?;
    let desk = house.desk();
    let own = kept::all::<Search>(&desk, KIND)?
        .into_iter()
        .filter(|(_, owner, _)| owner == name);
    if own.count() >= SEARCHES_MAX {
        let told = format!("an account has at most {SEARCHES_MAX} searches");
        return Err(Refusal::new(Code::Conflict, told, "Remove one first.").into());
    }
    kept::write(&desk, KIND, &id, name, &search)?;
    let mut value = shown(&id, name, &search);
    if !search.public {
        value["feed"] = json!(format!("/feeds/{id}?token={token}"));
    }
    Ok(Answer::Json(value))
}

/// Removes a search with its feed; hooks on it are removed too.
pub(crate) fn remove(house: &House, asked: &Asked) -> Result<Answer, Trouble> {
    let id = asked.part("id");
    let desk = house.desk();
    own::<Search>(&desk, asked, KIND, id)?;
    desk.forget(KIND, id)?;
    crate::hooks::forget_of(&desk, id)?;
    Ok(Answer::Json(json!({ "id": id })))
}

/// A kept thing that is one's own, or anybody's for an administrator; else it is as if it were not there.
pub(crate) fn own<T: serde::de::DeserializeOwned>(
    desk: &store::Desk,
    asked: &Asked,
    kind: &str,
    id: &str,
) -> Result<T, Trouble> {
    let name = owner(asked)?;
    let found = kept::read::<T>(desk, kind, id)?;
    let mine = found.filter(|(owner, _)| owner == name || asked.role == Role::Administrator);
    Ok(mine.map(|(_, thing)| thing).ok_or_else(Refusal::not_found)?)
}

/// The role with which something of an account goes out without its session: never more than an analyst's, for an
/// address or a receiver is easily passed on. Nothing for an account that is no more or may not sign in.
pub(crate) fn role_outside(desk: &store::Desk, account: &str) -> Result<Option<Role>, Trouble> {
    let Some(account) = desk.account(account)?.filter(|it| !it.disabled) else {
        return Ok(None);
    };
    let role = Role::read(&account.role).unwrap_or(Role::Public);
    let role = if factor::must_enrol(desk, &account.name, role)? {
        Role::Public
    } else {
        role
    };
    Ok(Some(role.min(Role::Analyst)))
}

/// The feed of a search: the incidents that it keeps, those that changed last first.
pub(crate) fn feed(house: &House, asked: &Asked) -> Result<Answer, Trouble> {
    let id = asked.part("id");
    let (search, role) = {
        let desk = house.desk();
        let (owner, search) = kept::read::<Search>(&desk, KIND, id)?.ok_or_else(Refusal::not_found)?;
        let role = role_outside(&desk, &owner)?.ok_or_else(Refusal::not_found)?;
        let given = asked.value("token").map(|token| hex(&sha256(token.as_bytes())));
        if search.public {
            (search, Role::Public)
        } else if given.as_ref() == Some(&search.token) {
            (search, role)
        } else {
            return Err(Refusal::not_found().into());
        }
    };
    house.look(|reader| {
        let shutter = house.shutter(reader, role)?;
        let ords = found(reader, &shutter, &search.filter(role)?)?;
        let log = house.log()?;
        let (recent, oldest) = recent(reader, &log, search.made)?;
        let mut entries: Vec<(String, i64, String)> = Vec::new();
        let base = base(house);
        let mut ids: BTreeMap<String, i64> = BTreeMap::new();
        // The newest places in the replay stand for the newest of those that never changed.
        let changed: Vec<i64> = ords.iter().copied().rev().take(ENTRIES_MAX).collect();
        for record in reader.at(&changed)? {
            ids.insert(record.id, oldest);
        }
        let kept: std::collections::BTreeSet<i64> = ords.into_iter().collect();
        for (id, at) in &recent {
            let known = reader.with_ords(id)?;
            if known
                .iter()
                .any(|(ord, record)| record.kind == "incident" && kept.contains(ord))
            {
                ids.insert(id.clone(), *at);
            }
        }
        for (id, at) in ids {
            entries.push((id, at, String::new()));
        }
        entries.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        entries.truncate(ENTRIES_MAX);
        let mut body = String::new();
        for (id, at, _) in &entries {
            let found = reader.with_ords(id)?;
            let Some((_, record)) = found
                .iter()
                .find(|(ord, it)| it.kind == "incident" && shutter.admits(*ord))
            else {
                continue;
            };
            let fields = shutter.show(record)["fields"].take();
            body.push_str(&entry(&base, id, *at, &fields));
        }
        let updated = entries.first().map_or(oldest, |(_, at, _)| *at);
        let text = format!(
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n\
             <id>urn:truceline:search:{id}</id>\n<title>{}</title>\n<updated>{}</updated>\n\
             <author><name>Truceline</name></author>\n<generator>Truceline</generator>\n\
             <link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n{body}</feed>\n",
            escaped(&search.name),
            moment(updated),
            escaped(&format!("{base}/?{}", search.query)),
        );
        Ok(Answer::Bytes {
            kind: ATOM,
            bytes: text.into_bytes(),
            headers: Vec::new(),
        })
    })
}

/// Incidents that changed lately with the time of the change, and the time of the oldest state that is known, both
/// in seconds since 1970. `otherwise`: the time when the log tells none.
fn recent(
    reader: &Reader,
    log: &ledger::Reader,
    otherwise: i64,
) -> Result<(BTreeMap<String, i64>, i64), Trouble> {
    let time = |checkpoint: &str| -> i64 {
        let size = checkpoint
            .lines()
            .nth(1)
            .and_then(|line| line.parse::<u64>().ok());
        let told = crate::revisions::captured(log, size.and_then(|size| size.checked_sub(1)));
        let at = told.and_then(|at| at.parse::<jiff::Timestamp>().ok());
        at.map_or(otherwise, jiff::Timestamp::as_second)
    };
    let mut newest = BTreeMap::new();
    let mut times: BTreeMap<String, i64> = BTreeMap::new();
    for (id, state, checkpoint) in reader.newest_changes("incident", 10 * ENTRIES_MAX)? {
        let at = *times.entry(state).or_insert_with(|| time(&checkpoint));
        newest.entry(id).or_insert(at);
    }
    let states = reader.states()?;
    let oldest = states
        .last()
        .map_or(otherwise, |(_, checkpoint)| time(checkpoint));
    Ok((newest, oldest))
}

fn entry(base: &str, id: &str, at: i64, fields: &Value) -> String {
    let word = |value: &Value| value.as_str().unwrap_or("not told").to_owned();
    let summary = format!(
        "Occurrence: {}. Pages: {}; origins independent of the parties: {}.",
        word(&fields["status"]["occurrence"]),
        fields["pages"],
        fields["independent_origins"],
    );
    format!(
        "<entry>\n<id>urn:truceline:incident:{id}</id>\n<title>{}</title>\n<updated>{}</updated>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"{}\"/>\n<summary>{}</summary>\n</entry>\n",
        escaped(&label(fields)),
        moment(at),
        escaped(&format!("{base}/incident/{id}")),
        escaped(&summary),
    )
}

/// What an incident is called in a list: day, act and place.
pub(crate) fn label(fields: &Value) -> String {
    let word = |value: &Value| value.as_str().unwrap_or("–").to_owned();
    format!(
        "{} · {} · {}",
        word(&fields["when"]["earliest"]),
        word(&fields["act"]).replace('-', " "),
        word(&fields["place"]["name"])
    )
}

/// Where people reach the desk.
pub(crate) fn base(house: &House) -> String {
    let listen = format!("http://{}", house.settings.listen);
    house.settings.origin.clone().unwrap_or(listen)
}

pub(crate) fn moment(at: i64) -> String {
    jiff::Timestamp::from_second(at).map_or_else(|_| String::new(), |at| at.to_string())
}

/// Text for XML, without the characters that it cannot hold.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\u{fffe}' | '\u{ffff}' => {}
            letter if letter.is_control() => out.push(' '),
            letter => out.push(letter),
        }
    }
    out
}
