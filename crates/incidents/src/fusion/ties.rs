//! Which accounts are tied to which: each is compared with those that can be near it.

use super::*;

impl<'a> Fusion<'a> {
    /// Ties new accounts, and others whose neighbours changed.
    pub(super) fn retie(&mut self, touched: &mut Touched) {
        let mut again = touched.new_accounts.clone();
        again.extend(&touched.ruled);
        for page in &touched.told_pages {
            let accounts = std::mem::take(&mut self.pages.pages[*page as usize].accounts);
            let id = self.pages.pages[*page as usize].id;
            let mut sites: Vec<(usize, usize, u32)> = Vec::new();
            for number in &accounts {
                let on_page = self.account(*number).sites_on(id);
                sites.extend(on_page.iter().map(|site| (site.order, site.start, *number)));
            }
            sites.sort_by(|a, b| {
                let orders = || self.account(a.2).order(self.account(b.2));
                (a.0, a.1).cmp(&(b.0, b.1)).then_with(orders)
            });
            let points = |number: &&u32| !self.account(**number).points_at.is_empty();
            let pointing = accounts.iter().filter(points).copied().collect();
            // On a long page a new account parts others from their neighbours.
            if sites.len() > block::PAGE_NEIGHBOURS + 1 {
                again.extend(&accounts);
            }
            let page = &mut self.pages.pages[*page as usize];
            (page.accounts, page.sites, page.pointing) = (accounts, sites, pointing);
        }
        for number in &again {
            let joined = self.accounts[*number as usize].as_mut().expect("it is there");
            let ties = std::mem::take(&mut joined.ties);
            for tied in ties {
                let other = self.accounts[tied.to as usize].as_mut().expect("ties are mutual");
                other.ties.retain(|back| back.to != *number);
                touched.retied.insert(tied.to);
            }
            touched.retied.insert(*number);
        }
        let mut near = Vec::new();
        let mut is_again = vec![false; self.accounts.len()];
        for number in &again {
            is_again[*number as usize] = true;
        }
        for number in &again {
            near.clear();
            self.neighbours(*number, &mut near);
            near.sort_unstable();
            near.dedup();
            // Of two that are tied again the later looks at the earlier.
            for other in near
                .iter()
                .filter(|other| *other < number || !is_again[**other as usize])
            {
                self.set_tie(*number, *other, self.judge(*number, *other), touched);
            }
        }
        let mut doubtful = std::mem::take(&mut touched.doubtful_accounts);
        for (a, b) in &touched.doubtful_wordings {
            if !touched.gone_wordings.contains(a) && !touched.gone_wordings.contains(b) {
                doubtful.insert(in_order(self.glance(*a).account, self.glance(*b).account));
            }
        }
        for (a, b) in doubtful {
            let alive = |number: u32| self.accounts[number as usize].is_some() && !again.contains(&number);
            if a == b || !alive(a) || !alive(b) {
                continue;
            }
            near.clear();
            self.neighbours(a, &mut near);
            let tie = near.contains(&b).then(|| self.judge(a, b)).flatten();
            self.set_tie(a, b, tie, touched);
        }
    }

    pub(super) fn judge(&self, a: u32, b: u32) -> Option<(u32, Rule)> {
        let (one, two) = (&self.sketches[a as usize], &self.sketches[b as usize]);
        let are_apart = self.named.fits[one.act][two.act] == Fit::Distinct && one.part == two.part;
        if !block::are_worth((one.part, one.days), (two.part, two.days))
            || (are_apart && !one.points && !two.points)
        {
            return None;
        }
        let (x, y) = (self.account(a), self.account(b));
        let (x, y) = if x.order(y).is_lt() { (x, y) } else { (y, x) };
        let fit = self.named.fits[x.act_number][y.act_number];
        evidence::tie(x, y, fit, self.acts)
    }

    pub(super) fn set_tie(&mut self, a: u32, b: u32, tie: Option<(u32, Rule)>, touched: &mut Touched) {
        let known = self.joined(a).ties.iter().find(|tied| tied.to == b);
        if known.map(|tied| (tied.score, tied.rule)) == tie {
            return;
        }
        for (from, to) in [(a, b), (b, a)] {
            let joined = self.accounts[from as usize].as_mut().expect("it is there");
            joined.ties.retain(|tied| tied.to != to);
            joined
                .ties
                .extend(tie.map(|(score, rule)| Tied { to, score, rule }));
            touched.retied.insert(from);
        }
    }

    /// The accounts worth comparing with one, some more than once.
    pub(super) fn neighbours(&self, number: u32, near: &mut Vec<u32>) {
        if self.held.rejected.contains(&number) {
            return;
        }
        let joined = self.joined(number);
        let order = order_of_wordings(&self.glances, &self.wordings);
        let mut wordings = Vec::new();
        for wording in &joined.wordings {
            let keys = &self.wording(*wording).keys;
            self.wordings_near.of(*wording, keys, &order, &mut wordings);
        }
        near.extend(wordings.iter().map(|other| self.glance(*other).account));
        let order = order_of_accounts(&self.accounts);
        self.accounts_near.of(number, &joined.keys, &order, near);
        let account = &joined.account;
        for page in self.pages_of(account) {
            let page = &self.pages.pages[page as usize];
            for site in account.sites_on(page.id) {
                let from = page
                    .sites
                    .partition_point(|other| (other.0, other.1) < (site.order, site.start));
                let run = page.sites[from..].iter();
                let Some(at) = run
                    .take_while(|other| (other.0, other.1) == (site.order, site.start))
                    .position(|other| other.2 == number)
                else {
                    continue;
                };
                let at = from + at;
                let before = &page.sites[at.saturating_sub(block::PAGE_NEIGHBOURS)..at];
                let after = page.sites[at + 1..].iter().take(block::PAGE_NEIGHBOURS);
                near.extend(before.iter().chain(after).map(|other| other.2));
            }
            for other in &page.pointing {
                if evidence::points_at(self.account(*other), account) {
                    near.push(*other);
                }
            }
            if !account.points_at.is_empty() {
                let pointed = page.accounts.iter();
                near.extend(pointed.filter(|other| evidence::points_at(account, self.account(**other))));
            }
        }
        let rejected = &self.held.rejected;
        near.retain(|other| *other != number && !rejected.contains(other));
    }
}
