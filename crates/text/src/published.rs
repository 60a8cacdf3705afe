//! When a page was published: every date it shows or states is a candidate, the best of them counts, and
//! the others stay in the reasons.

use crate::date::{Dates, address_date, dates};
use crate::html::Meta;
use crate::kind::Draft;
use crate::lexicon::Damage;
use crate::words::folded_line;
use model::{Because, Edtf, Given, Note, PassageKind, Published, PublishedHow, Severity, Span};
use std::ops::Range;

/// Days that a visible date without an announcing word may differ from the page's own metadata; further
/// apart it is the date of something else, such as today's date in the page's head.
const VISIBLE_DIFFERS_MAX_DAYS: i64 = 2;

struct Candidate {
    edtf: Edtf,
    how: PublishedHow,
    /// A word such as "published" announces it.
    is_announced: bool,
    /// It says when the page was changed, not published.
    is_update: bool,
    because: Because,
}

/// Finds the publication date. `raw` gives the raw bytes of a range of the decoded page.
pub(crate) fn published(
    drafts: &[Draft],
    meta: &Meta,
    given: &Given,
    name: &str,
    raw: &dyn Fn(Range<usize>) -> Range<usize>,
    lexicon: &Damage,
    notes: &mut Vec<Note>,
) -> Published {
    let mut refused = Vec::new();
    let mut all = posts(drafts, lexicon);
    all.extend(visible(drafts, lexicon, &mut refused));
    all.extend(stated(meta, raw, lexicon, &mut refused));
    if let Some(words) = &given.published {
        let found = dates(words, &lexicon.calendar);
        let what = format!(
            "The feed, mail or list that carried the page says \"{}\".",
            short(words)
        );
        push(
            &mut all,
            found,
            PublishedHow::Container,
            Because::new("container-date", what),
            words,
            &mut refused,
        );
    }
    let addresses = [given.url.as_deref(), meta.address.as_deref(), Some(name)];
    let address = addresses
        .into_iter()
        .flatten()
        .filter(|address| address.contains("://"))
        .find_map(address_date);
    if let Some(date) = address {
        all.push(Candidate {
            edtf: Edtf::day(date),
            how: PublishedHow::Address,
            is_announced: false,
            is_update: false,
            because: Because::new("address-date", format!("The address of the page bears {date}.")),
        });
    }
    for words in refused {
        let what = format!(
            "the date \"{}\" is none that a page can bear and was left out",
            short(&words)
        );
        notes.push(Note::new(Severity::Hint, "text", name, what));
    }
    choose(all)
}

fn short(words: &str) -> String {
    words.chars().take(60).collect()
}

fn push(
    all: &mut Vec<Candidate>,
    found: Dates,
    how: PublishedHow,
    because: Because,
    words: &str,
    refused: &mut Vec<String>,
) {
    refused.extend(found.refused.into_iter().map(|range| words[range].to_owned()));
    if let Some(first) = found.found.into_iter().next() {
        all.push(Candidate {
            edtf: first.edtf,
            how,
            is_announced: false,
            is_update: false,
            because,
        });
    }
}

/// Paragraphs of a page in which the date of a post is looked for.
const POST_PARAGRAPHS: usize = 12;

/// The date of a post, which stands before words such as "· Shared with Public" and is often glued to its author and its
/// text.
fn posts(drafts: &[Draft], lexicon: &Damage) -> Vec<Candidate> {
    let cues = &lexicon.calendar.published_after;
    let mut all = Vec::new();
    for draft in drafts
        .iter()
        .filter(|draft| !draft.is_furniture())
        .take(POST_PARAGRAPHS)
    {
        let text = draft.text();
        let line = folded_line(text);
        if !cues.iter().any(|cue| line.contains(cue.as_str())) {
            continue;
        }
        for date in dates(text, &lexicon.calendar).found {
            let after = folded_line(&text[date.range.end..]);
            let is_post = |cue: &String| {
                after
                    .trim_start_matches(|c: char| !c.is_alphanumeric())
                    .starts_with(cue)
            };
            if cues.iter().any(is_post) {
                let words = format!("The post bears \"{}\".", short(&text[date.range.clone()]));
                let span = draft.piece.span_of(date.range.clone());
                all.push(Candidate {
                    edtf: date.edtf,
                    how: PublishedHow::Visible,
                    is_announced: true,
                    is_update: false,
                    because: Because::new("post-date", words).span(span),
                });
            }
        }
    }
    all
}

