//! What the fuzzer calls, and what must hold for any bytes: no panic, and every passage, artefact and claim is a
//! slice of the page.
//!
//! The fuzz targets include this file, and so does a test of the program that feeds it a few thousand changed
//! samples with an ordinary compiler.

use model::{Document, Given, Media, Page, Span};
use std::path::Path;
use std::sync::OnceLock;

/// The words of the repository.
struct Words {
    lexicon: claims::Lexicon,
    damage: text::Damage,
}

fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let data = here
            .ancestors()
            .map(|folder| folder.join("data"))
            .find(|data| data.join("lexicon").is_dir())
            .expect("the data lies above the crate");
        let mut files = Vec::new();
        collect(&data, &data, &mut files);
        files.retain(|(name, _)| !name.starts_with("demo/"));
        files.sort();
        let under = |folder: &str| -> Vec<(String, String)> {
            files
                .iter()
                .filter(|(name, _)| name.starts_with(folder))
                .cloned()
                .collect()
        };
        let (gazetteer, _) = places::Gazetteer::parse(&under("gazetteer/"));
        Words {
            lexicon: claims::Lexicon::parse(&files, gazetteer.names()).0,
            damage: text::Damage::parse(&under("lexicon/")).0,
        }
    })
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<(String, String)>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(root, &path, files);
        } else if let (Ok(name), Ok(text)) = (path.strip_prefix(root), std::fs::read_to_string(&path)) {
            files.push((name.to_string_lossy().replace('\\', "/"), text));
        }
    }
}

/// Any input: told apart by its bytes, taken apart, read to claims.
pub(crate) fn page(bytes: &[u8]) {
    let input = sources::Input {
        name: "page".into(),
        bytes: bytes.to_vec(),
    };
    for page in sources::read(input).pages {
        check(&page);
    }
}

/// Plain text, read to claims.
pub(crate) fn text(bytes: &[u8]) {
    check(&Page {
        name: "text".into(),
        bytes: bytes.to_vec(),
        media: Media::Text,
        given: Given::default(),
    });
}

/// Words that stand where a date is looked for: beside the page, in its first line, in its address, in a sentence.
pub(crate) fn date(bytes: &[u8]) {
    let words = String::from_utf8_lossy(bytes).into_owned();
    let given = Given {
        published: Some(words.clone()),
        url: Some(format!("https://courier.example/{words}")),
        ..Given::default()
    };
    check(&Page {
        name: "date".into(),
        bytes: format!("Published: {words}\n\nShells killed two people in Homs on {words}, a doctor said.")
            .into_bytes(),
        media: Media::Text,
        given,
    });
    let analysis = language::analyse_shallow(&words, language::Language::english());
    for sentence in &analysis.sentences {
        for found in language::time::expressions(sentence, &words) {
            assert!(words.is_char_boundary(found.span.start) && words.is_char_boundary(found.span.end));
        }
    }
}

/// Words that stand where a number is looked for.
pub(crate) fn number(bytes: &[u8]) {
    let words = String::from_utf8_lossy(bytes).into_owned();
    text(format!("At least {words} people were killed and {words} injured in Homs on Sunday.").as_bytes());
    let analysis = language::analyse_shallow(&words, language::Language::english());
    for sentence in &analysis.sentences {
        language::number::quantities(sentence, &words);
    }
}

/// Reads a page to claims and holds both to the page.
pub(crate) fn check(page: &Page) -> usize {
    let words = words();
    let document = text::clean(page, &[], &words.damage);
    let fits = |span: Span| span.start <= span.end && span.end <= page.bytes.len();
    for passage in &document.passages {
        assert!(fits(passage.span), "a passage beyond its page");
        let mut last = 0;
        for run in &passage.runs {
            let end = run.text_start + run.text_bytes;
            assert!(
                run.text_start >= last && end <= passage.text.len(),
                "runs in order within the text"
            );
            assert!(passage.text.is_char_boundary(run.text_start) && passage.text.is_char_boundary(end));
            last = end;
            if document.charset == "UTF-8" && run.text_bytes == run.raw_bytes && run.text_bytes > 1 {
                let raw = page.bytes[run.raw_start..run.raw_start + run.raw_bytes].iter();
                let shown = &passage.text[run.text_start..end];
                let space = |byte: &u8| if byte.is_ascii_whitespace() { b' ' } else { *byte };
                // Bytes that are no letters show as a replacement of the same length at times.
                let is_slice = shown.bytes().map(|byte| space(&byte)).eq(raw.map(space));
                assert!(
                    is_slice || shown.contains('\u{FFFD}'),
                    "{shown:?} is not its slice"
                );
            }
        }
    }
    for artefact in &document.artefacts {
        assert!(fits(artefact.span), "an artefact beyond its page");
    }
    let extracted = claims::extract(&document, &words.lexicon);
    for claim in &extracted.claims {
        quoted(&document, claim);
        assert!(fits(claim.trigger) && !claim.sources.is_empty());
    }
    extracted.claims.len()
}

/// The words of a claim are those that its passage shows at its span.
fn quoted(document: &Document, claim: &model::Claim) {
    let passage = document
        .passages
        .iter()
        .find(|passage| passage.id == claim.passage)
        .expect("the passage of a claim stands in its document");
    let is_there = passage.runs.iter().any(|run| {
        let at = run.text_start + claim.span.start.saturating_sub(run.raw_start);
        let end = at + claim.quote.len();
        passage.text.get(at..end) == Some(claim.quote.as_str()) && passage.raw(at..end) == claim.span
    });
    assert!(is_there, "{:?} is not what stands at its span", claim.quote);
}
