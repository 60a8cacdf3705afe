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
mod groups;
mod ledgers;
mod link;
mod lists;
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
pub use ledgers::{Ledger, LedgerFault, LedgerLine, LedgerTotal, Reconciled, ReconciledLine, reconcile};
pub use lists::{Compared, Listed, compare};
pub use ruling::two_people;

use model::{Actor, Document, Fused, LocatedClaim, Outlet, Rulings, Toll};

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
    let mut pages = pages::Pages::read(documents);
    let mut accounts = account::gather(claims, &pages, acts);
    let mut pairs = block::pairs(&accounts);
    // Which pages are reworked copies is asked of those that tell of the same place and day.
    if pages.find_reworked(&account::page_pairs(&accounts, &pairs)) {
        accounts = account::gather(claims, &pages, acts);
        pairs = block::pairs(&accounts);
    }
    let mut decided = ruling::Decided::read(rulings, claims, &accounts);
    let rejected = decided.rejected(&accounts);
    if !rejected.is_empty() {
        accounts.retain(|account| !account.claims.iter().any(|it| rejected.contains(&it.claim.id)));
        pairs = block::pairs(&accounts);
    }
    let bonds = decided.bonds(&accounts);
    let ties = evidence::ties(&accounts, &pairs, acts);
    let clusters = cluster::join(&accounts, &ties, acts, &bonds);
    let clusters = attach::point_back(&accounts, clusters, acts, &bonds);
    let attached = attach::attach(&accounts, &clusters, &ties, &pages, acts, &bonds);
    let library = origin::Library::new(documents, outlets, actors, &pages, claims);
    let mut fused = assemble::fused(&accounts, &clusters, attached, &library, acts, decided);
    let kept = claims.iter().filter(|it| !rejected.contains(&it.claim.id));
    fused.contradictions.extend(contradiction::omissions(kept));
    fused.rejected = rejected;
    fused
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
    let pages = pages::Pages::read(documents);
    let accounts = account::gather(claims, &pages, acts);
    let library = origin::Library::new(documents, outlets, actors, &pages, claims);
    assemble::tolls(&accounts, &library)
}

#[cfg(test)]
mod tests;
