//! Classes of vectors that lie together: k-means on the sphere, the fine classes gathered into coarse ones.

/// Times every vector is moved to its nearest class.
const ROUNDS: usize = 15;

/// A frequent word counts for more than a rare one, as this over the square root of its rank and this: names,
/// which are many and rare, would otherwise take most classes.
const RANK_SOFT: f32 = 300.0;

/// The finest class of every vector (the most frequent word's first), and the two coarser classes of each.
pub(super) fn nested(vectors: &[Vec<f32>], counts: [u16; 3]) -> (Vec<u16>, Vec<[u16; 2]>) {
    let weights: Vec<f32> = (0..vectors.len())
        .map(|rank| 1.0 / (rank as f32 + RANK_SOFT).sqrt())
        .collect();
    let (fine, centres, sizes) = means(vectors, &weights, counts[2]);
    let (middle_of, middles, middle_sizes) = means(&centres, &sizes, counts[1]);
    let (coarse_of, _, _) = means(&middles, &middle_sizes, counts[0]);
    let coarse = middle_of
        .iter()
        .map(|&middle| [coarse_of[usize::from(middle)], middle])
        .collect();
    (fine, coarse)
}

/// The class of each vector, and each class's centre and weight.
fn means(vectors: &[Vec<f32>], weights: &[f32], count: u16) -> (Vec<u16>, Vec<Vec<f32>>, Vec<f32>) {
    let width = vectors.first().map_or(0, Vec::len);
    // begin with words spread over the more frequent part
    let stride = (vectors.len() / usize::from(count) / 4).max(1);
    let mut centres: Vec<Vec<f32>> = (0..usize::from(count))
        .map(|class| vectors[(class * stride) % vectors.len().max(1)].clone())
        .collect();
    let mut classes = vec![0u16; vectors.len()];
    let mut sizes = vec![0f32; centres.len()];
    for _ in 0..ROUNDS {
        for (class, vector) in classes.iter_mut().zip(vectors) {
            *class = nearest(vector, &centres);
        }
        let mut sums = vec![vec![0f32; width]; centres.len()];
        sizes.fill(0.0);
        for ((&class, vector), weight) in classes.iter().zip(vectors).zip(weights) {
            sizes[usize::from(class)] += weight;
            for (sum, x) in sums[usize::from(class)].iter_mut().zip(vector) {
                *sum += x * weight;
            }
        }
        for ((centre, sum), size) in centres.iter_mut().zip(&sums).zip(&sizes) {
            // a class that lost its last word keeps its place
            if *size > 0.0 {
                *centre = super::normal(sum);
            }
        }
    }
    (classes, centres, sizes)
}

fn nearest(vector: &[f32], centres: &[Vec<f32>]) -> u16 {
    let mut best = (f32::NEG_INFINITY, 0);
    for (class, centre) in (0u16..).zip(centres) {
        let product = crate::train::net::dot(vector, centre);
        if product > best.0 {
            best = (product, class);
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors_that_lie_together_share_a_class() {
        let vectors: Vec<Vec<f32>> = (0..16)
            .map(|i| {
                let angle = (i % 4) as f32 * 1.5 + i as f32 * 0.005;
                vec![angle.cos(), angle.sin()]
            })
            .collect();
        let (fine, coarse) = nested(&vectors, [2, 3, 4]);
        for i in 4..16 {
            assert_eq!(fine[i], fine[i - 4]);
        }
        assert!((1..4).all(|i| fine[i] != fine[0]));
        assert!(coarse.iter().all(|&[first, second]| first < 2 && second < 3));
    }
}
