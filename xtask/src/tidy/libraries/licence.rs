//! Licence expressions after SPDX: `(MIT OR Apache-2.0) AND Unicode-3.0`. Older manifests write `MIT/Apache-2.0`.

/// Whether somebody who accepts only the licences on the list may use the work.
pub(crate) fn is_allowed(expression: &str, list: &[String]) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = &words[..];
    any(&mut rest, list).is_ok_and(|allowed| allowed && rest.is_empty())
}

/// An expression that breaks off; what cannot be read grants nothing.
struct Broken;

/// `a OR b OR c`
fn any(words: &mut &[&str], list: &[String]) -> Result<bool, Broken> {
    let mut allowed = all(words, list)?;
    while take(words, "OR") {
        // Both sides are read, whichever holds.
        allowed = all(words, list)? || allowed;
    }
    Ok(allowed)
}

/// `a AND b AND c`, which binds closer than `OR`
fn all(words: &mut &[&str], list: &[String]) -> Result<bool, Broken> {
    let mut allowed = one(words, list)?;
    while take(words, "AND") {
        allowed = one(words, list)? && allowed;
    }
    Ok(allowed)
}

/// A name, a name `WITH` an exception, or an expression in brackets
fn one(words: &mut &[&str], list: &[String]) -> Result<bool, Broken> {
    if take(words, "(") {
        let allowed = any(words, list)?;
        return if take(words, ")") { Ok(allowed) } else { Err(Broken) };
    }
    let mut name = next(words)?.to_owned();
    if take(words, "WITH") {
        name = format!("{name} WITH {}", next(words)?);
    }
    Ok(list.contains(&name))
}

fn next<'a>(words: &mut &[&'a str]) -> Result<&'a str, Broken> {
    let (first, rest) = words.split_first().ok_or(Broken)?;
    *words = rest;
    Ok(first)
}

fn take(words: &mut &[&str], word: &str) -> bool {
    match words.split_first() {
        Some((first, rest)) if *first == word => {
            *words = rest;
            true
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_allowed;

    #[track_caller]
    fn check(expression: &str, expected: bool) {
        let list = ["MIT", "Apache-2.0", "Unicode-3.0", "Apache-2.0 WITH LLVM-exception"].map(str::to_owned);
        assert_eq!(is_allowed(expression, &list), expected, "{expression}");
    }

    #[test]
    fn one_side_of_an_or_is_enough() {
        check("GPL-3.0-only OR MIT", true);
        check("GPL-3.0-only/Apache-2.0", true);
        check("MIT OR Apache-2.0 OR LGPL-2.1-or-later", true);
    }

    #[test]
    fn both_sides_of_an_and_are_needed() {
        check("(MIT OR Apache-2.0) AND Unicode-3.0", true);
        check("MIT AND GPL-3.0-only", false);
        check("MIT OR Apache-2.0 AND GPL-3.0-only", true);
        check("(MIT OR Apache-2.0) AND GPL-3.0-only", false);
    }

    #[test]
    fn an_exception_belongs_to_its_licence() {
        check("Apache-2.0 WITH LLVM-exception", true);
        check("MIT WITH LLVM-exception", false);
    }

    #[test]
    fn what_cannot_be_read_is_not_allowed() {
        for expression in ["", "AGPL-3.0-only", "(MIT", "MIT)", "MIT OR", "MIT MIT", "MIT WITH"] {
            check(expression, false);
        }
    }
}
