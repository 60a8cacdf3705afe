//! Fusing in bulk and page by page: a made-up war of a thousand to a hundred thousand pages, and what one more page
//! costs when there are a hundred thousand incidents.

use std::path::Path;

use anyhow::{Result, ensure};
use incidents::{Acts, Fusion};
use model::{Fused, LocatedClaim, Rulings};

use super::pack::Pack;
use super::{made, verdict};
use crate::clock::processor;

/// Pages fused at once.
const PAGES: [usize; 3] = [1_000, 10_000, 100_000];
/// The exponent of n log n from 10,000 to 100,000, with a tenth for caches that no longer hold everything.
const EXPONENT_MAX: f64 = 1.2;

/// Pages before one more is added: of them there are a hundred thousand incidents.
const PAGES_BEFORE: usize = 130_000;
const INCIDENTS_BEFORE: usize = 100_000;
/// Pages added one by one.
const ADDED: usize = 100;
/// Most milliseconds for one page.
const ADDED_MAX_MS: f64 = 50.0;
/// Pages before, where the result is compared with that of fusing everything at once.
const COMPARED: usize = 10_000;

/// Times both, and prints.
pub(super) fn main(root: &Path) -> Result<()> {
    let pack = Pack::read(&root.join("data"))?;
    println!("processor time on one core; {}", super::machine());
    println!(
        "{:>9} {:>9} {:>10} {:>9} {:>12} {:>9}",
        "pages", "claims", "incidents", "seconds", "claims/s", "exponent"
    );
    let mut before: Option<(usize, f64)> = None;
    for pages in PAGES {
        let made = made::war(pages);
        let claims = made.claims_of_first(pages);
        let start = processor();
        let fused = fuse(&made, &claims, pages, &pack.acts);
        let seconds = (processor() - start).as_secs_f64();
        let exponent =
            before.map(|(fewer, quicker)| (seconds / quicker).ln() / (pages as f64 / fewer as f64).ln());
        println!(
            "{pages:>9} {:>9} {:>10} {seconds:>9.2} {:>12.0} {:>9}{}",
            claims.len(),
            fused.incidents.len(),
            claims.len() as f64 / seconds,
            exponent.map_or_else(|| "\u{2013}".to_owned(), |exponent| format!("{exponent:.2}")),
            exponent.map_or_else(String::new, |exponent| verdict(
                exponent <= EXPONENT_MAX,
                &format!("n log n, at most {EXPONENT_MAX}")
            )),
        );
        before = Some((pages, seconds));
    }
    println!("memory {}", super::memory());
    page_by_page(COMPARED, &pack.acts, true)?;
    page_by_page(PAGES_BEFORE, &pack.acts, false)
}

fn fuse(made: &made::Made, claims: &[LocatedClaim], pages: usize, acts: &Acts) -> Fused {
    incidents::fuse(
        claims,
        &made.documents[..pages],
        &[],
        &[],
        acts,
        &Rulings::default(),
    )
}

/// Adds pages one by one to what is there, and sees where it is quick whether that is what a rebuild gives.
fn page_by_page(before: usize, acts: &Acts, compare: bool) -> Result<()> {
    let made = made::war(before + ADDED);
    let claims = made.claims_of_first(before);
    let rulings = Rulings::default();
    let mut fusion = Fusion::new(&[], &[], acts, &rulings);
    let incidents = fusion.add(&made.documents[..before], &claims).come.len();
    let (mut times, mut changed) = (Vec::with_capacity(ADDED), 0);
    for page in before..before + ADDED {
        let start = processor();
        let change = fusion.add(&made.documents[page..=page], &made.claims[page]);
        times.push((processor() - start).as_secs_f64() * 1e3);
        changed += change.gone.len() + change.come.len();
    }
    times.sort_by(f64::total_cmp);
    let (median, worst) = (times[ADDED / 2], times[ADDED - 1]);
    println!(
        "one page more on {before} pages with {incidents} incidents: median {median:.1} ms, worst of {ADDED} {worst:.1} ms, {changed} incidents came or went{}",
        verdict(worst < ADDED_MAX_MS, &format!("under {ADDED_MAX_MS} ms"))
    );
    if compare {
        let all = made.claims_of_first(before + ADDED);
        let whole = fuse(&made, &all, before + ADDED, acts);
        ensure!(
            fusion.fused() == whole,
            "page by page gives another result than all at once"
        );
        println!(
            "the result is what fusing all {} pages at once gives",
            before + ADDED
        );
    } else {
        ensure!(
            incidents >= INCIDENTS_BEFORE,
            "the made-up war has only {incidents} incidents"
        );
    }
    Ok(())
}
