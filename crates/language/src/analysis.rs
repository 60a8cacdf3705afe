//! What an analysis is made of. Holds values only; reads no text.

use std::ops::Range;

/// The sentences of one text, in order and without overlap.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Analysis {
    /// The sentences, in the order of the text.
    pub sentences: Vec<Sentence>,
}

/// One sentence, headline or list item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// From the first byte of the first token to the last byte of the last, in the analysed text.
    pub span: Range<usize>,
    /// At least one token.
    pub tokens: Vec<Token>,
}

/// One syntactic word, cut as Universal Dependencies cut English: `did` `n't`, `Syria` `'s`, `car` `-` `maker`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Bytes in the analysed text; always on character boundaries.
    pub span: Range<usize>,
    /// The bytes of `span`, as written.
    pub text: String,
    /// Lower-cased, with typographic apostrophes made straight.
    pub lower: String,
    /// The dictionary form; the lower-cased word (or, for names, the word as written) where none is known.
    pub lemma: String,
    /// What the letters look like.
    pub shape: Shape,
    /// The part of speech; [`Tag::X`] after [`crate::segment`].
    pub tag: Tag,
    /// The head's index in the sentence; `None` for the root and where no tree was made.
    pub head: Option<usize>,
    /// How it hangs on its head; `Some(Relation::Root)` for the root, `None` where no tree was made.
    pub relation: Option<Relation>,
}

/// What the letters of a token look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Shape {
    /// Lower-case letters, or letters without case.
    Word,
    /// First letter upper case, the rest not all upper case.
    Capitalised,
    /// Two or more letters, all upper case.
    AllCaps,
    /// Digits, with points, commas, colons and the like: `1,500`, `10:30`, `3/5`.
    Number,
    /// Letters and digits together: `T-72`, `5th`, `1990s`.
    Mixed,
    /// Marks that structure a sentence.
    Punctuation,
    /// Currency signs, operators, emoji and other signs.
    Symbol,
}

/// The universal part-of-speech tags (universaldependencies.org/u/pos).
#[expect(missing_docs, reason = "the names are those of the UPOS standard")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Tag {
    Adj,
    Adp,
    Adv,
    Aux,
    Cconj,
    Det,
    Intj,
    Noun,
    Num,
    Part,
    Pron,
    Propn,
    Punct,
    Sconj,
    Sym,
    Verb,
    X,
}

impl Tag {
    /// Every tag, in the order of the standard's list.
    pub const ALL: [Tag; 17] = [
        Tag::Adj,
        Tag::Adp,
        Tag::Adv,
        Tag::Aux,
        Tag::Cconj,
        Tag::Det,
        Tag::Intj,
        Tag::Noun,
        Tag::Num,
        Tag::Part,
        Tag::Pron,
        Tag::Propn,
        Tag::Punct,
        Tag::Sconj,
        Tag::Sym,
        Tag::Verb,
        Tag::X,
    ];

    /// The name as treebanks write it: `ADJ`.
    pub fn name(self) -> &'static str {
        const NAMES: [&str; 17] = [
            "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON", "PROPN",
            "PUNCT", "SCONJ", "SYM", "VERB", "X",
        ];
        NAMES[self as usize]
    }

    /// The tag of that name.
    pub fn named(name: &str) -> Option<Tag> {
        Tag::ALL.into_iter().find(|tag| tag.name() == name)
    }
}

macro_rules! relations {
    ($($variant:ident $name:literal)*) => {
        /// The universal dependency relations (universaldependencies.org/u/dep) with the subtypes English uses.
        #[expect(missing_docs, reason = "the names are those of the UD standard")]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Relation { $($variant),* }

        impl Relation {
            /// Every relation, in the order of its declaration.
            pub const ALL: &[Relation] = &[$(Relation::$variant),*];

            /// The name as treebanks write it: `nsubj:pass`.
            pub fn name(self) -> &'static str {
                match self { $(Relation::$variant => $name),* }
            }

            /// The relation of that name.
            pub fn named(name: &str) -> Option<Relation> {
                match name { $($name => Some(Relation::$variant),)* _ => None }
            }
        }
    };
}

relations! {
    Root "root"
    Acl "acl" AclRelcl "acl:relcl"
    Advcl "advcl" AdvclRelcl "advcl:relcl"
    Advmod "advmod"
    Amod "amod"
    Appos "appos"
    Aux "aux" AuxPass "aux:pass"
    Case "case"
    Cc "cc" CcPreconj "cc:preconj"
    Ccomp "ccomp"
    Compound "compound" CompoundPrt "compound:prt"
    Conj "conj"
    Cop "cop"
    Csubj "csubj" CsubjPass "csubj:pass" CsubjOuter "csubj:outer"
    Dep "dep"
    Det "det" DetPredet "det:predet"
    Discourse "discourse"
    Dislocated "dislocated"
    Expl "expl"
    Fixed "fixed"
    Flat "flat"
    Goeswith "goeswith"
    Iobj "iobj"
    List "list"
    Mark "mark"
    Nmod "nmod" NmodPoss "nmod:poss" NmodUnmarked "nmod:unmarked" NmodDesc "nmod:desc"
    Nsubj "nsubj" NsubjPass "nsubj:pass" NsubjOuter "nsubj:outer"
    Nummod "nummod"
    Obj "obj"
    Obl "obl" OblAgent "obl:agent" OblUnmarked "obl:unmarked"
    Orphan "orphan"
    Parataxis "parataxis"
    Punct "punct"
    Reparandum "reparandum"
    Vocative "vocative"
    Xcomp "xcomp"
}
