//! Where claims stand on their pages, and which pages are copies of one text.

use crate::frame::{Frames, PAGE_BUILT_ALIKE};
use crate::groups::Groups;
use crate::wording;
use model::{Document, DocumentId, PassageId};
use std::collections::{BTreeMap, BTreeSet};

/// Share of equal bins of two signatures from which two pages are one text.
///
/// 0.5: half of all word runs in common. Bins are MinHash bins, so the share estimates the Jaccard
/// similarity with a standard error of at most 0.5/√bins (0.044 for 128 bins); pages about one event that
/// were written apart share well under 0.2. Raise it and reworked copies count as own texts; lower it and
/// pages that share long quotations become one text.
pub(crate) const SAME_TEXT_MIN: f64 = 0.5;

/// Fewest filled bins for a signature to be compared; below that the estimate is too coarse.
/// 16 bins: a standard error of 0.125.
const BINS_MIN: usize = 16;

/// Rows of a band when pages are brought together for comparison. With 4 rows and 32 bands (128 bins), a
/// pair that shares half its bins is compared with a chance of 87 %, one that shares 0.7 with 99.99 %.
const BAND_ROWS: usize = 4;

/// Most pages of one band that are all compared with each other; beyond it each is compared with the
/// first. Bounds the work when thousands of copies share a band.
const BAND_ALL_MAX: usize = 32;

/// One page's facts, as far as fusing needs them.
pub(crate) struct Pages<'a> {
    documents: Vec<&'a Document>,
    index: BTreeMap<&'a DocumentId, usize>,
    passages: Vec<BTreeMap<&'a PassageId, (usize, bool)>>,
    copy_keys: Vec<String>,
    text_hashes: Vec<u64>,
    /// Pairs of pages found to be one text, with the share in common; first page first.
    pub(crate) same_text: Vec<(usize, usize, f64)>,
    /// Pairs of pages whose sentences are built alike though their words differ, with the share of the shorter page.
    pub(crate) reworked: Vec<(usize, usize, f64)>,
    groups: Groups,
}

impl<'a> Pages<'a> {
    /// Reads the documents; their order does not matter.
    pub(crate) fn read(documents: &'a [Document]) -> Self {
        let mut sorted: Vec<&Document> = documents.iter().collect();
        sorted.sort_by(|a, b| a.id.cmp(&b.id));
        sorted.dedup_by(|a, b| a.id == b.id);
        let passages = sorted.iter().map(|document| orders(document));
        let text_hashes = sorted.iter().map(|document| text_hash(document)).collect();
        let mut pages = Self {
            index: sorted
                .iter()
                .enumerate()
                .map(|(index, document)| (&document.id, index))
                .collect(),
            passages: passages.collect(),
            copy_keys: Vec::new(),
            documents: sorted,
            text_hashes,
            same_text: Vec::new(),
            reworked: Vec::new(),
            groups: Groups::alone(documents.len()),
        };
        pages.find_copies();
        pages
    }

