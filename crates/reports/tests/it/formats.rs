//! Each form that other programs read, read back by a reader that is not ours.

use crate::{bytes, check, left_out, options, world};
use model::{Edtf, Metric, Picture, PlacePrecision, Status};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use quick_xml::events::Event;
use reports::{FORMATS, Form, Format, Told, export};
use rusqlite::Connection;
use std::collections::BTreeSet;
use std::io::{Cursor, Read};
use std::path::Path;
use std::process::Command;

fn rows(format: &'static Format, picture: &Picture) -> Vec<std::collections::BTreeMap<String, String>> {
    let text = check(picture, Form::Export(format));
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().map(|row| row.expect("a row")).collect()
}

/// Names of elements with their text, in order.
fn elements(xml: &[u8]) -> Vec<(String, String)> {
    let mut reader = quick_xml::Reader::from_reader(xml);
    reader.config_mut().check_end_names = true;
    let (mut found, mut open): (Vec<(String, String)>, Vec<usize>) = (Vec::new(), Vec::new());
    let mut buffer = Vec::new();
    loop {
        match reader.read_event_into(&mut buffer).expect("well-formed XML") {
            Event::Start(start) => {
                open.push(found.len());
                found.push((start.name().as_ref().to_owned(), String::new()));
            }
            Event::End(_) => {
                open.pop();
            }
            Event::Text(text) => {
                if let Some(at) = open.last() {
                    found[*at].1.push_str(&text);
                }
            }
            Event::GeneralRef(name) => {
                let mark = match &*name {
                    "amp" => "&",
                    "lt" => "<",
                    "gt" => ">",
                    "quot" => "\"",
                    other => panic!("an entity nobody declared: {other}"),
                };
                if let Some(at) = open.last() {
                    found[*at].1.push_str(mark);
                }
            }
            Event::Eof => return found,
            _ => {}
        }
        buffer.clear();
    }
}

#[test]
fn every_format_is_described_where_people_look() {
    for page in ["docs/formats.md", "docs/cli.md"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(page);
        let text = std::fs::read_to_string(path).expect("the page");
        for format in FORMATS {
            let told = text.contains(&format!("`{}`", format.word))
                || text.contains(&format!("`--format {}`", format.word));
            assert!(told, "{page} does not tell of {}", format.word);
        }
    }
    let mut words: Vec<_> = FORMATS.iter().map(|format| format.word).collect();
    words.dedup();
    assert_eq!(words.len(), 12);
    assert!(
        FORMATS
            .iter()
            .all(|format| Format::read(format.word) == Some(format))
    );
}

#[test]
fn a_workbook_has_typed_cells_and_no_formula() {
    use calamine::{Data, Reader};
    let mut picture = world::picture();
    picture.incidents[0].weapon = "=cmd|'/c calc'!A1".into();
    let file = bytes(&picture, Form::Export(&reports::XLSX));
    let mut book: calamine::Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(file)).expect("a workbook");
    assert_eq!(book.sheet_names(), ["Incidents", "About"]);
    let formulas = book.worksheet_formula("Incidents").expect("the sheet");
    assert!(formulas.used_cells().all(|(_, _, formula)| formula.is_empty()));
    let sheet = book.worksheet_range("Incidents").expect("the sheet");
    assert_eq!(sheet.height(), 7);
    let head: Vec<String> = sheet
        .rows()
        .next()
        .expect("a head row")
        .iter()
        .map(ToString::to_string)
        .collect();
    let at = |name: &str| head.iter().position(|known| known == name).expect("a column");
    // The third is the bomb in Karsa.
    let row: Vec<&Data> = sheet.rows().nth(3).expect("a row").iter().collect();
    assert_eq!(row[at("fatalities")], &Data::Float(5.0));
    assert!(
        matches!(row[at("event_date")], Data::DateTime(_)),
        "{:?}",
        row[at("event_date")]
    );
    assert_eq!(row[at("background")], &Data::Bool(false));
    let weapons: Vec<String> = sheet.rows().map(|row| row[at("weapon")].to_string()).collect();
    assert!(weapons.iter().any(|it| it.starts_with("'=cmd")), "{weapons:?}");
    let about = book.worksheet_range("About").expect("the sheet");
    let told: Vec<String> = about.rows().map(|row| row[0].to_string()).collect();
    assert!(told.iter().any(|line| line == "DEMONSTRATION"), "{told:?}");
}

