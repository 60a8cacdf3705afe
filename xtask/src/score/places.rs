//! Scores `places` on labelled data: where Airwars put its Syrian incidents, where the toponyms of two sets of
//! world news lie, what part a name plays in sentences of our own, and zones on a made-up map.

mod roles;
mod zones;

use super::{ScoreRow, bootstrap, read_gz};
use anyhow::Context as _;
use geo::Point;
use geo::line_measures::{Distance, Geodesic};
use model::{
    Act, ActClass, ActId, Because, Candidate, Claim, ClaimId, DocumentId, Edtf, LatLon, Location, Modality,
    PassageId, PlaceMention, PlacePrecision, PlaceRelation, PlaceRole, Polarity, Span, TimeAnchor, When,
};
use places::{Context, Gazetteer};
use serde::Deserialize;
use std::fs;
use std::path::Path;

/// One place to find: what was chosen, and where it truly is.
struct Case {
    found: Option<Location>,
    /// The trivial method: the first place that lists the whole text as a name.
    trivial: Option<Candidate>,
    truth: Option<LatLon>,
    province: String,
    /// Whether any candidate of the name lies where it truly is: what the gazetteer lacks no choice can mend.
    held: bool,
}

/// Runs every set under `shared`; a set that is absent is left out.
pub(crate) fn run(shared: &Path) -> anyhow::Result<Vec<ScoreRow>> {
    let gazetteer = gazetteer(&crate::root().join("data/gazetteer"))?;
    let mut rows = zones::run()?;
    rows.extend(roles::run(&crate::root())?);
    let airwars = shared.join("gold/airwars-syria/incidents.jsonl.gz");
    if airwars.exists() {
        rows.extend(airwars_rows(&airwars, &gazetteer)?);
    }
    for (set, file) in [("LGL", "lgl.xml.tar.gz"), ("GeoVirus", "GeoVirus.xml.tar.gz")] {
        let path = shared.join("gold/geoparsing").join(file);
        if path.exists() {
            rows.extend(toponym_rows(set, &path, &gazetteer)?);
        }
    }
    Ok(rows)
}

/// The gazetteer of the data folder.
fn gazetteer(folder: &Path) -> anyhow::Result<Gazetteer> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("could not list {folder:?}"))? {
        let path = entry?.path();
        if path.extension().is_some_and(|end| end == "tsv") {
            files.push((
                path.file_name()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .into_owned(),
                fs::read_to_string(&path)?,
            ));
        }
    }
    let (gazetteer, faults) = Gazetteer::parse(&files);
    let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
    anyhow::ensure!(
        faults.is_empty(),
        "the gazetteer has faults:\n{}",
        faults.join("\n")
    );
    Ok(gazetteer)
}

fn mention(name: &str, kind: &str, start: usize, role: PlaceRole) -> PlaceMention {
    PlaceMention {
        name: name.to_owned(),
        kind: kind.to_owned(),
        span: Span::new(start, start + name.len()),
        role,
        relation: PlaceRelation::At,
        because: Vec::new(),
    }
}

/// A claim with nothing but places.
fn claim(places: Vec<PlaceMention>) -> Claim {
    let when = When {
        edtf: Edtf::unknown(),
        words: String::new(),
        span: None,
        anchor: TimeAnchor::None,
        because: Because::new("score", "not told"),
    };
    Claim {
        id: ClaimId::of(&["score"]),
        document: DocumentId::of(&["score"]),
        passage: PassageId::of(&["score"]),
        span: Span::new(0, 0),
        quote: String::new(),
        part: String::new(),
        sources: Vec::new(),
        modality: Modality::Asserted,
        polarity: Polarity::Affirmed,
        hedges: Vec::new(),
        act: Act {
            id: ActId::from("attack"),
            class: ActClass::Force,
        },
        trigger: Span::new(0, 0),
        initiators: Vec::new(),
        targets: Vec::new(),
        weapon: String::new(),
        when,
        places,
        figures: Vec::new(),
        references: Vec::new(),
        utterance: None,
        background: false,
        series: false,
        because: Vec::new(),
    }
}

#[derive(Deserialize)]
struct AirwarsRow {
    loc_en: Option<String>,
    loc_ar: Option<String>,
    region: Option<String>,
    lat: Option<f64>,
    lon: Option<f64>,
}

