//! Through the door, with the gazetteer of `data/gazetteer`.

use model::{
    Act, ActClass, ActId, AgreementId, Because, Claim, ClaimId, DocumentId, Edtf, LocatedClaim, Metres,
    Modality, PassageId, PlaceMention, PlacePrecision, PlaceRelation, PlaceRole, Polarity, Reference,
    Resolution, Span, Ternary, TimeAnchor, When, Zone, ZoneId,
};
use places::{Context, Gazetteer, ReadyZone, locate};
use proptest::prelude::*;
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

fn gazetteer() -> &'static Gazetteer {
    static GAZETTEER: OnceLock<Gazetteer> = OnceLock::new();
    GAZETTEER.get_or_init(|| {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/gazetteer");
        let mut files = Vec::new();
        for entry in fs::read_dir(folder).expect("the data folder is in the repository") {
            let path = entry.expect("it can be listed").path();
            let name = path
                .file_name()
                .expect("a listed file has a name")
                .to_string_lossy()
                .into_owned();
            files.push((name, fs::read_to_string(&path).expect("it can be read")));
        }
        let (gazetteer, faults) = Gazetteer::parse(&files);
        let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert!(faults.is_empty(), "{}", faults.join("\n"));
        gazetteer
    })
}

#[test]
fn a_row_of_a_table_means_the_place_that_fits_all_it_says() {
    let meant = |name, province, country, at: Option<(f64, f64)>| {
        let at = at.map(|(lat, lon)| model::LatLon { lat, lon });
        let found = gazetteer().meant(name, province, country, at);
        found.map(|it| (it.name, it.country))
    };
    let azaz = meant("Azaz", "Aleppo", "Syria", None).expect("the town is in the gazetteer");
    assert_eq!(azaz.1, "SY");
    for spelling in ["Azaz", "Ezzaz", "إعزاز"] {
        assert_eq!(
            meant(spelling, "", "", Some((36.58, 37.04))).as_ref(),
            Some(&azaz),
            "{spelling}"
        );
    }
    assert_eq!(
        meant("Azaz", "", "", Some((0.0, 0.0))),
        None,
        "the point says otherwise"
    );
    let by_point = |at| meant("Tripoli", "", "", Some(at)).map(|(_, country)| country);
    assert_eq!(by_point((34.43, 35.84)).as_deref(), Some("LB"));
    assert_eq!(by_point((32.88, 13.19)).as_deref(), Some("LY"));
    assert_eq!(meant("Nowhere at all", "", "Syria", None), None);
}

/// Mentions of a text: `[Azaz]` is an event place, `[Homs:province]` has a kind beside it, `[@Astana]` is a
/// seat, `[!Damascus]` a metonym.
fn mentions(text: &str) -> Vec<PlaceMention> {
    let mut mentions = Vec::new();
    for (start, _) in text.match_indices('[') {
        let inner = &text[start + 1..start + text[start..].find(']').expect("brackets are closed")];
        let (name, kind) = inner.split_once(':').unwrap_or((inner, ""));
        let (role, name) = match name.split_at_checked(1) {
            Some(("@", rest)) => (PlaceRole::Seat, rest),
            Some(("!", rest)) => (PlaceRole::Metonym, rest),
            _ => (PlaceRole::Event, name),
        };
        mentions.push(PlaceMention {
            name: name.into(),
            kind: kind.into(),
            span: Span::new(start + 1, start + 1 + inner.len()),
            role,
            relation: PlaceRelation::At,
            because: Vec::new(),
        });
    }
    mentions
}

fn claim(places: Vec<PlaceMention>, references: Vec<Reference>) -> Claim {
    Claim {
        id: ClaimId::of(&["test"]),
        document: DocumentId::of(&["test"]),
        passage: PassageId::of(&["test"]),
        span: Span::new(0, 0),
        quote: String::new(),
        sources: Vec::new(),
        modality: Modality::Asserted,
        polarity: Polarity::Affirmed,
        hedges: Vec::new(),
        act: Act {
            id: ActId::from("shelling"),
            class: ActClass::Force,
        },
        trigger: Span::new(0, 0),
        initiators: Vec::new(),
        targets: Vec::new(),
        weapon: String::new(),
        when: When {
            edtf: Edtf::parse("2017-05-08").expect("a date"),
            words: String::new(),
            span: None,
            anchor: TimeAnchor::Explicit,
            because: Because::new("test", "given"),
        },
        places,
        figures: Vec::new(),
        references,
        utterance: None,
        part: String::new(),
        background: false,
        series: false,
        because: Vec::new(),
    }
}

