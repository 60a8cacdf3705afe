//! The data pack: what experts edit, compiled in or read from a folder, parsed once and passed as values.

use crate::fault::{Fault, Kind};
use model::{Actor, Agreement, DataFault, Outlet};
use rust_embed::RustEmbed;
use std::path::Path;

#[derive(RustEmbed)]
#[folder = "../../data"]
#[exclude = "gazetteer/*.tsv"]
struct Embedded;

/// The tables of `data/gazetteer`, packed by `build.rs`.
const GAZETTEER: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/gazetteer.packed"));

/// Everything the stages read with.
pub(crate) struct Pack {
    /// SHA-256 over all file names and texts.
    pub(crate) hash: String,
    /// Every file it was made from with its hash, in order of name.
    pub(crate) files: Vec<(String, String)>,
    pub(crate) lexicon: claims::Lexicon,
    pub(crate) damage: text::Damage,
    pub(crate) outlets: Vec<Outlet>,
    pub(crate) gazetteer: places::Gazetteer,
    pub(crate) acts: incidents::Acts,
    /// What is asked of kinds of decision.
    pub(crate) rulings: incidents::RulingPolicy,
    /// The agreements that incidents are judged by.
    pub(crate) agreements: Vec<Agreement>,
    /// Drafts and other versions that circulated; they carry deadlines only.
    pub(crate) drafts: Vec<Agreement>,
    pub(crate) map: reports::MapOutline,
    /// Every outline under `map/` as one GeoJSON feature collection; `layer` of a feature is its file.
    pub(crate) outlines: String,
    /// Codes of other coding standards for our acts.
    pub(crate) crosswalk: reports::Crosswalk,
    /// Words that a neutral report does not use.
    pub(crate) judging: reports::Judging,
    /// Names of columns in tables of others.
    pub(crate) columns: sources::Columns,
    /// Hash of each agreement's files.
    agreement_hashes: Vec<(String, String)>,
    /// Every fault found; the data is used only when there is none.
    pub(crate) faults: Vec<DataFault>,
}

impl Pack {
    /// The actors.
    pub(crate) fn actors(&self) -> &[Actor] {
        self.lexicon.actors()
    }

    /// Reads the pack and refuses it when it has a fault.
    pub(crate) fn load(folder: Option<&Path>) -> anyhow::Result<Self> {
        let pack = Self::read(folder)?.0;
        match pack.faults.len() {
            0 => Ok(pack),
            n => Err(Fault::of(
                Kind::Data,
                format!(
                    "the data has {n} fault{}; the first: {}",
                    if n == 1 { "" } else { "s" },
                    pack.faults[0]
                ),
                match folder {
                    Some(folder) => format!(
                        "Run `truceline data check --data {}` to see every one.",
                        folder.display()
                    ),
                    None => "Run `truceline data check` to see every one.".to_owned(),
                },
            )),
        }
    }

    /// Reads the pack with its faults, and the files it came from, without the tables that are built in packed.
    pub(crate) fn read(folder: Option<&Path>) -> anyhow::Result<(Self, Vec<(String, String)>)> {
        let files = files(folder)?;
        let (gazetteer, faults) = match folder {
            Some(_) => places::Gazetteer::parse(&under(&files, "gazetteer/")),
            None => {
                let built_in = places::Gazetteer::unpack(GAZETTEER);
                (built_in.ok_or_else(broken_build)?, Vec::new())
            }
        };
        Ok((Self::parse(&files, gazetteer, faults, folder.is_none()), files))
    }

    /// What the log is told of the data: the whole pack's hash, and each agreement's.
    pub(crate) fn inputs(&self) -> Vec<(String, String)> {
        let mut inputs = vec![("data".to_owned(), self.hash.clone())];
        inputs.extend(
            self.agreement_hashes
                .iter()
                .map(|(id, hash)| (format!("agreement {id}"), hash.clone())),
        );
        inputs
    }

