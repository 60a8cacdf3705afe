//! What a view and a desk promise wherever they lie: one suite, run over a file and over a server.

use std::collections::BTreeMap;

use model::record::{Reason, Record};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde_json::json;
use store::{Changes, Filter, Place, Reader, SCHEMA_VERSION, StoreError, View, Window};

use crate::desk::{
    a_desk_keeps_things, an_older_desk_is_brought_on_and_a_newer_one_refused, the_desk_keeps_what_it_is_told,
    what_rested_on_something_gone_is_kept_no_more,
};
use crate::encryption::a_line_is_encrypted_as_the_address_says;
use crate::server::Server;
use crate::server_only::{a_lost_connection_is_made_again, the_same_records_have_one_digest_in_both};

/// Gives a place where nothing lies yet.
pub(crate) type Fresh<'f> = &'f dyn Fn() -> Place;

/// One promise, checked.
type Check = for<'f> fn(Fresh<'f>);

/// The suite.
const ALL: [(&str, Check); 17] = [
    (
        "records come back whole",
        records_come_back_whole_by_kind_id_document_and_words,
    ),
    (
        "many records are named at once",
        many_records_are_named_in_one_question,
    ),
    ("no question is a command", no_question_is_read_as_a_command),
    (
        "replacing is all or nothing",
        replacing_is_all_or_nothing_and_empties_meta,
    ),
    (
        "the digest is that of the records",
        the_digest_is_that_of_the_records,
    ),
    ("filters keep what can be meant", filters_keep_what_can_be_meant),
    (
        "a place is found by every province that it may lie in",
        a_place_is_found_by_every_province_that_it_may_lie_in,
    ),
    ("words are found in any script", words_are_found_in_any_script),
    (
        "the map counts what is kept",
        squares_of_the_map_hold_what_is_kept,
    ),
    (
        "a reader learns what changed",
        a_reader_sees_one_state_and_learns_what_changed,
    ),
    (
        "what rested on something gone is kept no more",
        what_rested_on_something_gone_is_kept_no_more,
    ),
    ("a desk keeps things", a_desk_keeps_things),
    ("any text comes back", any_text_comes_back_as_it_went_in),
    ("one writer at a time", a_second_writer_is_refused),
    (
        "a newer layout is refused",
        a_newer_layout_is_refused_and_an_older_one_emptied,
    ),
    (
        "an older desk is brought on",
        an_older_desk_is_brought_on_and_a_newer_one_refused,
    ),
    (
        "the desk keeps accounts, sessions and restrictions",
        the_desk_keeps_what_it_is_told,
    ),
];

#[test]
fn in_a_file() {
    let dir = tempfile::tempdir().unwrap();
    let number = std::cell::Cell::new(0);
    for (name, check) in ALL {
        println!("{name}");
        check(&|| {
            number.set(number.get() + 1);
            dir.path().join(format!("{}.sqlite", number.get())).into()
        });
    }
}

#[test]
fn on_a_server() {
    let server = match Server::start() {
        Ok(server) => server,
        Err(why) => {
            println!("left out: {why}");
            return;
        }
    };
    for (name, check) in ALL {
        println!("{name}");
        check(&|| server.database());
    }
    a_reader_goes_on_while_the_view_is_replaced(&|| server.database());
    if !a_map_program_finds_a_layer(&server) {
        println!("the layer for map programs is left out: this server has no PostGIS");
    }
    a_lost_connection_is_made_again(&server);
    the_same_records_have_one_digest_in_both(&server);
    a_line_is_encrypted_as_the_address_says(&server);
}

pub(crate) fn record(kind: &str, id: &str, quote: Option<&str>) -> Record {
    Record {
        v: 1,
        kind: kind.to_owned(),
        id: id.to_owned(),
        document: quote.map(|_| "page.html".to_owned()),
        start: quote.map(|_| 10),
        end: quote.map(|quote| 10 + quote.len()),
        quote: quote.map(str::to_owned),
        fields: json!({"z": 1, "a": {"y": [1, {"b": 2, "a": null}], "x": 0.5}}),
        basis: vec!["doc_1".to_owned()],
        because: vec![Reason {
            rule: "rule".to_owned(),
            entry: String::new(),
            span: Some((1, 2)),
            words: "it says so".to_owned(),
        }],
    }
}

