//! What a page without a date says of its day: "yesterday" and a weekday for one occurrence, dates told in
//! the text. Kept as reasons, for [`crate::date_undated`] to use.

use crate::date::dates;
use crate::kind::Draft;
use crate::lexicon::Damage;
use crate::piece::Piece;
use crate::words::{fold, tokens};
use jiff::civil::{Date, Weekday};
use model::{Because, Span};
use std::collections::{BTreeMap, BTreeSet};

/// Rule of the reason that names the weekday of publication; its entry ends in `#` and the weekday.
pub(crate) const WEEKDAY_RULE: &str = "own-words-weekday";
/// Rule of the reason that names the last date told in the text; its entry ends in `#` and the date.
pub(crate) const TOLD_RULE: &str = "date-told-in-text";
/// Words before a weekday in which a word such as "until" puts it ahead of publication.
const AHEAD_REACH: usize = 3;

/// Characters before a date that hold those words.
const AHEAD_CHARS: usize = 40;
/// Most mentions of days that are paired, each with each; articles have under 30.
const MENTIONS_MAX: usize = 200;

struct Mention {
    /// Days from publication, for "yesterday" and the like.
    offset: Option<i64>,
    weekday: Option<Weekday>,
    sorts: BTreeSet<String>,
    span: Span,
    words: String,
}

/// The reasons that a page's own words give about its day.
pub(crate) fn own_words(drafts: &[Draft], lexicon: &Damage) -> Vec<Because> {
    let mut mentions = Vec::new();
    let mut told: Option<(Date, Span)> = None;
    for draft in drafts
        .iter()
        .filter(|draft| draft.kind.is_some_and(|kind| kind.is_main()))
    {
        for date in dates(draft.text(), &lexicon.calendar).found {
            let before = &draft.text()[..date.range.start];
            let near = before
                .char_indices()
                .rev()
                .nth(AHEAD_CHARS)
                .map_or(0, |(at, _)| at);
            let before = tokens(&before[near..]);
            let is_ahead = before
                .iter()
                .rev()
                .take(AHEAD_REACH)
                .any(|token| lexicon.calendar.ahead.contains(&fold(token.text)));
            if let Some(day) = date.edtf.single_day().filter(|_| !is_ahead)
                && told.is_none_or(|(last, _)| day > last)
            {
                told = Some((day, draft.piece.span_of(date.range)));
            }
        }
        if mentions.len() > MENTIONS_MAX {
            continue;
        }
        mentions.extend(mentions_of(&draft.piece, lexicon));
    }
    mentions.truncate(MENTIONS_MAX);
    let mut because: Vec<Because> = weekday(&mentions).into_iter().collect();
    if let Some((day, span)) = told {
        let words = format!("The text tells of {day}, so it was hardly published before.");
        because.push(
            Because::new(TOLD_RULE, words)
                .entry(format!("page#{day}"))
                .span(span),
        );
    }
    because
}

fn mentions_of(piece: &Piece, lexicon: &Damage) -> Vec<Mention> {
    let calendar = &lexicon.calendar;
    let text = piece.text.as_str();
    let mut mentions = Vec::new();
    let mut start = 0;
    for end in crate::kind::sentence_ends(text).chain([text.len()]) {
        let tokens = tokens(&text[start..end]);
        let folded: Vec<String> = tokens.iter().map(|token| fold(token.text)).collect();
        let sorts: BTreeSet<String> = folded
            .iter()
            .filter_map(|word| calendar.occurrences.get(word))
            .cloned()
            .collect();
        for (index, word) in folded.iter().enumerate() {
            let offset = calendar.relative.get(word).copied().filter(|days| *days <= 0);
            let near = &folded[index.saturating_sub(AHEAD_REACH)..index];
            let is_ahead = near.iter().any(|word| calendar.ahead.contains(word));
            let weekday = calendar
                .weekday(word)
                .filter(|_| !is_ahead && !tokens[index].text.starts_with(char::is_lowercase));
            if offset.is_some() || weekday.is_some() {
                let at = start + tokens[index].start..start + tokens[index].end;
                mentions.push(Mention {
                    offset,
                    weekday,
                    sorts: sorts.clone(),
                    span: piece.span_of(at.clone()),
                    words: text[at].to_owned(),
                });
            }
        }
        start = end;
    }
    mentions
}

/// The weekday of publication on which the pairs of "yesterday" and a weekday agree; none when they differ.
fn weekday(mentions: &[Mention]) -> Option<Because> {
    let mut votes: BTreeMap<i8, (usize, &Mention, &Mention)> = BTreeMap::new();
    for near in mentions.iter().filter(|mention| mention.offset.is_some()) {
        for named in mentions
            .iter()
            .filter(|mention| !mention.sorts.is_disjoint(&near.sorts))
        {
            if let (Some(offset), Some(weekday)) = (near.offset, named.weekday) {
                let day = weekday.wrapping_add(-offset);
                votes
                    .entry(day.to_monday_one_offset())
                    .or_insert((0, near, named))
                    .0 += 1;
            }
        }
    }
    let most = votes.values().map(|(count, ..)| *count).max()?;
    let mut best = votes.iter().filter(|(_, (count, ..))| *count == most);
    let (day, (_, near, named)) = best.next()?;
    if best.next().is_some() {
        return None;
    }
    let day = Weekday::from_monday_one_offset(*day).ok()?;
    let words = format!(
        "\"{}\" and \"{}\" are said of one occurrence, so the page was published on a {day:?}.",
        near.words, named.words
    );
    Some(
        Because::new(WEEKDAY_RULE, words)
            .entry(format!("page#{day:?}"))
            .span(near.span),
    )
}
