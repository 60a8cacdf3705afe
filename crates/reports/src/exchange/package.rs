//! Several files in one: a ZIP archive in memory, the same bytes for the same files.

use std::io::{Cursor, Write as _};
use zip::write::{SimpleFileOptions, ZipWriter};

pub(crate) struct Package {
    zip: ZipWriter<Cursor<Vec<u8>>>,
}

impl Package {
    pub(crate) fn new() -> Self {
        Self {
            zip: ZipWriter::new(Cursor::new(Vec::new())),
        }
    }
    /// Adds a file. Writing to memory does not fail; names of ours are no paths and stand once.
    pub(crate) fn file(&mut self, name: &str, bytes: &[u8]) {
        let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
        let written = self
            .zip
            .start_file(name, options)
            .map_err(std::io::Error::from)
            .and_then(|()| self.zip.write_all(bytes));
        debug_assert!(written.is_ok(), "a file twice, or one of 4 GiB");
    }
    pub(crate) fn finish(self) -> Vec<u8> {
        self.zip.finish().map(Cursor::into_inner).unwrap_or_default()
    }
}
