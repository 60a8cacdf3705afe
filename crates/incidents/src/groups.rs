//! Things joined pair by pair into groups.

/// Disjoint groups of the numbers below a limit; the root of a group is its least member.
pub(crate) struct Groups {
    parents: Vec<usize>,
}

impl Groups {
    /// Every number alone.
    pub(crate) fn alone(count: usize) -> Self {
        Self {
            parents: (0..count).collect(),
        }
    }
    /// The least member of a number's group.
    pub(crate) fn root(&mut self, mut at: usize) -> usize {
        while self.parents[at] != at {
            self.parents[at] = self.parents[self.parents[at]];
            at = self.parents[at];
        }
        at
    }
    /// Joins the groups of two numbers; returns the root that stays and the one that goes, when they differed.
    pub(crate) fn unite(&mut self, a: usize, b: usize) -> Option<(usize, usize)> {
        let (a, b) = (self.root(a), self.root(b));
        if a == b {
            return None;
        }
        let (stays, goes) = (a.min(b), a.max(b));
        self.parents[goes] = stays;
        Some((stays, goes))
    }
}
