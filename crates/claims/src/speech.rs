//! Speech acts: what a frame says of somebody's position, demand, blame or hope.

use crate::arguments::{self, Arguments};
use crate::attribution::{Frame, Speaker};
use crate::commitment;
use crate::draft::{self, Draft, Ground};
use crate::lexicon::Lexicon;
use crate::participants;
use crate::reading::Reading;
use language::{Relation, Tag};
use model::{Act, ActorMention, Because, Claim, Modality, ProposalId, Resolution, Stance, Utterance};
use std::ops::Range;

/// Makes the claim of a frame; `None` when it says no more than the claims inside it.
pub(crate) fn claim(
    ground: &Ground,
    frame: &Frame,
    has_inner: bool,
    pointed: &dyn Fn(&Frame) -> Resolution<String>,
    rejected: &mut Vec<Because>,
) -> Option<Claim> {
    let Ground { lexicon, reading, .. } = ground;
    let cue = &lexicon.cues[frame.cue];
    let utterance = utterance(ground, frame);
    let plain = cue.act.id.as_str() == "statement";
    let inside = |other: &Frame| {
        other.cue_tokens != frame.cue_tokens
            && frame.content.start <= other.cue_tokens.start
            && other.cue_tokens.end <= frame.content.end
    };
    // The stance is that of the position told inside.
    let position = ground
        .frames
        .iter()
        .any(|other| inside(other) && lexicon.cues[other.cue].takes == "object");
    if plain
        && has_inner
        && (utterance.stance.is_none() || position && !frame.direct)
        && cue.takes != "omission"
    {
        return None;
    }
    if cue.takes == "object" && utterance.about.is_none() && !frame.direct {
        rejected.push(
            Because::new(
                "no-proposal-named",
                format!(
                    "\"{}\" shows a stance, but on nothing that positions are taken on",
                    reading.words(&frame.cue_tokens)
                ),
            )
            .entry(cue.entry.clone())
            .span(reading.span(&frame.cue_tokens)),
        );
        return None;
    }
    let holders = holders(ground, frame);
    let targets = if cue.takes == "target" {
        blamed(reading, frame)
    } else if cue.takes == "object" {
        concerned(reading, frame)
    } else {
        addressed(reading, frame, &cue.takes)
    };
    let arguments = Arguments {
        initiators: holders,
        targets,
    };
    let act = refine(lexicon, &cue.act, &utterance);
    let head = frame.cue_tokens.clone();
    let mut claim = draft::build(
        ground,
        act,
        Draft {
            tokens: head.clone(),
            arguments,
            weapon: String::new(),
        },
        pointed,
    );
    if claim.initiators.is_empty()
        && let Some(own) = own_mention(ground, frame, pointed)
    {
        claim.initiators.push(own);
    }
    let stand = commitment::settle(ground, &head, Some(&frame.content));
    // To have questions about a plan, or to be going to keep to it, is a position now.
    let now = cue.takes == "object" && stand.modality == Modality::Planned;
    claim.modality = if now { Modality::Reported } else { stand.modality };
    claim.polarity = stand.polarity;
    claim.hedges = stand.hedges;
    claim.because = stand.because;
    claim.because.insert(
        0,
        Because::new(
            "speech-cue",
            format!("\"{}\" shows {}", reading.words(&frame.cue_tokens), claim.act.id),
        )
        .entry(cue.entry.clone())
        .span(reading.span(&frame.cue_tokens)),
    );
    if cue.takes == "omission" {
        claim
            .because
            .push(Because::new("omission", "the source is said to have left this out").span(claim.trigger));
    }
    // The frame itself is the speaker's last link.
    for link in crate::attribution::links(reading, frame, &pointed(frame)) {
        if !claim.sources.contains(&link) && cue.takes != "object" {
            claim.sources.push(link);
        }
    }
    if cue.takes == "object" {
        if claim.initiators.is_empty() {
            participants::holder_in_tree(ground, &frame.cue_tokens, &mut claim);
        }
        draft::holder_speaks(&mut claim);
    } else {
        claim.when = said_at(ground, frame, claim.when);
    }
    // A charge is the charge of whoever makes it, however plainly it is told that it was made.
    if cue.commitment == "claimed" && cue.takes == "target" && claim.modality.is_actual() {
        claim.modality = Modality::Claimed;
    }
    claim.utterance = Some(utterance);
    Some(claim)
}