pub(crate) fn some_records() -> Vec<Record> {
    vec![
        record("document", "doc_1", None),
        record("claim", "clm_2", Some("Two shells fell on Karsa.")),
        record("claim", "clm_1", Some("The ministry denied shelling Karsa.")),
        record("note", "clm_1", Some("A bridge in Zümrüt was closed.")),
    ]
}

pub(crate) fn filled(place: &Place, records: Vec<Record>) -> View {
    let mut view = View::open(place).unwrap();
    view.replace_all(records).unwrap();
    view
}

pub(crate) fn ids(records: &[Record]) -> Vec<&str> {
    records.iter().map(|record| record.id.as_str()).collect()
}

fn records_come_back_whole_by_kind_id_document_and_words(fresh: Fresh<'_>) {
    let path = fresh();
    let view = filled(&path, some_records());
    assert_eq!(
        view.by_kind("claim").unwrap(),
        some_records()[1..3],
        "in the order put in"
    );
    assert_eq!(
        view.by_id("clm_1").unwrap(),
        some_records()[2..4],
        "one of each kind"
    );
    assert_eq!(view.by_id("clm_9").unwrap(), []);
    assert_eq!(view.by_document("page.html").unwrap(), some_records()[1..4]);
    let counts = [("claim", 2), ("document", 1), ("note", 1)].map(|(kind, n)| (kind.to_owned(), n));
    assert_eq!(view.kinds().unwrap(), counts);

    let found = |words: &str| view.search(words, 10).unwrap();
    assert_eq!(ids(&found("karsa")), ["clm_2", "clm_1"]);
    assert_eq!(ids(&found("KARSA shell*")), ["clm_2", "clm_1"]);
    assert_eq!(ids(&found("shells karsa")), ["clm_2"]);
    assert_eq!(ids(&found("zumrut")), ["clm_1"], "accents do not matter");
    assert_eq!(ids(&view.search("karsa", 1).unwrap()), ["clm_2"]);
    drop(view);
    assert_eq!(
        View::open(&path).unwrap().by_kind("document").unwrap(),
        some_records()[..1]
    );
}

fn many_records_are_named_in_one_question(fresh: Fresh<'_>) {
    let many = (0..2_500).map(|n| record("claim", &format!("many_{n}"), Some("Many words.")));
    let view = filled(&fresh(), many.chain(some_records()).collect());
    let backwards: Vec<i64> = (0..2_600).rev().collect();
    let found = view.at(&backwards).unwrap();
    assert_eq!(found.len(), 2_504, "what is not there is left out");
    assert_eq!(found[0].id, "clm_1", "in the order asked, the last place first");
    assert_eq!(found[2_503].id, "many_0");
    assert_eq!(view.at(&[]).unwrap(), []);

    let odd = "\"}, ('\\";
    let found = view.named(&["many_7", "none", odd, "clm_1", "many_3"]).unwrap();
    let told: Vec<(i64, &str, &str)> = found
        .iter()
        .map(|(ord, it)| (*ord, it.kind.as_str(), it.id.as_str()))
        .collect();
    // One of each kind, in the order of the replay.
    assert_eq!(
        told,
        [
            (7, "claim", "many_7"),
            (2_502, "claim", "clm_1"),
            (2_503, "note", "clm_1"),
            (3, "claim", "many_3"),
        ]
    );
}

fn no_question_is_read_as_a_command(fresh: Fresh<'_>) {
    let view = filled(&fresh(), some_records());
    for words in [
        "",
        " ",
        "\"",
        "\"\"\"",
        "*",
        "NOT",
        "AND OR NEAR(",
        "karsa)",
        "quote:karsa",
        "^karsa",
        "-karsa",
        "a\0b",
        "'; DROP TABLE record; --",
        "karsa + shells",
        "{quote} : karsa",
        "\u{202e}",
        "💥",
    ] {
        view.search(words, 10)
            .unwrap_or_else(|error| panic!("{words:?}: {error:?}"));
    }
    assert_eq!(view.by_kind("claim").unwrap().len(), 2);
}

