//! What has been fused so far, and what further pages change: each step looks again only at what hangs together with
//! what is new. Fusing everything at once takes the same steps, with everything new.
//!
//! Claims that say the same in plain copies of one text are a *wording*. Wordings bring pages together that may be
//! reworked copies of each other; wordings of one text, reworked copies among its pages, are an account.

mod clusters;
mod texts;
mod ties;

use crate::account::{self, Account, Days, Part};
use crate::acts::{Acts, Fit};
use crate::assemble::{self, Made};
use crate::attach::{self, Attached};
use crate::block;
use crate::cluster;
use crate::contradiction;
use crate::evidence::{self, Rule, Tie};
use crate::link;
use crate::near::Near;
use crate::origin::{Known, Library};
use crate::pages::Pages;
use crate::review;
use crate::ruling::{Bonds, Decided};
use crate::wording::{self, Hashed};
use model::{Actor, ClaimId, Document, Fused, Incident, IncidentId, LocatedClaim, Outlet, Rulings, Toll};
use std::cmp::{Ordering, Reverse};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// No cluster.
pub(crate) const NO_CLUSTER: u32 = u32::MAX;
/// Nothing.
const NONE: u32 = NO_CLUSTER;

/// Pages and claims fused so far.
///
/// What is taken in may come in any order and any portions: the result is that of [`crate::fuse`] over all of it, and
/// taking in a page costs what hangs together with it, not what is there already. Nothing is ever taken out; where
/// something has to go, start anew without it.
pub struct Fusion<'a> {
    pub(crate) acts: &'a Acts,
    known: Known<'a>,
    pub(crate) pages: Pages<'a>,
    claims: Vec<&'a LocatedClaim>,
    named: Named<'a>,
    words: HashMap<Arc<str>, u32, Hashed>,
    wordings: Vec<Option<Wording<'a>>>,
    glances: Vec<Glance>,
    wording_of: HashMap<(Arc<str>, u32), u32, Hashed>,
    wordings_near: Near,
    pub(crate) accounts: Vec<Option<Joined<'a>>>,
    sketches: Vec<Sketch>,
    /// Accounts by text and words.
    account_of: HashMap<(Arc<str>, u32), u32, Hashed>,
    accounts_near: Near,
    pub(crate) clusters: Vec<Option<Cluster>>,
    rulings: &'a Rulings,
    /// The page of each claim, where there are rulings that may name it.
    page_of: HashMap<&'a ClaimId, u32, Hashed>,
    pub(crate) held: Held,
}

/// What people ruled, by accounts.
#[derive(Default)]
pub(crate) struct Held {
    /// Accounts that are left out, and claims.
    rejected: BTreeSet<u32>,
    rejected_claims: BTreeSet<ClaimId>,
    same: Vec<(u32, u32)>,
    apart: Vec<(u32, u32)>,
    /// Accounts placed by hand, with one that tells their incident.
    pub(crate) placed: BTreeMap<u32, Option<u32>>,
}

/// What an addition changed, by the ids of incidents. An incident that has other contents under the same id stands in
/// both lists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// Incidents that are there no longer as they were.
    pub gone: Vec<IncidentId>,
    /// Incidents that were not there before as they are now.
    pub come: Vec<IncidentId>,
}

/// What is asked of a wording most often, side by side for all of them.
#[derive(Clone, Copy)]
struct Glance {
    /// The first letters of the act.
    act: u128,
    days: Days,
    /// Hash of the name of the copies.
    copied: u64,
    /// The first page it stands on, in order of id.
    first_page: u32,
    account: u32,
    part: Part,
}

/// Claims that say the same in plain copies of one text.
struct Wording<'a> {
    /// Name of the copies.
    copied: Arc<str>,
    words: Arc<str>,
    words_number: u32,
    /// One of its claims; in time and act all are the same.
    one: &'a LocatedClaim,
    /// In order of id.
    claims: Vec<&'a LocatedClaim>,
    keys: Vec<u64>,
}

/// An account, and how it is joined to others.
pub(crate) struct Joined<'a> {
    pub(crate) account: Account<'a>,
    words_number: u32,
    wordings: Vec<u32>,
    keys: Vec<u64>,
    pub(crate) ties: Vec<Tied>,
    /// The cluster it belongs to, when it founds one.
    pub(crate) home: u32,
    /// What it speaks about, when it founds none.
    pub(crate) attached: Attached,
}

