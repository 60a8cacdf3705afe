//! Text in, linguistic structure out: tokens, sentences, tags, trees, numbers and time expressions.
//!
//! Gets any string and the rules and weights of one [`Language`]; gives an [`Analysis`] whose spans are byte
//! ranges of that string. Never fails, never panics, never reads or writes anything outside its arguments, and
//! knows no word of conflict, agreement or place: what a sentence *means* is for others to say.
//!
//! ```
//! use language::{Language, segment};
//! let analysis = segment("He didn't come. She did.", Language::english());
//! let words: Vec<&str> = analysis.sentences[0].tokens.iter().map(|t| t.text.as_str()).collect();
//! assert_eq!(words, ["He", "did", "n't", "come", "."]);
//! assert_eq!(analysis.sentences.len(), 2);
//! ```

mod analysis;
mod fault;
mod hash;
mod lemma;
pub mod linear;
pub mod number;
mod packed;
pub mod parser;
mod rules;
mod sentence;
mod slots;
pub mod tagger;
pub mod time;
mod token;
pub mod vectors;

pub use analysis::{Analysis, Relation, Sentence, Shape, Tag, Token};
pub use fault::Fault;
pub use lemma::lemma_of;
pub use rules::{Language, LanguageData};

/// Cuts `text` into sentences and tokens. Tags are [`Tag::X`], lemmas are the lower-cased words, and there is
/// no tree: for callers who only count or look words up. Never fails; an empty text gives no sentence.
pub fn segment(text: &str, language: &Language) -> Analysis {
    let raw = token::cut(text, language);
    Analysis {
        sentences: sentence::group(text, &raw, language),
    }
}

/// [`segment`], and every token tagged and lemmatised; no tree until [`parse`] is asked for one.
pub fn analyse_shallow(text: &str, language: &Language) -> Analysis {
    let mut analysis = segment(text, language);
    for sentence in &mut analysis.sentences {
        if let Some(model) = language.tag_model() {
            tagger::write_tags(sentence, model, language.word_vectors());
        }
        lemma::write_lemmas(sentence, language);
    }
    analysis
}

/// Writes the dictionary forms of a sentence whose tags were set or corrected by the caller.
pub fn lemmatise(sentence: &mut Sentence, language: &Language) {
    lemma::write_lemmas(sentence, language);
}

/// Writes head and relation of every token of a sentence from [`analyse_shallow`]: for callers who look at
/// few sentences closely. Leaves them `None` if the language has no parser.
pub fn parse(sentence: &mut Sentence, language: &Language) {
    if let Some(model) = language.parse_model() {
        parser::write_tree(sentence, model, language.word_vectors());
    }
}

/// Everything this crate can say about `text`: sentences, tokens, tags, lemmas and trees.
///
/// Never fails and never panics, whatever the text; time grows linearly with its length.
pub fn analyse(text: &str, language: &Language) -> Analysis {
    let mut analysis = analyse_shallow(text, language);
    for sentence in &mut analysis.sentences {
        parse(sentence, language);
    }
    analysis
}
