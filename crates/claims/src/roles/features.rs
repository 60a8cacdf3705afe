//! What the models see: of a sentence, of a text, of a word, of a phrase. The trainer uses the same functions.

use super::Kind;
use super::gather::{Entity, Mention};
use super::when::Candidate;
use language::linear::Features;
use language::{Language, Sentence, Shape, Tag};

/// Sentences less likely to tell of an act than this are not looked at closely. At 0.05 about one in three of the
/// wire texts is read; raise it and parts told in quiet sentences are lost, lower it and the reading takes longer.
pub const SCENE_MIN: f32 = 0.05;

/// A text as the models see it: each word looked up once.
#[derive(Clone, Debug)]
pub struct View<'t> {
    /// The sentences it is made of.
    pub sentences: &'t [Sentence],
    words: Vec<Vec<Word>>,
    language: &'t Language,
}

#[derive(Clone, Debug)]
struct Word {
    /// The dictionary form in lower case; figures are `#`.
    lemma: String,
    /// Numbers of the middle and the fine class of words used alike; empty for rare words.
    classes: [String; 2],
}

impl<'t> View<'t> {
    /// Looks up every word.
    #[must_use]
    pub fn new(sentences: &'t [Sentence], language: &'t Language) -> View<'t> {
        let word = |token: &language::Token| Word {
            lemma: match token.shape {
                Shape::Number => "#".to_owned(),
                _ => token.lemma.to_lowercase(),
            },
            classes: language
                .classes(&token.lower)
                .map_or_else(Default::default, |[_, middle, fine]| {
                    [middle.to_string(), fine.to_string()]
                }),
        };
        View {
            sentences,
            words: sentences
                .iter()
                .map(|sentence| sentence.tokens.iter().map(word).collect())
                .collect(),
            language,
        }
    }

    /// The words of a sentence that are no punctuation.
    fn words(&self, at: usize) -> impl Iterator<Item = &Word> + Clone {
        let tokens = self.sentences[at].tokens.iter();
        let words = self.words[at].iter().zip(tokens);
        words
            .filter(|(_, token)| token.shape != Shape::Punctuation)
            .map(|(word, _)| word)
    }

    fn lemma(&self, at: usize, word: usize) -> &str {
        &self.words[at][word].lemma
    }
}

/// What the first two steps say of a text.
#[derive(Clone, Debug, Default)]
pub struct Outline {
    /// For each sentence, the probability of each kind; what is left is "none".
    pub sentences: Vec<[f32; 6]>,
    /// The probability of each kind for the text.
    pub text: [f32; 6],
}

impl Outline {
    /// Whether a sentence is likely enough to tell of an act.
    #[must_use]
    pub fn is_worth(&self, at: usize) -> bool {
        self.level(at) >= SCENE_MIN
    }

    /// How likely it is that a sentence tells of any act.
    #[must_use]
    pub fn level(&self, at: usize) -> f32 {
        self.sentences.get(at).map_or(0.0, |kinds| kinds.iter().sum())
    }

    fn best(&self, at: usize) -> &'static str {
        let kinds = self.sentences.get(at).copied().unwrap_or_default();
        best_of(&kinds).name()
    }
}

fn best_of(kinds: &[f32; 6]) -> Kind {
    let mut best = Kind::Attack;
    for kind in Kind::ALL {
        if kinds[kind as usize] > kinds[best as usize] {
            best = kind;
        }
    }
    best
}

/// A probability as one of ten steps, finer at both ends.
fn step(probability: f32) -> &'static str {
    const STEPS: [(f32, &str); 9] = [
        (0.02, "0"),
        (0.05, "1"),
        (0.1, "2"),
        (0.2, "3"),
        (0.35, "4"),
        (0.5, "5"),
        (0.7, "6"),
        (0.85, "7"),
        (0.95, "8"),
    ];
    STEPS
        .iter()
        .find(|(limit, _)| probability < *limit)
        .map_or("9", |(_, name)| name)
}

/// A small count by name; all above are one.
fn count(number: usize) -> &'static str {
    ["0", "1", "2", "3", "4", "5-7", "5-7", "5-7", "8+"][number.min(8)]
}

/// For the kind of act of one sentence.
#[must_use]
pub fn of_sentence(view: &View, at: usize) -> Features {
    let mut features = Features::new();
    features.add("always", &[]);
    features.add("at", &[count(at)]);
    let words: Vec<&Word> = view.words(at).collect();
    for word in &words {
        features.add("w", &[&word.lemma]);
        features.add("c", &[&word.classes[1]]);
    }
    for pair in words.windows(2) {
        features.add("b", &[&pair[0].lemma, &pair[1].lemma]);
        features.add("bc", &[&pair[0].classes[0], &pair[1].classes[0]]);
    }
    let before = at.checked_sub(1);
    let after = (at + 1 < view.sentences.len()).then_some(at + 1);
    for (name, beside) in [("p", before), ("n", after)] {
        for word in beside.iter().flat_map(|at| view.words(*at)) {
            features.add(name, &[&word.lemma]);
        }
    }
    features
}

