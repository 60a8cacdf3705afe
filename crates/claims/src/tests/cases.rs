//! Runs the literate cases of `corpus/cases/en`. Every case that is not read right yet is listed with its
//! reason in `known-failures.tsv`; a new failure breaks the build, and so does a listed case that now passes.

use super::{data_files, page};
use crate::{Lexicon, extract};
use model::{Claim, Metric, PassageKind, Polarity};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

struct Case {
    file: String,
    title: String,
    published: String,
    /// The page's paragraphs stand in the wrong order.
    shuffled: bool,
    article: Vec<String>,
    expected: Vec<String>,
}

fn corpus() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../corpus/cases")
}

fn cases() -> Vec<Case> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(corpus().join("en"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let mut all: Vec<Case> = Vec::new();
    for file in files {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let mut in_claims = false;
        for line in std::fs::read_to_string(&file).unwrap().lines() {
            if let Some(title) = line.strip_prefix("# ") {
                in_claims = false;
                let title = title.to_owned();
                all.push(Case {
                    file: name.clone(),
                    title,
                    published: String::new(),
                    shuffled: false,
                    article: vec![],
                    expected: vec![],
                });
            }
            let (Some(text), Some(case)) = (line.strip_prefix("    "), all.last_mut()) else {
                continue;
            };
            if text.starts_with("article") {
                let published = text.split("published=").nth(1).and_then(|rest| rest.get(..10));
                case.published = published.unwrap_or("XXXX").to_owned();
                case.shuffled = text.contains("order=broken");
            } else if text.trim() == "claims" {
                in_claims = true;
            } else if in_claims {
                case.expected.push(text.trim().to_owned());
            } else {
                case.article.push(text.trim().to_owned());
            }
        }
    }
    all
}

/// `key="words"` and `key=word` parts of an expected line, and `at "…"`, `by "…"` and the like.
fn parts(line: &str) -> BTreeMap<String, String> {
    let mut parts = BTreeMap::new();
    let mut rest = line;
    while let Some((key, after)) = rest
        .trim_start()
        .split_once(['=', ' '])
        .filter(|(key, _)| !key.is_empty())
    {
        let after = after.trim_start();
        let (value, next) = match after.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
            None => after.split_once(' ').unwrap_or((after, "")),
        };
        parts.insert(key.to_owned(), value.to_owned());
        rest = next;
    }
    parts
}

fn fits(claim: &Claim, expected: &str, never: bool) -> bool {
    let (act, rest) = expected.split_once(' ').unwrap_or((expected, ""));
    let has = |labels: Vec<&str>, wanted: &str| {
        let wanted = wanted.to_lowercase();
        labels.into_iter().any(|label| {
            let label = label.to_lowercase();
            label.contains(&wanted) || wanted.contains(&label) && !label.is_empty()
        })
    };
    let count = |metric: Metric, wanted: &str| {
        claim.figures.iter().any(|figure| {
            let told = match figure.count.high {
                Some(high) if high == figure.count.low => high.to_string(),
                Some(high) => format!("{}..{high}", figure.count.low),
                None => format!("{}..", figure.count.low),
            };
            figure.metric == metric && told == wanted
        })
    };
    if claim.act.id.as_str() != act {
        return false;
    }
    let parts = parts(rest);
    let modality = parts
        .get("modality")
        .map_or(claim.modality.is_actual(), |wanted| {
            claim.modality.as_str() == wanted
        });
    let strict = claim.act.class.is_incident();
    // What the text does not say must not be found.
    let left_out = |key: &str, empty: bool| !strict || parts.contains_key(key) || empty;
    let event = |place: &model::PlaceMention| place.role == model::PlaceRole::Event && !place.name.is_empty();
    // "many", "civilians": at least two, which the cases do not write.
    let vague = |count: &model::Count| count.high.is_none() && count.low == 2;
    let no = |metric: Metric| {
        claim
            .figures
            .iter()
            .all(|figure| figure.metric != metric || vague(&figure.count))
    };
    let nothing_more = left_out("by", claim.initiators.is_empty())
        && left_out("speaker", claim.sources.len() == 1)
        && left_out("at", !claim.places.iter().any(event))
        && left_out("on", claim.when.span.is_none())
        && left_out("killed", no(Metric::Killed))
        && left_out("injured", no(Metric::Injured));
    let denied = parts.get("polarity").is_some_and(|wanted| wanted == "denied");
    let modality = modality || denied && !parts.contains_key("modality");
    modality
        && (nothing_more || never)
        && denied == (claim.polarity == Polarity::Denied)
        && parts.iter().all(|(key, wanted)| match key.as_str() {
            "at" => {
                let names = claim.places.iter().map(|place| place.name.as_str());
                has(names.filter(|name| !name.is_empty()).collect(), wanted)
            }
            "modality" | "polarity" => true,
            "on" => claim.when.edtf.to_string().trim_end_matches(['~', '?', '%']) == wanted.as_str(),
            "by" => has(
                claim
                    .initiators
                    .iter()
                    .map(|mention| mention.label.as_str())
                    .collect(),
                wanted,
            ),
            "against" => {
                let both = claim.targets.iter().chain(&claim.initiators);
                has(both.map(|mention| mention.label.as_str()).collect(), wanted)
            }
            "speaker" => has(
                claim
                    .sources
                    .iter()
                    .skip(1)
                    .map(|link| link.label.as_str())
                    .collect(),
                wanted,
            ),
            "displaced" => count(Metric::Displaced, wanted),
            "goods" => count(Metric::Goods, wanted),
            "acts" => count(Metric::Acts, wanted),
            "part" => claim.part == *wanted,
            "means" => claim.weapon.to_lowercase().contains(&wanted.to_lowercase()),
            "background" => claim.background == (wanted == "yes"),
            "series" => claim.series == (wanted == "yes"),
            "direct" => claim
                .utterance
                .as_ref()
                .is_some_and(|said| said.direct == (wanted == "yes")),
            "said" => claim
                .utterance
                .as_ref()
                .is_some_and(|said| said.content.contains(wanted.as_str())),
            "stance" => {
                let stance = claim.utterance.as_ref().and_then(|said| said.stance);
                stance.map_or("none", model::Stance::as_str) == wanted
            }
            "about" => {
                let about = claim.utterance.as_ref().and_then(|said| said.about.as_ref());
                about.map_or("none".to_owned(), ToString::to_string) == *wanted
            }
            "killed" => count(Metric::Killed, wanted),
            "injured" => count(Metric::Injured, wanted),
            other => panic!("the case says \"{other}\", which no claim has: {expected}"),
        })
}

