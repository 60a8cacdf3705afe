//! How many tests passed and failed, read from what the test runner itself printed.

use std::fmt;
use std::ops::Add;

/// Tests that passed and that did not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
}

impl Count {
    /// Sums the closing lines of a test runner:
    ///
    /// ```text
    ///      Summary [   0.412s] 12 tests run: 10 passed (1 slow), 1 failed, 1 timed out, 3 skipped
    /// test result: FAILED. 10 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s
    ///      Tests  1 failed | 37 passed (38)
    /// Ran 7 tests in 0.713s
    /// FAILED (failures=1, errors=2)
    /// ```
    pub(crate) fn read(said: &str) -> Self {
        let mut count = Self::default();
        for line in said.lines().map(str::trim) {
            // Python counts all that ran, and takes those that failed out of them on the line after.
            if let Some(ran) = line
                .strip_prefix("Ran ")
                .and_then(|rest| rest.split_once(" test"))
            {
                count.passed += ran.0.parse::<u64>().unwrap_or(0);
            }
            if let Some(parts) = line
                .strip_prefix("FAILED (")
                .and_then(|rest| rest.strip_suffix(')'))
            {
                let numbers = parts
                    .split([',', '='])
                    .filter_map(|part| part.trim().parse::<u64>().ok());
                let failed = numbers.sum::<u64>();
                count.failed += failed;
                count.passed = count.passed.saturating_sub(failed);
            }
            let Some((_, numbers)) = line
                .strip_prefix("test result:")
                .and_then(|rest| rest.split_once(". "))
                .or_else(|| {
                    line.strip_prefix("Summary [")
                        .and_then(|rest| rest.split_once(" run: "))
                })
                .or_else(|| line.strip_prefix("Tests ").map(|rest| ("", rest)))
            else {
                continue;
            };
            for part in numbers.split([';', ',', '|']) {
                let mut words = part.split_whitespace();
                let (Some(number), Some(kind)) = (words.next(), words.next()) else {
                    continue;
                };
                let Ok(number) = number.parse::<u64>() else {
                    continue;
                };
                match kind {
                    "passed" => count.passed += number,
                    "failed" | "timed" | "exec" => count.failed += number,
                    _ => {}
                }
            }
        }
        count
    }
}

impl Add for Count {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
        }
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

#[cfg(test)]
mod tests {
    use super::Count;

    #[track_caller]
    fn check(said: &str, passed: u64, failed: u64) {
        assert_eq!(Count::read(said), Count { passed, failed });
    }

    #[test]
    fn the_closing_line_of_nextest_is_read() {
        check(
            "     Summary [   0.412s] 12 tests run: 12 passed, 0 skipped",
            12,
            0,
        );
        check(
            "     Summary [   9.1s] 9 tests run: 5 passed (1 slow), 2 failed, 1 timed out, 1 exec failed, 3 skipped",
            5,
            4,
        );
    }

    #[test]
    fn the_closing_lines_of_cargo_test_are_summed() {
        let said = "test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s\n\
                    test result: FAILED. 4 passed; 2 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.01s";
        check(said, 7, 2);
    }

    #[test]
    fn the_closing_line_of_vitest_is_read() {
        check("      Tests  38 passed (38)", 38, 0);
        check(
            " Test Files  3 passed (3)\n      Tests  1 failed | 37 passed (38)",
            37,
            1,
        );
    }

    #[test]
    fn the_closing_lines_of_unittest_are_read() {
        check("Ran 7 tests in 0.713s\n\nOK", 7, 0);
        check("Ran 1 test in 0.1s\n\nFAILED (failures=1)", 0, 1);
        check("Ran 7 tests in 0.713s\n\nFAILED (failures=1, errors=2)", 4, 3);
    }

    #[test]
    fn a_runner_that_says_nothing_counts_nothing() {
        check("Compiling truceline\nFinished\n12 passed somewhere else", 0, 0);
    }
}