fn airwars_rows(path: &Path, gazetteer: &Gazetteer) -> anyhow::Result<Vec<ScoreRow>> {
    let text = read_gz(path)?;
    let incidents: Vec<AirwarsRow> = text
        .lines()
        .map(serde_json::from_str)
        .collect::<Result<_, _>>()
        .context("an incident cannot be read")?;
    let mut rows = Vec::new();
    for (set, arabic) in [("airwars-syria English", false), ("airwars-syria Arabic", true)] {
        let cases: Vec<Case> = incidents
            .iter()
            .filter_map(|row| {
                let name = if arabic {
                    row.loc_ar.as_deref()
                } else {
                    row.loc_en.as_deref()
                }?;
                let truth = row.lat.zip(row.lon).map(|(lat, lon)| LatLon { lat, lon });
                let names = name
                    .split([',', '(', ')', '،', '/'])
                    .map(|part| kind_apart(part.trim()).0);
                Some(Case {
                    held: names
                        .into_iter()
                        .any(|name| held(&name, truth, 10_000.0, gazetteer)),
                    found: written_place(name, gazetteer),
                    trivial: gazetteer
                        .find(name)
                        .into_iter()
                        .find(|place| place.country == "SY" && place.because.rule == "name-as-listed"),
                    truth,
                    province: row.region.clone().unwrap_or_default(),
                })
            })
            .collect();
        rows.extend(airwars_table(set, &cases, gazetteer));
    }
    Ok(rows)
}

/// Reads a place as coders write it ("Ihsem, Jabal al Zawia", "Salheen (Aleppo)", "Hadaj village") the way
/// `claims` reads prose: names in order, kinds of places beside them.
fn written_place(text: &str, gazetteer: &Gazetteer) -> Option<Location> {
    let mut mentions = Vec::new();
    let mut start = 0;
    for part in text.split([',', '(', ')', '،', '/']) {
        let part_start = start;
        start += part.len() + 1;
        let (name, kind) = kind_apart(part.trim());
        if !name.is_empty() {
            mentions.push(mention(&name, &kind, part_start, PlaceRole::Event));
        }
    }
    let page = Context::new(&mentions, &["SY".to_owned()], gazetteer);
    let located = places::locate(claim(mentions), &page, gazetteer, &[]);
    located.event_location().cloned()
}

/// Words of kind before or after a name; the words are those of `data/gazetteer/kinds.tsv`.
fn kind_apart(part: &str) -> (String, String) {
    const KINDS: [&str; 22] = [
        "village",
        "town",
        "city",
        "district",
        "subdistrict",
        "countryside",
        "province",
        "governorate",
        "neighbourhood",
        "neighborhood",
        "camp",
        "airport",
        "airbase",
        "road",
        "bridge",
        "dam",
        "قرية",
        "مدينة",
        "بلدة",
        "حي",
        "ريف",
        "ناحية",
    ];
    let mut words: Vec<&str> = part
        .split_whitespace()
        .filter(|word| !["the", "of", "in", "near"].contains(word))
        .collect();
    let mut kind = "";
    let is_kind = |word: &str| KINDS.iter().any(|known| known.eq_ignore_ascii_case(word));
    if words.len() > 1 && words.last().is_some_and(|word| is_kind(word)) {
        kind = words.pop().unwrap_or_default();
    } else if words.len() > 1 && words.first().is_some_and(|word| is_kind(word)) {
        kind = words.remove(0);
    }
    (words.join(" "), kind.to_lowercase())
}

