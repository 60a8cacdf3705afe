//! Page bytes beside the log, each under the name of its own hash, with the salts of its commitments.
//!
//! ```text
//! blobs/ab/abcdef…     the bytes; the name is their SHA-256 in hexadecimal
//! salts/ab/abcdef…     one line a field: name, a space, 64 hexadecimal digits
//! ```
//!
//! The log commits to a page by salted hash only. Taking a page down removes the bytes and the salts; the
//! log and every proof stay as they are, and nobody can try out guesses against the commitment.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use sha2::{Digest as _, Sha256};

use crate::error::StoreError;

/// The largest blob we keep and read back, in bytes.
///
/// 256 MiB: pages are far smaller, and a file that grew beyond it is not one we wrote. Lower it below the
/// largest archive page and that page can no longer be opened.
const BLOB_BYTES_MAX: u64 = 256 * 1024 * 1024;

/// The name of a blob: SHA-256 over its bytes, shown in lower-case hexadecimal.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlobHash(pub [u8; 32]);

impl BlobHash {
    /// The name that these bytes have.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// Reads the 64 lower-case hexadecimal digits; nothing for any other text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        parse_hex(text).map(Self)
    }
}

impl fmt::Display for BlobHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&to_hex(&self.0))
    }
}

impl fmt::Debug for BlobHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// The bytes that the log commits to.
#[derive(Debug)]
pub struct Blobs {
    dir: PathBuf,
    drafts: AtomicU64,
}

impl Blobs {
    /// Opens the blobs in `dir/blobs` with their salts in `dir/salts`; makes both if need be.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn open(dir: &Path) -> Result<Self, StoreError> {
        for part in [BLOBS, SALTS] {
            let path = dir.join(part);
            fs::create_dir_all(&path).map_err(StoreError::io("make directory", &path))?;
        }
        sync_dir(dir)?;
        Ok(Self {
            dir: dir.to_owned(),
            drafts: AtomicU64::new(0),
        })
    }

    /// Keeps these bytes: when this returns, they are on the disk. Bytes that are already there whole
    /// are left alone; a damaged copy is replaced.
    ///
    /// # Errors
    /// When the disk refuses. What was stored before is untouched.
    pub fn put(&self, bytes: &[u8]) -> Result<BlobHash, StoreError> {
        if bytes.len() as u64 > BLOB_BYTES_MAX {
            return Err(StoreError::BlobTooLarge {
                bytes: bytes.len(),
                bytes_max: BLOB_BYTES_MAX,
            });
        }
        let hash = BlobHash::of(bytes);
        if !matches!(self.fetch(hash), Ok(stored) if stored == bytes) {
            self.write(&self.path(BLOBS, hash), bytes)?;
        }
        Ok(hash)
    }

    /// The bytes under this hash, checked against it.
    ///
    /// # Errors
    /// When there are none, they are damaged, or the system refuses.
    pub fn fetch(&self, hash: BlobHash) -> Result<Vec<u8>, StoreError> {
        let path = self.path(BLOBS, hash);
        let bytes = read(&path)?.ok_or_else(|| StoreError::NoBlob {
            hash: hash.to_string(),
        })?;
        let found = BlobHash::of(&bytes);
        if found == hash {
            Ok(bytes)
        } else {
            Err(StoreError::DamagedBlob {
                path,
                found: found.to_string(),
            })
        }
    }

    /// Keeps the salts of a blob's commitments, by name of the field, in place of any before. They are
    /// 32 fresh random bytes each, drawn by the caller.
    ///
    /// # Errors
    /// When a field name is empty or has white space in it, or the disk refuses.
    pub fn put_salts(&self, hash: BlobHash, salts: &BTreeMap<String, [u8; 32]>) -> Result<(), StoreError> {
        let path = self.path(SALTS, hash);
        let mut text = String::new();
        for (line, (field, salt)) in salts.iter().enumerate() {
            if field.is_empty() || field.chars().any(char::is_whitespace) {
                return Err(StoreError::DamagedSalts { path, line: line + 1 });
            }
            text.push_str(&format!("{field} {}\n", to_hex(salt)));
        }
        self.write(&path, text.as_bytes())
    }

    /// The salts kept with a blob, by name of the field; none where there are none.
    ///
    /// # Errors
    /// When the file does not read as salts, or the system refuses.
    pub fn salts(&self, hash: BlobHash) -> Result<BTreeMap<String, [u8; 32]>, StoreError> {
        let path = self.path(SALTS, hash);
        let bytes = read(&path)?.unwrap_or_default();
        let mut salts = BTreeMap::new();
        for (number, line) in bytes.split_inclusive(|byte| *byte == b'\n').enumerate() {
            let parsed = std::str::from_utf8(line).ok().and_then(|line| {
                let (field, salt) = line.strip_suffix('\n')?.split_once(' ')?;
                Some((field.to_owned(), parse_hex(salt)?))
            });
            let Some((field, salt)) = parsed else {
                return Err(StoreError::DamagedSalts {
                    path,
                    line: number + 1,
                });
            };
            salts.insert(field, salt);
        }
        Ok(salts)
    }

    /// Takes a blob down: its salts first, then its bytes, and whatever an interrupted write left of
    /// either. Gives whether there was anything to remove.
    ///
    /// The file system is told to forget the bytes; whether the medium does is beyond any program.
    ///
    /// # Errors
    /// When the system refuses; then call it again.
    pub fn remove(&self, hash: BlobHash) -> Result<bool, StoreError> {
        let mut is_removed = false;
        for part in [SALTS, BLOBS] {
            let path = self.path(part, hash);
            let above = above(&path);
            let listing = match fs::read_dir(above) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                listing => listing.map_err(StoreError::io("list", above))?,
            };
            for entry in listing {
                let path = entry.map_err(StoreError::io("list", above))?.path();
                let name = path.file_name().unwrap_or_default().to_string_lossy();
                if name.starts_with(&hash.to_string()) {
                    fs::remove_file(&path).map_err(StoreError::io("remove", &path))?;
                    is_removed = true;
                }
            }
            sync_dir(above)?;
        }
        Ok(is_removed)
    }

    fn path(&self, part: &str, hash: BlobHash) -> PathBuf {
        let name = hash.to_string();
        self.dir.join(part).join(&name[..2]).join(name)
    }

    /// Writes a draft beside the place, waits until it is on the disk, and puts it there in one step.
    fn write(&self, path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
        let dir = above(path);
        fs::create_dir_all(dir).map_err(StoreError::io("make directory", dir))?;
        let number = self.drafts.fetch_add(1, Ordering::Relaxed);
        // The name begins with the hash, so that a takedown finds a draft that a crash left behind.
        let draft = path.with_extension(format!("draft-{}-{number}", std::process::id()));
        let written = write_synced(&draft, bytes)
            .and_then(|()| fs::rename(&draft, path).map_err(StoreError::io("put in place", path)))
            .and_then(|()| sync_dir(dir))
            .and_then(|()| sync_dir(above(dir)));
        if written.is_err() {
            // Best effort: half a draft harms nobody, and the first error is the one to report.
            let _ = fs::remove_file(&draft);
        }
        written
    }
}

