//! Where somebody says or thinks something: candidates for cues, and what can be seen of them.

use super::line::Line;
use language::Tag;
use language::linear::Features;
use std::ops::Range;

/// Whether a token may be a cue at all: a verb, or a word that training saw as one.
pub fn may_be(line: &Line, at: usize, gate: &[u32]) -> bool {
    line.is(at, &[Tag::Verb]) || gate.binary_search(&gate_hash(line, at)).is_ok()
}

/// What the gate knows a word by.
pub fn gate_hash(line: &Line, at: usize) -> u32 {
    let mut features = Features::new();
    features.add("gate", &[line.lemma(at), line.tag(at)]);
    features.hashes().first().copied().unwrap_or_default()
}

/// A distance in words, coarser the farther.
fn far(words: usize) -> &'static str {
    match words {
        0 => "0",
        1 => "1",
        2 => "2",
        3 => "3",
        4..=5 => "4",
        6..=8 => "6",
        9..=13 => "9",
        14..=21 => "14",
        _ => "22",
    }
}

/// The words around a candidate, edges and quotation marks told apart.
struct View<'l> {
    line: &'l Line<'l>,
    at: usize,
}

impl View<'_> {
    fn index(&self, step: isize) -> Result<usize, &'static str> {
        match self.at.checked_add_signed(step) {
            None => Err("^"),
            Some(at) if at >= self.line.tokens.len() => Err("$"),
            Some(at) if self.line.is_mark(at) => Err("Q"),
            Some(at) => Ok(at),
        }
    }

    fn word(&self, step: isize) -> &str {
        self.index(step)
            .map_or_else(|edge| edge, |at| self.line.lemma(at))
    }

    fn tag(&self, step: isize) -> &'static str {
        self.index(step).map_or_else(|edge| edge, |at| self.line.tag(at))
    }
}

/// A quick look at a candidate: enough to turn most away.
pub fn glance(line: &Line, at: usize) -> Features {
    let view = View { line, at };
    let (lemma, quoted) = (line.lemma(at), if line.is_quoted(at) { "q" } else { "-" });
    let mut f = Features::new();
    f.add("bias", &[quoted]);
    f.add("l", &[lemma]);
    f.add("lt", &[lemma, line.tag(at), quoted]);
    f.add("w1", &[view.word(1)]);
    f.add("lw1", &[lemma, view.word(1)]);
    f.add("b1", &[view.word(-1)]);
    f.add("lu", &[lemma, view.tag(-1)]);
    f.add("end", &[line.ending(at), view.tag(-1), view.tag(1)]);
    f
}

/// Everything seen of a candidate.
pub fn features(line: &Line, at: usize) -> Features {
    let mut f = Features::new();
    around(&mut f, line, at);
    subject(&mut f, line, at);
    helpers(&mut f, line, at);
    ahead(&mut f, line, at);
    position(&mut f, line, at);
    f
}

/// The word, its neighbours and their tags.
fn around(f: &mut Features, line: &Line, at: usize) {
    let view = View { line, at };
    let (lemma, tag, ending) = (line.lemma(at), line.tag(at), line.ending(at));
    let quoted = if line.is_quoted(at) { "q" } else { "-" };
    let (w1, w2) = (view.word(1), view.word(2));
    let (b1, b2) = (view.word(-1), view.word(-2));
    let (t1, t2, t3) = (view.tag(1), view.tag(2), view.tag(3));
    let (u1, u2, u3) = (view.tag(-1), view.tag(-2), view.tag(-3));
    f.add("bias", &[]);
    f.add("l", &[lemma]);
    f.add("w", &[line.lower(at)]);
    f.add("t", &[tag]);
    f.add("lq", &[lemma, quoted]);
    f.add("q", &[quoted]);
    f.add("suf", &[ending, tag]);
    f.add("w1", &[w1]);
    f.add("w2", &[w2]);
    f.add("b1", &[b1]);
    f.add("b2", &[b2]);
    f.add("lw1", &[lemma, w1]);
    f.add("lw2", &[lemma, w2]);
    f.add("lw12", &[lemma, w1, w2]);
    f.add("lb1", &[lemma, b1]);
    f.add("lb12", &[lemma, b2, b1]);
    f.add("t123", &[tag, t1, t2, t3]);
    f.add("u123", &[tag, u1, u2, u3]);
    f.add("tu", &[tag, u1, t1]);
    f.add("lt12", &[lemma, t1, t2]);
    f.add("lu1t1", &[lemma, u1, t1]);
    f.add("sufw1", &[ending, w1]);
    f.add("tw1", &[tag, w1]);
}

