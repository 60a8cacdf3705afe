//! An incident or a claim on one screen: what is known, how surely, on whose word, and why. Gets records and
//! prints what they say; the whole chain of reasons is for those who ask for it.

use crate::{phrase, plain};
use model::record::Record;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Columns of the screen.
const WIDTH: usize = 100;

/// Column at which what is told begins.
const HANG: usize = 28;

/// Most pages of one origin, accounts of one figure, links, reasons and findings that are told singly; the rest are
/// counted. Together they keep an incident of ten pages on one screen of fifty lines.
const PAGES_MAX: usize = 4;
const ACCOUNTS_MAX: usize = 5;
const LINKS_MAX: usize = 3;
const REASONS_MAX: usize = 5;
const FINDINGS_MAX: usize = 3;

/// Tells an incident or a claim from its record and those that it hangs together with: its claims, origins,
/// findings, contradictions and rulings, in any order. Nothing for other kinds.
pub fn story(record: &Record, others: &[Record]) -> Option<String> {
    let by_id: BTreeMap<&str, &Record> = others.iter().map(|other| (other.id.as_str(), other)).collect();
    match record.kind.as_str() {
        "incident" => Some(incident(record, others, &by_id)),
        "claim" => Some(claim(record, others)),
        _ => None,
    }
}

/// Lines within the width; what goes on hangs under where it began.
struct Screen(String);

impl Screen {
    fn line(&mut self, label: &str, text: &str) {
        self.hang(label, text, HANG);
    }

    fn hang(&mut self, label: &str, text: &str, hang: usize) {
        let mut at = label.chars().count();
        self.0.push_str(label);
        let words = plain::shown(text);
        for word in words.split_whitespace() {
            let length = word.chars().count();
            if at < hang {
                self.0.push_str(&" ".repeat(hang - at));
                at = hang;
            } else if at + 1 + length > WIDTH && at > hang {
                self.0.push('\n');
                self.0.push_str(&" ".repeat(hang));
                at = hang;
            } else if at > 0 {
                self.0.push(' ');
                at += 1;
            }
            self.0.push_str(word);
            at += length;
        }
        self.0.push('\n');
    }

    fn blank(&mut self) {
        self.0.push('\n');
    }
}

fn text<'r>(value: &'r Value, field: &str) -> &'r str {
    value[field].as_str().unwrap_or_default()
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn count(value: &Value) -> String {
    match (value["low"].as_u64(), value["high"].as_u64()) {
        (Some(low), Some(high)) if low == high => low.to_string(),
        (Some(low), Some(high)) => format!("{low} to {high}"),
        (Some(low), None) => format!("at least {low}"),
        _ => "a number nobody tells".to_owned(),
    }
}

/// "a, b and 3 more".
fn some(all: &[String], most: usize) -> String {
    let shown = all.iter().take(most).cloned().collect::<Vec<_>>().join("; ");
    match all.len().saturating_sub(most) {
        0 => shown,
        more => format!("{shown}; and {more} more"),
    }
}

