//! Which outlet published a page, and which agencies it credits.

use crate::html::Meta;
use crate::kind::Draft;
use crate::words::{Token, ends_sentence, fold, key, tokens};
use model::{Given, Note, Outlet, OutletId, PassageKind, Severity};

/// Tokens of a passage in which an agency's dateline stands: "TOWN, Country, May 3 (Agency) -".
const DATELINE_TOKENS: usize = 14;

/// Outlets by the words that show them.
struct Names<'o> {
    outlets: &'o [Outlet],
}

/// The first outlet that bears a name, whatever its case and punctuation.
pub(crate) fn named<'o>(outlets: &'o [Outlet], name: &str) -> Option<&'o Outlet> {
    let wanted = key(name);
    let first = wanted.chars().next()?;
    // Most names fall at their first letter, which costs nothing.
    let may_be = |name: &str| {
        let own = name.chars().find(|c| c.is_alphanumeric());
        own.is_some_and(|c| c.to_lowercase().next() == Some(first))
    };
    outlets.iter().find(|outlet| {
        let mut names = outlet.names.iter().chain([&outlet.name]);
        names.any(|name| may_be(name) && key(name) == wanted)
    })
}

impl<'o> Names<'o> {
    fn new(outlets: &'o [Outlet]) -> Self {
        Self { outlets }
    }
    fn named(&self, text: &str) -> Option<&'o OutletId> {
        named(self.outlets, text).map(|outlet| &outlet.id)
    }
    fn at_host(&self, address: &str) -> Option<&'o OutletId> {
        let host = address.split_once("://").map_or(address, |(_, rest)| rest);
        let host = host
            .split(['/', '?', '#', ':'])
            .next()
            .unwrap_or("")
            .to_ascii_lowercase();
        let is_of = |known: &str| {
            let known = known.trim_start_matches("www.").to_ascii_lowercase();
            !known.is_empty() && (host == known || host.ends_with(&format!(".{known}")))
        };
        self.outlets
            .iter()
            .flat_map(|outlet| outlet.hosts.iter().map(move |known| (known.len(), outlet)))
            .filter(|(_, outlet)| outlet.hosts.iter().any(|known| is_of(known)))
            .max_by_key(|(length, _)| *length)
            .map(|(_, outlet)| &outlet.id)
    }
    /// The part of a title after or before its last dash or bar that is an outlet's name.
    fn in_title(&self, title: &str) -> Option<&'o OutletId> {
        title
            .split(['|', '\u{2013}', '\u{2014}', '\u{BB}', '-'])
            .rev()
            .find_map(|part| self.named(part))
            .or_else(|| title.split(':').next().and_then(|part| self.named(part)))
    }
}

/// The outlet of a page: by address, then by what its container and the page state, then by names that
/// stand alone on it.
pub(crate) fn outlet(
    drafts: &[Draft],
    meta: &Meta,
    given: &Given,
    page_name: &str,
    outlets: &[Outlet],
    notes: &mut Vec<Note>,
) -> Option<OutletId> {
    let names = Names::new(outlets);
    let by_host = [
        given.url.as_deref(),
        Some(page_name).filter(|name| name.contains("://")),
        meta.address.as_deref(),
    ]
    .into_iter()
    .flatten()
    .find_map(|address| names.at_host(address));
    let stated = given
        .outlet
        .as_deref()
        .and_then(|name| names.named(name).or_else(|| names.at_host(name)));
    if let (Some(host), Some(stated)) = (by_host, stated)
        && host != stated
    {
        let what = format!(
            "the address belongs to \"{host}\" but the list that carried the page names \"{stated}\""
        );
        notes.push(Note::new(Severity::Hint, "text", page_name, what));
    }
    let is_head = |draft: &&Draft| {
        !matches!(
            draft.kind,
            Some(PassageKind::RelatedLink | PassageKind::Body | PassageKind::Lead | PassageKind::Caption)
        )
    };
    by_host
        .or(stated)
        .or_else(|| meta.site.as_deref().and_then(|site| names.named(site)))
        .or_else(|| meta.head_title.as_deref().and_then(|title| names.in_title(title)))
        .or_else(|| {
            drafts
                .iter()
                .filter(is_head)
                .find_map(|draft| alone(draft, &names))
        })
        .cloned()
}

/// An outlet named by a line of its own, or first in a line of the page's head or foot.
fn alone<'o>(draft: &Draft, names: &Names<'o>) -> Option<&'o OutletId> {
    let text = draft.text();
    if draft.words() > 20 || draft.kind == Some(PassageKind::Title) {
        return None;
    }
    names.named(text).or_else(|| {
        text.split([
            '|', '\u{B7}', '\u{2013}', '\u{2014}', ',', '\u{A9}', '(', ')', '-',
        ])
        .map(str::trim)
        .find_map(|part| {
            let bare = part.trim_end_matches(|c: char| c.is_ascii_digit() || c.is_whitespace());
            let bare = bare.strip_prefix("Copyright").unwrap_or(bare);
            names.named(bare)
        })
    })
}

