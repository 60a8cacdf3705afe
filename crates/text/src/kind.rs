//! What each passage is: title, byline, dateline, caption, quotation, related link, boilerplate, body.
//!
//! Order decides: damage that glues two things is parted first; then lines the lexicon knows, dates and
//! author lines; then the title; what is left of the article is body, and its first paragraph the lead.

mod glue;
mod links;
mod title;

pub(crate) use glue::sentence_ends;

use crate::date::dates;
use crate::html::Flags;
use crate::lexicon::{Damage, LineKind};
use crate::outlet::named;
use crate::piece::Piece;
use crate::words::{count_words, ends_sentence, key, tokens};
use model::{Because, Outlet, PassageKind};
use std::cell::OnceCell;

/// A passage in the making.
#[derive(Clone, Debug, Default)]
pub(crate) struct Draft {
    pub(crate) piece: Piece,
    pub(crate) flags: Flags,
    /// Share of link text, 0 to 1.
    pub(crate) link_share: f64,
    /// Stands in the article, as far as markup tells; always so in plain text.
    pub(crate) is_main: bool,
    /// Came from markup.
    pub(crate) is_markup: bool,
    pub(crate) datetime: Option<String>,
    pub(crate) kind: Option<PassageKind>,
    pub(crate) because: Vec<Because>,
    /// A caption that was glued to what follows it.
    pub(crate) is_glued_caption: bool,
    /// The same words as the title, met again.
    pub(crate) is_title_again: bool,
    /// Words of the piece, counted when asked for.
    pub(crate) count: OnceCell<usize>,
}

impl Draft {
    pub(crate) fn text(&self) -> &str {
        &self.piece.text
    }
    pub(crate) fn words(&self) -> usize {
        *self.count.get_or_init(|| count_words(self.text()))
    }
    pub(crate) fn is_furniture(&self) -> bool {
        self.flags.nav || self.flags.beside || self.flags.footer || self.flags.control
    }
    fn is(&mut self, kind: PassageKind, rule: &str, words: &str) {
        self.is_by(kind, rule, words, "");
    }
    fn is_by(&mut self, kind: PassageKind, rule: &str, words: &str, entry: &str) {
        if self.kind.is_none() {
            self.kind = Some(kind);
            self.because.push(Because::new(rule, words).entry(entry));
        }
    }
}

/// What is known of the page beside its passages.
pub(crate) struct Hints<'h> {
    /// Titles that markup or the container state, best first.
    pub(crate) titles: Vec<String>,
    /// Title of the head, with the site's name.
    pub(crate) head_title: Option<String>,
    pub(crate) author: Option<String>,
    pub(crate) outlets: &'h [Outlet],
    /// Rule that chose the article, for `because`.
    pub(crate) main_rule: &'h str,
}

/// Gives every draft its kind. Drafts may become more, where two things were glued.
pub(crate) fn label(drafts: Vec<Draft>, hints: &Hints<'_>, lexicon: &Damage) -> Vec<Draft> {
    let mut drafts = glue::part(drafts, lexicon);
    unmark_wide(&mut drafts);
    let headed = title::stated(&drafts, hints);
    if let Some(index) = headed {
        drafts[index].is(
            PassageKind::Title,
            "title-stated",
            "The page marks or states these words as its title.",
        );
    }
    for draft in &mut drafts {
        by_line(draft, hints, lexicon);
    }
    let title = headed.or_else(|| title::guessed(&mut drafts));
    if let Some(index) = title {
        title::repeats(&mut drafts, index);
    }
    menus(&mut drafts);
    links::runs(&mut drafts);
    for draft in &mut drafts {
        rest(draft, hints.main_rule);
    }
    if let Some(lead) = drafts
        .iter_mut()
        .find(|draft| draft.kind == Some(PassageKind::Body))
    {
        lead.kind = Some(PassageKind::Lead);
        lead.because.push(Because::new(
            "first-paragraph",
            "It is the first paragraph of the article.",
        ));
    }
    drafts
}

/// Lines in a row that markup can mark as those of an author or a date; more are the article, in an element
/// that only bears such a name.
const MARKED_RUN_MAX: usize = 4;

