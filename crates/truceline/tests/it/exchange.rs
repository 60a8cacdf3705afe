//! Exports, the report's forms and tables of others, as a user meets them.

use crate::{told, truceline};
use serde_json::Value;
use std::fs;
use std::process::{Command, Stdio};

const HEAD: &str = "event_id_cnty,event_date,time_precision,event_type,sub_event_type,actor1,actor2,country,admin1,location,latitude,longitude,geo_precision,source,notes,fatalities\n";

fn row(id: usize, deaths: usize) -> String {
    format!(
        "SYR{id},2017-05-03,1,Explosions/Remote violence,Remote explosive/landmine/IED,Unidentified,Civilians,Syria,Aleppo,Azaz,36.58,37.04,1,Agency,Words {id}.,{deaths}\n"
    )
}

#[test]
fn a_table_is_previewed_kept_whole_and_its_versions_are_shown() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let workspace = at("w");
    fs::write(
        at("may.csv"),
        format!("{HEAD}{}{}bad row\n", row(1, 5), row(2, 0)),
    )
    .unwrap();
    fs::write(at("june.csv"), format!("{HEAD}{}{}", row(1, 6), row(2, 0))).unwrap();
    let preview = told(&["import", &at("may.csv"), "--preview", "--workspace", &workspace]);
    assert!(
        preview.contains("read as acled") && preview.contains("2 rows would be kept, 1 turned down"),
        "{preview}"
    );
    assert!(!folder.path().join("w").exists(), "a preview makes nothing");
    let kept = told(&["-q", "import", &at("may.csv"), "--workspace", &workspace]);
    assert!(
        kept.contains("2 new, 0 changed") && kept.contains("1 rows turned down"),
        "{kept}"
    );
    let rejected = fs::read_dir(folder.path().join("w/rejected"))
        .unwrap()
        .next()
        .unwrap()
        .unwrap();
    let rejected = fs::read_to_string(rejected.path()).unwrap();
    assert!(
        rejected.contains("\"4\",\"1 cells where the head row has 16\",\"bad row\""),
        "{rejected}"
    );
    // The same file again is nothing; a later one gives versions.
    let again = told(&["-q", "import", &at("may.csv"), "--workspace", &workspace]);
    assert!(again.contains("in the log already"), "{again}");
    let later = told(&["-q", "import", &at("june.csv"), "--workspace", &workspace]);
    assert!(later.contains("0 new, 1 changed, 1 as before"), "{later}");
    let history = told(&["foreign", "--history", "SYR1", "--workspace", &workspace]);
    assert!(
        history.contains("version 2 of 2") && history.contains("deaths_low: 5 -> 6"),
        "{history}"
    );
    let lines = told(&["foreign", "--json", "--workspace", &workspace]);
    let first: Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
    assert_eq!(
        (&first["kind"], &first["fields"]["version"]),
        (&"foreign".into(), &2.into())
    );
    assert_eq!(first["fields"]["act"], "explosion");
    let verified = told(&["log", "verify", "--workspace", &workspace]);
    assert!(
        verified.contains("tables: 2 opened and fit the log, 0 closed"),
        "{verified}"
    );
    // Rows of others and incidents are set side by side, and never mixed.
    fs::write(at("rows.jsonl"), lines).unwrap();
    fs::write(at("a.txt"), "Published: Thursday, May 4, 2017\n\nA bomb exploded in Azaz on Wednesday and killed five people, residents said.\n").unwrap();
    told(&["-q", "assess", &at("a.txt"), "--workspace", &workspace]);
    let ours = told(&["incidents", "--json", "--workspace", &workspace]);
    assert!(!ours.contains("SYR1"), "{ours}");
    fs::write(at("ours.jsonl"), ours).unwrap();
    let found = told(&["reconcile", &at("ours.jsonl"), &at("rows.jsonl")]);
    // They spell the town otherwise; the gazetteer knows that it is the same.
    assert!(found.contains("1 in both, 0 only in A, 1 only in B"), "{found}");
}

#[test]
fn a_table_whose_publisher_or_days_are_not_told_is_refused_with_the_next_step() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    fs::write(at("own.csv"), "Ref,When,Where\n1,2017-05-03,Azaz\n").unwrap();
    let refused = |arguments: &[&str]| {
        let output = truceline(arguments);
        assert!(!output.status.success());
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    let workspace = at("w");
    let told_of = refused(&["import", &at("own.csv"), "--workspace", &workspace]);
    assert!(
        told_of.contains("date=NAME") && told_of.contains("Ref, When, Where"),
        "{told_of}"
    );
    let columns = "id=Ref,date=When,place=Where";
    let told_of = refused(&[
        "import",
        &at("own.csv"),
        "--columns",
        columns,
        "--workspace",
        &workspace,
    ]);
    assert!(told_of.contains("--source NAME"), "{told_of}");
    let kept = told(&[
        "-q",
        "import",
        &at("own.csv"),
        "--columns",
        columns,
        "--source",
        "us",
        "--workspace",
        &workspace,
    ]);
    assert!(kept.contains("1 rows of us (csv) kept"), "{kept}");
}

