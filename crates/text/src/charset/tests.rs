use super::*;

#[track_caller]
fn check(bytes: &[u8], charset: &str, text: &str) -> Decoded {
    let decoded = decode(bytes, true, "page");
    assert_eq!((decoded.charset, decoded.text.as_str()), (charset, text));
    decoded
}

#[test]
fn a_mark_at_the_start_decides() {
    check(b"\xEF\xBB\xBFcaf\xC3\xA9", "UTF-8", "caf\u{e9}");
    let decoded = check(b"\xFF\xFEa\0b\0", "UTF-16LE", "ab");
    assert_eq!(decoded.raw(1..2), 4..6);
}

#[test]
fn a_wrong_label_is_noticed() {
    let decoded = check(
        "<meta charset=windows-1252>caf\u{e9}".as_bytes(),
        "UTF-8",
        "<meta charset=windows-1252>caf\u{e9}",
    );
    assert_eq!(decoded.notes.len(), 1);
    let arabic = encoding_rs::WINDOWS_1256
        .encode("\u{633}\u{642}\u{637}\u{62a} \u{642}\u{630}\u{627}\u{626}\u{641} \u{639}\u{644}\u{649} \u{627}\u{644}\u{645}\u{62f}\u{64a}\u{646}\u{629} \u{645}\u{633}\u{627}\u{621} \u{627}\u{644}\u{623}\u{62d}\u{62f} \u{648}\u{642}\u{627}\u{644} \u{627}\u{644}\u{645}\u{62c}\u{644}\u{633}")
        .0
        .repeat(4);
    let page = [b"<meta charset=\"iso-8859-1\">".as_slice(), &arabic].concat();
    let decoded = decode(&page, true, "page");
    assert_eq!(decoded.charset, "windows-1256");
    assert!(
        decoded
            .text
            .contains("\u{627}\u{644}\u{645}\u{62f}\u{64a}\u{646}\u{629}")
    );
}

#[test]
fn every_character_knows_its_bytes() {
    let decoded = check(
        b"<meta charset=windows-1252>\x97 a\xE9b",
        "windows-1252",
        "<meta charset=windows-1252>\u{2014} a\u{e9}b",
    );
    let at = decoded.text.find('\u{e9}').unwrap();
    assert_eq!(decoded.raw(at..at + 2), 30..31);
    assert_eq!(decoded.raw(at + 2..at + 3), 31..32);
}

#[test]
fn broken_bytes_are_counted_and_never_lost_silently() {
    let decoded = check(b"good \xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9 \xFF end", "UTF-8",
        "good \u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9} \u{FFFD} end");
    assert_eq!(decoded.notes.len(), 1);
}

#[test]
fn any_bytes_are_read_without_panic() {
    for seed in 0..200u32 {
        let bytes: Vec<u8> = (0..300u32)
            .map(|i| (seed.wrapping_mul(2_654_435_761).wrapping_add(i * i * 40_503) >> 9) as u8)
            .collect();
        let decoded = decode(&bytes, true, "page");
        let end = decoded.text.len();
        assert!(decoded.raw(0..end).end <= bytes.len());
    }
}
