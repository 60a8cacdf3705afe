//! Copy signatures: a one-permutation MinHash of the article's words.
//!
//! Each run of [`SIGNATURE_SHINGLE_WORDS`] folded words is hashed to 64 bits (FNV-1a over the words and a
//! separator, then the mixer of SplitMix64). The upper bits choose one of [`SIGNATURE_BINS`] bins, and the
//! bin keeps the smallest lower half that falls into it. A bin into which nothing fell holds
//! [`SIGNATURE_EMPTY`].
//!
//! To compare two signatures: leave out bins that are empty in both; of the others, the share that are
//! equal estimates the Jaccard likeness of the two texts' shingles, with a standard error of at most
//! 0.5 / sqrt(bins) = 0.044. A cut copy keeps a likeness of about its share of the longer text.

use crate::words::fold_key;

/// Bins of a signature.
///
/// 128: standard error 0.044, 512 bytes a page. Fewer, and half copies drown in noise; more, and short
/// pages leave most bins empty.
pub const SIGNATURE_BINS: usize = 128;
/// Words of one shingle.
///
/// 4: unrelated war reports share many pairs and triples ("the army said", "in the northern Syrian"), few
/// fours. Raise it and lightly edited copies vanish; lower it and unrelated pages look alike.
pub const SIGNATURE_SHINGLE_WORDS: usize = 4;
/// What a bin holds into which no shingle fell.
pub const SIGNATURE_EMPTY: u32 = u32::MAX;

/// The signature of texts taken one after another; empty when there is no shingle at all.
pub fn signature<'t>(texts: impl Iterator<Item = &'t str>) -> Vec<u32> {
    let mut bins = vec![SIGNATURE_EMPTY; SIGNATURE_BINS];
    let mut any = false;
    for text in texts {
        let hashes: Vec<u64> = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(fold_key)
            .collect();
        for window in hashes.windows(SIGNATURE_SHINGLE_WORDS) {
            let hash = mix(window.iter().fold(0u64, |sum, word| {
                sum.rotate_left(17).wrapping_mul(0x0100_0000_01b3) ^ word
            }));
            let bin = (hash >> 57) as usize;
            let low = (hash as u32).min(SIGNATURE_EMPTY - 1);
            bins[bin] = bins[bin].min(low);
            any = true;
        }
    }
    if any { bins } else { Vec::new() }
}

/// The finaliser of SplitMix64.
fn mix(mut hash: u64) -> u64 {
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

/// Estimated likeness of two signatures, 0 to 1.
pub(crate) fn likeness(a: &[u32], b: &[u32]) -> f64 {
    let (mut equal, mut used) = (0usize, 0usize);
    for (x, y) in a.iter().zip(b) {
        if *x == SIGNATURE_EMPTY && *y == SIGNATURE_EMPTY {
            continue;
        }
        used += 1;
        equal += usize::from(x == y);
    }
    if used == 0 {
        0.0
    } else {
        equal as f64 / used as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<u32> {
        signature(std::iter::once(text))
    }

    #[test]
    fn a_copy_is_alike_and_a_stranger_is_not() {
        let one: String = (0..200).map(|i| format!("word{} ", i * 7 % 191)).collect();
        let half: String = (0..100).map(|i| format!("word{} ", i * 7 % 191)).collect();
        let other: String = (0..200).map(|i| format!("term{} ", i * 5 % 193)).collect();
        assert!((likeness(&of(&one), &of(&one.to_uppercase())) - 1.0).abs() < 1e-9);
        assert!(likeness(&of(&one), &of(&other)) < 0.05);
        let share = likeness(&of(&one), &of(&half));
        assert!((0.3..0.7).contains(&share), "{share}");
    }

    #[test]
    fn too_little_text_has_no_signature() {
        assert!(of("three words only").is_empty());
        assert_eq!(of("one two three four").len(), SIGNATURE_BINS);
    }
}
