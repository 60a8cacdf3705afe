//! Trains the models under `models/` from the labelled data in `../shared/gold`. Same data, same bytes.

pub(crate) mod acts;
pub(crate) mod attribution;
pub(crate) mod events;
pub(crate) mod linear;
pub(crate) mod names;
mod net;
mod parser;
pub(crate) mod roles;
pub(crate) mod softmax;
mod tagger;
mod words;

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail};
use language::vectors::WordVectors;

use crate::conllu::{self, Tree};

/// Trains the models named (all that need only the treebanks, if none is); `words FOLDER` makes the word vectors.
pub(crate) fn main(shared: &Path, names: &[String]) -> Result<()> {
    if let [name, folder] = names
        && name == "words"
    {
        return words::train(folder.as_ref());
    }
    let all = [
        "tagger",
        "parser",
        "names",
        "attribution",
        "acts",
        "events",
        "scenes",
    ];
    for name in if names.is_empty() {
        all.map(str::to_owned).to_vec()
    } else {
        names.to_vec()
    } {
        match name.as_str() {
            "tagger" => tagger::train(shared)?,
            "parser" => parser::train(shared)?,
            "names" => names::train(shared)?,
            "attribution" => attribution::train(shared)?,
            "acts" => acts::train(shared)?,
            "events" => events::train(shared)?,
            "scenes" => roles::train(shared)?,
            _ => bail!(
                "\"{name}\" is not a model; there are: {}, and words FOLDER_WITH_PACKAGE",
                all.join(", ")
            ),
        }
    }
    Ok(())
}

/// The training part of both treebanks.
pub(crate) fn training_trees(shared: &Path) -> Result<Vec<Tree>> {
    let mut trees = conllu::read(&shared.join("gold/ud-english/en_ewt-train.conllu.gz"))?;
    trees.extend(conllu::read(
        &shared.join("gold/ud-english/en_gum-train.conllu.gz"),
    )?);
    Ok(trees)
}

/// The word vectors as they lie on the disk: they may be newer than those compiled in.
pub(crate) fn word_vectors() -> Result<WordVectors> {
    let file = crate::root().join("models/en/words.bin");
    let bytes = fs::read(&file).with_context(|| format!("reading {}", file.display()))?;
    WordVectors::decode(&bytes).with_context(|| format!("{} is of another version", file.display()))
}

/// A small generator with a fixed seed: the same shuffles on every machine.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new() -> Dice {
        Dice(0x9e37_79b9_7f4a_7c15)
    }

    /// A number below `bound`.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        // Knuth's MMIX constants; the high bits are the good ones
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % bound.max(1)
    }

    /// True once in so often.
    fn chance(&mut self, share: f32) -> bool {
        /// Steps of the die: fine enough for any share used here.
        const FACES: usize = 1 << 16;
        (self.below(FACES) as f32) < share * FACES as f32
    }

    /// A real number from −1 to 1.
    pub(crate) fn real(&mut self) -> f32 {
        self.below(1 << 24) as f32 / (1 << 23) as f32 - 1.0
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i + 1));
        }
    }
}
