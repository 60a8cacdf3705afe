//! What the house's own agreements hold, and what the loader says about a slip of the hand.

use crate::world;
use agreements::parse;
use jiff::civil::date;
use model::{DataFault, Duty, Ternary};

/// Reads the first agreement with one text of one file replaced, and gives the faults.
#[track_caller]
fn faults(file: &str, from: &str, to: &str) -> Vec<DataFault> {
    let mut files = world::files(world::IDS[0]);
    let (_, text) = files.iter_mut().find(|(name, _)| name == file).expect("the file");
    assert!(text.contains(from), "{file} has no {from:?}");
    *text = text.replacen(from, to, 1);
    parse(world::IDS[0], &files, &world::known()).1
}

/// A slip gives exactly one fault, at the line on which it was made.
#[track_caller]
fn check(file: &str, from: &str, to: &str, expected: &str) {
    let files = world::files(world::IDS[0]);
    let (_, text) = files.iter().find(|(name, _)| name == file).expect("the file");
    let at = text.find(from).expect("the text to replace");
    let line = text[..at].matches('\n').count() + 1;
    let faults = faults(file, from, to);
    let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert_eq!(told.len(), 1, "{told:#?}");
    assert!(told[0].contains(expected), "{told:#?}");
    assert_eq!(faults[0].file, format!("agreements/{}/{file}", world::IDS[0]));
    // What a table lacks is told at its head, at most the length of a table above the slip.
    let head = line.saturating_sub(16);
    assert!(
        (head..=line + 1).contains(&faults[0].line),
        "line {} and not {line}: {told:#?}",
        faults[0].line
    );
}

#[test]
fn the_final_version_comes_first_and_the_others_have_deadlines_and_no_terms() {
    let versions = world::versions("astana-2017-05-04");
    let keys: Vec<&str> = versions
        .iter()
        .map(|agreement| agreement.version.as_str())
        .collect();
    assert_eq!(keys, ["final", "draft", "tass-digest"]);
    assert!(
        versions[1..]
            .iter()
            .all(|version| version.terms.is_empty() && !version.deadlines.is_empty())
    );
    assert!(
        versions[1..]
            .iter()
            .all(|version| version.zones == versions[0].zones)
    );
}

#[test]
fn three_sets_of_dates_for_the_maps_are_kept_apart() {
    let due = |version: &str, deadline: &str| {
        let versions = world::versions("astana-2017-05-04");
        let version = versions
            .iter()
            .find(|agreement| agreement.version == version)
            .expect("a version");
        version
            .deadlines
            .iter()
            .find(|one| one.id == deadline)
            .and_then(|one| one.due)
    };
    assert_eq!(due("draft", "maps"), Some(date(2017, 5, 22)));
    assert_eq!(due("tass-digest", "maps"), Some(date(2017, 5, 27)));
    assert_eq!(due("tass-digest", "maps-opening"), Some(date(2017, 6, 4)));
    assert_eq!(due("final", "maps"), Some(date(2017, 6, 4)));
}

#[test]
fn conflicting_dates_are_all_kept_with_their_sources() {
    let agreement = world::agreement("astana-2017-05-04");
    let days: Vec<String> = agreement
        .accounts("in-force")
        .map(|anchor| anchor.date.to_string())
        .collect();
    assert_eq!(days, ["2017-05-05", "2017-05-04"]);
    assert!(
        agreement
            .accounts("in-force")
            .all(|anchor| !anchor.source.is_empty())
    );
}

#[test]
fn both_halves_of_a_pair_are_bound_alike() {
    let pairs = [
        ("astana-2017-05-04", "syrian-government", "faylaq-al-sham"),
        ("ceasefire-2016-12-30", "syrian-government", "faylaq-al-sham"),
        ("south-west-2017-07-07", "syrian-government", "southern-front"),
        ("idlib-2018-09-17", "syrian-government", "syrian-opposition"),
        ("minsk-2015-02-12", "ukraine", "dpr"),
    ];
    for (id, one, other) in pairs {
        let agreement = world::agreement(id);
        let bound = |actor: &str| {
            agreement
                .parties
                .iter()
                .find(|party| party.actor.as_str() == actor)
                .map(|party| party.bound)
        };
        assert_eq!(bound(one), Some(Ternary::Yes), "{id}");
        assert_eq!(bound(other), Some(Ternary::Yes), "{id}");
        let mut guarantors = agreement.parties.iter().filter(|party| party.part == "guarantor");
        let first = guarantors.next().map(|party| party.bound);
        assert!(guarantors.all(|party| Some(party.bound) == first), "{id}");
    }
}

#[test]
fn what_nobody_drew_has_no_outline_and_what_we_drew_says_so() {
    let agreement = world::agreement("astana-2017-05-04");
    for zone in &agreement.zones {
        assert!(!zone.source.is_empty() && !zone.provinces.is_empty());
        for shape in &zone.shapes {
            assert!(shape.approximate && shape.partial, "{}", zone.id);
            assert!(
                shape.source.starts_with("our own approximate outline"),
                "{}",
                shape.source
            );
            assert!(shape.band.0 >= 3_000.0);
            // Syria lies between 32 and 38 degrees north and 35 and 43 degrees east.
            let points = shape.rings.iter().flatten();
            assert!(points.clone().count() > 3);
            assert!(
                points
                    .clone()
                    .all(|at| (32.0..38.0).contains(&at.lat) && (35.0..43.0).contains(&at.lon))
            );
        }
    }
    let drawn = |id: &str| {
        agreement
            .zones
            .iter()
            .find(|zone| zone.id.as_str() == id)
            .map(|zone| zone.shapes.len())
    };
    assert_eq!((drawn("south"), drawn("idlib")), (Some(0), Some(1)));
}

