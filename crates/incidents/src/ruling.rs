//! What people decided: which accounts are kept together or apart, which are left out, and what is held to be so.
//!
//! A ruling names claims, and a claim stands for its account: what is decided about one goes for every copy of
//! its words. Of two rulings that exclude each other the later one holds.

mod binding;

use crate::account::{Account, Part};
use crate::assemble::Case;
use crate::groups::Groups;
use crate::wording;
use binding::Binding;
use model::{
    AttributionKind, Because, ClaimId, DataFault, Decision, DocumentId, Element, Incident, IncidentId,
    LocatedClaim, Note, Ruled, Ruling, RulingId, Rulings, Severity, Standing, Status,
};
use std::collections::{BTreeMap, BTreeSet};

/// The rulings, set against what is read now.
pub(crate) struct Decided<'a> {
    rulings: &'a [Ruling],
    /// For each claim that a ruling names and that is read under another id now, that id.
    renamed: BTreeMap<&'a ClaimId, ClaimId>,
    /// For each ruling what became of it, and why.
    standings: Vec<(Standing, String)>,
    /// Claims that rulings in force archive, as these are read now.
    archived: BTreeSet<ClaimId>,
    /// Rulings by the claims they name, as these are read now.
    by_claim: BTreeMap<ClaimId, Vec<usize>>,
    /// For each source that was graded, in plain words, the newest ruling that does.
    grades: BTreeMap<String, usize>,
}

/// What the joining of accounts must keep to; accounts by index.
#[derive(Debug, Default)]
pub(crate) struct Bonds {
    /// Pairs that tell of one incident.
    pub(crate) same: Vec<(usize, usize)>,
    /// Pairs that do not.
    pub(crate) apart: Vec<(usize, usize)>,
    /// Accounts that were placed by hand, with one that tells their incident; no rule of ours moves them.
    pub(crate) placed: BTreeMap<usize, Option<usize>>,
}

impl Bonds {
    /// Whether a rule of ours may tie the account to others.
    pub(crate) fn leaves_free(&self, account: usize) -> bool {
        !self.placed.contains_key(&account)
    }
}

