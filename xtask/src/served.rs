//! A desk that the binary serves while something is tried on it, and a client that asks it.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, PoisonError, mpsc};
use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};
use serde_json::{Value, json};

/// A desk that serves until it is dropped.
pub(crate) struct Served {
    child: Child,
    /// Where it answers, such as `http://127.0.0.1:40123`.
    pub(crate) address: String,
    /// What it says after that, line by line.
    said: Mutex<mpsc::Receiver<String>>,
}

impl Served {
    /// Serves a workspace at a free port of this machine.
    pub(crate) fn start(binary: &Path, workspace: &Path, options: &[&str]) -> Result<Self> {
        let mut child = Command::new(binary)
            .args(["serve", "--listen", "127.0.0.1:0", "--workspace"])
            .arg(workspace)
            .args(options)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("could not start the desk")?;
        let out = child.stdout.take();
        let (saying, said) = mpsc::channel();
        let mut desk = Self {
            child,
            address: String::new(),
            said: Mutex::new(said),
        };
        let mut lines = BufReader::new(out.context("the desk has no standard output")?).lines();
        for line in lines.by_ref() {
            let line = line.context("could not read what the desk says")?;
            if let Some(address) = line.strip_prefix("serving ") {
                desk.address = address.trim_end_matches('/').to_owned();
                break;
            }
        }
        if desk.address.is_empty() {
            bail!("the desk ended before it said where it serves");
        }
        // Its pipe must not fill up meanwhile.
        std::thread::spawn(move || lines.map_while(Result::ok).try_for_each(|line| saying.send(line)));
        Ok(desk)
    }

    /// The link with which the first account is made, which a desk without accounts prints.
    pub(crate) fn setup(&self) -> Result<String> {
        let said = self.said.lock().unwrap_or_else(PoisonError::into_inner);
        let line = said.recv().context("the desk ended before it printed a link")?;
        let link = line.strip_prefix("make the first account: ");
        Ok(link
            .context("the desk printed no link for the first account")?
            .to_owned())
    }

    /// Kilobytes of memory that it holds now, as Linux counts them.
    pub(crate) fn memory_kb(&self) -> Option<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        line.split_whitespace().next()?.parse().ok()
    }

    /// A connection to it.
    pub(crate) fn client(&self) -> Client {
        Client {
            host: self.address.trim_start_matches("http://").to_owned(),
            stream: None,
            session: String::new(),
        }
    }

    /// A connection of this account; it is made with the link that was printed where the desk has none yet.
    pub(crate) fn signed_in(&self, name: &str, password: &str) -> Result<Client> {
        let mut client = self.client();
        let form = json!({ "name": name, "password": password });
        let mut answer = client.ask("POST", "/api/v1/session", &form.to_string())?;
        if answer.status != 200 {
            let link = self.setup()?;
            let (_, token) = link.rsplit_once('#').context("the link holds no word")?;
            let form = json!({ "token": token, "name": name, "password": password });
            answer = client.ask("POST", "/api/v1/setup", &form.to_string())?;
        }
        ensure!(answer.status == 200, "signing in gave {}", answer.status);
        let told: Value = serde_json::from_slice(&answer.body)?;
        let cookie = answer.head.lines().find_map(|line| {
            let (name, value) = line.split_once(": ")?;
            name.eq_ignore_ascii_case("set-cookie")
                .then(|| value.split(';').next())?
        });
        client.session = format!(
            "Cookie: {}\r\nX-CSRF-Token: {}\r\n",
            cookie.context("no cookie came")?,
            told["csrf"].as_str().context("no session began")?
        );
        Ok(client)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended by itself; either way nothing is left to do.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The binary in the folder of this program.
pub(crate) fn binary() -> Option<PathBuf> {
    let folder = std::env::current_exe().ok()?.parent()?.to_owned();
    let name = format!("truceline{}", std::env::consts::EXE_SUFFIX);
    Some(folder.join(name)).filter(|binary| binary.is_file())
}

/// How long an answer may take.
const ANSWER_WAIT_MAX: Duration = Duration::from_secs(60);

/// A connection that is used again and again.
pub(crate) struct Client {
    host: String,
    stream: Option<TcpStream>,
    /// Lines of a head that name the session; none for the public.
    pub(crate) session: String,
}

struct Answer {
    status: u16,
    head: String,
    body: Vec<u8>,
}

impl Client {
    /// Another connection of the same session.
    pub(crate) fn again(&self) -> Self {
        Self {
            host: self.host.clone(),
            stream: None,
            session: self.session.clone(),
        }
    }

    /// Status and body of an answer.
    pub(crate) fn get(&mut self, path: &str) -> Result<(u16, Vec<u8>)> {
        self.send("GET", path, "")
    }

    /// The same of a request with a body of JSON.
    pub(crate) fn send(&mut self, verb: &str, path: &str, body: &str) -> Result<(u16, Vec<u8>)> {
        let answer = self.ask(verb, path, body)?;
        Ok((answer.status, answer.body))
    }

    /// A connection that the other side has closed is made once more.
    fn ask(&mut self, verb: &str, path: &str, body: &str) -> Result<Answer> {
        let fresh = self.stream.is_none();
        match self.try_once(verb, path, body) {
            Err(_) if !fresh => {
                self.stream = None;
                self.try_once(verb, path, body)
            }
            answer => answer,
        }
    }

    fn try_once(&mut self, verb: &str, path: &str, body: &str) -> Result<Answer> {
        let mut stream = match self.stream.take() {
            Some(stream) => stream,
            None => {
                let stream = TcpStream::connect(&self.host)?;
                stream.set_read_timeout(Some(ANSWER_WAIT_MAX))?;
                stream.set_nodelay(true)?;
                stream
            }
        };
        let kind = match body {
            "" => String::new(),
            _ => format!(
                "Content-Type: application/json\r\nContent-Length: {}\r\n",
                body.len()
            ),
        };
        let (host, session) = (&self.host, &self.session);
        let all = format!("{verb} {path} HTTP/1.1\r\nHost: {host}\r\n{session}{kind}\r\n{body}");
        stream.write_all(all.as_bytes())?;
        let mut got = Vec::new();
        let mut part = [0; 65_536];
        let head = loop {
            if let Some(end) = got.windows(4).position(|four| four == b"\r\n\r\n") {
                break end + 4;
            }
            let read = stream.read(&mut part)?;
            ensure!(read > 0, "the desk closed the connection");
            got.extend_from_slice(&part[..read]);
        };
        let words = String::from_utf8_lossy(&got[..head]).into_owned();
        let status = words.split(' ').nth(1).and_then(|status| status.parse().ok());
        let length = words.lines().find_map(|line| {
            let (name, value) = line.split_once(": ")?;
            name.eq_ignore_ascii_case("content-length").then_some(value)
        });
        let length: usize = length.context("an answer without a length")?.trim().parse()?;
        while got.len() < head + length {
            let read = stream.read(&mut part)?;
            ensure!(read > 0, "the desk closed the connection");
            got.extend_from_slice(&part[..read]);
        }
        self.stream = Some(stream);
        Ok(Answer {
            status: status.context("an answer without a status")?,
            head: words,
            body: got.split_off(head),
        })
    }
}
