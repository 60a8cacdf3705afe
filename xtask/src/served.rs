//! A desk that the binary serves while something is tried on it, and a client that asks it.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, PoisonError, mpsc};
use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};

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
        }
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
}

impl Client {
    /// Status and body of an answer. A connection that the other side has closed is made once more.
    pub(crate) fn get(&mut self, path: &str) -> Result<(u16, Vec<u8>)> {
        let fresh = self.stream.is_none();
        match self.ask(path) {
            Err(_) if !fresh => {
                self.stream = None;
                self.ask(path)
            }
            answer => answer,
        }
    }

    fn ask(&mut self, path: &str) -> Result<(u16, Vec<u8>)> {
        let mut stream = match self.stream.take() {
            Some(stream) => stream,
            None => {
                let stream = TcpStream::connect(&self.host)?;
                stream.set_read_timeout(Some(ANSWER_WAIT_MAX))?;
                stream.set_nodelay(true)?;
                stream
            }
        };
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", self.host)?;
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
        let words = String::from_utf8_lossy(&got[..head]).to_lowercase();
        let status = words.split(' ').nth(1).and_then(|status| status.parse().ok());
        let length = words
            .lines()
            .find_map(|line| line.strip_prefix("content-length: "));
        let length: usize = length.context("an answer without a length")?.trim().parse()?;
        while got.len() < head + length {
            let read = stream.read(&mut part)?;
            ensure!(read > 0, "the desk closed the connection");
            got.extend_from_slice(&part[..read]);
        }
        self.stream = Some(stream);
        Ok((status.context("an answer without a status")?, got.split_off(head)))
    }
}
