//! Reads PolNeAR: news articles with the source, cue and content of every attribution, in brat's stand-off form.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::ops::Range;
use std::path::Path;

use anyhow::{Context, Result};

/// Byte ranges of a text; several when an annotation is in pieces.
pub(crate) type Spans = Vec<Range<usize>>;

/// One attribution.
#[derive(Clone, Debug, Default)]
pub(crate) struct Attribution {
    pub source: Spans,
    pub cue: Spans,
    pub content: Spans,
}

/// One article.
pub(crate) struct Article {
    pub name: String,
    pub text: String,
    /// What each annotator found, in the order of the files; most articles have one.
    pub annotators: Vec<Vec<Attribution>>,
}

impl Article {
    /// The lines that hold words, as byte ranges.
    pub(crate) fn paragraphs(&self) -> Vec<Range<usize>> {
        let mut start = 0;
        let mut paragraphs = Vec::new();
        for line in self.text.split('\n') {
            if !line.trim().is_empty() {
                paragraphs.push(start..start + line.len());
            }
            start += line.len() + 1;
        }
        paragraphs
    }
}

/// The articles of an archive, by name: `text/NAME.txt` and one or more `attributions/NAME_ANNOTATOR.ann`.
pub(crate) fn read(archive: &Path) -> Result<Vec<Article>> {
    let bytes = fs::read(archive).with_context(|| format!("reading {}", archive.display()))?;
    let mut tar = tar::Archive::new(flate2::read::GzDecoder::new(&bytes[..]));
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    let mut annotations: BTreeMap<String, String> = BTreeMap::new();
    for entry in tar.entries()? {
        let mut entry = entry?;
        let path = entry.path()?.into_owned();
        let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
        let ending = path
            .extension()
            .map(|ending| ending.to_string_lossy().into_owned());
        let (Some(stem), Some(ending)) = (stem, ending) else {
            continue;
        };
        let into = match ending.as_str() {
            "txt" => &mut texts,
            "ann" => &mut annotations,
            _ => continue,
        };
        let mut text = String::new();
        entry
            .read_to_string(&mut text)
            .with_context(|| format!("reading {}", path.display()))?;
        into.insert(stem, text);
    }
    let mut annotators: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (stem, annotation) in annotations {
        let name = match stem.rsplit_once('_') {
            Some((name, _)) if texts.contains_key(name) => name.to_owned(),
            _ => stem,
        };
        annotators.entry(name).or_default().push(annotation);
    }
    let articles = texts.into_iter().map(|(name, text)| {
        let found = annotators.remove(&name).unwrap_or_default();
        let annotators = found.iter().map(|one| attributions(one, &text)).collect();
        Article {
            name,
            text,
            annotators,
        }
    });
    Ok(articles.collect())
}

/// Offsets count characters; ours count bytes.
fn attributions(annotation: &str, text: &str) -> Vec<Attribution> {
    let mut bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    bytes.push(text.len());
    let byte = |offset: &str| bytes.get(offset.parse::<usize>().ok()?).copied();
    let mut spans: BTreeMap<&str, Spans> = BTreeMap::new();
    let rows = || annotation.split('\n').filter_map(|row| row.split_once('\t'));
    for (id, rest) in rows().filter(|(id, _)| id.starts_with('T')) {
        let Some((_, offsets)) = rest
            .split('\t')
            .next()
            .and_then(|type_and| type_and.split_once(' '))
        else {
            continue;
        };
        let pieces = offsets.split(';').filter_map(|piece| {
            let (start, end) = piece.split_once(' ')?;
            Some(byte(start)?..byte(end)?)
        });
        spans.insert(id, joined(pieces.collect(), text));
    }
    let mut all = Vec::new();
    for (_, rest) in rows().filter(|(id, _)| id.starts_with('E')) {
        let mut one = Attribution::default();
        for (role, id) in rest.split_whitespace().filter_map(|part| part.split_once(':')) {
            let Some(found) = spans.get(id) else { continue };
            match role.trim_end_matches(char::is_numeric) {
                "Source" => one.source.extend(found.iter().cloned()),
                "Cue" => one.cue.extend(found.iter().cloned()),
                "Content" => one.content.extend(found.iter().cloned()),
                _ => {}
            }
        }
        if !one.cue.is_empty() || !one.content.is_empty() {
            all.push(one);
        }
    }
    all
}

/// In order, and as one where only white space lies between: annotators cut long quotations now here, now there.
pub(crate) fn joined(mut spans: Spans, text: &str) -> Spans {
    spans.retain(|span| !span.is_empty());
    spans.sort_by_key(|span| (span.start, span.end));
    let mut all: Spans = Vec::new();
    for span in spans {
        match all.last_mut() {
            Some(last)
                if span.start <= last.end
                    || text
                        .get(last.end..span.start)
                        .is_some_and(|between| between.trim().is_empty()) =>
            {
                last.end = last.end.max(span.end);
            }
            _ => all.push(span),
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_count_characters_and_pieces_are_joined() {
        let text = "Zoë said: yes. Perhaps.";
        let annotation = "T1\tSource 0 3\tZoë\nT2\tCue 4 8\tsaid\nT3\tContent 10 14;15 23\tyes. Perhaps.\n\
                          T4\tAttribution 4 8\tsaid\nE1\tAttribution:T4 Content:T3 Source:T1 Cue:T2\n#1\tnote";
        let all = attributions(annotation, text);
        assert_eq!(all.len(), 1);
        let words = |spans: &Spans| {
            spans
                .iter()
                .map(|span| text[span.clone()].to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(words(&all[0].source), ["Zoë"]);
        assert_eq!(words(&all[0].cue), ["said"]);
        assert_eq!(words(&all[0].content), ["yes. Perhaps."]);
    }
}
