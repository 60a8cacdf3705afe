//! Origins: which claims of an incident go back to one root, and whether that root is independent of the
//! parties. Twelve pages that quote one observer are one origin.

use crate::frame::Frame;
use crate::groups::Groups;
use crate::pages::Pages;
use crate::wording;
use model::{
    Actor, ActorId, Because, Claim, DocumentId, LinkKind, LocatedClaim, Origin, OriginId, OriginLink, Outlet,
    OutletId, PassageKind, SourceKind, SourceLink, Ternary,
};
use std::collections::{BTreeMap, BTreeSet};

/// Sides in `data/actors` that are no side: bodies that reports place on none, and bodies of all states.
const NO_SIDES: [&str; 3] = ["", "none", "international"];

/// The side of states that are neither party nor guarantor: whether they stand apart is for a person to say.
const THIRD_SIDE: &str = "third";

/// Kinds of actors that bear arms or act for a state: of no known side, they are still not taken to stand
/// apart.
const ACTING_KINDS: [&str; 5] = [
    "state",
    "state-forces",
    "armed-group",
    "excluded-group",
    "coalition",
];

/// Classes of outlets from `data/outlets` that watch or report, and that are independent when no interest
/// is known; the others stay undetermined.
const WATCHING_CLASSES: [&str; 3] = ["agency", "monitor", "international"];

/// Bodies above bodies that are looked at for a side: a brigade, its force, its ministry, its state.
const STEPS_UP_MAX: usize = 4;

/// Words of this many letters or fewer do not decide whether a label is a name: "of", "for", "He".
const SMALL_WORD_LETTERS: usize = 3;

/// Letters from which a single word can be a name: a surname, not "This".
const LONE_NAME_LETTERS_MIN: usize = 5;

/// "Cannot be judged" of the Admiralty code.
const RELIABILITY_UNJUDGED: char = 'F';

/// Outlets and actors, ready for looking up.
pub(crate) struct Known<'a> {
    outlets: BTreeMap<&'a OutletId, &'a Outlet>,
    outlet_names: BTreeMap<String, &'a OutletId>,
    actors: BTreeMap<&'a ActorId, &'a Actor>,
}

/// What is known, and the pages.
pub(crate) struct Library<'a> {
    pub(crate) pages: &'a Pages<'a>,
    known: &'a Known<'a>,
}

/// Who speaks at the root of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Voice {
    /// Somebody who can be told from others: a known actor or outlet, or a proper name.
    Named,
    /// Somebody the page quotes without a name ("a hospital official"): the page's own witness.
    Quoted,
    /// The page itself.
    Own,
}

/// The root of one claim.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Root {
    /// Key that claims with this root share.
    key: String,
    /// Who speaks.
    voice: Voice,
    /// For readers.
    label: String,
    actor: Option<ActorId>,
    outlet: Option<OutletId>,
}

impl Root {
    /// The root a reader should see first: somebody known, then a known publisher, then a name, then a page.
    fn rank(&self) -> (u8, &str) {
        let known = self.actor.is_some() || self.outlet.is_some();
        let rank = match (self.voice, known) {
            (Voice::Named, true) => 0,
            (_, true) => 1,
            (Voice::Named, false) => 2,
            (_, false) => 3,
        };
        (rank, &self.key)
    }
}

impl<'a> Known<'a> {
    pub(crate) fn new(outlets: &'a [Outlet], actors: &'a [Actor]) -> Self {
        let mut names: BTreeMap<String, &OutletId> = BTreeMap::new();
        for outlet in outlets {
            for name in outlet.names.iter().chain([&outlet.name]) {
                let entry = names.entry(wording::plain(name)).or_insert(&outlet.id);
                *entry = (*entry).min(&outlet.id);
            }
        }
        Self {
            outlets: outlets.iter().map(|outlet| (&outlet.id, outlet)).collect(),
            outlet_names: names,
            actors: actors.iter().map(|actor| (&actor.id, actor)).collect(),
        }
    }

