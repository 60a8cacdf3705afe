//! From words to claims: each trigger in a sentence becomes a claim with its sources, modality, arguments,
//! time, places and figures.

use crate::arguments::{self, Arguments};
use crate::attribution::{self, Frame};
use crate::commitment::{self, Standing};
use crate::figures::FigureHit;
use crate::kind;
use crate::lexicon::Lexicon;
use crate::names::ActorHit;
use crate::participants;
use crate::reading::Reading;
use crate::times;
use crate::triggers::TriggerHit;
use language::{Relation, Tag};
use model::{
    ActClass, ActorMention, Because, Claim, ClaimId, Document, MentionId, Metric, Modality, PlaceMention,
    PlaceRole, Resolution, Scope, SourceKind, SourceLink, When,
};
use std::ops::Range;

/// What all claims of one sentence share.
pub(crate) struct Ground<'a> {
    pub(crate) document: &'a Document,
    pub(crate) lexicon: &'a Lexicon,
    pub(crate) reading: &'a Reading<'a>,
    pub(crate) frames: &'a [Frame],
    pub(crate) figures: &'a [FigureHit],
    /// Tokens of every trigger in the sentence, to share out times, places and figures.
    pub(crate) heads: Vec<Range<usize>>,
    /// Tokens of every part in a process: what is told behind them is theirs.
    pub(crate) part_heads: Vec<Range<usize>>,
}

/// Makes the claim of a trigger.
pub(crate) fn claim(
    ground: &Ground,
    hit: &TriggerHit,
    pointed: &dyn Fn(&Frame) -> Resolution<String>,
) -> Option<Claim> {
    let Ground { lexicon, reading, .. } = ground;
    let trigger = &lexicon.triggers[hit.trigger];
    let standing = commitment::standing(ground, &hit.tokens);
    if let Standing::Ended(_) = standing {
        return None;
    }
    let commitment::Stand {
        modality,
        polarity,
        hedges,
        mut because,
        background,
        series,
    } = commitment::settle(ground, &hit.tokens, None);
    let found = if hit.noun {
        arguments::of_noun(reading, ground.lexicon, &hit.tokens)
    } else {
        arguments::of_verb(reading, &hit.tokens, trigger.subject)
    };
    let found = apart(ground, hit, found);
    because.insert(
        0,
        Because::new(
            "trigger",
            format!(
                "\"{}\" names the act {}",
                reading.words(&hit.tokens),
                trigger.act.id
            ),
        )
        .entry(trigger.entry.clone())
        .span(reading.span(&hit.tokens)),
    );
    if !trigger.needs.is_empty() {
        because.extend(kind::vouches(reading, lexicon, trigger.act.id.as_str()));
    }
    let weapon = if trigger.means {
        reading.words(&hit.tokens)
    } else {
        String::new()
    };
    let draft = Draft {
        tokens: hit.tokens.clone(),
        arguments: found,
        weapon,
    };
    let mut claim = build(ground, trigger.act.clone(), draft, pointed);
    claim.modality = modality;
    claim.polarity = polarity;
    claim.hedges = hedges;
    claim.background =
        background || is_long_past(&claim, ground.document) || in_passing(reading, hit, &claim);
    claim.series = series;
    claim.because.splice(0..0, because);
    if claim.act.id.as_str() == "complaint" {
        // To speak of breaches is to allege them, whatever one plans to do about it.
        claim.modality = Modality::Claimed;
    }
    if claim.when.span.is_none() && !claim.modality.is_actual() {
        claim.when = times::still_to_come(&ground.document.published.edtf);
    }
    accuse(ground, &hit.tokens, &mut claim);
    participants::complete(ground, hit, &mut claim);
    participants::name_fully(ground, &mut claim);
    if claim.act.class == ActClass::Speech {
        holder_speaks(&mut claim);
    }
    Some(claim)
}

/// "imposed sanctions following the downing of a jet": who did what comes first did not do what it follows.
fn apart(ground: &Ground, hit: &TriggerHit, mut found: Arguments) -> Arguments {
    let reading = ground.reading;
    let near = hit.tokens.start.saturating_sub(FOLLOWS_REACH)..hit.tokens.start;
    let Some(at) = near
        .rev()
        .find(|index| ground.lexicon.word("factual", reading.lower(*index)))
    else {
        return found;
    };
    if hit.noun {
        let behind = |actor: &usize| reading.actors[*actor].tokens.start > at;
        found.initiators.retain(behind);
        found.targets.retain(behind);
    }
    found
}

/// How far behind "after" and the like the act stands that they name, in words: an article and an adjective.
pub(crate) const FOLLOWS_REACH: usize = 3;

