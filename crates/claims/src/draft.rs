//! From words to claims: each trigger in a sentence becomes a claim with its sources, modality, arguments,
//! time, places and figures.

use crate::arguments::{self, Arguments};
use crate::attribution::{self, Frame};
use crate::commitment::{self, Standing};
use crate::figures::FigureHit;
use crate::kind;
use crate::lexicon::{Lexicon, Trigger};
use crate::names::ActorHit;
use crate::participants;
use crate::phrase;
use crate::reading::Reading;
use crate::times;
use language::{Relation, Tag};
use model::{
    ActClass, ActorMention, Because, Claim, ClaimId, Document, MentionId, Metric, Modality, PlaceMention,
    PlaceRole, Resolution, Scope, SourceKind, SourceLink, When,
};
use std::ops::Range;

/// A trigger in a sentence that passed its tests.
#[derive(Clone, Debug)]
pub(crate) struct TriggerHit {
    /// Index into `Lexicon::triggers`.
    pub(crate) trigger: usize,
    pub(crate) tokens: Range<usize>,
    pub(crate) noun: bool,
}

/// Finds the triggers of a sentence; what was considered and turned down goes to `rejected`.
pub(crate) fn triggers(
    reading: &Reading,
    lexicon: &Lexicon,
    figures: &[FigureHit],
    rejected: &mut Vec<Because>,
) -> Vec<TriggerHit> {
    let nouns = lexicon
        .trigger_nouns
        .find(&reading.pieces, false)
        .into_iter()
        .map(|hit| (hit, true));
    let verbs = lexicon
        .trigger_verbs
        .find(&reading.pieces, true)
        .into_iter()
        .map(|hit| (hit, false));
    let mut found: Vec<(usize, TriggerHit)> = Vec::new();
    for (hit, noun) in nouns.chain(verbs) {
        let trigger = &lexicon.triggers[hit.value];
        let words = reading.words(&hit.tokens);
        match turned_down(reading, lexicon, trigger, &hit.tokens, noun, figures) {
            Some(why) => rejected.push(
                Because::new(
                    "trigger-rejected",
                    format!("\"{words}\" could name {}, but {why}", trigger.act.id),
                )
                .entry(trigger.entry.clone())
                .span(reading.span(&hit.tokens)),
            ),
            None => found.push((
                hit.words,
                TriggerHit {
                    trigger: hit.value,
                    tokens: hit.tokens,
                    noun,
                },
            )),
        }
    }
    // Longer phrases first; what they cover is not read again.
    // Of two acts with the same words, the one that asks for more beside it.
    found.sort_by_key(|(words, hit)| {
        let asks = lexicon.triggers[hit.trigger].needs.contains(':');
        (usize::MAX - words, hit.tokens.start, !asks, hit.trigger)
    });
    let mut kept: Vec<TriggerHit> = Vec::new();
    for (_, hit) in found {
        if !kept
            .iter()
            .any(|other| other.tokens.start < hit.tokens.end && hit.tokens.start < other.tokens.end)
        {
            kept.push(hit);
        }
    }
    kept.sort_by_key(|hit| hit.tokens.start);
    drop_general(reading, lexicon, kept, rejected)
}

