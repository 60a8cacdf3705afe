//! Several files in one: a ZIP archive, the same bytes for the same files.

use std::io::{self, Seek, Write};
use zip::write::{SimpleFileOptions, ZipWriter};

pub(crate) struct Package<W: Write + Seek> {
    zip: ZipWriter<W>,
}

impl<W: Write + Seek> Package<W> {
    /// An archive that begins here.
    pub(crate) fn new(at: W) -> Self {
        Self {
            zip: ZipWriter::new(at),
        }
    }
    /// Adds a file. Names of ours are no paths and stand once.
    pub(crate) fn file(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
        self.zip.start_file(name, options)?;
        self.zip.write_all(bytes)
    }
    /// Ends it, and gives back where it went.
    pub(crate) fn finish(self) -> io::Result<W> {
        Ok(self.zip.finish()?)
    }
}
