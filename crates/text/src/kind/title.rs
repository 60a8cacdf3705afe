//! The title: stated by markup or container, or guessed from the first lines; and its repeats.

use super::{Draft, Hints};
use crate::words::{ends_sentence, key, words};
use model::{Because, PassageKind};
use std::collections::BTreeSet;

/// Words of a title, fewest and most. Headlines have 4 to 15; agencies' summaries up to 25.
const WORDS_MIN: usize = 3;
const WORDS_MAX: usize = 30;
/// Lines among which a plain page's title is looked for: mastheads, dates, bylines and notices stand first.
const FIRST_LINES: usize = 10;
/// Share of a line's words that the head's title must hold for the line to be the title.
const SHARED_MIN: f64 = 0.5;

/// The draft that markup or the container states to be the title.
pub(super) fn stated(drafts: &[Draft], hints: &Hints<'_>) -> Option<usize> {
    let stated: BTreeSet<String> = hints.titles.iter().map(|title| key(title)).collect();
    let head: BTreeSet<String> = hints.head_title.iter().flat_map(|title| words(title)).collect();
    let mut best: Option<(i32, usize)> = None;
    for (index, draft) in drafts.iter().enumerate() {
        let count = draft.words();
        if count == 0 || count > WORDS_MAX {
            continue;
        }
        let own = words(draft.text());
        let joined = own.join(" ");
        let shared = own.iter().filter(|word| head.contains(*word)).count();
        let in_head = shared >= WORDS_MIN && shared as f64 >= own.len() as f64 * SHARED_MIN;
        let mut score = 0;
        score += if stated.contains(&joined) { 4 } else { 0 };
        score += if in_head { 2 } else { 0 };
        score += match draft.flags.heading {
            1 => 2,
            2 => 1,
            _ => 0,
        };
        if draft.is_furniture() || draft.link_share > 0.9 && draft.flags.heading == 0 {
            score -= 3;
        }
        if draft.flags.header && !draft.flags.article && own.len() < WORDS_MIN {
            score -= 3;
        }
        // A long line full of words of the title is the lead.
        if draft.flags.heading == 0 && ends_sentence(draft.text()) && count > 12 {
            score -= 3;
        }
        let is_better = best.is_none_or(|(most, _)| score > most);
        if score >= 2 && is_better {
            best = Some((score, index));
        }
    }
    best.map(|(_, index)| index)
}

/// The title of a page that states none: the first short line of the page that is no sentence, with a
/// preference for one that comes again.
pub(super) fn guessed(drafts: &mut [Draft]) -> Option<usize> {
    let keys: Vec<String> = drafts.iter().map(|draft| key(draft.text())).collect();
    let comes_again = |index: usize| {
        keys.iter()
            .enumerate()
            .any(|(other, key)| other != index && *key == keys[index])
    };
    let is_line = |draft: &Draft| {
        draft.kind.is_none()
            && draft.is_main
            && (WORDS_MIN..=WORDS_MAX).contains(&draft.words())
            && !draft.text().trim_end().ends_with(['.', ':', ',', ';'])
            && !draft.text().contains('\n')
    };
    // Titles stand before the first long paragraph; a line glued to a share prompt is one anywhere.
    let prose = drafts
        .iter()
        .position(|draft| draft.kind.is_none() && draft.words() > WORDS_MAX)
        .unwrap_or(drafts.len());
    let first: Vec<usize> = (0..prose.min(FIRST_LINES))
        .filter(|index| is_line(&drafts[*index]))
        .collect();
    let is_capitals = |index: usize| {
        drafts[index].words() <= 6
            && !drafts[index].text().chars().any(char::is_lowercase)
            && drafts[index].text().chars().any(char::is_uppercase)
    };
    let repeated = first.iter().copied().find(|index| comes_again(*index));
    let plain = first.iter().copied().find(|index| !is_capitals(*index));
    let glued = (0..drafts.len()).find(|index| {
        is_line(&drafts[*index]) && drafts[*index].because.iter().any(|b| b.rule == "glued-title")
    });
    let chosen = repeated.or(plain).or_else(|| first.first().copied()).or(glued)?;
    let mastheads: Vec<usize> = (0..chosen)
        .filter(|index| drafts[*index].kind.is_none() && is_capitals(*index))
        .collect();
    // A line in capitals above the title is the outlet's name or a heading of the service.
    for index in mastheads {
        drafts[index].is(
            PassageKind::Boilerplate,
            "masthead",
            "A line in capitals above the title is a masthead.",
        );
    }
    drafts[chosen].is(
        PassageKind::Title,
        "first-line-without-stop",
        "It is the first short line of the page that is no sentence.",
    );
    Some(chosen)
}

/// Marks further lines with the words of the title: they are titles again, told as damage, not as news.
pub(super) fn repeats(drafts: &mut [Draft], title: usize) {
    let wanted = key(drafts[title].text());
    for (index, draft) in drafts.iter_mut().enumerate() {
        let is_again = index != title
            && !draft.is_furniture()
            && matches!(draft.kind, None | Some(PassageKind::Title))
            && key(draft.text()) == wanted;
        if is_again {
            draft.is_title_again = index > title;
            draft.kind = Some(PassageKind::Title);
            draft
                .because
                .push(Because::new("title-again", "The words of the title come again."));
        }
    }
}
