use super::*;

#[track_caller]
fn check(holds: Holds, index: u64, width: u64, path: &str) {
    let place = Place { holds, index, width };
    assert_eq!(place.path(), path);
    assert_eq!(Place::parse(path), Some(place));
}

#[test]
fn paths_are_written_as_the_specification_writes_them() {
    check(Holds::Hashes(0), 0, 256, "tile/0/000");
    check(Holds::Hashes(4), 1_234_067, 256, "tile/4/x001/x234/067");
    check(Holds::Hashes(4), 1_234_067, 1, "tile/4/x001/x234/067.p/1");
    check(Holds::Entries, 999, 255, "tile/entries/999.p/255");
    check(Holds::Entries, 1_000, 256, "tile/entries/x001/000");
    check(
        Holds::Hashes(63),
        u64::MAX,
        256,
        "tile/63/x018/x446/x744/x073/x709/x551/615",
    );
}

#[test]
fn other_spellings_are_no_paths() {
    for path in [
        "tile/0/0",
        "tile/0/x000/000",
        "tile/00/000",
        "tile/64/000",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/07",
        "tile/0/000.p",
        "tile/0/../000",
        "tile/0/xx01/000",
        "tile/data/000",
        "tile/0/",
        "tile/63/x018/x446/x744/x073/x709/x551/616",
        "checkpoint",
        "tile",
        "",
    ] {
        assert_eq!(Place::parse(path), None, "{path:?}");
    }
}

#[test]
fn the_tiles_of_the_specifications_example_are_within_a_log_of_70_000() {
    let within = |holds, index, width| Place { holds, index, width }.is_within(70_000);
    for (holds, full, part) in [
        (Holds::Hashes(0), 273, 112),
        (Holds::Entries, 273, 112),
        (Holds::Hashes(1), 1, 17),
        (Holds::Hashes(2), 0, 1),
    ] {
        assert!(full == 0 || within(holds, full - 1, 256));
        assert!(within(holds, full, part) && !within(holds, full, part + 1) && !within(holds, full, 256));
    }
    assert!(!within(Holds::Hashes(3), 0, 1));
    assert!(!within(Holds::Hashes(63), u64::MAX, 256));
}

#[test]
fn a_bundle_divides_into_the_leaves_put_in() {
    let mut bundle = Vec::new();
    let longest = vec![1; LEAF_BYTES_MAX];
    for leaf in [&b""[..], b"a", &longest] {
        push_entry(&mut bundle, leaf);
    }
    assert_eq!(split_bundle(&bundle), (vec![&b""[..], b"a", &longest], true));
    assert_eq!(
        split_bundle(&bundle[..bundle.len() - 1]),
        (vec![&b""[..], b"a"], false)
    );
    assert_eq!(split_bundle(&bundle[..1]), (Vec::new(), false));
}