    /// The document with this id.
    pub(crate) fn document(&self, id: &DocumentId) -> Option<&'a Document> {
        self.index.get(id).map(|index| self.documents[*index])
    }

    /// The document at an index.
    pub(crate) fn at(&self, index: usize) -> &'a Document {
        self.documents[index]
    }

    /// All documents in order of id.
    pub(crate) fn documents(&self) -> &[&'a Document] {
        &self.documents
    }

    /// Order of a passage on its page, and whether it belongs to the article. For a passage that the
    /// document does not list, the order is worked out from its place in bytes: 600 bytes are about one
    /// paragraph of news.
    pub(crate) fn passage(&self, document: &DocumentId, passage: &PassageId, start: usize) -> (usize, bool) {
        self.index
            .get(document)
            .and_then(|index| self.passages[*index].get(passage))
            .copied()
            .unwrap_or((start / 600, true))
    }

    /// A key that all copies of one text share and that another copy does not change.
    pub(crate) fn copy_key(&self, document: &DocumentId) -> String {
        let known = self
            .index
            .get(document)
            .map(|index| self.copy_keys[*index].clone());
        known.unwrap_or_else(|| document.to_string())
    }

    /// Names each group of copies by the least hash of its texts: a further copy brings no new hash.
    fn name_copies(&mut self) {
        let groups = &mut self.groups;
        self.copy_keys.clear();
        let mut least: BTreeMap<usize, u64> = BTreeMap::new();
        for (index, hash) in self.text_hashes.iter().enumerate() {
            let entry = least.entry(groups.root(index)).or_insert(*hash);
            *entry = (*entry).min(*hash);
        }
        for (index, document) in self.documents.iter().enumerate() {
            let hash = least.get(&groups.root(index)).copied().filter(|hash| *hash != 0);
            self.copy_keys
                .push(hash.map_or_else(|| document.id.to_string(), |hash| format!("{hash:016x}")));
        }
    }

    fn find_copies(&mut self) {
        let mut candidates = BTreeSet::new();
        let mut bands: BTreeMap<(usize, u64), Vec<usize>> = BTreeMap::new();
        for (index, document) in self.documents.iter().enumerate() {
            if self.text_hashes[index] != 0 {
                bands
                    .entry((usize::MAX, self.text_hashes[index]))
                    .or_default()
                    .push(index);
            }
            for (band, rows) in document.signature.chunks(BAND_ROWS).enumerate() {
                if rows.iter().all(|bin| *bin != u32::MAX) {
                    let hash = wording::fnv(rows.iter().flat_map(|bin| bin.to_be_bytes()));
                    bands.entry((band, hash)).or_default().push(index);
                }
            }
        }
        for members in bands.values() {
            let all = members.len() <= BAND_ALL_MAX;
            for (position, a) in members.iter().enumerate() {
                let rest = &members[position + 1..];
                candidates.extend(
                    rest.iter()
                        .take(if all || position == 0 { rest.len() } else { 0 })
                        .map(|b| (*a, *b)),
                );
            }
        }
        for (a, b) in candidates {
            let score = self.same_share(a, b);
            if score >= SAME_TEXT_MIN {
                self.same_text.push((a, b, score));
                self.groups.unite(a, b);
            }
        }
        self.name_copies();
    }

    /// Looks among pairs of pages for copies whose words were swapped; whether any was found. The pages of such a
    /// pair are one text from then on.
    pub(crate) fn find_reworked(&mut self, candidates: &BTreeSet<(&DocumentId, &DocumentId)>) -> bool {
        let mut frames: BTreeMap<usize, Frames> = BTreeMap::new();
        for (a, b) in candidates {
            let (Some(a), Some(b)) = (self.index.get(a).copied(), self.index.get(b).copied()) else {
                continue;
            };
            for page in [a, b] {
                frames
                    .entry(page)
                    .or_insert_with(|| Frames::read(self.documents[page]));
            }
            let share = frames[&a].share(&frames[&b]);
            if share >= PAGE_BUILT_ALIKE {
                self.reworked.push((a, b, share));
                self.groups.unite(a, b);
            }
        }
        if !self.reworked.is_empty() {
            self.name_copies();
        }
        !self.reworked.is_empty()
    }

    fn same_share(&self, a: usize, b: usize) -> f64 {
        if self.text_hashes[a] != 0 && self.text_hashes[a] == self.text_hashes[b] {
            return 1.0;
        }
        signature_share(&self.documents[a].signature, &self.documents[b].signature)
    }
}

/// The order of each passage, counted in passages of the article, and whether it is one of them: a date line
/// between a headline and the first paragraph does not part them.
fn orders(document: &Document) -> BTreeMap<&PassageId, (usize, bool)> {
    let mut order = 0;
    let mut orders = BTreeMap::new();
    for passage in &document.passages {
        let main = passage.kind.is_main();
        orders.insert(&passage.id, (order, main));
        order += usize::from(main);
    }
    orders
}

/// The share of equal bins among the bins that either signature fills; 0 when too few are filled.
pub(crate) fn signature_share(a: &[u32], b: &[u32]) -> f64 {
    if a.len() != b.len() {
        return 0.0;
    }
    let filled = a
        .iter()
        .zip(b)
        .filter(|(x, y)| **x != u32::MAX || **y != u32::MAX);
    let (mut equal, mut all) = (0_u32, 0_u32);
    for (x, y) in filled {
        all += 1;
        equal += u32::from(x == y);
    }
    if (all as usize) < BINS_MIN {
        0.0
    } else {
        f64::from(equal) / f64::from(all)
    }
}

/// Hash of the article's words; 0 when the page has none.
fn text_hash(document: &Document) -> u64 {
    let mut words = document
        .main()
        .map(|passage| wording::plain(&passage.text))
        .filter(|text| !text.is_empty())
        .peekable();
    if words.peek().is_none() {
        return 0;
    }
    wording::fnv(words.flat_map(|text| text.into_bytes().into_iter().chain([b'\n']))).max(1)
}