/// What is asked of an account most often, side by side for all of them.
#[derive(Clone, Copy)]
struct Sketch {
    days: Days,
    act: usize,
    part: Part,
    points: bool,
}

/// A tie to another account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Tied {
    pub(crate) to: u32,
    pub(crate) score: u32,
    pub(crate) rule: Rule,
}

/// Accounts of one occurrence, and what has been made of them.
#[derive(Default)]
pub(crate) struct Cluster {
    /// In the order of accounts.
    pub(crate) members: Vec<u32>,
    pub(crate) rules: BTreeSet<Rule>,
    /// Whether all its accounts only point at an act told elsewhere.
    pub(crate) is_pointing: bool,
    /// The cluster that a pointing one belongs to.
    pub(crate) anchor: Option<u32>,
    /// Pointing clusters that belong to this one.
    pub(crate) joined: BTreeSet<u32>,
    /// Accounts that speak about it, and those that may.
    pub(crate) speaking: BTreeMap<u32, Rule>,
    pub(crate) may_mean: BTreeSet<u32>,
    made: Option<Made>,
}

/// Acts by number, and how each two fit.
#[derive(Default)]
struct Named<'a> {
    numbers: BTreeMap<&'a str, usize>,
    fits: Vec<Vec<Fit>>,
}

impl<'a> Named<'a> {
    fn number(&mut self, act: &'a str, acts: &Acts) -> usize {
        if let Some(number) = self.numbers.get(act) {
            return *number;
        }
        let number = self.fits.len();
        self.numbers.insert(act, number);
        self.fits.push(vec![Fit::Same; number + 1]);
        for (other, at) in &self.numbers {
            self.fits[number][*at] = acts.compatible(act, other);
            if *at < number {
                self.fits[*at].push(acts.compatible(other, act));
            }
        }
        number
    }
}

/// What one addition has touched so far.
#[derive(Default)]
struct Touched {
    /// Pages with claims to be read again.
    pages: BTreeSet<u32>,
    /// Wordings that are new or have other claims than before.
    wordings: BTreeSet<u32>,
    /// Wordings that are gone, which are kept until the addition is done.
    gone_wordings: BTreeSet<u32>,
    /// Pages that were or are the first of a wording that changed.
    first_pages: BTreeSet<u32>,
    /// Pairs of wordings, and of accounts, that may be near each other no longer, or have come near.
    doubtful_wordings: BTreeSet<(u32, u32)>,
    doubtful_accounts: BTreeSet<(u32, u32)>,
    /// Accounts that are new, and those whose ties have changed.
    new_accounts: BTreeSet<u32>,
    retied: BTreeSet<u32>,
    /// Pages of accounts and clusters that changed.
    told_pages: BTreeSet<u32>,
    /// Clusters of which accounts are gone.
    broken: BTreeSet<u32>,
    /// Clusters that are new or have another content than before.
    clusters: BTreeSet<u32>,
    /// Accounts that spoke about what is gone.
    speakers: BTreeSet<u32>,
    /// Incidents that were made of what is gone.
    gone: Vec<Incident>,
    /// Accounts about which people ruled otherwise than before.
    ruled: BTreeSet<u32>,
}

impl<'a> Fusion<'a> {
    /// Nothing yet.
    pub fn new(outlets: &'a [Outlet], actors: &'a [Actor], acts: &'a Acts, rulings: &'a Rulings) -> Self {
        Self {
            acts,
            known: Known::new(outlets, actors),
            pages: Pages::new(),
            claims: Vec::new(),
            named: Named::default(),
            words: HashMap::default(),
            wordings: Vec::new(),
            glances: Vec::new(),
            wording_of: HashMap::default(),
            wordings_near: block::near(),
            accounts: Vec::new(),
            sketches: Vec::new(),
            account_of: HashMap::default(),
            accounts_near: block::near(),
            clusters: Vec::new(),
            rulings,
            page_of: HashMap::default(),
            held: Held::default(),
        }
    }