/// A database opened from its bytes.
fn base(file: Vec<u8>) -> Connection {
    let mut base = Connection::open_in_memory().expect("memory");
    base.deserialize_read_exact(rusqlite::MAIN_DB, Cursor::new(&file), file.len(), true)
        .expect("a database");
    base
}

#[test]
fn a_geopackage_keeps_areas_as_areas_and_opens_with_style_and_time() {
    let base = base(bytes(&world::picture(), Form::Export(&reports::GEOPACKAGE)));
    let number = |sql: &str| -> i64 { base.query_row(sql, [], |row| row.get(0)).expect(sql) };
    assert_eq!(number("PRAGMA application_id"), 0x4750_4B47);
    assert_eq!(
        number("SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'"),
        0
    );
    assert_eq!(number("SELECT count(*) FROM pragma_foreign_key_check"), 0);
    assert_eq!(number("SELECT count(*) FROM incidents"), 6);
    let points = "SELECT count(*) FROM incidents WHERE geom IS NOT NULL";
    let close = "SELECT count(*) FROM incidents WHERE geom IS NOT NULL AND place_precision NOT IN ('exact', 'town', 'near')";
    assert!(number(points) > 0);
    assert_eq!(number(close), 0, "a bare point for an area");
    assert_eq!(
        number("SELECT count(*) FROM regions WHERE place_precision = 'province'"),
        1
    );
    assert_eq!(number("SELECT count(*) FROM zones"), 2);
    for layer in ["incidents", "regions", "zones"] {
        let style: String = base
            .query_row(
                "SELECT styleQML FROM layer_styles WHERE f_table_name = ? AND useAsDefault",
                [layer],
                |row| row.get(0),
            )
            .expect("a style");
        elements(style.as_bytes());
        assert!(style.contains("startField=\"first_moment\""));
        let head: Vec<u8> = base
            .query_row(
                &format!("SELECT geom FROM {layer} WHERE geom IS NOT NULL"),
                [],
                |row| row.get(0),
            )
            .expect("a geometry");
        // Magic, version, little-endian, system 4326, then well-known binary, little-endian.
        assert_eq!(head[..9], [b'G', b'P', 0, 1, 0xe6, 0x10, 0, 0, 1]);
        // Every row that draws something is found by its place, and nothing else is.
        let drawn = format!("SELECT count(*) FROM {layer} WHERE geom IS NOT NULL");
        let found = format!(
            "SELECT count(*) FROM rtree_{layer}_geom JOIN {layer} ON fid = id, gpkg_contents
             WHERE geom IS NOT NULL AND table_name = '{layer}'
             AND minx <= max_x AND maxx >= min_x AND miny <= max_y AND maxy >= min_y"
        );
        assert_eq!(number(&found), number(&drawn), "{layer}");
        let elsewhere = format!("SELECT count(*) FROM rtree_{layer}_geom WHERE minx > 170 OR maxy < -60");
        assert_eq!(number(&elsewhere), 0, "{layer}");
    }
    assert_eq!(
        number("SELECT count(*) FROM gpkg_extensions WHERE extension_name = 'gpkg_rtree_index'"),
        3
    );
    let moment: String = base
        .query_row(
            "SELECT first_moment FROM incidents WHERE fatalities = 5",
            [],
            |row| row.get(0),
        )
        .expect("a moment");
    assert!(moment.ends_with("T00:00:00.000Z"), "{moment}");
}