fn read(text: &str, zones: &[Zone]) -> LocatedClaim {
    let mentions = mentions(text);
    let page = Context::new(&mentions, &["SY".to_owned()], gazetteer());
    let zones: Vec<ReadyZone> = zones.iter().cloned().map(ReadyZone::new).collect();
    locate(claim(mentions, Vec::new()), &page, gazetteer(), &zones)
}

/// The event location of a text as "name, province, country, precision"; "-" when none stands out.
#[track_caller]
fn check(text: &str, expected: &str) {
    let located = read(text, &[]);
    let found = located
        .event_location()
        .map_or_else(String::new, |location| match &location.chosen {
            Some(place) => {
                format!(
                    "{}, {}, {}, {}",
                    place.name,
                    place.province,
                    place.country,
                    location.precision.as_str()
                )
            }
            None => "-".to_owned(),
        });
    assert_eq!(found, expected, "{text}");
}

#[test]
fn one_town_is_found_by_all_its_spellings() {
    for name in [
        "Azaz",
        "A'zaz",
        "A’zaz",
        "I'zaz",
        "Izaz",
        "Aʿzāz",
        "Aazaz",
        "AZAZ",
        "Azzaz",
        "أعزاز",
        "اعزاز",
    ] {
        check(&format!("[{name}]"), "I‘zāz, Aleppo, SY, town");
    }
    for name in [
        "Khan Shaykhun",
        "Khan Sheikhoun",
        "Khan Cheikhoun",
        "Khan Shaykhoun",
        "خان شيخون",
    ] {
        check(&format!("[{name}]"), "Khān Shaykhūn, Idlib, SY, town");
    }
    for name in [
        "Deir Ezzor",
        "Deir ez-Zor",
        "Deir al-Zour",
        "Dayr az-Zawr",
        "دير الزور",
    ] {
        check(&format!("[{name}]"), "Deir ez-Zor, Deir ez-Zor, SY, town");
    }
    for name in ["Hasakah", "Hasaka", "Al-Hasakah", "Al-Hassakeh", "Hassakeh"] {
        check(&format!("[{name}:city]"), "Al Ḩasakah, Al-Hasakah, SY, town");
    }
}

#[test]
fn the_word_beside_a_name_tells_town_from_province() {
    check("[Aleppo]", "Aleppo, Aleppo, SY, town");
    check("[Aleppo:city]", "Aleppo, Aleppo, SY, town");
    check("[Aleppo:province]", "Aleppo, Aleppo, SY, province");
    check("[Aleppo:countryside]", "Aleppo, Aleppo, SY, province");
    check("[Azaz:district]", "Azaz, Aleppo, SY, district");
    check("[Damascus:countryside]", "Rif Dimashq, Rif Dimashq, SY, province");
    check("[حلب:ريف]", "Aleppo, Aleppo, SY, province");
}

#[test]
fn the_finest_event_place_comes_first() {
    check(
        "shells fell in [Idlib:province] on [Saraqib]",
        "Saraqib, Idlib, SY, town",
    );
    check(
        "in [Syria], [Homs:province], [Rastan:town]",
        "Ar Rastan, Homs, SY, town",
    );
    check("in [Syria]", "Syria, , SY, country");
}

#[test]
fn the_page_decides_between_namesakes() {
    // Tripoli is in Libya and in Lebanon; Baniyas in Syria and, as Banias, elsewhere.
    check(
        "[Tripoli] and [Beirut] in [Lebanon]",
        "Tripoli, North Lebanon, LB, town",
    );
    check(
        "[Tripoli], [Benghazi] and [Misrata] in [Libya]",
        "Tripoli, Tripoli, LY, town",
    );
    check(
        "[Souran] in the countryside of [Hama:province]",
        "Şūrān, Hama, SY, town",
    );
    // Said in full once, a name keeps its meaning; a country beside it is no town of a like name.
    check(
        "[Berea], where a fire broke out on Monday in the afternoon, is a town. [Berea], [Kentucky], is quiet",
        "Berea, Kentucky, US, town",
    );
    check(
        "[Iran] was spoken of in [@Houston] in [@Texas]",
        "Iran, , IR, country",
    );
    check(
        "[Clarke] is a county in [@Alabama], near [@Mobile] in [@Alabama]",
        "Clarke County, Alabama, US, district",
    );
}