/// A claim in one line, as the cases write it.
fn told(claim: &Claim) -> String {
    let labels = |list: &[model::ActorMention]| {
        let labels: Vec<&str> = list.iter().map(|mention| mention.label.as_str()).collect();
        labels.join(", ")
    };
    let places: Vec<String> = claim
        .places
        .iter()
        .map(|place| format!("{} ({})", place.name, place.role.as_str()))
        .collect();
    let figures: Vec<String> = claim
        .figures
        .iter()
        .map(|figure| format!("{}={}", figure.metric.as_str(), figure.count))
        .collect();
    let sources: Vec<&str> = claim
        .sources
        .iter()
        .skip(1)
        .map(|link| link.label.as_str())
        .collect();
    format!(
        "{} at \"{}\" on {} by \"{}\" against \"{}\" speaker=\"{}\" {} {} {}{}{}",
        claim.act.id,
        places.join(", "),
        claim.when.edtf,
        labels(&claim.initiators),
        labels(&claim.targets),
        sources.join(" > "),
        claim.modality.as_str(),
        claim.polarity.as_str(),
        figures.join(" "),
        if claim.background { " background" } else { "" },
        if claim.series { " series" } else { "" },
    )
}

/// The page of a case: "[title] …" and "[caption] …" are no body; a broken order shows as lost antecedents.
fn document(case: &Case) -> model::Document {
    const KINDS: [(&str, PassageKind); 2] = [
        ("[title] ", PassageKind::Title),
        ("[caption] ", PassageKind::Caption),
    ];
    let told = |text: &String| {
        let kind = KINDS.into_iter().find(|(mark, _)| text.starts_with(mark));
        kind.map_or((PassageKind::Body, text.clone()), |(mark, kind)| {
            (kind, text[mark.len()..].to_owned())
        })
    };
    let read: Vec<(PassageKind, String)> = case.article.iter().map(told).collect();
    let paragraphs: Vec<&str> = read.iter().map(|(_, text)| text.as_str()).collect();
    let mut document = page(&paragraphs, &case.published);
    for (passage, (kind, _)) in document.passages.iter_mut().zip(&read) {
        passage.kind = *kind;
    }
    if case.shuffled {
        document.artefacts.push(model::Artefact {
            id: model::ArtefactId::of(&["order"]),
            kind: model::ArtefactKind::LostAntecedent,
            span: document.passages[0].span,
            quote: String::new(),
            proposed: String::new(),
            because: model::Because::new("test", "the order is broken"),
        });
    }
    document
}