/// The agencies that a page credits: in brackets, between slashes, in the line of the author, after
/// "source:", or by a phrase of theirs. A report that is only cited ("the agency said") is no credit.
pub(crate) fn credits(drafts: &[Draft], outlets: &[Outlet], own: Option<&OutletId>) -> Vec<OutletId> {
    let names = Names::new(outlets);
    let mut credits: Vec<OutletId> = Vec::new();
    let mut add = |id: &OutletId| {
        if own != Some(id) && !credits.contains(id) {
            credits.push(id.clone());
        }
    };
    for draft in drafts {
        let is_of_article = match draft.kind {
            Some(kind) => kind.is_main() || matches!(kind, PassageKind::Byline | PassageKind::Dateline),
            None => false,
        } || (draft.is_main && draft.words() <= 6);
        if !is_of_article {
            continue;
        }
        let text = draft.text();
        let asked = if may_credit(draft) { outlets } else { &[] };
        for outlet in asked {
            if outlet
                .credits
                .iter()
                .any(|phrase| is_credit(phrase, outlet, draft) && holds(text, phrase))
            {
                add(&outlet.id);
            }
        }
        let tokens = tokens(text);
        for id in enclosed(text, &tokens, &names) {
            add(id);
        }
        if draft.kind == Some(PassageKind::Byline) {
            for part in text
                .split([',', '|', ';', '/'])
                .flat_map(|part| part.split(" and "))
            {
                let part = part.trim().trim_start_matches("By ").trim_start_matches("by ");
                if let Some(id) = names.named(part) {
                    add(id);
                }
            }
        }
        let source = text
            .split_once(':')
            .filter(|(cue, _)| matches!(fold(cue).as_str(), "source" | "via" | "credit" | "sources"));
        if let Some(id) = source.and_then(|(_, rest)| names.named(rest)) {
            add(id);
        }
    }
    credits
}

/// Longest line that a credit fills by itself, in words.
const CREDIT_LINE_WORDS_MAX: usize = 12;

/// Whether a credit phrase is one where it stands. With brackets, slashes or a word to the agency ("told
/// Example Wire") it is one anywhere; a bare name only in a short line or an author's line, since in prose it
/// is a citation.
fn is_credit(phrase: &str, outlet: &Outlet, draft: &Draft) -> bool {
    let is_name = outlet
        .names
        .iter()
        .chain([&outlet.name])
        .any(|name| name == phrase);
    let is_marked = phrase.starts_with(['(', '/', '[', '\u{A9}'])
        || phrase.starts_with("told ")
        || phrase.contains("contributed");
    let is_line = draft.words() <= CREDIT_LINE_WORDS_MAX
        && draft.kind != Some(PassageKind::Title)
        && !is_name
        && !ends_sentence(draft.text());
    is_marked || is_line || draft.kind == Some(PassageKind::Byline)
}

/// Whether any credit phrase could be one here; most paragraphs are prose without a mark, and are passed over.
fn may_credit(draft: &Draft) -> bool {
    let text = draft.text();
    draft.words() <= CREDIT_LINE_WORDS_MAX
        || draft.kind == Some(PassageKind::Byline)
        || text.contains(['(', '/', '[', '\u{A9}'])
        || text.contains("told ")
        || text.contains("contributed")
}

/// Whether a text holds a phrase as whole words.
fn holds(text: &str, phrase: &str) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    !phrase.is_empty()
        && text.match_indices(phrase).any(|(at, _)| {
            let (before, after) = (
                text[..at].chars().next_back(),
                text[at + phrase.len()..].chars().next(),
            );
            let joins_left = is_word(phrase.chars().next()) && is_word(before);
            let joins_right = is_word(phrase.chars().next_back()) && is_word(after);
            !joins_left && !joins_right
        })
}

/// Names in round brackets or between slashes, at the head or the end of a passage.
fn enclosed<'o>(text: &str, tokens: &[Token<'_>], names: &Names<'o>) -> Vec<&'o OutletId> {
    let mut found = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        let close = match token.text {
            "(" => ")",
            "/" => "/",
            _ => continue,
        };
        let Some(length) = tokens[index + 1..]
            .iter()
            .take(8)
            .position(|token| token.text == close)
        else {
            continue;
        };
        let end = index + 1 + length;
        let is_head = index <= DATELINE_TOKENS && followed_by_dash(tokens, end);
        let is_end = tokens[end + 1..].iter().all(|token| !token.is_word);
        if is_head || is_end || (close == "/" && index <= DATELINE_TOKENS) {
            let inner = &text[token.end..tokens[end].start];
            found.extend(inner.split(['/', ',', ';']).filter_map(|name| names.named(name)));
        }
    }
    found
}

fn followed_by_dash(tokens: &[Token<'_>], end: usize) -> bool {
    tokens[end + 1..]
        .iter()
        .take(2)
        .any(|token| matches!(token.text, "-" | "\u{2013}" | "\u{2014}" | ":"))
}