fn replacing_is_all_or_nothing_and_empties_meta(fresh: Fresh<'_>) {
    let mut view = filled(&fresh(), some_records());
    view.set_meta("checkpoint_size", "42").unwrap();
    view.set_meta("checkpoint_size", "43").unwrap();
    assert_eq!(view.meta("checkpoint_size").unwrap().as_deref(), Some("43"));
    assert_eq!(view.meta("as_of").unwrap(), None);
    let digest = view.digest().unwrap();

    let mut other = record("claim", "clm_2", Some("Three shells fell."));
    let refused = view
        .replace_all([some_records(), vec![other.clone()]].concat())
        .unwrap_err();
    assert_eq!(
        refused.to_string(),
        "there are two different records of kind \"claim\" with id \"clm_2\""
    );
    assert_eq!(view.digest().unwrap(), digest);
    assert_eq!(view.meta("checkpoint_size").unwrap().as_deref(), Some("43"));

    let twice = [some_records(), some_records()].concat();
    assert_eq!(
        view.replace_all(twice).unwrap(),
        4,
        "an exact repeat is kept once"
    );
    assert_eq!(view.digest().unwrap(), digest);
    assert_eq!(view.meta("checkpoint_size").unwrap(), None);

    other.id = "clm_3".to_owned();
    assert_eq!(view.replace_all([other]).unwrap(), 1);
    assert_eq!(view.by_kind("document").unwrap(), []);
    assert_eq!(view.search("karsa", 10).unwrap(), []);
    assert_eq!(ids(&view.search("three", 10).unwrap()), ["clm_3"]);
}

/// A record with what it can be filtered by.
pub(crate) fn dated(
    id: &str,
    act: &str,
    days: (Option<&str>, Option<&str>),
    zone: &str,
    inside: &str,
) -> Record {
    Record {
        fields: json!({
            "act": act, "when": {"earliest": days.0, "latest": days.1},
            "place": {"region": {"lat": 35.0, "lon": 179.5}, "zones": [{"agreement": "a", "zone": zone, "inside": inside}]},
        }),
        ..record("incident", id, Some("Shells fell."))
    }
}

fn archived(mut record: Record) -> Record {
    record.fields["archived"] = json!(true);
    record
}

fn filters_keep_what_can_be_meant(fresh: Fresh<'_>) {
    let path = fresh();
    let finding = Record {
        fields: json!({"incident": "inc_1", "verdict": "violation", "agreement": "a", "term": "t"}),
        basis: vec!["inc_1".to_owned()],
        ..record("finding", "fin_1", None)
    };
    let view = filled(
        &path,
        vec![
            dated(
                "inc_1",
                "shelling",
                (Some("2031-05-03"), Some("2031-05-03")),
                "north",
                "yes",
            ),
            dated(
                "inc_2",
                "mortar",
                (Some("2031-05-01"), Some("2031-05-31")),
                "north",
                "undetermined",
            ),
            archived(dated("inc_3", "mortar", (None, None), "north", "no")),
            finding,
        ],
    );
    let kept = |filter: Filter| {
        let filter = Filter {
            kind: "incident".to_owned(),
            ..filter
        };
        view.ords(&filter).unwrap()
    };
    let facet = |name, value: &str| Filter {
        facets: vec![(name, vec![value.to_owned()])],
        ..Filter::default()
    };
    let days = |from: &str, to: &str| Filter {
        from: Some(from.into()),
        to: Some(to.into()),
        ..Filter::default()
    };
    assert_eq!(kept(Filter::default()), [0, 1, 2]);
    assert_eq!(
        kept(days("2031-05-03", "2031-05-03")),
        [0, 1, 2],
        "a day that is not known may be this one"
    );
    assert_eq!(kept(days("2031-05-04", "2031-05-09")), [1, 2]);
    assert_eq!(kept(days("2031-06-01", "2031-06-09")), [2]);
    assert_eq!(kept(facet("act", "mortar")), [1, 2]);
    assert_eq!(
        kept(facet("zone", "a/north")),
        [0, 1],
        "only what is told to lie outside is left out"
    );
    assert_eq!(kept(facet("verdict", "violation")), [0], "by its finding");
    assert_eq!(kept(facet("archived", "true")), [2]);
    let without = |filter: Filter| Filter {
        without: vec![
            ("archived", vec!["true".to_owned()]),
            ("act", vec!["none".to_owned()]),
        ],
        ..filter
    };
    assert_eq!(kept(without(Filter::default())), [0, 1]);
    assert_eq!(kept(without(facet("act", "mortar"))), [1]);
    assert_eq!(kept(facet("act", "' OR 1=1 --")), [] as [i64; 0]);
    assert_eq!(
        kept(Filter {
            bbox: Some([179.0, 30.0, -179.0, 40.0]),
            ..Filter::default()
        }),
        [0, 1, 2]
    );
    assert_eq!(
        kept(Filter {
            bbox: Some([-179.0, 30.0, 179.0, 40.0]),
            ..Filter::default()
        }),
        [] as [i64; 0]
    );
    assert_eq!(
        kept(Filter {
            text: Some("shells".into()),
            ..Filter::default()
        }),
        [0, 1, 2]
    );
    assert_eq!(
        kept(Filter {
            text: Some("\"".into()),
            ..Filter::default()
        }),
        [] as [i64; 0]
    );
}

