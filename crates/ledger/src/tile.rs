//! Where a tile lies and how its bytes are laid out (<https://c2sp.org/tlog-tiles>).

/// How many hashes or entries a full tile holds.
pub(crate) const TILE_WIDTH: u64 = 256;

/// A tile spans this many levels of the tree: 2^8 = 256 hashes wide.
pub(crate) const TILE_HEIGHT: u8 = 8;

/// The longest leaf, in bytes: an entry bundle writes the length in 16 bits.
pub const LEAF_BYTES_MAX: usize = 65_535;

/// A full tile of hashes, in bytes.
pub(crate) const TILE_BYTES_MAX: usize = 256 * 32;

/// A full bundle of the longest leaves, in bytes.
pub(crate) const BUNDLE_BYTES_MAX: usize = 256 * (2 + LEAF_BYTES_MAX);

/// What a tile file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Holds {
    /// The leaves themselves.
    Entries,
    /// Hashes of a level; level 0 hashes leaves, each higher one hashes 256 of the level below.
    Hashes(u8),
}

impl Holds {
    /// How many leaves stand under one item of the tile.
    fn leaves_shift(self) -> u32 {
        match self {
            Self::Entries => 0,
            Self::Hashes(level) => u32::from(level) * u32::from(TILE_HEIGHT),
        }
    }

    /// How many whole items a log of `size` leaves has here.
    pub(crate) fn items(self, size: u64) -> u64 {
        size.checked_shr(self.leaves_shift()).unwrap_or(0)
    }

    /// The longest such file, in bytes.
    pub(crate) fn bytes_max(self) -> usize {
        match self {
            Self::Entries => BUNDLE_BYTES_MAX,
            Self::Hashes(_) => TILE_BYTES_MAX,
        }
    }
}

/// The address of one tile file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) holds: Holds,
    /// Which tile of its level, from 0.
    pub(crate) index: u64,
    /// How many items the file has, 1 to 256.
    pub(crate) width: u64,
}

impl Place {
    /// The path below the log's directory, as the specification writes it.
    pub(crate) fn path(self) -> String {
        let mut name = format!("{:03}", self.index % 1000);
        let mut rest = self.index / 1000;
        while rest > 0 {
            name = format!("x{:03}/{name}", rest % 1000);
            rest /= 1000;
        }
        let part = if self.width == TILE_WIDTH {
            String::new()
        } else {
            format!(".p/{}", self.width)
        };
        match self.holds {
            Holds::Entries => format!("tile/entries/{name}{part}"),
            Holds::Hashes(level) => format!("tile/{level}/{name}{part}"),
        }
    }

    /// The place whose path this is; nothing for any other spelling.
    pub(crate) fn parse(path: &str) -> Option<Self> {
        let (level, name) = path.strip_prefix("tile/")?.split_once('/')?;
        let holds = match level {
            "entries" => Holds::Entries,
            level => Holds::Hashes(level.parse().ok().filter(|level| *level < 64)?),
        };
        let (name, width) = match name.split_once(".p/") {
            Some((name, width)) => (name, width.parse().ok().filter(|w| (1..TILE_WIDTH).contains(w))?),
            None => (name, TILE_WIDTH),
        };
        let mut index: u64 = 0;
        for digits in name.split('/') {
            let digits: u64 = digits
                .trim_start_matches('x')
                .parse()
                .ok()
                .filter(|d| *d < 1000)?;
            index = index.checked_mul(1000)?.checked_add(digits)?;
        }
        let place = Self { holds, index, width };
        (place.path() == path).then_some(place)
    }

    /// Whether a log of `size` leaves has all the items of this tile.
    pub(crate) fn is_within(self, size: u64) -> bool {
        let end = self
            .index
            .checked_mul(TILE_WIDTH)
            .and_then(|start| start.checked_add(self.width));
        end.is_some_and(|end| end <= self.holds.items(size))
    }

    /// The first leaf under this tile.
    pub(crate) fn first_leaf(self) -> u64 {
        self.first_leaf_under(0)
    }

    /// The first leaf under one of its items. The tile lies within a log, so the number is below
    /// [`crate::SIZE_MAX`].
    pub(crate) fn first_leaf_under(self, item: u64) -> u64 {
        (self.index * TILE_WIDTH + item) << self.holds.leaves_shift()
    }
}

/// Appends one leaf to the bytes of a bundle: its length in two bytes, high byte first, then itself.
pub(crate) fn push_entry(bundle: &mut Vec<u8>, leaf: &[u8]) {
    let length = u16::try_from(leaf.len()).expect("append refuses leaves beyond LEAF_BYTES_MAX");
    bundle.extend_from_slice(&length.to_be_bytes());
    bundle.extend_from_slice(leaf);
}

/// The leaves of a bundle, as far as its bytes can be read, and whether they were used up exactly.
pub(crate) fn split_bundle(mut bytes: &[u8]) -> (Vec<&[u8]>, bool) {
    let mut leaves = Vec::new();
    while let Some((length, rest)) = bytes.split_first_chunk::<2>() {
        let Some((leaf, rest)) = rest.split_at_checked(usize::from(u16::from_be_bytes(*length))) else {
            return (leaves, false);
        };
        leaves.push(leaf);
        bytes = rest;
    }
    (leaves, bytes.is_empty())
}

#[cfg(test)]
mod tests;