fn incident(record: &Record, others: &[Record], by_id: &BTreeMap<&str, &Record>) -> String {
    let fields = &record.fields;
    let mut screen = Screen(String::new());
    let place = place(&fields["place"]);
    let what = text(fields, "act").replace('-', " ");
    screen.hang("", &format!("{what}, {place}, {}", when(&fields["when"])), 0);
    let origins: Vec<&Record> = list(&fields["origins"])
        .filter_map(|id| by_id.get(id.as_str()?).copied())
        .collect();
    screen.hang(
        "",
        &format!(
            "{}{}; grade {}, credibility {}; pages {} → origins {} → independent {}",
            record.id,
            if fields["archived"] == true {
                "; archived"
            } else {
                ""
            },
            text(fields, "grade"),
            fields["credibility"],
            fields["pages"],
            origins.len(),
            fields["independent_origins"]
        ),
        0,
    );
    screen.blank();
    elements(&mut screen, record, &place);
    if !origins.is_empty() {
        screen.blank();
    }
    for origin in &origins {
        told_by(&mut screen, origin, record, by_id);
    }
    let own: BTreeSet<&str> = record.basis.iter().map(String::as_str).collect();
    let of_kind = |kind: &'static str| others.iter().filter(move |other| other.kind == kind);
    let conflicts = of_kind("contradiction").filter(|it| it.basis.iter().all(|id| own.contains(id.as_str())));
    let conflicts: Vec<String> = conflicts
        .map(|it| format!("{}: {}", text(&it.fields, "about"), text(&it.fields, "words")))
        .collect();
    if !conflicts.is_empty() {
        screen.blank();
        screen.line("contradictions", &some(&conflicts, LINKS_MAX));
    }
    screen.blank();
    judged(&mut screen, record, of_kind("finding"));
    let reasons: Vec<String> = record.because.iter().map(|reason| reason.words.clone()).collect();
    screen.line("one incident, because", &some(&reasons, REASONS_MAX));
    for ruling in of_kind("ruling").filter(|it| list(&fields["rulings"]).any(|id| *id == *it.id)) {
        let words = format!(
            "{}: {}",
            text(&ruling.fields, "decision"),
            text(&ruling.fields, "reason")
        );
        screen.line(
            &format!(
                "ruling {}",
                text(&ruling.fields, "made").get(..10).unwrap_or_default()
            ),
            &words,
        );
    }
    screen.0
}

/// Each element with its status and what is told of it.
fn elements(screen: &mut Screen, record: &Record, place: &str) {
    let fields = &record.fields;
    let mut element = |name: &str, told: String| {
        let label = format!("{name:<11} {:<14}", text(&fields["status"], name));
        screen.line(&label, &told);
    };
    let quotes: Vec<&str> = list(&fields["quotes"])
        .map(|quote| text(quote, "quote"))
        .collect();
    let first = quotes
        .iter()
        .max_by_key(|quote| (quote.contains(place), std::cmp::Reverse(quote.len())));
    let pages = list(&fields["documents"]).count();
    let told = first.map_or(String::new(), |quote| format!("\"{}\"", plain::clip(quote, 160)));
    element(
        "occurrence",
        format!("{} accounts on {pages} pages, such as {told}", record.basis.len()),
    );
    let chosen = &fields["place"]["chosen"];
    let mut where_ = match chosen.is_object() {
        true => format!(
            "{} ({}), {}, within {:.1} km",
            text(chosen, "name"),
            text(chosen, "province"),
            text(&fields["place"], "precision"),
            fields["place"]["region"]["radius_m"].as_f64().unwrap_or_default() / 1000.0
        ),
        false => {
            let candidates = list(&fields["place"]["candidates"]);
            let names: Vec<String> = candidates
                .map(|it| format!("{} ({})", text(it, "name"), text(it, "province")))
                .collect();
            match names.is_empty() {
                true => "no account names a place that could be found".to_owned(),
                false => format!("it may be {}", some(&names, PAGES_MAX)),
            }
        }
    };
    for zone in list(&fields["place"]["zones"]).filter(|zone| text(zone, "inside") != "no") {
        where_.push_str(&format!(
            ". {}: inside {} — {}",
            text(zone, "name"),
            text(zone, "inside"),
            text(zone, "because")
        ));
    }
    element("place", where_);
    element("time", when(&fields["when"]));
    element("means", or(text(fields, "weapon"), "no account tells"));
    let tolls: Vec<String> = list(&fields["tolls"]).map(toll).collect();
    element("toll", or(&tolls.join(". "), "no account counts"));
    let mut authors: BTreeMap<(&str, &str), BTreeSet<&str>> = BTreeMap::new();
    for one in list(&fields["attributions"]).filter(|one| one["set_aside"] != true) {
        authors
            .entry((text(one, "label"), text(one, "kind")))
            .or_default()
            .insert(text(one, "by"));
    }
    let authors: Vec<String> = authors
        .iter()
        .map(|((label, kind), by)| {
            let by: Vec<&str> = by.iter().copied().filter(|by| !by.is_empty()).collect();
            match by.is_empty() {
                true => format!("{label} ({kind})"),
                false => format!("{label} ({kind} by {})", by.join(", ")),
            }
        })
        .collect();
    element(
        "author",
        or(&some(&authors, ACCOUNTS_MAX), "no account names one"),
    );
}