/// How far to the left a subject is looked for, over helping words.
const SUBJECT_REACH: usize = 6;

/// The nearest noun or pronoun to the left, over helping words, and what stands before its phrase.
fn subject(f: &mut Features, line: &Line, at: usize) {
    let (lemma, tag) = (line.lemma(at), line.tag(at));
    let quoted = if line.is_quoted(at) { "q" } else { "-" };
    let stop = (at.saturating_sub(SUBJECT_REACH)..at)
        .rev()
        .find(|left| !line.is(*left, &[Tag::Aux, Tag::Adv, Tag::Part]));
    let Some(stop) = stop else {
        f.add("nosubj", &["^", lemma]);
        f.add("nosubj2", &["^", tag]);
        return;
    };
    if !line.is(stop, &[Tag::Noun, Tag::Propn, Tag::Pron]) {
        f.add("nosubj", &[line.tag(stop), lemma]);
        f.add("nosubj2", &[line.lemma(stop), tag]);
        return;
    }
    let own = line.tag(stop);
    let who = if line.is(stop, &[Tag::Pron]) {
        line.lower(stop)
    } else {
        line.lemma(stop)
    };
    f.add("subj", &[who]);
    f.add("subjq", &[who, quoted]);
    f.add("subjl", &[who, lemma]);
    f.add("subjt", &[own, lemma]);
    let phrase = [Tag::Noun, Tag::Propn, Tag::Adj, Tag::Det, Tag::Num];
    let start = (stop.saturating_sub(SUBJECT_REACH)..=stop)
        .rev()
        .take_while(|left| line.is(*left, &phrase) || *left == stop)
        .last()
        .unwrap_or(stop);
    let view = View { line, at: start };
    f.add("sbef", &[view.word(-1)]);
    f.add("sbeft", &[view.tag(-1), lemma]);
    f.add("sbeft2", &[view.tag(-1), own, tag]);
}

/// Auxiliaries and negations before the candidate.
fn helpers(f: &mut Features, line: &Line, at: usize) {
    let mut chain = String::new();
    let (mut near, mut negated) = ("", false);
    for left in (at.saturating_sub(5)..at).rev() {
        if line.is(left, &[Tag::Aux, Tag::Part]) {
            chain.insert_str(0, line.lemma(left));
            chain.insert(0, '_');
            if near.is_empty() && at - left <= 2 {
                near = line.lemma(left);
            }
            negated |= line.is(left, &[Tag::Part]);
        } else if !line.is(left, &[Tag::Adv]) {
            break;
        }
    }
    let (lemma, tag) = (line.lemma(at), line.tag(at));
    f.add("aux", &[&chain, tag]);
    f.add("auxl", &[&chain, lemma]);
    f.add("near", &[near, if negated { "n" } else { "-" }, lemma]);
}

