//! The crate through its door, on a small invented world.

mod exchange;
mod formats;
mod page;
mod paper;
mod published;
mod world;

use model::Picture;
use reports::{Crosswalk, Form, Format, MapOutline, ReportOptions, Screen, TableKind, Told, export, render};

/// Every form, with the name under which a person can look at what the tests made.
const FORMS: [(Form, &str); 25] = [
    (Form::Html, "report.html"),
    (Form::Markdown, "report.md"),
    (Form::Docx, "report.docx"),
    (Form::Pdf, "report.pdf"),
    (Form::Export(&reports::JSON_LINES), "records.jsonl"),
    (Form::Export(&reports::CSV), "incidents.csv"),
    (Form::Export(&reports::HXL), "incidents.hxl.csv"),
    (Form::Export(&reports::GEOJSON), "incidents.geojson"),
    (Form::Export(&reports::XLSX), "incidents.xlsx"),
    (Form::Export(&reports::GEOPACKAGE), "incidents.gpkg"),
    (Form::Export(&reports::PARQUET), "incidents.parquet"),
    (Form::Export(&reports::KML), "incidents.kml"),
    (Form::Export(&reports::ACLED), "incidents.acled.csv"),
    (Form::Export(&reports::UCDP), "incidents.ucdp.csv"),
    (Form::Export(&reports::CAP), "incidents.cap.zip"),
    (Form::Export(&reports::PLOVER), "incidents.plover.json"),
    (
        Form::Table(TableKind::Incidents, Screen::Terminal(100)),
        "incidents.txt",
    ),
    (Form::Table(TableKind::Incidents, Screen::Pipe), "incidents.tsv"),
    (
        Form::Table(TableKind::Findings, Screen::Terminal(100)),
        "findings.txt",
    ),
    (Form::Table(TableKind::Claims, Screen::Pipe), "claims.tsv"),
    (Form::Table(TableKind::Complaints, Screen::Pipe), "complaints.tsv"),
    (
        Form::Table(TableKind::Contradictions, Screen::Pipe),
        "contradictions.tsv",
    ),
    (Form::Table(TableKind::Deadlines, Screen::Pipe), "deadlines.tsv"),
    (Form::Table(TableKind::Documents, Screen::Pipe), "documents.tsv"),
    (Form::Table(TableKind::Notes, Screen::Terminal(80)), "notes.txt"),
];

fn options() -> ReportOptions {
    let data = |name: &str| {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../../data")
            .join(name);
        std::fs::read_to_string(path).expect("a table of the data")
    };
    let crosswalk = Crosswalk::parse("acts.tsv", &data("acts.tsv")).expect("no faults");
    ReportOptions {
        title: "Daily report, fictional lakes".into(),
        footer: vec!["Log checkpoint: lakes.example/log, size 42".into()],
        crosswalk: crosswalk
            .with_codes("codes.tsv", &data("codes.tsv"))
            .expect("no faults"),
        ..ReportOptions::default()
    }
}

fn outline() -> MapOutline {
    MapOutline::parse("map/test.geojson", world::outline_text()).expect("a feature collection")
}

/// A picture in a form.
fn bytes(picture: &Picture, form: Form) -> Vec<u8> {
    render(picture, &outline(), &options(), form)
}

/// How many incidents of a picture a format has no row for.
fn left_out(picture: &Picture, format: &Format) -> usize {
    let told = Told::whole(picture);
    export(&told, &options().crosswalk, format, &mut std::io::sink()).expect("nothing refuses")
}

/// A picture in a form that is text.
#[track_caller]
fn check(picture: &Picture, form: Form) -> String {
    String::from_utf8(bytes(picture, form)).expect("the form is UTF-8")
}

#[test]
fn every_form_is_the_same_every_time_and_in_any_order_of_input() {
    let picture = world::picture();
    let turned = world::turned(picture.clone());
    assert_ne!(picture, turned);
    for (form, name) in FORMS {
        let text = bytes(&picture, form);
        assert!(
            text == bytes(&picture, form),
            "{name} differs between two renderings"
        );
        assert!(
            text == bytes(&turned, form),
            "{name} depends on the order of the input"
        );
        let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        std::fs::write(path, text).expect("the target folder can be written");
    }
}

#[test]
fn broken_pictures_are_reported_all_the_same() {
    let picture = world::broken(world::picture());
    for (form, name) in FORMS {
        assert!(!bytes(&picture, form).is_empty(), "{name} is empty");
    }
    assert!(reports::summary(&picture).to_string().contains("Pages:"));
}

#[test]
fn nothing_read_is_never_told_as_quiet() {
    let empty = Picture::default();
    for form in [Form::Html, Form::Markdown] {
        let text = check(&empty, form).to_lowercase();
        assert!(text.contains("no outlet was heard"), "{text}");
        let (_, after_zero) = text
            .split_once("0 incidents reported as news")
            .expect("the number is told");
        assert!(
            after_zero[..200].contains("no outlet was heard"),
            "zero stands without its coverage"
        );
        for word in ["calm", "quiet", "peaceful"] {
            assert!(!text.contains(word), "{word}");
        }
    }
    assert!(check(&empty, Form::Export(&reports::GEOJSON)).contains("No outlet was heard"));
}

