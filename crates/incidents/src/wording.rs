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
        .map(|word| fnv(word.to_lowercase().bytes()))
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

/// FNV-1a, 64 bits: a fixed hash, the same in every build, so that replays agree.
pub(crate) fn fnv(bytes: impl IntoIterator<Item = u8>) -> u64 {
    bytes.into_iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
