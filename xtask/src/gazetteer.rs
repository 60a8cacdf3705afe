//! Turns published packages into our gazetteer tables and map outlines; see `data/gazetteer/README.md`.

mod areas;
mod packages;
mod settlements;
mod shapes;

use anyhow::Context as _;
use packages::Packages;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Header of a table of places.
const HEADER: &str =
    "id\tname\tnames\tarabic\tlat\tlon\tkind\tadmin1\tcountry\tpopulation\tradius_km\tsource\tlicence";

/// One line of a table of places, ready to be written.
#[derive(Clone, Debug, Default)]
struct Line {
    id: String,
    name: String,
    names: Vec<String>,
    arabic: Vec<String>,
    lat: f64,
    lon: f64,
    kind: &'static str,
    admin1: String,
    country: String,
    population: u64,
    radius_km: Option<f64>,
    source: &'static str,
    licence: &'static str,
}

/// Reads the packages in `folder` and writes `data/gazetteer` and `data/map` under `root`.
pub(crate) fn run(folder: &Path, root: &Path) -> anyhow::Result<()> {
    let packages = Packages::open(folder)?;
    let provinces = shapes::syrian_provinces(&packages)?;
    let cities = settlements::read(&packages)?;
    let mut syria = settlements::syria(&cities);
    areas::mark_capitals(&packages, &mut syria)?;
    let admin = areas::syria(&packages, &provinces, &syria)?;
    let mut world = areas::countries(&packages)?;
    world.extend(areas::provinces(&packages, &cities)?);
    let divisions: BTreeSet<String> = world.iter().map(|line| line.id.clone()).collect();
    let (far, districts): (Vec<Line>, Vec<Line>) = areas::districts(&packages)?
        .into_iter()
        .partition(areas::is_surname);
    world.extend(districts);
    let mut towns = settlements::world(&cities);
    areas::mark_capitals(&packages, &mut towns)?;
    for town in &mut towns {
        // A few towns carry codes of divisions that no list names.
        if !divisions.contains(&format!("adm1:{}.{}", town.country, town.admin1)) {
            town.admin1.clear();
        }
    }
    let (mut small, towns): (Vec<Line>, Vec<Line>) = towns.into_iter().partition(settlements::is_small);
    small.extend(far);
    world.extend(towns);
    let tables = root.join("data/gazetteer");
    write(&tables.join("sy.tsv"), &table(&syria))?;
    write(&tables.join("sy-admin.tsv"), &table(&admin))?;
    write(&tables.join("world.tsv"), &table(&world))?;
    write(&tables.join("world-small.tsv"), &table(&small))?;
    let map = root.join("data/map");
    write(
        &map.join("sy-provinces.geojson"),
        &shapes::provinces_geojson(&provinces),
    )?;
    write(
        &map.join("sy-neighbours.geojson"),
        &shapes::neighbours_geojson(&packages)?,
    )
}

fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| format!("could not make folder {folder:?}"))?;
    }
    fs::write(path, text).with_context(|| format!("could not write {path:?}"))
}

/// A table of places. Source and licence that all lines share stand in one line at the top, or the table
/// of the world would be a sixth longer.
fn table(lines: &[Line]) -> String {
    let usual = ("GeoNames", "CC BY 4.0");
    let mut text = format!(
        "{HEADER}\n#default\tsource\t{}\n#default\tlicence\t{}\n",
        usual.0, usual.1
    );
    for line in lines {
        let people = if line.population == 0 {
            String::new()
        } else {
            line.population.to_string()
        };
        let radius = line.radius_km.map_or_else(String::new, |km| format!("{km:.0}"));
        let (source, licence) = if (line.source, line.licence) == usual {
            ("", "")
        } else {
            (line.source, line.licence)
        };
        let cells = [
            &line.id,
            &line.name,
            &line.names.join("|"),
            &line.arabic.join("|"),
            &degrees(line.lat),
            &degrees(line.lon),
            line.kind,
            &line.admin1,
            &line.country,
            &people,
            &radius,
            source,
            licence,
        ];
        text.push_str(&cells.join("\t"));
        text.push('\n');
    }
    text
}

/// Four decimals, 11 metres: finer than any place we know.
fn degrees(value: f64) -> String {
    let text = format!("{value:.4}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