/// Whose position or complaint it is says so itself, unless another is named as the source.
pub(crate) fn holder_speaks(claim: &mut Claim) {
    if claim.sources.len() > 1 {
        return;
    }
    let links = claim.initiators.iter().map(|holder| SourceLink {
        kind: match (holder.kind.as_str(), holder.actor.resolved()) {
            ("media", _) => SourceKind::Outlet,
            ("person", _) => SourceKind::Speaker,
            (_, Some(_)) => SourceKind::Organisation,
            _ => SourceKind::Unnamed,
        },
        label: holder.label.clone(),
        actor: holder.actor.clone(),
        cue: String::new(),
        span: Some(holder.span),
    });
    claim.sources.extend(links.collect::<Vec<_>>());
}

/// "accused X of shelling Y": X is said to have done it.
fn accuse(ground: &Ground, tokens: &Range<usize>, claim: &mut Claim) {
    for frame in ground.frames {
        let inside = frame.content.start <= tokens.start && tokens.end <= frame.content.end;
        if inside && claim.initiators.is_empty() && ground.lexicon.cues[frame.cue].takes == "target" {
            let accused = crate::speech::blamed(ground.reading, frame);
            claim.initiators = accused
                .iter()
                .map(|actor| mention(ground, &ground.reading.actors[*actor]))
                .collect();
            claim
                .targets
                .retain(|target| !claim.initiators.iter().any(|initiator| initiator.id == target.id));
        }
    }
}

/// "since the attack", "following the raid": an act named only to date another.
fn in_passing(reading: &Reading, hit: &TriggerHit, claim: &Claim) -> bool {
    let clause = reading.clause(hit.tokens.start);
    let first = (0..hit.tokens.start)
        .rev()
        .take_while(|index| reading.clause(*index) == clause)
        .last()
        .unwrap_or(hit.tokens.start);
    hit.noun
        && claim.figures.is_empty()
        && claim.when.span.is_none()
        && !claim
            .places
            .iter()
            .any(|place| place.role == PlaceRole::Event && !place.name.is_empty())
        && (matches!(reading.lower(first), "since" | "following" | "after")
            || matches!(
                reading.lower(hit.tokens.start.wrapping_sub(2)),
                "by" | "after" | "following" | "since"
            ))
        && claim.act.class == ActClass::Force
}

/// Days before publication from which an act counts as background: two months. News recalls older acts to
/// explain the new one; a lower figure would hide late reports of the month before.
const BACKGROUND_DAYS: i64 = 61;

pub(crate) fn is_long_past(claim: &Claim, document: &Document) -> bool {
    match (claim.when.edtf.latest(), document.published.edtf.earliest()) {
        (Some(then), Some(published)) => {
            claim.when.span.is_some() && model::days_between(then, published) > BACKGROUND_DAYS
        }
        _ => false,
    }
}

/// What is known of a claim before its surroundings are read.
pub(crate) struct Draft {
    pub(crate) tokens: Range<usize>,
    pub(crate) arguments: Arguments,
    pub(crate) weapon: String,
}

/// Builds a claim around a trigger: sources, actors, time, places and figures.
pub(crate) fn build(
    ground: &Ground,
    act: model::Act,
    draft: Draft,
    pointed: &dyn Fn(&Frame) -> Resolution<String>,
) -> Claim {
    let Ground {
        document,
        reading,
        figures,
        ..
    } = ground;
    let all = reading.all();
    let span = reading.span(&all);
    let trigger = reading.span(&draft.tokens);
    let because = Vec::new();
    let seat = act.class == ActClass::Process;
    let mention = |actor: &usize| mention(ground, &reading.actors[*actor]);
    let figures = figures
        .iter()
        .filter(|figure| {
            nearest_head(ground, &figure.tokens) == Some(&draft.tokens) || ground.heads.len() <= 1
        })
        .filter(|figure| counts_for(act.class, figure.figure.metric, &figure.figure.scope))
        .map(|figure| figure.figure.clone())
        .collect();
    Claim {
        id: ClaimId::of(&[
            document.id.as_str(),
            &trigger.start.to_string(),
            &trigger.end.to_string(),
            act.id.as_str(),
        ]),
        document: document.id.clone(),
        passage: reading.passage.id.clone(),
        span,
        quote: reading.words(&all),
        sources: sources(ground, &draft.tokens, pointed),
        modality: Modality::Asserted,
        polarity: model::Polarity::Affirmed,
        hedges: Vec::new(),
        act,
        trigger,
        initiators: draft.arguments.initiators.iter().map(mention).collect(),
        targets: draft.arguments.targets.iter().map(mention).collect(),
        weapon: draft.weapon,
        when: when(ground, &draft.tokens),
        places: places(ground, &draft.tokens, seat),
        figures,
        references: Vec::new(),
        utterance: None,
        part: String::new(),
        background: false,
        series: false,
        because,
    }
}

