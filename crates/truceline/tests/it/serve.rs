//! The desk as a user starts it: the demonstration served, withheld in part, and read meanwhile by others.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

use crate::{of_kind, records, told};

/// A server that is stopped when the test ends.
struct Desk {
    child: Child,
    address: String,
    setup: String,
}

impl Drop for Desk {
    fn drop(&mut self) {
        // It may have stopped by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Desk {
    /// Makes the first account, and gives the head lines with which it asks.
    fn sign_in(&self) -> String {
        let account =
            json!({ "token": self.setup, "name": "root", "password": "a phrase that is long enough" });
        let signed = self.ask("POST", "setup", "", &account.to_string());
        let cookie = signed
            .split("set-cookie: ")
            .nth(1)
            .unwrap()
            .split(';')
            .next()
            .unwrap();
        format!(
            "Cookie: {cookie}\r\nX-CSRF-Token: {}\r\n",
            body(&signed)["csrf"].as_str().unwrap()
        )
    }

    fn start(workspace: &str) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_truceline"))
            .args([
                "-q",
                "serve",
                "--demo",
                "--listen",
                "127.0.0.1:0",
                "--workspace",
                workspace,
            ])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut line = || lines.next().unwrap().unwrap();
        let address = line()
            .trim_start_matches("serving http://")
            .trim_end_matches('/')
            .to_owned();
        let setup = line().rsplit('#').next().unwrap().to_owned();
        Self {
            child,
            address,
            setup,
        }
    }

    /// The answer's body.
    fn ask(&self, verb: &str, path: &str, more: &str, body: &str) -> String {
        self.ask_with(verb, path, more, "application/json", body)
    }

    fn ask_with(&self, verb: &str, path: &str, more: &str, kind: &str, body: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let head = format!(
            "{verb} /api/v1/{path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n{more}Content-Type: {kind}\r\n\
             Content-Length: {}\r\n\r\n{body}",
            self.address,
            body.len()
        );
        stream.write_all(head.as_bytes()).unwrap();
        let mut all = String::new();
        stream.read_to_string(&mut all).unwrap();
        all
    }

    fn get(&self, path: &str) -> String {
        self.ask("GET", path, "", "")
    }
}

fn body(answer: &str) -> Value {
    serde_json::from_str(answer.split_once("\r\n\r\n").unwrap().1).unwrap()
}

#[test]
fn the_demonstration_is_served_and_what_is_withheld_is_in_no_form() {
    let dir = tempfile::tempdir().unwrap();
    let at = dir.path().to_str().unwrap();
    let desk = Desk::start(at);
    // Others read the same workspace meanwhile.
    let all = records(dir.path());
    let incidents = of_kind(&all, "incident");
    let map = body(&desk.get("map/incidents"));
    assert_eq!(map["total"], incidents.len());
    assert_eq!(body(&desk.get("incidents"))["total"], incidents.len());
    assert_eq!(body(&desk.get("summary"))["incidents"], incidents.len());
    assert!(desk.get("report").contains("DEMONSTRATION"));
    let document = of_kind(&all, "document")[0]["id"].as_str().unwrap().to_owned();
    assert!(
        !body(&desk.get(&format!("documents/{document}/text")))["passages"]
            .as_array()
            .unwrap()
            .is_empty()
    );
    let proof = desk.get(&format!("documents/{document}/proof"));
    assert!(proof.contains("c2sp.org/tlog-proof"), "{proof}");

    let more = desk.sign_in();
    let secret = incidents
        .iter()
        .find(|it| it["fields"]["pages"].as_u64() > Some(2))
        .unwrap();
    let claim = secret["basis"][0].as_str().unwrap();
    let words = of_kind(&all, "claim")
        .into_iter()
        .find(|it| it["id"] == claim)
        .unwrap()["quote"]
        .as_str()
        .unwrap();
    let withheld = json!({ "kind": "claim", "id": claim, "field": "*", "role": "administrator" });
    let reply = desk.ask("POST", "restrictions", &more, &withheld.to_string());
    assert!(reply.starts_with("HTTP/1.1 200"), "{reply}");

    let page = of_kind(&all, "claim")
        .into_iter()
        .find(|it| it["id"] == claim)
        .unwrap()["document"]
        .clone();
    let page = of_kind(&all, "document")
        .into_iter()
        .find(|it| it["document"] == page)
        .unwrap()["id"]
        .clone();
    let text = format!("documents/{}/text", page.as_str().unwrap());
    for form in [
        "map/incidents",
        "export?format=csv",
        "export?format=geojson",
        "export?format=jsonl",
        "incidents?limit=1000",
        "findings?limit=1000",
        "claims?limit=1000",
        "report",
        "report?format=markdown",
        text.as_str(),
    ] {
        let answer = desk.get(form);
        assert!(
            !answer.contains(secret["id"].as_str().unwrap()),
            "{form} tells of the incident"
        );
        let on_this_page = text == form;
        assert!(!on_this_page || !answer.contains(words), "{form} tells the words");
    }
    assert!(desk.get("report").starts_with("HTTP/1.1 403"));
    assert!(
        desk.ask("GET", "export?format=csv", &more, "")
            .contains(secret["id"].as_str().unwrap())
    );
}

