//! Where claims stand on their pages, and which pages are copies of one text.

use crate::frame::{Frames, PAGE_BUILT_ALIKE};
use crate::near::Near;
use crate::origin::Known;
use crate::wording::{self, Hashed};
use model::{Document, DocumentId, LocatedClaim, PassageId, SourceKind, SourceLink, Span};
use std::cell::OnceCell;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

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

/// Most pages of one band that are all compared with each other, and how many before and after it, in order of id, each
/// is compared with beyond that. Bounds the work when thousands of copies share a band: the links form a chain.
const BAND_ALL_MAX: usize = 32;
const BAND_NEIGHBOURS: usize = 4;

/// One page's facts, as far as fusing needs them.
pub(crate) struct OnePage<'a> {
    pub(crate) id: &'a DocumentId,
    pub(crate) document: Option<&'a Document>,
    /// Its claims in order of id, each once.
    pub(crate) claims: Vec<&'a LocatedClaim>,
    /// The headline in plain words, when it is one and no outlet's name.
    pub(crate) title: Option<String>,
    /// Whether the headline is an outlet's own name.
    pub(crate) is_masthead: bool,
    /// Pages found to be one text with it, with the share in common.
    pub(crate) same_text: BTreeMap<u32, f64>,
    /// Pages whose sentences are built like its own though the words differ, with the share of the shorter page.
    pub(crate) reworked: BTreeMap<u32, f64>,
    /// Wordings and accounts that stand on it.
    pub(crate) wordings: Vec<u32>,
    pub(crate) accounts: Vec<u32>,
    /// Where its accounts stand, in order, and those that point at others.
    pub(crate) sites: Vec<(usize, usize, u32)>,
    pub(crate) pointing: Vec<u32>,
    passages: Vec<(&'a PassageId, usize, bool)>,
    /// Sentences that are the statement of one source.
    stated: BTreeMap<Span, &'a SourceLink>,
    text_hash: u64,
    bands: Vec<u64>,
    frames: OnceCell<Frames>,
}

/// Pages that are one text, as groups with names.
#[derive(Default)]
pub(crate) struct Texts {
    of_page: Vec<Arc<str>>,
    pages: HashMap<Arc<str>, Vec<u32>, Hashed>,
}

/// All pages.
pub(crate) struct Pages<'a> {
    pub(crate) pages: Vec<OnePage<'a>>,
    index: HashMap<&'a DocumentId, u32, Hashed>,
    titled: HashMap<&'a str, BTreeSet<u32>, Hashed>,
    bands: Near,
    /// Groups of copies, before reworked copies are known.
    pub(crate) copied: Texts,
    /// Groups of copies, reworked ones among them.
    pub(crate) texts: Texts,
}

impl<'a> Pages<'a> {
    pub(crate) fn new() -> Self {
        Self {
            pages: Vec::new(),
            index: HashMap::default(),
            titled: HashMap::default(),
            bands: Near::new(BAND_ALL_MAX, BAND_NEIGHBOURS),
            copied: Texts::default(),
            texts: Texts::default(),
        }
    }

    /// Takes in documents and claims, in any order; gives the pages that are new, have more than before, or belong to
    /// another group of plain copies.
    pub(crate) fn add(
        &mut self,
        documents: &'a [Document],
        claims: &'a [LocatedClaim],
        known: &Known<'_>,
    ) -> BTreeSet<u32> {
        let (mut touched, mut fresh) = (BTreeSet::new(), BTreeSet::new());
        // Pages of one time lie together: they are compared with each other.
        let mut in_time: Vec<&Document> = documents.iter().collect();
        in_time.sort_by_cached_key(|document| document.published.edtf.earliest());
        for document in in_time {
            let page = self.entry(&document.id);
            if self.pages[page as usize].document.is_none() {
                self.pages[page as usize].read(document, known);
                if let Some(title) = document.title.as_deref() {
                    self.titled.entry(title).or_default().insert(page);
                }
                touched.insert(page);
                fresh.insert(page);
            }
        }
        let mut with_more = BTreeSet::new();
        for located in claims {
            let page = self.entry(&located.claim.document);
            self.pages[page as usize].claims.push(located);
            with_more.insert(page);
        }
        for page in with_more {
            let entry = &mut self.pages[page as usize];
            entry.claims.sort_by(|a, b| a.claim.id.cmp(&b.claim.id));
            entry.claims.dedup_by(|a, b| a.claim.id == b.claim.id);
            entry.stated = stated(&entry.claims);
            touched.insert(page);
        }
        for page in self.copied.of_page.len()..self.pages.len() {
            fresh.insert(page as u32);
        }
        touched.extend(self.find_copies(&fresh));
        touched
    }

