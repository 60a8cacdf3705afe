//! Exactly what continuous integration runs, in the order in which a fault is cheapest to find.
//!
//! Stops at the first step that is red and prints the command that repeats it. One profile builds everything
//! (see "Building once" in `docs/style.md`), so the demonstration runs the same code as the tests.

mod api;
mod count;
mod help;
mod readme;
mod web;

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, bail};

use crate::clock::wall;
use count::Count;

/// One thing that must hold.
struct Step {
    /// What follows `cargo xtask ci` to run this step alone.
    name: &'static str,
    run: fn(&Site) -> Result<Count>,
}

/// Every step; formatting first, because it is the quickest to be told about.
const STEPS: &[Step] = &[
    Step {
        name: "fmt",
        run: fmt,
    },
    Step {
        name: "tidy",
        run: tidy,
    },
    Step {
        name: "web",
        run: web::pages,
    },
    Step {
        name: "clippy",
        run: clippy,
    },
    Step {
        name: "test",
        run: test,
    },
    Step {
        name: "doctest",
        run: doctest,
    },
    Step {
        name: "data",
        run: data,
    },
    Step {
        name: "demo",
        run: demo,
    },
    Step {
        name: "desk",
        run: web::desk,
    },
    Step {
        name: "api",
        run: api::asked,
    },
    Step {
        name: "clients",
        run: api::clients,
    },
    Step {
        name: "docs",
        run: docs,
    },
];

/// Where the work is done.
struct Site {
    root: PathBuf,
    /// The folder of build outputs.
    target: PathBuf,
}

/// Runs the steps named, or all of them.
pub(crate) fn main(root: &Path, only: &[String]) -> Result<()> {
    if let Some(name) = only
        .iter()
        .find(|name| STEPS.iter().all(|step| step.name != *name))
    {
        let names: Vec<&str> = STEPS.iter().map(|step| step.name).collect();
        bail!("\"{name}\" is not a step; there are: {}", names.join(", "));
    }
    let steps = STEPS
        .iter()
        .filter(|step| only.is_empty() || only.iter().any(|name| name == step.name));
    let site = Site {
        root: root.to_path_buf(),
        target: target(root)?,
    };
    let start = wall();
    let mut total = Count::default();
    for step in steps {
        println!("\n== {}", step.name);
        let start = wall();
        match (step.run)(&site) {
            Ok(count) => {
                total = total + count;
                println!(
                    "== {} is green, {:.0} s",
                    step.name,
                    (wall() - start).as_secs_f64()
                );
            }
            Err(error) => {
                if let Some(Red { count, .. }) = error.downcast_ref::<Red>() {
                    total = total + *count;
                }
                println!("\n== {} is red: {error:#}", step.name);
                println!("   repeat it with: cargo xtask ci {}", step.name);
                println!("{total}");
                bail!("step \"{}\" is red", step.name);
            }
        }
    }
    println!("\nall steps are green, {:.0} s", (wall() - start).as_secs_f64());
    println!("{total}");
    Ok(())
}

/// A command that said no, with the tests it had counted by then.
#[derive(Debug, thiserror::Error)]
#[error("`{command}` ended with {status}")]
struct Red {
    command: String,
    status: String,
    count: Count,
}

fn fmt(site: &Site) -> Result<Count> {
    site.cargo(&["fmt", "--all", "--check"])
}

fn clippy(site: &Site) -> Result<Count> {
    site.cargo(&[
        "clippy",
        "--release",
        "--locked",
        "--workspace",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ])
}

fn tidy(site: &Site) -> Result<Count> {
    crate::tidy::main(&site.root).map(|()| Count::default())
}

/// The tests, by nextest where it is installed: it runs each in its own process, so one crash hides no other.
fn test(site: &Site) -> Result<Count> {
    database(site);
    // The test of that export says that it is left out where this could not be had.
    tools(site, "hxl", &["libhxl==5.2.2", "six==1.17.0"]);
    let has_nextest = Command::new("cargo")
        .args(["nextest", "--version"])
        .output()
        .is_ok_and(|output| output.status.success());
    let count = if has_nextest {
        site.cargo(&[
            "nextest",
            "run",
            "--release",
            "--locked",
            "--workspace",
            "--no-fail-fast",
        ])?
    } else {
        site.cargo(&[
            "test",
            "--release",
            "--locked",
            "--workspace",
            "--all-targets",
            "--no-fail-fast",
        ])?
    };
    if count.passed == 0 {
        bail!("the test runner reported no test");
    }
    Ok(count)
}

/// A Python of its own among the build outputs with these packages of PyPI, made once; nothing without Python or the
/// network.
fn tools(site: &Site, name: &str, packages: &[&str]) -> Option<PathBuf> {
    let folder = site.target.join(name);
    let python = folder.join("bin/python");
    let mark = folder.join("done");
    let wanted = packages.join(" ");
    if std::fs::read_to_string(&mark).is_ok_and(|made| made == wanted) {
        return Some(python);
    }
    let quiet = |command: &mut Command| {
        let command = command.stdout(Stdio::null()).stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    };
    let made = quiet(
        Command::new("python3")
            .args(["-m", "venv", "--clear"])
            .arg(&folder),
    );
    let mut install = Command::new(&python);
    install.args(["-m", "pip", "install", "--quiet"]).args(packages);
    // Without this mark a broken folder is made anew.
    if made && quiet(&mut install) && std::fs::write(&mark, wanted).is_ok() {
        return Some(python);
    }
    let _ = std::fs::remove_dir_all(&folder);
    None
}