#[test]
fn a_workbook_and_geojson_come_in_as_a_table_does() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let workspace = at("w");
    fs::write(at("a.txt"), "Published: Thursday, May 4, 2017\n\nA bomb exploded in Azaz on Wednesday and killed five people, residents said.\n").unwrap();
    told(&["-q", "assess", &at("a.txt"), "--workspace", &workspace]);
    // Our own exports are tables of others to somebody else.
    for (format, file) in [("xlsx", "out.xlsx"), ("geojson", "out.geojson")] {
        let (file, other) = (at(file), at(format));
        told(&[
            "export",
            "--format",
            format,
            "-o",
            &file,
            "--workspace",
            &workspace,
        ]);
        // Our GeoJSON has the dead as an interval, which is no number of a column.
        let kept = told(&[
            "-q",
            "import",
            &file,
            "--source",
            "them",
            "--columns",
            "deaths=",
            "--workspace",
            &other,
        ]);
        assert!(kept.contains("1 rows of them (csv) kept as entry"), "{kept}");
        let rows = told(&["foreign", "--json", "--workspace", &other]);
        let row: Value = serde_json::from_str(rows.lines().next().unwrap()).unwrap();
        assert_eq!(row["fields"]["when"]["earliest"], "2017-05-03", "{row}");
        assert!(
            row["fields"]["place"]["lat"]
                .as_f64()
                .is_some_and(|lat| (lat - 36.58).abs() < 0.1),
            "{row}"
        );
        let preview = told(&["import", &file, "--preview", "--workspace", &other]);
        let form = if format == "xlsx" {
            "a sheet of a workbook"
        } else {
            "GeoJSON"
        };
        assert!(preview.contains(form), "{preview}");
    }
}

#[test]
fn an_import_that_is_stopped_leaves_nothing_half_and_goes_on_when_asked_again() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let workspace = at("w");
    fs::write(at("small.csv"), format!("{HEAD}{}", row(1, 5))).unwrap();
    let rows: String = (0..150_000).map(|id| row(id, id % 9)).collect();
    fs::write(at("large.csv"), format!("{HEAD}{rows}")).unwrap();
    told(&["-q", "import", &at("small.csv"), "--workspace", &workspace]);
    let (small, large) = (at("small.csv"), at("large.csv"));
    let both = ["import", &small, &large, "--workspace", &workspace];
    let mut running = Command::new(env!("CARGO_BIN_EXE_truceline"))
        .args(both)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Its first word about the large file says that it is at work on it.
    let mut told_by = std::io::BufReader::new(running.stderr.take().unwrap());
    let mut line = String::new();
    while !line.contains("10 %") {
        line.clear();
        if std::io::BufRead::read_line(&mut told_by, &mut line).unwrap() == 0 {
            break;
        }
    }
    running.kill().unwrap();
    running.wait().unwrap();
    let verified = told(&["log", "verify", "--workspace", &workspace]);
    assert!(
        verified.contains("intact") && verified.contains("0 closed"),
        "{verified}"
    );
    let kept = told(&["-q", "import", &small, &large, "--workspace", &workspace]);
    assert!(kept.contains("small.csv: in the log already"), "{kept}");
    assert!(
        kept.contains("large.csv: 150000 rows") || kept.contains("large.csv: in the log already"),
        "{kept}"
    );
}

#[test]
fn the_report_has_its_forms_and_its_words_judge_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let workspace = at("w");
    told(&[
        "-q",
        "demo",
        "--workspace",
        &workspace,
        "--report",
        &at("demo.html"),
    ]);
    for (form, start) in [
        ("html", &b"<!DOCTYPE html>"[..]),
        ("markdown", b"**DEMO"),
        ("docx", b"PK\x03\x04"),
        ("csv", b"event_id,"),
    ] {
        let file = at(form);
        told(&["report", "--format", form, "-o", &file, "--workspace", &workspace]);
        assert!(fs::read(&file).unwrap().starts_with(start), "{form}");
    }
    let daily = at("daily.md");
    told(&[
        "report",
        "--format",
        "markdown",
        "--as-of",
        "2017-05-05",
        "--since",
        "2017-05-05",
        "-o",
        &daily,
        "--workspace",
        &workspace,
    ]);
    assert!(
        fs::read_to_string(&daily)
            .unwrap()
            .contains("Period: 2017-05-05 to 2017-05-05")
    );
    let lint = told(&["report", "--lint", "--workspace", &workspace]);
    assert!(lint.starts_with("0 judging words"), "{lint}");
    for format in reports::FORMATS {
        let file = at(format.ending);
        told(&[
            "-q",
            "export",
            "--format",
            format.word,
            "-o",
            &file,
            "--workspace",
            &workspace,
        ]);
        assert!(fs::metadata(&file).unwrap().len() > 100, "{}", format.word);
    }
}
