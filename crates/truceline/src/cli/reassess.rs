//! `truceline reassess`: the log judged again by other data, and every finding that turns.

use super::{At, Common, print, rebuild, show};
use crate::pack::Pack;
use crate::pipeline::{self, Settings};
use crate::workspace::Workspace;
use agreements::Attributing;
use clap::Args;
use model::{Finding, IncidentId, Picture, Test, Verdict};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// Judges everything in the log again: with the data in another folder, under another policy, or as it was known
/// earlier. Writes nothing.
#[derive(Debug, Args)]
pub(crate) struct Reassess {
    /// The data pack to judge by; the one in use when not given.
    #[arg(value_name = "DIR")]
    to: Option<PathBuf>,
    /// Show every finding that turns, and why.
    #[arg(long)]
    diff: bool,
    /// How an author may be established: named, area-of-control or none.
    #[arg(long, value_name = "POLICY", value_parser = super::assess::attributing)]
    attribution: Option<Attributing>,
    /// As it stood at an earlier head of the log: a file with the signed head, a number of entries, or a day.
    #[arg(long, value_name = "CHECKPOINT")]
    as_known_at: Option<String>,
    #[command(flatten)]
    at: At,
}

/// Runs the command.
pub(crate) fn run(command: &Reassess, common: &Common) -> anyhow::Result<u8> {
    drop(show::view(&command.at.workspace)?);
    let (size, to) = (
        command.as_known_at.as_deref().map_or(Ok(u64::MAX), |text| {
            crate::known_at::size(&command.at.workspace, text)
        })?,
        command.to.as_deref().or(common.data.as_deref()),
    );
    let (old, new) = (Pack::load(common.data.as_deref())?, Pack::load(to)?);
    let workspace = Workspace::open(&command.at.workspace, &|_| {})?;
    let settings = rebuild::settings(workspace.view_path())?;
    let other = Settings {
        attributing: command.attribution.unwrap_or(settings.attributing),
        ..settings.clone()
    };
    let read = |pack: &Pack, settings: &Settings, size: u64| -> anyhow::Result<Picture> {
        let replay = workspace.replay_first(size)?;
        Ok(pipeline::run(replay, pack, settings, &mut |_, _| {}))
    };
    let (before, after) = (read(&old, &settings, u64::MAX)?, read(&new, &other, size)?);
    let mut out = changed_files(&old.files, &new.files);
    out.push_str(&turned(&before, &after, &|_| command.diff));
    print(&out)?;
    Ok(0)
}

/// How the findings of two pictures differ: in numbers, and with what turned them for incidents that are `shown`.
pub(super) fn turned(before: &Picture, after: &Picture, shown: &dyn Fn(&IncidentId) -> bool) -> String {
    let turns = turns(&before.findings, &after.findings);
    let mut out = String::new();
    for turn in &turns {
        let finding = turn.after.or(turn.before);
        if finding.is_some_and(|finding| shown(&finding.incident)) {
            out.push_str(&turn.words(before, after));
        }
    }
    out + &counts(before, after, &turns)
}

/// Which files of the data differ, by name.
fn changed_files(old: &[(String, String)], new: &[(String, String)]) -> String {
    let of = |files: &[(String, String)]| -> BTreeMap<String, String> { files.iter().cloned().collect() };
    let (old, new) = (of(old), of(new));
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let line = |name: &&String| {
        let what = match (old.get(*name), new.get(*name)) {
            (Some(old), Some(new)) if old == new => return None,
            (Some(_), Some(_)) => "changed",
            (Some(_), None) => "gone",
            _ => "new",
        };
        Some(format!("data {what}: {name}\n"))
    };
    names.iter().filter_map(line).collect()
}

/// A finding that is not what it was.
struct Turn<'a> {
    before: Option<&'a Finding>,
    after: Option<&'a Finding>,
}