fn airwars_table(set: &str, cases: &[Case], gazetteer: &Gazetteer) -> Vec<ScoreRow> {
    const TRIVIAL: &str = "whole text as a listed name";
    let row = |metric: &str, hits: Vec<bool>, baseline: Option<f64>| {
        score_row(
            set,
            metric,
            &hits,
            baseline.map(|value| (value, TRIVIAL)),
            "human coders",
        )
    };
    let chosen = |case: &Case| case.found.as_ref().and_then(|found| found.chosen.clone());
    let right = |case: &Case, place: Option<Candidate>| {
        place.is_some_and(|place| same_province(gazetteer, &place.province, &case.province))
    };
    let told: Vec<&Case> = cases.iter().filter(|case| !case.province.is_empty()).collect();
    let placed = told.iter().filter(|case| chosen(case).is_some());
    let trivial = share(
        &told
            .iter()
            .map(|case| right(case, case.trivial.clone()))
            .collect::<Vec<_>>(),
    );
    let mut rows = vec![
        row(
            "placed",
            cases.iter().map(|case| chosen(case).is_some()).collect(),
            None,
        ),
        row(
            "Acc@ADM1",
            told.iter().map(|case| right(case, chosen(case))).collect(),
            Some(trivial),
        ),
        row(
            "precision ADM1, placed",
            placed.map(|case| right(case, chosen(case))).collect(),
            None,
        ),
    ];
    let mapped: Vec<&Case> = cases.iter().filter(|case| case.truth.is_some()).collect();
    for km in [5.0, 10.0, 25.0] {
        let near = |metres: Option<f64>| metres.is_some_and(|metres| metres <= km * 1000.0);
        let trivial = mapped.iter().map(|case| {
            near(
                case.trivial
                    .as_ref()
                    .zip(case.truth)
                    .map(|(place, truth)| metres_between(place.at, truth)),
            )
        });
        let trivial = share(&trivial.collect::<Vec<_>>());
        let hits = mapped.iter().map(|case| near(metres_off(case))).collect();
        rows.push(row(&format!("Acc@{km} km"), hits, Some(trivial)));
    }
    let towns = cases.iter().filter(|case| {
        case.found
            .as_ref()
            .is_some_and(|found| found.precision <= PlacePrecision::Near)
    });
    let hits = towns
        .filter_map(metres_off)
        .map(|metres| metres <= 10_000.0)
        .collect();
    rows.push(row("precision@10 km, towns", hits, None));
    rows.push(row("truth in region", in_region(cases), None));
    let held = mapped.iter().map(|case| case.held).collect();
    rows.push(row("gazetteer holds it, 10 km", held, None));
    rows
}

/// Whether the gazetteer lists a place of the name so near the truth.
fn held(name: &str, truth: Option<LatLon>, metres: f64, gazetteer: &Gazetteer) -> bool {
    let near = |place: &Candidate| truth.is_some_and(|truth| metres_between(place.at, truth) <= metres);
    gazetteer.find(name).iter().any(near)
}

/// Whether the disc that was given holds the true point, for every case that was placed.
fn in_region(cases: &[Case]) -> Vec<bool> {
    let held = |case: &Case| Some(metres_off(case)? <= case.found.as_ref()?.region?.radius.0);
    cases.iter().filter_map(held).collect()
}

fn same_province(gazetteer: &Gazetteer, found: &str, told: &str) -> bool {
    let province = |name: &str| {
        let candidates = gazetteer
            .find(&format!("{name} countryside"))
            .into_iter()
            .chain(gazetteer.find(name));
        candidates
            .filter(|c| c.country == "SY" && c.precision == PlacePrecision::Province)
            .map(|c| c.name)
            .next()
    };
    // Airwars files the countryside of Damascus under Damascus.
    let merge = |name: String| {
        if name == "Rif Dimashq" {
            "Damascus".to_owned()
        } else {
            name
        }
    };
    found == told || province(told).map(merge) == Some(merge(found.to_owned()))
}

fn metres_off(case: &Case) -> Option<f64> {
    let (found, truth) = (case.found.as_ref()?.region?.centre, case.truth?);
    Some(Geodesic.distance(Point::new(found.lon, found.lat), Point::new(truth.lon, truth.lat)))
}

