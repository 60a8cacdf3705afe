//! Promises of the crate, checked through its door on the house's own data.

use super::*;
use model::{Because, Edtf, Passage, PassageKind, Published, PublishedHow, Run, Span};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

fn data_files() -> Vec<(String, String)> {
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
        } else if path.extension().is_some_and(|ending| ending == "toml" || ending == "tsv") {
            let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
            files.push((name, std::fs::read_to_string(&path).unwrap()));
        }
    }
}

/// Place names that the sentences of these tests use; the gazetteer itself is another room's.
const PLACES: [&str; 20] = [
    "Azaz", "Idlib", "Syria", "Astana", "Geneva", "Sochi", "Kazakhstan", "Homs", "Hama", "Aleppo", "Damascus", "Karsa",
    "al-Hasakah", "Douma", "Raqqa", "Turkey", "Russia", "Iran", "Ankara", "Moscow",
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
                runs: vec![Run { text_start: 0, text_bytes: text.len(), raw_start: span.start, raw_bytes: text.len() }],
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
    let mut wrong = Vec::new();
    for (entry, act, sentence, expected) in lexicon().examples() {
        let extracted = extract(&page(&[&sentence], "2017-05-06"), lexicon());
        let read = extracted.claims.iter().any(|claim| claim.act.id == act || (act.as_str() == "statement" && claim.utterance.is_some()) || lexicon().is_a(claim.act.id.as_str(), act.as_str()));
        if read != expected {
            let acts: Vec<&str> = extracted.claims.iter().map(|claim| claim.act.id.as_str()).collect();
            wrong.push(format!("{entry}: {sentence:?} gives {acts:?}; {act} expected: {expected}; {:?}", extracted.rejected.iter().map(|b| &b.words).collect::<Vec<_>>()));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_figure_rule_reads_its_examples() {
    let mut wrong = Vec::new();
    for (entry, metric, sentence, expected) in lexicon().figure_examples() {
        let document = page(&[&sentence], "2017-05-06");
        let (readings, _) = reading::read(&document, lexicon());
        let read = readings.iter().flat_map(|reading| figures::find(reading, lexicon(), "x")).any(|hit| hit.figure.metric == metric);
        if read != expected {
            wrong.push(format!("{entry}: {sentence:?}; expected {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn scratch() {
    let file = std::path::Path::new("/tmp/scratch.txt");
    let Ok(text) = std::fs::read_to_string(file) else { return };
    for line in text.lines().filter(|l| !l.trim().is_empty()) {
        let document = page(&[line], "2017-05-06");
        let (readings, _) = reading::read(&document, lexicon());
        for r in &readings {
            println!("\n## {}", r.words(&r.all()));
            println!("{}", r.sentence.tokens.iter().enumerate().map(|(i, t)| format!("{}/{}/{}/{}", t.text, t.tag.name(), t.lemma, r.clause(i))).collect::<Vec<_>>().join(" "));
            println!("actors {:?}", r.actors.iter().map(|a| (&a.label, &a.kind, a.form, a.actor.resolved().map(|i| i.as_str().to_owned()))).collect::<Vec<_>>());
            println!("places {:?}", r.places.iter().map(|p| (&p.name, &p.kind, p.role, p.relation)).collect::<Vec<_>>());
            println!("times {:?}", r.times.iter().map(|p| (&p.when.words, p.when.edtf.to_string())).collect::<Vec<_>>());
            println!("frames {:?}", attribution::frames(r, lexicon()).iter().map(|f| (r.words(&f.cue_tokens), &f.speaker, r.words(&f.content))).collect::<Vec<_>>());
        }
        let e = extract(&document, lexicon());
        for c in &e.claims {
            println!("  CLAIM {} {:?} {:?} by {:?} against {:?} at {:?} on {} fig {:?} src {:?} hedges {:?} bg {} ser {} ref {:?} utt {:?} part {:?}", c.act.id, c.modality, c.polarity, c.initiators.iter().map(|a| &a.label).collect::<Vec<_>>(), c.targets.iter().map(|a| &a.label).collect::<Vec<_>>(), c.places.iter().map(|p| (&p.name, p.role)).collect::<Vec<_>>(), c.when.edtf, c.figures.iter().map(|f| format!("{:?} {} {:?} {}", f.metric, f.count, f.scope, f.unit)).collect::<Vec<_>>(), c.sources.iter().skip(1).map(|s| &s.label).collect::<Vec<_>>(), c.hedges, c.background, c.series, c.references.iter().map(|r| (&r.words, &r.to)).collect::<Vec<_>>(), c.utterance.as_ref().map(|u| (&u.about, u.stance, &u.reservation)), c.part);
        }
        for b in &e.rejected { println!("  rejected {}", b.words); }
    }
}
