//! A view with three records of each kind, a log, and a client that sends what it is told, byte for byte.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use model::record::{Reason, Record};
use serde_json::{Value, json};
use server::{Outside, Server, Settings, World};
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

/// A server at work, with the folder it works in.
pub(crate) struct House {
    pub(crate) server: Server,
    pub(crate) dir: TempDir,
    /// Its clock, in milliseconds since 1970; each look moves it on a little.
    pub(crate) clock_ms: Arc<AtomicI64>,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Reply {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines().filter_map(|line| line.split_once(": "));
        lines
            .find(|(found, _)| found.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
    }

    /// The cookie that was set, as it is to be sent back.
    pub(crate) fn cookie(&self) -> String {
        let line = self.header("set-cookie").unwrap_or_default();
        line.split(';').next().unwrap_or_default().to_owned()
    }
}

/// Somebody who is signed in, or nobody.
#[derive(Clone, Debug, Default)]
pub(crate) struct Who {
    pub(crate) cookie: String,
    pub(crate) csrf: String,
}

pub(crate) const PASSWORD: &str = "a phrase that is long enough";

/// Every kind, with a record that all may see, one withheld whole, and one with a part withheld.
pub(crate) fn records() -> Vec<Record> {
    let mut all = Vec::new();
    for kind in reports::KINDS {
        for name in ["open", "hidden", "part"] {
            // Each stands on a page of its own: what is withheld takes what rests on it along.
            let at = json!({ "lat": 35.0, "lon": 37.0, "radius_m": 2000.0 });
            all.push(Record {
                v: 1,
                kind: kind.to_owned(),
                id: format!("{kind}_{name}"),
                document: Some(format!("{kind}_{name}.txt")),
                start: Some(0),
                end: Some(20),
                quote: Some(format!("quoteof{kind}{name}")),
                fields: json!({
                    "secret": format!("secretof{kind}{name}"), "act": "shelling", "status": {"occurrence": "reported"},
                    "when": {"earliest": "2031-05-03", "latest": "2031-05-03"}, "place": {"region": at},
                }),
                basis: Vec::new(),
                because: vec![Reason {
                    rule: "rule".to_owned(),
                    entry: String::new(),
                    span: None,
                    words: format!("reasonof{kind}{name}"),
                }],
            });
        }
    }
    all
}

pub(crate) fn fill(dir: &Path, records: Vec<Record>, checkpoint: &str) {
    let mut view = store::View::open(dir.join("view.sqlite")).unwrap();
    view.replace_all(records).unwrap();
    view.set_meta("as_of", "2031-05-05").unwrap();
    view.sign(checkpoint).unwrap();
}

/// Bytes that differ each time; a test need not be hard to guess.
fn random() -> Result<[u8; 32], String> {
    static NEXT: AtomicU64 = AtomicU64::new(1);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    Ok(Sha256::digest(number.to_be_bytes()).into())
}

pub(crate) fn start() -> House {
    start_with(records(), None)
}

pub(crate) fn start_with(records: Vec<Record>, origin: Option<&str>) -> House {
    let dir = tempfile::tempdir().unwrap();
    fill(dir.path(), records, "first head");
    let key = ledger::SigningKey::from_random("test/log", &[7; 32]).unwrap();
    let mut log = ledger::Ledger::create(&dir.path().join("log"), key).unwrap();
    log.append(&["an entry", "another"]).unwrap();
    let settings = Settings {
        listen: "127.0.0.1:0".parse().unwrap(),
        view: dir.path().join("view.sqlite").into(),
        desk: dir.path().join("desk.sqlite").into(),
        log: dir.path().join("log"),
        key: log.verifier(),
        origin: origin.map(str::to_owned),
        proven: ["verify".to_owned()].into(),
    };
    let clock_ms = Arc::new(AtomicI64::new(1_800_000_000_000));
    let clock = Arc::clone(&clock_ms);
    let outside = Outside {
        now: Box::new(move || {
            jiff::Timestamp::from_millisecond(clock.fetch_add(5, Ordering::Relaxed)).unwrap()
        }),
        random,
        tell: |_| (),
        follow: Box::new(|| Ok(())),
        rule: Box::new(|who, decision, because| match because {
            "busy" => Err(server::Unruled::Busy),
            "refused" => Err(server::Unruled::Refused("not so".to_owned())),
            _ => Ok(format!("{who} {decision:?}")),
        }),
        foresee: Box::new(|_, decision, because| match because {
            "busy" => Err(server::Unruled::Busy),
            "refused" => Err(server::Unruled::Refused("not so".to_owned())),
            _ => Ok(server::Foreseen {
                standing: "in-force".to_owned(),
                why: format!("{decision:?}"),
                new: vec![server::Told {
                    incident: self::records().remove(0),
                    verdict: Some(model::Verdict::Violation),
                }],
                ..server::Foreseen::default()
            }),
        }),
        foreign: Box::new(|| Ok(foreign())),
        look_at_table: Box::new(|upload| match upload.bytes {
            b"none" => Err(server::Unread::Refused(
                "no table".to_owned(),
                "Send one.".to_owned(),
            )),
            b"busy" => Err(server::Unread::Busy),
            bytes => Ok(server::Looked {
                family: "csv".to_owned(),
                because: format!("{upload:?}"),
                kept: bytes.len(),
                rejected_csv: "line,reason,row\r\n".to_owned(),
                ..server::Looked::default()
            }),
        }),
        keep_table: Box::new(|upload| {
            Ok(server::Kept {
                entry: Some(7),
                rows: upload.bytes.len(),
                ..server::Kept::default()
            })
        }),
        draw: Box::new(|| {
            Ok(World {
                picture: model::Picture::default(),
                outline: r#"{"type":"FeatureCollection","features":[]}"#.to_owned(),
                map: reports::MapOutline::default(),
                crosswalk: reports::Crosswalk::default(),
                footer: Vec::new(),
                texts: [("pact".to_owned(), "words of the pact".to_owned())].into(),
                entries: [("document_open".to_owned(), 0), ("document_hidden".to_owned(), 1)].into(),
            })
        }),
        try_agreement: Box::new(|_, id, text| Ok(tried(id, text))),
    };
    let server = Server::start(settings, outside).unwrap();
    House {
        server,
        dir,
        clock_ms,
    }
}

/// Rows of others: one that all may see, one withheld whole, one of which a part is withheld, in two versions each.
pub(crate) fn foreign() -> model::ForeignVersions {
    let mut rows = model::ForeignVersions::default();
    for (entry, version) in ["first", "second"].iter().enumerate() {
        for name in ["open", "hidden", "part"] {
            let words = |what: &str| format!("{what}offoreign{name}{version}");
            let row = model::Foreign {
                family: "csv".to_owned(),
                source: "office".to_owned(),
                key: name.to_owned(),
                line: 2,
                span: model::Span::new(0, 9),
                content: words("content"),
                when: model::Edtf::parse("2031-05-03").unwrap(),
                time_code: String::new(),
                place: "Somewhere".to_owned(),
                province: String::new(),
                country: String::new(),
                at: None,
                place_code: String::new(),
                event: String::new(),
                sub_event: String::new(),
                actors: Vec::new(),
                deaths: model::Deaths::default(),
                sources: words("secret"),
                notes: words("quote"),
            };
            rows.take(row, "table.csv", entry as u64, "2031-05-04T00:00:00Z");
        }
    }
    rows
}

/// A judge who finds the word "wrong" wrong, and turns every incident by any other text.
fn tried(id: &str, text: &str) -> server::Tried {
    let flaw = server::Flaw {
        line: 1,
        what: format!("{id}: {text}"),
        picture: "1 | wrong".to_owned(),
    };
    let names = ["incident_open", "incident_hidden", "incident_part"];
    let all = |verdict| names.map(|name| (name.to_owned(), verdict)).to_vec();
    let turned = names.map(|name| server::Turned {
        incident: name.to_owned(),
        term: "quiet".to_owned(),
        before: Some(model::Verdict::Violation),
        after: None,
        because: vec![format!("turned {name}")],
    });
    match text {
        "wrong" => server::Tried {
            faults: vec![flaw],
            ..server::Tried::default()
        },
        _ => server::Tried {
            turns: turned.to_vec(),
            before: all(model::Verdict::Violation),
            ..server::Tried::default()
        },
    }
}

impl House {
    /// Sends these bytes and reads until the other side closes.
    pub(crate) fn raw(&self, bytes: &[u8]) -> Reply {
        raw(self.server.address(), bytes)
    }