#[test]
fn pages_read_in_meanwhile_are_a_new_state() {
    let dir = tempfile::tempdir().unwrap();
    let at = dir.path().to_str().unwrap();
    let desk = Desk::start(at);
    let before = body(&desk.get("checkpoint"))["checkpoint"]
        .as_str()
        .unwrap()
        .to_owned();
    let new = dir.path().join("new.txt");
    std::fs::write(
        &new,
        "Shells fall on Talbiseh\n\n2017-05-08\n\nTwo shells fell on Talbiseh on Monday, residents said.\n",
    )
    .unwrap();
    told(&[
        "-q",
        "assess",
        new.to_str().unwrap(),
        "--as-of",
        "2017-05-08",
        "--since",
        "2016-12-29",
        "--workspace",
        at,
    ]);
    let changes = body(&desk.get(&format!("changes?since={before}")));
    assert_ne!(changes["checkpoint"], before.as_str());
    let added = |it: &&Value| it["kind"] == "document" && it["change"] == "added";
    assert_eq!(
        changes["changes"]
            .as_array()
            .unwrap()
            .iter()
            .filter(added)
            .count(),
        1
    );
    assert!(told(&["-q", "log", "verify", "--workspace", at]).starts_with("intact"));
}

#[test]
fn a_table_sent_to_the_desk_is_read_and_logged_as_on_the_command_line() {
    let dir = tempfile::tempdir().unwrap();
    let at = dir.path().to_str().unwrap();
    let desk = Desk::start(at);
    let more = desk.sign_in();
    let send = |path: &str, file: &str| {
        let answer = desk.ask_with("POST", path, &more, "application/octet-stream", file);
        assert!(answer.starts_with("HTTP/1.1 200"), "{path}: {answer}");
        answer
    };
    // The columns are guessed; the reader says where the day is, and that the notes are not read.
    let table = "Ref,Happened,Village,Killed,Notes\n1,3/5/2017,Azaz,5,x\n2,13/5/2017,Azaz,many,y\n3,14/5/2017,عزاز,0,z\n";
    let found = body(&send("foreign/preview?name=own.csv", table));
    assert_eq!(
        found["columns"][2],
        json!({ "name": "Village", "field": "place" })
    );
    assert!(
        found["lacks"]["what"].as_str().unwrap().contains("day"),
        "{found}"
    );
    let asked = "name=own.csv&source=An%20office&columns=date=1,notes=";
    let found = body(&send(&format!("foreign/preview?{asked}"), table));
    assert_eq!(
        (
            &found["kept"],
            &found["rejected"],
            &found["dates"],
            &found["lacks"]
        ),
        (&2.into(), &1.into(), &"day-first".into(), &Value::Null)
    );
    assert_eq!(found["read"][0]["date"], "2017-05-03");
    assert_eq!(found["first"][0], json!(["1", "3/5/2017", "Azaz", "5", "x"]));
    assert_eq!(found["turned_down"][0]["line"], 3);
    let rejected = send(&format!("foreign/rejected?{asked}"), table);
    assert!(
        rejected.contains("\"3\",\"deaths is no whole number"),
        "{rejected}"
    );
    let kept = body(&send(&format!("foreign?{asked}"), table));
    assert_eq!(
        (&kept["rows"], &kept["new"], &kept["rejected"]),
        (&2.into(), &2.into(), &1.into())
    );
    // The command line knows that the log has it, and the desk shows its rows at once.
    let file = dir.path().join("own.csv");
    std::fs::write(&file, table).unwrap();
    let (file, columns) = (file.to_str().unwrap(), "date=Happened,notes=");
    let again = told(&[
        "-q",
        "import",
        file,
        "--source",
        "An office",
        "--columns",
        columns,
        "--workspace",
        at,
    ]);
    assert!(again.contains("in the log already"), "{again}");
    let rows = body(&desk.ask("GET", "foreign", &more, ""));
    assert_eq!(
        (&rows["total"], &rows["items"][1]["fields"]["place"]["name"]),
        (&2.into(), &"عزاز".into())
    );
    let refused = desk.ask_with(
        "POST",
        "foreign?name=own.csv&source=a",
        &more,
        "application/octet-stream",
        "words",
    );
    assert!(
        refused.starts_with("HTTP/1.1 400") && refused.contains("names of columns"),
        "{refused}"
    );
}
