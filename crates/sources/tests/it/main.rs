//! The crate through its door: every sort of input, and every bad one.

mod bad;
mod forms;
mod good;
mod tables;

use sources::{Input, Read, read};

fn input(name: &str, bytes: impl Into<Vec<u8>>) -> Read {
    read(Input {
        name: name.to_owned(),
        bytes: bytes.into(),
    })
}