#[test]
fn a_name_that_no_listed_place_bears_is_not_placed() {
    let located = read("[Blorbistan Heights]", &[]);
    let location = located.event_location().unwrap();
    assert_eq!(location.precision, PlacePrecision::Unresolved);
    assert!(location.chosen.is_none() && location.region.is_none());
    assert_eq!(location.because[0].rule, "place-not-listed");
}

#[test]
fn metonyms_and_actor_names_get_no_location_and_seats_come_after_events() {
    let located = read("[!Damascus] said in [@Astana] that [Rastan] was shelled", &[]);
    let names: Vec<&str> = located
        .locations
        .iter()
        .map(|location| location.mention.name.as_str())
        .collect();
    assert_eq!(names, ["Rastan", "Astana"]);
}

#[test]
fn a_reference_is_placed_only_if_it_is_resolved() {
    let there = |to: Resolution<String>| {
        let mut places = mentions("[there]");
        let span = places[0].span;
        places[0].name = String::new();
        let because = Because::new("test", "given");
        let reference = Reference {
            words: "there".into(),
            span,
            to,
            claim: None,
            because,
        };
        let page = Context::new([], &["SY".to_owned()], gazetteer());
        locate(claim(places, vec![reference]), &page, gazetteer(), &[])
            .locations
            .remove(0)
    };
    let resolved = there(Resolution::Resolved("Saraqib".into()));
    assert_eq!(resolved.chosen.unwrap().name, "Saraqib");
    let open = there(Resolution::Candidates(vec!["Saraqib".into(), "Rastan".into()]));
    assert!(
        open.chosen.is_none() && open.candidates.len() == 2,
        "{:?}",
        open.candidates
    );
    assert!((open.candidates[0].share - 0.5).abs() < 1e-9);
    assert!(there(Resolution::Unresolved).candidates.is_empty());
}

fn text_zone() -> Zone {
    Zone {
        agreement: AgreementId::from("memorandum"),
        id: ZoneId::from("two"),
        name: "Area 2".into(),
        description: "certain parts north of Homs".into(),
        source: "drawn for the test".into(),
        during: Edtf::unknown(),
        whole_provinces: Vec::new(),
        shapes: Vec::new(),
        named_inside: vec!["Rastan".into(), "Talbiseh".into()],
        provinces: vec!["Homs".into()],
    }
}

#[track_caller]
fn check_zone(text: &str, expected: Ternary, rule: &str) {
    let located = read(text, &[text_zone()]);
    let answer = &located.event_location().expect("an event place").zones[0];
    assert_eq!(
        (answer.inside, answer.because.rule.as_str()),
        (expected, rule),
        "{text}: {}",
        answer.because.words
    );
}

#[test]
fn zones_are_answered_as_closely_as_the_place_is_known() {
    check_zone("[Rastan]", Ternary::Yes, "zone-names-place");
    check_zone("[الرستن]", Ternary::Yes, "zone-names-place");
    check_zone("[Talbisah:town]", Ternary::Yes, "zone-names-place");
    check_zone("[Homs:province]", Ternary::Undetermined, "zone-not-drawn");
    check_zone("[Rastan:district]", Ternary::Undetermined, "zone-not-drawn");
    check_zone("[Saraqib]", Ternary::No, "zone-other-province");
    check_zone("[Syria]", Ternary::Undetermined, "zone-not-drawn");
    check_zone("[Blorbistan Heights]", Ternary::Undetermined, "place-not-listed");
}

