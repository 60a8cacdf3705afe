//! Claims with where they stand on their pages, in one fixed order, and the small questions that every list
//! asks of them.

use model::{
    Actor, ActorId, ActorMention, Claim, ClaimId, Document, DocumentId, Edtf, LocatedClaim, Location,
    MentionId, PassageId, PlaceMention, PlacePrecision, PlaceRole, Polarity, Progress, SourceKind, Span,
    TrackId,
};
use std::collections::{BTreeMap, BTreeSet};

/// A claim and where it stands.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Told<'a> {
    pub(crate) located: &'a LocatedClaim,
    /// Order of the passage on its page.
    pub(crate) order: usize,
    /// The one body that the speaker belongs to, when the speaker is a person of one body.
    pub(crate) body: Option<&'a ActorId>,
}

/// The claims in order of page, passage and id, each once.
pub(crate) fn sorted<'a>(
    claims: &'a [LocatedClaim],
    documents: &'a [Document],
    actors: &'a [Actor],
) -> Vec<Told<'a>> {
    let mut orders: BTreeMap<(&DocumentId, &PassageId), usize> = BTreeMap::new();
    for document in documents {
        let passages = document.passages.iter().enumerate();
        orders.extend(passages.map(|(order, passage)| ((&document.id, &passage.id), order)));
    }
    let actors: BTreeMap<&ActorId, &Actor> = actors.iter().map(|actor| (&actor.id, actor)).collect();
    let read = |located: &'a LocatedClaim| {
        let claim = &located.claim;
        // A passage that no document lists: 600 bytes are about one paragraph of news.
        let order = orders
            .get(&(&claim.document, &claim.passage))
            .copied()
            .unwrap_or(claim.span.start / 600);
        let speaker = claim
            .source()
            .and_then(|source| source.actor.resolved())
            .and_then(|id| actors.get(id));
        let body = speaker.filter(|actor| actor.kind == "person" && actor.member_of.len() == 1);
        Told {
            located,
            order,
            body: body.map(|actor| &actor.member_of[0]),
        }
    };
    let mut told: Vec<Told<'a>> = claims.iter().map(read).collect();
    told.sort_by(|a, b| a.place_on_page().cmp(&b.place_on_page()));
    told.dedup_by(|a, b| a.claim().id == b.claim().id);
    told
}

impl<'a> Told<'a> {
    pub(crate) fn claim(&self) -> &'a Claim {
        &self.located.claim
    }
    pub(crate) fn act(&self) -> &'a str {
        self.located.claim.act.id.as_str()
    }
    pub(crate) fn when(&self) -> &'a Edtf {
        &self.located.claim.when.edtf
    }
    fn place_on_page(&self) -> (&'a DocumentId, usize, usize, &'a ClaimId) {
        (
            &self.claim().document,
            self.order,
            self.claim().span.start,
            &self.claim().id,
        )
    }
    /// On whose word, as written.
    pub(crate) fn by(&self) -> String {
        self.claim()
            .source()
            .map_or_else(String::new, |source| source.label.clone())
    }
    /// Everybody named in the claim, doers first, each once.
    pub(crate) fn participants(&self) -> Vec<&'a ActorMention> {
        let mut seen = BTreeSet::new();
        let claim = self.claim();
        claim
            .initiators
            .iter()
            .chain(&claim.targets)
            .filter(|mention| seen.insert(who(mention)))
            .collect()
    }
    /// The source of the claim as a mention, when somebody other than the page says it.
    pub(crate) fn speaker(&self) -> Option<ActorMention> {
        let source = self
            .claim()
            .source()
            .filter(|source| source.kind != SourceKind::Page)?;
        let span = source.span.unwrap_or(Span::new(0, 0));
        let document = self.claim().document.as_str();
        Some(ActorMention {
            id: MentionId::of(&[document, &span.start.to_string(), &span.end.to_string()]),
            label: source.label.clone(),
            span,
            actor: source.actor.clone(),
            kind: String::new(),
            because: vec![],
        })
    }
    /// The place mention that says where it was: of the act, else where it was held; of several ("in the
    /// countryside of X … the town of Y") the closest. A name that nobody placed is mostly that of a village.
    pub(crate) fn place(&self) -> Option<&'a PlaceMention> {
        let places = &self.located.claim.places;
        let closeness = |place: &&PlaceMention| {
            let known = self.location_of(place).map(|location| location.precision);
            known
                .filter(|precision| *precision != PlacePrecision::Unresolved)
                .unwrap_or(PlacePrecision::Near)
        };
        let of = |role: PlaceRole| {
            let named = places
                .iter()
                .filter(move |place| place.role == role && !place.name.is_empty());
            named.min_by_key(closeness)
        };
        of(PlaceRole::Event).or_else(|| of(PlaceRole::Seat))
    }
    fn location_of(&self, place: &PlaceMention) -> Option<&'a Location> {
        self.located
            .locations
            .iter()
            .find(|location| location.mention.span == place.span && location.mention.name == place.name)
    }
    /// The location of that place.
    pub(crate) fn location(&self) -> Option<&'a Location> {
        self.location_of(self.place()?)
    }
    /// What makes two places the same: the gazetteer's key, else the name in plain words; empty when not told.
    pub(crate) fn place_key(&self) -> String {
        let chosen = self.location().and_then(|location| location.chosen.as_ref());
        let name = || self.place().map_or_else(String::new, |place| plain(&place.name));
        chosen.map_or_else(name, |chosen| chosen.place.0.clone())
    }
    /// The place as written; empty when not told.
    pub(crate) fn place_name(&self) -> String {
        self.place().map_or_else(String::new, |place| place.name.clone())
    }
    /// Claims its words point at.
    pub(crate) fn points_at(&self) -> impl Iterator<Item = &'a ClaimId> {
        self.located
            .claim
            .references
            .iter()
            .filter_map(|reference| reference.claim.as_ref())
    }
}

