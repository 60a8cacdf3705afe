//! Incidents and zones as an OGC GeoPackage 1.3 that QGIS opens styled and with its time set.
//!
//! `incidents` holds every incident and a point only where the place is known to a town or its neighbourhood;
//! `regions` holds, for each incident that can be drawn, the disc in which it lies; `zones` the shapes of zones.

use super::Out;
use super::columns::{COLUMNS, Cell, Kind, Row, rows};
use super::qml;
use super::shape::{Shape, closed, region, shape};
use super::wkb;
use crate::crosswalk::Crosswalk;
use crate::lookup::Lookup;
use crate::map::circle;
use crate::phrase;
use model::{Edtf, LatLon, Verdict};
use rusqlite::types::Value;
use rusqlite::{Connection, Result, params, params_from_iter};
use std::collections::BTreeSet;
use std::fs::File;
use std::io;
use std::path::Path;

/// The rows go into a file of the system's first: the first page of a database is known only after its last row.
pub(super) fn write(lookup: &Lookup<'_>, crosswalk: &Crosswalk, out: Out<'_>) -> io::Result<()> {
    let path = tempfile::NamedTempFile::new()?.into_temp_path();
    fill(&path, lookup, crosswalk).map_err(io::Error::other)?;
    io::copy(&mut File::open(&path)?, out).map(drop)
}

fn fill(path: &Path, lookup: &Lookup<'_>, crosswalk: &Crosswalk) -> Result<()> {
    let mut base = Connection::open(path)?;
    base.execute_batch("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")?;
    base.execute_batch(FRAME)?;
    let all = base.transaction()?;
    let points = incidents(&all, lookup, crosswalk)?;
    let discs = regions(&all, lookup, crosswalk)?;
    let drawn = zones(&all, lookup)?;
    let about = super::about(lookup).join("\n");
    let changed = format!(
        "{}T00:00:00.000Z",
        lookup
            .picture
            .as_of
            .map_or_else(|| "2000-01-01".to_owned(), |day| day.to_string())
    );
    let kinds: BTreeSet<(String, String)> = lookup
        .incidents
        .iter()
        .map(|it| {
            (
                it.act.class.as_str().to_owned(),
                it.status.occurrence.as_str().to_owned(),
            )
        })
        .collect();
    let layers = [
        (
            "incidents",
            "POINT",
            "Incidents as reported",
            points,
            qml::incidents(&kinds),
        ),
        (
            "regions",
            "POLYGON",
            "Where each incident lies, as closely as is known",
            discs,
            qml::regions(),
        ),
        (
            "zones",
            "MULTIPOLYGON",
            "Zones of agreements",
            drawn,
            qml::zones(),
        ),
    ];
    for (table, geometry, title, extent, style) in layers {
        extent.index(&all, table)?;
        let [west, south, east, north] = extent.sides();
        all.execute(
            "INSERT INTO gpkg_contents VALUES (?, 'features', ?, ?, ?, ?, ?, ?, ?, 4326)",
            params![table, title, about, changed, west, south, east, north],
        )?;
        all.execute(
            "INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?, 4326, 0, 0)",
            params![table, geometry],
        )?;
        all.execute(
            "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description, owner, ui, update_time) VALUES ('', '', ?, 'geom', ?, ?, '', 1, ?, '', NULL, ?)",
            params![table, table, style, title, changed],
        )?;
    }
    all.execute(
        "INSERT INTO gpkg_contents VALUES ('layer_styles', 'attributes', 'layer_styles', '', ?, NULL, NULL, NULL, NULL, 0)",
        params![changed],
    )?;
    all.execute("INSERT INTO gpkg_metadata VALUES (1, 'dataset', 'http://www.opengis.net/def/nil/OGC/0/unknown', 'text/plain', ?)", params![about])?;
    all.execute(
        "INSERT INTO gpkg_metadata_reference VALUES ('geopackage', NULL, NULL, NULL, ?, 1, NULL)",
        params![changed],
    )?;
    all.commit()
}

