//! The data pack as the binary reads it, from the folder.

use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use model::{Agreement, DataFault, Outlet};

use crate::clock::processor;

/// Everything the stages read with.
pub(crate) struct Pack {
    pub(crate) lexicon: claims::Lexicon,
    pub(crate) damage: text::Damage,
    pub(crate) outlets: Vec<Outlet>,
    pub(crate) gazetteer: places::Gazetteer,
    pub(crate) acts: incidents::Acts,
    pub(crate) agreements: Vec<Agreement>,
}

impl Pack {
    /// Reads and parses every file; refuses a pack with faults, whose speed would say nothing.
    pub(crate) fn read(folder: &Path) -> Result<Self> {
        Self::read_timed(folder).map(|(pack, _)| pack)
    }

    /// [`Pack::read`], with the milliseconds of processor time that each part took.
    pub(crate) fn read_timed(folder: &Path) -> Result<(Self, Vec<(&'static str, f64)>)> {
        let mut times = Vec::new();
        let mut last = processor();
        let mut lap = |part: &'static str| {
            let now = processor();
            times.push((part, now.saturating_sub(last).as_secs_f64() * 1e3));
            last = now;
        };
        let mut files = Vec::new();
        collect(folder, folder, &mut files)?;
        files.retain(|(file, _)| !file.starts_with("demo/"));
        files.sort();
        let mut faults: Vec<DataFault> = Vec::new();
        lap("files");
        let (gazetteer, found) = places::Gazetteer::parse(&under(&files, "gazetteer/"));
        faults.extend(found);
        lap("gazetteer");
        let (lexicon, found) = claims::Lexicon::parse(&files, gazetteer.names());
        faults.extend(found);
        lap("lexicon of claims");
        let (damage, found) = text::Damage::parse(&under(&files, "lexicon/"));
        faults.extend(found);
        lap("lexicon of damage");
        let (outlets, found) = text::outlets(&under(&files, "outlets/"));
        faults.extend(found);
        let (acts, found) = incidents::Acts::parse(&files);
        faults.extend(found);
        let known = agreements::Known {
            acts: lexicon.acts().collect(),
            actors: lexicon.actors().to_vec(),
            places: gazetteer.names().map(str::to_owned).collect(),
            provinces: gazetteer.provinces().map(str::to_owned).collect(),
        };
        let mut ids: Vec<&str> = files
            .iter()
            .filter_map(|(file, _)| Some(file.strip_prefix("agreements/")?.split_once('/')?.0))
            .collect();
        ids.dedup();
        let mut agreements = Vec::new();
        for id in ids {
            let folder = format!("agreements/{id}/");
            let own = under(&files, &folder)
                .into_iter()
                .map(|(file, text)| (file[folder.len()..].to_owned(), text));
            let (found, more) = agreements::parse(id, &own.collect::<Vec<_>>(), &known);
            // The first version is the one that incidents are judged by.
            agreements.extend(found.into_iter().next().filter(|agreement| !agreement.on_request));
            faults.extend(more);
        }
        ensure!(
            faults.is_empty(),
            "the data has {} faults; see `truceline data check`; the first: {}",
            faults.len(),
            faults[0]
        );
        lap("outlets, acts, agreements");
        let pack = Self {
            lexicon,
            damage,
            outlets,
            gazetteer,
            acts,
            agreements,
        };
        Ok((pack, times))
    }
}

fn under(files: &[(String, String)], folder: &str) -> Vec<(String, String)> {
    files
        .iter()
        .filter(|(file, _)| file.starts_with(folder))
        .cloned()
        .collect()
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<(String, String)>) -> Result<()> {
    for entry in std::fs::read_dir(folder).with_context(|| format!("could not list {folder:?}"))? {
        let path = entry?.path();
        if path.is_dir() {
            collect(root, &path, files)?;
        } else if let (Ok(name), Ok(text)) = (path.strip_prefix(root), std::fs::read_to_string(&path)) {
            files.push((name.to_string_lossy().replace('\\', "/"), text));
        }
    }
    Ok(())
}