/// Findings that differ in their verdict, that are new, or that are gone, in order of incident and term.
fn turns<'a>(before: &'a [Finding], after: &'a [Finding]) -> Vec<Turn<'a>> {
    type Key<'k> = (&'k str, &'k str, &'k str);
    fn by_key(findings: &[Finding]) -> BTreeMap<Key<'_>, &Finding> {
        findings
            .iter()
            .map(|finding| {
                let key = (
                    finding.incident.as_str(),
                    finding.agreement.as_str(),
                    finding.term.as_str(),
                );
                (key, finding)
            })
            .collect()
    }
    let (before, after) = (by_key(before), by_key(after));
    let keys: BTreeSet<Key<'_>> = before.keys().chain(after.keys()).copied().collect();
    let turn = |key: &Key<'_>| {
        let turn = Turn {
            before: before.get(key).copied(),
            after: after.get(key).copied(),
        };
        (turn.verdicts().0 != turn.verdicts().1).then_some(turn)
    };
    keys.iter().filter_map(turn).collect()
}

/// The same, as the server tells it.
pub(super) fn told(before: &[Finding], after: &[Finding]) -> Vec<server::Turned> {
    let all = turns(before, after).into_iter().filter_map(|turn| {
        let shown = turn.after.or(turn.before)?;
        let (was, is) = turn.verdicts();
        Some(server::Turned {
            incident: shown.incident.to_string(),
            term: shown.term.to_string(),
            before: was,
            after: is,
            because: turn.why(),
        })
    });
    all.collect()
}

impl Turn<'_> {
    fn verdicts(&self) -> (Option<Verdict>, Option<Verdict>) {
        let verdict = |finding: Option<&Finding>| finding.map(|finding| finding.verdict);
        (verdict(self.before), verdict(self.after))
    }

    /// What turned, and the tests that turned it.
    fn words(&self, before: &Picture, after: &Picture) -> String {
        let Some(shown) = self.after.or(self.before) else {
            return String::new();
        };
        let word = |verdict: Option<Verdict>| verdict.map_or("no finding", Verdict::as_str);
        let (old, new) = self.verdicts();
        let mut out = format!(
            "{} under \"{}\" of {}: {} → {}\n",
            shown.incident,
            shown.term,
            shown.agreement,
            word(old),
            word(new)
        );
        if let Some(incident) = after
            .incidents
            .iter()
            .chain(&before.incidents)
            .find(|incident| incident.id == shown.incident)
        {
            let place = incident
                .location
                .as_ref()
                .map_or("a place nobody tells", |location| location.mention.name.as_str());
            out.push_str(&format!(
                "    {} at {place}, {}\n",
                incident.act.id, incident.when
            ));
        }
        for line in self.why() {
            out.push_str(&format!("    {line}\n"));
        }
        out
    }

    fn why(&self) -> Vec<String> {
        match (self.before, self.after) {
            (Some(before), Some(after)) => {
                let old = |test: &Test| before.tests.iter().find(|old| old.name == test.name);
                let changed = after.tests.iter().filter_map(|test| {
                    let was = old(test).map(|old| old.answer);
                    (was != Some(test.answer)).then(|| {
                        format!(
                            "{}: {} → {}. {}",
                            test.name,
                            was.map_or("not asked", model::Ternary::as_str),
                            test.answer.as_str(),
                            test.because.words
                        )
                    })
                });
                let gone = before
                    .tests
                    .iter()
                    .filter(|old| !after.tests.iter().any(|test| test.name == old.name))
                    .map(|old| format!("{}: {} → not asked", old.name, old.answer.as_str()));
                let lines: Vec<String> = changed.chain(gone).collect();
                match lines.is_empty() {
                    true => vec!["The day of judgement decides it.".to_owned()],
                    false => lines,
                }
            }
            (None, Some(after)) => after.reasons.clone(),
            _ => vec!["No term is about it any more, or it is not known any more.".to_owned()],
        }
    }
}

/// How many findings there are of each verdict, before and after.
fn counts(before: &Picture, after: &Picture, turns: &[Turn<'_>]) -> String {
    let count = |picture: &Picture, verdict: Verdict| {
        let all = picture.findings.iter();
        all.filter(|finding| finding.verdict == verdict).count()
    };
    let mut out = String::new();
    for (verdict, word) in Verdict::ALL {
        let (old, new) = (count(before, verdict), count(after, verdict));
        if old + new > 0 {
            out.push_str(&format!("{word}: {old} → {new}\n"));
        }
    }
    out.push_str(&match turns.len() {
        0 => "no finding turns\n".to_owned(),
        1 => "1 finding turns\n".to_owned(),
        n => format!("{n} findings turn\n"),
    });
    out
}