/// For one kind of act in the whole text.
#[must_use]
pub fn of_text(view: &View, kinds: &[[f32; 6]], kind: Kind) -> Features {
    let sentences = view.sentences;
    let mut features = Features::new();
    features.add("always", &[]);
    let own: Vec<f32> = kinds.iter().map(|kinds| kinds[kind as usize]).collect();
    let any: Vec<f32> = kinds.iter().map(|kinds| kinds.iter().sum()).collect();
    let most = |of: &[f32]| of.iter().copied().fold(0.0f32, f32::max);
    let sum = |of: &[f32]| count((of.iter().sum::<f32>() * 2.0) as usize);
    features.add("own-most", &[step(most(&own))]);
    features.add("own-sum", &[sum(&own)]);
    features.add("any-most", &[step(most(&any))]);
    features.add("any-sum", &[sum(&any)]);
    features.add("both", &[step(most(&own)), step(most(&any))]);
    features.add("lead", &[step(most(&own[..own.len().min(3)]))]);
    features.add("length", &[count(sentences.len() / 4)]);
    for (name, class) in [("w", None), ("c", Some(1))] {
        let all = (0..sentences.len()).flat_map(|at| view.words(at));
        let mut words: Vec<&str> = all
            .map(|word| class.map_or(word.lemma.as_str(), |class: usize| &word.classes[class]))
            .collect();
        words.sort_unstable();
        words.dedup();
        for word in words {
            features.add(name, &[word]);
        }
    }
    features
}

/// For the part of one word.
#[must_use]
pub fn of_token(view: &View, at: usize, word: usize, outline: &Outline) -> Features {
    let sentences = view.sentences;
    let tokens = &sentences[at].tokens;
    let mut features = Features::new();
    let near = |offset: isize| -> &str {
        word.checked_add_signed(offset)
            .and_then(|at| tokens.get(at))
            .map_or("|", |token| token.lower.as_str())
    };
    let tag = |offset: isize| -> &str {
        word.checked_add_signed(offset)
            .and_then(|at| tokens.get(at))
            .map_or("|", |token| token.tag.name())
    };
    let token = &tokens[word];
    let lower = token.lower.as_str();
    let kind = outline.best(at);
    features.add("always", &[]);
    features.add("w", &[lower]);
    features.add("l", &[view.lemma(at, word)]);
    for (name, offset) in [("c0", 0), ("c-1", -1), ("c+1", 1), ("c-2", -2), ("c+2", 2)] {
        if let Some(seen) = word
            .checked_add_signed(offset)
            .and_then(|word| view.words[at].get(word))
        {
            features.add(name, &[&seen.classes[1]]);
            features.add(name, &["~", &seen.classes[0]]);
        }
    }
    features.add("t", &[tag(0)]);
    features.add("end", &[ending(lower, 3)]);
    features.add("end2", &[ending(lower, 2), tag(0)]);
    for (name, offset) in [
        ("-1", -1),
        ("+1", 1),
        ("-2", -2),
        ("+2", 2),
        ("-3", -3),
        ("+3", 3),
    ] {
        features.add(name, &[near(offset)]);
    }
    features.add("-1w", &[near(-1), lower]);
    features.add("w+1", &[lower, near(1)]);
    features.add("-2-1", &[near(-2), near(-1)]);
    features.add("+1+2", &[near(1), near(2)]);
    features.add("t3", &[tag(-1), tag(0), tag(1)]);
    features.add("t-2", &[tag(-2), tag(-1), tag(0)]);
    features.add("kind", &[kind, step(outline.level(at))]);
    features.add("kind-w", &[kind, lower]);
    features.add("text", &[step(outline.text.iter().copied().fold(0.0, f32::max))]);
    features.add("at", &[count(at), tag(0)]);
    if word < 12 && at == 0 {
        features.add("dateline", &[tag(0)]);
    }
    let reach = phrase(tokens, word);
    let before = reach.0.checked_sub(1).and_then(|at| tokens.get(at));
    let before = before.map_or("|", |token| token.lower.as_str());
    let after = tokens.get(reach.1).map_or("|", |token| token.lower.as_str());
    let head = tokens.get(reach.1 - 1).map_or("|", |token| token.lower.as_str());
    features.add("np-before", &[before]);
    features.add("np-after", &[after]);
    features.add("np-around", &[before, after]);
    features.add("np-head", &[head]);
    features.add("np-head-c", &[&view.words[at][reach.1 - 1].classes[1], tag(0)]);
    features.add("np-head-w", &[head, lower]);
    features.add("np-place", &[count(reach.1 - 1 - word), tag(0)]);
    let verb = |at: &usize| matches!(tokens[*at].tag, Tag::Verb);
    let left = (0..reach.0).rev().take(VERB_DISTANCE).find(verb);
    let right = (reach.1..tokens.len()).take(VERB_DISTANCE).find(verb);
    for (name, found) in [("vl", left), ("vr", right)] {
        let Some(verb) = found else { continue };
        let lemma = view.lemma(at, verb);
        let class = view.words[at][verb].classes[1].as_str();
        let passive = verb > 0 && tokens[verb - 1].tag == Tag::Aux && tokens[verb].lower.ends_with("ed");
        let voice = if passive { "p" } else { "a" };
        features.add(name, &[lemma, voice]);
        features.add(name, &["~", class, voice]);
        features.add(name, &[lemma, voice, before]);
        features.add(name, &["~", class, voice, before]);
        features.add(name, &["head", lemma, head]);
    }
    for (name, range) in [
        ("bl", word.saturating_sub(WINDOW)..word),
        ("br", word + 1..(word + 1 + WINDOW).min(tokens.len())),
    ] {
        for near in range {
            if matches!(tokens[near].tag, Tag::Noun | Tag::Verb | Tag::Propn | Tag::Adj) {
                features.add(name, &[view.lemma(at, near)]);
                features.add(name, &["~", &view.words[at][near].classes[1]]);
            }
        }
    }
    features
}

