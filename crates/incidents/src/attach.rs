//! Blame, denials and claims of responsibility join the incident they are about, when that can be told.

use crate::account::{Account, Part};
use crate::acts::Acts;
use crate::cluster::Cluster;
use crate::evidence::{Rule, Tie};
use crate::pages::Pages;
use crate::ruling::Bonds;
use model::{DocumentId, Note, Resolution, Severity};
use std::collections::{BTreeMap, BTreeSet};

/// Which account joined which cluster, and what could not be joined.
#[derive(Debug, Default)]
pub(crate) struct Attached {
    /// For each cluster, the accounts that speak about it and the rule that joined them.
    pub(crate) speaking: BTreeMap<usize, Vec<(usize, Rule)>>,
    /// For each cluster, the blame that may be about it: its words point at an act that they do not tell apart.
    pub(crate) may_mean: BTreeMap<usize, Vec<usize>>,
    /// Accounts that speak about an incident which could not be told, each with the clusters it could be about.
    pub(crate) open: Vec<(usize, Vec<usize>)>,
    /// What could not be decided.
    pub(crate) notes: Vec<Note>,
}

/// Joins every account that speaks about an incident to the cluster it is tied to most strongly. When two
/// clusters tie, or the page itself leaves open what "the attack" is, it joins none and a note says so.
pub(crate) fn attach(
    accounts: &[Account<'_>],
    clusters: &[Cluster],
    ties: &[Tie],
    pages: &Pages<'_>,
    acts: &Acts,
    bonds: &Bonds,
) -> Attached {
    let mut cluster_of: BTreeMap<usize, usize> = BTreeMap::new();
    for (cluster, members) in clusters.iter().enumerate() {
        cluster_of.extend(members.members.iter().map(|member| (*member, cluster)));
    }
    let mut best: BTreeMap<usize, BTreeMap<usize, (u32, Rule)>> = BTreeMap::new();
    for tie in ties {
        for (speaker, founder) in [(tie.a, tie.b), (tie.b, tie.a)] {
            if accounts[speaker].part == Part::SpeaksAbout
                && let Some(cluster) = cluster_of.get(&founder)
            {
                let entry = best
                    .entry(speaker)
                    .or_default()
                    .entry(*cluster)
                    .or_insert((0, tie.rule));
                *entry = (tie.score, tie.rule).max(*entry);
            }
        }
    }
    let told = Told::read(accounts, clusters);
    let news = News::read(accounts, clusters, pages);
    let mut attached = Attached::default();
    for (index, account) in accounts
        .iter()
        .enumerate()
        .filter(|(_, account)| account.part == Part::SpeaksAbout)
    {
        if let Some(to) = bonds.placed.get(&index) {
            if let Some(cluster) = to.and_then(|to| cluster_of.get(&to)) {
                attached
                    .speaking
                    .entry(*cluster)
                    .or_default()
                    .push((index, Rule::Ruling));
            }
            continue;
        }
        let mut choices: Vec<(u32, Rule, usize)> = best
            .get(&index)
            .into_iter()
            .flatten()
            .map(|(cluster, (score, rule))| (*score, *rule, *cluster))
            .filter(|(_, rule, _)| *rule != Rule::OnePage || !left_open(account, acts))
            .collect();
        choices.sort_by_key(|(score, _, cluster)| (std::cmp::Reverse(*score), *cluster));
        match choices[..] {
            [(_, rule, cluster)] => attached.speaking.entry(cluster).or_default().push((index, rule)),
            [(first, rule, cluster), (second, ..), ..] if first > second => {
                attached.speaking.entry(cluster).or_default().push((index, rule));
            }
            [] if told.meant(account, acts).len() == 1 => {
                for cluster in told.meant(account, acts) {
                    attached
                        .speaking
                        .entry(cluster)
                        .or_default()
                        .push((index, Rule::LeftOpen));
                }
            }
            _ => {
                for cluster in news.may_mean(account, pages, acts) {
                    attached.may_mean.entry(cluster).or_default().push(index);
                }
                let meant = choices.iter().map(|(.., cluster)| *cluster).collect();
                attached.open.push((index, meant));
                attached.notes.extend(unattached(account, choices.len(), pages));
            }
        }
    }
    attached
}

/// Clusters that a page tells of as news, by page, and pages by their titles.
struct News<'a> {
    clusters: BTreeMap<&'a DocumentId, BTreeSet<usize>>,
    titled: BTreeMap<&'a str, Vec<&'a DocumentId>>,
}

impl<'a> News<'a> {
    fn read(accounts: &'a [Account<'_>], clusters: &[Cluster], pages: &Pages<'a>) -> Self {
        let mut news = Self {
            clusters: BTreeMap::new(),
            titled: BTreeMap::new(),
        };
        for (position, cluster) in clusters.iter().enumerate() {
            for account in cluster.members.iter().map(|index| &accounts[*index]) {
                let claim = account.claim();
                if claim.act.class == model::ActClass::Force && !claim.background && !claim.series {
                    for site in &account.sites {
                        news.clusters.entry(&site.document).or_default().insert(position);
                    }
                }
            }
        }
        for document in pages.documents() {
            if let Some(title) = document.title.as_deref() {
                news.titled.entry(title).or_default().push(&document.id);
            }
        }
        news
    }

    /// The clusters that blame without a clear object may be about: acts told as news on its own page, or on a page
    /// under the same title, whose text it may have been cut from. It is shown with each and decides none.
    fn may_mean(&self, account: &Account<'_>, pages: &Pages<'_>, acts: &Acts) -> BTreeSet<usize> {
        if account.act() != "accusation" || !left_open(account, acts) {
            return BTreeSet::new();
        }
        let mut near: BTreeSet<&DocumentId> = account.sites.iter().map(|site| &site.document).collect();
        for site in &account.sites {
            let title = pages
                .document(&site.document)
                .and_then(|document| document.title.as_deref());
            near.extend(
                title
                    .and_then(|title| self.titled.get(title))
                    .into_iter()
                    .flatten(),
            );
        }
        let told = near
            .into_iter()
            .filter_map(|document| self.clusters.get(document));
        told.flatten().copied().collect()
    }
}