fn a_place_is_found_by_every_province_that_it_may_lie_in(fresh: Fresh<'_>) {
    let placed = |id: &str, chosen: serde_json::Value| Record {
        fields: json!({"place": {"chosen": chosen, "candidates": [
            {"country": "XL", "province": "Odra"}, {"country": "XL", "province": "Karsa"}, {"country": "XM", "province": ""},
        ]}}),
        ..record("incident", id, None)
    };
    let odra = json!({"country": "XL", "province": "Odra"});
    let view = filled(
        &fresh(),
        vec![placed("inc_1", odra), placed("inc_2", serde_json::Value::Null)],
    );
    let kept = |province: &str| {
        let filter = Filter {
            kind: "incident".to_owned(),
            facets: vec![("province", vec![province.to_owned()])],
            ..Filter::default()
        };
        view.ords(&filter).unwrap()
    };
    assert_eq!(kept("XL/Odra"), [0, 1]);
    assert_eq!(kept("XL/Karsa"), [1], "what is chosen leaves the others out");
    assert_eq!(kept("XM/"), [] as [i64; 0]);
}

fn a_reader_sees_one_state_and_learns_what_changed(fresh: Fresh<'_>) {
    let path = fresh();
    let mut view = filled(&path, some_records());
    view.sign("head 1").unwrap();
    drop(view);
    let reader = Reader::open(&path).unwrap();
    let first = reader.state().unwrap().unwrap();
    assert_eq!(reader.changes_since(&first).unwrap(), Changes::Known(Vec::new()));
    let again = filled(&path, some_records());
    drop(again);
    let mut view = View::open(&path).unwrap();
    view.sign("head 1").unwrap();
    assert_eq!(view.state().unwrap().unwrap(), first, "nothing changed");
    let mut records = some_records();
    records[1].quote = Some("Three shells fell.".into());
    records.remove(2);
    view.replace_all(records).unwrap();
    view.sign("head 2").unwrap();
    drop(view);
    let Changes::Known(changes) = reader.changes_since(&first).unwrap() else {
        panic!("the state is known");
    };
    let told: Vec<_> = changes
        .iter()
        .map(|it| (it.id.as_str(), it.what.as_str()))
        .collect();
    assert_eq!(told, [("clm_1", "gone"), ("clm_2", "changed")]);
    assert_eq!(
        reader.revisions("claim", "clm_1").unwrap(),
        [],
        "what is gone is not kept"
    );
    let revisions = reader.revisions("claim", "clm_2").unwrap();
    assert_eq!(revisions.len(), 1);
    assert_eq!(revisions[0].before.as_ref(), Some(&some_records()[1]));
    assert_eq!(
        (revisions[0].checkpoint.as_str(), revisions[0].what.as_str()),
        ("head 2", "changed")
    );
    assert_eq!(revisions[0].checkpoint_before.as_deref(), Some("head 1"));
    let states: Vec<_> = reader
        .states()
        .unwrap()
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    assert_eq!(states, [reader.state().unwrap().unwrap(), first.clone()]);
    let newest = reader.newest_changes("claim", 5).unwrap();
    assert_eq!((newest.len(), newest[0].0.as_str()), (1, "clm_2"));
    assert_eq!(reader.changes_since("2-other").unwrap(), Changes::Unknown);
    let second = reader.state().unwrap().unwrap();
    assert_eq!(
        reader.changes_between(&first, &second).unwrap(),
        Changes::Known(changes)
    );
    assert_eq!(
        reader.changes_between(&first, &first).unwrap(),
        Changes::Known(Vec::new())
    );
    assert_eq!(
        reader.changes_between(&first, "2-other").unwrap(),
        Changes::Unknown
    );
}

