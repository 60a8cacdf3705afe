//! Who says so, in Arabic: "local sources said that …", "… according to the Civil Defence".

use super::data::Class;
use super::{Sentence, overlap};
use model::{ActorMention, Claim, Modality, Polarity, Resolution, SourceKind, SourceLink};
use std::ops::Range;

/// Most words of a speaker's name.
const LABEL_WORDS_MAX: usize = 8;

/// The speaker of a sentence and what the words of speech do.
#[derive(Default)]
pub(super) struct Said {
    /// Words of the speaker.
    pub(super) label: Option<Range<usize>>,
    link: Option<SourceLink>,
    /// Commitment: `reported`, `claimed`, `denied`; empty where nobody is cited.
    how: String,
}

/// Finds the first words that cite somebody.
pub(super) fn find(sentence: &Sentence, actors: &[(Range<usize>, ActorMention)]) -> Said {
    for at in 0..sentence.words.len() {
        let (label, how, cue) = match sentence.class(at) {
            Some((Class::Say, how, end)) => (speaker(sentence, at, end), how.to_owned(), at..end),
            Some((Class::By, _, end)) => {
                let start =
                    end + usize::from(sentence.words.get(end).is_some_and(|word| word.plain() == "عن"));
                (run(sentence, start), "reported".to_owned(), at..end)
            }
            _ => continue,
        };
        let Some(label) = label.filter(|label| !label.is_empty()) else {
            continue;
        };
        let named = actors.iter().find(|(words, _)| overlap(words, &label));
        let actor = named.map_or(Resolution::Unresolved, |(_, mention)| mention.actor.clone());
        let link = SourceLink {
            kind: kind(sentence, &label, named.map(|(_, mention)| mention)),
            label: sentence.text_of(&label),
            actor,
            cue: sentence.text_of(&cue),
            span: Some(sentence.span(&label)),
        };
        return Said {
            label: Some(label),
            link: Some(link),
            how,
        };
    }
    Said::default()
}

/// Behind a verb of speech up to "that"; before it where "that" follows at once.
fn speaker(sentence: &Sentence, cue: usize, end: usize) -> Option<Range<usize>> {
    let that = |at: usize| matches!(sentence.class(at), Some((Class::That, ..)));
    if that(end) {
        let start = (0..cue)
            .rev()
            .take(LABEL_WORDS_MAX)
            .take_while(|at| !sentence.words[at + 1].parted)
            .last()?;
        return Some(start..cue);
    }
    let label = run(sentence, end)?;
    let stop = label.clone().find(|at| that(*at));
    // Without "that" the words behind the verb tell the news itself.
    let closed = stop.is_some() || sentence.words.get(label.end).is_some_and(|word| word.parted);
    closed.then(|| label.start..stop.unwrap_or(label.end))
}

/// The words from a place up to a mark.
fn run(sentence: &Sentence, start: usize) -> Option<Range<usize>> {
    let words = sentence.words.get(start..)?;
    let more = words
        .iter()
        .skip(1)
        .take(LABEL_WORDS_MAX - 1)
        .take_while(|word| !word.parted);
    (!words.is_empty()).then(|| start..start + 1 + more.count())
}

fn kind(sentence: &Sentence, label: &Range<usize>, actor: Option<&ActorMention>) -> SourceKind {
    let told = label.clone().find_map(|at| match sentence.class(at) {
        Some((Class::Source, value, _)) => Some(value),
        _ => None,
    });
    match (told, actor) {
        (Some("outlet"), _) => SourceKind::Outlet,
        (Some("unnamed"), _) => SourceKind::Unnamed,
        (_, Some(actor)) if actor.kind == "media" => SourceKind::Outlet,
        (_, Some(actor)) if actor.kind == "person" => SourceKind::Speaker,
        (Some(_), _) | (_, Some(_)) => SourceKind::Organisation,
        (None, None) => SourceKind::Speaker,
    }
}

impl Said {
    /// Gives a claim its chain of sources and how far they commit.
    pub(super) fn apply(&self, claim: &mut Claim, sentence: &Sentence) {
        claim.sources = vec![SourceLink {
            kind: SourceKind::Page,
            label: sentence.document.name.clone(),
            actor: Resolution::Unresolved,
            cue: String::new(),
            span: None,
        }];
        claim.sources.extend(self.link.clone());
        let said = match self.how.as_str() {
            "reported" => Modality::Reported,
            "claimed" | "denied" => Modality::Claimed,
            _ => return,
        };
        if claim.modality == Modality::Asserted {
            claim.modality = said;
        }
        if self.how == "denied" {
            claim.polarity = Polarity::Denied;
        }
    }
}