/// Why the words do not name the act here; `None` when they do.
fn turned_down(
    reading: &Reading,
    lexicon: &Lexicon,
    trigger: &Trigger,
    tokens: &Range<usize>,
    noun: bool,
    figures: &[FigureHit],
) -> Option<String> {
    let single = tokens.len() == 1;
    let tag = reading.token(tokens.start).map(|token| token.tag)?;
    if noun && single && reading.lower(tokens.start).ends_with("ing") && gerund(reading, tokens.start) {
        // "Fighting broke out": a noun by its place, whatever the tagger says.
    } else if noun
        && single
        && matches!(tag, Tag::Verb | Tag::Aux | Tag::Adv)
        && !looks_nominal(reading, tokens.start)
        && !opens_headline(reading, tokens)
    {
        return Some("it is a verb here".into());
    }
    let head = if noun { tokens.end - 1 } else { tokens.start };
    if !noun && opens_headline(reading, tokens) {
        return Some("a noun opens the headline".into());
    }
    if !noun && !(head..tokens.end.min(head + 2)).any(|index| reading.is_verb(index)) {
        return Some("it is not a verb here".into());
    }
    if !noun && single && describes(reading, head) {
        return Some("it only describes the noun behind it".into());
    }
    if let Some(word) = phrase::touches(&trigger.before_not, &reading.pieces, tokens, true) {
        return Some(format!("\"{word}\" follows"));
    }
    if let Some(word) = phrase::touches(&trigger.after_not, &reading.pieces, tokens, false) {
        return Some(format!("\"{word}\" stands before it"));
    }
    if let Some(scope) = lexicon
        .scopes
        .find(&reading.pieces, false)
        .into_iter()
        .find(|scope| {
            scope.value == "war" && scope.tokens.start <= tokens.start && tokens.end <= scope.tokens.end
        })
    {
        return Some(format!(
            "\"{}\" names the war as a whole",
            reading.words(&scope.tokens)
        ));
    }
    if noun && only_points(reading, trigger, tokens, figures) {
        return Some("it points at an act told elsewhere and adds nothing to it".into());
    }
    if let Some(actor) = reading.actors.iter().find(|actor| {
        actor.tokens.start <= tokens.start
            && tokens.end <= actor.tokens.end
            && actor.tokens.len() > tokens.len()
    }) {
        return Some(format!("it is part of \"{}\"", actor.label));
    }
    needs_met(reading, lexicon, trigger, tokens, figures)
}

/// "displaced families", "the wounded men": a participle before its noun.
fn describes(reading: &Reading, at: usize) -> bool {
    let noun = reading.token(at + 1).is_some_and(|token| token.tag == Tag::Noun);
    let form = reading.lower(at).ends_with("ed") || reading.lower(at).ends_with('n');
    noun && form && reading.tree().relation(at) == Relation::Amod
}

/// A word in -ing that stands as a noun: no auxiliary before it, no object behind it.
fn gerund(reading: &Reading, at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|index| reading.token(index));
    let auxiliary =
        before.is_some_and(|token| matches!(token.tag, Tag::Aux | Tag::Noun | Tag::Propn | Tag::Pron));
    let object = reading
        .token(at + 1)
        .is_some_and(|token| matches!(token.tag, Tag::Det | Tag::Propn | Tag::Pron | Tag::Num | Tag::Adj));
    !auxiliary && !object
}

/// "the attack" with no author, time, place or toll of its own.
fn only_points(reading: &Reading, trigger: &Trigger, tokens: &Range<usize>, figures: &[FigureHit]) -> bool {
    let definite = matches!(
        reading.lower(tokens.start.wrapping_sub(1)),
        "the" | "this" | "that"
    );
    let clause = reading.clause(tokens.start);
    let own = |range: &Range<usize>| reading.clause(range.start) == clause;
    definite
        && trigger.act.class == ActClass::Force
        && tokens.len() <= 2
        && !matches!(
            reading.lower(tokens.end),
            "by" | "of" | "on" | "in" | "at" | "near" | "between" | "with" | "against"
        )
        && !figures.iter().any(|figure| own(&figure.tokens))
        && !reading.times.iter().any(|time| own(&time.tokens))
        || definite && reading.lower(tokens.end) == "on" && blamed(reading, tokens)
        || definite && claimed(reading, tokens)
}

/// "claimed responsibility for the attack", "took credit for the blast".
fn claimed(reading: &Reading, tokens: &Range<usize>) -> bool {
    let before = tokens.start.saturating_sub(4)..tokens.start;
    reading.lower(tokens.start.wrapping_sub(2)) == "for"
        && before
            .into_iter()
            .any(|index| matches!(reading.lower(index), "responsibility" | "credit"))
}