fn or(told: &str, otherwise: &str) -> String {
    if told.is_empty() {
        otherwise.to_owned()
    } else {
        told.to_owned()
    }
}

fn toll(toll: &Value) -> String {
    let mut said: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for account in list(&toll["accounts"]) {
        said.entry(count(account))
            .or_default()
            .insert(text(account, "by"));
    }
    let accounts: Vec<String> = said
        .iter()
        .map(|(count, by)| {
            format!(
                "{count} say {}",
                by.iter().copied().collect::<Vec<_>>().join(", ")
            )
        })
        .collect();
    format!(
        "{}: {}, best {} ({}): {}",
        text(toll, "metric"),
        count(toll),
        count(&toll["best"]),
        text(toll, "because"),
        some(&accounts, ACCOUNTS_MAX)
    )
}

fn place(place: &Value) -> String {
    let (own, known) = (text(place, "name"), text(&place["chosen"], "name"));
    let name = if phrase::is_foreign(own) && !known.is_empty() {
        known
    } else {
        own
    };
    match (name, text(place, "relation")) {
        ("", _) => "a place nobody names".to_owned(),
        (name, "at" | "part") => name.to_owned(),
        (name, relation) => format!("{relation} {name}"),
    }
}

fn when(time: &Value) -> String {
    match text(time, "edtf") {
        "" | "XXXX" => "at a time nobody tells".to_owned(),
        edtf => edtf.to_owned(),
    }
}

/// One origin with its pages and what joined them.
fn told_by(screen: &mut Screen, origin: &Record, incident: &Record, by_id: &BTreeMap<&str, &Record>) {
    let fields = &origin.fields;
    let label = format!(
        "  origin {} ({}), independent: {}",
        text(fields, "label"),
        text(fields, "reliability"),
        text(fields, "independent")
    );
    // An origin may stand behind other incidents too; its pages about this one count here.
    let own: BTreeSet<&String> = incident.basis.iter().collect();
    let claims = origin
        .basis
        .iter()
        .filter(|id| own.contains(id))
        .filter_map(|id| by_id.get(id.as_str()));
    let pages: BTreeSet<String> = claims.filter_map(|claim| claim.document.clone()).collect();
    screen.0.push_str(&label);
    screen.blank();
    let mut links: Vec<&Value> = list(&fields["links"])
        .filter(|link| pages.contains(text(link, "a")) && pages.contains(text(link, "b")))
        .collect();
    screen.hang(
        "    pages",
        &some(&pages.into_iter().collect::<Vec<_>>(), PAGES_MAX),
        14,
    );
    links.sort_by(|a, b| {
        let score = |link: &Value| link["score"].as_f64().unwrap_or_default();
        score(b).total_cmp(&score(a))
    });
    let mut kinds = BTreeSet::new();
    links.sort_by_key(|link| !kinds.insert(text(link, "kind").to_owned()));
    let links: Vec<String> = links
        .iter()
        .map(|link| {
            let (kind, a, b) = (
                text(link, "kind").replace('-', " "),
                text(link, "a"),
                text(link, "b"),
            );
            format!("{kind}, {a} and {b}: {}", text(link, "because"))
        })
        .collect();
    if !links.is_empty() {
        screen.hang("    joined by", &some(&links, LINKS_MAX), 14);
    }
}