#[test]
fn every_term_and_every_deadline_cites_its_text() {
    for id in world::IDS {
        for version in world::versions(id) {
            assert!(
                version
                    .terms
                    .iter()
                    .all(|term| !term.cites.is_empty() && !term.words.is_empty())
            );
            assert!(
                version
                    .deadlines
                    .iter()
                    .all(|deadline| !deadline.cites.is_empty() && deadline.due.is_some())
            );
            assert!(
                version
                    .exemptions
                    .iter()
                    .all(|exemption| !exemption.cites.is_empty())
            );
        }
        assert!(
            world::agreement(id)
                .terms
                .iter()
                .any(|term| term.duty == Duty::Prohibition)
        );
    }
}

#[test]
fn a_misspelt_key_is_a_fault_with_the_nearest_key() {
    check(
        "agreement.toml",
        "classes = [\"force\"]",
        "clases = [\"force\"]\nclasses = [\"force\"]",
        "did you mean \"classes\"?",
    );
    check(
        "zones.toml",
        "whole_provinces = [",
        "whole_province = [",
        "did you mean \"whole_provinces\"?",
    );
    check(
        "zones.geojson",
        "\"band_m\": 10000",
        "\"band_m\": 10000, \"bandm\": 1",
        "did you mean \"band_m\"?",
    );
}

#[test]
fn a_word_that_nothing_defines_is_a_fault_with_the_nearest_word() {
    check(
        "agreement.toml",
        "acts = [\"overflight\"]",
        "acts = [\"overfligt\"]",
        "did you mean \"overflight\"?",
    );
    check(
        "agreement.toml",
        "actor = \"iran\"",
        "actor = \"irann\"",
        "did you mean \"iran\"?",
    );
    check(
        "agreement.toml",
        "zones = [\"idlib\",",
        "zones = [\"idleb\",",
        "did you mean \"idlib\"?",
    );
    check(
        "agreement.toml",
        "duty = \"prohibition\"",
        "duty = \"prohibiton\"",
        "did you mean \"prohibition\"?",
    );
    check(
        "agreement.toml",
        "kinds = [\"syrian-government\"]",
        "kinds = [\"syrian-goverment\"]",
        "did you mean \"syrian-government\"?",
    );
    check(
        "agreement.toml",
        "from = \"operative\"",
        "from = \"operativ\"",
        "did you mean \"operative\"?",
    );
}

#[test]
fn a_missing_source_or_citation_is_a_fault() {
    check(
        "agreement.toml",
        "source = \"PA-X agreement 2093; AFP, 4 May 2017\"\n",
        "",
        "this anchor has no \"source\"",
    );
    check(
        "zones.toml",
        "from = 2017-05-05\n",
        "",
        "this zone has no \"from\"",
    );
    check(
        "zones.geojson",
        "\"partial\": true,",
        "",
        "does not say whether it is \"partial\"",
    );
}

#[test]
fn a_date_that_no_calendar_has_is_a_fault() {
    check(
        "agreement.toml",
        "date = 2017-06-04",
        "date = \"2017-06-31\"",
        "\"date\" is not a day of the calendar",
    );
    check(
        "zones.toml",
        "from = 2017-05-05",
        "from = 2017-05-05\nuntil = 2017-05-01",
        "is not after \"from\"",
    );
}

#[test]
fn a_deadline_that_says_two_things_is_a_fault() {
    check(
        "agreement.toml",
        "days = 14",
        "days = 14\ndate = 2017-05-19",
        "is 2017-05-18 when counted",
    );
    check(
        "agreement.toml",
        "anchor = \"signed\"\ndays = 14",
        "anchor = \"signed\"",
        "belong together",
    );
}

#[test]
fn an_outline_that_is_not_closed_is_a_fault() {
    check(
        "zones.geojson",
        "[36.52, 36.21]\n",
        "[36.53, 36.21]\n",
        "not closed",
    );
}

#[test]
fn all_faults_come_at_once() {
    let mut files = world::files(world::IDS[0]);
    for (name, text) in &mut files {
        if name == "agreement.toml" {
            *text = text
                .replace("actor = \"iran\"", "actor = \"irann\"")
                .replace("days = 14", "days = \"x\"");
        }
        if name == "zones.toml" {
            *text = text.replacen("name = ", "nam = ", 1);
        }
    }
    files.push(("zone.toml".to_owned(), String::new()));
    let (agreements, faults) = parse(world::IDS[0], &files, &world::known());
    let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
    for expected in [
        "actor \"irann\"",
        "\"days\" is not a whole number",
        "zone has no \"name\"",
        "nothing reads this file",
    ] {
        assert!(
            told.iter().any(|fault| fault.contains(expected)),
            "{expected}: {told:#?}"
        );
    }
    assert!(!agreements.is_empty(), "what could be read is given");
}

#[test]
fn a_folder_without_an_agreement_and_a_file_that_is_no_toml_are_faults_and_not_panics() {
    let known = world::known();
    assert_eq!(parse("empty", &[], &known).1.len(), 1);
    for text in [
        "",
        "[",
        "[[term]]\nid = 3",
        "anchor = 1\nterm = [1]\nduration = 2",
        "\u{0}\u{1}",
        "[[zone]]\n",
    ] {
        for file in ["agreement.toml", "versions.toml", "zones.toml", "zones.geojson"] {
            let mut files = world::files(world::IDS[0]);
            files.retain(|(name, _)| name != file);
            files.push((file.to_owned(), text.to_owned()));
            let (_, faults) = parse(world::IDS[0], &files, &known);
            let may_be_empty = text.is_empty() && file != "agreement.toml";
            assert!(may_be_empty || !faults.is_empty(), "{file} {text:?}");
        }
    }
}