#[test]
fn parquet_has_types_gaps_and_geometry() {
    let file = bytes(&world::picture(), Form::Export(&reports::PARQUET));
    let reader = SerializedFileReader::new(bytes::Bytes::from(file)).expect("a file of columns");
    let facts = reader.metadata().file_metadata();
    assert_eq!(facts.num_rows(), 6);
    let keys: Vec<_> = facts
        .key_value_metadata()
        .expect("facts")
        .iter()
        .map(|it| it.key.as_str())
        .collect();
    assert!(keys.contains(&"geo"), "{keys:?}");
    let rows: Vec<_> = reader
        .get_row_iter(None)
        .expect("rows")
        .map(|row| row.expect("a row"))
        .collect();
    let field = |row: usize, name: &str| {
        let mut columns = rows[row].get_column_iter();
        columns
            .find(|(known, _)| *known == name)
            .expect("a column")
            .1
            .clone()
    };
    assert_eq!(field(2, "fatalities"), Field::Long(5));
    assert!(matches!(field(2, "event_date"), Field::Date(_)));
    assert_eq!(field(5, "latitude"), Field::Null);
    assert_eq!(field(5, "geometry"), Field::Null);
    // A point is 21 bytes; a disc is a polygon.
    let kind = |row| match field(row, "geometry") {
        Field::Bytes(bytes) => bytes.data()[1],
        other => panic!("{other:?}"),
    };
    assert_eq!((kind(2), kind(1)), (1, 3));
}

#[test]
fn kml_is_well_formed_with_a_disc_about_each_point() {
    let mut picture = world::picture();
    picture.incidents[0].weapon = "</value></Data><b>&\u{c}".into();
    let found = elements(&bytes(&picture, Form::Export(&reports::KML)));
    let count = |name: &str| found.iter().filter(|(known, _)| known == name).count();
    assert_eq!(count("Placemark"), 6 + 2);
    assert!(count("Point") > 0 && count("Polygon") > count("Point"));
    assert!(count("TimeSpan") >= 6);
    assert_eq!(count("b"), 0);
    assert!(found.iter().any(|(_, text)| text.contains("</value></Data><b>&")));
}

#[test]
fn acled_rows_have_its_columns_and_what_needs_its_coders_is_empty() {
    let rows = rows(&reports::ACLED, &world::picture());
    assert_eq!(rows.len(), 6);
    let bomb = rows
        .iter()
        .find(|row| row["fatalities"] == "5")
        .expect("the bomb");
    assert_eq!(bomb["disorder_type"], "Political violence");
    assert_eq!(bomb["sub_event_type"], "Remote explosive/landmine/IED");
    assert_eq!((&*bomb["time_precision"], &*bomb["geo_precision"]), ("1", "1"));
    for empty in [
        "inter1",
        "inter2",
        "interaction",
        "civilian_targeting",
        "source_scale",
        "timestamp",
    ] {
        assert!(rows.iter().all(|row| row[empty].is_empty()), "{empty}");
    }
    assert!(bomb["notes"].contains("independent of the parties"));
}

#[test]
fn ucdp_rows_are_deadly_placed_and_bounded() {
    let mut picture = world::picture();
    let rows = rows(&reports::UCDP, &picture);
    assert_eq!(rows.len(), 1, "only the bomb has deaths");
    let (low, best, high) = (&rows[0]["low"], &rows[0]["best"], &rows[0]["high"]);
    assert_eq!((&**low, &**high), ("5", "7"));
    assert_eq!(rows[0]["deaths_unknown"], *best);
    assert_eq!((&*rows[0]["where_prec"], &*rows[0]["date_prec"]), ("1", "1"));
    assert!(rows[0]["side_a"].is_empty() && rows[0]["type_of_violence"].is_empty());
    assert_eq!(left_out(&picture, &reports::UCDP), 5);
    let bomb = picture
        .incidents
        .iter_mut()
        .find(|it| it.toll(Metric::Killed).is_some())
        .expect("the bomb");
    bomb.status.occurrence = Status::Refuted;
    assert!(self::rows(&reports::UCDP, &picture).is_empty(), "shown false");
    let bomb = picture
        .incidents
        .iter_mut()
        .find(|it| it.toll(Metric::Killed).is_some())
        .expect("it");
    bomb.status.occurrence = Status::Reported;
    bomb.when = Edtf::unknown();
    assert!(self::rows(&reports::UCDP, &picture).is_empty(), "no day");
}

