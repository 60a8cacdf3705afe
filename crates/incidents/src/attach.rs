//! Blame, denials and claims of responsibility join the incident they are about, when that can be told; and words that
//! only point at an act join the incident that their page tells.

use crate::account::{Account, Part};
use crate::acts::Acts;
use crate::evidence::Rule;
use crate::fusion::{Fusion, NO_CLUSTER};
use crate::pages::Pages;
use model::{ActClass, DocumentId, Note, Resolution, Severity};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// What an account speaks about, by clusters.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Attached {
    /// The clusters that it joins, with the rule that joined them: one, or none.
    pub(crate) speaking: Vec<(u32, Rule)>,
    /// The clusters that it may be about: its words point at an act that they do not tell apart.
    pub(crate) may_mean: BTreeSet<u32>,
    /// When it could not be told, the clusters that it could be about, with the strength of the tie.
    pub(crate) open: Option<Vec<(u32, u32)>>,
    /// What could not be decided.
    pub(crate) notes: Vec<Note>,
}

/// Joins an account that speaks about an incident to the cluster it is tied to most strongly. When two
/// clusters tie, or the page itself leaves open what "the attack" is, it joins none and a note says so.
pub(crate) fn attach(fusion: &Fusion<'_>, number: u32) -> Attached {
    let joins = |cluster: u32, rule: Rule| Attached {
        speaking: vec![(cluster, rule)],
        ..Attached::default()
    };
    if let Some(to) = fusion.held.placed.get(&number) {
        let home = to
            .map(|to| fusion.joined(to).home)
            .filter(|home| *home != NO_CLUSTER);
        return home.map_or_else(Attached::default, |home| joins(fusion.root(home), Rule::Ruling));
    }
    let account = fusion.account(number);
    let is_open = left_open(account, fusion.acts);
    let mut best: BTreeMap<u32, (u32, Rule)> = BTreeMap::new();
    for tied in &fusion.joined(number).ties {
        let founder = fusion.joined(tied.to);
        if founder.account.part == Part::Founds {
            let entry = best.entry(fusion.root(founder.home)).or_insert((0, tied.rule));
            *entry = (tied.score, tied.rule).max(*entry);
        }
    }
    let mut choices: Vec<(u32, Rule, u32)> = best
        .into_iter()
        .map(|(cluster, (score, rule))| (score, rule, cluster))
        .filter(|(_, rule, _)| *rule != Rule::OnePage || !is_open)
        .collect();
    choices.sort_by_key(|(score, ..)| Reverse(*score));
    match choices[..] {
        [(_, rule, cluster)] => joins(cluster, rule),
        [(first, rule, cluster), (second, ..), ..] if first > second => joins(cluster, rule),
        _ => {
            let meant = match choices.is_empty() {
                true => meant(fusion, number, Among::All),
                false => BTreeSet::new(),
            };
            match (meant.first(), meant.len()) {
                (Some(only), 1) => joins(*only, Rule::LeftOpen),
                _ => Attached {
                    speaking: Vec::new(),
                    may_mean: may_mean(fusion, account),
                    open: Some(
                        choices
                            .iter()
                            .map(|(score, _, cluster)| (*score, *cluster))
                            .collect(),
                    ),
                    notes: unattached(account, choices.len(), &fusion.pages),
                },
            }
        }
    }
}

/// The clusters that blame without a clear object may be about: acts told as news on its own page, or on a page
/// under the same title, whose text it may have been cut from. It is shown with each and decides none.
fn may_mean(fusion: &Fusion<'_>, account: &Account<'_>) -> BTreeSet<u32> {
    if account.act() != "accusation" || !left_open(account, fusion.acts) {
        return BTreeSet::new();
    }
    let own = fusion.pages_of(account);
    let alike = own.iter().flat_map(|page| fusion.pages.titled_alike(*page));
    let near: BTreeSet<u32> = alike.chain(own.iter().copied()).collect();
    let accounts = near
        .iter()
        .flat_map(|page| &fusion.pages.pages[*page as usize].accounts);
    let news = accounts.map(|number| fusion.joined(*number)).filter(|joined| {
        let claim = joined.account.claim();
        let is_news = claim.act.class == ActClass::Force && !claim.background && !claim.series;
        joined.account.part == Part::Founds && is_news
    });
    news.map(|joined| fusion.root(joined.home)).collect()
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

/// Whether an account tells neither when nor where and points at an act ("the bombing") told elsewhere on its page.
pub(crate) fn is_pointing(account: &Account<'_>, acts: &Acts) -> bool {
    !account.spot.is_told() && account.when().days().is_none() && left_open(account, acts)
}

/// Among which clusters the object of a pointing word is looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Among {
    /// Those that do not only point themselves, so that two pointing words never hold each other up.
    Telling,
    /// All, each with those that point at it.
    All,
}

/// The clusters that an account's open references can mean: those that hold the sentences which the page gives for
/// them.
pub(crate) fn meant(fusion: &Fusion<'_>, number: u32, among: Among) -> BTreeSet<u32> {
    let account = fusion.account(number);
    let quotes: BTreeSet<&str> = open_references(account, fusion.acts)
        .filter_map(|to| match to {
            Resolution::Candidates(quotes) => Some(quotes.iter().map(String::as_str)),
            _ => None,
        })
        .flatten()
        .collect();
    if quotes.is_empty() {
        return BTreeSet::new();
    }
    let mut meant = BTreeSet::new();
    for page in fusion.pages_of(account) {
        let page = &fusion.pages.pages[page as usize];
        for joined in page.accounts.iter().map(|other| fusion.joined(*other)) {
            let tells = |document: &DocumentId| {
                let mut claims = joined.account.claims.iter().map(|located| &located.claim);
                claims.any(|claim| claim.document == *document && quotes.contains(claim.quote.as_str()))
            };
            if joined.account.part == Part::Founds
                && (among == Among::All || !fusion.cluster(joined.home).is_pointing)
                && tells(page.id)
            {
                meant.insert(match among {
                    Among::Telling => joined.home,
                    Among::All => fusion.root(joined.home),
                });
            }
        }
    }
    meant
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