impl<'a> Decided<'a> {
    /// Sees which rulings stand, before anything is joined.
    pub(crate) fn read(rulings: &'a Rulings, claims: &[&LocatedClaim], accounts: &[&Account<'_>]) -> Self {
        let mut decided = Self {
            rulings: &rulings.list,
            renamed: BTreeMap::new(),
            standings: vec![(Standing::InForce, String::new()); rulings.list.len()],
            archived: BTreeSet::new(),
            by_claim: BTreeMap::new(),
            grades: BTreeMap::new(),
        };
        if rulings.list.is_empty() {
            return decided;
        }
        decided.find_again(claims);
        decided.take_back();
        decided.count_people(&rulings.two_people, accounts);
        decided.archived = decided.named(|decision| match decision {
            Decision::Archive { claims } => Some(claims),
            _ => None,
        });
        decided.sort();
        decided
    }

    fn sort(&mut self) {
        for (index, ruling) in self.rulings.iter().enumerate() {
            for id in ruling.decision.claims() {
                self.by_claim.entry(self.now(id).clone()).or_default().push(index);
            }
            let in_force = self.standings[index].0 == Standing::InForce;
            if let Decision::Grade { source, .. } = &ruling.decision
                && in_force
                && let Some(earlier) = self.grades.insert(wording::plain(source), index)
            {
                let why = "a later ruling grades the same source".to_owned();
                self.set(earlier, Standing::Superseded, why);
            }
        }
    }

    /// Claims that are read under another id now are known by their page and words, when these are one claim's.
    fn find_again(&mut self, claims: &[&LocatedClaim]) {
        let known: BTreeSet<&ClaimId> = claims.iter().map(|located| &located.claim.id).collect();
        let named = || self.rulings.iter().flat_map(|ruling| ruling.decision.claims());
        let lost: BTreeSet<&ClaimId> = named().filter(|id| !known.contains(id)).collect();
        let mut by_words: BTreeMap<(&DocumentId, &str), Vec<&ClaimId>> = BTreeMap::new();
        if !lost.is_empty() {
            for located in claims {
                let words = (&located.claim.document, located.claim.quote.as_str());
                by_words.entry(words).or_default().push(&located.claim.id);
            }
        }
        for (index, ruling) in self.rulings.iter().enumerate() {
            for id in ruling
                .decision
                .claims()
                .into_iter()
                .filter(|id| lost.contains(id))
            {
                let words = ruling.words.get(id);
                let now = words.and_then(|(document, quote)| by_words.get(&(document, quote.as_str())));
                match now.map(Vec::as_slice) {
                    Some([only]) => {
                        self.renamed.insert(id, (*only).clone());
                    }
                    _ => self.set(
                        index,
                        Standing::NoEffect,
                        format!("the claim {id} that it names is not read any more"),
                    ),
                }
            }
        }
    }

    /// A ruling that takes another back has its effect unless it was itself taken back later.
    fn take_back(&mut self) {
        let index: BTreeMap<&RulingId, usize> = self
            .rulings
            .iter()
            .enumerate()
            .map(|(index, ruling)| (&ruling.id, index))
            .collect();
        for at in (0..self.rulings.len()).rev() {
            let ruling = &self.rulings[at];
            let Decision::Undo { ruling: undone } = &ruling.decision else {
                continue;
            };
            if self.standings[at].0 != Standing::InForce {
                continue;
            }
            match index.get(undone) {
                Some(earlier) if *earlier < at => self.set(
                    *earlier,
                    Standing::Undone,
                    format!("{} took it back on {}", ruling.by, day(&ruling.made)),
                ),
                _ => self.set(
                    at,
                    Standing::NoEffect,
                    format!("there is no earlier ruling {undone}"),
                ),
            }
        }
    }

    /// What needs two people waits until a second one has decided the same.
    fn count_people(&mut self, two_people: &BTreeSet<String>, accounts: &[&Account<'_>]) {
        let keys: BTreeMap<&ClaimId, String> = accounts
            .iter()
            .flat_map(|account| {
                let ids = account.claims.iter().map(|located| &located.claim.id);
                ids.map(|id| (id, format!("{}|{}", account.text, account.wording)))
            })
            .collect();
        let mut people: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
        let mut waiting = Vec::new();
        for (index, ruling) in self.rulings.iter().enumerate() {
            if self.standings[index].0 == Standing::InForce && two_people.contains(ruling.decision.kind()) {
                let key = self.likeness(&ruling.decision, &keys);
                people.entry(key.clone()).or_default().insert(&ruling.by);
                waiting.push((index, key));
            }
        }
        for (index, key) in waiting {
            if people.get(&key).is_none_or(|people| people.len() < 2) {
                self.set(
                    index,
                    Standing::Pending,
                    "a second person must decide the same before it has its effect".to_owned(),
                );
            }
        }
    }

    /// The same for rulings that decide the same about the same accounts.
    fn likeness(&self, decision: &Decision, keys: &BTreeMap<&ClaimId, String>) -> String {
        let key = |id: &ClaimId| {
            let now = self.now(id);
            keys.get(now).cloned().unwrap_or_else(|| now.to_string())
        };
        let all = |ids: &[ClaimId]| {
            let keys: BTreeSet<String> = ids.iter().map(key).collect();
            keys.into_iter().collect::<Vec<_>>().join(" ")
        };
        let what = match decision {
            Decision::Same { claims }
            | Decision::Reject { claims }
            | Decision::Accept { claims }
            | Decision::Archive { claims } => all(claims),
            Decision::Split { groups } => {
                let groups: BTreeSet<String> = groups.iter().map(|group| all(group)).collect();
                groups.into_iter().collect::<Vec<_>>().join(" | ")
            }
            Decision::Apart { claims, from } => {
                let (a, b) = (all(claims), all(from));
                format!("{} | {}", a.clone().min(b.clone()), a.max(b))
            }
            Decision::Move { claim, to } => {
                format!("{} | {}", key(claim), to.as_ref().map(key).unwrap_or_default())
            }
            Decision::Verify { claim, element } => format!("{} | {}", key(claim), element.as_str()),
            Decision::Refute { claim } => key(claim),
            Decision::Grade { source, reliability } => format!("{} | {reliability}", wording::plain(source)),
            Decision::Credit { claim, credibility } => format!("{} | {credibility}", key(claim)),
            Decision::Undo { ruling } => ruling.to_string(),
        };
        format!("{} {what}", decision.kind())
    }

    fn set(&mut self, index: usize, standing: Standing, why: String) {
        self.standings[index] = (standing, why);
    }

    fn now<'b>(&'b self, id: &'b ClaimId) -> &'b ClaimId {
        self.renamed.get(id).unwrap_or(id)
    }

    /// The rulings in force, newest first.
    fn in_force(&self) -> impl Iterator<Item = (usize, &'a Ruling)> + '_ {
        let all = self.rulings.iter().enumerate().rev();
        all.filter(|(index, _)| self.standings[*index].0 == Standing::InForce)
    }

    /// The claims that rulings reject, and those of other pages that say the same with the same words.
    pub(crate) fn rejected(&self, accounts: &[&Account<'_>]) -> BTreeSet<ClaimId> {
        let mut rejected = self.named(|decision| match decision {
            Decision::Reject { claims } => Some(claims),
            _ => None,
        });
        if rejected.is_empty() {
            return rejected;
        }
        let mut copies = Vec::new();
        for account in accounts {
            let ids = || account.claims.iter().map(|located| &located.claim.id);
            if ids().any(|id| rejected.contains(id)) {
                copies.extend(ids().cloned());
            }
        }
        rejected.extend(copies);
        rejected
    }

    /// What the joining must keep to. A ruling that a later one excludes is marked so.
    pub(crate) fn bonds(&mut self, accounts: &[&Account<'_>]) -> Bonds {
        let mut bonds = Bonds::default();
        if self.rulings.is_empty() {
            return bonds;
        }
        let account_of = accounts_by_claim(accounts);
        let mut binding = Binding {
            accounts,
            groups: Groups::alone(accounts.len()),
            bonds: &mut bonds,
        };
        for at in (0..self.rulings.len()).rev() {
            if self.standings[at].0 != Standing::InForce {
                continue;
            }
            let decision = &self.rulings[at].decision;
            let joins = matches!(
                decision,
                Decision::Same { .. }
                    | Decision::Apart { .. }
                    | Decision::Split { .. }
                    | Decision::Move { .. }
            );
            if !joins {
                continue;
            }
            let found = |id: &ClaimId| account_of.get(self.now(id)).copied();
            if let Some(lost) = decision.claims().into_iter().find(|id| found(id).is_none()) {
                let why = format!("the claim {lost} tells of no incident that could be joined or parted");
                self.set(at, Standing::NoEffect, why);
                continue;
            }
            let all = |ids: &[ClaimId]| ids.iter().filter_map(found).collect::<Vec<usize>>();
            if let Decision::Split { groups } = decision
                && let Some(why) = overlap(&groups.iter().map(|group| all(group)).collect::<Vec<_>>())
            {
                self.set(at, Standing::NoEffect, why);
                continue;
            }
            let kept = match decision {
                Decision::Split { groups } => {
                    binding.split(&groups.iter().map(|group| all(group)).collect::<Vec<_>>())
                }
                Decision::Same { claims } => binding.same(&all(claims)),
                Decision::Apart { claims, from } => binding.apart(&all(claims), &all(from)),
                Decision::Move { claim, to } => binding.place(found(claim), to.as_ref().and_then(found)),
                _ => true,
            };
            if !kept {
                self.set(
                    at,
                    Standing::Superseded,
                    "a later ruling keeps these claims otherwise".to_owned(),
                );
            }
        }
        bonds
    }

    /// Whether every account of a case was archived: one that came later brings its incident back.
    fn is_archived(&self, case: &Case<'_, '_>) -> bool {
        let speaking = case.speaking.iter().map(|(account, _)| *account);
        let mut all = case.founding.iter().copied().chain(speaking);
        !self.archived.is_empty() && all.all(|account| self.archives(account))
    }

    /// Whether a ruling in force archives an account.
    pub(crate) fn archives(&self, account: &Account<'_>) -> bool {
        let mut claims = account.claims.iter();
        !self.archived.is_empty() && claims.any(|located| self.archived.contains(&located.claim.id))
    }

    /// Writes what is held about an incident into it. `standing` of rulings that a later one replaces changes.
    pub(crate) fn hold(&mut self, incident: &mut Incident, case: &Case<'_, '_>) {
        if self.rulings.is_empty() {
            return;
        }
        incident.archived = self.is_archived(case);
        let about = incident
            .claims
            .iter()
            .filter_map(|id| self.by_claim.get(id))
            .flatten();
        let mut about: BTreeSet<usize> = about.copied().collect();
        for origin in &mut incident.origins {
            if let Some(at) = self.grades.get(&wording::plain(&origin.label))
                && let Decision::Grade { reliability, .. } = &self.rulings[*at].decision
            {
                origin.reliability = *reliability;
                about.insert(*at);
            }
        }
        let mut held: BTreeMap<&'static str, &Decision> = BTreeMap::new();
        for at in about.into_iter().rev() {
            let ruling = &self.rulings[at];
            if self.standings[at].0 != Standing::InForce {
                continue;
            }
            let slot = match &ruling.decision {
                Decision::Verify { element, .. } => element.as_str(),
                Decision::Refute { .. } => Element::Occurrence.as_str(),
                Decision::Credit { .. } => "credibility",
                _ => "",
            };
            if !slot.is_empty() {
                let newest = *held.entry(slot).or_insert(&ruling.decision);
                if !self.agree(newest, &ruling.decision, case) {
                    let why = format!("a later ruling decides on the {slot} of this incident");
                    self.set(at, Standing::Superseded, why);
                    continue;
                }
            }
            let told = match &ruling.decision {
                Decision::Verify { claim, element } => verify(incident, case, self.now(claim), *element),
                Decision::Refute { .. } => {
                    incident.status.occurrence = Status::Refuted;
                    Ok("that it did not happen so".to_owned())
                }
                Decision::Credit { credibility, .. } => {
                    incident.credibility = *credibility;
                    Ok(format!("its credibility to be {credibility}"))
                }
                Decision::Grade { source, reliability } => {
                    Ok(format!("\"{source}\" to be of reliability {reliability}"))
                }
                Decision::Same { .. } => Ok("that its accounts are one incident".to_owned()),
                Decision::Apart { .. } => Ok("that other accounts are not about it".to_owned()),
                Decision::Split { .. } => Ok("how its accounts and others are parted".to_owned()),
                Decision::Archive { .. } if incident.archived => Ok(
                    "that it is archived: kept, and left out of lists, maps and counts until something new is told of it"
                        .to_owned(),
                ),
                Decision::Move { .. } => Ok("which accounts belong to it".to_owned()),
                _ => continue,
            };
            match told {
                Ok(what) => {
                    incident.because.push(because(ruling, &what));
                    incident.rulings.push(ruling.id.clone());
                }
                Err(why) => self.set(at, Standing::NoEffect, why),
            }
        }
        incident.rulings.sort();
    }

    /// Whether two decisions on one element of an incident come to the same.
    fn agree(&self, a: &Decision, b: &Decision, case: &Case<'_, '_>) -> bool {
        let one_account = |a: &ClaimId, b: &ClaimId| {
            let (a, b) = (self.now(a), self.now(b));
            let speaking = case.speaking.iter().map(|(account, _)| *account);
            let mut all = case.founding.iter().copied().chain(speaking);
            let holds =
                |account: &Account<'_>, id: &ClaimId| account.claims.iter().any(|it| it.claim.id == *id);
            all.any(|account| holds(account, a) && holds(account, b))
        };
        match (a, b) {
            (
                Decision::Verify {
                    element: Element::Occurrence,
                    ..
                },
                Decision::Verify { .. },
            )
            | (Decision::Refute { .. }, Decision::Refute { .. }) => true,
            (Decision::Verify { claim: a, .. }, Decision::Verify { claim: b, .. }) => one_account(a, b),
            (Decision::Credit { credibility: a, .. }, Decision::Credit { credibility: b, .. }) => a == b,
            _ => false,
        }
    }

    /// Whether a ruling names a claim of an incident, or grades one of its sources.
    pub(crate) fn is_about(&self, incident: &Incident) -> bool {
        let graded = || {
            let origins = &mut incident.origins.iter();
            origins.any(|origin| self.grades.contains_key(&wording::plain(&origin.label)))
        };
        incident.claims.iter().any(|id| self.by_claim.contains_key(id))
            || (!self.grades.is_empty() && graded())
    }

    /// The claims that were read over, by rulings in force.
    pub(crate) fn accepted(&self) -> BTreeSet<ClaimId> {
        self.named(|decision| match decision {
            Decision::Accept { claims } => Some(claims),
            _ => None,
        })
    }

    /// The claims that some kind of decision names, of rulings in force.
    fn named(&self, claims: impl Fn(&'a Decision) -> Option<&'a Vec<ClaimId>>) -> BTreeSet<ClaimId> {
        let all = self.in_force().filter_map(|(_, ruling)| claims(&ruling.decision));
        all.flatten().map(|id| self.now(id).clone()).collect()
    }

    /// The claims of each ruling that waits for a second person.
    pub(crate) fn pending(&self) -> Vec<(RulingId, Vec<ClaimId>)> {
        let all = self.rulings.iter().zip(&self.standings);
        all.filter(|(_, (standing, _))| *standing == Standing::Pending)
            .map(|(ruling, _)| {
                let claims = ruling.decision.claims();
                (
                    ruling.id.clone(),
                    claims.into_iter().map(|id| self.now(id).clone()).collect(),
                )
            })
            .collect()
    }

    /// Every ruling with what became of it, and a note for each that has no effect.
    pub(crate) fn told(mut self, incidents: &[Incident]) -> (Vec<Ruled>, Vec<Note>) {
        let mut archiving: BTreeSet<usize> = BTreeSet::new();
        let mut touched: Vec<BTreeSet<&IncidentId>> = vec![BTreeSet::new(); self.rulings.len()];
        if !self.rulings.is_empty() {
            for incident in incidents {
                let named = incident
                    .claims
                    .iter()
                    .filter_map(|id| self.by_claim.get(id))
                    .flatten();
                for at in named {
                    touched[*at].insert(&incident.id);
                    archiving.extend(incident.archived.then_some(*at));
                }
                for origin in &incident.origins {
                    if let Some(at) = self.grades.get(&wording::plain(&origin.label)) {
                        touched[*at].insert(&incident.id);
                    }
                }
            }
        }
        for (at, ruling) in self.rulings.iter().enumerate() {
            let archives = matches!(ruling.decision, Decision::Archive { .. });
            if archives && self.standings[at].0 == Standing::InForce && !archiving.contains(&at) {
                let why = "something new is told of the incident since, so it is shown again".to_owned();
                self.set(at, Standing::NoEffect, why);
            }
        }
        let mut notes = Vec::new();
        let mut ruled = Vec::with_capacity(self.rulings.len());
        for ((ruling, (standing, why)), touched) in self.rulings.iter().zip(&self.standings).zip(touched) {
            if *standing == Standing::NoEffect {
                notes.push(
                    Note::new(
                        Severity::Partial,
                        "incidents",
                        format!("ruling {}", ruling.id),
                        format!("the ruling of {} has no effect: {why}", ruling.by),
                    )
                    .next("Look at what it was about, and rule anew."),
                );
            }
            let claims: Vec<ClaimId> = ruling
                .decision
                .claims()
                .into_iter()
                .map(|id| self.now(id).clone())
                .collect();
            ruled.push(Ruled {
                ruling: ruling.clone(),
                standing: *standing,
                why: why.clone(),
                incidents: touched.into_iter().cloned().collect(),
                claims,
            });
        }
        (ruled, notes)
    }
}

/// Why groups cannot be parted: one account, which all copies of its words share, stands in two of them.
fn overlap(groups: &[Vec<usize>]) -> Option<String> {
    let mut group_of = BTreeMap::new();
    let mut all = groups
        .iter()
        .enumerate()
        .flat_map(|(group, accounts)| accounts.iter().map(move |account| (*account, group)));
    all.any(|(account, group)| *group_of.entry(account).or_insert(group) != group)
        .then(|| "two of its groups hold copies of the same words, which cannot be parted".to_owned())
}

fn accounts_by_claim<'a>(accounts: &[&Account<'a>]) -> BTreeMap<&'a ClaimId, usize> {
    let all = accounts.iter().enumerate();
    all.flat_map(|(index, account)| {
        account
            .claims
            .iter()
            .map(move |located| (&located.claim.id, index))
    })
    .collect()
}

/// What a claim says of an element becomes what the incident says, and is verified; or why that cannot be.
fn verify(
    incident: &mut Incident,
    case: &Case<'_, '_>,
    id: &ClaimId,
    element: Element,
) -> Result<String, String> {
    let speaking = case.speaking.iter().map(|(account, _)| *account);
    let account = case
        .founding
        .iter()
        .copied()
        .chain(speaking)
        .find(|account| account.claims.iter().any(|located| located.claim.id == *id));
    let Some(account) = account else {
        return Err(format!("the claim {id} is no account of an incident any more"));
    };
    let nothing = || {
        Err(format!(
            "the claim {id} tells nothing of the {}",
            element.as_str()
        ))
    };
    let told = match element {
        Element::Occurrence => {
            incident.status.occurrence = Status::Verified;
            "that it happened".to_owned()
        }
        Element::Place => {
            let location = account.claims[0].event_location();
            let Some(location) = location.filter(|location| location.chosen.is_some()) else {
                return nothing();
            };
            incident.location = Some(location.clone());
            incident.status.place = Status::Verified;
            format!("the place to be {}", location.mention.name)
        }
        Element::Time => {
            if !account.when().is_known() {
                return nothing();
            }
            incident.when = account.when().clone();
            incident.status.time = Status::Verified;
            format!("the time to be {}", account.when())
        }
        Element::Means => {
            let claim = account.claim();
            if account.part == Part::SpeaksAbout {
                return nothing();
            }
            incident.act = claim.act.clone();
            incident.weapon.clone_from(&claim.weapon);
            incident.status.means = Status::Verified;
            format!("the act to be {}", claim.act.id)
        }
        Element::Toll => {
            if account.harm.is_empty() {
                return nothing();
            }
            for (metric, count) in &account.harm {
                if let Some(toll) = incident.tolls.iter_mut().find(|toll| toll.metric == *metric) {
                    toll.best = *count;
                    toll.because = Because::new("ruling", "a ruling holds this account");
                }
            }
            incident.status.toll = Status::Verified;
            "the toll that this account tells".to_owned()
        }
        Element::Author => return verify_author(incident, account),
    };
    Ok(told)
}

fn verify_author(incident: &mut Incident, account: &Account<'_>) -> Result<String, String> {
    let ids: BTreeSet<&ClaimId> = account.claims.iter().map(|located| &located.claim.id).collect();
    let held: BTreeSet<String> = incident
        .attributions
        .iter()
        .filter(|one| one.kind != AttributionKind::Denial && ids.contains(&one.claim))
        .map(author_key)
        .collect();
    if held.is_empty() {
        return Err(format!("the claim {} names no author", account.claim().id));
    }
    for attribution in &mut incident.attributions {
        let alike = held.contains(&author_key(attribution));
        // Who is held to have done it is held against their denial, too.
        attribution.set_aside = alike == (attribution.kind == AttributionKind::Denial);
    }
    incident.status.author = Status::Verified;
    let names: BTreeSet<&str> = incident
        .attributions
        .iter()
        .filter(|one| !one.set_aside && one.kind != AttributionKind::Denial)
        .map(|one| one.label.as_str())
        .collect();
    Ok(format!(
        "the author to be {}",
        names.into_iter().collect::<Vec<_>>().join(", ")
    ))
}

fn author_key(attribution: &model::Attribution) -> String {
    match attribution.actor.resolved() {
        Some(actor) => actor.0.clone(),
        None => wording::plain(&attribution.label),
    }
}

/// What is held, for everybody to read; who held it stands in the ruling, which not everybody may read.
fn because(ruling: &Ruling, what: &str) -> Because {
    let words = format!(
        "a ruling of {} holds {what}: \"{}\"",
        day(&ruling.made),
        ruling.because
    );
    Because::new("ruling", words).entry(ruling.id.as_str())
}

fn day(made: &str) -> &str {
    made.get(..10).unwrap_or(made)
}

/// Table of the kinds of decision that need two people.
const FILE: &str = "rulings.tsv";

/// What `rulings.tsv` asks of kinds of decision.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RulingPolicy {
    /// Those that take effect only when two people have made them.
    pub two_people: BTreeSet<String>,
    /// Those for which people show again who they are.
    pub proven: BTreeSet<String>,
}