    fn entry(&mut self, id: &'a DocumentId) -> u32 {
        let next = self.pages.len() as u32;
        let page = *self.index.entry(id).or_insert(next);
        if page == next {
            self.pages.push(OnePage::unread(id));
        }
        page
    }

    pub(crate) fn page(&self, id: &DocumentId) -> Option<&OnePage<'a>> {
        self.index.get(id).map(|page| &self.pages[*page as usize])
    }

    /// The number of a page.
    pub(crate) fn number(&self, id: &DocumentId) -> Option<u32> {
        self.index.get(id).copied()
    }

    /// The document with this id.
    pub(crate) fn document(&self, id: &DocumentId) -> Option<&'a Document> {
        self.page(id)?.document
    }

    /// All pages whose documents are known, in order of id.
    pub(crate) fn in_order(&self) -> Vec<u32> {
        let all = 0..self.pages.len() as u32;
        let mut known: Vec<u32> = all
            .filter(|page| self.pages[*page as usize].document.is_some())
            .collect();
        known.sort_by(|a, b| self.by_id(*a, *b));
        known
    }

    /// Pages under the same title as a page, itself among them.
    pub(crate) fn titled_alike(&self, page: u32) -> impl Iterator<Item = u32> {
        let document = self.pages[page as usize].document;
        let title = document.and_then(|document| document.title.as_deref());
        let titled = title.and_then(|title| self.titled.get(title));
        titled.into_iter().flatten().copied()
    }

    pub(crate) fn by_id(&self, a: u32, b: u32) -> Ordering {
        self.pages[a as usize].id.cmp(self.pages[b as usize].id)
    }

    /// A key that all copies of one text share and that another copy does not change.
    pub(crate) fn copy_key<'k>(&'k self, document: &'k DocumentId) -> &'k str {
        self.index
            .get(document)
            .map_or_else(|| document.as_str(), |page| &self.texts.of_page[*page as usize])
    }

    /// The statement of a sentence, when it is that of one source.
    pub(crate) fn stated(&self, document: &DocumentId, sentence: Span) -> Option<&'a SourceLink> {
        self.page(document)?.stated.get(&sentence).copied()
    }

    /// Compares fresh pages with those that share a band; gives the pages whose groups have another name.
    fn find_copies(&mut self, fresh: &BTreeSet<u32>) -> Vec<u32> {
        let mut doubtful = BTreeSet::new();
        for page in fresh {
            let keys = &self.pages[*page as usize].bands;
            self.bands.put(*page, keys);
        }
        let pages = &self.pages;
        let order = |a: u32, b: u32| pages[a as usize].id.cmp(pages[b as usize].id);
        self.bands.settle(&order, &mut doubtful);
        let mut found: Vec<(u32, u32, f64)> = Vec::new();
        let mut near = Vec::new();
        let mut is_fresh = vec![false; pages.len()];
        for page in fresh {
            is_fresh[*page as usize] = true;
        }
        for page in fresh {
            near.clear();
            let one = &pages[*page as usize];
            self.bands.of(*page, &one.bands, &order, &mut near);
            near.sort_unstable();
            near.dedup();
            // Of two fresh pages the later looks at the earlier.
            for other in near
                .iter()
                .filter(|other| *other < page || !is_fresh[**other as usize])
            {
                let score = one.same_share(&pages[*other as usize]);
                if score >= SAME_TEXT_MIN {
                    found.push((*page, *other, score));
                }
            }
        }
        let is_near = |a: u32, b: u32| {
            let keys = |page: u32| pages[page as usize].bands.as_slice();
            self.bands.are((a, keys(a)), (b, keys(b)), &order)
        };
        let lost: Vec<(u32, u32)> = doubtful
            .into_iter()
            .filter(|(a, b)| pages[*a as usize].same_text.contains_key(b) && !is_near(*a, *b))
            .collect();
        let mut touched: Vec<u32> = fresh.iter().copied().collect();
        for (a, b) in lost {
            self.pages[a as usize].same_text.remove(&b);
            self.pages[b as usize].same_text.remove(&a);
            touched.extend([a, b]);
        }
        for (a, b, score) in found {
            self.pages[a as usize].same_text.insert(b, score);
            self.pages[b as usize].same_text.insert(a, score);
            touched.extend([a, b]);
        }
        self.copied
            .regroup(&touched, &self.pages, |page| page.same_text.keys())
    }

    /// Links two pages as reworked copies, or not any more.
    pub(crate) fn relink_reworked(&mut self, a: u32, b: u32, share: Option<f64>) {
        for (from, to) in [(a, b), (b, a)] {
            let links = &mut self.pages[from as usize].reworked;
            match share {
                Some(share) => drop(links.insert(to, share)),
                None => drop(links.remove(&to)),
            }
        }
    }

    /// Groups anew with reworked copies, after links of pages have changed; gives the pages whose groups have another
    /// name.
    pub(crate) fn regroup_texts(&mut self, touched: &[u32]) -> Vec<u32> {
        self.texts.regroup(touched, &self.pages, |page| {
            page.same_text.keys().chain(page.reworked.keys())
        })
    }

    /// The share of the shorter page that stands in sentences which the other builds alike, when that makes them one
    /// text.
    pub(crate) fn sentences_alike(&self, a: u32, b: u32) -> Option<f64> {
        let frames = |page: u32| {
            let page = &self.pages[page as usize];
            page.frames
                .get_or_init(|| page.document.map(Frames::read).unwrap_or_default())
        };
        // Of pages of one length either is the shorter: the first by id is taken.
        let (a, b) = if self.by_id(a, b).is_lt() { (a, b) } else { (b, a) };
        let share = frames(a).share(frames(b));
        (share >= PAGE_BUILT_ALIKE).then_some(share)
    }
}

