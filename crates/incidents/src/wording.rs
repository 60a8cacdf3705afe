//! Words compared as words: content words of a sentence, what two sentences share, and sketches that bring
//! sentences with shared words together without comparing all pairs.

/// Content words of a text as sorted hashes, each once: words of four letters or more (three in scripts
/// other than Latin, whose words are shorter) and numbers. The rest is mostly grammar.
pub(crate) fn content(text: &str) -> Vec<u64> {
    let mut words: Vec<u64> = content_in_order(text).collect();
    words.sort_unstable();
    words.dedup();
    words
}

fn content_in_order(text: &str) -> impl Iterator<Item = u64> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| {
            let letters = word.chars().count();
            letters >= 4 || (letters == 3 && !word.is_ascii()) || word.bytes().any(|b| b.is_ascii_digit())
        })
        .map(lower_hash)
}

/// Hash of a word in lower case.
pub(crate) fn lower_hash(word: &str) -> u64 {
    if word.is_ascii() {
        fnv(word.bytes().map(|byte| byte.to_ascii_lowercase()))
    } else {
        fnv(word.to_lowercase().bytes())
    }
}

/// Hash of the words of some texts, as [`plain`] writes them, a line each; 0 when there is no word.
pub(crate) fn text_hash<'t>(texts: impl Iterator<Item = &'t str>) -> u64 {
    let (mut hash, mut any) = (FNV_START, false);
    let mut take = |bytes: &mut dyn Iterator<Item = u8>| hash = bytes.fold(hash, fnv_step);
    for text in texts {
        let words = text.split(|c: char| !c.is_alphanumeric());
        let mut first = true;
        for word in words.filter(|word| !word.is_empty()) {
            if !first {
                take(&mut std::iter::once(b' '));
            }
            first = false;
            if word.is_ascii() {
                take(&mut word.bytes().map(|byte| byte.to_ascii_lowercase()));
            } else {
                take(&mut word.to_lowercase().bytes());
            }
        }
        if !first {
            take(&mut std::iter::once(b'\n'));
            any = true;
        }
    }
    if any { hash.max(1) } else { 0 }
}

/// The share of the smaller set that lies in the larger; 0 when either is empty.
pub(crate) fn containment(a: &[u64], b: &[u64]) -> f64 {
    let (mut i, mut j, mut common) = (0, 0, 0_u32);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (i, j, common) = (i + 1, j + 1, common + 1),
        }
    }
    let smaller = u32::try_from(a.len().min(b.len())).unwrap_or(u32::MAX);
    if smaller == 0 {
        0.0
    } else {
        f64::from(common) / f64::from(smaller)
    }
}

/// The smallest hashes of word pairs: two sentences that share most of their words share one of them.
/// Six: with 60 % of word pairs in common, the chance to share none is about 1 in 250.
pub(crate) fn sketch(text: &str) -> Vec<u64> {
    let words: Vec<u64> = content_in_order(text).collect();
    let mut pairs: Vec<u64> = words
        .windows(2)
        .map(|pair| fnv(pair[0].to_be_bytes().into_iter().chain(pair[1].to_be_bytes())))
        .collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs.truncate(6);
    pairs
}

/// Lower-case words with single blanks: how names and sentences are compared for being the same.
pub(crate) fn plain(text: &str) -> String {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.join(" ")
}

/// Hashing for maps whose order is never looked at: fixed, so that no run differs from another.
pub(crate) type Hashed = std::hash::BuildHasherDefault<Hash>;

/// What [`Hashed`] builds. Numbers are taken to be hashes already and are only mixed.
#[derive(Default)]
pub(crate) struct Hash(u64);

impl std::hash::Hasher for Hash {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        let mut words = bytes.chunks_exact(8);
        for word in words.by_ref() {
            self.write_u64(u64::from_le_bytes(word.try_into().unwrap_or_default()));
        }
        let rest = words.remainder();
        if !rest.is_empty() {
            let mut word = [0; 8];
            word[..rest.len()].copy_from_slice(rest);
            self.write_u64(u64::from_le_bytes(word));
        }
    }
    fn write_u8(&mut self, number: u8) {
        self.write_u64(u64::from(number));
    }
    fn write_u32(&mut self, number: u32) {
        self.write_u64(u64::from(number));
    }
    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0.rotate_left(23) ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
    fn write_usize(&mut self, number: usize) {
        self.write_u64(number as u64);
    }
}

/// FNV-1a, 64 bits: a fixed hash, the same in every build, so that replays agree.
pub(crate) fn fnv(bytes: impl IntoIterator<Item = u8>) -> u64 {
    bytes.into_iter().fold(FNV_START, fnv_step)
}

const FNV_START: u64 = 0xcbf2_9ce4_8422_2325;

fn fnv_step(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
}
