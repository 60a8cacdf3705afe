//! The web application: its types, its build and its tests; and the screens of the finished binary, driven in a browser.

use std::path::Path;

use anyhow::{Context as _, Result};

use super::Site;
use super::count::Count;
use crate::served::Served;

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
    let desk = Served::start(&site.binary(), &folder.path().join("workspace"), &["--demo"])?;
    let link = desk.setup()?;
    site.run("node", &["web/e2e/run.mjs", &desk.address, &link])
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