/// How far off, in words, a verb is looked for.
const VERB_DISTANCE: usize = 12;
/// How many words to each side are seen without their order.
const WINDOW: usize = 7;

/// The run of noun-phrase words around a word: from, to.
fn phrase(tokens: &[language::Token], word: usize) -> (usize, usize) {
    let inside = |at: usize| {
        matches!(
            tokens[at].tag,
            Tag::Noun | Tag::Propn | Tag::Adj | Tag::Num | Tag::X | Tag::Det
        ) || matches!(tokens[at].lower.as_str(), "-" | "'s")
    };
    let mut start = word;
    while start > 0 && inside(start - 1) {
        start -= 1;
    }
    let mut end = word + 1;
    while end < tokens.len() && inside(end) {
        end += 1;
    }
    (start, end)
}

/// The last letters of a word; all of it if it is shorter.
fn ending(word: &str, letters: usize) -> &str {
    word.char_indices()
        .rev()
        .nth(letters.saturating_sub(1))
        .map_or(word, |(at, _)| &word[at..])
}

/// For whether a phrase belongs to an act of the text.
#[must_use]
pub fn of_entity(entities: &[Entity], at: usize, view: &View, outline: &Outline) -> Features {
    let sentences = view.sentences;
    let entity = &entities[at];
    let part = entity.part.name();
    let mut features = Features::new();
    features.add("part", &[part]);
    let mean = entity
        .mentions
        .iter()
        .map(|mention| mention.probability)
        .sum::<f32>()
        / entity.mentions.len().max(1) as f32;
    let most = entity.strength();
    let text = outline.text.iter().copied().fold(0.0f32, f32::max);
    let level = entity
        .mentions
        .iter()
        .map(|mention| outline.level(mention.sentence))
        .fold(0.0f32, f32::max);
    let first = entity.mentions.first().map_or(0, |mention| mention.sentence);
    let stronger = entities
        .iter()
        .filter(|other| other.part == entity.part && other.strength() > most)
        .count();
    features.add("most", &[part, step(most)]);
    features.add("mean", &[part, step(mean)]);
    features.add("often", &[part, count(entity.mentions.len())]);
    features.add("text", &[part, step(text)]);
    features.add("text-most", &[step(text), step(most)]);
    features.add("level", &[part, step(level)]);
    features.add("level-most", &[step(level), step(most)]);
    features.add("first", &[part, count(first)]);
    features.add("rank", &[part, count(stronger)]);
    features.add(
        "described",
        &[part, if entity.described.is_some() { "y" } else { "n" }],
    );
    features.add("words", &[part, &entity.words.to_lowercase()]);
    for word in entity.words.to_lowercase().split(' ') {
        features.add("w", &[part, word]);
    }
    features.add("length", &[part, count(entity.words.split(' ').count())]);
    if let Some(best) = entity.best() {
        features.add("kind", &[part, outline.best(best.sentence)]);
        let tokens = &sentences[best.sentence].tokens;
        let before = best
            .tokens
            .start
            .checked_sub(1)
            .map_or("|", |at| tokens[at].lower.as_str());
        let after = tokens
            .get(best.tokens.end)
            .map_or("|", |token| token.lower.as_str());
        features.add("before", &[part, before]);
        features.add("after", &[part, after]);
        let verb = |at: &usize| tokens[*at].tag == Tag::Verb;
        let left = (0..best.tokens.start).rev().take(VERB_DISTANCE).find(verb);
        let right = (best.tokens.end..tokens.len()).take(VERB_DISTANCE).find(verb);
        for (name, found) in [("vl", left), ("vr", right)] {
            let Some(verb) = found else { continue };
            features.add(name, &[part, view.lemma(best.sentence, verb)]);
            features.add(name, &["~", part, &view.words[best.sentence][verb].classes[1]]);
        }
        let words = best.tokens.clone();
        for word in &view.words[best.sentence][words] {
            features.add("c", &[part, &word.classes[1]]);
        }
    }
    features
}