/// The files of an archive.
fn unpacked(file: Vec<u8>) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(Cursor::new(file)).expect("an archive");
    let mut files = Vec::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).expect("a file");
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).expect("its bytes");
        let name = file.name().expect("a name").into_owned();
        files.push((name, bytes));
    }
    files
}

#[test]
fn alerts_are_exercises_or_drafts_and_only_a_ruling_is_an_observation() {
    let mut picture = world::picture();
    let statuses = [
        Status::Reported,
        Status::Corroborated,
        Status::Verified,
        Status::Contested,
        Status::Refuted,
        Status::Undetermined,
    ];
    for (incident, status) in picture.incidents.iter_mut().zip(statuses) {
        incident.status.occurrence = status;
    }
    let certainty = |status: Status| match status {
        Status::Verified => "Observed",
        Status::Corroborated => "Likely",
        Status::Reported => "Possible",
        Status::Refuted => "Unlikely",
        Status::Contested | Status::Undetermined => "Unknown",
    };
    for mark in ["DEMONSTRATION", ""] {
        picture.watermark = mark.into();
        let files = unpacked(bytes(&picture, Form::Export(&reports::CAP)));
        assert_eq!(files.len(), 6);
        for (name, xml) in files {
            let found = elements(&xml);
            let id = name.strip_suffix(".xml").expect("an alert").to_owned();
            let incident = picture
                .incidents
                .iter()
                .find(|it| it.id.as_str() == id)
                .expect("the incident");
            let one = |name: &str| {
                let all: Vec<_> = found.iter().filter(|(known, _)| known == name).collect();
                assert_eq!(all.len(), 1, "{name} in {found:?}");
                all[0].1.clone()
            };
            // The parts that the standard requires, in its order.
            let order: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
            let head = [
                "alert",
                "identifier",
                "sender",
                "sent",
                "status",
                "msgType",
                "scope",
                "restriction",
            ];
            assert_eq!(order[..8], head);
            assert_eq!(one("status"), if mark.is_empty() { "Draft" } else { "Exercise" });
            assert_eq!(one("certainty"), certainty(incident.status.occurrence));
            assert!(!one("identifier").contains([' ', ',', '<', '&']));
            assert!(one("sent").ends_with("-00:00"));
            assert!(["Security", "Safety", "Other"].contains(&&*one("category")));
            assert!(["Past", "Unknown"].contains(&&*one("urgency")));
            assert!(!one("areaDesc").is_empty());
            let placed = incident
                .location
                .as_ref()
                .is_some_and(|it| it.precision < PlacePrecision::Country);
            assert_eq!(order.contains(&"circle"), placed, "{id}");
        }
    }
}

#[test]
fn plover_events_have_words_and_an_actor_even_if_unidentified() {
    let text = check(&world::picture(), Form::Export(&reports::PLOVER));
    let all: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(all["version"], "2.0 draft");
    let events = all["events"].as_array().expect("events");
    assert_eq!(events.len(), 6);
    for event in events {
        assert!(
            event["actor"].as_array().is_some_and(|actors| !actors.is_empty()),
            "{event}"
        );
        assert!(
            event["text_info"]
                .as_array()
                .is_some_and(|texts| !texts.is_empty()),
            "{event}"
        );
        assert!(
            event["event"]
                .as_str()
                .is_some_and(|word| word == "ASSAULT" || word == "COERCE"),
            "{event}"
        );
    }
    assert!(events.iter().any(|event| event["size"]["dead"] == 5));
    assert!(events.iter().any(|event| event["context"][0] == "historical"));
}