/// "The convoy planned for Sunday": a participle that describes the noun before it, and nobody's speech.
pub(crate) fn describes(reading: &Reading, frame: &Frame) -> bool {
    let verb = frame.cue_tokens.start;
    let participle = frame.cue_tokens.len() == 1 && reading.lower(verb).ends_with("ed");
    let adposition = reading.token(verb + 1).is_some_and(|token| token.tag == Tag::Adp);
    participle && adposition && !frame.direct && {
        let tree = reading.tree();
        tree.relation(verb) == Relation::Acl && tree.head(verb).is_some_and(|noun| noun < verb)
    }
}

/// Cuts what a stance is on where the words of another speaker begin ("X supports the plan, Y reported"), and
/// takes the whole noun for a speaker of which only a describing word was found ("Arabic banner").
pub(crate) fn tidy(reading: &Reading, lexicon: &Lexicon, frames: &mut Vec<Frame>) {
    // "see it as offering a chance": nobody offers.
    frames.retain(|frame| {
        let start = frame.cue_tokens.start;
        !(reading.lower(start).ends_with("ing") && reading.lower(start.wrapping_sub(1)) == "as")
    });
    let outer: Vec<(Range<usize>, Range<usize>)> = frames
        .iter()
        .map(|frame| (frame.cue_tokens.clone(), frame.content.clone()))
        .collect();
    for frame in frames.iter_mut() {
        for (cue, content) in &outer {
            let inside = content.start <= frame.cue_tokens.start && frame.cue_tokens.end <= content.end;
            if *cue != frame.cue_tokens
                && inside
                && content.end < frame.content.end
                && frame.content.start < content.end
            {
                frame.content.end = content.end;
            }
        }
        // "see the alliance as a chance": what stands inside the words of saying is said too.
        if frame.cue_tokens.len() > 2 && reading.lower(frame.cue_tokens.end - 1) == "as" {
            frame.content.start = frame.cue_tokens.start + 1;
            frame.cue_tokens.end = frame.cue_tokens.start + 1;
        }
        if lexicon.cues[frame.cue].takes == "omission" {
            continue;
        }
        let Speaker::Actors(actors) = &frame.speaker else {
            continue;
        };
        let [only] = actors.as_slice() else { continue };
        let hit = &reading.actors[*only];
        let nameless = matches!(
            hit.form,
            crate::names::HitForm::Stranger | crate::names::HitForm::Demonym
        );
        let next = hit.tokens.end;
        let noun = reading.token(next).is_some_and(|token| token.tag == Tag::Noun)
            && (next + 1..=next + 2).contains(&frame.cue_tokens.start);
        if nameless && hit.kind.is_empty() && noun {
            frame.speaker = Speaker::Words(hit.tokens.start..next + 1);
        }
    }
}