    /// Whether a headline in plain words is an outlet's own name.
    pub(crate) fn is_masthead(&self, title: &str) -> bool {
        self.outlet_names
            .keys()
            .any(|name| name.contains(' ') && title.starts_with(name.as_str()))
    }
}

impl<'a> Library<'a> {
    pub(crate) fn new(pages: &'a Pages<'a>, known: &'a Known<'a>) -> Self {
        Self { pages, known }
    }

    fn outlet_named(&self, label: &str) -> Option<&'a OutletId> {
        let plain = wording::plain(label);
        let bare = plain.strip_prefix("the ").unwrap_or(&plain);
        let names = &self.known.outlet_names;
        names.get(&plain).or_else(|| names.get(bare)).copied()
    }

    fn root(&self, claim: &Claim) -> Root {
        let own = claim.sources.iter().rev().find(|link| is_told_apart(link, claim));
        // "A video posted by the centre shows the aftermath": what the sentence tells is the centre's.
        let only_page = claim.source().is_none_or(|link| link.kind == SourceKind::Page);
        let stated = self
            .pages
            .stated(&claim.document, claim.span)
            .filter(|_| only_page);
        let speaker = own.or(stated).and_then(|link| self.speaker_root(claim, link));
        let unnamed = claim
            .source()
            .is_some_and(|link| link.kind == SourceKind::Unnamed && !is_told_apart(link, claim));
        match (speaker, unnamed) {
            (Some(root), false) => root,
            (Some(root), true) => Root {
                key: format!("unnamed via {}", root.key),
                ..root
            },
            (None, _) => {
                // Who speaks in a headline without a name ("five dead: monitor") is told in the text under it.
                let titled = self.pages.document(&claim.document).is_some_and(|document| {
                    let mut passages = document.passages.iter();
                    passages.any(|it| it.id == claim.passage && it.kind == PassageKind::Title)
                });
                let quotes = !titled && claim.source().is_some_and(|link| link.kind != SourceKind::Page);
                let voice = if quotes { Voice::Quoted } else { Voice::Own };
                Root {
                    voice,
                    ..self.page_root(claim)
                }
            }
        }
    }

    /// The root of a source that can be told from others; `None` for one that is only described.
    fn speaker_root(&self, claim: &Claim, link: &SourceLink) -> Option<Root> {
        let label = whole_name(link, claim);
        let plain = wording::plain(&label);
        let outlet = self
            .outlet_named(&label)
            .or_else(|| self.outlet_named(&link.label));
        let actor = link.actor.resolved().map(|id| self.body_of(id));
        let key = match (&actor, outlet) {
            (_, Some(outlet)) => format!("outlet:{outlet}"),
            (Some(actor), None) if self.known.outlets.contains_key(&OutletId(actor.0.clone())) => {
                format!("outlet:{actor}")
            }
            (Some(actor), None) => format!("actor:{actor}"),
            (None, None) if !is_name(&label) => return None,
            (None, None) if plain.contains(' ') => {
                format!("label:{}", plain.strip_prefix("the ").unwrap_or(&plain))
            }
            // A single word names somebody on its own page only.
            (None, None) => format!("{plain} on {}", self.pages.copy_key(&claim.document)),
        };
        let name = actor
            .as_ref()
            .and_then(|id| self.known.actors.get(id))
            .map(|actor| actor.name.clone());
        let name = name.or_else(|| {
            outlet
                .and_then(|id| self.known.outlets.get(id))
                .map(|outlet| outlet.name.clone())
        });
        let label = name.unwrap_or(label);
        Some(Root {
            key,
            voice: Voice::Named,
            label,
            actor,
            outlet: outlet.cloned(),
        })
    }

    /// A person speaks for the body it belongs to, when it is one body.
    fn body_of(&self, id: &ActorId) -> ActorId {
        match self.known.actors.get(id) {
            Some(actor) if actor.kind == "person" && actor.member_of.len() == 1 => actor.member_of[0].clone(),
            _ => id.clone(),
        }
    }

    /// The page's own voice: whoever it credits, else its publisher, else the page.
    fn page_root(&self, claim: &Claim) -> Root {
        let document = self.pages.document(&claim.document);
        let credit = document.and_then(|document| document.credits.iter().min());
        let outlet = credit.or_else(|| document.and_then(|document| document.outlet.as_ref()));
        let name = outlet.map(|id| {
            self.known
                .outlets
                .get(id)
                .map_or_else(|| id.0.clone(), |outlet| outlet.name.clone())
        });
        let page = || document.map_or_else(|| claim.document.to_string(), |document| document.name.clone());
        Root {
            key: format!("page:{}", self.pages.copy_key(&claim.document)),
            voice: Voice::Own,
            label: name.unwrap_or_else(page),
            actor: None,
            outlet: outlet.cloned(),
        }
    }

    /// Keys that bring the page's own voice together with others, each with the kind of link it makes.
    fn page_keys(&self, id: &DocumentId) -> Vec<(LinkKind, String)> {
        let mut keys = vec![(LinkKind::SameText, format!("page:{}", self.pages.copy_key(id)))];
        let Some((page, document)) = self.pages.page(id).and_then(|page| Some((page, page.document?))) else {
            return keys;
        };
        keys.extend(
            document
                .credits
                .iter()
                .map(|credit| (LinkKind::SameAgency, format!("outlet:{credit}"))),
        );
        if let Some(outlet) = &document.outlet {
            keys.push((LinkKind::Cites, format!("outlet:{outlet}")));
            if let Some(family) = self
                .known
                .outlets
                .get(outlet)
                .map(|outlet| &outlet.family)
                .filter(|family| !family.is_empty())
            {
                keys.push((LinkKind::SameFamily, format!("family:{family}")));
            }
        }
        if let Some(title) = page
            .title
            .as_deref()
            .filter(|title| !page.is_masthead && title.split(' ').count() >= 4)
        {
            keys.push((LinkKind::SameTitle, format!("title:{title}")));
        }
        keys
    }

    /// How reliable the publisher at a root is held to be; nobody else is in the tables.
    fn reliability(&self, root: &Root) -> char {
        let outlet = root.outlet.as_ref().and_then(|id| self.known.outlets.get(id));
        outlet.map_or(RELIABILITY_UNJUDGED, |outlet| outlet.reliability)
    }

    /// The publisher family of a page; nothing when its outlet is in no table.
    pub(crate) fn family(&self, page: &DocumentId) -> Option<&'a str> {
        let outlet = self.pages.document(page)?.outlet.as_ref()?;
        let outlet = self.known.outlets.get(outlet)?;
        Some(if outlet.family.is_empty() {
            outlet.id.as_str()
        } else {
            &outlet.family
        })
    }

    /// Whether a root is independent of every party and guarantor, and why.
    fn independence(&self, root: &Root) -> (Ternary, Because) {
        if let Some(actor) = root.actor.as_ref().and_then(|id| self.known.actors.get(id)) {
            return self.actor_independence(actor);
        }
        let Some(outlet) = root.outlet.as_ref().and_then(|id| self.known.outlets.get(id)) else {
            let words = format!("nothing is known about the interest of \"{}\"", root.label);
            return (Ternary::Undetermined, Because::new("interest-unknown", words));
        };
        let entry = format!("outlets#{}", outlet.id);
        if let Some(interest) = &outlet.interest {
            if self
                .known
                .actors
                .get(interest)
                .is_some_and(|actor| self.actor_independence(actor).0 == Ternary::Yes)
            {
                let words = format!(
                    "\"{}\" belongs to \"{interest}\", which is of no side",
                    outlet.name
                );
                return (
                    Ternary::Yes,
                    Because::new("interest-of-no-side", words).entry(entry),
                );
            }
            let words = format!("\"{}\" belongs to \"{interest}\"", outlet.name);
            return (
                Ternary::No,
                Because::new("outlet-has-interest", words).entry(entry),
            );
        }
        let words = format!(
            "\"{}\" is of class {} and no interest is known",
            outlet.name, outlet.class
        );
        let answer = match outlet.class.as_str() {
            class if WATCHING_CLASSES.contains(&class) => Ternary::Yes,
            "state" | "party" => Ternary::No,
            _ => Ternary::Undetermined,
        };
        (answer, Because::new("outlet-class", words).entry(entry))
    }

    fn actor_independence(&self, actor: &Actor) -> (Ternary, Because) {
        let entry = format!("actors#{}", actor.id);
        let side = self.side_of(&actor.id, STEPS_UP_MAX);
        let (answer, rule, words) = match side.as_deref() {
            Some(THIRD_SIDE) => (
                Ternary::Undetermined,
                "third-state",
                "belongs to a state that is neither party nor guarantor".to_owned(),
            ),
            Some(side) => (
                Ternary::No,
                "source-is-of-a-side",
                format!("is of the side \"{side}\""),
            ),
            None if ACTING_KINDS.contains(&actor.kind.as_str()) => (
                Ternary::Undetermined,
                "side-unknown",
                format!("is of kind {} and of no known side", actor.kind),
            ),
            None => (
                Ternary::Yes,
                "source-of-no-side",
                format!("is of kind {} and of no side", actor.kind),
            ),
        };
        (
            answer,
            Because::new(rule, format!("\"{}\" {words}", actor.name)).entry(entry),
        )
    }

    /// The side of an actor, its own or that of a body it belongs to; `None` when it is of none.
    pub(crate) fn side_of(&self, id: &ActorId, steps: usize) -> Option<String> {
        let actor = self.known.actors.get(id)?;
        if !NO_SIDES.contains(&actor.side.as_str()) {
            return Some(actor.side.clone());
        }
        let next = steps.checked_sub(1)?;
        actor.member_of.iter().find_map(|body| self.side_of(body, next))
    }

    /// The side an origin speaks for: origins of one side are one voice.
    fn side(&self, root: &Root) -> Option<String> {
        let of_actor = root.actor.as_ref().and_then(|id| self.side_of(id, STEPS_UP_MAX));
        let interest = || self.known.outlets.get(root.outlet.as_ref()?)?.interest.as_ref();
        of_actor
            .or_else(|| interest().map(|id| self.side_of(id, STEPS_UP_MAX).unwrap_or_else(|| id.0.clone())))
    }
}

