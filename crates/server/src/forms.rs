//! The picture in the forms of `reports`: map, daily report, exports; each with the filter of the lists.

use std::collections::BTreeSet;

use axum::http::{HeaderName, header};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use model::Picture;
use reports::{Form, Format, ReportOptions, Told, render};
use serde_json::{Value, json};
use store::{Filter, Reader};

use crate::answer::{Answer, Refusal};
use crate::house::{House, World, sha256};
use crate::records::{filter, found, may_read, state_and_shutter};
use crate::route::{Asked, Trouble};
use crate::shutter::Shutter;

/// Incidents as GeoJSON, as many as the filter keeps.
pub(crate) fn incidents(house: &House, asked: &Asked) -> Result<Answer, Trouble> {
    house.look(|reader| {
        let (state, shutter) = state_and_shutter(house, reader, asked)?;
        whole_forms_only(&shutter)?;
        let ids = incident_ids(reader, &shutter, asked)?;
        let mut map = drawn(&*house.world(&state)?, reader, &shutter, &ids)?;
        let features = map["features"].as_array().map_or(&[][..], Vec::as_slice);
        let unplaced = features
            .iter()
            .filter(|feature| feature["geometry"].is_null())
            .count();
        map["total"] = json!(features.len());
        map["unplaced"] = json!(unplaced);
        map["checkpoint"] = json!(state);
        Ok(geojson(&map))
    })
}

/// The shapes of zones that hold on a day, as far as is known.
pub(crate) fn zones(house: &House, asked: &Asked) -> Result<Answer, Trouble> {
    house.look(|reader| {
        let (state, shutter) = state_and_shutter(house, reader, asked)?;
        // Where only incidents are made coarser, zones are as the agreements have them.
        if shutter.withholds_parts() {
            whole_forms_only(&shutter)?;
        }
        let day: Option<jiff::civil::Date> = asked.value("on").and_then(|day| day.parse().ok());
        let holds = |during: &model::Edtf| {
            day.is_none_or(|day| {
                during.earliest().is_none_or(|first| first <= day)
                    && during.latest().is_none_or(|last| last >= day)
            })
        };
        let world = house.world(&state)?;
        let mut map = zone_map(reader, &shutter, &world, &holds, asked.value("agreement"))?;
        map["checkpoint"] = json!(state);
        Ok(geojson(&map))
    })
}

/// The shapes that hold of the zones that the role may see, of one agreement or of all.
pub(crate) fn zone_map(
    reader: &Reader,
    shutter: &Shutter,
    world: &World,
    holds: &dyn Fn(&model::Edtf) -> bool,
    wanted: Option<&str>,
) -> Result<Value, Trouble> {
    let mut picture = Picture {
        as_of: world.picture.as_of,
        watermark: world.picture.watermark.clone(),
        coverage: match shutter.privacy() {
            None => world.picture.coverage.clone(),
            Some(_) => model::Coverage::default(),
        },
        agreements: with_zones(world, reader, shutter)?,
        ..Picture::default()
    };
    picture
        .agreements
        .retain(|it| wanted.is_none_or(|wanted| it.id.as_str() == wanted));
    for agreement in &mut picture.agreements {
        for zone in &mut agreement.zones {
            zone.shapes.retain(|shape| holds(&shape.during));
        }
    }
    collection(&Told::whole(&picture))
}

/// The agreements, with the zones that the role may see.
fn with_zones(world: &World, reader: &Reader, shutter: &Shutter) -> Result<Vec<model::Agreement>, Trouble> {
    let seen = shown(reader, shutter, "zone")?;
    let mut agreements = world.picture.agreements.clone();
    for agreement in &mut agreements {
        let version = agreement.version.clone();
        let key = |zone: &model::Zone| format!("{}/{version}/{}", zone.agreement, zone.id);
        agreement.zones.retain(|zone| seen.contains(&key(zone)));
    }
    Ok(agreements)
}

/// Outlines of provinces and countries to draw on.
pub(crate) fn outline(house: &House, _: &Asked) -> Result<Answer, Trouble> {
    house.look(|reader| {
        let state = reader.state()?.unwrap_or_default();
        Ok(Answer::Bytes {
            kind: reports::GEOJSON.media,
            bytes: house.world(&state)?.outline.clone().into_bytes(),
            headers: Vec::new(),
        })
    })
}

