//! Worked examples that run as tests: Markdown that a lawyer reads, with an incident and the finding it must
//! get, or a day and how the deadlines must stand on it.

mod build;

use crate::{Attributing, Known, assess, deadlines};
use jiff::civil::Date;
use model::{Actor, Agreement, DataFault, Edtf, Finding, Incident, IncidentId, MissingFact, Verdict};

/// One worked example.
#[derive(Clone, Debug)]
pub struct Case {
    /// Its heading.
    pub heading: String,
    /// Line of the heading.
    pub line: usize,
    /// The incident; `None` when the example is about deadlines.
    pub incident: Option<Incident>,
    /// How often the like of it happened, for a term that counts; 1 when the example does not say.
    times: u64,
    /// The day of judgement; the end of the calendar when the example does not say.
    as_of: Date,
    attributing: Attributing,
    expected: Vec<Expected>,
}

impl Case {
    /// The findings of the example's incident under an agreement; none when it is about deadlines.
    pub fn findings(&self, agreement: &Agreement, actors: &[Actor]) -> Vec<Finding> {
        let Some(incident) = &self.incident else {
            return Vec::new();
        };
        let alike = (1..self.times).map(|n| Incident {
            id: IncidentId::of(&["case", incident.id.as_str(), &n.to_string()]),
            ..incident.clone()
        });
        let all: Vec<Incident> = std::iter::once(incident.clone()).chain(alike).collect();
        let mut findings = assess(&all, agreement, self.as_of, self.attributing, actors).findings;
        findings.retain(|finding| finding.incident == incident.id);
        findings
    }
}

#[derive(Clone, Debug)]
enum Expected {
    /// No term is about such an act.
    NoFinding,
    Finding(ExpectedFinding),
    Deadlines {
        as_of: Date,
        version: String,
        states: Vec<(String, String)>,
    },
}

#[derive(Clone, Debug, Default)]
struct ExpectedFinding {
    term: String,
    verdict: String,
    because: Vec<String>,
    missing: Vec<ExpectedMissing>,
    strength: Option<String>,
}

#[derive(Clone, Debug)]
struct ExpectedMissing {
    test: String,
    /// Verdicts if yes and if no, when the example tells them.
    verdicts: Option<(String, String)>,
}

/// A block of `key: value` lines with the line each stands on.
struct Block {
    kind: String,
    line: usize,
    rows: Vec<(usize, String, String)>,
}

/// Reads the worked examples of one Markdown file; `agreement` gives the zones, `known` the acts and actors.
///
/// An example is a heading, prose that says why, and fenced blocks of `key: value` lines: `incident` with
/// `finding`, or `deadlines`. All faults come at once; an example with a fault is left out.
pub fn cases(
    file: &str,
    markdown: &str,
    agreement: &Agreement,
    known: &Known,
) -> (Vec<Case>, Vec<DataFault>) {
    let mut faults = Vec::new();
    let mut cases = Vec::new();
    for section in sections(file, markdown, &mut faults) {
        let before = faults.len();
        let case = case(file, &section, agreement, known, &mut faults);
        if faults.len() == before {
            cases.push(case);
        }
    }
    (cases, faults)
}

/// Runs a worked example against the versions of an agreement, the one that is judged by first; what differs
/// is told in full sentences.
pub fn run(case: &Case, versions: &[Agreement], actors: &[Actor]) -> Result<(), String> {
    let Some(agreement) = versions.first() else {
        return Err("there is no agreement to judge by".to_owned());
    };
    let mut wrong = Vec::new();
    for expected in &case.expected {
        match (expected, &case.incident) {
            (
                Expected::Deadlines {
                    as_of,
                    version,
                    states,
                },
                _,
            ) => {
                check_deadlines(versions, *as_of, version, states, &mut wrong);
            }
            (expected, Some(_)) => {
                check_finding(expected, &case.findings(agreement, actors), &mut wrong);
            }
            (_, None) => wrong.push("there is a finding and no incident".to_owned()),
        }
    }
    if case.incident.is_some() {
        check_untold(case, &case.findings(agreement, actors), &mut wrong);
    }
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(format!(
            "{} (line {}):\n  {}",
            case.heading,
            case.line,
            wrong.join("\n  ")
        ))
    }
}

fn check_finding(expected: &Expected, findings: &[Finding], wrong: &mut Vec<String>) {
    let Expected::Finding(expected) = expected else {
        return;
    };
    let found = findings
        .iter()
        .find(|finding| finding.term.as_str() == expected.term);
    match found {
        Some(finding) => compare(expected, finding, wrong),
        None => wrong.push(format!("there is no finding under \"{}\"", expected.term)),
    }
}

/// A finding that the example does not tell is as wrong as one that it tells and that is not there.
fn check_untold(case: &Case, findings: &[Finding], wrong: &mut Vec<String>) {
    let told = |term: &str| {
        case.expected
            .iter()
            .any(|expected| matches!(expected, Expected::Finding(finding) if finding.term == term))
    };
    let untold = findings.iter().filter(|finding| !told(finding.term.as_str()));
    wrong.extend(untold.map(|finding| {
        format!(
            "there is a finding under \"{}\", {}, and none was expected",
            finding.term,
            finding.verdict.as_str()
        )
    }));
}