#[test]
fn in_a_document_every_figure_leads_to_an_incident_that_is_there() {
    let mut picture = world::picture();
    picture.incidents[0].weapon = "<w:br/>&".into();
    let files = unpacked(bytes(&picture, Form::Docx));
    for (name, xml) in files
        .iter()
        .filter(|(name, _)| name.ends_with(".xml") || name.ends_with(".rels"))
    {
        assert!(!elements(xml).is_empty(), "{name}");
    }
    let (_, body) = files
        .iter()
        .find(|(name, _)| name == "word/document.xml")
        .expect("the document");
    let text = String::from_utf8_lossy(body);
    let values = |mark: &str| -> BTreeSet<String> {
        text.split(mark)
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .map(str::to_owned)
            .collect()
    };
    let (links, marks) = (values("w:anchor=\""), values("w:name=\""));
    assert!(links.len() >= 6, "{links:?}");
    assert!(links.is_subset(&marks), "{:?}", links.difference(&marks));
    let ids = picture.incidents.iter().map(|it| it.id.as_str());
    assert!(ids.into_iter().all(|id| marks.contains(id)));
    assert!(!text.contains("<w:br/>"));
}

/// `cargo xtask ci` puts libhxl there when it can be fetched.
fn hxl_python() -> std::path::PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("../hxl/bin/python")
}

#[test]
fn libhxl_reads_our_tags() {
    let python = hxl_python();
    if !python.exists() {
        println!("skipped: libhxl is not installed; `cargo xtask ci test` fetches it");
        return;
    }
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("checked.hxl.csv");
    std::fs::write(&path, check(&world::picture(), Form::Export(&reports::HXL))).expect("a file");
    let code = "import hxl, sys\n\
        data = hxl.data(hxl.make_input(sys.argv[1], hxl.InputOptions(allow_local=True)))\n\
        print(len(list(data)), sum(1 for c in data.columns if c.tag), data.validate())";
    let out = Command::new(python)
        .args(["-c", code])
        .arg(&path)
        .output()
        .expect("python");
    let told = String::from_utf8_lossy(&out.stdout).into_owned();
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let words: Vec<&str> = told.split_whitespace().collect();
    assert_eq!((words[0], words[2]), ("6", "True"), "{told}");
    assert!(words[1].parse::<usize>().is_ok_and(|tags| tags > 30), "{told}");
}

#[test]
fn a_part_of_a_picture_is_the_file_of_a_picture_with_that_part_only() {
    let whole = world::picture();
    let ids: BTreeSet<String> = whole
        .incidents
        .iter()
        .skip(1)
        .map(|it| it.id.to_string())
        .collect();
    let findings: BTreeSet<String> = whole
        .findings
        .iter()
        .skip(1)
        .map(|it| it.id.to_string())
        .collect();
    let told = Told {
        picture: &whole,
        incidents: Some(&ids),
        findings: Some(&findings),
        agreements: &[],
        archived: true,
    };
    let mut part = whole.clone();
    part.incidents.retain(|it| ids.contains(it.id.as_str()));
    part.findings
        .retain(|it| findings.contains(it.id.as_str()) && ids.contains(it.incident.as_str()));
    part.agreements.clear();
    assert!(part.incidents.len() < whole.incidents.len() && part.findings.len() < whole.findings.len());
    for format in FORMATS.into_iter().filter(|it| !it.tells_gaps) {
        let mut written = Vec::new();
        export(&told, &options().crosswalk, format, &mut written).expect("memory");
        assert_eq!(written, bytes(&part, Form::Export(format)), "{}", format.word);
    }
}

/// Takes so many bytes, then no more.
struct Full(usize);

impl std::io::Write for Full {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if self.0 == 0 {
            return Err(std::io::ErrorKind::StorageFull.into());
        }
        let taken = bytes.len().min(self.0);
        self.0 -= taken;
        Ok(taken)
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_full_disk_is_told_whatever_the_format() {
    let picture = world::picture();
    for format in FORMATS {
        let whole = bytes(&picture, Form::Export(format)).len();
        for room in [0, 100, whole - 1] {
            let told = Told::whole(&picture);
            let written = export(&told, &options().crosswalk, format, &mut Full(room));
            assert!(written.is_err(), "{} in {room} of {whole} bytes", format.word);
        }
        let told = Told::whole(&picture);
        export(&told, &options().crosswalk, format, &mut Full(whole)).expect("room for all of it");
    }
}
