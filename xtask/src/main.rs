//! All automation of the house: tidy, score, bench, train, ci.
fn main() {}
