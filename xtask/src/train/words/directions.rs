//! The directions in which vectors differ most (principal components), by Jacobi's rotations.

/// Turns to and fro until no rotation is left to do; ten are plenty for a hundred directions.
const SWEEPS: usize = 12;

/// The vectors, less their mean, along the `width` directions of largest variance, strongest first; and the
/// share of the variance that these hold.
pub(super) fn strongest(vectors: &[Vec<f32>], width: usize) -> (Vec<Vec<f32>>, f64) {
    let size = vectors.first().map_or(0, Vec::len);
    let mut mean = vec![0f64; size];
    for vector in vectors {
        for (sum, &x) in mean.iter_mut().zip(vector) {
            *sum += f64::from(x) / vectors.len() as f64;
        }
    }
    let mut products = vec![vec![0f64; size]; size];
    for vector in vectors {
        let centred: Vec<f64> = vector.iter().zip(&mean).map(|(&x, m)| f64::from(x) - m).collect();
        for (row, &x) in products.iter_mut().zip(&centred) {
            for (sum, &y) in row.iter_mut().zip(&centred) {
                *sum += x * y;
            }
        }
    }
    let directions = eigenvectors(&mut products);
    let mut order: Vec<usize> = (0..size).collect();
    order.sort_by(|&a, &b| products[b][b].total_cmp(&products[a][a]));
    order.truncate(width);
    let all: f64 = (0..size).map(|i| products[i][i]).sum();
    let kept: f64 = order.iter().map(|&i| products[i][i]).sum();
    let turned = vectors.iter().map(|vector| {
        let along = |&direction: &usize| {
            let parts = vector.iter().zip(&mean).zip(&directions);
            parts
                .map(|((&x, m), row)| (f64::from(x) - m) * row[direction])
                .sum::<f64>() as f32
        };
        order.iter().map(along).collect()
    });
    (turned.collect(), kept / all)
}

/// Makes a symmetric matrix diagonal; gives the directions as columns.
fn eigenvectors(matrix: &mut [Vec<f64>]) -> Vec<Vec<f64>> {
    let size = matrix.len();
    let mut directions: Vec<Vec<f64>> = (0..size)
        .map(|i| (0..size).map(|j| f64::from(u8::from(i == j))).collect())
        .collect();
    for _ in 0..SWEEPS {
        for p in 0..size {
            for q in p + 1..size {
                rotate(matrix, &mut directions, p, q);
            }
        }
    }
    directions
}

/// Turns the plane of two directions so that their product vanishes (Golub and Van Loan, §8.5).
#[expect(
    clippy::needless_range_loop,
    reason = "two rows of one matrix are turned at once"
)]
fn rotate(matrix: &mut [Vec<f64>], directions: &mut [Vec<f64>], p: usize, q: usize) {
    if matrix[p][q].abs() < 1e-300 {
        return;
    }
    let half = (matrix[q][q] - matrix[p][p]) / (2.0 * matrix[p][q]);
    let tangent = half.signum() / (half.abs() + (half * half + 1.0).sqrt());
    let cosine = 1.0 / (tangent * tangent + 1.0).sqrt();
    let sine = tangent * cosine;
    for row in matrix.iter_mut().chain(directions) {
        let (a, b) = (row[p], row[q]);
        row[p] = cosine * a - sine * b;
        row[q] = sine * a + cosine * b;
    }
    for column in 0..matrix.len() {
        let (a, b) = (matrix[p][column], matrix[q][column]);
        matrix[p][column] = cosine * a - sine * b;
        matrix[q][column] = sine * a + cosine * b;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_strongest_direction_comes_first() {
        // along (1, 1) they differ by 4, along (1, -1) by 1, along the third by nothing
        let vectors: Vec<Vec<f32>> = [(4.0, 1.0), (-4.0, 1.0), (4.0, -1.0), (-4.0, -1.0)]
            .map(|(a, b)| vec![a + b + 7.0, a - b + 7.0, 2.0])
            .to_vec();
        let (strong, kept) = strongest(&vectors, 1);
        assert!((kept - 16.0 / 17.0).abs() < 1e-6, "{kept}");
        assert!(
            strong
                .iter()
                .all(|v| (v[0].abs() - 4.0 * 2f32.sqrt()).abs() < 1e-4)
        );
    }
}