impl<'a> OnePage<'a> {
    fn unread(id: &'a DocumentId) -> Self {
        Self {
            id,
            document: None,
            claims: Vec::new(),
            title: None,
            is_masthead: false,
            same_text: BTreeMap::new(),
            reworked: BTreeMap::new(),
            wordings: Vec::new(),
            accounts: Vec::new(),
            sites: Vec::new(),
            pointing: Vec::new(),
            passages: Vec::new(),
            stated: BTreeMap::new(),
            text_hash: 0,
            bands: Vec::new(),
            frames: OnceCell::new(),
        }
    }

    fn read(&mut self, document: &'a Document, known: &Known<'_>) {
        self.document = Some(document);
        self.frames = OnceCell::new();
        self.passages = orders(document);
        self.text_hash = wording::text_hash(document.main().map(|passage| passage.text.as_str()));
        let plain = document.title.as_deref().map(wording::plain);
        self.is_masthead = plain.as_deref().is_some_and(|title| known.is_masthead(title));
        self.title = plain;
        self.bands = bands(&document.signature, self.text_hash);
    }

    /// Order of a passage on its page, and whether it belongs to the article. For a passage that the
    /// document does not list, the order is worked out from its place in bytes: 600 bytes are about one
    /// paragraph of news.
    pub(crate) fn passage(&self, passage: &PassageId, start: usize) -> (usize, bool) {
        let known = self.passages.binary_search_by(|(id, ..)| (*id).cmp(passage));
        known.map_or((start / 600, true), |at| {
            (self.passages[at].1, self.passages[at].2)
        })
    }

    fn same_share(&self, other: &Self) -> f64 {
        if self.text_hash != 0 && self.text_hash == other.text_hash {
            return 1.0;
        }
        let signature = |page: &Self| page.document.map_or(&[][..], |document| &document.signature);
        signature_share(signature(self), signature(other))
    }
}

impl Texts {
    pub(crate) fn name(&self, page: u32) -> &Arc<str> {
        &self.of_page[page as usize]
    }

    /// The pages that are one text with a page, itself among them.
    pub(crate) fn pages(&self, page: u32) -> &[u32] {
        self.pages.get(self.name(page)).map_or(&[], Vec::as_slice)
    }

