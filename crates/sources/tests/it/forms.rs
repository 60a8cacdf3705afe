//! Workbooks and GeoJSON: the same columns, the same rows turned down as in text.

use model::Foreign;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use sources::{Columns, Family, Opened, Plan, Rejected, Wanted};
use std::io::Write as _;

fn known() -> Columns {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/columns.tsv");
    Columns::parse("columns.tsv", &std::fs::read_to_string(path).expect("the table")).expect("a workbook")
}

#[track_caller]
fn check(bytes: &[u8], sheet: &str) -> (Plan, Vec<Foreign>, Vec<Rejected>) {
    let opened = Opened::new(bytes, sheet).expect("a table");
    let plan = Plan::of(&opened, &known(), &Wanted::default()).expect("a plan");
    let (mut kept, mut rejected) = (Vec::new(), Vec::new());
    for row in plan.rows(&opened) {
        match row {
            Ok(row) => kept.push(row),
            Err(row) => rejected.push(row),
        }
    }
    (plan, kept, rejected)
}

/// A workbook as offices send it: a sheet of words first, a title over the table, days as numbers, an empty row.
fn workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    book.add_worksheet()
        .set_name("Read me")
        .expect("a workbook")
        .write(0, 0, "About this file")
        .expect("a workbook");
    let sheet = book.add_worksheet().set_name("Data").expect("a workbook");
    let day = Format::new().set_num_format("dd/mm/yyyy");
    sheet.write(0, 0, "Incidents of May").expect("a workbook");
    for (column, name) in ["Ref", "Date", "Village", "Lat", "Lon", "Killed", "Notes"]
        .iter()
        .enumerate()
    {
        sheet
            .write(2, u16::try_from(column).expect("a workbook"), *name)
            .expect("a workbook");
    }
    for (line, id) in [(3_u32, 1), (4, 2), (6, 3)] {
        sheet.write(line, 0, id).expect("a workbook");
        let when =
            ExcelDateTime::from_ymd(2017, 5, u8::try_from(id).expect("a workbook")).expect("a workbook");
        sheet.write_with_format(line, 1, when, &day).expect("a workbook");
        sheet.write(line, 2, "Azaz").expect("a workbook");
        sheet.write(line, 3, 36.58).expect("a workbook");
        sheet.write(line, 4, 37.04).expect("a workbook");
        sheet.write(line, 5, 5).expect("a workbook");
    }
    sheet
        .write(3, 6, "Two lines,\nand \"words\"")
        .expect("a workbook");
    sheet.write(4, 7, "beside the table").expect("a workbook");
    sheet.write(6, 5, "many").expect("a workbook");
    book.save_to_buffer().expect("a workbook")
}

#[test]
fn a_workbook_is_read_by_the_sheet_that_holds_a_table() {
    let (plan, kept, rejected) = check(&workbook(), "");
    assert_eq!(
        (plan.family, plan.sheet.as_str(), kept.len()),
        (Family::Csv, "Data", 1)
    );
    assert_eq!(
        (kept[0].when.to_string().as_str(), kept[0].deaths.best),
        ("2017-05-01", Some(5))
    );
    assert_eq!(kept[0].key, "1", "a whole number has no point");
    assert_eq!(kept[0].notes, "Two lines, and \"words\"");
    assert_eq!(kept[0].at.map(|at| at.lat), Some(36.58));
    let why: Vec<(usize, &str)> = rejected.iter().map(|row| (row.line, row.why.as_str())).collect();
    let expected = [
        (5, "8 cells where the head row has 7"),
        (7, "deaths is no whole number: \"many\""),
    ];
    assert_eq!(why, expected, "lines are rows of the sheet");
    let named = Opened::new(&workbook(), "Dat").expect_err("no such sheet");
    assert!(named.next.contains("Read me, Data"), "{named:?}");
}