/// "blamed the attack on X": what follows "on" is the author blamed, not the target.
fn blamed(reading: &Reading, tokens: &Range<usize>) -> bool {
    (tokens.start.saturating_sub(3)..tokens.start).any(|index| {
        reading
            .token(index)
            .is_some_and(|token| token.lemma.eq_ignore_ascii_case("blame"))
    })
}

/// "Bomb in X leaves five dead": a word that opens a sentence before a preposition is a noun, no command.
fn opens_headline(reading: &Reading, tokens: &Range<usize>) -> bool {
    let adposition = reading
        .token(tokens.end)
        .is_some_and(|token| token.tag == Tag::Adp);
    tokens.start == 0 && tokens.len() == 1 && adposition && !reading.lower(0).ends_with("ing")
}

/// A tagger's slip: an article or adjective right before shows a noun.
fn looks_nominal(reading: &Reading, at: usize) -> bool {
    at > 0
        && reading
            .token(at - 1)
            .is_some_and(|token| matches!(token.tag, Tag::Det | Tag::Adj) || token.lower == "of")
}

fn needs_met(
    reading: &Reading,
    lexicon: &Lexicon,
    trigger: &Trigger,
    tokens: &Range<usize>,
    figures: &[FigureHit],
) -> Option<String> {
    let nearest = |figure: &&FigureHit| {
        figure.tokens.start.abs_diff(tokens.end) <= 3
            && reading.clause(figure.tokens.start) == reading.clause(tokens.start)
    };
    if figures
        .iter()
        .filter(nearest)
        .any(|figure| figure.figure.scope == Scope::War)
    {
        return Some("the number beside it counts the whole war".into());
    }
    let harm = figures.iter().any(|hit| {
        matches!(
            hit.figure.metric,
            Metric::Killed | Metric::Injured | Metric::Casualties
        )
    });
    let armed = reading
        .actors
        .iter()
        .any(|actor| is_armed(&actor.kind) && actor.kind != "state");
    if let Some(world) = reading
        .world
        .as_ref()
        .filter(|_| !harm && !armed && trigger.act.class.is_incident())
    {
        return Some(format!(
            "the passage speaks of {world}, and nobody armed or hurt is in the sentence"
        ));
    }
    if trigger.act.class.is_incident()
        && !harm
        && !armed
        && let Some(doubt) = kind::doubt(reading)
    {
        return Some(doubt);
    }
    let said = |need: &str| {
        let mut tokens = reading.sentence.tokens.iter();
        tokens.any(|token| lexicon.shows(need, &token.lower))
    };
    let met = match trigger.needs.as_str() {
        "" => true,
        "force" => {
            harm || reading.actors.iter().any(|actor| is_armed(&actor.kind))
                || reading.places.iter().any(|place| place.role == PlaceRole::Event)
                || reading.lower(tokens.start.wrapping_sub(1)) == "the"
                || other_force_words(reading, lexicon, tokens)
        }
        "harm" => {
            harm || other_force_words(reading, lexicon, tokens)
                || lexicon.metrics.iter().any(|rule| {
                    matches!(rule.metric, Metric::Killed | Metric::Injured)
                        && !rule.verbs.find(&reading.pieces, false).is_empty()
                })
        }
        need => match need.split_once(':') {
            Some((part, class)) => {
                participants::has(reading, lexicon, trigger, tokens, part == "subject", class)
            }
            None => said(need),
        },
    };
    let shown = met || kind::vouches(reading, lexicon, trigger.act.id.as_str()).is_some();
    (!shown).then(|| format!("nothing beside it shows that ({})", trigger.needs))
}

fn is_armed(kind: &str) -> bool {
    matches!(
        kind,
        "state-forces" | "armed-group" | "excluded-group" | "coalition" | "armed-opposition-group" | "state"
    ) || kind.contains("force")
        || kind.contains("armed")
}

fn other_force_words(reading: &Reading, lexicon: &Lexicon, tokens: &Range<usize>) -> bool {
    lexicon
        .trigger_nouns
        .find(&reading.pieces, false)
        .iter()
        .any(|hit| {
            let trigger = &lexicon.triggers[hit.value];
            trigger.act.class == ActClass::Force && trigger.needs.is_empty() && hit.tokens != *tokens
        })
}