    /// What the rest of the data knows, for reading an agreement of somebody's own.
    pub(crate) fn known(&self) -> agreements::Known {
        known(&self.lexicon, &self.gazetteer, false)
    }

    /// Runs the worked cases of every agreement; a case that comes out differently is a fault.
    pub(crate) fn worked_cases(&self, files: &[(String, String)]) -> Vec<DataFault> {
        let known = known(&self.lexicon, &self.gazetteer, true);
        let mut faults = Vec::new();
        for agreement in &self.agreements {
            let file = format!("agreements/{}/cases.md", agreement.id);
            let Some((_, text)) = files.iter().find(|(name, _)| *name == file) else {
                continue;
            };
            let mut versions = vec![agreement.clone()];
            let drafts = self.drafts.iter().filter(|draft| draft.id == agreement.id);
            versions.extend(drafts.cloned());
            faults.extend(run_cases(&file, text, &versions, &known, self.actors()));
        }
        faults
    }

    /// Parses all files but the gazetteer's; faults are kept beside what could be read. `checked`: the names of
    /// places in agreements were compared with the gazetteer when this program was made.
    fn parse(
        files: &[(String, String)],
        gazetteer: places::Gazetteer,
        mut faults: Vec<DataFault>,
        checked: bool,
    ) -> Self {
        let (lexicon, found) = claims::Lexicon::parse(files, gazetteer.names());
        faults.extend(found);
        let (damage, found) = text::Damage::parse(&under(files, "lexicon/"));
        faults.extend(found);
        let (outlets, found) = text::outlets(&under(files, "outlets/"));
        faults.extend(found);
        let (acts, found) = incidents::Acts::parse(files);
        faults.extend(found);
        let (rulings, found) = incidents::ruling_policy(files);
        faults.extend(found);
        let (agreements, drafts) = agreements(files, &known(&lexicon, &gazetteer, checked), &mut faults);
        let map = match files.iter().find(|(file, _)| file == MAP_FILE) {
            Some((file, text)) => match reports::MapOutline::parse(file, text) {
                Ok(mut outline) => {
                    outline.source = MAP_SOURCE.into();
                    outline
                }
                Err(found) => {
                    faults.extend(found);
                    reports::MapOutline::default()
                }
            },
            None => reports::MapOutline::default(),
        };
        let crosswalk = crosswalk(files, &mut faults);
        let columns = table(files, "columns.tsv", &mut faults, sources::Columns::parse);
        let judging = table(files, "judging.tsv", &mut faults, reports::Judging::parse);
        faults.sort();
        faults.dedup();
        let hashes = hashes(files, &gazetteer);
        let agreement_hashes = agreements
            .iter()
            .map(|agreement| {
                (
                    agreement.id.to_string(),
                    hash(&under(&hashes, &format!("agreements/{}/", agreement.id))),
                )
            })
            .collect();
        Self {
            agreement_hashes,
            crosswalk,
            columns,
            judging,
            hash: hash(&hashes),
            files: hashes,
            lexicon,
            damage,
            outlets,
            gazetteer,
            acts,
            rulings,
            agreements,
            drafts,
            map,
            outlines: outlines(files),
            faults,
        }
    }
}

/// One table of the pack; what has a fault is told and left out.
fn table<T: Default>(
    files: &[(String, String)],
    name: &str,
    faults: &mut Vec<DataFault>,
    parse: impl Fn(&str, &str) -> Result<T, Vec<DataFault>>,
) -> T {
    let Some((_, text)) = files.iter().find(|(file, _)| file == name) else {
        return T::default();
    };
    parse(name, text).unwrap_or_else(|found| {
        faults.extend(found);
        T::default()
    })
}