/// Whether a source can be told from others: not the page, and nobody who is only described. A body that is read as a
/// description ("the Association of Mill Workers") and is written as a name of several words is one.
fn is_told_apart(link: &SourceLink, claim: &Claim) -> bool {
    match link.kind {
        SourceKind::Page => false,
        SourceKind::Unnamed => {
            let name = whole_name(link, claim);
            name.contains(' ') && is_name(&name)
        }
        _ => true,
    }
}

/// The name of a body as the sentence has it, when the label is only a part of it: "Brigade" in "the Fourth River
/// Brigade". The words with a capital on both sides belong to it; a small word that opens the sentence does not.
fn whole_name(link: &SourceLink, claim: &Claim) -> String {
    let bare = |word: &&str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let label: Vec<&str> = link.label.split_whitespace().collect();
    let words: Vec<&str> = claim.quote.split_whitespace().collect();
    let is_part = label.len() == 1 || matches!(link.kind, SourceKind::Organisation | SourceKind::Unnamed);
    let is_label = |run: &[&str]| run.iter().zip(&label).all(|(x, y)| bare(x) == bare(y));
    let found = words.windows(label.len().max(1)).position(is_label);
    let Some(start) = found.filter(|_| is_part && !label.is_empty() && link.actor.resolved().is_none())
    else {
        return link.label.trim().to_owned();
    };
    let capital = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
    // A comma or a full stop parts a word from the next.
    let goes_on = |word: &str| word.chars().last().is_some_and(char::is_alphanumeric);
    let (mut first, mut last) = (start, start + label.len() - 1);
    while first > 0 && capital(words[first - 1]) && goes_on(words[first - 1]) {
        first -= 1;
    }
    if first == 0 && start > 0 && words[0].chars().count() <= SMALL_WORD_LETTERS {
        first = 1;
    }
    while goes_on(words[last]) && words.get(last + 1).is_some_and(|word| capital(word)) {
        last += 1;
    }
    words[first..=last].iter().map(bare).collect::<Vec<_>>().join(" ")
}