/// Takes back the marks of elements that hold more than they say.
fn unmark_wide(drafts: &mut [Draft]) {
    let marks: [fn(&mut Flags) -> &mut bool; 2] = [|flags| &mut flags.byline, |flags| &mut flags.date];
    for mark in marks {
        let mut at = 0;
        while at < drafts.len() {
            let left = drafts.len() - at;
            let unmarked = drafts[at..].iter_mut().position(|draft| !*mark(&mut draft.flags));
            let length = unmarked.unwrap_or(left);
            if length > MARKED_RUN_MAX {
                for draft in &mut drafts[at..at + length] {
                    *mark(&mut draft.flags) = false;
                }
            }
            at += length.max(1);
        }
    }
}

/// Lines that tell what they are by themselves.
fn by_line(draft: &mut Draft, hints: &Hints<'_>, lexicon: &Damage) {
    if draft.kind.is_some() {
        return;
    }
    let words = draft.words();
    let rules = lexicon.line_rules(draft.text(), words);
    let rule = |kinds: &[LineKind]| rules.iter().find(|(rule, _)| kinds.contains(&rule.kind));
    if is_dateline(draft, lexicon) {
        draft.is(
            PassageKind::Dateline,
            "date-line",
            "The line is little more than a date.",
        );
    } else if let Some((rule, _)) = rule(&[LineKind::Related]) {
        draft.is_by(
            PassageKind::RelatedLink,
            "line-lexicon",
            "The line announces other news.",
            &rule.key,
        );
    } else if let Some((rule, _)) = rule(&[LineKind::Boilerplate, LineKind::Share]) {
        draft.is_by(
            PassageKind::Boilerplate,
            "line-lexicon",
            "The line is page furniture.",
            &rule.key,
        );
    } else if draft.flags.caption && (draft.is_main || draft.flags.figure || !draft.is_furniture()) {
        draft.is(
            PassageKind::Caption,
            "marked-caption",
            "The markup calls it a caption.",
        );
    } else if let Some((rule, at)) = rule(&[LineKind::Caption])
        && *at < 120
        && sentence_ends(draft.text()).count() <= 2
        && (draft.is_main || !draft.is_furniture())
    {
        draft.is_by(
            PassageKind::Caption,
            "line-lexicon",
            "Its words are those of a caption.",
            &rule.key,
        );
    } else if is_byline(draft, hints, rule(&[LineKind::Byline]).is_some()) {
        draft.is(PassageKind::Byline, "author-line", "The line names an author.");
    } else if draft.flags.heading == 0 && is_masthead(draft, hints.outlets) {
        draft.is(
            PassageKind::Boilerplate,
            "masthead",
            "The line is the name of an outlet.",
        );
    }
}

/// A line that is the name of an outlet, with at most a few words beside it: "Example Radio, news desk".
fn is_masthead(draft: &Draft, outlets: &[Outlet]) -> bool {
    if draft.words() > 12 || ends_sentence(draft.text()) {
        return false;
    }
    let mut parts = draft
        .text()
        .split([',', '(', ')', '|', '\u{B7}', '\u{2013}', '\u{2014}']);
    let rest = |part: &str| draft.words().saturating_sub(part.split_whitespace().count());
    named(outlets, draft.text()).is_some()
        || parts
            .find(|part| named(outlets, part).is_some())
            .is_some_and(|part| rest(part) <= 3)
}

/// Longest line that a publication date can share with a place, a name or a clock, in words.
const DATELINE_WORDS_MAX: usize = 18;
/// Words beside the date and its cue; more make it a sentence.
const DATELINE_REST_MAX: usize = 8;
/// The same for a line in which no word announces the date.
const DATELINE_REST_BARE_MAX: usize = 5;

fn is_dateline(draft: &Draft, lexicon: &Damage) -> bool {
    let words = draft.words();
    if words > DATELINE_WORDS_MAX || draft.flags.nav || draft.flags.heading > 0 && !draft.flags.date {
        return false;
    }
    let found = dates(draft.text(), &lexicon.calendar).found;
    let Some(date) = found.iter().find(|date| {
        date.edtf
            .days()
            .is_some_and(|days| days < 28 || date.is_ambiguous)
    }) else {
        return false;
    };
    // "— A. Speaker, 5 May 2017" tells whose words stand above.
    if draft.text().starts_with(['\u{2013}', '\u{2014}']) {
        return false;
    }
    let before = &draft.text()[..date.range.start];
    let after = &draft.text()[date.range.end..];
    let count = |text: &str| {
        tokens(text)
            .iter()
            .filter(|t| t.is_word && t.text.chars().any(char::is_alphabetic))
            .count()
    };
    let rest = count(before) + count(after);
    let line = crate::words::folded_line(draft.text());
    let cues = lexicon.calendar.published.iter().chain(&lexicon.calendar.updated);
    let has_cue = draft.flags.date || cues.into_iter().any(|cue| line.starts_with(cue.as_str()));
    if draft.flags.beside && !has_cue {
        return false;
    }
    rest <= if has_cue {
        DATELINE_REST_MAX
    } else {
        DATELINE_REST_BARE_MAX
    } && !(ends_sentence(draft.text()) && rest > 3)
}

