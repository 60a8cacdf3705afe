#![no_main]

#[allow(dead_code)]
#[path = "../src/entry.rs"]
mod entry;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| entry::text(bytes));