fn judged<'r>(screen: &mut Screen, record: &Record, findings: impl Iterator<Item = &'r Record>) {
    let own: Vec<&Record> = findings
        .filter(|it| it.fields["incident"] == *record.id)
        .collect();
    if own.is_empty() {
        screen.line("findings", "none: no term is about it");
    }
    for finding in own.iter().take(FINDINGS_MAX) {
        let fields = &finding.fields;
        let reasons: Vec<String> = list(&fields["reasons"])
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect();
        let asked = match list(&fields["missing"]).count() {
            0 => String::new(),
            missing => format!(" Facts missing: {missing}."),
        };
        let words = format!(
            "under \"{}\" of {}: {}{asked}",
            text(fields, "term"),
            text(fields, "agreement"),
            reasons.join(" ")
        );
        screen.line(text(fields, "verdict"), &words);
    }
    if own.len() > FINDINGS_MAX {
        screen.line("", &format!("and {} more findings", own.len() - FINDINGS_MAX));
    }
}

fn claim(record: &Record, others: &[Record]) -> String {
    let fields = &record.fields;
    let mut screen = Screen(String::new());
    screen.hang(
        "",
        &format!("\"{}\"", record.quote.as_deref().unwrap_or_default()),
        0,
    );
    let span = record
        .start
        .zip(record.end)
        .map(|(start, end)| format!(", bytes {start}–{end}"))
        .unwrap_or_default();
    screen.hang(
        "",
        &format!(
            "{}, {}{span}",
            record.id,
            record.document.as_deref().unwrap_or_default()
        ),
        0,
    );
    screen.blank();
    screen.line(
        "act",
        &format!(
            "{} ({}), {}",
            text(fields, "act").replace('-', " "),
            text(fields, "modality"),
            text(fields, "polarity")
        ),
    );
    let sources: Vec<&str> = list(&fields["sources"])
        .map(|source| text(source, "label"))
        .filter(|label| !label.is_empty())
        .collect();
    screen.line("on the word of", &sources.join(" ← "));
    let names = |field: &str| {
        list(&fields[field])
            .map(|it| text(it, "label"))
            .collect::<Vec<_>>()
            .join(", ")
    };
    screen.line("by", &or(&names("initiators"), "nobody named"));
    screen.line("to", &or(&names("targets"), "nobody named"));
    let rule = text(&fields["when"], "rule").replace('-', " ");
    screen.line("when", &format!("{} ({rule})", when(&fields["when"])));
    for it in list(&fields["places"]) {
        let chosen = &it["chosen"];
        let found = match chosen.is_object() {
            true => format!(
                "{} ({}), {}",
                text(chosen, "name"),
                text(chosen, "province"),
                text(it, "precision")
            ),
            false => "not resolved".to_owned(),
        };
        screen.line(
            "where",
            &format!(
                "{} as {}: {found}",
                or(text(it, "name"), "words"),
                text(it, "role")
            ),
        );
    }
    beside(&mut screen, record, others);
    for reason in &record.because {
        let entry = if reason.entry.is_empty() {
            String::new()
        } else {
            format!(" [{}]", reason.entry)
        };
        screen.line("because", &format!("{}{entry}", reason.words));
    }
    screen.0
}

/// What is counted, and the incidents that the claim is part of.
fn beside(screen: &mut Screen, record: &Record, others: &[Record]) {
    for figure in others
        .iter()
        .filter(|it| it.kind == "figure" && it.basis.contains(&record.id))
    {
        let fields = &figure.fields;
        screen.line(
            "how many",
            &format!(
                "{} {} ({}), of the {}",
                text(fields, "metric"),
                count(fields),
                figure.quote.as_deref().unwrap_or_default(),
                text(fields, "scope")
            ),
        );
    }
    for incident in others.iter().filter(|it| it.kind == "incident") {
        screen.line(
            "part of",
            &format!(
                "{} {}, {}, {}",
                incident.id,
                text(&incident.fields, "act").replace('-', " "),
                place(&incident.fields["place"]),
                when(&incident.fields["when"])
            ),
        );
    }
}