/// What makes two mentions the same actor: its key, else the label in plain words.
pub(crate) fn who(mention: &ActorMention) -> String {
    mention
        .actor
        .resolved()
        .map_or_else(|| plain(&mention.label), |actor| actor.0.clone())
}

/// How far what a claim tells has come: whatever is hoped for, planned or conditional is only planned.
pub(crate) fn progress(claim: &Claim) -> Progress {
    match (claim.polarity, claim.modality.is_actual()) {
        (_, false) => Progress::Planned,
        (Polarity::Denied, true) => Progress::Refused,
        (Polarity::Affirmed, true) => Progress::Done,
    }
}

/// Everybody whom some claims name in one part, each once, by key.
pub(crate) fn mentions(told: &[Told<'_>], of: impl Fn(&Claim) -> &Vec<ActorMention>) -> Vec<ActorMention> {
    let mut named: BTreeMap<String, &ActorMention> = BTreeMap::new();
    for one in told {
        for mention in of(one.claim()) {
            named.entry(who(mention)).or_insert(mention);
        }
    }
    named.into_values().cloned().collect()
}

/// Lower-case words with single blanks.
pub(crate) fn plain(text: &str) -> String {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.join(" ")
}

/// The ids of some claims, sorted.
pub(crate) fn ids(told: &[Told<'_>]) -> Vec<ClaimId> {
    let ids: BTreeSet<&ClaimId> = told.iter().map(|one| &one.claim().id).collect();
    ids.into_iter().cloned().collect()
}

/// The id of an entry: its kind and its claims.
pub(crate) fn track_id(kind: &str, claims: &[ClaimId]) -> TrackId {
    let mut parts = vec![kind];
    parts.extend(claims.iter().map(ClaimId::as_str));
    TrackId::of(&parts)
}

/// What all known times share; where they share nothing, what holds them all.
pub(crate) fn common_time(told: &[Told<'_>]) -> Edtf {
    let mut times: Vec<&Edtf> = told
        .iter()
        .map(Told::when)
        .filter(|time| time.is_known())
        .collect();
    times.sort_by_key(|time| (time.days().unwrap_or(i64::MAX), *time));
    let Some((first, rest)) = times.split_first() else {
        return Edtf::unknown();
    };
    rest.iter().fold((*first).clone(), |shared, time| {
        shared.intersect(time).unwrap_or_else(|| shared.hull(time))
    })
}

/// Order of time: known before unknown.
pub(crate) fn time_order(time: &Edtf) -> (bool, Option<jiff::civil::Date>, Option<jiff::civil::Date>) {
    (time.earliest().is_none(), time.earliest(), time.latest())
}