/// The daily report, whole.
pub(crate) fn report(house: &House, asked: &Asked) -> Result<Answer, Trouble> {
    house.look(|reader| {
        let (state, shutter) = state_and_shutter(house, reader, asked)?;
        if shutter.hides_records() {
            return Err(Refusal::forbidden("The report holds what is withheld from your role.").into());
        }
        // While a new state is drawn, the report of the one before is given: it names its own head of the log. Where
        // anything is withheld, only the newest will do, for the restrictions were followed in that.
        let drawn = house.drawn().filter(|_| !shutter.names_any());
        let world = match drawn {
            Some(world) => world,
            None => house.world(&state)?,
        };
        let options = ReportOptions {
            title: String::new(),
            footer: world.footer.clone(),
            crosswalk: world.crosswalk.clone(),
            ..ReportOptions::default()
        };
        let form = |form| render(&world.picture, &world.map, &options, form);
        Ok(match asked.value("format") {
            Some("markdown") => Answer::Bytes {
                kind: "text/markdown; charset=utf-8",
                bytes: form(Form::Markdown),
                headers: Vec::new(),
            },
            Some("pdf") => Answer::Bytes {
                kind: "application/pdf",
                bytes: form(Form::Pdf),
                headers: vec![(
                    header::CONTENT_DISPOSITION,
                    "attachment; filename=\"report.pdf\"".to_owned(),
                )],
            },
            Some("docx") => Answer::Bytes {
                kind: crate::openapi::DOCX,
                bytes: form(Form::Docx),
                headers: vec![(
                    header::CONTENT_DISPOSITION,
                    "attachment; filename=\"report.docx\"".to_owned(),
                )],
            },
            _ => page(form(Form::Html)),
        })
    })
}

/// The report's page with a content policy of its own: nothing but its own styles, named by their hash.
fn page(bytes: Vec<u8>) -> Answer {
    let text = String::from_utf8_lossy(&bytes);
    let styles = text
        .split("<style>")
        .skip(1)
        .filter_map(|rest| rest.split("</style>").next());
    let hashes: Vec<String> = styles
        .map(|style| format!("'sha256-{}'", STANDARD.encode(sha256(style.as_bytes()))))
        .collect();
    let policy = format!(
        "default-src 'none'; style-src {}; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
        hashes.join(" ")
    );
    Answer::Bytes {
        kind: "text/html; charset=utf-8",
        bytes,
        headers: vec![
            (header::CONTENT_SECURITY_POLICY, policy),
            (header::X_FRAME_OPTIONS, "SAMEORIGIN".to_owned()),
        ],
    }
}

/// What the filter keeps, as a file.
pub(crate) fn export(house: &House, asked: &Asked) -> Result<Answer, Trouble> {
    house.look(|reader| {
        let (state, shutter) = state_and_shutter(house, reader, asked)?;
        let ids = incident_ids(reader, &shutter, asked)?;
        let word = asked.value("format").unwrap_or("jsonl");
        let format = Format::read(word).ok_or_else(|| Refusal::bad("There is no such format."))?;
        let mut headers = vec![(
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"incidents.{}\"", format.ending),
        )];
        // Records come from the view, where each part that is withheld can be told.
        let bytes = if format.tells_gaps {
            lines(reader, &shutter, asked, &ids)?
        } else {
            whole_forms_only(&shutter)?;
            let world = house.world(&state)?;
            let findings = shown(reader, &shutter, "finding")?;
            let told = Told {
                picture: &world.picture,
                incidents: Some(&ids),
                findings: Some(&findings),
                agreements: &with_zones(&world, reader, &shutter)?,
                // The filter has left out what it was to leave out.
                archived: true,
            };
            let (bytes, left_out) = written(&told, &world.crosswalk, format)?;
            headers.push((LEFT_OUT, left_out.to_string()));
            bytes
        };
        Ok(Answer::Bytes {
            kind: format.media,
            bytes,
            headers,
        })
    })
}

/// How many of the incidents that the filter keeps the format has no form for.
const LEFT_OUT: HeaderName = HeaderName::from_static("x-left-out");

/// Records that are held at once while a form is written.
///
/// 1,000: some megabytes. Raise it and an export takes more memory; lower it and the view is asked more often.
const AT_ONCE: usize = 1_000;

