//! Who says it, and what: what can be seen of the phrases around a cue.

use super::line::{Chunk, Kind, Line};
use language::Tag;
use language::linear::Features;
use std::ops::Range;

/// A distance in phrases, coarser the farther.
fn far(phrases: usize) -> &'static str {
    match phrases {
        0 => "0",
        1 => "1",
        2 => "2",
        3 => "3",
        4 => "4",
        5 => "5",
        6..=7 => "6",
        8..=10 => "8",
        11..=15 => "11",
        _ => "16",
    }
}

/// Commas, verbs, quotation marks, links and other cues.
type Counts = [u16; 5];

/// A cue among its phrases.
#[derive(Debug)]
pub struct Frame<'l> {
    line: &'l Line<'l>,
    chunks: &'l [Chunk],
    /// Index of the cue's chunk.
    cue: usize,
    /// The token that makes it a cue.
    head: usize,
    /// Counts before each chunk: what lies between two of them is a difference.
    sums: Vec<Counts>,
    /// The two phrases to each side of the cue.
    pattern: String,
}

/// A phrase as features name it.
#[derive(Clone, Copy)]
struct Seen<'l> {
    kind: &'static str,
    word: &'l str,
    tag: &'static str,
}

impl<'l> Frame<'l> {
    /// `head` is the token that makes the cue one, `rivals` the heads of all cues of the sentence.
    pub fn new(line: &'l Line<'l>, chunks: &'l [Chunk], head: usize, rivals: &[usize]) -> Self {
        let mut sums = Vec::with_capacity(chunks.len() + 1);
        let mut now = Counts::default();
        sums.push(now);
        for chunk in chunks {
            match chunk.kind {
                Kind::Comma => now[0] += 1,
                Kind::Verb if line.is(chunk.head, &[Tag::Verb, Tag::Aux]) => now[1] += 1,
                Kind::Quote => now[2] += 1,
                Kind::Link | Kind::Stop => now[3] += 1,
                _ => {}
            }
            let from = rivals.partition_point(|rival| *rival < chunk.tokens.start);
            now[4] += u16::from(rivals.get(from).is_some_and(|rival| *rival < chunk.tokens.end));
            sums.push(now);
        }
        let cue = chunks.iter().position(|chunk| chunk.kind == Kind::Cue);
        let mut frame = Frame {
            line,
            chunks,
            cue: cue.unwrap_or_default(),
            head,
            sums,
            pattern: String::new(),
        };
        frame.pattern = [-2, -1, 1, 2].map(|step| frame.around(step)).join("_");
        frame
    }