fn is_byline(draft: &Draft, hints: &Hints<'_>, in_lexicon: bool) -> bool {
    let words = draft.words();
    if words > 30 || draft.flags.nav {
        return false;
    }
    if names_follow_by(draft.text()) {
        return true;
    }
    if words > 14 || ends_sentence(draft.text()) && words > 8 {
        return false;
    }
    if in_lexicon || (draft.flags.byline && words <= 8 && !draft.flags.beside) {
        return true;
    }
    if hints
        .author
        .as_ref()
        .is_some_and(|author| words <= 8 && key(author) == key(draft.text()))
    {
        return true;
    }
    false
}

/// "By Name", alone or after a section: "World | By Name and Other Name, Desk".
fn names_follow_by(text: &str) -> bool {
    let line = text.rsplit(['|', '\u{B7}', '/']).next().unwrap_or("").trim();
    let line = line.trim_start_matches(['-', '\u{2013}', '\u{2014}', ' ']);
    let Some(names) = line.strip_prefix("By ").or_else(|| line.strip_prefix("BY ")) else {
        return false;
    };
    let mut parts = names
        .split_whitespace()
        .filter(|part| !matches!(*part, "and" | "of" | "de" | "al" | "in" | "for" | "with" | "the"));
    let is_list = names.contains([',', '&']) || names.contains(" and ");
    (is_list || names.split_whitespace().count() <= 10)
        && !ends_sentence(names)
        && parts.all(|part| part.starts_with(|c: char| c.is_uppercase() || !c.is_alphabetic()))
}

/// Menus in plain text: three or more very short lines in a row that end no sentence. Where markup told what
/// the article is, such lines are its tables and lists.
fn menus(drafts: &mut [Draft]) {
    let is_item = |draft: &Draft| {
        draft.kind.is_none()
            && !(draft.is_markup && draft.is_main)
            && draft.words() <= 3
            && !ends_sentence(draft.text())
    };
    let mut at = 0;
    while at < drafts.len() {
        let length = drafts[at..].iter().take_while(|draft| is_item(draft)).count();
        if length >= 3 {
            for draft in &mut drafts[at..at + length] {
                draft.is(
                    PassageKind::Boilerplate,
                    "run-of-short-lines",
                    "Several very short lines in a row make a menu.",
                );
            }
        }
        at += length.max(1);
    }
}

/// What is left: article or furniture.
fn rest(draft: &mut Draft, main_rule: &str) {
    if !draft.is_main {
        let is_link =
            draft.flags.related || (draft.link_share > 0.8 && draft.words() >= 4 && !draft.flags.nav);
        if is_link {
            draft.is(
                PassageKind::RelatedLink,
                main_rule,
                "Outside the article, and a link or in a list of other news.",
            );
        }
        draft.is(
            PassageKind::Boilerplate,
            main_rule,
            "It stands outside the article.",
        );
    } else if is_quotation(draft) {
        draft.is(
            PassageKind::Quotation,
            "one-quotation",
            "The paragraph is one quotation.",
        );
    } else {
        let rule = if draft.is_markup { main_rule } else { "paragraph" };
        draft.is(PassageKind::Body, rule, "It is a paragraph of the article.");
    }
}

fn is_quotation(draft: &Draft) -> bool {
    let text = draft.text();
    let is_quote = |c: char| matches!(c, '"' | '\u{201C}' | '\u{201D}' | '\u{AB}' | '\u{BB}');
    let inner = text.trim_end_matches(['.', ',', ' ']);
    let (Some(first), Some(last)) = (text.chars().next(), inner.chars().next_back()) else {
        return false;
    };
    let quotes = text.chars().filter(|c| is_quote(*c)).count();
    draft.flags.quote && draft.words() > 3 || (is_quote(first) && is_quote(last) && quotes == 2)
}

#[cfg(test)]
mod tests;