/// Dates in date lines and in the lines of authors.
fn visible(drafts: &[Draft], lexicon: &Damage, refused: &mut Vec<String>) -> Vec<Candidate> {
    let mut all = Vec::new();
    for draft in drafts {
        let is_line = matches!(draft.kind, Some(PassageKind::Dateline | PassageKind::Byline))
            || (draft.kind == Some(PassageKind::Boilerplate) && draft.flags.date && !draft.is_furniture());
        if !is_line {
            continue;
        }
        let text = draft.text();
        let found = dates(text, &lexicon.calendar);
        refused.extend(found.refused.iter().map(|range| text[range.clone()].to_owned()));
        let line = folded_line(text);
        for date in found.found {
            let before = folded_line(&text[..date.range.start]);
            let cue = |cues: &[String]| {
                cues.iter().any(|cue| {
                    before.ends_with(cue.as_str())
                        || before.ends_with(&format!("{cue}:"))
                        || (line.starts_with(cue.as_str()) && before.len() <= cue.len() + 4)
                })
            };
            let span = draft.piece.span_of(date.range.clone());
            let words = format!("The page shows \"{}\".", short(&text[date.range.clone()]));
            let mut because = Because::new("visible-date", words).span(span);
            if date.is_ambiguous {
                because
                    .words
                    .push_str(" Day and month could be either way round.");
            }
            all.push(Candidate {
                edtf: date.edtf,
                how: PublishedHow::Visible,
                is_announced: cue(&lexicon.calendar.published),
                is_update: cue(&lexicon.calendar.updated),
                because,
            });
        }
        if let Some(value) = &draft.datetime {
            let because = Because::new(
                "time-element",
                format!("A time element states \"{}\".", short(value)),
            )
            .span(draft.piece.span());
            push(
                &mut all,
                dates(value, &lexicon.calendar),
                PublishedHow::Metadata,
                because,
                value,
                refused,
            );
        }
    }
    all
}

/// Dates in metadata.
fn stated(
    meta: &Meta,
    raw: &dyn Fn(Range<usize>) -> Range<usize>,
    lexicon: &Damage,
    refused: &mut Vec<String>,
) -> Vec<Candidate> {
    let mut all = Vec::new();
    for (value, source, at) in &meta.dates {
        let at = raw(at.clone());
        let because = Because::new(
            "metadata-date",
            format!("The page's {source} says \"{}\".", short(value)),
        )
        .span(Span::new(at.start, at.end));
        push(
            &mut all,
            dates(value, &lexicon.calendar),
            PublishedHow::Metadata,
            because,
            value,
            refused,
        );
    }
    all
}

fn choose(all: Vec<Candidate>) -> Published {
    let metadata = all
        .iter()
        .filter(|candidate| candidate.how != PublishedHow::Visible)
        .find(|candidate| candidate.edtf.single_day().is_some())
        .map(|candidate| candidate.edtf.clone());
    let rank = |candidate: &Candidate| {
        let contradicted = metadata
            .as_ref()
            .is_some_and(|other| candidate.edtf.gap_days(other) > VISIBLE_DIFFERS_MAX_DAYS);
        match candidate.how {
            PublishedHow::Visible if candidate.is_announced => 0,
            PublishedHow::Visible if candidate.is_update => 6,
            PublishedHow::Visible if contradicted => 5,
            PublishedHow::Visible => 1,
            PublishedHow::Metadata => 2,
            PublishedHow::Container => 3,
            PublishedHow::Address => 4,
            PublishedHow::Inferred | PublishedHow::None => 7,
        }
    };
    let mut ranked: Vec<(usize, &Candidate)> =
        all.iter().map(|candidate| (rank(candidate), candidate)).collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    let Some((_, best)) = ranked.first() else {
        return Published {
            edtf: Edtf::unknown(),
            how: PublishedHow::None,
            because: vec![Because::new("no-date", "The page shows and states no date.")],
        };
    };
    let mut edtf = best.edtf.clone();
    // A day that can be read two ways is settled by any other date that is one of the two.
    if edtf.single_day().is_none()
        && let Some(other) = &metadata
        && [edtf.earliest(), edtf.latest()].contains(&other.single_day())
    {
        edtf = other.clone();
    }
    let mut because: Vec<Because> = Vec::new();
    for (_, candidate) in &ranked {
        if because.len() < 4 && !because.contains(&candidate.because) {
            because.push(candidate.because.clone());
        }
    }
    Published {
        edtf,
        how: best.how,
        because,
    }
}