/// What is asked of kinds of decision, from `rulings.tsv`; every fault.
pub fn ruling_policy(files: &[(String, String)]) -> (RulingPolicy, Vec<DataFault>) {
    let right = "a header with the columns decision, people and proof, then one kind of decision a line";
    let mut policy = RulingPolicy::default();
    let mut faults = Vec::new();
    let named = files
        .iter()
        .filter(|(path, _)| path.rsplit(['/', '\\']).next() == Some(FILE));
    for (path, text) in named {
        for (number, line) in text
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.trim().is_empty())
        {
            let cells: Vec<&str> = line.split('\t').collect();
            let mut fault = |what: String| faults.push(DataFault::new(path, number + 1, what, right));
            match cells[..] {
                ["decision", "people", "proof", ..] if number == 0 => {}
                [kind, ..] if number > 0 && !Decision::KINDS.contains(&kind) => {
                    fault(format!("\"{kind}\" is no kind of decision"));
                }
                [kind, people @ ("1" | "2"), proof @ ("fresh" | "none"), ..] if number > 0 => {
                    policy.two_people.extend((people == "2").then(|| kind.to_owned()));
                    policy.proven.extend((proof == "fresh").then(|| kind.to_owned()));
                }
                _ => fault("people is 1 or 2, proof is fresh or none".to_owned()),
            }
        }
    }
    (policy, faults)
}
