//! Who may do what: five roles, and a policy that stands beside every route.

/// A role, the lowest first. Rights come from the policy of each route; the order is used only to say from
/// which role on something withheld may be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Anybody, without signing in.
    Public,
    /// Reads everything, the captured pages included.
    Analyst,
    /// An analyst who also decides.
    Reviewer,
    /// A guarantor of an agreement.
    Guarantor,
    /// Keeps the accounts and what is withheld.
    Administrator,
}

impl Role {
    /// All roles, the lowest first.
    pub const ALL: [Self; 5] = [
        Self::Public,
        Self::Analyst,
        Self::Reviewer,
        Self::Guarantor,
        Self::Administrator,
    ];

    /// Their words.
    pub(crate) const WORDS: [&'static str; 5] =
        ["public", "analyst", "reviewer", "guarantor", "administrator"];

    /// The word used in answers and in the database.
    pub fn as_str(self) -> &'static str {
        Self::WORDS[self as usize]
    }

    /// The role of this word.
    pub(crate) fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == word)
    }
}

/// Who may use a route. There is no default: a route cannot be written down without one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Policy(&'static [Role]);

impl Policy {
    /// Everybody.
    pub(crate) const ANYBODY: Self = Self(&Role::ALL);
    /// Everybody who has signed in.
    pub(crate) const SIGNED_IN: Self = Self(&[
        Role::Analyst,
        Role::Reviewer,
        Role::Guarantor,
        Role::Administrator,
    ]);
    /// Those who decide.
    pub(crate) const DECIDERS: Self = Self(&[Role::Reviewer, Role::Guarantor, Role::Administrator]);
    /// Those who may bring in tables of others; a guarantor reads and signs.
    pub(crate) const IMPORTERS: Self = Self(&[Role::Analyst, Role::Reviewer, Role::Administrator]);
    /// Only administrators.
    pub(crate) const ADMINISTRATORS: Self = Self(&[Role::Administrator]);

    /// Whether this role may use the route.
    pub(crate) fn admits(self, role: Role) -> bool {
        self.0.contains(&role)
    }

    /// The roles, for the description of the interface.
    pub(crate) fn roles(self) -> impl Iterator<Item = &'static str> {
        self.0.iter().map(|role| role.as_str())
    }
}