fn any_text_comes_back_as_it_went_in(fresh: Fresh<'_>) {
    let (path, plain) = (fresh(), "[^\0\n]*");
    let texts = prop::collection::vec((plain, plain, prop::option::of(".*")), 0..8);
    let config = ProptestConfig {
        cases: 16,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let told = TestRunner::new(config).run(&texts, |texts| {
        let mut records: Vec<Record> = texts
            .iter()
            .map(|(kind, id, quote)| record(kind, id, quote.as_deref()))
            .collect();
        records.sort_by(|a, b| (&a.kind, &a.id).cmp(&(&b.kind, &b.id)));
        records.dedup_by(|a, b| (&a.kind, &a.id) == (&b.kind, &b.id));
        let view = filled(&path, records.clone());
        for record in &records {
            prop_assert!(view.by_id(&record.id).unwrap().contains(record));
            view.search(&record.id, 10).unwrap();
        }
        prop_assert_eq!(
            view.kinds().unwrap().iter().map(|(_, n)| n).sum::<u64>(),
            records.len() as u64
        );
        Ok(())
    });
    told.unwrap();
}

/// Not one byte differs between the drivers: the same digest stands here for both.
fn the_digest_is_that_of_the_records(fresh: Fresh<'_>) {
    let mut view = filled(&fresh(), many());
    let digest = view.digest().unwrap();
    assert_eq!(hex(&digest), DIGEST);
    let mut other = many();
    other[3].fields["act"] = json!("mortar");
    view.replace_all(other).unwrap();
    assert_ne!(view.digest().unwrap(), digest);
    view.replace_all(many()).unwrap();
    assert_eq!(view.digest().unwrap(), digest);
}

const DIGEST: &str = "f04ad5e58bd10fd7ed4f0cf5d6695e7438845ae5172d27157cecf6b329a6cdcc";

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Some hundred incidents at places of their own, with claims and findings.
fn many() -> Vec<Record> {
    let mut all = Vec::new();
    for n in 0..300_u32 {
        let day = format!("2031-05-{:02}", 1 + n % 30);
        let act = ["shelling", "mortar", "ied"][n as usize % 3];
        let status = ["reported", "contested"][n as usize % 2];
        let claim = record(
            "claim",
            &format!("clm_{n}"),
            Some(&format!("Shell {n} fell on Karsa.")),
        );
        let mut incident = dated(&format!("inc_{n}"), act, (Some(&day), Some(&day)), "north", "yes");
        let (lat, lon) = (f64::from(n % 17) * 5.0 - 40.0, f64::from(n % 36) * 10.0 - 180.0);
        incident.fields["place"]["region"] = json!({ "lat": lat, "lon": lon });
        incident.fields["status"] = json!({ "occurrence": status });
        incident.basis = vec![claim.id.clone()];
        if n % 10 == 0 {
            incident.fields["place"]["precision"] = json!("country");
        }
        if n % 4 == 0 {
            all.push(Record {
                fields: json!({"incident": incident.id, "verdict": "violation", "agreement": "a", "term": "t"}),
                basis: vec![incident.id.clone()],
                ..record("finding", &format!("fin_{n}"), None)
            });
        }
        all.extend([claim, incident]);
    }
    all
}

fn words_are_found_in_any_script(fresh: Fresh<'_>) {
    let quotes = [
        "Air-strikes hit Zümrüt at 5:30.",
        "قَصْفٌ على مدينة إدلب",
        "Обстрел посёлка Ёлки",
        "a\0b and back\\slash, tab\there 'quoted' & | ! <-> :*",
        "第二次袭击 발생했다",
    ];
    let records = quotes
        .iter()
        .enumerate()
        .map(|(n, quote)| record("claim", &format!("clm_{n}"), Some(quote)));
    let view = filled(&fresh(), records.collect());
    let found = |words: &str| {
        view.search(words, 10)
            .unwrap()
            .into_iter()
            .map(|it| it.id)
            .collect::<Vec<_>>()
    };
    for (words, expected) in [
        ("zumrut", "clm_0"),
        ("air-strikes", "clm_0"),
        ("AIR STRIKES 5", "clm_0"),
        ("قصف ادلب", "clm_1"),
        ("посе*", "clm_2"),
        ("елки", "clm_2"),
        ("slash tab here quoted", "clm_3"),
        ("第二次*", "clm_4"),
        ("발생", ""),
        ("strikes-air", ""),
        ("'", ""),
    ] {
        let expected: Vec<&str> = [expected].into_iter().filter(|id| !id.is_empty()).collect();
        assert_eq!(found(words), expected, "{words}");
    }
    assert_eq!(view.by_id("clm_3").unwrap()[0].quote.as_deref(), Some(quotes[3]));
}

fn squares_of_the_map_hold_what_is_kept(fresh: Fresh<'_>) {
    let view = filled(&fresh(), many());
    let all = Filter {
        kind: "incident".to_owned(),
        ..Filter::default()
    };
    let kept = view.keep(&all).unwrap();
    assert_eq!((kept.count(), kept.count_placed()), (300, 270));
    let world = [-180.0, -90.0, 180.0, 90.0];
    for level in [1, 3, 8, 20] {
        let grid = kept.grid(Window { bbox: world, level }, 2, "status");
        assert_eq!(grid.within, 270);
        assert_eq!(grid.extent, Some([-180.0, -40.0, 170.0, 40.0]));
        for square in &grid.squares {
            assert_eq!(square.by.values().sum::<usize>(), square.count);
            assert_eq!(
                square.ords.len(),
                if square.count <= 2 { square.count } else { 0 }
            );
            let ([west, south, east, north], (lat, lon)) = (square.bbox, square.middle);
            assert!(west <= lon + 1e-9 && lon <= east + 1e-9 && south <= lat + 1e-9 && lat <= north + 1e-9);
        }
    }
    // What a window holds is what the same rectangle as a filter keeps, also across the line of 180 degrees.
    for bbox in [
        [-10.0, -41.0, 55.5, 12.0],
        [165.0, -90.0, -165.0, 90.0],
        [3.0, 3.0, 3.5, 3.5],
    ] {
        let inside = Filter {
            bbox: Some(bbox),
            ..all.clone()
        };
        let count = view.keep(&inside).unwrap().count();
        assert_eq!(
            kept.grid(Window { bbox, level: 5 }, 0, "status").within,
            count,
            "{bbox:?}"
        );
        assert_eq!(
            count,
            many().iter().filter(|it| lies_in(it, bbox)).count(),
            "{bbox:?}"
        );
    }
    assert_eq!(
        kept.count_by("status"),
        counts(&[("contested", 150), ("reported", 150)])
    );
    assert_eq!(kept.count_by("verdict"), counts(&[("violation", 75)]));
    assert_eq!(
        kept.count_first("verdict", &["pending", "violation"]),
        (vec![0, 75], 225)
    );
    let days = kept.count_by_day();
    assert_eq!((days.len(), days["2031-05-01"]), (30, 10));
    let (mut pages, mut after) = (Vec::new(), -1);
    loop {
        let (page, more) = kept.page(after, 70);
        after = *page.last().unwrap();
        pages.extend(page);
        if !more {
            break;
        }
    }
    assert_eq!(pages, kept.ords().collect::<Vec<_>>());
}

fn lies_in(record: &Record, [west, south, east, north]: [f64; 4]) -> bool {
    let place = &record.fields["place"];
    let (Some(lat), Some(lon)) = (place["region"]["lat"].as_f64(), place["region"]["lon"].as_f64()) else {
        return false;
    };
    let inside = if west <= east {
        lon >= west && lon <= east
    } else {
        lon >= west || lon <= east
    };
    place["precision"] != "country" && inside && lat >= south && lat <= north
}

fn counts(of: &[(&str, usize)]) -> BTreeMap<String, usize> {
    of.iter()
        .map(|(value, count)| ((*value).to_owned(), *count))
        .collect()
}

fn a_second_writer_is_refused(fresh: Fresh<'_>) {
    let place = fresh();
    let view = filled(&place, some_records());
    let refused = View::open(&place).unwrap_err();
    assert!(matches!(refused, StoreError::InUse { .. }), "{refused:?}");
    drop(view);
    assert_eq!(View::open(&place).unwrap().kinds().unwrap().len(), 3);
}

fn a_newer_layout_is_refused_and_an_older_one_emptied(fresh: Fresh<'_>) {
    let place = fresh();
    drop(filled(&place, some_records()));
    crate::server::set_layout(&place, "view", SCHEMA_VERSION + 1, "");
    for refused in [View::open(&place).map(drop), Reader::open(&place).map(drop)] {
        let refused = refused.unwrap_err();
        assert!(matches!(refused, StoreError::TooNew { .. }), "{refused:?}");
    }
    crate::server::set_layout(&place, "view", SCHEMA_VERSION, "");
    assert_eq!(
        Reader::open(&place).unwrap().kinds().unwrap().len(),
        3,
        "the refusal changed nothing"
    );
    crate::server::set_layout(&place, "view", SCHEMA_VERSION - 1, "");
    let old = Reader::open(&place).unwrap_err();
    assert!(matches!(old, StoreError::OldLayout { .. }), "{old:?}");
    assert_eq!(View::open(&place).unwrap().kinds().unwrap(), []);
}

fn a_reader_goes_on_while_the_view_is_replaced(fresh: Fresh<'_>) {
    let place = fresh();
    let mut view = filled(&place, some_records());
    let reader = Reader::open(&place).unwrap();
    let told = reader.at_once(|reader| {
        let before = reader.by_kind("claim")?;
        view.replace_all([record("claim", "clm_9", Some("Something else."))])?;
        assert_eq!(reader.by_kind("claim")?, before, "one state throughout");
        assert_eq!(
            reader
                .ords(&Filter {
                    kind: "claim".to_owned(),
                    ..Filter::default()
                })?
                .len(),
            2
        );
        Ok::<_, StoreError>(())
    });
    told.unwrap();
    assert_eq!(ids(&reader.by_kind("claim").unwrap()), ["clm_9"]);
    assert_eq!(
        reader
            .ords(&Filter {
                kind: "claim".to_owned(),
                ..Filter::default()
            })
            .unwrap(),
        [0]
    );
}

/// Gives whether there is one: only a server with shapes has it.
fn a_map_program_finds_a_layer(server: &Server) -> bool {
    let place = server.database();
    drop(filled(&place, many()));
    let mut client = server.client(&place);
    let shapes = client
        .query_opt("SELECT 1 FROM pg_extension WHERE extname = 'postgis'", &[])
        .unwrap();
    if shapes.is_none() {
        return false;
    }
    let near = "SELECT count(*), min(status) FROM truceline.incident_layer
        WHERE ST_DWithin(place::geography, ST_MakePoint(0, 0)::geography, 700000)";
    let row = client.query_one(near, &[]).unwrap();
    let expected = many()
        .iter()
        .filter(|it| lies_in(it, [-1.0, -6.0, 1.0, 6.0]))
        .count();
    assert_eq!(row.get::<_, i64>(0), i64::try_from(expected).unwrap());
    assert!(expected > 0);
    true
}