    pub(crate) fn send(&self, who: &Who, verb: &str, path: &str, body: Option<&Value>) -> Reply {
        self.send_with(who, verb, path, body, "")
    }

    /// A request as our own pages send it, with more headers when asked.
    pub(crate) fn send_with(
        &self,
        who: &Who,
        verb: &str,
        path: &str,
        body: Option<&Value>,
        more: &str,
    ) -> Reply {
        let body = body.map(Value::to_string);
        let mut text = format!(
            "{verb} {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n{more}",
            self.server.address()
        );
        if !who.cookie.is_empty() {
            text.push_str(&format!(
                "Cookie: {}\r\nX-CSRF-Token: {}\r\n",
                who.cookie, who.csrf
            ));
        }
        if let Some(body) = &body {
            text.push_str(&format!(
                "Content-Type: application/json\r\nContent-Length: {}\r\n",
                body.len()
            ));
        }
        text.push_str("\r\n");
        text.push_str(&body.unwrap_or_default());
        self.raw(text.as_bytes())
    }

    /// Sends a file as the desk's own pages do.
    pub(crate) fn file(&self, who: &Who, path: &str, bytes: &[u8]) -> Reply {
        let mut all = format!(
            "POST {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nCookie: {}\r\nX-CSRF-Token: {}\r\n\
            Content-Type: application/octet-stream\r\nContent-Length: {}\r\n\r\n",
            self.server.address(),
            who.cookie,
            who.csrf,
            bytes.len()
        )
        .into_bytes();
        all.extend(bytes);
        self.raw(&all)
    }

