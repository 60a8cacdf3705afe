//! Promises of the crate, checked through its door on the house's own data.

mod cases;
mod names;

use super::*;
use model::{Because, Edtf, Passage, PassageKind, Published, PublishedHow, Run, Span};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

pub(crate) fn data_files() -> Vec<(String, String)> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../data");
    let mut files = Vec::new();
    collect(&root, &root, &mut files);
    files.sort();
    files
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, files);
        } else if path
            .extension()
            .is_some_and(|ending| ending == "toml" || ending == "tsv")
        {
            let name = path
                .strip_prefix(root)
                .unwrap()
                .to_string_lossy()
                .replace('\\', "/");
            files.push((name, std::fs::read_to_string(&path).unwrap()));
        }
    }
}

/// Place names that the sentences of these tests use; the gazetteer itself is another room's.
const PLACES: [&str; 20] = [
    "Azaz",
    "Idlib",
    "Syria",
    "Astana",
    "Geneva",
    "Sochi",
    "Kazakhstan",
    "Homs",
    "Hama",
    "Aleppo",
    "Damascus",
    "Karsa",
    "al-Hasakah",
    "Douma",
    "Raqqa",
    "Turkey",
    "Russia",
    "Iran",
    "Ankara",
    "Moscow",
];

pub(crate) fn lexicon() -> &'static Lexicon {
    static LEXICON: OnceLock<Lexicon> = OnceLock::new();
    LEXICON.get_or_init(|| Lexicon::parse(&data_files(), PLACES.into_iter()).0)
}

/// A page of plain paragraphs, published on a day.
pub(crate) fn page(paragraphs: &[&str], published: &str) -> Document {
    let mut start = 0;
    let passages = paragraphs
        .iter()
        .map(|text| {
            let span = Span::new(start, start + text.len());
            start += text.len() + 2;
            Passage {
                id: model::PassageId::of(&[text]),
                kind: PassageKind::Body,
                span,
                text: (*text).to_owned(),
                runs: vec![Run {
                    text_start: 0,
                    text_bytes: text.len(),
                    raw_start: span.start,
                    raw_bytes: text.len(),
                }],
                because: vec![],
            }
        })
        .collect();
    Document {
        id: model::DocumentId::of(&[&paragraphs.concat()]),
        name: "page".into(),
        raw_bytes: start,
        charset: "UTF-8".into(),
        language: Some("en".into()),
        title: None,
        byline: None,
        outlet: None,
        credits: vec![],
        published: Published {
            edtf: Edtf::parse(published).unwrap(),
            how: PublishedHow::Visible,
            because: vec![Because::new("test", "given")],
        },
        passages,
        artefacts: vec![],
        signature: vec![],
        notes: vec![],
    }
}

#[test]
fn the_data_has_no_fault() {
    let (_, faults) = Lexicon::parse(&data_files(), PLACES.into_iter());
    let shown: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert!(faults.is_empty(), "{}", shown.join("\n"));
}

#[test]
fn every_rule_reads_its_examples_and_leaves_its_counter_examples_alone() {
    let faults: Vec<String> = check_examples(lexicon())
        .iter()
        .map(ToString::to_string)
        .collect();
    assert!(
        faults.is_empty(),
        "{} wrong:\n{}",
        faults.len(),
        faults.join("\n")
    );
}

#[test]
fn a_wrong_example_is_told_as_a_fault_of_the_data() {
    let mut files = data_files();
    let file = files
        .iter_mut()
        .find(|(name, _)| name == "lexicon/en/parts.toml")
        .unwrap();
    file.1 = "[[part]]\npart = \"host\"\nverbs = [\"host\"]\ncolour = \"red\"\n".into();
    let (_, faults) = Lexicon::parse(&files, PLACES.into_iter());
    let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert!(
        told.iter().any(|fault| fault.contains("\"colour\" is not a key")),
        "{told:?}"
    );
    assert!(
        told.iter()
            .any(|fault| fault.contains("at least one sentence under `examples`")),
        "{told:?}"
    );
}