/// "If our towns are shelled, we will shell theirs, a commander said": force that speakers say they will use.
pub(crate) fn threat(
    ground: &Ground,
    frame: &Frame,
    tokens: &Range<usize>,
    told: &Claim,
    pointed: &dyn Fn(&Frame) -> Resolution<String>,
) -> Option<Claim> {
    let reading = ground.reading;
    let to_come = matches!(told.modality, Modality::Planned | Modality::Conditional);
    if told.act.class != model::ActClass::Force || !to_come || told.polarity == model::Polarity::Denied {
        return None;
    }
    let tree = reading.tree();
    let (subjects, passive) = tree.subjects(tree.top(tokens));
    let own = subjects
        .iter()
        .any(|subject| ground.lexicon.word("first-person", reading.lower(*subject)));
    if !own || passive {
        return None;
    }
    let arguments = Arguments {
        initiators: holders(ground, frame),
        targets: Vec::new(),
    };
    let head = Draft {
        tokens: tokens.clone(),
        arguments,
        weapon: String::new(),
    };
    let mut claim = draft::build(ground, ground.lexicon.act("threat")?, head, pointed);
    if claim.initiators.is_empty() {
        claim.initiators.extend(own_mention(ground, frame, pointed));
    }
    let condition = reading
        .all()
        .any(|index| ground.lexicon.word("condition", reading.lower(index)));
    claim.modality = if condition {
        Modality::Conditional
    } else {
        Modality::Reported
    };
    claim.figures.clear();
    claim.places.clear();
    claim.when = crate::times::undated(&ground.document.published.edtf);
    claim.utterance = Some(utterance(ground, frame));
    let words = format!(
        "the speakers say that they will do this: \"{}\"",
        reading.words(tokens)
    );
    claim.because = vec![Because::new("threat-of-force", words).span(claim.trigger)];
    Some(claim)
}

/// A quotation that no frame covers: kept, its speaker not told.
pub(crate) fn orphan_quote(
    ground: &Ground,
    quote: &Range<usize>,
    pointed: &dyn Fn(&Frame) -> Resolution<String>,
) -> Option<Claim> {
    let reading = ground.reading;
    let act = ground.lexicon.act("statement")?;
    let head = quote.clone();
    let mut claim = draft::build(
        ground,
        act,
        Draft {
            tokens: head,
            arguments: Arguments::default(),
            weapon: String::new(),
        },
        pointed,
    );
    let span = reading.span(quote);
    claim.because = vec![
        Because::new(
            "quotation-without-speaker",
            "words between quotation marks; nobody near them is named as the speaker",
        )
        .span(span),
    ];
    let (about, stance, _) = topic(ground, quote, None);
    claim.utterance = Some(Utterance {
        cue: String::new(),
        content: reading.words(quote),
        content_span: span,
        direct: true,
        occasion: String::new(),
        about,
        stance,
        reservation: String::new(),
    });
    Some(claim)
}

/// What was uttered in a frame.
pub(crate) fn utterance(ground: &Ground, frame: &Frame) -> Utterance {
    let Ground { lexicon, reading, .. } = ground;
    let (about, stance, reservation) = topic(
        ground,
        &frame.content,
        Some(lexicon.cues[frame.cue].act.id.as_str()),
    );
    Utterance {
        cue: reading.words(&frame.cue_tokens),
        content: reading.words(&frame.content),
        content_span: reading.span(&frame.content),
        direct: frame.direct,
        occasion: occasion(reading),
        about,
        stance,
        reservation,
    }
}

/// The proposal, the stance on it, and the words of a reservation or condition.
fn topic(
    ground: &Ground,
    content: &Range<usize>,
    act: Option<&str>,
) -> (Option<ProposalId>, Option<Stance>, String) {
    let Ground { lexicon, reading, .. } = ground;
    let shown = match act {
        Some("support") => Some(Stance::Support),
        Some("rejection") => Some(Stance::Reject),
        Some("reservation") => Some(Stance::Reservation),
        Some("hope" | "aim" | "demand") => Some(Stance::Support),
        _ => None,
    };
    let inside = |tokens: &Range<usize>| content.start <= tokens.start && tokens.end <= content.end;
    let mut names: Vec<_> = reading
        .proposals
        .iter()
        .filter(|hit| inside(&hit.tokens))
        .collect();
    // A precise name before a general one.
    names.sort_by_key(|hit| (lexicon.proposals[hit.value].weak, hit.tokens.start));
    let about = names.first().map(|hit| lexicon.proposals[hit.value].id.clone());
    let words: Vec<(Stance, Range<usize>)> = lexicon
        .stances
        .find(&reading.pieces, true)
        .into_iter()
        .filter(|hit| inside(&hit.tokens))
        .map(|hit| (hit.value, hit.tokens))
        .collect();
    let worded = words.iter().map(|(stance, _)| *stance).max();
    let conditional = reading.marks.iter().any(|hit| {
        inside(&hit.tokens)
            && lexicon.marks[hit.value].effect == "conditional"
            && matches!(reading.lower(hit.tokens.start), "if" | "unless" | "provided")
    });
    let stance = match (shown, worded) {
        (Some(Stance::Support), _) if conditional => Some(Stance::Conditional),
        (Some(Stance::Support), Some(Stance::Reservation | Stance::Conditional)) => worded,
        (Some(stance), _) => Some(stance),
        (None, worded) => worded,
    };
    let stance = stance.filter(|_| about.is_some());
    let reservation = match stance {
        Some(Stance::Reservation | Stance::Conditional) => words
            .iter()
            .find(|(worded, _)| Some(*worded) == stance)
            .map_or_else(
                || reading.words(content),
                |(_, tokens)| reading.words(&(tokens.start..content.end)),
            ),
        _ => String::new(),
    };
    (about, stance, reservation)
}

