//! Where a view or a desk lies: in a file, or in a database of a server.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use crate::db::Address;
use crate::error::StoreError;

/// Where a view or a desk lies. Paths turn into it by themselves; an address of a server is parsed.
#[derive(Clone, PartialEq, Eq)]
pub enum Place {
    /// A file of its own, in the embedded database.
    File(PathBuf),
    /// A database of a PostgreSQL server, by its address, such as `postgres://truceline@localhost/monitor`.
    /// Tables lie in the schema `truceline` of it. Behind a question mark the address may say how the line is kept
    /// from others: `sslmode` is `disable`, `prefer` (encrypted where the server can, which holds when nothing is
    /// said), `require` (encrypted), or `verify-full` (and the server shows who it is, vouched for by an authority
    /// of the file `sslrootcert`, or by one that the system trusts).
    Server(String),
}

impl Place {
    /// How the place is named to people: a password in the address is left out.
    pub(crate) fn name(&self) -> PathBuf {
        match self {
            Self::File(path) => path.clone(),
            Self::Server(address) => PathBuf::from(without_secret(address)),
        }
    }
}

impl FromStr for Place {
    type Err = StoreError;
    /// Reads the address of a server.
    fn from_str(address: &str) -> Result<Self, StoreError> {
        Address::read(address)?;
        Ok(Self::Server(address.to_owned()))
    }
}

impl From<PathBuf> for Place {
    fn from(path: PathBuf) -> Self {
        Self::File(path)
    }
}

impl From<&PathBuf> for Place {
    fn from(path: &PathBuf) -> Self {
        Self::File(path.clone())
    }
}

impl From<&Path> for Place {
    fn from(path: &Path) -> Self {
        Self::File(path.to_owned())
    }
}

impl From<&Place> for Place {
    fn from(place: &Place) -> Self {
        place.clone()
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.name().display().fmt(f)
    }
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.name().fmt(f)
    }
}

/// The address up to its query, which may hold a password as well as the part before the host may.
fn without_secret(address: &str) -> String {
    let plain = address.split('?').next().unwrap_or_default();
    let Some((scheme, rest)) = plain.split_once("://") else {
        return plain.to_owned();
    };
    match rest.rsplit_once('@') {
        Some((who, at)) => {
            let name = who.split(':').next().unwrap_or_default();
            format!("{scheme}://{name}@{at}")
        }
        None => plain.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_told_without_its_password() {
        let told = |address: &str| address.parse::<Place>().unwrap().to_string();
        assert_eq!(
            told("postgres://me:se@cret@host:5433/db"),
            "postgres://me@host:5433/db"
        );
        assert_eq!(
            told("postgresql://host/db?password=secret"),
            "postgresql://host/db"
        );
        assert_eq!(
            format!("{:?}", "postgres://a:b@h/d".parse::<Place>().unwrap()),
            "\"postgres://a@h/d\""
        );
        for wrong in ["mysql://host/db", "view.sqlite", "postgres://host:port/db"] {
            assert!(wrong.parse::<Place>().is_err(), "{wrong}");
        }
    }
}
