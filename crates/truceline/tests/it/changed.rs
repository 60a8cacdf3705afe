//! The entry functions of the fuzzer, fed with changed samples: what the fuzzer does for hours, for seconds.

use std::fs;
use std::path::Path;

#[path = "../../../../fuzz/src/entry.rs"]
pub(crate) mod entry;

/// Changed samples for each entry function; `RUN_SLOW_TESTS` asks for more.
fn rounds() -> usize {
    if std::env::var_os("RUN_SLOW_TESTS").is_some() {
        20_000
    } else {
        400
    }
}

/// Numbers from a fixed seed (Knuth's MMIX constants): the same samples everywhere.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % limit.max(1)
    }
}

/// Pieces that break readers, put into samples.
const PIECES: [&str; 24] = [
    "<",
    "</p>",
    "<div>",
    "<!--",
    "&amp;",
    "&#0;",
    "&#x110000;",
    "\"",
    "\u{201C}",
    "\u{202E}",
    "\u{200B}",
    "\u{0}",
    "4 May 2017",
    "31 February 0025",
    "1,000,000,000,000,000,000,000",
    "-0.5",
    "dozens of hundreds",
    "\r\n",
    "\u{FEFF}",
    "said",
    ", who said that",
    "\u{627}\u{644}",
    "\u{1F600}",
    "<script>",
];

/// A sample with some of its bytes dropped, doubled, changed or replaced by a piece.
fn changed(sample: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = sample.to_vec();
    bytes.truncate(3_000);
    for _ in 0..=dice.below(6) {
        let at = dice.below(bytes.len() + 1);
        let end = (at + dice.below(12)).min(bytes.len());
        match dice.below(5) {
            0 => drop(bytes.drain(at..end)),
            1 => {
                let part = bytes[at..end].to_vec();
                bytes.splice(at..at, part);
            }
            2 if at < bytes.len() => bytes[at] = u8::try_from(dice.below(256)).unwrap_or(0),
            3 => {
                let other = dice.below(bytes.len() + 1);
                let part = bytes[other.min(at)..other.max(at)].to_vec();
                let part = part[..part.len().min(40)].to_vec();
                bytes.splice(at..at, part);
            }
            _ => drop(bytes.splice(at..end, PIECES[dice.below(PIECES.len())].bytes())),
        }
    }
    bytes
}

fn samples() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../data/demo");
    let mut paths: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    paths
        .iter()
        .filter(|path| path.is_file())
        .map(|path| fs::read(path).unwrap())
        .collect()
}

#[track_caller]
fn check(name: &str, samples: &[Vec<u8>], entry: fn(&[u8])) {
    let mut dice = Dice(0x7472_7563_656c_696e);
    let rounds = rounds();
    for round in 0..rounds {
        let bytes = changed(&samples[round % samples.len()], &mut dice);
        entry(&bytes);
    }
    println!("{name}: {rounds} changed samples read");
}

#[test]
fn changed_pages_break_nothing() {
    check("page", &samples(), entry::page);
}

#[test]
fn changed_texts_break_nothing() {
    check("text", &samples(), entry::text);
}

#[test]
fn changed_dates_break_nothing() {
    let dates = [
        "Thursday, May 4, 2017",
        "4 May 2017",
        "2017-05-04T10:30:00Z",
        "04/05/2017 at 3.15 pm",
        "the first week of May",
        "three days ago",
        "late on Sunday night",
        "between 4 and 6 May",
        "May 4-5, 2017",
        "1438-08-08",
    ];
    check("date", &dates.map(|date| date.as_bytes().to_vec()), entry::date);
}

#[test]
fn changed_numbers_break_nothing() {
    let numbers = [
        "25",
        "twenty-five",
        "between 20 and 30",
        "more than a dozen",
        "1,200.50",
        "two to three hundred",
        "5-6",
        "half a million",
        "some 40 or so",
        "hundreds of thousands of",
        "\u{663}\u{664}",
        "no fewer than 3 and up to 7",
    ];
    check(
        "number",
        &numbers.map(|number| number.as_bytes().to_vec()),
        entry::number,
    );
}