/// "Supports, if …" is a condition, not support.
fn refine(lexicon: &Lexicon, act: &Act, utterance: &Utterance) -> Act {
    let refined = match (act.id.as_str(), utterance.stance) {
        ("support", Some(Stance::Conditional)) => lexicon.act("conditional-support"),
        _ => None,
    };
    refined.unwrap_or_else(|| act.clone())
}

/// Whose speech act it is.
fn holders(ground: &Ground, frame: &Frame) -> Vec<usize> {
    match &frame.speaker {
        Speaker::Actors(actors) => actors.clone(),
        // "X said it would keep to …", "\"We support …\", X said": the speaker of the frame around it.
        Speaker::Words(words)
            if ground
                .lexicon
                .word("speaks-for-itself", ground.reading.lower(words.start))
                && words.len() == 1 =>
        {
            let mut outer = ground.frames.iter().filter(|outer| {
                outer.content.start <= frame.cue_tokens.start
                    && frame.cue_tokens.end <= outer.content.end
                    && words.start <= outer.content.start + 2
            });
            match outer.next_back().map(|outer| &outer.speaker) {
                Some(Speaker::Actors(actors)) => actors.clone(),
                _ => Vec::new(),
            }
        }
        Speaker::Words(_) => Vec::new(),
        // "X said the delegation would … present its questions": the subject of the frame around it.
        Speaker::Nobody => ground
            .frames
            .iter()
            .filter(|outer| {
                outer.content.start <= frame.cue_tokens.start && frame.cue_tokens.end <= outer.content.end
            })
            .filter_map(|outer| {
                ground.reading.actors.iter().position(|actor| {
                    actor.tokens.start >= outer.content.start && actor.tokens.end <= frame.cue_tokens.start
                })
            })
            .map(|actor| ground.reading.listed_with(actor))
            .next_back()
            .unwrap_or_default(),
    }
}

/// A holder that is only a pointing word: kept as written, resolved when the text decides.
fn own_mention(
    ground: &Ground,
    frame: &Frame,
    pointed: &dyn Fn(&Frame) -> Resolution<String>,
) -> Option<ActorMention> {
    let Speaker::Words(words) = &frame.speaker else {
        return None;
    };
    let reading = ground.reading;
    let span = reading.span(words);
    let resolution = pointed(frame);
    let known = |name: &String| ground.lexicon.actor_named(name).cloned();
    let actor = match &resolution {
        Resolution::Resolved(name) => known(name).map_or(Resolution::Unresolved, Resolution::Resolved),
        Resolution::Candidates(names) => {
            let ids: Vec<_> = names.iter().filter_map(known).collect();
            if ids.is_empty() {
                Resolution::Unresolved
            } else {
                Resolution::Candidates(ids)
            }
        }
        Resolution::Unresolved => Resolution::Unresolved,
    };
    // The label stays as written; who it is stands in the resolution and in the claim's references.
    let label = reading.words(words);
    Some(ActorMention {
        id: model::MentionId::of(&[
            ground.document.id.as_str(),
            &span.start.to_string(),
            &span.end.to_string(),
        ]),
        label,
        span,
        actor,
        kind: "person".into(),
        because: vec![
            Because::new("pointing-word", "the words point at somebody named elsewhere").span(span),
        ],
    })
}