/// Codes of others for our words; what has a fault is told and left out.
fn crosswalk(files: &[(String, String)], faults: &mut Vec<DataFault>) -> reports::Crosswalk {
    let text = |name: &str| files.iter().find(|(file, _)| file == name).map(|(_, text)| text);
    let mut read = reports::Crosswalk::default();
    if let Some(acts) = text("acts.tsv") {
        read = reports::Crosswalk::parse("acts.tsv", acts).unwrap_or_else(|found| {
            faults.extend(found);
            reports::Crosswalk::default()
        });
    }
    if let Some(codes) = text("codes.tsv") {
        read = read
            .clone()
            .with_codes("codes.tsv", codes)
            .unwrap_or_else(|found| {
                faults.extend(found);
                read
            });
    }
    read
}

/// The outlines of all files under `map/`; a file that does not read is a fault told elsewhere.
fn outlines(files: &[(String, String)]) -> String {
    let mut features = Vec::new();
    for (file, text) in files {
        let Some(layer) = file
            .strip_prefix("map/")
            .and_then(|name| name.strip_suffix(".geojson"))
        else {
            continue;
        };
        let mut collection: serde_json::Value = serde_json::from_str(text).unwrap_or_default();
        for feature in collection["features"].as_array_mut().into_iter().flatten() {
            feature["properties"]["layer"] = layer.into();
            features.push(feature.take());
        }
    }
    serde_json::json!({ "type": "FeatureCollection", "source": MAP_SOURCE, "features": features }).to_string()
}

/// What agreements may name. `checked`: their places were compared before, and no place is handed over, which
/// means that any name passes.
fn known(lexicon: &claims::Lexicon, gazetteer: &places::Gazetteer, checked: bool) -> agreements::Known {
    let places = (!checked).then(|| gazetteer.names()).into_iter().flatten();
    agreements::Known {
        acts: lexicon.acts().collect(),
        actors: lexicon.actors().to_vec(),
        places: places.map(str::to_owned).collect(),
        provinces: gazetteer.provinces().map(str::to_owned).collect(),
    }
}

/// Runs the worked cases of one file against the versions of an agreement, the one that is judged by first.
pub(crate) fn run_cases(
    file: &str,
    text: &str,
    versions: &[Agreement],
    known: &agreements::Known,
    actors: &[Actor],
) -> Vec<DataFault> {
    let Some(agreement) = versions.first() else {
        return Vec::new();
    };
    let (cases, mut faults) = agreements::cases(file, text, agreement, known);
    let wrong = cases.iter().filter_map(|case| {
        let what = agreements::run(case, versions, actors).err()?;
        Some(DataFault::new(
            file,
            case.line,
            format!("case \"{}\": {what}", case.heading),
            "mend the case or the agreement",
        ))
    });
    faults.extend(wrong);
    faults
}

/// The files of one room.
fn under(files: &[(String, String)], folder: &str) -> Vec<(String, String)> {
    files
        .iter()
        .filter(|(file, _)| file.starts_with(folder))
        .cloned()
        .collect()
}

/// Outline of the provinces for the report's map.
/// Who published the outlines.
const MAP_SOURCE: &str = "Natural Earth";

const MAP_FILE: &str = "map/sy-provinces.geojson";

fn agreements(
    files: &[(String, String)],
    known: &agreements::Known,
    faults: &mut Vec<DataFault>,
) -> (Vec<Agreement>, Vec<Agreement>) {
    let mut ids: Vec<&str> = files
        .iter()
        .filter_map(|(file, _)| {
            file.strip_prefix("agreements/")?
                .split_once('/')
                .map(|(id, _)| id)
        })
        .collect();
    ids.dedup();
    let (mut judged, mut drafts) = (Vec::new(), Vec::new());
    for id in ids {
        let folder = format!("agreements/{id}/");
        let own: Vec<(String, String)> = under(files, &folder)
            .into_iter()
            .map(|(file, text)| (file[folder.len()..].to_owned(), text))
            .collect();
        let (found, more) = agreements::parse(id, &own, known);
        faults.extend(more);
        for agreement in &found {
            for zone in &agreement.zones {
                for shape in zone.shapes.iter().filter(|shape| !shape.is_line()) {
                    let told = places::check_shape(shape).into_iter().map(|what| {
                        DataFault::new(
                            format!("{folder}zones.geojson"),
                            0,
                            format!("zone \"{}\": {what}", zone.id),
                            "a closed ring that does not cross itself",
                        )
                    });
                    faults.extend(told);
                }
            }
        }
        let mut found = found.into_iter();
        judged.extend(found.next());
        drafts.extend(found);
    }
    (judged, drafts)
}

