//! Completion scripts and manual pages name every command there is.

use crate::{told, truceline};
use std::io::Write as _;
use std::process::{Command, Stdio};

/// The commands that `--help` lists.
fn commands() -> Vec<String> {
    let help = told(&["--help"]);
    let listed = help
        .split("Commands:")
        .nth(1)
        .unwrap()
        .split("\n\n")
        .next()
        .unwrap();
    let names: Vec<String> = listed
        .lines()
        .filter_map(|line| line.strip_prefix("  ")?.split(' ').next())
        .filter(|name| !name.is_empty() && *name != "help")
        .map(str::to_owned)
        .collect();
    assert!(names.len() > 20, "{names:?}");
    names
}

#[test]
fn completion_scripts_name_every_command_and_option() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = told(&["completions", shell]);
        for name in commands() {
            assert!(script.contains(&name), "{shell} does not know {name}");
        }
        // PowerShell and the others write an option with or without its dashes.
        assert!(script.contains("as-of"), "{shell} does not know --as-of");
    }
    assert_eq!(truceline(&["completions", "cmd"]).status.code(), Some(2));
}

#[test]
fn bash_reads_its_script() {
    let Ok(mut bash) = Command::new("bash").arg("-n").stdin(Stdio::piped()).spawn() else {
        println!("skipped: no bash is here");
        return;
    };
    let script = told(&["completions", "bash"]);
    bash.stdin.take().unwrap().write_all(script.as_bytes()).unwrap();
    assert!(bash.wait().unwrap().success());
}

#[test]
fn every_command_has_a_manual_page() {
    let folder = tempfile::tempdir().unwrap();
    let into = folder.path().join("man1");
    told(&["man", into.to_str().unwrap()]);
    let front = std::fs::read_to_string(into.join("truceline.1")).unwrap();
    assert!(front.contains(".TH truceline 1"));
    for name in commands() {
        let page = std::fs::read_to_string(into.join(format!("truceline-{name}.1"))).unwrap();
        assert!(page.contains(".SH SYNOPSIS"), "{name}");
    }
    let assess = std::fs::read_to_string(into.join("truceline-assess.1")).unwrap();
    assert!(assess.contains("\\-\\-as\\-of"));
    // A file stands where the folder should be.
    let taken = folder.path().join("taken");
    std::fs::write(&taken, "").unwrap();
    assert_eq!(
        truceline(&["man", taken.to_str().unwrap()]).status.code(),
        Some(4)
    );
}