fn compare(expected: &ExpectedFinding, finding: &Finding, wrong: &mut Vec<String>) {
    let mut same = |what: &str, expected: &str, found: &str| {
        if expected != found {
            wrong.push(format!("{what}: expected \"{expected}\", found \"{found}\""));
        }
    };
    same("verdict", &expected.verdict, finding.verdict.as_str());
    if let Some(strength) = &expected.strength {
        same("strength", strength, &finding.strength);
    }
    let tests = |tests: Vec<&str>| tests.join(", ");
    same(
        "missing",
        &tests(
            expected
                .missing
                .iter()
                .map(|missing| missing.test.as_str())
                .collect(),
        ),
        &tests(
            finding
                .missing
                .iter()
                .map(|missing| missing.test.as_str())
                .collect(),
        ),
    );
    for (told, found) in expected.missing.iter().zip(&finding.missing) {
        if let Some((yes, no)) = &told.verdicts {
            same(&format!("{} if yes", told.test), yes, found.if_yes.as_str());
            same(&format!("{} if no", told.test), no, found.if_no.as_str());
        }
    }
    let reasons = finding.reasons.join("\n    ");
    for words in &expected.because {
        if !reasons.contains(words.as_str()) {
            wrong.push(format!(
                "no reason says \"{words}\"; the reasons are:\n    {reasons}"
            ));
        }
    }
    if wrong.is_empty() {
        return;
    }
    let show = |missing: &MissingFact| format!("{}: {}", missing.test, missing.question);
    wrong.push(format!("all reasons:\n    {reasons}"));
    wrong.push(format!(
        "all that is missing:\n    {}",
        finding
            .missing
            .iter()
            .map(show)
            .collect::<Vec<_>>()
            .join("\n    ")
    ));
}

fn check_deadlines(
    versions: &[Agreement],
    as_of: Date,
    version: &str,
    states: &[(String, String)],
    wrong: &mut Vec<String>,
) {
    let found = versions
        .iter()
        .find(|agreement| version.is_empty() || agreement.version == version);
    let Some(agreement) = found else {
        wrong.push(format!("there is no version \"{version}\""));
        return;
    };
    let standing = deadlines(agreement, as_of);
    for (id, state) in states {
        match standing.iter().find(|status| status.deadline == *id) {
            None => wrong.push(format!("there is no deadline \"{id}\"")),
            Some(status) if status.state == *state || status.due.starts_with(state.as_str()) => {}
            Some(status) => wrong.push(format!(
                "{id}: expected \"{state}\", found \"{}\", due {}",
                status.state, status.due
            )),
        }
    }
}

/// One heading with what stands under it.
struct Section {
    heading: String,
    line: usize,
    has_prose: bool,
    blocks: Vec<Block>,
}

/// Splits Markdown into headings of the second level and the fenced blocks under them.
fn sections(file: &str, markdown: &str, faults: &mut Vec<DataFault>) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    let mut open: Option<Block> = None;
    for (at, line) in markdown.lines().enumerate() {
        let number = at + 1;
        if let Some(mut block) = open.take() {
            if line.trim_end() == "```" {
                if let Some(section) = sections.last_mut() {
                    section.blocks.push(block);
                }
                continue;
            }
            match line.split_once(':') {
                _ if line.trim().is_empty() => {}
                Some((key, value)) => {
                    block
                        .rows
                        .push((number, key.trim().to_owned(), value.trim().to_owned()));
                }
                None => block.rows.push((number, line.trim().to_owned(), String::new())),
            }
            open = Some(block);
        } else if let Some(kind) = line.strip_prefix("```") {
            if sections.is_empty() {
                faults.push(DataFault::new(
                    file,
                    number,
                    "a block before the first heading",
                    "## What is shown",
                ));
            }
            open = Some(Block {
                kind: kind.trim().to_owned(),
                line: number,
                rows: Vec::new(),
            });
        } else if let Some(heading) = line.strip_prefix("## ") {
            sections.push(Section {
                heading: heading.trim().to_owned(),
                line: number,
                has_prose: false,
                blocks: Vec::new(),
            });
        } else if let Some(section) = sections.last_mut() {
            section.has_prose |= !line.trim().is_empty();
        }
    }
    if let Some(block) = open {
        faults.push(DataFault::new(
            file,
            block.line,
            "this block is never closed",
            "``` on a line of its own",
        ));
    }
    sections
}