/// "blamed A on B": B; "accused B of A": B.
pub(crate) fn blamed(reading: &Reading, frame: &Frame) -> Vec<usize> {
    let after = arguments::after_preposition(reading, frame.cue_tokens.end, &["on"], 8);
    if reading
        .token(frame.cue_tokens.start)
        .is_some_and(|token| token.lemma.eq_ignore_ascii_case("blame"))
        && !after.is_empty()
    {
        return after;
    }
    arguments::object(reading, &frame.cue_tokens)
        .map(|actor| reading.listed_with(actor))
        .unwrap_or_default()
}

/// "concerns about the role of X", "rejects X's part": whom a position is about.
fn concerned(reading: &Reading, frame: &Frame) -> Vec<usize> {
    let near = frame.content.start..frame.content.end.min(frame.content.start + CONCERNED_REACH);
    let owner = |actor: &crate::names::ActorHit| {
        let before = actor.tokens.start.wrapping_sub(1);
        let of = reading.lower(before) == "of"
            || reading.lower(before) == "the" && reading.lower(before.wrapping_sub(1)) == "of";
        of || matches!(reading.lower(actor.tokens.end), "'s" | "\u{2019}s")
    };
    reading
        .actors
        .iter()
        .position(|actor| {
            near.contains(&actor.tokens.start) && actor.form == crate::names::HitForm::Name && owner(actor)
        })
        .map(|actor| reading.listed_with(actor))
        .unwrap_or_default()
}

/// How far behind a position whom it is about may stand, in words.
const CONCERNED_REACH: usize = 7;

/// "called on X to …": X.
fn addressed(reading: &Reading, frame: &Frame, takes: &str) -> Vec<usize> {
    if takes != "infinitive" {
        return Vec::new();
    }
    arguments::object(reading, &frame.cue_tokens)
        .or_else(|| {
            reading.actors.iter().position(|actor| {
                actor.tokens.start >= frame.cue_tokens.end && actor.tokens.start <= frame.cue_tokens.end + 2
            })
        })
        .map(|actor| reading.listed_with(actor))
        .unwrap_or_default()
}

/// "at a joint press conference", "in an interview".
fn occasion(reading: &Reading) -> String {
    const OCCASIONS: [&str; 12] = [
        "conference",
        "interview",
        "briefing",
        "speech",
        "summit",
        "statement",
        "telegram",
        "post",
        "broadcast",
        "address",
        "communique",
        "letter",
    ];
    let tokens = &reading.sentence.tokens;
    for (index, token) in tokens.iter().enumerate() {
        if !OCCASIONS.contains(&token.lower.as_str()) || reading.quoted(index) {
            continue;
        }
        let start = index.saturating_sub(5);
        if let Some(at) = (start..index)
            .rev()
            .find(|at| matches!(reading.lower(*at), "at" | "in" | "during"))
        {
            return reading.words(&(at..index + 1));
        }
    }
    String::new()
}

/// The time of saying stands outside what is said.
fn said_at(ground: &Ground, frame: &Frame, otherwise: model::When) -> model::When {
    let outside = ground
        .reading
        .times
        .iter()
        .find(|time| !(frame.content.start <= time.tokens.start && time.tokens.end <= frame.content.end));
    match outside {
        Some(time) => time.when.clone(),
        None if ground
            .reading
            .times
            .iter()
            .any(|time| Some(&time.when.words) == Some(&otherwise.words)) =>
        {
            crate::times::undated(&ground.document.published.edtf)
        }
        None => otherwise,
    }
}