    /// Groups anew what hangs together with pages whose links have changed; gives the pages whose groups have another
    /// name than before. A group is named by the least hash of its texts: a further copy brings no new hash.
    pub(crate) fn regroup<'p, 'a: 'p, I: Iterator<Item = &'p u32>>(
        &mut self,
        touched: &[u32],
        pages: &'p [OnePage<'a>],
        linked: impl Fn(&'p OnePage<'a>) -> I,
    ) -> Vec<u32> {
        self.of_page.resize_with(pages.len(), || Arc::from(""));
        let mut waiting: Vec<u32> = Vec::new();
        let mut gone: BTreeSet<Arc<str>> = BTreeSet::new();
        for page in touched {
            if gone.insert(Arc::clone(self.name(*page))) {
                waiting.extend(self.pages(*page));
            }
            waiting.push(*page);
        }
        let mut seen: HashSet<u32, Hashed> = HashSet::default();
        let mut groups: Vec<Vec<u32>> = Vec::new();
        for start in waiting {
            if !seen.insert(start) {
                continue;
            }
            let mut group = vec![start];
            let mut at = 0;
            while let Some(page) = group.get(at).copied() {
                at += 1;
                for next in linked(&pages[page as usize]) {
                    if seen.insert(*next) {
                        group.push(*next);
                    }
                }
            }
            groups.push(group);
        }
        let mut changed = Vec::new();
        for page in groups.iter().flatten() {
            let name = Arc::clone(self.name(*page));
            self.pages.remove(&name);
        }
        for group in groups {
            let least = group.iter().map(|page| pages[*page as usize].text_hash).min();
            let shared: Option<Arc<str>> = least
                .filter(|hash| *hash != 0)
                .map(|hash| Arc::from(format!("{hash:016x}")));
            for page in group {
                let name = shared
                    .clone()
                    .unwrap_or_else(|| Arc::from(pages[page as usize].id.as_str()));
                self.pages.entry(Arc::clone(&name)).or_default().push(page);
                if self.of_page[page as usize] != name {
                    self.of_page[page as usize] = name;
                    changed.push(page);
                }
            }
        }
        changed
    }
}

/// The bands of a signature, and the hash of the text as one more.
fn bands(signature: &[u32], text_hash: u64) -> Vec<u64> {
    let whole = signature
        .chunks(BAND_ROWS)
        .enumerate()
        .filter(|(_, rows)| rows.iter().all(|bin| *bin != u32::MAX));
    let mut bands: Vec<u64> = whole
        .map(|(band, rows)| {
            let number = (band as u64).to_be_bytes();
            wording::fnv(
                number
                    .into_iter()
                    .chain(rows.iter().flat_map(|bin| bin.to_be_bytes())),
            )
        })
        .collect();
    if text_hash != 0 {
        bands.push(text_hash);
    }
    bands.sort_unstable();
    bands.dedup();
    bands
}

/// The order of each passage, counted in passages of the article, and whether it is one of them: a date line
/// between a headline and the first paragraph does not part them.
fn orders(document: &Document) -> Vec<(&PassageId, usize, bool)> {
    let mut order = 0;
    let mut orders = Vec::with_capacity(document.passages.len());
    for passage in &document.passages {
        let main = passage.kind.is_main();
        orders.push((&passage.id, order, main));
        order += usize::from(main);
    }
    // Of a passage listed twice the last counts.
    orders.reverse();
    orders.sort_by(|a, b| a.0.cmp(b.0));
    orders.dedup_by(|next, kept| next.0 == kept.0);
    orders
}

/// Sentences in which one source, and no other, states something.
fn stated<'a>(claims: &[&'a LocatedClaim]) -> BTreeMap<Span, &'a SourceLink> {
    let mut stated: BTreeMap<Span, BTreeSet<&SourceLink>> = BTreeMap::new();
    let statements = claims
        .iter()
        .map(|located| &located.claim)
        .filter(|claim| claim.act.id.as_str() == "statement");
    for claim in statements {
        if let Some(link) = claim.source().filter(|link| link.kind != SourceKind::Page) {
            stated.entry(claim.span).or_default().insert(link);
        }
    }
    let mut only = BTreeMap::new();
    for (sentence, links) in stated {
        if let Some(first) = links.first()
            && links.iter().all(|link| link.label == first.label)
        {
            only.insert(sentence, *first);
        }
    }
    only
}

/// The share of equal bins among the bins that either signature fills; 0 when too few are filled.
pub(crate) fn signature_share(a: &[u32], b: &[u32]) -> f64 {
    if a.len() != b.len() {
        return 0.0;
    }
    let (mut equal, mut empty) = (0_usize, 0_usize);
    for (x, y) in a.iter().zip(b) {
        equal += usize::from(x == y);
        empty += usize::from(x & y == u32::MAX);
    }
    let filled = a.len() - empty;
    if filled < BINS_MIN {
        0.0
    } else {
        (equal - empty) as f64 / filled as f64
    }
}