    /// The chunks.
    pub fn chunks(&self) -> &'l [Chunk] {
        self.chunks
    }

    fn around(&self, step: isize) -> &'l str {
        let at = self.cue.checked_add_signed(step);
        match at.and_then(|at| self.chunks.get(at)) {
            None => "$",
            Some(chunk) => match chunk.kind {
                Kind::Link | Kind::Adposition | Kind::Stop => self.line.lower(chunk.head),
                kind => kind.name(),
            },
        }
    }

    /// Counts strictly between a chunk and the cue.
    fn between(&self, at: usize) -> [&'static str; 5] {
        let (from, to) = if at < self.cue {
            (at + 1, self.cue)
        } else {
            (self.cue + 1, at.max(self.cue + 1))
        };
        let (before, after) = (self.sums[from], self.sums[to]);
        std::array::from_fn(|i| far(usize::from(after[i] - before[i])))
    }

    /// What lies between a chunk and the cue, when it is short.
    fn path(&self, at: usize) -> Option<String> {
        const LONGEST: usize = 4;
        let range = if at < self.cue {
            at + 1..self.cue
        } else {
            self.cue + 1..at
        };
        if range.len() > LONGEST {
            return None;
        }
        let mut path = String::new();
        for chunk in self.chunks.get(range)? {
            path.push_str(match chunk.kind {
                Kind::Adposition | Kind::Link => self.line.lower(chunk.head),
                kind => kind.name(),
            });
            path.push('_');
        }
        Some(path)
    }

    fn seen(&self, at: Option<usize>) -> Seen<'l> {
        let Some(chunk) = at.and_then(|at| self.chunks.get(at)) else {
            return Seen {
                kind: "$",
                word: "$",
                tag: "$",
            };
        };
        let word = match chunk.kind {
            Kind::Pronoun => self.line.lower(chunk.head),
            _ => self.line.lemma(chunk.head),
        };
        Seen {
            kind: chunk.kind.name(),
            word,
            tag: self.line.tag(chunk.head),
        }
    }

    /// Whether a chunk and the cue stand inside quotation marks.
    fn quotation(&self, at: usize) -> &'static str {
        let own = self.line.is_quoted(self.chunks[at].head);
        match (own, self.line.is_quoted(self.head)) {
            (true, true) => "qq",
            (true, false) => "q-",
            (false, true) => "-q",
            (false, false) => "--",
        }
    }

    /// The chunks that a source may begin with: nouns and pronouns not too far from the cue.
    pub fn source_starts(&self) -> impl Iterator<Item = usize> + use<'_, 'l> {
        /// Farthest before and after, in phrases: all but a few in a thousand sources stand nearer.
        const BEFORE: usize = 14;
        const AFTER: usize = 8;
        let range = self.cue.saturating_sub(BEFORE)..(self.cue + AFTER).min(self.chunks.len());
        range.filter(|at| matches!(self.chunks[*at].kind, Kind::Noun | Kind::Pronoun))
    }

    /// What speaks for and against a source that begins with this chunk.
    pub fn source(&self, at: usize) -> Features {
        let mut f = Features::new();
        let own = self.seen(Some(at));
        let (before, after) = (self.seen(at.checked_sub(1)), self.seen(Some(at + 1)));
        let side = if at < self.cue { "b" } else { "a" };
        let near = far(at.abs_diff(self.cue));
        let quotation = self.quotation(at);
        let [commas, verbs, quotes, links, rivals] = self.between(at);
        let cue = self.line.lemma(self.head);
        let ending = self.line.ending(self.head);
        f.add("bias", &[]);
        f.add("dk", &[side, near, own.kind]);
        f.add("ddc", &[side, near, cue]);
        f.add("wd", &[own.word, side]);
        f.add("wdd", &[own.word, side, near]);
        f.add("t", &[own.tag, side, near]);
        f.add("pw", &[before.word, side]);
        f.add("pwd", &[before.word, side, near]);
        f.add("n", &[after.kind, after.word, side]);
        f.add("qd", &[quotation, side, near]);
        f.add("cvulr", &[side, commas, verbs, quotes, links, rivals]);
        f.add("v", &[side, verbs, own.kind]);
        f.add("vr", &[side, verbs, rivals]);
        f.add("vpw", &[side, verbs, before.word]);
        if let Some(path) = self.path(at) {
            f.add("path", &[side, &path]);
            f.add("pathk", &[side, &path, own.kind, before.kind]);
            f.add("pathc", &[side, &path, cue]);
        }
        f.add("pat", &[&self.pattern, side, near]);
        f.add("sfx", &[ending, side, verbs]);
        f.add("sfxd", &[ending, side, near]);
        let left = self.seen(self.cue.checked_sub(1));
        f.add("bef", &[left.kind, left.word, side, near]);
        f.add("aft", &[self.seen(Some(self.cue + 1)).kind, side, near]);
        f.add("first", &[if at == 0 { "1" } else { "0" }, side, verbs]);
        f.add("nv", &[side, after.kind, verbs, links]);
        f
    }

    /// Whether `next` may be part of a source at all.
    pub fn may_go_on(&self, next: usize) -> bool {
        next < self.chunks.len() && next != self.cue
    }

    /// What speaks for and against a source that began with `start` going on with the chunk `next`.
    pub fn goes_on(&self, start: usize, next: usize) -> Features {
        let mut f = Features::new();
        let own = self.seen(Some(next));
        let (after, second) = (self.seen(Some(next + 1)), self.seen(Some(next + 2)));
        let (last, first) = (self.seen(next.checked_sub(1)), self.seen(Some(start)));
        let side = if start < self.cue { "b" } else { "a" };
        let left = if start < self.cue {
            far(self.cue.saturating_sub(next))
        } else {
            "-"
        };
        let [commas, verbs, quotes, links, _] = if start < self.cue {
            self.between(next)
        } else {
            ["-"; 5]
        };
        f.add("bias", &[side]);
        f.add("k", &[side, own.kind, far(next - start)]);
        f.add("w", &[side, own.word]);
        f.add("kw", &[side, own.word, left]);
        f.add("kn", &[side, own.kind, after.kind, left]);
        f.add("knn", &[side, own.kind, after.kind, second.kind, left]);
        f.add("l", &[side, last.kind, own.kind]);
        f.add("lw", &[side, last.word, own.word]);
        f.add("lkn", &[side, last.kind, own.kind, after.kind, second.kind]);
        f.add("wn", &[side, own.word, after.kind]);
        f.add("wnw", &[side, own.word, after.word]);
        f.add("st", &[side, first.tag, own.kind, left]);
        f.add("sw", &[side, first.word, own.word]);
        f.add("tt", &[side, last.tag, own.tag]);
        f.add("left", &[side, left]);
        f.add("cvul", &[side, commas, verbs, quotes, links, own.kind]);
        f.add("cw", &[side, self.line.lemma(self.head), own.word]);
        f
    }

    /// Where a chunk stands, seen from the cue and the source.
    fn place(&self, at: usize, source: Option<&Range<usize>>) -> &'static str {
        let before_cue = at < self.cue;
        match source {
            _ if at == self.cue => "*",
            Some(source) if source.contains(&at) => "S",
            Some(source) if source.start < self.cue => match (before_cue, at < source.start) {
                (true, true) => "b",
                (true, false) => "m",
                (false, _) => "a",
            },
            Some(source) => match (before_cue, at < source.start) {
                (true, _) => "B",
                (false, true) => "M",
                (false, false) => "A",
            },
            None if before_cue => "0b",
            None => "0a",
        }
    }

    /// What speaks for and against a unit (some chunks) being part of the content; the source is known.
    pub fn content(&self, unit: &Range<usize>, source: Option<&Range<usize>>) -> Features {
        let mut f = Features::new();
        let at = unit.start;
        let place = self.place(at, source);
        f.add("pl", &[place]);
        if matches!(place, "*" | "S") {
            return f;
        }
        let own = self.seen(Some(at));
        let (before, after) = (self.seen(at.checked_sub(1)), self.seen(Some(unit.end)));
        let near = far(at.abs_diff(self.cue));
        let quotation = self.quotation(at);
        let [commas, verbs, quotes, links, rivals] = self.between(at);
        let cue = self.line.lemma(self.head);
        let any = if self.line.any { "Q" } else { "-" };
        // Whether anything follows the cue: then the content most likely does.
        const TAIL_MAX: usize = 8;
        let tail = far((self.chunks.len() - 1).saturating_sub(self.cue).min(TAIL_MAX));
        let (left, right) = (self.seen(self.cue.checked_sub(1)), self.seen(Some(self.cue + 1)));
        f.add("plc", &[place, cue]);
        f.add("pld", &[place, near]);
        f.add("pldc", &[place, near, cue]);
        f.add("plk", &[place, own.kind, near]);
        f.add("plcw", &[place, cue, own.word]);
        f.add("plpw", &[place, before.word, own.kind]);
        f.add("plnw", &[place, own.kind, after.word]);
        f.add("plkk", &[place, before.kind, own.kind, after.kind]);
        f.add("plqk", &[place, quotation, any, own.kind]);
        f.add("pltq", &[place, tail, quotation, any]);
        f.add("plta", &[place, tail, right.word]);
        f.add("pltb", &[place, tail, left.word, left.kind]);
        f.add("cvul", &[place, commas, verbs, quotes, links]);
        f.add("vv", &[place, verbs, rivals]);
        f.add("patq", &[place, &self.pattern, quotation]);
        f.add("tag", &[place, own.tag, near]);
        f.add("ak", &[place, right.kind, right.word, quotation]);
        if let Some(path) = self.path(at) {
            f.add("path", &[place, &path, own.kind]);
        }
        f.add("ct", &[place, self.line.tag(self.head), tail]);
        f.add("sfx", &[place, self.line.ending(self.head), left.kind]);
        f
    }
}