/// Names of several words, directly before a comma, that are neither a place nor an actor of the claim: how a sentence
/// brings in whom it quotes ("Karim Dorra, a surgeon, said").
fn introduced(claim: &Claim) -> Vec<String> {
    let places = claim.places.iter().map(|place| place.name.as_str());
    let actors = claim
        .initiators
        .iter()
        .chain(&claim.targets)
        .map(|actor| actor.label.as_str());
    let taken: Vec<&str> = places.chain(actors).collect();
    let mut pieces: Vec<&str> = claim.quote.split(',').collect();
    pieces.pop();
    let capital = |word: &&str| word.chars().next().is_some_and(char::is_uppercase);
    let name = |piece: &&str| {
        let mut words: Vec<&str> = piece.split_whitespace().rev().take_while(capital).collect();
        words.reverse();
        let name = words.join(" ");
        let is_free = !taken
            .iter()
            .any(|taken| name.contains(taken) || taken.contains(name.as_str()));
        (words.len() >= 2 && is_free && is_name(&name)).then(|| format!("label:{}", wording::plain(&name)))
    };
    pieces.iter().filter_map(name).collect()
}

/// Whether a label that nobody resolved is a proper name: all its weighty words begin with a capital. In a
/// script without capitals, two words or more.
fn is_name(label: &str) -> bool {
    let weighty = |word: &&str| word.chars().count() > SMALL_WORD_LETTERS;
    let words: Vec<&str> = label
        .split(|c: char| !c.is_alphanumeric())
        .filter(weighty)
        .collect();
    let caseless = label
        .chars()
        .filter(|c| c.is_alphabetic())
        .all(|c| !c.is_lowercase() && !c.is_uppercase());
    if caseless {
        return words.len() >= 2;
    }
    let capital = |word: &&str| word.chars().next().is_some_and(char::is_uppercase);
    match words[..] {
        [] => false,
        [one] => capital(&one) && (one.chars().count() >= LONE_NAME_LETTERS_MIN || label.contains(' ')),
        _ => words.iter().all(capital),
    }
}