/// West, south, east and north of what was drawn, row by row.
#[derive(Default)]
struct Extent {
    rows: Vec<(i64, [f64; 4])>,
}

impl Extent {
    /// Takes in what a row draws.
    fn grow<'p>(&mut self, row: i64, points: impl IntoIterator<Item = &'p LatLon>) {
        let around = points
            .into_iter()
            .fold(None, |sides: Option<[f64; 4]>, LatLon { lat, lon }| {
                let [west, south, east, north] = sides.unwrap_or([*lon, *lat, *lon, *lat]);
                Some([west.min(*lon), south.min(*lat), east.max(*lon), north.max(*lat)])
            });
        self.rows.extend(around.map(|sides| (row, sides)));
    }

    fn sides(&self) -> [Option<f64>; 4] {
        let around = self
            .rows
            .iter()
            .map(|(_, sides)| *sides)
            .reduce(|a, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]);
        around.map_or([None; 4], |sides| sides.map(Some))
    }

    /// Writes the index by place after the standard's annex F.3, with the triggers that keep it right when a program
    /// changes the layer.
    fn index(&self, all: &Connection, table: &str) -> Result<()> {
        all.execute_batch(&RTREE.replace("{t}", table))?;
        let mut insert = all.prepare(&format!("INSERT INTO rtree_{table}_geom VALUES (?, ?, ?, ?, ?)"))?;
        for (row, [west, south, east, north]) in &self.rows {
            insert.execute(params![row, west, east, south, north])?;
        }
        Ok(())
    }
}

fn incidents(all: &Connection, lookup: &Lookup<'_>, crosswalk: &Crosswalk) -> Result<Extent> {
    let columns = COLUMNS.iter().map(|column| {
        let kind = match column.kind {
            Kind::Words => "TEXT",
            Kind::Whole => "INTEGER",
            Kind::Real => "DOUBLE",
            Kind::Day => "DATE",
            Kind::Truth => "BOOLEAN",
        };
        format!("\"{}\" {kind}", column.name)
    });
    all.execute_batch(&format!(
        "CREATE TABLE incidents (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom POINT, first_moment DATETIME, last_moment DATETIME, {})",
        columns.collect::<Vec<_>>().join(", ")
    ))?;
    let marks = vec!["?"; COLUMNS.len() + 3].join(", ");
    let mut insert = all.prepare(&format!("INSERT INTO incidents VALUES (NULL, {marks})"))?;
    let mut extent = Extent::default();
    for row in rows(lookup, crosswalk) {
        let point = match shape(row.incident) {
            Some(Shape::Point(at)) => Some(at),
            _ => None,
        };
        let geometry = point.map_or(Value::Null, |at| Value::Blob(geometry(&wkb::point(at))));
        let mut values = vec![geometry];
        values.extend(moments(&row.incident.when));
        values.extend(COLUMNS.iter().map(|column| value(&(column.cell)(&row))));
        extent.grow(insert.insert(params_from_iter(values))?, &point);
    }
    Ok(extent)
}

fn regions(all: &Connection, lookup: &Lookup<'_>, crosswalk: &Crosswalk) -> Result<Extent> {
    all.execute_batch(
        "CREATE TABLE regions (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom POLYGON, first_moment DATETIME, last_moment DATETIME, event_id TEXT, title TEXT, act TEXT, act_class TEXT, status_occurrence TEXT, verdict TEXT, place_precision TEXT, radius_m INTEGER)",
    )?;
    let mut insert = all.prepare("INSERT INTO regions VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")?;
    let mut extent = Extent::default();
    for row in rows(lookup, crosswalk) {
        let Row { incident, .. } = row;
        let Some(region) = region(incident) else { continue };
        let ring = circle(region);
        let mut values = vec![Value::Blob(geometry(&wkb::polygon(&ring)))];
        values.extend(moments(&incident.when));
        let verdict = lookup.verdict(&incident.id).map_or("not judged", Verdict::as_str);
        let words = [
            incident.id.as_str(),
            &Cell::Words(phrase::incident(incident)).plain(),
            incident.act.id.as_str(),
            incident.act.class.as_str(),
            incident.status.occurrence.as_str(),
            verdict,
            row.precision().map_or("", model::PlacePrecision::as_str),
        ];
        values.extend(words.map(|word| Value::Text(word.to_owned())));
        values.push(Value::Integer(region.radius.0.round() as i64));
        extent.grow(insert.insert(params_from_iter(values))?, &ring);
    }
    Ok(extent)
}