/// "The attack … a car bomb killed five": the general word is left out where a precise one of the same clause
/// says more.
fn drop_general(
    reading: &Reading,
    lexicon: &Lexicon,
    hits: Vec<TriggerHit>,
    rejected: &mut Vec<Because>,
) -> Vec<TriggerHit> {
    let id = |hit: &TriggerHit| lexicon.triggers[hit.trigger].act.id.as_str().to_owned();
    let mut kept = Vec::new();
    for hit in &hits {
        let class = lexicon.triggers[hit.trigger].act.class;
        let own = id(hit);
        let by = hits.iter().find(|other| {
            let theirs = id(other);
            other.tokens != hit.tokens
                && lexicon.triggers[other.trigger].act.class == class
                && (reading.clause(other.tokens.start) == reading.clause(hit.tokens.start)
                    || own == "killing" && told_on(reading, lexicon, hit, other))
                && ((theirs != own
                    && theirs != "killing"
                    && lexicon.is_a(&theirs, &own)
                    && (own == "explosion" || close(other, hit)))
                    || (own == "killing" && class == ActClass::Force && theirs != "killing")
                    || (theirs == own && other.tokens.start < hit.tokens.start && close(other, hit)))
        });
        match by {
            Some(by) => rejected.push(
                Because::new(
                    "said-more-precisely",
                    format!(
                        "\"{}\" says no more than \"{}\" beside it",
                        reading.words(&hit.tokens),
                        reading.words(&by.tokens)
                    ),
                )
                .span(reading.span(&hit.tokens)),
            ),
            None => kept.push(hit.clone()),
        }
    }
    kept
}

/// "Three people were killed when a mine exploded", "the town was shelled and three people were killed": the
/// harm of the act in the clause beside it, where nothing says that it is another's.
fn told_on(reading: &Reading, lexicon: &Lexicon, killing: &TriggerHit, act: &TriggerHit) -> bool {
    let (own, other) = (
        reading.clause(killing.tokens.start),
        reading.clause(act.tokens.start),
    );
    if own.abs_diff(other) != 1 {
        return false;
    }
    let opening = reading
        .all()
        .find(|index| reading.clause(*index) == own.max(other))
        .unwrap_or_default();
    let word = reading.lower(opening);
    let joins = lexicon.word("joins", word) || own < other && lexicon.word("cause", word);
    let has = |clause: usize| {
        let place = reading
            .places
            .iter()
            .any(|place| place.role == PlaceRole::Event && reading.clause(place.tokens.start) == clause);
        let time = reading
            .times
            .iter()
            .any(|time| reading.clause(time.tokens.start) == clause);
        (place, time)
    };
    let (mine, theirs) = (has(own), has(other));
    joins && !(mine.0 && theirs.0) && !(mine.1 && theirs.1)
}

fn close(a: &TriggerHit, b: &TriggerHit) -> bool {
    let gap = a
        .tokens
        .start
        .max(b.tokens.start)
        .saturating_sub(a.tokens.end.min(b.tokens.end));
    gap <= 3
}

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
        arguments::of_noun(reading, &hit.tokens)
    } else {
        arguments::of_verb(reading, &hit.tokens, trigger.subject)
    };
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

fn is_long_past(claim: &Claim, document: &Document) -> bool {
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
    let Some(hit) = hit else {
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
    let wish = matches!(cue.commitment.as_str(), "hoped" | "planned") || cue.takes == "object";
    let quoted = ground.reading.quoted(at.start);
    wish && !quoted && {
        let clause = ground.reading.clause(at.start);
        let opening = ground.reading.all().find(|index| {
            frame.content.contains(index) && ground.lexicon.word("relative", ground.reading.lower(*index))
        });
        // From the relative pronoun on, coordinated clauses included.
        opening.is_some_and(|opening| opening < at.start && ground.reading.clause(opening) <= clause)
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