/// Whether the account points at an act with words ("the attack") that the page does not resolve.
fn left_open(account: &Account<'_>, acts: &Acts) -> bool {
    open_references(account, acts).next().is_some()
}

fn open_references<'a>(
    account: &'a Account<'_>,
    acts: &'a Acts,
) -> impl Iterator<Item = &'a Resolution<String>> {
    let references = account
        .claims
        .iter()
        .flat_map(|located| &located.claim.references);
    references
        .filter(|reference| {
            let resolved = matches!(reference.to, Resolution::Resolved(_));
            reference.claim.is_none() && !resolved && acts.names_an_act(&reference.words)
        })
        .map(|reference| &reference.to)
}

/// Joins accounts that tell neither when nor where and point at an act ("the bombing") of which the page
/// gives several tellings, when all of these are one incident. Clusters that only point themselves do not
/// count, so that two pointing words never hold each other up.
pub(crate) fn point_back(
    accounts: &[Account<'_>],
    clusters: Vec<Cluster>,
    acts: &Acts,
    bonds: &Bonds,
) -> Vec<Cluster> {
    let ruled: BTreeSet<usize> = bonds.apart.iter().flat_map(|(a, b)| [*a, *b]).collect();
    let is_pointing = |index: usize| {
        let account = &accounts[index];
        let free = bonds.leaves_free(index) && !ruled.contains(&index);
        free && !account.spot.is_told() && account.when().days().is_none() && left_open(account, acts)
    };
    let (pointing, mut clusters): (Vec<Cluster>, Vec<Cluster>) = clusters
        .into_iter()
        .partition(|cluster| cluster.members.iter().all(|index| is_pointing(*index)));
    let told = Told::read(accounts, &clusters);
    let mut joined: Vec<(usize, Vec<usize>)> = Vec::new();
    let mut alone = Vec::new();
    for cluster in pointing {
        let meant: Vec<usize> = cluster
            .members
            .iter()
            .flat_map(|index| told.meant(&accounts[*index], acts))
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect();
        match meant[..] {
            [only] => joined.push((only, cluster.members)),
            _ => alone.push(cluster),
        }
    }
    for (cluster, members) in joined {
        clusters[cluster].members.extend(members);
        clusters[cluster].members.sort_unstable();
        clusters[cluster].rules.insert(Rule::LeftOpen);
    }
    clusters.extend(alone);
    clusters.sort_by(|a, b| a.members.cmp(&b.members));
    clusters
}

/// Which clusters hold which sentence of which page.
struct Told<'a> {
    clusters: BTreeMap<(&'a DocumentId, &'a str), BTreeSet<usize>>,
}

impl<'a> Told<'a> {
    fn read(accounts: &[Account<'a>], clusters: &[Cluster]) -> Self {
        let mut told: BTreeMap<(&DocumentId, &str), BTreeSet<usize>> = BTreeMap::new();
        for (position, cluster) in clusters.iter().enumerate() {
            for located in cluster
                .members
                .iter()
                .flat_map(|index| accounts[*index].claims.iter())
            {
                let claim = &located.claim;
                told.entry((&claim.document, &claim.quote))
                    .or_default()
                    .insert(position);
            }
        }
        Self { clusters: told }
    }

    /// The clusters that the account's open references can mean.
    fn meant(&self, account: &Account<'_>, acts: &Acts) -> BTreeSet<usize> {
        let quotes: Vec<&str> = open_references(account, acts)
            .filter_map(|to| match to {
                Resolution::Candidates(quotes) => Some(quotes.iter().map(String::as_str)),
                _ => None,
            })
            .flatten()
            .collect();
        let documents: BTreeSet<&DocumentId> = account.sites.iter().map(|site| &site.document).collect();
        let of = |document: &DocumentId, quote: &str| {
            self.clusters.get(&(document, quote)).cloned().unwrap_or_default()
        };
        documents
            .iter()
            .flat_map(|document| quotes.iter().flat_map(move |quote| of(document, quote)))
            .collect()
    }
}

fn unattached(account: &Account<'_>, choices: usize, pages: &Pages<'_>) -> Vec<Note> {
    let what = |act: &str| match choices {
        0 => format!("this {act} names no incident that its page or another tells"),
        count => format!("this {act} could be about {count} incidents and is joined to none"),
    };
    let note = |located: &&model::LocatedClaim| {
        let claim = &located.claim;
        let name = pages
            .document(&claim.document)
            .map_or_else(|| claim.document.to_string(), |document| document.name.clone());
        let act = if claim.act.class.is_incident() {
            "denial"
        } else {
            claim.act.id.as_str()
        };
        Note::new(
            Severity::Hint,
            "incidents",
            name,
            format!("{}: \"{}\"", what(act), claim.quote),
        )
        .document(&claim.document)
        .next("Open the claim and say by a ruling which incident it is about.")
    };
    account.claims.iter().map(note).collect()
}