/// For what a phrase is, and what befell it.
#[must_use]
pub fn of_attribute(entity: &Entity, view: &View, outline: &Outline) -> Features {
    let sentences = view.sentences;
    let mut features = Features::new();
    let part = entity.part.name();
    features.add("part", &[part]);
    let described = entity.described.as_deref().unwrap_or_default();
    for (name, words) in [("s", entity.words.as_str()), ("d", described)] {
        let words = words.to_lowercase();
        for word in words.split(' ').filter(|word| !word.is_empty()) {
            features.add(name, &[word]);
            features.add("any", &[word]);
            features.add("end", &[ending(word, 4)]);
        }
        if let Some(head) = words.split(' ').next_back() {
            features.add("h", &[head]);
            if let Some([_, middle, fine]) = view.language.classes(head) {
                features.add("hc", &[&fine.to_string()]);
                features.add("hm", &[&middle.to_string()]);
            }
        }
    }
    let mut mentions: Vec<&Mention> = entity.mentions.iter().collect();
    mentions.sort_by(|a, b| {
        b.probability
            .total_cmp(&a.probability)
            .then(a.sentence.cmp(&b.sentence))
    });
    for mention in mentions.into_iter().take(MENTIONS_SEEN) {
        features.add("k", &[outline.best(mention.sentence)]);
        let tokens = &sentences[mention.sentence].tokens;
        for (at, token) in tokens.iter().enumerate() {
            if token.shape == Shape::Punctuation || mention.tokens.contains(&at) {
                continue;
            }
            let lemma = view.lemma(mention.sentence, at);
            features.add("b", &[lemma]);
            let class = view.words[mention.sentence][at].classes[1].as_str();
            let (side, away) = if at < mention.tokens.start {
                ("l", mention.tokens.start - at)
            } else {
                ("r", at + 1 - mention.tokens.end)
            };
            if away <= 3 {
                features.add("c", &[side, lemma]);
            }
            if away <= 8
                && matches!(
                    token.tag,
                    Tag::Verb | Tag::Noun | Tag::Adj | Tag::Adv | Tag::Propn
                )
            {
                features.add("v", &[side, lemma]);
                features.add("vc", &[side, class]);
            }
        }
    }
    features
}

/// The most probable mentions of a phrase that are looked at for what befell it.
const MENTIONS_SEEN: usize = 3;

/// For a label of the whole act: its phrases and its likeliest sentences.
#[must_use]
pub fn of_scene(kind: Kind, entities: &[&Entity], view: &View, outline: &Outline) -> Features {
    let sentences = view.sentences;
    let mut features = Features::new();
    features.add("kind", &[kind.name()]);
    for entity in entities {
        let part = entity.part.name();
        features.add("has", &[part]);
        for word in entity.words.to_lowercase().split(' ') {
            features.add("e", &[part, word]);
        }
    }
    for (at, sentence) in sentences.iter().enumerate() {
        let own = outline
            .sentences
            .get(at)
            .map_or(0.0, |kinds| kinds[kind as usize]);
        let told = own >= SCENE_TOLD;
        for (word, token) in sentence.tokens.iter().enumerate() {
            if token.shape == Shape::Punctuation || token.shape == Shape::Number {
                continue;
            }
            let lemma = view.lemma(at, word);
            if told {
                features.add("b", &[lemma]);
            }
            if at == 0 || matches!(token.tag, Tag::Propn | Tag::Adj) {
                features.add(if at == 0 { "first" } else { "name" }, &[lemma]);
            }
        }
    }
    features
}

