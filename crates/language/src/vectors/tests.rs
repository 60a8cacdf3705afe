use super::{VECTOR_LENGTH, VECTOR_WIDTH, WordEntry, WordVectors, word_key};
use crate::Language;

/// How alike two words are used, from −1 to 1.
fn alike(a: &str, b: &str) -> f32 {
    let vector = |word: &str| Language::english().vector(word).expect("a frequent word");
    let product: i32 = vector(a)
        .iter()
        .zip(vector(b))
        .map(|(&x, &y)| i32::from(x) * i32::from(y))
        .sum();
    product as f32 / (VECTOR_LENGTH * VECTOR_LENGTH) as f32
}

#[test]
fn words_used_alike_lie_near_each_other() {
    for (word, near, far) in [
        ("monday", "tuesday", "river"),
        ("doctor", "nurse", "railway"),
        ("quickly", "rapidly", "minister"),
        ("damascus", "beirut", "violin"),
    ] {
        assert!(alike(word, near) > alike(word, far) + 0.3, "{word}");
        assert!(alike(word, word) > 0.95, "{word}: {}", alike(word, word));
    }
}

#[test]
fn a_fine_class_lies_in_one_coarse_class() {
    let classes = |word: &str| Language::english().classes(word).expect("a frequent word");
    assert_eq!(classes("monday"), classes("tuesday"));
    assert_ne!(classes("monday")[0], classes("violin")[0]);
    assert_eq!(Language::english().classes("qqxzzq"), None);
}

#[test]
fn what_is_written_is_read() {
    let mut entries: Vec<WordEntry> = ["one", "two", "three"]
        .iter()
        .zip([3, 0, 1])
        .map(|(word, class)| WordEntry {
            key: word_key(word),
            class,
            vector: std::array::from_fn(|i| i8::try_from(i).unwrap_or(0) - 20),
        })
        .collect();
    entries.sort_by_key(|entry| entry.key);
    let bytes = WordVectors::encode(&entries, &[[0, 0], [0, 1], [1, 2], [1, 3]]);
    let read = WordVectors::decode(&bytes).expect("just written");
    assert_eq!(read.classes("one"), Some([1, 3, 3]));
    assert_eq!(read.classes("two"), Some([0, 0, 0]));
    assert_eq!(read.vector("three").map(|v| v[VECTOR_WIDTH - 1]), Some(43));
    assert_eq!(read.vector("four"), None);
    for end in 0..bytes.len() {
        assert!(WordVectors::decode(&bytes[..end]).is_none());
    }
}
