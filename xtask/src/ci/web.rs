//! The web application: its types, its build and its tests; and the screens of the finished binary, driven in a browser.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, Result, bail};

use super::Site;
use super::count::Count;

/// Debian's browser; a test tool's own download of one is never wanted.
const CHROMIUM: &str = "/usr/bin/chromium";

/// Everything that needs no binary. The build comes before the binary's, which takes the pages in.
pub(super) fn pages(site: &Site) -> Result<Count> {
    site.run("npm", &["ci", "--prefix", "web"])?;
    site.run("npm", &["run", "check", "--prefix", "web"])?;
    site.run("npm", &["run", "build", "--prefix", "web"])?;
    site.run("npm", &["test", "--prefix", "web"])
}

/// Every screen of the binary over the demonstration, in headless Chromium.
pub(super) fn desk(site: &Site) -> Result<Count> {
    site.build()?;
    chromium(site)?;
    let folder = tempfile::tempdir().context("could not make a folder for the desk")?;
    let desk = Desk::start(site, &folder.path().join("workspace"))?;
    site.run("node", &["web/e2e/run.mjs", &desk.address, &desk.setup])
}

/// Installs the browser where it is missing and we may.
fn chromium(site: &Site) -> Result<()> {
    if Path::new(CHROMIUM).exists() {
        return Ok(());
    }
    println!("{CHROMIUM} is not there; installing it needs root and Debian's packages");
    site.run("apt-get", &["update", "-qq"])?;
    let packages = ["chromium", "fonts-noto-core"];
    site.run(
        "apt-get",
        &[
            &["install", "-y", "-qq", "--no-install-recommends"],
            &packages[..],
        ]
        .concat(),
    )?;
    Ok(())
}

/// A desk that serves until it is dropped.
struct Desk {
    child: Child,
    /// Where it answers, such as `http://127.0.0.1:40123`.
    address: String,
    /// The link with which the first account is made.
    setup: String,
}

impl Desk {
    fn start(site: &Site, workspace: &Path) -> Result<Self> {
        let mut child = Command::new(site.binary())
            .args(["serve", "--demo", "--listen", "127.0.0.1:0", "--workspace"])
            .arg(workspace)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("could not start the desk")?;
        let said = child.stdout.take();
        let mut desk = Self {
            child,
            address: String::new(),
            setup: String::new(),
        };
        let mut lines = BufReader::new(said.context("the desk has no standard output")?).lines();
        for line in lines.by_ref() {
            let line = line.context("could not read what the desk says")?;
            if let Some(address) = line.strip_prefix("serving ") {
                desk.address = address.trim_end_matches('/').to_owned();
            }
            if let Some(link) = line.strip_prefix("make the first account: ") {
                desk.setup = link.to_owned();
                break;
            }
        }
        if desk.setup.is_empty() {
            bail!("the desk ended before it said where it serves");
        }
        // Its pipe must not fill up while the browser is at work.
        std::thread::spawn(move || lines.for_each(drop));
        Ok(desk)
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        // It may have ended by itself; either way nothing is left to do.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