/// Which figures an act of a class may carry.
fn counts_for(class: ActClass, metric: Metric, scope: &Scope) -> bool {
    match class {
        ActClass::Humanitarian => matches!(
            metric,
            Metric::Goods | Metric::Displaced | Metric::Persons | Metric::Detained
        ),
        ActClass::Speech => matches!(metric, Metric::Complaints | Metric::Acts),
        ActClass::Process | ActClass::Information => false,
        // The toll of a whole war is no toll of an act told beside it.
        _ => *scope != Scope::War,
    }
}

/// The page, then every speaker from the outermost frame to the innermost.
pub(crate) fn sources(
    ground: &Ground,
    at: &Range<usize>,
    pointed: &dyn Fn(&Frame) -> Resolution<String>,
) -> Vec<SourceLink> {
    let page = SourceLink {
        kind: SourceKind::Page,
        label: ground.document.name.clone(),
        actor: Resolution::Unresolved,
        cue: String::new(),
        span: None,
    };
    let mut links = vec![page];
    let mut around: Vec<&Frame> = ground
        .frames
        .iter()
        .filter(|frame| frame.content.start <= at.start && at.end <= frame.content.end)
        // A stance is no source: "X supports the plan, Y reported" has Y for its source.
        .filter(|frame| ground.lexicon.cues[frame.cue].takes != "object")
        .filter(|frame| !told_beside(ground, frame, at))
        .collect();
    around.sort_by_key(|frame| usize::MAX - frame.content.len());
    for frame in around {
        for link in attribution::links(ground.reading, frame, &pointed(frame)) {
            if !links.contains(&link) {
                links.push(link);
            }
        }
    }
    links.extend(recording(ground));
    links
}

/// "A video posted online by X shows …": whoever put it out is a source.
fn recording(ground: &Ground) -> Option<SourceLink> {
    let Ground { reading, lexicon, .. } = ground;
    let word = |class: &'static str| move |index: &usize| lexicon.word(class, reading.lower(*index));
    let noun = reading.all().find(word("recording"))?;
    let out = (noun + 1..reading.all().end.min(noun + RECORDING_REACH)).find(word("put-out"))?;
    let by = (out + 1..out + 5).find(|index| reading.lower(*index) == "by")?;
    let hit = reading
        .actors
        .iter()
        .find(|actor| (by + 1..=by + 2).contains(&actor.tokens.start));
    let known = |hit: &&ActorHit| hit.form != crate::names::HitForm::Stranger;
    let Some(hit) = hit.filter(known) else {
        // A name that the data does not know: the capitalised words behind "by".
        let proper = |index: &usize| reading.token(*index).is_some_and(|token| token.tag == Tag::Propn);
        let first = (by + 1..=by + 2).find(proper)?;
        let last = (first..reading.all().end).take_while(proper).last()?;
        return Some(SourceLink {
            kind: SourceKind::Outlet,
            label: reading.words(&(first..last + 1)),
            actor: Resolution::Unresolved,
            cue: reading.words(&(out..out + 1)),
            span: Some(reading.span(&(first..last + 1))),
        });
    };
    Some(SourceLink {
        kind: SourceKind::Outlet,
        label: hit.label.clone(),
        actor: hit.actor.clone(),
        cue: reading.words(&(out..out + 1)),
        span: Some(reading.span(&hit.tokens)),
    })
}

/// How far behind a recording the words that tell who put it out may stand: behind what it shows.
const RECORDING_REACH: usize = 12;

/// "hope that they end the conflict, which has claimed 400,000 lives": what a relative clause tells inside a
/// hope, a plan or a demand is told by the page, and not hoped.
pub(crate) fn told_beside(ground: &Ground, frame: &Frame, at: &Range<usize>) -> bool {
    let cue = &ground.lexicon.cues[frame.cue];
    let wish = matches!(cue.commitment.as_str(), "hoped" | "planned")
        || matches!(cue.takes.as_str(), "object" | "view");
    let quoted = ground.reading.quoted(at.start);
    wish && !quoted && {
        let clause = ground.reading.clause(at.start);
        let opening = ground.reading.all().find(|index| {
            frame.content.contains(index) && ground.lexicon.word("relative", ground.reading.lower(*index))
        });
        // From the relative pronoun on, coordinated clauses included.
        let behind =
            opening.is_some_and(|opening| opening < at.start && ground.reading.clause(opening) <= clause);
        let tree = ground.reading.tree();
        behind
            || tree
                .above(tree.top(at))
                .iter()
                .take_while(|(node, _)| frame.content.contains(node))
                .any(|(_, relation)| *relation == Relation::AclRelcl)
    }
}

