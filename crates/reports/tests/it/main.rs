//! The crate through its door, on a small invented world.

mod world;

use model::Picture;
use reports::{Form, MapOutline, ReportOptions, render};

fn options() -> ReportOptions {
    ReportOptions {
        title: "Daily report, fictional lakes".into(),
        footer: vec!["Log checkpoint: lakes.example/log, size 42".into()],
    }
}

fn outline() -> MapOutline {
    MapOutline::parse("map/test.geojson", world::outline_text()).expect("a feature collection")
}

/// Renders, twice, and leaves the bytes where a person can look at them.
#[track_caller]
fn rendered(picture: &Picture, form: Form, name: &str) -> String {
    let bytes = render(picture, &outline(), &options(), form);
    assert_eq!(
        bytes,
        render(picture, &outline(), &options(), form),
        "two renderings differ"
    );
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(path, &bytes).expect("the target folder can be written");
    String::from_utf8(bytes).expect("UTF-8")
}

#[test]
fn the_report_is_written() {
    let html = rendered(&world::picture(), Form::Html, "report.html");
    assert!(html.contains("Karsa"));
    println!("{}", reports::summary(&world::picture()));
}