fn toponym_rows(set: &str, path: &Path, gazetteer: &Gazetteer) -> anyhow::Result<Vec<ScoreRow>> {
    let text = read_gz(path)?;
    let mut cases = Vec::new();
    for article in text.split("<article").skip(1) {
        cases.extend(article_cases(article, gazetteer));
    }
    let peer = if set == "LGL" {
        "CamCoder .76, Mordecai3 .827 (LGL part)"
    } else {
        "CamCoder .82"
    };
    let row = |metric: &str, hits: Vec<bool>, baseline: Option<f64>| {
        score_row(
            set,
            metric,
            &hits,
            baseline.map(|value| (value, "first by population")),
            peer,
        )
    };
    let mut rows = Vec::new();
    for km in [161.0, 10.0] {
        let near = |metres: Option<f64>| metres.is_some_and(|metres| metres <= km * 1000.0);
        let trivial = cases.iter().map(|case| {
            near(
                case.trivial
                    .as_ref()
                    .zip(case.truth)
                    .map(|(place, truth)| metres_between(place.at, truth)),
            )
        });
        let trivial = share(&trivial.collect::<Vec<_>>());
        let hits = cases.iter().map(|case| near(metres_off(case))).collect();
        rows.push(row(&format!("Acc@{km} km"), hits, Some(trivial)));
    }
    let placed = cases
        .iter()
        .filter_map(metres_off)
        .map(|metres| metres <= 161_000.0);
    rows.push(row("precision@161 km, placed", placed.collect(), None));
    rows.push(row("truth in region", in_region(&cases), None));
    let held = cases.iter().map(|case| case.held).collect();
    rows.push(row("gazetteer holds it, 161 km", held, None));
    Ok(rows)
}

/// Every toponym of an article, placed with the others as its page.
fn article_cases(article: &str, gazetteer: &Gazetteer) -> Vec<Case> {
    let toponyms = toponyms(article);
    let event = |name: &str, start: usize| mention(name, "", start, PlaceRole::Event);
    let mentions: Vec<PlaceMention> = toponyms
        .iter()
        .map(|(name, start, _)| event(name, *start))
        .collect();
    let page = Context::new(&mentions, &[], gazetteer);
    let case = |(name, start, truth): &(String, usize, LatLon)| {
        let located = places::locate(claim(vec![event(name, *start)]), &page, gazetteer, &[]);
        Case {
            found: located.event_location().cloned(),
            trivial: gazetteer.find(name).into_iter().next(),
            truth: Some(*truth),
            province: String::new(),
            held: held(name, Some(*truth), 161_000.0, gazetteer),
        }
    };
    toponyms.iter().map(case).collect()
}

fn metres_between(a: LatLon, b: LatLon) -> f64 {
    Geodesic.distance(Point::new(a.lon, a.lat), Point::new(b.lon, b.lat))
}

/// Both sets are XML with one element per toponym; names are read from `phrase` or `name`, points from
/// `lat` and `lon`. Toponyms without a point are left out, as their publishers leave them.
fn toponyms(article: &str) -> Vec<(String, usize, LatLon)> {
    let mark = if article.contains("<toponym>") {
        "<toponym>"
    } else {
        "<location>"
    };
    let field = |part: &str, tag: &str| -> Option<String> {
        let start = part.find(&format!("<{tag}>"))? + tag.len() + 2;
        let end = start + part[start..].find("</")?;
        Some(part[start..end].replace("&amp;", "&").trim().to_owned())
    };
    let read = |part: &str| {
        let name = field(part, "phrase").or_else(|| field(part, "name"))?;
        let at = LatLon {
            lat: field(part, "lat")?.parse().ok()?,
            lon: field(part, "lon")?.parse().ok()?,
        };
        Some((name, field(part, "start")?.parse().ok()?, at))
    };
    article.split(mark).skip(1).filter_map(read).collect()
}

/// Share of hits; 0 when there is nothing to hit.
fn share<'h>(hits: impl IntoIterator<Item = &'h bool>) -> f64 {
    let (mut yes, mut all) = (0_u32, 0_u32);
    for hit in hits {
        yes += u32::from(*hit);
        all += 1;
    }
    f64::from(yes) / f64::from(all.max(1))
}

fn score_row(set: &str, metric: &str, hits: &[bool], baseline: Option<(f64, &str)>, peer: &str) -> ScoreRow {
    let (low, high) = bootstrap(hits, |sample| share(sample.iter().copied()));
    ScoreRow {
        task: "places".to_owned(),
        set: set.to_owned(),
        metric: metric.to_owned(),
        n: hits.len(),
        value: share(hits),
        low,
        high,
        baseline: baseline.map(|(value, _)| value),
        baseline_name: baseline.map_or_else(String::new, |(_, name)| name.to_owned()),
        peer: peer.to_owned(),
    }
}