/// The published form of an actor in the sentence.
pub(crate) fn mention(ground: &Ground, hit: &ActorHit) -> ActorMention {
    let span = ground.reading.span(&hit.tokens);
    ActorMention {
        id: MentionId::of(&[
            ground.document.id.as_str(),
            &span.start.to_string(),
            &span.end.to_string(),
        ]),
        label: hit.label.clone(),
        span,
        actor: hit.actor.clone(),
        kind: hit.kind.clone(),
        because: vec![hit.because.clone()],
    }
}

/// The head that something belongs to: the one in its clause and nearest in words.
pub(crate) fn nearest_head<'b>(ground: &'b Ground, tokens: &Range<usize>) -> Option<&'b Range<usize>> {
    let clause = ground.reading.clause(tokens.start);
    let parts = ground.part_heads.iter().filter(|head| head.end <= tokens.start);
    ground.heads.iter().chain(parts).min_by_key(|head| {
        let gap = if head.end <= tokens.start {
            tokens.start - head.end
        } else {
            head.start.saturating_sub(tokens.end)
        };
        // A clause away counts as twelve words: more than any argument stands from its verb.
        gap + 12 * ground.reading.clause(head.start).abs_diff(clause)
    })
}

fn when(ground: &Ground, tokens: &Range<usize>) -> When {
    let reading = ground.reading;
    let own = reading
        .times
        .iter()
        .filter(|time| nearest_head(ground, &time.tokens) == Some(tokens));
    let in_clause = reading
        .times
        .iter()
        .filter(|time| reading.clause(time.tokens.start) == reading.clause(tokens.start))
        .filter(|time| !of_part(ground, time));
    // A lone time of the sentence counts for all its acts, unless it stands in another clause with its own act.
    let lone = reading
        .times
        .iter()
        .filter(|_| reading.times.len() == 1 && ground.heads.len() <= 1)
        .filter(|time| ground.part_heads.contains(tokens) || !of_part(ground, time));
    own.chain(in_clause)
        .chain(lone)
        .min_by_key(|time| {
            (
                !time.when.edtf.is_known(),
                time.tokens.start.abs_diff(tokens.start),
            )
        })
        .map_or_else(
            || times::undated(&ground.document.published.edtf),
            |time| times::as_quoted(ground, time),
        )
}

/// "a ceasefire brokered in December by …": the time of the brokering, and of nothing else.
fn of_part(ground: &Ground, time: &times::TimeHit) -> bool {
    ground.part_heads.iter().any(|head| {
        let near = head.end <= time.tokens.start && time.tokens.start <= head.end + 2;
        near && ground.reading.clause(head.start) == ground.reading.clause(time.tokens.start)
    })
}

/// Whether something stands in a relative clause that the act is not told in: "rebels who are fighting in X".
fn in_other_relative(ground: &Ground, tokens: &Range<usize>, act: &Range<usize>) -> bool {
    let reading = ground.reading;
    let (own, other) = (reading.clause(act.start), reading.clause(tokens.start));
    own != other && tokens.start > act.start && {
        let opening = reading.all().find(|index| reading.clause(*index) == other);
        opening.is_some_and(|index| ground.lexicon.word("relative", reading.lower(index)))
    }
}

/// `seat`: what is told is held somewhere, and does not happen to a place.
fn places(ground: &Ground, tokens: &Range<usize>, seat: bool) -> Vec<PlaceMention> {
    let reading = ground.reading;
    let mention = |hit: &crate::spots::PlaceHit| PlaceMention {
        name: hit.name.clone(),
        kind: hit.kind.clone(),
        span: reading.span(&hit.name_tokens),
        role: if seat && hit.role == PlaceRole::Event {
            PlaceRole::Seat
        } else {
            hit.role
        },
        relation: hit.relation,
        because: vec![hit.because.clone()],
    };
    let own: Vec<PlaceMention> = reading
        .places
        .iter()
        .filter(|place| nearest_head(ground, &place.tokens) == Some(tokens) || ground.heads.len() <= 1)
        .filter(|place| !in_other_relative(ground, &place.tokens, tokens))
        .map(mention)
        .collect();
    if own.iter().any(|place| {
        matches!(place.role, PlaceRole::Event | PlaceRole::Seat) && (seat || place.role == PlaceRole::Event)
    }) {
        return own;
    }
    // Several acts, one place: it holds for all of them.
    let events: Vec<&crate::spots::PlaceHit> = reading
        .places
        .iter()
        .filter(|place| place.role == PlaceRole::Event)
        .filter(|place| !in_other_relative(ground, &place.tokens, tokens))
        .collect();
    match events.as_slice() {
        [] => own,
        _ if reading.places.iter().any(|place| {
            place.role == PlaceRole::Event
                && nearest_head(ground, &place.tokens).is_some_and(|head| {
                    head != tokens && reading.clause(head.start) != reading.clause(tokens.start)
                })
        }) =>
        {
            own
        }
        all => own
            .into_iter()
            .chain(all.iter().map(|place| mention(place)))
            .collect(),
    }
}