    pub(crate) fn get(&self, who: &Who, path: &str) -> Reply {
        self.send(who, "GET", path, None)
    }

    /// Makes the first account and signs in with it.
    pub(crate) fn administrator(&self) -> Who {
        let body = json!({ "token": self.server.setup().unwrap(), "name": "root", "password": PASSWORD });
        signed(&self.send(&Who::default(), "POST", "/api/v1/setup", Some(&body)))
    }

    pub(crate) fn sign_in(&self, name: &str) -> Who {
        let body = json!({ "name": name, "password": PASSWORD });
        signed(&self.send(&Who::default(), "POST", "/api/v1/session", Some(&body)))
    }
}

pub(crate) fn signed(reply: &Reply) -> Who {
    assert_eq!(reply.status, 200, "{reply:?}");
    Who {
        cookie: reply.cookie(),
        csrf: reply.json()["csrf"].as_str().unwrap().to_owned(),
    }
}

pub(crate) fn raw(address: SocketAddr, bytes: &[u8]) -> Reply {
    let mut stream = TcpStream::connect(address).unwrap();
    let wait = std::time::Duration::from_secs(20);
    stream.set_read_timeout(Some(wait)).unwrap();
    // The server may answer and close before it has read all.
    let _ = stream.write_all(bytes);
    let mut all = Vec::new();
    let mut part = [0; 16_384];
    loop {
        match stream.read(&mut part) {
            Ok(0) | Err(_) => break,
            Ok(count) => all.extend(&part[..count]),
        }
        // Events never end: the first one is enough.
        if all.windows(17).any(|it| it == b"text/event-stream") && all.windows(6).any(|it| it == b"data: ") {
            break;
        }
    }
    let text = String::from_utf8_lossy(&all).into_owned();
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    Reply {
        status: head.split(' ').nth(1).and_then(|it| it.parse().ok()).unwrap_or(0),
        head: head.to_owned(),
        body: body.to_owned(),
    }
}