/// `refers "there" to "Zamalka"`, `refers "there" to nothing`: what a pointing word of the page must mean.
fn referred(claims: &[Claim], line: &str) -> bool {
    let cells: Vec<&str> = line.split('"').collect();
    let wanted = cells.get(3).map(|name| name.to_lowercase());
    let mut all = claims
        .iter()
        .flat_map(|claim| &claim.references)
        .filter(|reference| {
            reference
                .words
                .eq_ignore_ascii_case(cells.get(1).copied().unwrap_or_default())
        })
        .peekable();
    all.peek().is_some()
        && all.all(|reference| match (&wanted, reference.to.resolved()) {
            (Some(wanted), Some(name)) => name.to_lowercase().contains(wanted),
            (None, resolved) => resolved.is_none(),
            (Some(_), None) => false,
        })
}

/// What is wrong with the reading of a case; nothing when it is read right.
fn wrong(case: &Case, lexicon: &Lexicon) -> Option<String> {
    let claims = extract(&document(case), lexicon).claims;
    let why = fault(case, &claims)?;
    let read: Vec<String> = claims
        .iter()
        .map(|claim| format!("\n    | {}", told(claim)))
        .collect();
    Some(format!("{why}{}", read.concat()))
}

fn fault(case: &Case, claims: &[Claim]) -> Option<String> {
    let actual = |claim: &&Claim| {
        claim.act.class.is_incident()
            && claim.modality.is_actual()
            && claim.polarity == Polarity::Affirmed
            && !claim.background
            && !claim.series
            && claim
                .figures
                .iter()
                .all(|figure| figure.scope == model::Scope::Incident || figure.scope == model::Scope::Unknown)
    };
    let mut taken = BTreeSet::new();
    for line in case.expected.iter().filter(|line| *line != "nothing") {
        if let Some(never) = line.strip_prefix("not ") {
            if claims.iter().any(|claim| fits(claim, never, true)) {
                return Some(format!("read, and must not be: {never}"));
            }
            continue;
        }
        if line.starts_with("refers ") {
            if !referred(claims, line) {
                return Some(format!("does not hold: {line}"));
            }
            continue;
        }
        match (0..claims.len()).find(|index| !taken.contains(index) && fits(&claims[*index], line, false)) {
            Some(index) => taken.insert(index),
            None => return Some(format!("not read: {line}")),
        };
    }
    let expected: BTreeSet<&str> = case
        .expected
        .iter()
        .filter_map(|line| line.split(' ').next())
        .collect();
    let extra = claims
        .iter()
        .filter(actual)
        .find(|claim| !expected.contains(claim.act.id.as_str()))?;
    Some(format!(
        "read, and not expected: {} \"{}\"",
        extra.act.id, extra.quote
    ))
}

#[test]
fn every_case_is_read_right_or_listed_with_its_reason() {
    let files = data_files();
    let names: Vec<String> = files
        .iter()
        .filter(|(file, _)| file.starts_with("gazetteer/sy"))
        .flat_map(|(_, text)| {
            text.lines().skip(1).flat_map(|line| {
                line.split('\t')
                    .skip(1)
                    .take(2)
                    .flat_map(|cell| cell.split('|'))
                    .map(str::to_owned)
                    .collect::<Vec<_>>()
            })
        })
        .filter(|name| name.chars().count() > 2)
        .chain(
            [
                "Astana",
                "Geneva",
                "Sochi",
                "Moscow",
                "Ankara",
                "Damascus",
                "Turkey",
                "Russia",
                "Iran",
                "Kazakhstan",
            ]
            .map(str::to_owned),
        )
        .collect();
    let (lexicon, _) = Lexicon::parse(&files, names.iter().map(String::as_str));
    let all = cases();
    assert!(all.len() >= 90, "{} cases", all.len());
    let listed: BTreeSet<String> = std::fs::read_to_string(corpus().join("known-failures.tsv"))
        .unwrap()
        .lines()
        .skip(1)
        .map(|line| line.split('\t').take(2).collect::<Vec<_>>().join("\t"))
        .collect();
    let mut faults = Vec::new();
    for case in &all {
        let key = format!("{}\t{}", case.file, case.title);
        match (wrong(case, &lexicon), listed.contains(&key)) {
            (Some(why), false) => faults.push(format!("{key}\t{why}")),
            (None, true) => faults.push(format!("{key}\tis read right now: take it off the list")),
            _ => {}
        }
    }
    assert!(
        faults.is_empty(),
        "{} of {}:\n{}",
        faults.len(),
        all.len(),
        faults.join("\n")
    );
}