#[test]
fn an_unlisted_village_lies_around_the_town_that_tells_it() {
    check("[Karsabad:village] of [Afrin:city]", "‘Afrīn, Aleppo, SY, near");
    check("[Afrin:countryside]", "‘Afrīn, Aleppo, SY, near");
    check("[Afrin:city]", "‘Afrīn, Aleppo, SY, town");
    // Two villages told side by side do not lie in each other.
    check(
        "[Karsabad:village] and [Afrin:village]",
        "‘Afrīn, Aleppo, SY, town",
    );
    let around = read("[Karsabad:village] of [Rastan:city]", &[text_zone()]);
    assert_eq!(around.locations[0].zones[0].inside, Ternary::Undetermined);
}

#[test]
fn a_capital_beside_a_town_of_its_province_tells_the_province() {
    check("[Raqqa] [Ma'dan]", "Ma‘dān, Raqqa, SY, town");
    let located = read("[Raqqa] [Ma'dan]", &[]);
    assert_eq!(located.locations[1].precision, PlacePrecision::Province);
    check("[Raqqa:city] and [Ma'dan]", "Ar Raqqah, Raqqa, SY, town");
    check("[Raqqa]", "Ar Raqqah, Raqqa, SY, town");
}

#[test]
fn a_namesake_far_away_does_not_take_the_name_of_an_unlisted_village() {
    // A town of China bears it; of a village near Ain Issa nothing is known.
    check(
        "[Al-Houshan:village] in [Ain Issa:district] of [Raqqa:province]",
        "Ain Issa, Raqqa, SY, near",
    );
    let located = read("[Jarad:village], [Manbij], [Aleppo:province]", &[]);
    let jarad = located.locations.iter().find(|it| it.mention.name == "Jarad");
    assert_eq!(jarad.map(|it| it.precision), Some(PlacePrecision::Unresolved));
}

#[test]
fn between_two_places_is_a_region_and_neither_of_them() {
    let between = |name: &str| {
        let mut places = mentions("[here]");
        name.clone_into(&mut places[0].name);
        places[0].relation = PlaceRelation::Between;
        let page = Context::new(&places, &["SY".to_owned()], gazetteer());
        let zones = [ReadyZone::new(text_zone())];
        locate(claim(places, Vec::new()), &page, gazetteer(), &zones)
            .locations
            .remove(0)
    };
    let found = between("Saraqib and Binnish");
    assert_eq!(found.precision, PlacePrecision::Near);
    let region = found.region.expect("both ends are known");
    for end in ["Saraqib", "Binnish"] {
        let end = read(&format!("[{end}]"), &[]).locations[0]
            .region
            .expect("it is listed");
        let apart = (end.centre.lat - region.centre.lat).hypot(end.centre.lon - region.centre.lon);
        assert!(apart * 111_000.0 < region.radius.0, "{end:?} {region:?}");
    }
    assert_eq!(
        found.chosen,
        between("سراقب وبنش").chosen,
        "both scripts tell one place"
    );
    assert_eq!(
        between("Saraqib and Blorbistan").precision,
        PlacePrecision::Unresolved
    );
}

#[test]
fn near_a_named_town_is_not_in_it() {
    let mut places = mentions("[Rastan]");
    places[0].relation = PlaceRelation::Near;
    let page = Context::new(&places, &["SY".to_owned()], gazetteer());
    let located = locate(
        claim(places.clone(), Vec::new()),
        &page,
        gazetteer(),
        &[ReadyZone::new(text_zone())],
    );
    assert_eq!(located.locations[0].zones[0].inside, Ternary::Undetermined);
    places[0].relation = PlaceRelation::Offset {
        distance: Metres(10_000.0),
        bearing: Some(0.0),
    };
    let located = locate(
        claim(places, Vec::new()),
        &page,
        gazetteer(),
        &[ReadyZone::new(text_zone())],
    );
    assert_eq!(located.locations[0].precision, PlacePrecision::Near);
}

