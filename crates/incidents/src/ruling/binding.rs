//! Ties that rulings make and forbid between accounts.

use super::Bonds;
use crate::account::{Account, Part};
use crate::groups::Groups;

/// Pairs of accounts, newest ruling first: what a later ruling excludes is not taken.
pub(super) struct Binding<'a, 'b> {
    pub(super) accounts: &'b [&'b Account<'a>],
    pub(super) groups: Groups,
    pub(super) bonds: &'b mut Bonds,
}

impl Binding<'_, '_> {
    pub(super) fn same(&mut self, accounts: &[usize]) -> bool {
        let mut any = false;
        for pair in accounts.windows(2) {
            let (a, b) = (pair[0], pair[1]);
            let free = self.bonds.leaves_free(a) && self.bonds.leaves_free(b);
            if free && !self.excluded(a, b) {
                any = true;
                self.bind(a, b);
            }
        }
        any
    }

    pub(super) fn apart(&mut self, accounts: &[usize], from: &[usize]) -> bool {
        let mut any = false;
        for a in accounts {
            for b in from {
                if self.groups.root(*a) != self.groups.root(*b) {
                    any = true;
                    self.bonds.apart.push((*a, *b));
                }
            }
        }
        any
    }

    /// The accounts of each group become one, and are kept from those of the other groups. What a later ruling joined
    /// or placed stays so.
    pub(super) fn split(&mut self, groups: &[Vec<usize>]) -> bool {
        let mut any = false;
        for group in groups {
            // One that founds an incident holds the others: what only speaks about an incident cannot.
            let founds = |at: &&usize| self.accounts[**at].part == Part::Founds;
            match group.iter().find(founds).copied() {
                Some(first) => {
                    for other in group.iter().copied().filter(|other| *other != first) {
                        any |= self.same(&[first, other]);
                    }
                }
                None => {
                    for account in group {
                        any |= self.place(Some(*account), None);
                    }
                }
            }
        }
        for (at, group) in groups.iter().enumerate() {
            for other in &groups[at + 1..] {
                any |= self.apart(group, other);
            }
        }
        any
    }

    pub(super) fn place(&mut self, account: Option<usize>, to: Option<usize>) -> bool {
        let Some(account) = account else { return false };
        let excluded = to.is_some_and(|to| to == account || self.excluded(account, to));
        if excluded || !self.bonds.leaves_free(account) {
            return false;
        }
        self.bonds.placed.insert(account, to);
        if let Some(to) = to {
            self.bind(account, to);
        }
        true
    }

    /// Two that found an incident become one; one that only speaks about an incident is placed with the other.
    fn bind(&mut self, a: usize, b: usize) {
        let founds = |at: usize| self.accounts[at].part == Part::Founds;
        match (founds(a), founds(b)) {
            (true, true) => self.bonds.same.push((a, b)),
            (false, true) => {
                self.bonds.placed.insert(a, Some(b));
            }
            (true, false) => {
                self.bonds.placed.entry(b).or_insert(Some(a));
            }
            (false, false) => {}
        }
        self.groups.unite(a, b);
    }

    fn excluded(&mut self, a: usize, b: usize) -> bool {
        let (a, b) = (self.groups.root(a), self.groups.root(b));
        let apart = std::mem::take(&mut self.bonds.apart);
        let excluded = apart.iter().any(|(x, y)| {
            let (x, y) = (self.groups.root(*x), self.groups.root(*y));
            (x, y) == (a, b) || (x, y) == (b, a)
        });
        self.bonds.apart = apart;
        excluded
    }
}