#[test]
fn a_summary_tells_numbers_with_their_unit_and_whose_word_it_is() {
    let summary = reports::summary(&world::picture());
    let text = summary.to_string();
    for words in [
        "5\u{2013}7 persons killed in 1 incident, as reported, on the word of the Lake Observatory and the Ministry of Health; no number given for 3 incidents",
        "5 incidents reported as news, 1 recalled as background",
        "1 violation, 1 not assessable, 1 pending, 1 excluded, 1 no violation (incident under term)",
        "Deliveries: 1 done, 1 planned",
        "Returns:    0 done, 1 planned",
        "2 of 3 outlets heard in 7 pages; 1 page could not be read; 1 without a date; 1 day of the period that no page speaks of",
        "*** DEMONSTRATION ***",
    ] {
        assert!(text.contains(words), "{words:?} is not in\n{text}");
    }
}

#[test]
fn tolls_of_series_and_background_are_not_added() {
    let mut picture = world::picture();
    let toll = picture.incidents[0].tolls[0].clone();
    for incident in &mut picture.incidents {
        incident.tolls = vec![toll.clone()];
    }
    // Six incidents, of which one is a series and one is background.
    let summary = reports::summary(&picture);
    assert_eq!(summary.tolls[0].incidents.len(), 4);
    assert_eq!(summary.tolls[0].range, model::Count::between(20, 28));
}

#[test]
fn what_is_archived_is_told_apart_and_never_looks_like_quiet() {
    let mut picture = world::picture();
    let gone = picture.incidents[0].clone();
    let judged = picture
        .findings
        .iter()
        .filter(|it| it.incident == gone.id)
        .count();
    let decision = model::Decision::Archive {
        claims: gone.claims.clone(),
    };
    let ruling = model::Ruling {
        id: model::RulingId::of(&["archive"]),
        decision,
        by: "Amal".into(),
        made: "2031-05-06T10:00:00Z".into(),
        because: "outside our mandate".into(),
        words: std::collections::BTreeMap::new(),
    };
    let incident = &mut picture.incidents[0];
    incident.archived = true;
    incident.rulings.push(ruling.id.clone());
    let why = model::Because::new(
        "ruling",
        "a ruling of 2031-05-06 holds that it is archived: \"outside our mandate\"",
    );
    incident.because.push(why.entry(ruling.id.as_str()));
    picture.ruled.push(model::Ruled {
        ruling,
        standing: model::Standing::InForce,
        why: String::new(),
        incidents: vec![gone.id.clone()],
        claims: gone.claims.clone(),
    });
    let (plain, summary) = (reports::summary(&world::picture()), reports::summary(&picture));
    assert_eq!(summary.new.len() + 1, plain.new.len());
    assert_eq!(summary.archived, std::slice::from_ref(&gone.id));
    assert!(
        summary
            .to_string()
            .contains("; 1 archived by rulings and not counted"),
        "{summary}"
    );
    let found = |it: &reports::Summary| {
        it.findings
            .iter()
            .flat_map(|it| &it.verdicts)
            .map(|it| it.1)
            .sum::<usize>()
    };
    assert_eq!(found(&summary) + judged, found(&plain));
    for form in [Form::Html, Form::Markdown] {
        let report = check(&picture, form);
        assert!(report.contains("1 archived by rulings and not counted"));
        assert!(report.contains("Archived: 1 incident") && report.contains("outside our mandate"));
        assert!(report.contains("; 1 archived"), "the row of its zone says so");
    }
    // A picture of nothing else does not become a quiet one.
    let mut only = picture.clone();
    only.incidents.truncate(1);
    assert!(check(&only, Form::Markdown).contains("Archived: 1 incident"));
    // Exchange forms leave it out unless they are asked; the record is whole either way.
    let with = ReportOptions {
        archived: true,
        ..options()
    };
    let csv = |options: &ReportOptions| {
        let form = Form::Export(&reports::CSV);
        String::from_utf8(render(&picture, &outline(), options, form)).expect("UTF-8")
    };
    assert!(!csv(&options()).contains(gone.id.as_str()));
    let marked = csv(&with);
    let row = marked
        .lines()
        .find(|line| line.contains(gone.id.as_str()))
        .expect("its row");
    let at = marked
        .lines()
        .next()
        .expect("a head")
        .split(',')
        .position(|name| name == "archived");
    assert!(at.is_some() && row.contains(",true,"));
    let records: Vec<_> = reports::records(&picture)
        .filter(|it| it.kind == "incident")
        .collect();
    assert_eq!(records.len(), picture.incidents.len());
    assert_eq!(
        records.iter().filter(|it| it.fields["archived"] == true).count(),
        1
    );
}

#[test]
fn rows_in_a_pipe_have_a_cell_for_each_head_and_no_control_character() {
    for (form, name) in FORMS.into_iter().filter(|(_, name)| name.ends_with(".tsv")) {
        let text = check(&world::picture(), form);
        let cells: Vec<_> = text.lines().map(|line| line.split('\t').count()).collect();
        assert!(cells.len() > 1, "{name} has no rows");
        assert!(cells.iter().all(|count| *count == cells[0]), "{name}: {cells:?}");
        assert!(
            !text.contains(|c: char| c.is_control() && c != '\t' && c != '\n'),
            "{name}"
        );
        assert!(!text.contains('\u{202e}'), "{name}");
    }
}

#[test]
fn terminal_tables_keep_to_the_width() {
    let text = check(
        &world::picture(),
        Form::Table(TableKind::Incidents, Screen::Terminal(100)),
    );
    assert!(text.lines().all(|line| line.chars().count() <= 100), "{text}");
}
