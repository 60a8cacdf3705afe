//! Gets located claims with their documents, outlets, actors and acts; gives incidents, the origins behind
//! them, the contradictions between accounts and the links between documents; and sets two ledgers of
//! counts side by side. Corroboration counts origins, never pages.
//! Never reads prose beyond comparing words, never judges against an agreement, never depends on the order
//! in which pages arrive.

mod account;
mod acts;
mod assemble;
mod attach;
mod block;
mod bulletin;
mod cluster;
mod contradiction;
mod evidence;
mod frame;
mod fusion;
mod groups;
mod ledgers;
mod link;
mod lists;
mod near;
mod origin;
mod pages;
mod place;
mod review;
mod ruling;
mod status;
mod toll;
mod wording;

pub use acts::{Acts, Fit};
pub use bulletin::bulletins;
pub use fusion::{Change, Fusion};
pub use ledgers::{Ledger, LedgerFault, LedgerLine, LedgerTotal, Reconciled, ReconciledLine, reconcile};
pub use lists::{Compared, Listed, compare};
pub use ruling::{RulingPolicy, ruling_policy};

use model::{Actor, Document, DocumentId, Fused, LocatedClaim, Outlet, Rulings, Toll};

/// Makes incidents of claims: claims go in, in any order and with any number of copies; incidents come out
/// in order of time, place and id, with the origins behind each, and every pair of accounts that disagree.
///
/// A claim founds an incident when its act is one that happens at a place, is said to have happened, and is
/// not a toll of the whole war or a total over many acts. Denials, accusations and claims of responsibility
/// join the incident they are about when that can be told, and never found one. What people ruled goes before
/// every rule; the order of the rulings is that of the log.
///
/// ```
/// let rulings = model::Rulings::default();
/// let fused = incidents::fuse(&[], &[], &[], &[], &incidents::Acts::default(), &rulings);
/// assert!(fused.incidents.is_empty());
/// ```
pub fn fuse(
    claims: &[LocatedClaim],
    documents: &[Document],
    outlets: &[Outlet],
    actors: &[Actor],
    acts: &Acts,
    rulings: &Rulings,
) -> Fused {
    let mut fusion = Fusion::new(outlets, actors, acts, rulings);
    fusion.take_in(documents, claims);
    fusion.into_fused()
}

/// Pairs of pages that are one text, whole, cut or little changed, with the share of word runs in common, in order of
/// id. Copies whose words were swapped are found by [`fuse`], among pages that tell of one place and day.
///
/// Of thousands of copies each is paired with a few, so that they hang together and there is no square of pairs.
///
/// ```
/// assert!(incidents::copies(&[]).is_empty());
/// ```
pub fn copies(documents: &[Document]) -> Vec<(&DocumentId, &DocumentId, f64)> {
    let mut pages = pages::Pages::new();
    pages.add(documents, &[], &origin::Known::new(&[], &[]));
    let in_order = pages.in_order();
    let pairs = in_order.iter().flat_map(|page| {
        let page = &pages.pages[*page as usize];
        let others = page.same_text.iter();
        let others = others.map(|(other, share)| (page.id, pages.pages[*other as usize].id, *share));
        others.filter(|(a, b, _)| a < b)
    });
    let mut pairs: Vec<(&DocumentId, &DocumentId, f64)> = pairs.collect();
    pairs.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)));
    pairs
}

/// The tolls of claims that are known to tell of one occurrence, as [`fuse`] weighs those of an incident.
///
/// For readers of case files, where a page is about one incident by its nature; nothing is matched. Claims that
/// could found no incident, such as a toll of the whole war, are left out.
pub fn tolls(
    claims: &[LocatedClaim],
    documents: &[Document],
    outlets: &[Outlet],
    actors: &[Actor],
    acts: &Acts,
) -> Vec<Toll> {
    let rulings = Rulings::default();
    let mut fusion = Fusion::new(outlets, actors, acts, &rulings);
    fusion.take_in(documents, claims);
    fusion.tolls()
}

#[cfg(test)]
mod tests;
