//! Strong three-valued (Kleene) logic.

/// Yes, no, or not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ternary {
    /// It holds.
    Yes,
    /// It does not hold.
    No,
    /// What is known does not decide it.
    Undetermined,
}

impl Ternary {
    /// Holds when both hold; one "no" decides.
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::No, _) | (_, Self::No) => Self::No,
            (Self::Yes, Self::Yes) => Self::Yes,
            _ => Self::Undetermined,
        }
    }
    /// Holds when either holds; one "yes" decides.
    pub fn or(self, other: Self) -> Self {
        self.negate().and(other.negate()).negate()
    }
    /// Yes and no swapped.
    pub fn negate(self) -> Self {
        match self {
            Self::Yes => Self::No,
            Self::No => Self::Yes,
            Self::Undetermined => Self::Undetermined,
        }
    }
    /// The word that is printed and published.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Undetermined => "undetermined",
        }
    }
}

impl From<bool> for Ternary {
    fn from(value: bool) -> Self {
        if value { Self::Yes } else { Self::No }
    }
}

#[cfg(test)]
mod tests {
    use super::Ternary::{No, Undetermined, Yes};

    #[test]
    fn one_no_decides_a_conjunction_and_one_yes_a_disjunction() {
        assert_eq!(Undetermined.and(No), No);
        assert_eq!(Undetermined.and(Yes), Undetermined);
        assert_eq!(Undetermined.or(Yes), Yes);
        assert_eq!(Undetermined.or(No), Undetermined);
        assert_eq!(Undetermined.negate(), Undetermined);
    }
}