fn zones(all: &Connection, lookup: &Lookup<'_>) -> Result<Extent> {
    all.execute_batch(
        "CREATE TABLE zones (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom MULTIPOLYGON, first_moment DATETIME, last_moment DATETIME, agreement TEXT, version TEXT, zone TEXT, name TEXT, description TEXT, status TEXT, source TEXT, approximate BOOLEAN, partial BOOLEAN, band_m INTEGER)",
    )?;
    let mut insert = all.prepare("INSERT INTO zones VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")?;
    let mut agreements: Vec<_> = lookup.told.agreements.iter().collect();
    agreements.sort_by_key(|agreement| (&agreement.id, &agreement.version));
    let mut extent = Extent::default();
    for agreement in agreements {
        for (zone, shape) in agreement
            .zones
            .iter()
            .flat_map(|zone| zone.shapes.iter().map(move |shape| (zone, shape)))
        {
            let rings: Vec<_> = shape.rings.iter().map(|ring| closed(ring)).collect();
            let mut values = vec![Value::Blob(geometry(&wkb::polygons(&rings)))];
            values.extend(moments(&shape.during));
            let words = [
                zone.agreement.as_str(),
                &agreement.version,
                zone.id.as_str(),
                &zone.name,
                &zone.description,
                &shape.status,
                &shape.source,
            ];
            values.extend(words.map(|word| Value::Text(Cell::Words(word.to_owned()).plain())));
            values.extend([shape.approximate, shape.partial].map(|truth| Value::Integer(truth.into())));
            values.push(Value::Integer(shape.band.0.round() as i64));
            extent.grow(insert.insert(params_from_iter(values))?, rings.iter().flatten());
        }
    }
    Ok(extent)
}

/// The first and last moment of a time, as if its days were counted in UTC: the format asks for a zone of time,
/// and the pages give none.
fn moments(when: &Edtf) -> [Value; 2] {
    let moment = |day: Option<jiff::civil::Date>, time: &str| {
        day.map_or(Value::Null, |day| Value::Text(format!("{day}T{time}Z")))
    };
    [
        moment(when.earliest(), "00:00:00.000"),
        moment(when.latest(), "23:59:59.999"),
    ]
}

fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Empty => Value::Null,
        Cell::Whole(number) => Value::Integer(i64::try_from(*number).unwrap_or(i64::MAX)),
        Cell::Real(number) => Value::Real(*number),
        Cell::Truth(truth) => Value::Integer((*truth).into()),
        other => Value::Text(other.plain()),
    }
}

/// The standard's head before the geometry: magic, version, flags (little-endian, no box), WGS 84.
fn geometry(wkb: &[u8]) -> Vec<u8> {
    let mut bytes = vec![b'G', b'P', 0, 1];
    bytes.extend(4326_i32.to_le_bytes());
    bytes.extend(wkb);
    bytes
}