const BLOBS: &str = "blobs";

const SALTS: &str = "salts";

fn write_synced(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let mut file = File::create(path).map_err(StoreError::io("create", path))?;
    file.write_all(bytes)
        .and_then(|()| file.sync_all())
        .map_err(StoreError::io("write", path))
}

/// The bytes of a file, or nothing where there is none.
fn read(path: &Path) -> Result<Option<Vec<u8>>, StoreError> {
    let file = match File::open(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        file => file.map_err(StoreError::io("open", path))?,
    };
    let mut bytes = Vec::new();
    file.take(BLOB_BYTES_MAX + 1)
        .read_to_end(&mut bytes)
        .map_err(StoreError::io("read", path))?;
    Ok(Some(bytes))
}

fn sync_dir(dir: &Path) -> Result<(), StoreError> {
    let dir = if dir.as_os_str().is_empty() {
        Path::new(".")
    } else {
        dir
    };
    File::open(dir)
        .and_then(|file| file.sync_all())
        .map_err(StoreError::io("sync directory", dir))
}

fn above(path: &Path) -> &Path {
    path.parent().expect("blobs lie two directories deep")
}

fn to_hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn parse_hex(text: &str) -> Option<[u8; 32]> {
    let is_lower_hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    if text.len() != 64 || !text.bytes().all(is_lower_hex) {
        return None;
    }
    let mut bytes = [0; 32];
    for (place, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * place..2 * place + 2], 16).ok()?;
    }
    Some(bytes)
}
