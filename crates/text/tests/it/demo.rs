//! The demonstration corpus, read as the program reads it.

use crate::{lexicon, outlets, root};
use model::{ArtefactKind, Document, Given, Media, Page, PassageKind};
use std::collections::BTreeMap;

fn corpus() -> BTreeMap<String, Document> {
    let (lexicon, outlets) = (lexicon(), outlets());
    let mut documents = Vec::new();
    let mut names: Vec<_> = std::fs::read_dir(root().join("data/demo"))
        .expect("the demonstration corpus is there")
        .map(|entry| entry.expect("it can be listed").path())
        .collect();
    names.sort();
    for path in names {
        let name = path
            .file_name()
            .expect("a file has a name")
            .to_string_lossy()
            .into_owned();
        let media = match path.extension().and_then(|extension| extension.to_str()) {
            Some("html") => Media::Html,
            Some("txt") => Media::Text,
            _ => continue,
        };
        let page = Page {
            name,
            bytes: std::fs::read(&path).expect("it can be read"),
            media,
            given: Given::default(),
        };
        documents.push(text::clean(&page, &outlets, &lexicon));
    }
    text::date_undated(documents)
        .into_iter()
        .map(|document| (document.name.clone(), document))
        .collect()
}

#[test]
fn every_page_has_its_title_its_day_and_its_article_and_no_furniture() {
    let corpus = corpus();
    assert!(corpus.len() > 30);
    for (name, document) in &corpus {
        let day = document.published.edtf.single_day().map(|day| day.to_string());
        // The files bear the day of their pages in their names.
        match name
            .match_indices("20")
            .map(|(at, _)| &name[at..(at + 10).min(name.len())])
            .next()
        {
            Some(stated) => assert_eq!(day.as_deref(), Some(stated), "{name}"),
            None => assert_eq!(day.as_deref(), Some("2017-05-04"), "{name}"),
        }
        let main: Vec<&str> = document.main().map(|passage| passage.text.as_str()).collect();
        assert!(main.len() >= 2, "{name}: {main:?}");
        for words in [
            "DEMONSTRATION TEXT",
            "cookie",
            "Kabul",
            "Baghdad",
            "Tripoli",
            "2014: the file",
            "300 people",
            "More headlines",
        ] {
            assert!(
                !main.iter().any(|text| text.contains(words)),
                "{name}: {words}: {main:?}"
            );
        }
        assert!(document.language.is_some(), "{name}");
        assert_eq!(
            document
                .passages
                .iter()
                .filter(|passage| passage.kind == PassageKind::Lead)
                .count(),
            1,
            "{name}"
        );
    }
}

#[test]
fn outlets_and_credits_are_recognised() {
    let corpus = corpus();
    let outlet = |name: &str| corpus[name].outlet.as_ref().map(|id| id.as_str().to_owned());
    let credits = |name: &str| {
        corpus[name]
            .credits
            .iter()
            .map(|id| id.as_str().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        outlet("northern-wire-2017-05-03-azaz-second-lead.txt").as_deref(),
        Some("northern-wire")
    );
    assert_eq!(
        outlet("harbour-undated-azaz-followup.html").as_deref(),
        Some("harbour-post")
    );
    assert_eq!(
        outlet("barada-state-2017-05-08-denial.txt").as_deref(),
        Some("barada-state")
    );
    assert_eq!(credits("courier-2017-05-04-azaz.txt"), ["northern-wire"]);
    assert_eq!(credits("meridian-2017-05-04-azaz.html"), ["northern-wire"]);
    assert_eq!(credits("harbour-2017-05-04-azaz.html"), Vec::<String>::new());
}

#[test]
fn a_spun_page_tells_its_damage() {
    let corpus = corpus();
    let spun = &corpus["ladder-2017-05-04-azaz.txt"];
    let kinds: Vec<ArtefactKind> = spun.artefacts.iter().map(|artefact| artefact.kind).collect();
    for kind in [
        ArtefactKind::SpunWord,
        ArtefactKind::RepeatedTitle,
        ArtefactKind::GluedCaption,
        ArtefactKind::LostDate,
        ArtefactKind::BrokenQuantity,
    ] {
        assert!(kinds.contains(&kind), "{kind:?}: {kinds:?}");
    }
    // The page it was spun from has none.
    assert_eq!(
        corpus["northern-wire-2017-05-03-azaz-second-lead.txt"].artefacts,
        []
    );
}

#[test]
fn copies_share_bins_of_their_signatures_and_strangers_do_not() {
    let corpus = corpus();
    let share = |a: &str, b: &str| {
        let (a, b) = (&corpus[a].signature, &corpus[b].signature);
        let used = a
            .iter()
            .zip(b)
            .filter(|(x, y)| **x != text::SIGNATURE_EMPTY || **y != text::SIGNATURE_EMPTY);
        let (equal, all) = used.fold((0, 0), |(equal, all), (x, y)| {
            (equal + usize::from(x == y), all + 1)
        });
        f64::from(u32::try_from(equal).unwrap()) / f64::from(all)
    };
    let wire = "northern-wire-2017-05-03-azaz-second-lead.txt";
    assert!(share(wire, "courier-2017-05-04-azaz.txt") > 0.5);
    assert!(share(wire, "meridian-2017-05-04-azaz.html") > 0.2);
    assert!(share(wire, "orontes-2017-05-07-douma.txt") < 0.05);
    assert!(share(wire, "corniche-sport-2017-05-05.html") < 0.05);
}