/// The origins of some claims, and for each claim the number of its origin and of its voice.
#[derive(Debug, Default)]
pub(crate) struct Origins {
    /// In order of label and id.
    pub(crate) origins: Vec<Origin>,
    /// Position in `origins` of each claim.
    pub(crate) of_claim: BTreeMap<model::ClaimId, usize>,
    /// For each origin, its voice: origins of one side share one.
    pub(crate) voices: Vec<String>,
}

impl Origins {
    /// How many voices stand behind some claims.
    pub(crate) fn voices<'b>(&self, claims: impl IntoIterator<Item = &'b model::ClaimId>) -> BTreeSet<&str> {
        let of = |id| self.of_claim.get(id).map(|origin| self.voices[*origin].as_str());
        claims.into_iter().filter_map(of).collect()
    }
}

/// Groups claims by their roots.
pub(crate) fn trace(claims: &[&LocatedClaim], library: &Library<'_>) -> Origins {
    let roots: Vec<Root> = claims
        .iter()
        .map(|located| library.root(&located.claim))
        .collect();
    let mut tracing = Tracing {
        claims,
        groups: Groups::alone(claims.len()),
        links: Vec::new(),
        holders: BTreeMap::new(),
    };
    let mut named_of_page: BTreeMap<&DocumentId, &Root> = BTreeMap::new();
    let mut quoting: BTreeSet<&DocumentId> = BTreeSet::new();
    for (located, root) in claims.iter().zip(&roots) {
        let document = &located.claim.document;
        match root.voice {
            Voice::Named => {
                let entry = named_of_page.entry(document).or_insert(root);
                *entry = (*entry).min(root);
            }
            Voice::Quoted => drop(quoting.insert(document)),
            Voice::Own => {}
        }
    }
    for (index, (located, root)) in claims.iter().zip(&roots).enumerate() {
        let document = &located.claim.document;
        let named = named_of_page
            .get(document)
            .filter(|_| root.voice == Voice::Own && !quoting.contains(document));
        match (root.voice, named) {
            (Voice::Named, _) => tracing.hold(index, LinkKind::SameSpeaker, &root.key),
            // A page that has it from somebody named, and from nobody else, has no voice of its own about it.
            (_, Some(speaker)) => tracing.hold(index, LinkKind::SameSpeaker, &speaker.key),
            (_, None) => {
                for (kind, key) in library.page_keys(document) {
                    tracing.hold(index, kind, &key);
                }
                for key in introduced(&located.claim)
                    .iter()
                    .filter(|_| root.voice == Voice::Quoted)
                {
                    tracing.hold(index, LinkKind::SameSpeaker, key);
                }
            }
        }
    }
    tracing.citations(&roots, library);
    tracing.shared_sentences();
    tracing.finish(&roots, library)
}