#[test]
fn every_place_of_the_hand_made_tables_is_found_by_its_own_name_in_its_country() {
    for (table, country) in [("sy-extra.tsv", "SY"), ("sy.tsv", "SY")] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../data/gazetteer")
            .join(table);
        for line in fs::read_to_string(path)
            .unwrap()
            .lines()
            .skip(1)
            .filter(|line| !line.starts_with('#'))
        {
            let cells: Vec<&str> = line.split('\t').collect();
            let spellings = [cells[1]]
                .into_iter()
                .chain(cells[2].split('|'))
                .chain(cells[3].split('|'));
            for spelling in spellings.filter(|spelling| !spelling.is_empty()) {
                let found = gazetteer().find(spelling);
                assert!(
                    found.iter().any(|candidate| candidate.place.as_str() == cells[0] && candidate.country == country),
                    "{spelling} does not lead to {}",
                    cells[0]
                );
            }
        }
    }
}

proptest! {
    #[test]
    fn any_name_gets_an_answer(name in "\\PC{0,60}", kind in "\\PC{0,12}") {
        let mut places = mentions("[x] in [Homs:province]");
        places[0].name = name;
        places[0].kind = kind;
        let page = Context::new(&places, &["SY".to_owned()], gazetteer());
        let located = locate(claim(places, Vec::new()), &page, gazetteer(), &[ReadyZone::new(text_zone())]);
        for location in &located.locations {
            let total: f64 = location.candidates.iter().map(|candidate| candidate.share).sum();
            prop_assert!(total <= 1.0 + 1e-9);
            prop_assert_eq!(location.chosen.is_some(), location.region.is_some());
        }
    }

    #[test]
    fn the_order_of_mentions_does_not_matter(order in Just(vec!["[Hama]", "[Souran]", "[Aleppo:province]", "[Tripoli]"]).prop_shuffle()) {
        let text = "[Hama] [Souran] [Aleppo:province] [Tripoli]";
        let mut places = mentions(text);
        places.sort_by_key(|place| order.iter().position(|name| name.contains(&place.name)));
        let forward = Context::new(&mentions(text), &[], gazetteer());
        let shuffled = Context::new(&places, &[], gazetteer());
        let a = locate(claim(mentions(text), Vec::new()), &forward, gazetteer(), &[]);
        let b = locate(claim(mentions(text), Vec::new()), &shuffled, gazetteer(), &[]);
        prop_assert_eq!(a, b);
    }
}

/// Rows of a table of `data/gazetteer`: id and every spelling, read without the gazetteer.
fn rows(file: &str) -> Vec<(String, Vec<String>)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../data/gazetteer")
        .join(file);
    let text = fs::read_to_string(path).expect("the table is in the repository");
    let lines = text.lines().skip(1).filter(|line| !line.starts_with('#'));
    let row = |line: &str| {
        let cells: Vec<&str> = line.split('\t').collect();
        let names = cells[1..4].iter().flat_map(|cell| cell.split('|')).map(str::trim);
        let names = names.filter(|name| !name.is_empty()).map(str::to_owned);
        (cells[0].to_owned(), names.collect())
    };
    lines.map(row).collect()
}

#[test]
fn every_spelling_in_the_tables_leads_to_its_place() {
    // All of Syria, and every eleventh row of the world.
    for (file, step) in [
        ("sy.tsv", 1),
        ("sy-admin.tsv", 1),
        ("sy-extra.tsv", 1),
        ("world.tsv", 11),
        ("world-small.tsv", 11),
    ] {
        for (id, names) in rows(file).into_iter().step_by(step) {
            for name in names {
                let found = gazetteer().find(&name);
                assert!(
                    found.iter().any(|place| place.place.as_str() == id),
                    "{id}: {name}"
                );
            }
        }
    }
}

#[test]
fn a_packed_gazetteer_gives_what_its_tables_give() {
    let packed: &'static [u8] = gazetteer().packed().to_vec().leak();
    let again = Gazetteer::unpack(packed).expect("it was just packed");
    assert_eq!(again.version(), gazetteer().version());
    assert_eq!(again.count(), gazetteer().count());
    for name in [
        "Azaz",
        "دمشق",
        "Kafr Nbl",
        "Springfield",
        "Turkish",
        "nowhere at all",
    ] {
        assert_eq!(again.find(name), gazetteer().find(name), "{name}");
    }
    assert!(
        Gazetteer::unpack(&packed[..packed.len() - 1]).is_none(),
        "cut off"
    );
    assert!(Gazetteer::unpack(b"TRUGAZ\0\x01").is_none());
    assert!(Gazetteer::unpack(b"").is_none());
}
