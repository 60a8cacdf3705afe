//! Whether a view is what the log gives: one hash over all rows, and the first record that differs.

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};

use crate::db::Cell;
use crate::error::StoreError;
use crate::reader::Reader;

/// Every column, in canonical order of the rows.
const ALL_ROWS: &str = r#"
    SELECT kind, id, ord, document, start, "end", quote, json, first, last, lat, lon
    FROM record ORDER BY kind, id, ord
"#;

/// How many columns [`ALL_ROWS`] has.
const COLUMNS: usize = 12;

/// What records are filtered by, and what they rest on, with the number of columns of each.
const BESIDE: [(&str, usize); 2] = [
    (
        "SELECT kind, name, value, ord FROM facet ORDER BY kind, name, value, ord",
        4,
    ),
    ("SELECT id, ord FROM basis ORDER BY id, ord", 2),
];

impl Reader {
    /// SHA-256 over every column of every record, ordered by kind and id, and over what records are filtered by. Two views of the same log have
    /// the same digest; a change to any row gives another. `meta` is not part of it.
    ///
    /// # Errors
    /// When the database refuses or cannot be read.
    pub fn digest(&self) -> Result<[u8; 32], StoreError> {
        let mut whole = Sha256::new();
        self.each_row(|_, row| whole.update(row))?;
        for (question, columns) in BESIDE {
            self.db.each(question, &[], |row| {
                for column in 0..columns {
                    hash_value(&mut whole, row.cell(column)?);
                }
                Ok(())
            })?;
        }
        Ok(whole.finalize().into())
    }

    /// The kind and id of the first record that is not the same in both views, or only in one of them.
    ///
    /// # Errors
    /// When one of the databases refuses or cannot be read.
    pub fn first_difference(&self, other: &Self) -> Result<Option<(String, String)>, StoreError> {
        let (ours, theirs) = (self.row_hashes()?, other.row_hashes()?);
        let keys = ours.keys().chain(theirs.keys());
        Ok(keys
            .filter(|key| ours.get(*key) != theirs.get(*key))
            .min()
            .cloned())
    }

    fn row_hashes(&self) -> Result<BTreeMap<(String, String), [u8; 32]>, StoreError> {
        let mut hashes = BTreeMap::new();
        self.each_row(|key, row| {
            hashes.insert(key, row);
        })?;
        Ok(hashes)
    }

    /// Gives each row's kind and id and the hash over its columns, in canonical order.
    fn each_row(&self, mut take: impl FnMut((String, String), [u8; 32])) -> Result<(), StoreError> {
        self.db.each(ALL_ROWS, &[], |row| {
            let mut hasher = Sha256::new();
            for column in 0..COLUMNS {
                hash_value(&mut hasher, row.cell(column)?);
            }
            take((row.text(0)?, row.text(1)?), hasher.finalize().into());
            Ok(())
        })
    }
}

/// Hashes a value with its type and, where it can vary, its length in front, so that no two rows read
/// alike.
fn hash_value(hasher: &mut Sha256, value: Cell<'_>) {
    let mut with_length = |tag: u8, bytes: &[u8]| {
        hasher.update([tag]);
        hasher.update((bytes.len() as u64).to_be_bytes());
        hasher.update(bytes);
    };
    match value {
        Cell::Null => with_length(0, &[]),
        Cell::Int(number) => with_length(1, &number.to_be_bytes()),
        Cell::Real(number) => with_length(2, &number.to_be_bytes()),
        Cell::Text(text) => with_length(3, text.as_bytes()),
        Cell::Blob(bytes) => with_length(4, bytes),
    }
}