/// Installs the server that the view may lie on, where it is missing and we may. Tests that need it say so and
/// are left out where it stays missing.
fn database(site: &Site) {
    let versions = std::fs::read_dir("/usr/share/postgresql")
        .into_iter()
        .flatten()
        .flatten();
    let mut shapes = versions.map(|version| version.path().join("extension/postgis.control"));
    if shapes.any(|control| control.exists()) {
        return;
    }
    println!("PostgreSQL with PostGIS is not there; installing it needs root and Debian's packages");
    let install = [
        "install",
        "-y",
        "-qq",
        "--no-install-recommends",
        "postgresql",
        "postgresql-postgis",
    ];
    let installed = site
        .run("apt-get", &["update", "-qq"])
        .and_then(|_| site.run("apt-get", &install));
    if let Err(error) = installed {
        println!("it stays missing: {error:#}");
    }
}

fn doctest(site: &Site) -> Result<Count> {
    site.cargo(&["test", "--release", "--locked", "--workspace", "--doc"])
}

fn data(site: &Site) -> Result<Count> {
    site.build()?;
    site.truceline(&["data", "check"])
}

/// The whole house on a workspace of its own, then the two promises about its log.
fn demo(site: &Site) -> Result<Count> {
    site.build()?;
    let folder = tempfile::tempdir().context("could not make a folder for the demonstration")?;
    let workspace = folder.path().join("workspace").display().to_string();
    site.truceline(&["demo", "--workspace", &workspace])?;
    site.truceline(&["log", "verify", "--workspace", &workspace])?;
    site.truceline(&["rebuild", "--verify", "--workspace", &workspace])
}

/// The commands that the front page tells people to type, this very one left out; and every command and option
/// of the binary is in `docs/cli.md`.
fn docs(site: &Site) -> Result<Count> {
    site.build()?;
    let commands = readme::commands(&site.page("README.md")?);
    if commands.is_empty() {
        bail!("README.md shows no command");
    }
    for command in commands.iter().filter(|command| *command != "cargo xtask ci") {
        site.run("bash", &["-c", command])?;
    }
    let missing = unnamed(site, &site.page("docs/cli.md")?, &mut Vec::new())?;
    if !missing.is_empty() {
        bail!("docs/cli.md does not name: {}", missing.join(", "));
    }
    Ok(Count::default())
}

/// Commands and options below `command` that the page does not name.
fn unnamed(site: &Site, page: &str, command: &mut Vec<String>) -> Result<Vec<String>> {
    let output = Command::new(site.binary())
        .args(&*command)
        .arg("--help")
        .output()
        .context("could not start truceline")?;
    let help = String::from_utf8_lossy(&output.stdout).into_owned();
    let mut missing = Vec::new();
    if !command.is_empty() {
        let name = format!("truceline {}", command.join(" "));
        missing.extend(help::missing(page, &name, &help::options(&help)));
    }
    for part in help::commands(&help) {
        command.push(part);
        missing.extend(unnamed(site, page, command)?);
        command.pop();
    }
    Ok(missing)
}

impl Site {
    fn cargo(&self, arguments: &[&str]) -> Result<Count> {
        self.run("cargo", arguments)
    }

    fn build(&self) -> Result<Count> {
        self.cargo(&["build", "--release", "--locked", "--package", "truceline"])
    }

    fn binary(&self) -> PathBuf {
        self.target.join("release/truceline")
    }

    fn page(&self, name: &str) -> Result<String> {
        std::fs::read_to_string(self.root.join(name)).with_context(|| format!("could not read {name:?}"))
    }

    fn truceline(&self, arguments: &[&str]) -> Result<Count> {
        self.run(
            &self.target.join("release/truceline").display().to_string(),
            arguments,
        )
    }

    /// Runs a command at the root.
    fn run(&self, program: &str, arguments: &[&str]) -> Result<Count> {
        let mut command = Command::new(program);
        command.args(arguments).current_dir(&self.root);
        println!("$ {program} {}", arguments.join(" "));
        self.watched(command)
    }

    /// Shows what a command says as it says it, and counts the tests it reports.
    fn watched(&self, mut command: Command) -> Result<Count> {
        let program = command.get_program().to_string_lossy().into_owned();
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .with_context(|| format!("could not start \"{program}\""))?;
        let errors = child
            .stderr
            .take()
            .map(|stream| std::thread::spawn(|| tee(stream, std::io::stderr())));
        let mut said = child
            .stdout
            .take()
            .map_or_else(String::new, |stream| tee(stream, std::io::stdout()));
        if let Some(errors) = errors {
            said.push_str(&errors.join().unwrap_or_default());
        }
        let status = child
            .wait()
            .with_context(|| format!("could not wait for \"{program}\""))?;
        let count = Count::read(&said);
        if status.success() {
            Ok(count)
        } else {
            let arguments = command.get_args().map(|it| it.to_string_lossy().into_owned());
            Err(Red {
                command: [program]
                    .into_iter()
                    .chain(arguments)
                    .collect::<Vec<_>>()
                    .join(" "),
                status: status.to_string(),
                count,
            }
            .into())
        }
    }
}

/// Copies a stream as it comes and gives back what passed.
fn tee(mut from: impl Read, mut to: impl Write) -> String {
    let mut all = Vec::new();
    let mut buffer = [0; 4096];
    while let Ok(read @ 1..) = from.read(&mut buffer) {
        all.extend_from_slice(&buffer[..read]);
        // Whoever reads our output may be gone; the steps still count.
        let _ = to.write_all(&buffer[..read]).and_then(|()| to.flush());
    }
    String::from_utf8_lossy(&all).into_owned()
}

/// The folder of build outputs, as cargo sees it.
fn target(root: &Path) -> Result<PathBuf> {
    let metadata = crate::tidy::metadata(root)?;
    let folder = metadata["target_directory"]
        .as_str()
        .context("cargo metadata names no target folder")?;
    Ok(PathBuf::from(folder))
}