/// The incidents, what they rest on, and what is found of them, one record a line.
fn lines(
    reader: &Reader,
    shutter: &Shutter,
    asked: &Asked,
    ids: &BTreeSet<String>,
) -> Result<Vec<u8>, Trouble> {
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    let mut ords = BTreeSet::new();
    for part in ids.chunks(AT_ONCE) {
        let mut beside = BTreeSet::new();
        for (ord, record) in reader.named(part)? {
            ords.insert(ord);
            let origins = record.fields["origins"].as_array().into_iter().flatten();
            beside.extend(origins.filter_map(|id| id.as_str().map(str::to_owned)));
            beside.extend(record.basis);
        }
        let beside: Vec<&str> = beside.iter().map(String::as_str).collect();
        ords.extend(reader.ords_of(&beside, None)?);
        ords.extend(reader.ords_of(part, Some("finding"))?);
    }
    let ords: Vec<i64> = ords.into_iter().filter(|ord| shutter.admits(*ord)).collect();
    let mut bytes = Vec::new();
    for part in ords.chunks(AT_ONCE) {
        for record in reader.at(part)? {
            if may_read(asked, &record.kind) {
                bytes.extend(shutter.show(&record).to_string().into_bytes());
                bytes.push(b'\n');
            }
        }
    }
    Ok(bytes)
}

/// The forms of `reports` know no withheld parts, so whoever may not read a part gets none of them.
pub(crate) fn whole_forms_only(shutter: &Shutter) -> Result<(), Refusal> {
    if shutter.hides_parts() {
        return Err(Refusal::forbidden(
            "This form holds parts that are withheld from your role; ask for records.",
        ));
    }
    Ok(())
}

fn incident_ids(reader: &Reader, shutter: &Shutter, asked: &Asked) -> Result<BTreeSet<String>, Trouble> {
    let ords = found(reader, shutter, &filter(asked, "incident"))?;
    Ok(reader.ids(&ords)?.into_iter().collect())
}

/// Keys of the records of a kind that the role may see: ids, and for zones agreement, version and zone.
fn shown(reader: &Reader, shutter: &Shutter, kind: &str) -> Result<BTreeSet<String>, Trouble> {
    let filter = Filter {
        kind: kind.to_owned(),
        ..Filter::default()
    };
    let ords = found(reader, shutter, &filter)?;
    if kind != "zone" {
        return Ok(reader.ids(&ords)?.into_iter().collect());
    }
    let word = |record: &model::record::Record, name: &str| {
        record.fields[name].as_str().unwrap_or_default().to_owned()
    };
    let key = |it: model::record::Record| {
        let [agreement, version, zone] = ["agreement", "version", "zone"].map(|name| word(&it, name));
        format!("{agreement}/{version}/{zone}")
    };
    Ok(reader.at(&ords)?.into_iter().map(key).collect())
}

/// These incidents as features, without what is withheld.
pub(crate) fn drawn(
    world: &World,
    reader: &Reader,
    shutter: &Shutter,
    ids: &BTreeSet<String>,
) -> Result<Value, Trouble> {
    collection(&Told {
        picture: &world.picture,
        incidents: Some(ids),
        findings: Some(&shown(reader, shutter, "finding")?),
        agreements: &[],
        archived: true,
    })
}

fn collection(told: &Told<'_>) -> Result<Value, Trouble> {
    let (bytes, _) = written(told, &reports::Crosswalk::default(), &reports::GEOJSON)?;
    Ok(serde_json::from_slice(&bytes).unwrap_or_default())
}

/// The file, and how many incidents it has no form for.
fn written(
    told: &Told<'_>,
    crosswalk: &reports::Crosswalk,
    format: &Format,
) -> Result<(Vec<u8>, usize), Trouble> {
    let mut bytes = Vec::new();
    let left_out = reports::export(told, crosswalk, format, &mut bytes)
        .map_err(|error| Trouble::Ours(format!("could not write \"{}\": {error}", format.word)))?;
    Ok((bytes, left_out))
}

fn geojson(map: &Value) -> Answer {
    Answer::Bytes {
        kind: reports::GEOJSON.media,
        bytes: map.to_string().into_bytes(),
        headers: Vec::new(),
    }
}