fn case(
    file: &str,
    section: &Section,
    agreement: &Agreement,
    known: &Known,
    faults: &mut Vec<DataFault>,
) -> Case {
    let mut fault =
        |line: usize, what: &str, right: &str| faults.push(DataFault::new(file, line, what, right));
    if !section.has_prose {
        fault(
            section.line,
            "this example has no prose",
            "a sentence that says what it shows and why",
        );
    }
    let count = |kind: &str| section.blocks.iter().filter(|block| block.kind == kind).count();
    let (all, incidents, findings, deadlines) = (
        section.blocks.len(),
        count("incident"),
        count("finding"),
        count("deadlines"),
    );
    let is_whole = (incidents == 1 && findings > 0 && all == 1 + findings) || (all > 0 && deadlines == all);
    if !is_whole {
        let right = "one block \"incident\" and a \"finding\" for each term, or blocks \"deadlines\"";
        fault(section.line, "this example is not whole", right);
    }
    let mut case = Case {
        heading: section.heading.clone(),
        line: section.line,
        incident: None,
        times: 1,
        as_of: Date::MAX,
        attributing: Attributing::default(),
        expected: Vec::new(),
    };
    for block in &section.blocks {
        match block.kind.as_str() {
            "incident" => {
                let built = build::incident(file, &section.heading, block, agreement, known, faults);
                case.incident = Some(built.incident);
                (case.times, case.as_of, case.attributing) = (built.times, built.as_of, built.attributing);
            }
            "finding" => case.expected.push(finding(file, block, agreement, faults)),
            "deadlines" => case.expected.push(deadline_states(file, block, faults)),
            _ => {}
        }
    }
    case
}

fn finding(file: &str, block: &Block, agreement: &Agreement, faults: &mut Vec<DataFault>) -> Expected {
    if let [(_, key, value)] = block.rows.as_slice()
        && key == "no finding"
        && value.is_empty()
    {
        return Expected::NoFinding;
    }
    let mut expected = ExpectedFinding::default();
    let terms: Vec<&str> = agreement.terms.iter().map(|term| term.id.as_str()).collect();
    for (line, key, value) in &block.rows {
        match key.as_str() {
            "because" => expected.because.push(value.clone()),
            "missing" => expected.missing.push(missing(file, *line, value, faults)),
            "strength" => expected.strength = Some(value.clone()),
            term if terms.contains(&term) => {
                expected.term = term.to_owned();
                expected.verdict = verdict(file, *line, value, faults);
            }
            other => {
                let right = "a term with its verdict, because, missing or strength";
                let words = terms.iter().copied().chain(["because", "missing", "strength"]);
                let what = format!("\"{other}\" is not known here");
                faults.push(DataFault::new(file, *line, what, right).nearest(other, words));
            }
        }
    }
    if expected.term.is_empty() {
        let right = "hostilities: violation";
        faults.push(DataFault::new(
            file,
            block.line,
            "this finding names no term",
            right,
        ));
    }
    Expected::Finding(expected)
}

fn verdict(file: &str, line: usize, word: &str, faults: &mut Vec<DataFault>) -> String {
    let known = || Verdict::ALL.iter().map(|(_, word)| *word);
    if !known().any(|known| known == word) {
        let right = known().collect::<Vec<_>>().join(", ");
        let fault = DataFault::new(
            file,
            line,
            format!("\"{word}\" is no verdict"),
            format!("one of: {right}"),
        );
        faults.push(fault.nearest(word, known()));
    }
    word.to_owned()
}

/// `TEST`, or `TEST, VERDICT if yes, VERDICT if no`.
fn missing(file: &str, line: usize, value: &str, faults: &mut Vec<DataFault>) -> ExpectedMissing {
    let parts: Vec<&str> = value.split(',').map(str::trim).collect();
    let verdicts = match parts.as_slice() {
        [_] => None,
        [_, yes, no] if yes.ends_with(" if yes") && no.ends_with(" if no") => {
            let yes = verdict(file, line, yes.trim_end_matches(" if yes"), faults);
            let no = verdict(file, line, no.trim_end_matches(" if no"), faults);
            Some((yes, no))
        }
        _ => {
            let right = "missing: place, violation if yes, no violation if no";
            faults.push(DataFault::new(
                file,
                line,
                "this line does not name one missing fact",
                right,
            ));
            None
        }
    };
    ExpectedMissing {
        test: parts.first().copied().unwrap_or_default().to_owned(),
        verdicts,
    }
}

fn deadline_states(file: &str, block: &Block, faults: &mut Vec<DataFault>) -> Expected {
    let mut as_of = None;
    let mut version = String::new();
    let mut states = Vec::new();
    for (line, key, value) in &block.rows {
        match key.as_str() {
            "as of" => {
                as_of = Edtf::parse(value).and_then(|time| time.single_day());
                if as_of.is_none() {
                    faults.push(DataFault::new(
                        file,
                        *line,
                        "this is not a day",
                        "as of: 2017-05-17",
                    ));
                }
            }
            "version" => version.clone_from(value),
            _ => states.push((key.clone(), value.clone())),
        }
    }
    if as_of.is_none() || states.is_empty() {
        let right = "as of: 2017-05-17 and a line for each deadline";
        faults.push(DataFault::new(
            file,
            block.line,
            "these deadlines have no day or no line",
            right,
        ));
    }
    Expected::Deadlines {
        as_of: as_of.unwrap_or(Date::MAX),
        version,
        states,
    }
}

#[cfg(test)]
mod tests;
