//! What has been fused so far, and what further pages change: each step looks again only at what hangs together with
//! what is new. Fusing everything at once takes the same steps, with everything new.
//!
//! Claims that say the same in plain copies of one text are a *wording*. Wordings bring pages together that may be
//! reworked copies of each other; wordings of one text, reworked copies among its pages, are an account.

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

    /// Reads the claims of touched pages into wordings.
    fn reword(&mut self, touched: &mut Touched) {
        let mut before: BTreeSet<u32> = BTreeSet::new();
        for page in &touched.pages {
            before.extend(std::mem::take(&mut self.pages.pages[*page as usize].wordings));
        }
        for number in &before {
            touched.first_pages.insert(self.glance(*number).first_page);
            let pages = &self.pages;
            let wording = self.wordings[*number as usize].as_mut();
            let wording = wording.expect("wordings are dropped last");
            let stays = |located: &&LocatedClaim| {
                let page = pages.number(&located.claim.document);
                page.is_some_and(|page| !touched.pages.contains(&page))
            };
            wording.claims.retain(stays);
        }
        let mut fresh = Vec::new();
        for page in &touched.pages {
            let copied = Arc::clone(self.pages.copied.name(*page));
            for said in account::said(&self.pages.pages[*page as usize].claims) {
                let next = self.words.len() as u32;
                let words: Arc<str> = Arc::from(said.wording);
                let words_number = *self.words.entry(Arc::clone(&words)).or_insert(next);
                let next = self.wordings.len() as u32;
                let key = (Arc::clone(&copied), words_number);
                let number = *self.wording_of.entry(key).or_insert(next);
                if number == next {
                    let located = said.located;
                    self.glances.push(Glance {
                        act: first_letters(located.claim.act.id.as_str()),
                        days: Days::of(&located.claim),
                        copied: wording::fnv(copied.bytes()),
                        first_page: NONE,
                        account: NONE,
                        part: said.part,
                    });
                    self.wordings.push(Some(Wording {
                        copied: Arc::clone(&copied),
                        words,
                        words_number,
                        one: located,
                        claims: Vec::new(),
                        keys: block::wording_keys(located),
                    }));
                    fresh.push(number);
                }
                let wording = self.wordings[number as usize].as_mut();
                wording.expect("just looked up").claims.push(said.located);
                touched.wordings.insert(number);
                self.pages.pages[*page as usize].wordings.push(number);
            }
            let on_page = &mut self.pages.pages[*page as usize].wordings;
            on_page.sort_unstable();
            on_page.dedup();
        }
        for number in before {
            if self.wording(number).claims.is_empty() {
                touched.gone_wordings.insert(number);
            } else {
                touched.wordings.insert(number);
            }
        }
        for number in &touched.wordings {
            let first = self.first_of(self.wording(*number));
            let wording = self.wordings[*number as usize].as_mut().expect("just looked up");
            wording.claims.sort_by(|a, b| a.claim.id.cmp(&b.claim.id));
            let before = std::mem::replace(&mut self.glances[*number as usize].first_page, first);
            touched.first_pages.extend((before != NONE).then_some(before));
            touched.first_pages.insert(first);
        }
        let order = order_of_wordings(&self.glances, &self.wordings);
        for number in &touched.gone_wordings {
            let wording = self.wordings[*number as usize].as_ref().expect("dropped last");
            self.wordings_near
                .take(*number, &wording.keys, &order, &mut touched.doubtful_wordings);
            self.wording_of
                .remove(&(Arc::clone(&wording.copied), wording.words_number));
        }
        for number in fresh {
            let wording = self.wordings[number as usize].as_ref().expect("just made");
            self.wordings_near.put(number, &wording.keys);
        }
        self.wordings_near.settle(&order, &mut touched.doubtful_wordings);
    }

    /// Looks for reworked copies among pages that tell of the same place and day; gives the pages whose text has
    /// another name.
    fn rework(&mut self, touched: &mut Touched) -> Vec<u32> {
        let order = order_of_wordings(&self.glances, &self.wordings);
        let mut before: Vec<(u32, u32)> = Vec::new();
        let looked_at = |page: u32| touched.first_pages.contains(&page);
        let mut candidates: Vec<(u32, u32)> = Vec::new();
        let (mut near, mut others) = (Vec::new(), Vec::new());
        for page in &touched.first_pages {
            others.clear();
            for number in &self.pages.pages[*page as usize].wordings {
                let glance = self.glance(*number);
                if glance.first_page != *page {
                    continue;
                }
                near.clear();
                self.wordings_near
                    .of(*number, &self.wording(*number).keys, &order, &mut near);
                let worth = near
                    .iter()
                    .map(|other| self.glance(*other))
                    .filter(|other| glance.makes_candidates(other));
                others.extend(worth.map(|other| other.first_page));
            }
            others.sort_unstable();
            others.dedup();
            others.retain(|other| other < page || (other > page && !looked_at(*other)));
            candidates.extend(others.iter().map(|other| in_order(*page, *other)));
            let known = self.pages.pages[*page as usize].reworked.keys();
            before.extend(known.map(|other| in_order(*page, *other)));
        }
        for (a, b) in &touched.doubtful_wordings {
            if touched.gone_wordings.contains(a) || touched.gone_wordings.contains(b) {
                continue;
            }
            let (a, b) = (self.glance(*a).first_page, self.glance(*b).first_page);
            if a != b && !looked_at(a) && !looked_at(b) {
                let pair = in_order(a, b);
                before.push(pair);
                candidates.extend(self.are_candidates(a, b).then_some(pair));
            }
        }
        candidates.sort_unstable();
        candidates.dedup();
        before.retain(|pair| candidates.binary_search(pair).is_err());
        let mut relinked: BTreeSet<u32> = touched.pages.clone();
        let shares = candidates.into_iter().map(|pair| (pair, true));
        for ((a, b), is_candidate) in shares.chain(before.into_iter().map(|pair| (pair, false))) {
            let share = is_candidate.then(|| self.pages.sentences_alike(a, b)).flatten();
            if share != self.pages.pages[a as usize].reworked.get(&b).copied() {
                self.pages.relink_reworked(a, b, share);
                relinked.extend([a, b]);
            }
        }
        let relinked: Vec<u32> = relinked.into_iter().collect();
        self.pages.regroup_texts(&relinked)
    }

    fn are_candidates(&self, a: u32, b: u32) -> bool {
        let order = order_of_wordings(&self.glances, &self.wordings);
        let of = |page: u32| {
            let all = self.pages.pages[page as usize].wordings.iter().copied();
            all.filter(move |number| self.glance(*number).first_page == page)
        };
        of(a).any(|x| {
            of(b).any(|y| {
                let keys = |number: u32| self.wording(number).keys.as_slice();
                let near = || self.wordings_near.are((x, keys(x)), (y, keys(y)), &order);
                self.glance(x).makes_candidates(self.glance(y)) && near()
            })
        })
    }

    /// Makes accounts of wordings that changed or belong to another text than before.
    fn reaccount(&mut self, touched: &mut Touched, retexted: &[u32]) {
        let mut wordings = touched.wordings.clone();
        for page in retexted {
            wordings.extend(&self.pages.pages[*page as usize].wordings);
        }
        let with_gone = wordings.iter().chain(&touched.gone_wordings);
        let mut old: BTreeSet<u32> = with_gone
            .map(|number| self.glance(*number).account)
            .filter(|account| *account != NONE)
            .collect();
        // The account that a wording comes to may be there already.
        let kept = wordings
            .iter()
            .filter(|number| !touched.gone_wordings.contains(number));
        old.extend(kept.filter_map(|number| self.account_of.get(&self.account_key(*number))));
        let order = order_of_accounts(&self.accounts);
        for number in &old {
            let joined = self.accounts[*number as usize]
                .as_ref()
                .expect("wordings name accounts that are there");
            wordings.extend(&joined.wordings);
            self.accounts_near
                .take(*number, &joined.keys, &order, &mut touched.doubtful_accounts);
        }
        drop(order);
        for number in &old {
            let joined = self.accounts[*number as usize].take().expect("just looked up");
            self.account_of
                .remove(&(Arc::clone(&joined.account.text), joined.words_number));
            for page in self.pages_of(&joined.account) {
                touched.told_pages.insert(page);
                self.pages.pages[page as usize]
                    .accounts
                    .retain(|other| other != number);
            }
            for tied in &joined.ties {
                if let Some(other) = self.accounts[tied.to as usize].as_mut() {
                    other.ties.retain(|back| back.to != *number);
                    touched.retied.insert(tied.to);
                }
            }
            if joined.home != NONE {
                touched.broken.insert(joined.home);
            }
            self.detach(*number, &joined.attached, touched);
        }
        wordings.retain(|number| !touched.gone_wordings.contains(number));
        // In order of wordings: pages that come together lie together.
        let mut made: Vec<((Arc<str>, u32), Vec<u32>)> = Vec::new();
        let mut place: HashMap<(Arc<str>, u32), usize, Hashed> = HashMap::default();
        for number in wordings {
            let key = self.account_key(number);
            let at = *place.entry(key.clone()).or_insert(made.len());
            if at == made.len() {
                made.push((key, Vec::new()));
            }
            made[at].1.push(number);
        }
        for (key, wordings) in made {
            self.new_account(key, wordings, touched);
        }
        let order = order_of_accounts(&self.accounts);
        self.accounts_near.settle(&order, &mut touched.doubtful_accounts);
    }

    /// The text and the words of the account that a wording belongs to.
    fn account_key(&self, wording: u32) -> (Arc<str>, u32) {
        let text = self.pages.texts.name(self.glance(wording).first_page);
        (Arc::clone(text), self.wording(wording).words_number)
    }

    fn new_account(
        &mut self,
        (text, words_number): (Arc<str>, u32),
        mut wordings: Vec<u32>,
        touched: &mut Touched,
    ) {
        // Wordings of that account which nothing touched are among these, since all of its were taken.
        wordings.sort_unstable();
        let number = self.accounts.len() as u32;
        self.account_of.insert((Arc::clone(&text), words_number), number);
        let mut claims: Vec<&'a LocatedClaim> = Vec::new();
        for wording in &wordings {
            self.glances[*wording as usize].account = number;
            let wording = self.wordings[*wording as usize].as_ref().expect("dropped last");
            claims.extend(&wording.claims);
        }
        claims.sort_by(|a, b| a.claim.id.cmp(&b.claim.id));
        let first = self.wording(wordings[0]);
        let (part, words) = (self.glance(wordings[0]).part, Arc::clone(&first.words));
        let act = self.named.number(claims[0].claim.act.id.as_str(), self.acts);
        let account = Account::read(claims, part, (text, words), act, &self.pages, self.acts);
        let keys = block::text_keys(&account);
        for page in self.pages_of(&account) {
            touched.told_pages.insert(page);
            self.pages.pages[page as usize].accounts.push(number);
        }
        self.accounts_near.put(number, &keys);
        self.sketches.push(Sketch {
            days: account.days,
            act: account.act_number,
            part: account.part,
            points: !account.points_at.is_empty(),
        });
        touched.new_accounts.insert(number);
        self.accounts.push(Some(Joined {
            account,
            words_number,
            wordings,
            keys,
            ties: Vec::new(),
            home: NONE,
            attached: Attached::default(),
        }));
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

    /// Ties new accounts, and others whose neighbours changed.
    fn retie(&mut self, touched: &mut Touched) {
        let mut again = touched.new_accounts.clone();
        again.extend(&touched.ruled);
        for page in &touched.told_pages {
            let accounts = std::mem::take(&mut self.pages.pages[*page as usize].accounts);
            let id = self.pages.pages[*page as usize].id;
            let mut sites: Vec<(usize, usize, u32)> = Vec::new();
            for number in &accounts {
                let on_page = self.account(*number).sites_on(id);
                sites.extend(on_page.iter().map(|site| (site.order, site.start, *number)));
            }
            sites.sort_by(|a, b| {
                let orders = || self.account(a.2).order(self.account(b.2));
                (a.0, a.1).cmp(&(b.0, b.1)).then_with(orders)
            });
            let points = |number: &&u32| !self.account(**number).points_at.is_empty();
            let pointing = accounts.iter().filter(points).copied().collect();
            // On a long page a new account parts others from their neighbours.
            if sites.len() > block::PAGE_NEIGHBOURS + 1 {
                again.extend(&accounts);
            }
            let page = &mut self.pages.pages[*page as usize];
            (page.accounts, page.sites, page.pointing) = (accounts, sites, pointing);
        }
        for number in &again {
            let joined = self.accounts[*number as usize].as_mut().expect("it is there");
            let ties = std::mem::take(&mut joined.ties);
            for tied in ties {
                let other = self.accounts[tied.to as usize].as_mut().expect("ties are mutual");
                other.ties.retain(|back| back.to != *number);
                touched.retied.insert(tied.to);
            }
            touched.retied.insert(*number);
        }
        let mut near = Vec::new();
        let mut is_again = vec![false; self.accounts.len()];
        for number in &again {
            is_again[*number as usize] = true;
        }
        for number in &again {
            near.clear();
            self.neighbours(*number, &mut near);
            near.sort_unstable();
            near.dedup();
            // Of two that are tied again the later looks at the earlier.
            for other in near
                .iter()
                .filter(|other| *other < number || !is_again[**other as usize])
            {
                self.set_tie(*number, *other, self.judge(*number, *other), touched);
            }
        }
        let mut doubtful = std::mem::take(&mut touched.doubtful_accounts);
        for (a, b) in &touched.doubtful_wordings {
            if !touched.gone_wordings.contains(a) && !touched.gone_wordings.contains(b) {
                doubtful.insert(in_order(self.glance(*a).account, self.glance(*b).account));
            }
        }
        for (a, b) in doubtful {
            let alive = |number: u32| self.accounts[number as usize].is_some() && !again.contains(&number);
            if a == b || !alive(a) || !alive(b) {
                continue;
            }
            near.clear();
            self.neighbours(a, &mut near);
            let tie = near.contains(&b).then(|| self.judge(a, b)).flatten();
            self.set_tie(a, b, tie, touched);
        }
    }

    fn judge(&self, a: u32, b: u32) -> Option<(u32, Rule)> {
        let (one, two) = (&self.sketches[a as usize], &self.sketches[b as usize]);
        let are_apart = self.named.fits[one.act][two.act] == Fit::Distinct && one.part == two.part;
        if !block::are_worth((one.part, one.days), (two.part, two.days))
            || (are_apart && !one.points && !two.points)
        {
            return None;
        }
        let (x, y) = (self.account(a), self.account(b));
        let (x, y) = if x.order(y).is_lt() { (x, y) } else { (y, x) };
        let fit = self.named.fits[x.act_number][y.act_number];
        evidence::tie(x, y, fit, self.acts)
    }

    fn set_tie(&mut self, a: u32, b: u32, tie: Option<(u32, Rule)>, touched: &mut Touched) {
        let known = self.joined(a).ties.iter().find(|tied| tied.to == b);
        if known.map(|tied| (tied.score, tied.rule)) == tie {
            return;
        }
        for (from, to) in [(a, b), (b, a)] {
            let joined = self.accounts[from as usize].as_mut().expect("it is there");
            joined.ties.retain(|tied| tied.to != to);
            joined
                .ties
                .extend(tie.map(|(score, rule)| Tied { to, score, rule }));
            touched.retied.insert(from);
        }
    }

    /// The accounts worth comparing with one, some more than once.
    fn neighbours(&self, number: u32, near: &mut Vec<u32>) {
        if self.held.rejected.contains(&number) {
            return;
        }
        let joined = self.joined(number);
        let order = order_of_wordings(&self.glances, &self.wordings);
        let mut wordings = Vec::new();
        for wording in &joined.wordings {
            let keys = &self.wording(*wording).keys;
            self.wordings_near.of(*wording, keys, &order, &mut wordings);
        }
        near.extend(wordings.iter().map(|other| self.glance(*other).account));
        let order = order_of_accounts(&self.accounts);
        self.accounts_near.of(number, &joined.keys, &order, near);
        let account = &joined.account;
        for page in self.pages_of(account) {
            let page = &self.pages.pages[page as usize];
            for site in account.sites_on(page.id) {
                let from = page
                    .sites
                    .partition_point(|other| (other.0, other.1) < (site.order, site.start));
                let run = page.sites[from..].iter();
                let Some(at) = run
                    .take_while(|other| (other.0, other.1) == (site.order, site.start))
                    .position(|other| other.2 == number)
                else {
                    continue;
                };
                let at = from + at;
                let before = &page.sites[at.saturating_sub(block::PAGE_NEIGHBOURS)..at];
                let after = page.sites[at + 1..].iter().take(block::PAGE_NEIGHBOURS);
                near.extend(before.iter().chain(after).map(|other| other.2));
            }
            for other in &page.pointing {
                if evidence::points_at(self.account(*other), account) {
                    near.push(*other);
                }
            }
            if !account.points_at.is_empty() {
                let pointed = page.accounts.iter();
                near.extend(pointed.filter(|other| evidence::points_at(account, self.account(**other))));
            }
        }
        let rejected = &self.held.rejected;
        near.retain(|other| *other != number && !rejected.contains(other));
    }

    /// Joins again the clusters that hold touched accounts. Others take part as they are: a cluster evolves as before
    /// unless one of them is joined to it, and where that happens it is looked at again with all its accounts.
    fn recluster(&mut self, touched: &mut Touched) {
        let founds = |fusion: &Self, number: &u32| {
            let joined = fusion.accounts[*number as usize].as_ref();
            let is_founding = joined.is_some_and(|joined| joined.account.part == Part::Founds);
            is_founding && !fusion.held.rejected.contains(number)
        };
        let changed = touched.retied.iter().chain(&touched.new_accounts);
        let mut loose: BTreeSet<u32> = changed.chain(&touched.ruled).copied().collect();
        loose.retain(|number| founds(self, number));
        let mut opened: BTreeSet<u32> = touched.broken.clone();
        opened.extend(
            loose
                .iter()
                .map(|number| self.joined(*number).home)
                .filter(|home| *home != NONE),
        );
        for cluster in &opened {
            let members = self.clusters[*cluster as usize]
                .iter()
                .flat_map(|cluster| &cluster.members);
            loose.extend(members.filter(|number| founds(self, number)));
        }
        let joined = loop {
            let tied = loose.iter().flat_map(|number| self.joined(*number).ties.iter());
            let ruled = self.held.same.iter().flat_map(|(a, b)| [(a, b), (b, a)]);
            let ruled = ruled.filter(|(a, _)| loose.contains(a)).map(|(_, b)| *b);
            let beside: BTreeSet<u32> = tied
                .map(|tied| tied.to)
                .chain(ruled)
                .filter(|other| !loose.contains(other) && founds(self, other))
                .map(|other| self.joined(other).home)
                .collect();
            let (all, clusters) = self.join(&loose, &beside);
            let mut disturbed = BTreeSet::new();
            for cluster in &clusters {
                let homes: BTreeSet<u32> = cluster
                    .members
                    .iter()
                    .filter(|at| !loose.contains(&all[**at]))
                    .map(|at| self.joined(all[*at]).home)
                    .collect();
                let is_mixed = homes.len() > 1 || cluster.members.iter().any(|at| loose.contains(&all[*at]));
                if is_mixed {
                    disturbed.extend(homes);
                }
            }
            if disturbed.is_empty() {
                let numbers = |cluster: cluster::Cluster| {
                    let members: Vec<u32> = cluster.members.iter().map(|at| all[*at]).collect();
                    (members, cluster.rules)
                };
                let of_loose = clusters.into_iter().map(numbers);
                break of_loose
                    .filter(|(members, _)| loose.contains(&members[0]))
                    .collect::<Vec<_>>();
            }
            for cluster in disturbed {
                let members = self.clusters[cluster as usize]
                    .iter()
                    .flat_map(|cluster| &cluster.members);
                loose.extend(members);
                opened.insert(cluster);
            }
        };
        self.replace(&opened, joined, touched);
    }

    /// Joins loose accounts and whole clusters beside them; gives the accounts in order, and the clusters by position.
    fn join(&self, loose: &BTreeSet<u32>, beside: &BTreeSet<u32>) -> (Vec<u32>, Vec<cluster::Cluster>) {
        let whole = beside
            .iter()
            .filter_map(|cluster| self.clusters[*cluster as usize].as_ref())
            .flat_map(|cluster| &cluster.members);
        let mut all: Vec<u32> = loose.iter().chain(whole).copied().collect();
        all.sort_by(|a, b| self.account(*a).order(self.account(*b)));
        let at: HashMap<u32, usize, Hashed> =
            all.iter().enumerate().map(|(at, number)| (*number, at)).collect();
        let mut ties = Vec::new();
        for (a, number) in all.iter().enumerate() {
            for tied in &self.joined(*number).ties {
                if let Some(b) = at.get(&tied.to).copied().filter(|b| a < *b) {
                    let (score, rule) = (tied.score, tied.rule);
                    ties.push(Tie { a, b, score, rule });
                }
            }
        }
        ties.sort_by(|x, y| y.score.cmp(&x.score).then((x.a, x.b).cmp(&(y.a, y.b))));
        let accounts: Vec<&Account<'_>> = all.iter().map(|number| self.account(*number)).collect();
        let pairs = |all: &[(u32, u32)]| -> Vec<(usize, usize)> {
            let here = all
                .iter()
                .filter_map(|(a, b)| at.get(a).copied().zip(at.get(b).copied()));
            here.collect()
        };
        let placed = self.held.placed.iter().filter_map(|(number, to)| {
            let to = to.and_then(|to| at.get(&to).copied());
            Some((*at.get(number)?, to))
        });
        let bonds = Bonds {
            same: pairs(&self.held.same),
            apart: pairs(&self.held.apart),
            placed: placed.collect(),
        };
        let clusters = cluster::join(&accounts, &ties, self.acts, &bonds);
        (all, clusters)
    }

    /// Puts new clusters in the place of opened ones; one that is as it was, of accounts that are as they were, stays.
    fn replace(
        &mut self,
        opened: &BTreeSet<u32>,
        joined: Vec<(Vec<u32>, BTreeSet<Rule>)>,
        touched: &mut Touched,
    ) {
        let mut stays: BTreeSet<u32> = BTreeSet::new();
        let mut fresh = Vec::new();
        for (members, rules) in joined {
            let home = self.joined(members[0]).home;
            let old = opened
                .get(&home)
                .and_then(|home| self.clusters[*home as usize].as_ref());
            let is_ruled = members.iter().any(|member| touched.ruled.contains(member));
            if !is_ruled && old.is_some_and(|old| old.members == members && old.rules == rules) {
                stays.insert(home);
            } else {
                fresh.push((members, rules));
            }
        }
        for number in opened.difference(&stays) {
            let Some(old) = self.clusters[*number as usize].take() else {
                continue;
            };
            touched.gone.extend(old.made.map(|made| made.incident));
            touched.speakers.extend(old.speaking.keys().chain(&old.may_mean));
            for member in old.members {
                if self.accounts[member as usize].is_some() {
                    touched.told_pages.extend(self.pages_of(self.account(member)));
                }
            }
            if let Some(anchor) = old
                .anchor
                .and_then(|anchor| self.clusters[anchor as usize].as_mut())
            {
                anchor.joined.remove(number);
                touched.clusters.extend(old.anchor);
            }
            for pointing in old.joined {
                if let Some(pointing) = self.clusters[pointing as usize].as_mut() {
                    pointing.anchor = None;
                }
                touched.clusters.insert(pointing);
            }
        }
        for (members, rules) in fresh {
            let number = self.clusters.len() as u32;
            for member in &members {
                self.accounts[*member as usize]
                    .as_mut()
                    .expect("it is there")
                    .home = number;
                touched.told_pages.extend(self.pages_of(self.account(*member)));
            }
            let is_pointing = members.iter().all(|member| {
                let is_ruled = self.held.placed.contains_key(member)
                    || self.held.apart.iter().any(|(a, b)| a == member || b == member);
                !is_ruled && attach::is_pointing(self.account(*member), self.acts)
            });
            self.clusters.push(Some(Cluster {
                members,
                rules,
                is_pointing,
                ..Cluster::default()
            }));
            touched.clusters.insert(number);
        }
        let clusters = &self.clusters;
        touched
            .clusters
            .retain(|cluster| clusters[*cluster as usize].is_some());
    }

    /// Joins clusters that only point at an act to the one that the page tells.
    fn point(&mut self, touched: &mut Touched) {
        let on_pages = touched
            .told_pages
            .iter()
            .flat_map(|page| &self.pages.pages[*page as usize].accounts);
        let homes = on_pages
            .map(|number| self.joined(*number).home)
            .filter(|home| *home != NONE);
        let mut pointing: BTreeSet<u32> = homes.chain(touched.clusters.iter().copied()).collect();
        pointing.retain(|cluster| self.cluster(*cluster).is_pointing);
        for number in pointing {
            let cluster = self.cluster(number);
            let members = cluster.members.iter();
            let meant: BTreeSet<u32> = members
                .flat_map(|member| attach::meant(self, *member, attach::Among::Telling))
                .collect();
            let (old, new) = (
                cluster.anchor,
                meant.first().copied().filter(|_| meant.len() == 1),
            );
            if old == new {
                continue;
            }
            let members = cluster.members.clone();
            for end in [old, new].into_iter().flatten() {
                if let Some(anchor) = self.clusters[end as usize].as_mut() {
                    if Some(end) == new {
                        anchor.joined.insert(number);
                    } else {
                        anchor.joined.remove(&number);
                    }
                    touched.clusters.insert(end);
                }
            }
            self.clusters[number as usize]
                .as_mut()
                .expect("just looked up")
                .anchor = new;
            touched.clusters.insert(number);
            for member in members {
                touched.told_pages.extend(self.pages_of(self.account(member)));
            }
        }
    }

    pub(crate) fn cluster(&self, number: u32) -> &Cluster {
        self.clusters[number as usize]
            .as_ref()
            .expect("clusters are dropped with all that names them")
    }

    /// The cluster that a cluster's accounts count for.
    pub(crate) fn root(&self, cluster: u32) -> u32 {
        self.cluster(cluster).anchor.unwrap_or(cluster)
    }

    /// Looks again at what accounts speak about that stand beside touched clusters.
    fn attach(&mut self, touched: &mut Touched) {
        let mut speakers = std::mem::take(&mut touched.speakers);
        for page in &touched.told_pages {
            let alike = self.pages.titled_alike(*page).chain([*page]);
            speakers.extend(alike.flat_map(|page| &self.pages.pages[page as usize].accounts));
        }
        for cluster in &touched.clusters {
            let members = self.cluster(*cluster).members.iter();
            speakers.extend(members.flat_map(|member| self.joined(*member).ties.iter().map(|tied| tied.to)));
        }
        speakers.extend(touched.retied.iter().chain(&touched.new_accounts));
        speakers.extend(touched.ruled.iter().chain(self.held.placed.keys()));
        for number in speakers {
            let Some(joined) = self.accounts[number as usize].as_ref() else {
                continue;
            };
            if joined.account.part != Part::SpeaksAbout || self.held.rejected.contains(&number) {
                continue;
            }
            let attached = attach::attach(self, number);
            if attached != joined.attached {
                let old = joined.attached.clone();
                self.detach(number, &old, touched);
                for (cluster, rule) in &attached.speaking {
                    self.clusters[*cluster as usize]
                        .as_mut()
                        .expect("it is there")
                        .speaking
                        .insert(number, *rule);
                    touched.clusters.insert(*cluster);
                }
                for cluster in &attached.may_mean {
                    self.clusters[*cluster as usize]
                        .as_mut()
                        .expect("it is there")
                        .may_mean
                        .insert(number);
                    touched.clusters.insert(*cluster);
                }
                self.accounts[number as usize]
                    .as_mut()
                    .expect("just looked up")
                    .attached = attached;
            }
        }
    }

    fn detach(&mut self, number: u32, attached: &Attached, touched: &mut Touched) {
        let named = attached
            .speaking
            .iter()
            .map(|(cluster, _)| cluster)
            .chain(&attached.may_mean);
        for at in named {
            if let Some(cluster) = self.clusters[*at as usize].as_mut() {
                cluster.speaking.remove(&number);
                cluster.may_mean.remove(&number);
                touched.clusters.insert(*at);
            }
        }
    }

    /// Makes the incidents of touched clusters anew.
    fn make(&mut self, touched: &mut Touched, mut decided: Option<&mut Decided<'_>>) -> BTreeSet<u32> {
        let mut roots: BTreeSet<u32> = std::mem::take(&mut touched.clusters);
        // A ruling may have come to stand, or have lost its object, without any account being touched.
        let named = self
            .rulings
            .list
            .iter()
            .flat_map(|ruling| ruling.decision.claims());
        let pages: BTreeSet<u32> = named
            .filter_map(|claim| self.page_of.get(claim).copied())
            .collect();
        for page in pages {
            for joined in self.pages.pages[page as usize]
                .accounts
                .iter()
                .map(|number| self.joined(*number))
            {
                roots.extend((joined.home != NONE).then(|| self.root(joined.home)));
                roots.extend(joined.attached.speaking.iter().map(|(cluster, _)| cluster));
            }
        }
        let mut made_anew = BTreeSet::new();
        for number in roots {
            let Some(cluster) = self.clusters[number as usize].as_mut() else {
                continue;
            };
            touched.gone.extend(cluster.made.take().map(|made| made.incident));
            if cluster.anchor.is_some() {
                continue;
            }
            let made = self.make_one(number, decided.as_deref_mut());
            self.clusters[number as usize]
                .as_mut()
                .expect("just looked up")
                .made = Some(made);
            made_anew.insert(number);
        }
        made_anew
    }

    fn make_one(&self, number: u32, decided: Option<&mut Decided<'_>>) -> Made {
        let cluster = self.cluster(number);
        let founding = self.founding(number);
        let mut rules = cluster.rules.clone();
        if !cluster.joined.is_empty() {
            rules.insert(Rule::LeftOpen);
        }
        let speaking = self.speaking(number);
        let mut may_mean: Vec<&Account<'_>> = cluster
            .may_mean
            .iter()
            .map(|number| self.account(*number))
            .collect();
        may_mean.sort_by(|a, b| a.order(b));
        let library = Library::new(&self.pages, &self.known);
        assemble::made(
            (founding, speaking, may_mean),
            &rules,
            &library,
            self.acts,
            decided,
        )
    }

    /// The accounts that found the incident of a cluster, in order.
    fn founding(&self, number: u32) -> Vec<&Account<'a>> {
        let cluster = self.cluster(number);
        let joined = cluster
            .joined
            .iter()
            .flat_map(|pointing| &self.cluster(*pointing).members);
        let all = cluster.members.iter().chain(joined);
        let mut founding: Vec<&Account<'a>> = all.map(|member| self.account(*member)).collect();
        founding.sort_by(|a, b| a.order(b));
        founding
    }

    /// The accounts that speak about it, in order.
    fn speaking(&self, number: u32) -> Vec<(&Account<'a>, Rule)> {
        let speaking = self.cluster(number).speaking.iter();
        let mut speaking: Vec<(&Account<'a>, Rule)> = speaking
            .map(|(number, rule)| (self.account(*number), *rule))
            .collect();
        speaking.sort_by(|a, b| a.0.order(b.0));
        speaking
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