#[test]
fn features_are_rows_and_points_their_places() {
    let text = r#"{"features": [
        {"type": "Feature", "id": 7, "properties": {"date": "2017-05-03", "village": "عزاز", "killed": 5, "more": {"a": [1]}},
         "geometry": {"type": "Point", "coordinates": [37.04, 36.58]}},
        {"type": "Feature", "id": 8, "properties": {"date": "2017-05-04", "village": null},
         "geometry": {"type": "Polygon", "coordinates": [[[1, 2], [3, 4], [5, 6], [1, 2]]]}},
        {"type": "Feature", "id": 9, "properties": null, "geometry": null},
        "nothing"
    ], "name": "x", "type": "FeatureCollection"}"#;
    let (plan, kept, rejected) = check(text.as_bytes(), "");
    assert!(plan.because.contains("GeoJSON"), "{}", plan.because);
    assert_eq!((kept[0].key.as_str(), kept[0].place.as_str()), ("7", "عزاز"));
    assert_eq!(kept[0].at.map(|at| (at.lat, at.lon)), Some((36.58, 37.04)));
    assert_eq!(
        (kept[1].at, kept[1].place.as_str()),
        (None, ""),
        "the corner of an outline is no place"
    );
    let lines: Vec<usize> = rejected.iter().map(|row| row.line).collect();
    assert_eq!((kept.len(), lines), (2, vec![4, 5]), "{rejected:?}");
    assert!(rejected[1].why.contains("1 cells"), "{rejected:?}");
}

#[test]
fn what_only_looks_like_a_workbook_or_geojson_is_refused_with_a_next_step() {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive
        .start_file("a.txt", zip::write::SimpleFileOptions::default())
        .unwrap();
    archive.write_all(b"words").unwrap();
    let archive = archive.finish().unwrap().into_inner();
    let whole = workbook();
    let cases: [(&[u8], &str); 7] = [
        (&archive, "does not open"),
        (&whole[..whole.len() / 2], "does not open"),
        (b"PK\x03\x04rest", "does not open"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old form"),
        (b"{\"type\": \"Feature\"}", "no collection"),
        (
            b"{\"type\": \"FeatureCollection\", \"features\": [",
            "does not read",
        ),
        (
            b"{\"type\": \"FeatureCollection\", \"features\": 3}",
            "does not read",
        ),
    ];
    for (bytes, words) in cases {
        let refused = Opened::new(bytes, "").expect_err("no table");
        assert!(
            refused.what.contains(words) && !refused.next.is_empty(),
            "{refused:?}"
        );
    }
    let mut nested = b"{\"type\": \"FeatureCollection\", \"features\": [".to_vec();
    nested.extend(b"[".repeat(100_000));
    assert!(Opened::new(&nested, "").is_err(), "depth is bounded");
}

#[test]
fn a_small_workbook_that_unpacks_into_very_much_is_refused() {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let zeros = vec![b' '; 16 << 20];
    archive
        .start_file("xl/sharedStrings.xml", zip::write::SimpleFileOptions::default())
        .unwrap();
    for _ in 0..33 {
        archive.write_all(&zeros).unwrap();
    }
    let bytes = archive.finish().unwrap().into_inner();
    assert!(bytes.len() < 2 << 20);
    let refused = Opened::new(&bytes, "").expect_err("too much");
    assert!(refused.what.contains("once unpacked"), "{refused:?}");
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(300))]
    #[test]
    fn a_damaged_workbook_is_read_or_refused(at in 0_usize..8_000, with in proptest::collection::vec(proptest::prelude::any::<u8>(), 1..6)) {
        let mut bytes = workbook();
        let at = at % (bytes.len() - 8);
        bytes[at..at + with.len()].copy_from_slice(&with);
        if let Ok(opened) = Opened::new(&bytes, "") && let Ok(plan) = Plan::of(&opened, &known(), &Wanted::default()) {
            for row in plan.rows(&opened) {
                let span = match row { Ok(row) => row.span, Err(row) => row.span };
                proptest::prop_assert!(span.end <= opened.text().len());
            }
        }
    }
}
