//! Passwords, kept only as argon2id hashes with the parameters that OWASP asks for: 19 MiB, two passes.

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};

/// Shortest and longest password, in characters.
///
/// 12: long enough that length alone makes up for the lack of rules (NIST SP 800-63B asks for 8 where there
/// is a second factor and 15 where there is none and no limit on tries). 200: hashing longer ones costs us
/// more than it helps anybody.
pub(crate) const LENGTH: std::ops::RangeInclusive<usize> = 12..=200;

fn argon() -> Argon2<'static> {
    let params = Params::new(19_456, 2, 1, None).expect("OWASP's parameters are within bounds");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// The hash of a password under a salt, as a PHC string.
pub(crate) fn hash(password: &str, salt: &[u8; 32]) -> Result<String, String> {
    let hash: PasswordHash = argon()
        .hash_password_with_salt(password.as_bytes(), &salt[..16])
        .map_err(|error| format!("could not hash a password: {error}"))?;
    Ok(hash.to_string())
}

/// Whether a password has this hash.
pub(crate) fn fits(password: &str, hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|hash| argon().verify_password(password.as_bytes(), &hash).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_fits_its_password_only() {
        let kept = hash("a long enough phrase", &[7; 32]).expect("a hash");
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
        assert!(fits("a long enough phrase", &kept));
        assert!(!fits("a long enough phrasE", &kept));
        assert!(!fits("a long enough phrase", "not a hash"));
        assert_ne!(kept, hash("a long enough phrase", &[8; 32]).expect("a hash"));
    }
}