/// What comes first of each kind in the next words.
fn ahead(f: &mut Features, line: &Line, at: usize) {
    const REACH: usize = 8;
    let lemma = line.lemma(at);
    let mut seen = [false; 6];
    for step in 1..=REACH {
        let next = at + step;
        let Some(token) = line.tokens.get(next) else { break };
        let word = line.lower(next);
        if line.is_mark(next) && !std::mem::replace(&mut seen[0], true) {
            f.add("q+", &[far(step)]);
            f.add("ql+", &[lemma, far(step)]);
        }
        let (number, name) = match token.tag {
            Tag::Verb => (1, "v+"),
            Tag::Sconj => (2, "s+"),
            Tag::Punct => (3, "p+"),
            Tag::Adp => (4, "a+"),
            Tag::Aux => (5, "x+"),
            _ => continue,
        };
        if std::mem::replace(&mut seen[number], true) {
            continue;
        }
        if matches!(number, 1 | 5) {
            f.add(name, &[far(step)]);
            f.add(name, &[lemma, far(step)]);
        } else {
            f.add(name, &[far(step), word]);
            f.add(name, &["", lemma, word]);
        }
    }
    if let Some(step) = (1..=4).find(|step| at >= *step && line.is_mark(at - step)) {
        f.add("q-", &[far(step)]);
        f.add("ql-", &[lemma]);
    }
}

/// Where in the sentence, beside how many verbs, in how much of a quotation.
fn position(f: &mut Features, line: &Line, at: usize) {
    const REACH: usize = 30;
    let (lemma, tag) = (line.lemma(at), line.tag(at));
    let quoted = if line.is_quoted(at) { "q" } else { "-" };
    let last = line.tokens.len() - 1;
    let verb = |at: &usize| line.is(*at, &[Tag::Verb]);
    let before = (at.saturating_sub(REACH)..at).filter(verb).count();
    let after = (at + 1..(at + REACH).min(last + 1)).filter(verb).count();
    f.add("vb", &[far(before), tag]);
    f.add("va", &[far(after), tag]);
    f.add("vba", &[far(before.min(2)), far(after.min(2)), lemma]);
    f.add("pos", &[far(at), tag]);
    f.add("end", &[far(last - at), tag]);
    f.add("endl", &[far((last - at).min(6)), lemma]);
    f.add("any", &[if line.any { "y" } else { "n" }, lemma, quoted]);
    let whole = line.is_quoted(0) && line.is_quoted(last.saturating_sub(1));
    let whole = if whole { "y" } else { "n" };
    f.add("whole", &[whole, quoted, lemma]);
    f.add("wholet", &[whole, quoted, tag]);
}

/// Farthest that a cue reaches from its head, in words.
pub const REACH: usize = 6;

/// What speaks for and against taking the next word into the cue; `None` at the edge of the sentence.
pub fn growth(line: &Line, head: usize, cue: &Range<usize>, right: bool) -> Option<Features> {
    let next = if right {
        (cue.end < line.tokens.len()).then_some(cue.end)?
    } else {
        cue.start.checked_sub(1)?
    };
    let (side, edge, grown) = if right {
        ("r", cue.end - 1, cue.end - head)
    } else {
        ("l", cue.start, head - cue.start)
    };
    let beyond = if right { next + 1 } else { next.wrapping_sub(1) };
    let grown = far(grown);
    let (word, tag, lemma) = (line.lower(next), line.tag(next), line.lemma(head));
    let parts = line.is_quoted(next) != line.is_quoted(head) || line.is_mark(next);
    let mut f = Features::new();
    f.add("g", &[side]);
    f.add("gn", &[side, grown]);
    f.add("gl", &[side, word]);
    f.add("gtn", &[side, tag, grown]);
    f.add("gh", &[side, lemma, word]);
    f.add("ght", &[side, lemma, tag, grown]);
    f.add("gb", &[side, word, line.lower(beyond)]);
    f.add("gbt", &[side, word, line.tag(beyond)]);
    f.add("gbh", &[side, lemma, word, line.lower(beyond)]);
    f.add("gbb", &[side, tag, line.tag(beyond)]);
    f.add("ge", &[side, line.lower(edge), word]);
    f.add("get", &[side, line.tag(edge), tag, line.tag(beyond)]);
    f.add("gq", &[side, if parts { "q" } else { "-" }]);
    f.add("gth", &[side, line.tag(head), tag, word]);
    Some(f)
}