/// The claims of one-paragraph or longer pages, each as `act modality by > against @ place`.
#[track_caller]
fn check(paragraphs: &[&str], expected: &[&str]) {
    let extracted = extract(&page(paragraphs, "2017-05-06"), lexicon());
    let told: Vec<String> = extracted
        .claims
        .iter()
        .filter(|claim| {
            claim.act.class.is_incident()
                || claim.utterance.as_ref().is_some_and(|said| said.stance.is_some())
        })
        .map(|claim| {
            let labels = |list: &[model::ActorMention]| {
                list.iter()
                    .map(|m| m.label.as_str())
                    .collect::<Vec<_>>()
                    .join("+")
            };
            let place = claim
                .places
                .iter()
                .find(|place| place.role == model::PlaceRole::Event)
                .map_or("", |place| place.name.as_str());
            let denied = if claim.polarity == model::Polarity::Denied {
                " denied"
            } else {
                ""
            };
            format!(
                "{} {}{denied} {} > {} @ {place}",
                claim.act.id,
                claim.modality.as_str(),
                labels(&claim.initiators),
                labels(&claim.targets)
            )
        })
        .collect();
    assert_eq!(told, expected, "{:?}", extracted.rejected);
}

#[test]
fn a_condition_and_an_aim_are_never_told_as_done() {
    check(
        &["The aim is the safe return of refugees."],
        &["return planned  >  @ "],
    );
    check(
        &["If the convoy is attacked near Homs, it will turn round."],
        &["attack conditional  > convoy @ Homs"],
    );
}

#[test]
fn a_denial_keeps_its_act_and_its_polarity() {
    check(
        &["The ministry denied shelling Douma."],
        &["shelling reported denied  >  @ Douma"],
    );
}

#[test]
fn there_is_not_resolved_to_the_seat_of_talks() {
    let pages = ["Envoys will meet for talks in Geneva. An explosion killed two people there in April."];
    let extracted = extract(&page(&pages, "2017-05-06"), lexicon());
    let explosion = extracted
        .claims
        .iter()
        .find(|claim| claim.act.id.as_str() == "explosion")
        .unwrap();
    assert!(
        explosion.places.iter().all(|place| place.name != "Geneva"),
        "{:?}",
        explosion.places
    );
    assert!(
        explosion
            .references
            .iter()
            .any(|reference| reference.to.resolved().is_none())
    );
}

#[test]
fn a_pronoun_with_two_candidates_stays_unresolved() {
    let extracted = extract(
        &page(
            &["Vladimir Putin met Recep Tayyip Erdogan. He blamed the attack on Islamic State."],
            "2017-05-06",
        ),
        lexicon(),
    );
    let blame = extracted
        .claims
        .iter()
        .find(|claim| claim.act.id.as_str() == "accusation")
        .unwrap();
    assert!(
        blame
            .references
            .iter()
            .all(|reference| reference.to.resolved().is_none()),
        "{:?}",
        blame.references
    );
    assert_eq!(blame.targets.len(), 1);
}

#[test]
fn the_toll_of_a_war_founds_no_incident() {
    let extracted = extract(
        &page(&["The war has killed some 400,000 people."], "2017-05-06"),
        lexicon(),
    );
    let figures: Vec<_> = extracted.claims.iter().flat_map(|claim| &claim.figures).collect();
    assert!(
        figures.iter().all(|figure| figure.scope == model::Scope::War),
        "{figures:?}"
    );
}

#[test]
fn a_page_in_another_language_is_said_so_and_not_guessed_at() {
    let mut document = page(&["Une bombe a tué cinq personnes."], "2017-05-06");
    document.language = Some("fr".into());
    let extracted = extract(&document, lexicon());
    assert!(extracted.claims.is_empty());
    assert_eq!(extracted.notes.len(), 1);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(200))]
    #[test]
    fn any_text_is_read_without_a_panic_and_every_quote_is_its_slice(text in "[ -~\u{600}-\u{620}\u{2018}-\u{201f}\n]{0,300}") {
        let document = page(&[&text], "2017-05-06");
        for claim in extract(&document, lexicon()).claims {
            proptest::prop_assert_eq!(&text[claim.span.start..claim.span.end], claim.quote.as_str());
        }
    }
}