/// Every file of the pack as path and text, in order of path.
pub(crate) fn files(folder: Option<&Path>) -> anyhow::Result<Vec<(String, String)>> {
    let mut files = Vec::new();
    match folder {
        Some(folder) => collect(folder, folder, &mut files)?,
        None => {
            for name in Embedded::iter() {
                if let Some(file) = Embedded::get(&name)
                    && let Ok(text) = String::from_utf8(file.data.into_owned())
                {
                    files.push((name.to_string(), text));
                }
            }
        }
    }
    // The demo's pages are read as pages, never as data.
    files.retain(|(file, _)| !file.starts_with("demo/"));
    files.sort();
    Ok(files)
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<(String, String)>) -> anyhow::Result<()> {
    let told = |source| {
        Fault::outside(
            format!("could not read the data folder \"{}\"", folder.display()),
            "Check --data; it must hold acts.tsv, lexicon/, actors/ and the rest.",
            source,
        )
    };
    for entry in std::fs::read_dir(folder).map_err(told)? {
        let path = entry.map_err(told)?.path();
        if path.is_dir() {
            collect(root, &path, files)?;
        } else if let (Ok(name), Ok(text)) = (path.strip_prefix(root), std::fs::read_to_string(&path)) {
            files.push((name.to_string_lossy().replace('\\', "/"), text));
        }
    }
    Ok(())
}

/// The demonstration corpus, as file name and bytes.
pub(crate) fn demo() -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<(String, Vec<u8>)> = Embedded::iter()
        .filter_map(|name| {
            let file = name.strip_prefix("demo/")?.to_owned();
            let page = !matches!(file.rsplit('.').next(), Some("md" | "toml"));
            page.then(|| Embedded::get(&name).map(|found| (file, found.data.into_owned())))?
        })
        .collect();
    files.sort();
    files
}

/// SHA-256 of every file by its name, in order; those of the gazetteer's tables are told by the gazetteer, which
/// may be built in without them.
fn hashes(files: &[(String, String)], gazetteer: &places::Gazetteer) -> Vec<(String, String)> {
    let table = |file: &str| file.starts_with("gazetteer/") && file.ends_with(".tsv");
    let read = files.iter().filter(|(file, _)| !table(file));
    let mut hashes: Vec<(String, String)> = read
        .map(|(file, text)| (file.clone(), model::sha256_hex(text.as_bytes())))
        .chain(
            gazetteer
                .tables()
                .map(|(file, hash)| (file.to_owned(), hash.to_owned())),
        )
        .collect();
    hashes.sort();
    hashes
}

fn hash(hashes: &[(String, String)]) -> String {
    let lines = hashes.iter().map(|(name, hash)| format!("{name}\n{hash}\n"));
    model::sha256_hex(lines.collect::<String>().as_bytes())
}

fn broken_build() -> anyhow::Error {
    Fault::of(
        Kind::Ours,
        "the gazetteer that is built in cannot be read",
        "Build the program anew, or give a folder with --data.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_built_in_is_what_the_folder_holds() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data");
        let (built_in, _) = Pack::read(None).expect("it is built in");
        let (read, _) = Pack::read(Some(&folder)).expect("the folder is in the repository");
        assert_eq!(
            read.faults,
            vec![],
            "also the names of places in agreements are known"
        );
        assert_eq!(built_in.faults, vec![]);
        assert_eq!(built_in.inputs(), read.inputs());
        assert_eq!(built_in.gazetteer.version(), read.gazetteer.version());
        assert!(
            built_in.gazetteer.packed() == read.gazetteer.packed(),
            "every row and every key"
        );
        assert_eq!(built_in.agreements, read.agreements);
    }
}