    /// Takes in pages and claims; what was taken in before is not counted again. Says which incidents that changes.
    ///
    /// ```
    /// let (acts, rulings) = (incidents::Acts::default(), model::Rulings::default());
    /// let mut fusion = incidents::Fusion::new(&[], &[], &acts, &rulings);
    /// assert_eq!(fusion.add(&[], &[]), incidents::Change::default());
    /// ```
    pub fn add(&mut self, documents: &'a [Document], claims: &'a [LocatedClaim]) -> Change {
        let (made, gone) = self.take_in(documents, claims);
        let gone: BTreeMap<&IncidentId, &Incident> =
            gone.iter().map(|incident| (&incident.id, incident)).collect();
        let now = made.iter().filter_map(|cluster| self.incident_of(*cluster));
        let now: BTreeMap<&IncidentId, &Incident> = now.map(|incident| (&incident.id, incident)).collect();
        let other = |incidents: &BTreeMap<&IncidentId, &Incident>,
                     than: &BTreeMap<&IncidentId, &Incident>| {
            let differs = incidents
                .iter()
                .filter(|(id, incident)| than.get(*id) != Some(incident));
            differs.map(|(id, _)| (*id).clone()).collect()
        };
        Change {
            gone: other(&gone, &now),
            come: other(&now, &gone),
        }
    }

    /// The whole result.
    pub fn fused(&self) -> Fused {
        let made = self.clusters.iter().map(|cluster| cluster.as_ref()?.made.clone());
        self.whole(made.collect())
    }

    /// The whole result, where nothing is to be added any more.
    pub(crate) fn into_fused(mut self) -> Fused {
        let made = self
            .clusters
            .iter_mut()
            .map(|cluster| cluster.as_mut()?.made.take());
        let made = made.collect();
        self.whole(made)
    }

    fn whole(&self, mut made: Vec<Option<Made>>) -> Fused {
        let founded = (0..made.len() as u32).filter(|number| made[*number as usize].is_some());
        let mut in_order: Vec<(u32, Vec<&Account<'a>>)> =
            founded.map(|number| (number, self.founding(number))).collect();
        in_order.sort_by(|(_, a), (_, b)| a[0].order(b[0]));
        let mut decided = (!self.rulings.list.is_empty()).then(|| self.decide().0);
        let mut whole = Vec::with_capacity(in_order.len());
        for (number, _) in &in_order {
            let Some(mut one) = made[*number as usize].take() else {
                continue;
            };
            // What was held when it was made is held again, for what becomes of the rulings.
            if let Some(decided) = decided.as_mut().filter(|decided| decided.is_about(&one.incident)) {
                one = self.make_one(*number, Some(decided));
            }
            whole.push(one);
        }
        let place: HashMap<u32, usize, Hashed> = in_order
            .iter()
            .enumerate()
            .map(|(at, (number, _))| (*number, at))
            .collect();
        let speaking: Vec<Vec<&Account<'a>>> = in_order
            .iter()
            .map(|(number, _)| {
                self.speaking(*number)
                    .into_iter()
                    .map(|(account, _)| account)
                    .collect()
            })
            .collect();
        let told = whole
            .iter()
            .zip(in_order)
            .zip(speaking)
            .map(|((one, (_, founding)), speaking)| review::Told {
                incident: &one.incident,
                founding,
                speaking,
            });
        let told: Vec<review::Told<'_, '_>> = told.collect();
        let joined = self.accounts.iter().flatten();
        let open = joined.filter_map(|joined| {
            let meant = joined.attached.open.as_ref()?.iter();
            let mut meant: Vec<(Reverse<u32>, usize)> =
                meant.map(|(score, at)| (Reverse(*score), place[at])).collect();
            meant.sort_unstable();
            Some((&joined.account, meant.into_iter().map(|(_, at)| at).collect()))
        });
        let open: Vec<review::Open<'_, '_>> = open.collect();
        let library = Library::new(&self.pages, &self.known);
        let review = review::queue(&told, &open, decided.as_ref(), &library);
        drop(told);
        let mut fused = assemble::whole(whole, link::pages(&self.pages));
        fused.review = review;
        let attached = self.accounts.iter().flatten().map(|joined| &joined.attached);
        fused.notes = attached
            .flat_map(|attached| attached.notes.iter().cloned())
            .collect();
        if let Some(decided) = decided {
            fused.rejected.clone_from(&self.held.rejected_claims);
            let (ruled, notes) = decided.told(&fused.incidents);
            fused.ruled = ruled;
            fused.notes.extend(notes);
        }
        fused.notes.sort();
        fused.notes.dedup();
        let kept = self.claims.iter().copied();
        let kept = kept.filter(|located| !fused.rejected.contains(&located.claim.id));
        fused.contradictions.extend(contradiction::omissions(kept));
        fused
    }

    /// The tolls of all claims, as if all told of one occurrence.
    pub(crate) fn tolls(&self) -> Vec<Toll> {
        let mut accounts: Vec<&Account<'_>> = self
            .accounts
            .iter()
            .flatten()
            .map(|joined| &joined.account)
            .collect();
        accounts.sort_by(|a, b| a.order(b));
        assemble::tolls(&accounts, &Library::new(&self.pages, &self.known))
    }

    fn incident_of(&self, cluster: u32) -> Option<&Incident> {
        let made = self.clusters[cluster as usize].as_ref()?.made.as_ref()?;
        Some(&made.incident)
    }

    /// The clusters of which an incident was made anew, and the incidents that stood in their places.
    pub(crate) fn take_in(
        &mut self,
        documents: &'a [Document],
        claims: &'a [LocatedClaim],
    ) -> (BTreeSet<u32>, Vec<Incident>) {
        let mut touched = Touched {
            pages: self.pages.add(documents, claims, &self.known),
            ..Touched::default()
        };
        self.claims.extend(claims);
        self.reword(&mut touched);
        let retexted = self.rework(&mut touched);
        self.reaccount(&mut touched, &retexted);
        let mut decided = self.rule(&mut touched);
        self.retie(&mut touched);
        self.recluster(&mut touched);
        self.point(&mut touched);
        self.attach(&mut touched);
        let made = self.make(&mut touched, decided.as_mut());
        for gone in &touched.gone_wordings {
            self.wordings[*gone as usize] = None;
        }
        (made, touched.gone)
    }

    fn wording(&self, number: u32) -> &Wording<'a> {
        self.wordings[number as usize]
            .as_ref()
            .expect("wordings are dropped last")
    }