/// The index by place of a layer, and what keeps it right. The functions that it names are those of the program that
/// changes a layer; reading needs none of them.
const RTREE: &str = "
CREATE VIRTUAL TABLE rtree_{t}_geom USING rtree(id, minx, maxx, miny, maxy);
INSERT INTO gpkg_extensions VALUES ('{t}', 'geom', 'gpkg_rtree_index', 'http://www.geopackage.org/spec130/#extension_rtree', 'write-only');
CREATE TRIGGER rtree_{t}_geom_insert AFTER INSERT ON {t} WHEN (NEW.geom NOT NULL AND NOT ST_IsEmpty(NEW.geom)) BEGIN INSERT OR REPLACE INTO rtree_{t}_geom VALUES (NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom)); END;
CREATE TRIGGER rtree_{t}_geom_update1 AFTER UPDATE OF geom ON {t} WHEN OLD.fid = NEW.fid AND (NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom)) BEGIN INSERT OR REPLACE INTO rtree_{t}_geom VALUES (NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom)); END;
CREATE TRIGGER rtree_{t}_geom_update2 AFTER UPDATE OF geom ON {t} WHEN OLD.fid = NEW.fid AND (NEW.geom ISNULL OR ST_IsEmpty(NEW.geom)) BEGIN DELETE FROM rtree_{t}_geom WHERE id = OLD.fid; END;
CREATE TRIGGER rtree_{t}_geom_update3 AFTER UPDATE ON {t} WHEN OLD.fid != NEW.fid AND (NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom)) BEGIN DELETE FROM rtree_{t}_geom WHERE id = OLD.fid; INSERT OR REPLACE INTO rtree_{t}_geom VALUES (NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom)); END;
CREATE TRIGGER rtree_{t}_geom_update4 AFTER UPDATE ON {t} WHEN OLD.fid != NEW.fid AND (NEW.geom ISNULL OR ST_IsEmpty(NEW.geom)) BEGIN DELETE FROM rtree_{t}_geom WHERE id IN (OLD.fid, NEW.fid); END;
CREATE TRIGGER rtree_{t}_geom_delete AFTER DELETE ON {t} WHEN OLD.geom NOT NULL BEGIN DELETE FROM rtree_{t}_geom WHERE id = OLD.fid; END;
";

/// The tables that the standard asks for, that of QGIS for styles, and the standard's own names of systems.
const FRAME: &str = r#"
PRAGMA application_id = 0x47504B47;
PRAGMA user_version = 10300;
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL, organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
INSERT INTO gpkg_spatial_ref_sys VALUES ('Undefined cartesian SRS', -1, 'NONE', -1, 'undefined', 'undefined cartesian coordinate reference system');
INSERT INTO gpkg_spatial_ref_sys VALUES ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', 'undefined geographic coordinate reference system');
INSERT INTO gpkg_spatial_ref_sys VALUES ('WGS 84 geodetic', 4326, 'EPSG', 4326, 'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]', 'longitude/latitude coordinates in decimal degrees on the WGS 84 spheroid');
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE, description TEXT DEFAULT '', last_change DATETIME NOT NULL, min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER, CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL, CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name), CONSTRAINT uk_gc_table_name UNIQUE (table_name), CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name), CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
CREATE TABLE gpkg_extensions (table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL, scope TEXT NOT NULL, CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
INSERT INTO gpkg_extensions VALUES ('gpkg_metadata', NULL, 'gpkg_metadata', 'http://www.geopackage.org/spec130/#extension_metadata', 'read-write');
INSERT INTO gpkg_extensions VALUES ('gpkg_metadata_reference', NULL, 'gpkg_metadata', 'http://www.geopackage.org/spec130/#extension_metadata', 'read-write');
CREATE TABLE gpkg_metadata (id INTEGER CONSTRAINT m_pk PRIMARY KEY ASC NOT NULL, md_scope TEXT NOT NULL DEFAULT 'dataset', md_standard_uri TEXT NOT NULL, mime_type TEXT NOT NULL DEFAULT 'text/xml', metadata TEXT NOT NULL DEFAULT '');
CREATE TABLE gpkg_metadata_reference (reference_scope TEXT NOT NULL, table_name TEXT, column_name TEXT, row_id_value INTEGER, timestamp DATETIME NOT NULL, md_file_id INTEGER NOT NULL, md_parent_id INTEGER, CONSTRAINT crmr_mfi_fk FOREIGN KEY (md_file_id) REFERENCES gpkg_metadata(id), CONSTRAINT crmr_mpi_fk FOREIGN KEY (md_parent_id) REFERENCES gpkg_metadata(id));
CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256), f_table_schema TEXT(256), f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30), update_time DATETIME);
"#;