struct Tracing<'a, 'b> {
    claims: &'b [&'a LocatedClaim],
    groups: Groups,
    links: Vec<(usize, OriginLink)>,
    holders: BTreeMap<String, (usize, LinkKind)>,
}

impl Tracing<'_, '_> {
    fn hold(&mut self, index: usize, kind: LinkKind, key: &str) {
        match self.holders.get(key).copied() {
            None => drop(self.holders.insert(key.to_owned(), (index, kind))),
            Some((first, first_kind)) => {
                // A speaker on one side and the page's outlet on the other: one cites the other.
                let kind = if kind == first_kind && kind != LinkKind::Cites {
                    kind
                } else if kind == LinkKind::Cites && first_kind == LinkKind::Cites {
                    LinkKind::SameFamily
                } else {
                    LinkKind::Cites
                };
                self.join(first, index, kind, 1.0, key);
            }
        }
    }

    fn join(&mut self, a: usize, b: usize, kind: LinkKind, score: f64, what: &str) {
        self.groups.unite(a, b);
        let (x, y) = (&self.claims[a].claim.document, &self.claims[b].claim.document);
        if x != y {
            let words = match kind {
                LinkKind::SameText => "the pages share the text of what they say about it".to_owned(),
                LinkKind::SameTitle => {
                    "the pages carry the same headline; nothing shows that they are independent".to_owned()
                }
                LinkKind::SameFamily => format!("both pages are of one publisher ({what})"),
                LinkKind::SameAgency => format!("both pages credit one agency ({what})"),
                LinkKind::SameSpeaker => format!("both pages have it from one source ({what})"),
                LinkKind::Cites => format!("one page has it from the other's publisher ({what})"),
            };
            let because = Because::new(kind.as_str(), words);
            self.links.push((
                a,
                OriginLink {
                    kind,
                    a: x.min(y).clone(),
                    b: x.max(y).clone(),
                    score,
                    because,
                },
            ));
        }
    }

    /// Who has it from a publisher has it from that publisher's page about it, whomever that page quotes in turn.
    fn citations(&mut self, roots: &[Root], library: &Library<'_>) {
        let mut published: BTreeMap<&OutletId, usize> = BTreeMap::new();
        for (index, located) in self.claims.iter().enumerate() {
            let document = library.pages.document(&located.claim.document);
            if let Some(outlet) = document.and_then(|document| document.outlet.as_ref()) {
                published.entry(outlet).or_insert(index);
            }
        }
        for (index, root) in roots.iter().enumerate() {
            let cited = root.outlet.as_ref().filter(|_| root.voice == Voice::Named);
            if let Some((outlet, first)) = cited.and_then(|outlet| published.get_key_value(outlet)) {
                self.join(*first, index, LinkKind::Cites, 1.0, &format!("outlet:{outlet}"));
            }
        }
    }