    pub(crate) fn account(&self, number: u32) -> &Account<'a> {
        &self.joined(number).account
    }

    pub(crate) fn joined(&self, number: u32) -> &Joined<'a> {
        self.accounts[number as usize]
            .as_ref()
            .expect("accounts are dropped with all that names them")
    }

    fn glance(&self, number: u32) -> &Glance {
        &self.glances[number as usize]
    }

    fn first_of(&self, wording: &Wording<'_>) -> u32 {
        // Claims come in order of id, pages in another.
        let documents = wording.claims.iter().map(|located| &located.claim.document);
        let first = documents.min().and_then(|document| self.pages.number(document));
        first.expect("a wording stands on a page")
    }

    /// The pages of an account, each once.
    pub(crate) fn pages_of(&self, account: &Account<'_>) -> Vec<u32> {
        let mut documents: Vec<_> = account.sites.iter().map(|site| &site.document).collect();
        documents.dedup();
        documents
            .into_iter()
            .filter_map(|document| self.pages.number(document))
            .collect()
    }

    /// Sets what people ruled against the accounts there are now; what is ruled otherwise than before is looked at
    /// again.
    fn rule(&mut self, touched: &mut Touched) -> Option<Decided<'a>> {
        if self.rulings.list.is_empty() {
            return None;
        }
        for page in &touched.pages {
            let claims = self.pages.pages[*page as usize].claims.iter();
            self.page_of
                .extend(claims.map(|located| (&located.claim.id, *page)));
        }
        let (decided, held) = self.decide();
        let before = std::mem::replace(&mut self.held, held);
        let alive = |number: &u32| self.accounts[*number as usize].is_some();
        let rejected = before.rejected.symmetric_difference(&self.held.rejected);
        let rejected: Vec<u32> = rejected.copied().filter(alive).collect();
        let pairs = |held: &Held| -> BTreeSet<(u8, u32, u32)> {
            let same = held.same.iter().map(|(a, b)| (0, *a, *b));
            let placed = held.placed.iter().map(|(a, b)| (2, *a, b.unwrap_or(*a)));
            same.chain(held.apart.iter().map(|(a, b)| (1, *a, *b)))
                .chain(placed)
                .collect()
        };
        let (old, new) = (pairs(&before), pairs(&self.held));
        let differ = old.symmetric_difference(&new).flat_map(|(_, a, b)| [*a, *b]);
        touched
            .ruled
            .extend(differ.chain(rejected.iter().copied()).filter(alive));
        for number in rejected {
            let is_rejected = self.held.rejected.contains(&number);
            for page in self.pages_of(self.account(number)) {
                touched.told_pages.insert(page);
                let accounts = &mut self.pages.pages[page as usize].accounts;
                accounts.retain(|other| *other != number);
                if !is_rejected {
                    accounts.push(number);
                }
            }
            let joined = self.accounts[number as usize].as_mut().expect("it is alive");
            let home = std::mem::replace(&mut joined.home, NONE);
            let attached = std::mem::take(&mut joined.attached);
            touched.broken.extend((home != NONE).then_some(home));
            self.detach(number, &attached, touched);
        }
        Some(decided)
    }

    /// What people ruled, set against the accounts of the pages that they name.
    fn decide(&self) -> (Decided<'a>, Held) {
        let list = self.rulings.list.iter();
        let documents = list
            .clone()
            .flat_map(|ruling| ruling.words.values().map(|(document, _)| document));
        let named = documents.filter_map(|document| self.pages.number(document));
        let claims = list.flat_map(|ruling| ruling.decision.claims());
        let pages: BTreeSet<u32> = claims
            .filter_map(|claim| self.page_of.get(claim).copied())
            .chain(named)
            .collect();
        let pages = || pages.iter().map(|page| &self.pages.pages[*page as usize]);
        let claims: Vec<&LocatedClaim> = pages().flat_map(|page| page.claims.iter().copied()).collect();
        let numbers: BTreeSet<u32> = pages()
            .flat_map(|page| &page.wordings)
            .map(|wording| self.glance(*wording).account)
            .collect();
        let mut numbers: Vec<u32> = numbers.into_iter().collect();
        numbers.sort_by(|a, b| self.account(*a).order(self.account(*b)));
        let accounts = |numbers: &[u32]| -> Vec<&Account<'a>> {
            numbers.iter().map(|number| self.account(*number)).collect()
        };
        let mut decided = Decided::read(self.rulings, &claims, &accounts(&numbers));
        let ids = decided.rejected(&accounts(&numbers));
        let is_rejected = |number: &u32| {
            let claims = &mut self.account(*number).claims.iter();
            claims.any(|located| ids.contains(&located.claim.id))
        };
        let (rejected, kept): (Vec<u32>, Vec<u32>) = numbers.into_iter().partition(is_rejected);
        let bonds = decided.bonds(&accounts(&kept));
        let pairs = |pairs: Vec<(usize, usize)>| pairs.into_iter().map(|(a, b)| (kept[a], kept[b])).collect();
        let held = Held {
            rejected: rejected.into_iter().collect(),
            rejected_claims: ids,
            same: pairs(bonds.same),
            apart: pairs(bonds.apart),
            placed: bonds
                .placed
                .into_iter()
                .map(|(at, to)| (kept[at], to.map(|to| kept[to])))
                .collect(),
        };
        (decided, held)
    }
}

