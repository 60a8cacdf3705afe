//! Programs at the desk of the demonstration: every operation that it describes asked by schemathesis, of which no answer
//! is an error of the server or of a kind that the description does not name; and the client for Python.

use std::process::Command;

use anyhow::{Context as _, Result};
use tempfile::TempDir;

use super::count::Count;
use super::{Site, tools};
use crate::served::Served;

/// The tool, from PyPI.
const TOOL: &str = "schemathesis==4.32.5";

/// What is held of every answer. That everything a form allows is taken is not: no form says which states, codes and
/// accounts there are.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,\
    response_headers_conformance,response_schema_conformance";

/// Made-up requests of an operation at most, beside some eighty that its description calls for.
const EXAMPLES: &str = "2";

/// Below what the desk takes of one address.
const RATE: &str = "350/s";

/// The account that asks.
const KEEPER: &str = "keeper-of-the-trial";
const SECRET: &str = "a long password for the trial only";

/// Its answer goes on until the reader leaves, so it is never read to its end.
const ENDLESS: &str = "/api/v1/events";

/// Everything that the description holds.
pub(super) fn asked(site: &Site) -> Result<Count> {
    if !cfg!(target_os = "linux") {
        println!(
            "left out: it asks from two addresses of this machine, which only Linux has without further ado"
        );
        return Ok(Count::default());
    }
    let Some(python) = tools(site, "schemathesis", &[TOOL]) else {
        println!("left out: {TOOL} is not installed, and python3 cannot fetch it from PyPI");
        return Ok(Count::default());
    };
    let (desk, folder) = served(site)?;
    let mut command = Command::new(python.with_file_name("schemathesis"));
    command
        .args(["run", &format!("{}/api/v1/openapi.json", desk.address)])
        .args(["--exclude-path", ENDLESS])
        .args(["--checks", CHECKS, "--max-examples", EXAMPLES, "--seed", "1"])
        .args(["--workers", "1", "--rate-limit", RATE])
        .args(["--continue-on-failure", "--warnings", "off"])
        .env("SCHEMATHESIS_HOOKS", site.root.join("xtask/src/ci/api.py"))
        .current_dir(folder.path());
    watched(site, command, &desk)
}

/// What the client promises.
pub(super) fn clients(site: &Site) -> Result<Count> {
    let there = Command::new("python3").arg("--version").output();
    if !there.is_ok_and(|output| output.status.success()) {
        println!("left out: python3 is not installed");
        return Ok(Count::default());
    }
    let (desk, _folder) = served(site)?;
    let mut command = Command::new("python3");
    command
        .args(["-B", "-m", "unittest", "-v", "test_client"])
        .current_dir(site.root.join("clients/python"));
    watched(site, command, &desk)
}

/// A desk with the demonstration and an account, and its folder.
fn served(site: &Site) -> Result<(Served, TempDir)> {
    site.build()?;
    let folder = tempfile::tempdir().context("could not make a folder for the desk")?;
    let desk = Served::start(&site.binary(), &folder.path().join("workspace"), &["--demo"])?;
    desk.signed_in(KEEPER, SECRET)?;
    Ok((desk, folder))
}

fn watched(site: &Site, mut command: Command, desk: &Served) -> Result<Count> {
    let told = [
        ("DESK", desk.address.as_str()),
        ("KEEPER", KEEPER),
        ("SECRET", SECRET),
    ];
    command.envs(told);
    site.watched(command)
}