/// A sentence that tells of the kind asked for.
const SCENE_TOLD: f32 = 0.3;

/// For the kind of a place: city, department, farm.
#[must_use]
pub fn of_place(entity: &Entity, view: &View) -> Features {
    let sentences = view.sentences;
    let mut features = Features::new();
    let words = entity.words.to_lowercase();
    features.add("always", &[]);
    features.add("words", &[&words]);
    for word in words.split(' ') {
        features.add("w", &[word]);
    }
    for mention in &entity.mentions {
        let tokens = &sentences[mention.sentence].tokens;
        let near = |at: Option<usize>| {
            at.and_then(|at| tokens.get(at))
                .map_or("|", |token| token.lower.as_str())
        };
        features.add("-1", &[near(mention.tokens.start.checked_sub(1))]);
        features.add("-2", &[near(mention.tokens.start.checked_sub(2))]);
        features.add("+1", &[near(Some(mention.tokens.end))]);
        features.add("+2", &[near(Some(mention.tokens.end + 1))]);
    }
    features
}

/// For whether a time expression is the time of the act.
#[must_use]
pub fn of_time(candidate: &Candidate, kind: Kind, view: &View, outline: &Outline) -> Features {
    let sentences = view.sentences;
    let mut features = Features::new();
    let own = outline
        .sentences
        .get(candidate.sentence)
        .map_or(0.0, |kinds| kinds[kind as usize]);
    let most = outline
        .sentences
        .iter()
        .map(|kinds| kinds[kind as usize])
        .fold(0.0f32, f32::max);
    let better = outline
        .sentences
        .iter()
        .filter(|kinds| kinds[kind as usize] > own)
        .count();
    features.add("always", &[]);
    features.add("own", &[step(own)]);
    features.add("own-most", &[step(own), step(most)]);
    features.add("better", &[count(better)]);
    features.add("at", &[count(candidate.sentence)]);
    features.add("rule", &[candidate.rule]);
    features.add("words", &[&candidate.words.to_lowercase()]);
    features.add("days", &[count(candidate.days)]);
    features.add("days-own", &[count(candidate.days), step(own)]);
    let ago = match candidate.ago {
        None => "?",
        Some(ago) if ago < 0 => "ahead",
        Some(ago) => count(usize::try_from(ago).unwrap_or(usize::MAX)),
    };
    features.add("ago", &[ago]);
    features.add("ago-own", &[ago, step(own)]);
    for (at, token) in sentences[candidate.sentence].tokens.iter().enumerate() {
        if matches!(token.tag, Tag::Verb | Tag::Noun) {
            features.add("b", &[view.lemma(candidate.sentence, at)]);
        }
    }
    features
}

/// For whether two phrases belong to one act of a kind.
#[must_use]
pub fn of_pair(a: &Entity, b: &Entity, kind: Kind, view: &View, outline: &Outline) -> Features {
    let mut features = Features::new();
    let (first, second) = if a.part <= b.part { (a, b) } else { (b, a) };
    let parts = [first.part.name(), second.part.name()];
    let away = first
        .mentions
        .iter()
        .flat_map(|x| second.mentions.iter().map(|y| x.sentence.abs_diff(y.sentence)))
        .min()
        .unwrap_or(0);
    let best = |entity: &Entity| entity.best().map_or(0, |mention| mention.sentence);
    let (from, to) = (best(first).min(best(second)), best(first).max(best(second)));
    let told = |at: &usize| {
        outline
            .sentences
            .get(*at)
            .map_or(0.0, |kinds| kinds[kind as usize])
            >= SCENE_TOLD
    };
    let between = (from + 1..to).filter(told).count();
    let all = (0..view.sentences.len()).filter(told).count();
    features.add("always", &[]);
    features.add("kind", &[kind.name()]);
    features.add("parts", &parts);
    features.add("away", &[count(away)]);
    features.add("away-parts", &[count(away), parts[0], parts[1]]);
    features.add("apart", &[count(to - from)]);
    features.add("apart-parts", &[count(to - from), parts[0], parts[1]]);
    features.add("between", &[count(between)]);
    features.add("all", &[count(all)]);
    features.add("away-all", &[count(away), count(all)]);
    features.add("length", &[count(view.sentences.len() / 4)]);
    features.add(
        "often",
        &[count(first.mentions.len()), count(second.mentions.len())],
    );
    if first.described.as_deref() == Some(second.words.as_str()) {
        features.add("described", &[]);
    }
    for word in view.words(to) {
        features.add("w", &[&word.lemma]);
        if to > from {
            features.add("w-apart", &[&word.lemma]);
        }
    }
    features
}