/// A pair in order of number.
fn in_order(a: u32, b: u32) -> (u32, u32) {
    (a.min(b), a.max(b))
}

impl Glance {
    /// Whether two wordings make their first pages worth comparing.
    fn makes_candidates(&self, other: &Self) -> bool {
        let worth = || block::are_worth((self.part, self.days), (other.part, other.days));
        self.first_page != other.first_page && self.copied != other.copied && worth()
    }
}

/// The first letters of a name as a number of the same order.
fn first_letters(name: &str) -> u128 {
    let mut letters = [0; 16];
    for (place, letter) in letters.iter_mut().zip(name.bytes()) {
        *place = letter;
    }
    u128::from_be_bytes(letters)
}

/// The order of [`block::order`], for wordings.
fn order_of_wordings(glances: &[Glance], wordings: &[Option<Wording<'_>>]) -> impl Fn(u32, u32) -> Ordering {
    |a, b| {
        let (x, y) = (&glances[a as usize], &glances[b as usize]);
        (x.act, x.days).cmp(&(y.act, y.days)).then_with(|| {
            let (Some(x), Some(y)) = (&wordings[a as usize], &wordings[b as usize]) else {
                return a.cmp(&b);
            };
            let (one, two) = (&x.one.claim.when.edtf, &y.one.claim.when.edtf);
            one.cmp(two)
                .then_with(|| (&x.copied, &x.words).cmp(&(&y.copied, &y.words)))
        })
    }
}

fn order_of_accounts(accounts: &[Option<Joined<'_>>]) -> impl Fn(u32, u32) -> Ordering {
    |a, b| match (&accounts[a as usize], &accounts[b as usize]) {
        (Some(x), Some(y)) => block::order(&x.account, &y.account),
        _ => a.cmp(&b),
    }
}