    /// Sentences of different pages that are built alike and share most of their words have one author.
    fn shared_sentences(&mut self) {
        let mut words: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
        let contents: Vec<(Vec<u64>, Frame)> = self
            .claims
            .iter()
            .map(|located| &located.claim.quote)
            .map(|quote| (wording::content(quote), Frame::read(quote)))
            .collect();
        for (index, located) in self.claims.iter().enumerate() {
            for pair in wording::sketch(&located.claim.quote) {
                words.entry(pair).or_default().push(index);
            }
        }
        for members in words.values() {
            for pair in members.windows(2) {
                let ((a, x), (b, y)) = (&contents[pair[0]], &contents[pair[1]]);
                let score = wording::containment(a, b);
                if a.len().min(b.len()) >= crate::evidence::SENTENCE_WORDS_MIN
                    && score >= crate::evidence::SAME_SENTENCE
                    && x.likeness(y).is_some()
                {
                    self.join(pair[0], pair[1], LinkKind::SameText, score, "");
                }
            }
        }
    }

    fn finish(mut self, roots: &[Root], library: &Library<'_>) -> Origins {
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for index in 0..self.claims.len() {
            groups.entry(self.groups.root(index)).or_default().push(index);
        }
        let mut made: Vec<(Origin, String)> = Vec::new();
        let mut links_of: BTreeMap<usize, Vec<OriginLink>> = BTreeMap::new();
        for (index, link) in std::mem::take(&mut self.links) {
            links_of.entry(self.groups.root(index)).or_default().push(link);
        }
        for (group, members) in &groups {
            let documents: BTreeSet<&DocumentId> = members
                .iter()
                .map(|index| &self.claims[*index].claim.document)
                .collect();
            let claims: BTreeSet<&model::ClaimId> = members
                .iter()
                .map(|index| &self.claims[*index].claim.id)
                .collect();
            let Some(root) = members
                .iter()
                .map(|index| &roots[*index])
                .min_by_key(|root| root.rank())
            else {
                continue;
            };
            let mut links = links_of.remove(group).unwrap_or_default();
            tidy(&mut links);
            let (independent, because) = library.independence(root);
            let id = OriginId::of(&[&root.key]);
            let voice = library
                .side(root)
                .map_or_else(|| format!("origin {id}"), |side| format!("side {side}"));
            let origin = Origin {
                id,
                label: root.label.clone(),
                documents: documents.into_iter().cloned().collect(),
                claims: claims.into_iter().cloned().collect(),
                links,
                independent,
                reliability: library.reliability(root),
                because: vec![because],
            };
            made.push((origin, voice));
        }
        made.sort_by(|(a, _), (b, _)| (&a.label, &a.id).cmp(&(&b.label, &b.id)));
        let (origins, voices): (Vec<Origin>, Vec<String>) = made.into_iter().unzip();
        let of_claim = origins
            .iter()
            .enumerate()
            .flat_map(|(position, origin)| origin.claims.iter().map(move |id| (id.clone(), position)));
        Origins {
            of_claim: of_claim.collect(),
            origins,
            voices,
        }
    }
}

/// Links in a fixed order, each pair and kind once, with its best score.
pub(crate) fn tidy(links: &mut Vec<OriginLink>) {
    links.sort_by(|x, y| {
        (x.kind, &x.a, &x.b)
            .cmp(&(y.kind, &y.a, &y.b))
            .then(y.score.total_cmp(&x.score))
    });
    links.dedup_by(|next, kept| (next.kind, &next.a, &next.b) == (kept.kind, &kept.a, &kept.b));
}
