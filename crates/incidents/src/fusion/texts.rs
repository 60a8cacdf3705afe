//! From claims to accounts: wordings of plain copies, then those of reworked copies.

use super::*;

/// Text and words of an account.
type AccountKey = (Arc<str>, u32);

impl<'a> Fusion<'a> {
    /// Reads the claims of touched pages into wordings.
    pub(super) fn reword(&mut self, touched: &mut Touched) {
        let mut before: BTreeSet<u32> = BTreeSet::new();
        for page in &touched.pages {
            before.extend(std::mem::take(&mut self.pages.pages[*page as usize].wordings));
        }
        for number in &before {
            touched.first_pages.insert(self.glance(*number).first_page);
            let pages = &self.pages;
            let wording = self.wordings[*number as usize].as_mut();
            let wording = wording.expect("wordings are dropped last");
            let stays = |located: &&LocatedClaim| {
                let page = pages.number(&located.claim.document);
                page.is_some_and(|page| !touched.pages.contains(&page))
            };
            wording.claims.retain(stays);
        }
        let mut fresh = Vec::new();
        for page in &touched.pages {
            let copied = Arc::clone(self.pages.copied.name(*page));
            for said in account::said(&self.pages.pages[*page as usize].claims) {
                let next = self.words.len() as u32;
                let words: Arc<str> = Arc::from(said.wording);
                let words_number = *self.words.entry(Arc::clone(&words)).or_insert(next);
                let next = self.wordings.len() as u32;
                let key = (Arc::clone(&copied), words_number);
                let number = *self.wording_of.entry(key).or_insert(next);
                if number == next {
                    let located = said.located;
                    self.glances.push(Glance {
                        act: first_letters(located.claim.act.id.as_str()),
                        days: Days::of(&located.claim),
                        copied: wording::fnv(copied.bytes()),
                        first_page: NONE,
                        account: NONE,
                        part: said.part,
                    });
                    self.wordings.push(Some(Wording {
                        copied: Arc::clone(&copied),
                        words,
                        words_number,
                        one: located,
                        claims: Vec::new(),
                        keys: block::wording_keys(located),
                    }));
                    fresh.push(number);
                }
                let wording = self.wordings[number as usize].as_mut();
                wording.expect("just looked up").claims.push(said.located);
                touched.wordings.insert(number);
                self.pages.pages[*page as usize].wordings.push(number);
            }
            let on_page = &mut self.pages.pages[*page as usize].wordings;
            on_page.sort_unstable();
            on_page.dedup();
        }
        for number in before {
            if self.wording(number).claims.is_empty() {
                touched.gone_wordings.insert(number);
            } else {
                touched.wordings.insert(number);
            }
        }
        for number in &touched.wordings {
            let first = self.first_of(self.wording(*number));
            let wording = self.wordings[*number as usize].as_mut().expect("just looked up");
            wording.claims.sort_by(|a, b| a.claim.id.cmp(&b.claim.id));
            let before = std::mem::replace(&mut self.glances[*number as usize].first_page, first);
            touched.first_pages.extend((before != NONE).then_some(before));
            touched.first_pages.insert(first);
        }
        let order = order_of_wordings(&self.glances, &self.wordings);
        for number in &touched.gone_wordings {
            let wording = self.wordings[*number as usize].as_ref().expect("dropped last");
            self.wordings_near
                .take(*number, &wording.keys, &order, &mut touched.doubtful_wordings);
            self.wording_of
                .remove(&(Arc::clone(&wording.copied), wording.words_number));
        }
        for number in fresh {
            let wording = self.wordings[number as usize].as_ref().expect("just made");
            self.wordings_near.put(number, &wording.keys);
        }
        self.wordings_near.settle(&order, &mut touched.doubtful_wordings);
    }

    /// Looks for reworked copies among pages that tell of the same place and day; gives the pages whose text has
    /// another name.
    pub(super) fn rework(&mut self, touched: &mut Touched) -> Vec<u32> {
        let order = order_of_wordings(&self.glances, &self.wordings);
        let mut before: Vec<(u32, u32)> = Vec::new();
        let looked_at = |page: u32| touched.first_pages.contains(&page);
        let mut candidates: Vec<(u32, u32)> = Vec::new();
        let (mut near, mut others) = (Vec::new(), Vec::new());
        for page in &touched.first_pages {
            others.clear();
            for number in &self.pages.pages[*page as usize].wordings {
                let glance = self.glance(*number);
                if glance.first_page != *page {
                    continue;
                }
                near.clear();
                self.wordings_near
                    .of(*number, &self.wording(*number).keys, &order, &mut near);
                let worth = near
                    .iter()
                    .map(|other| self.glance(*other))
                    .filter(|other| glance.makes_candidates(other));
                others.extend(worth.map(|other| other.first_page));
            }
            others.sort_unstable();
            others.dedup();
            others.retain(|other| other < page || (other > page && !looked_at(*other)));
            candidates.extend(others.iter().map(|other| in_order(*page, *other)));
            let known = self.pages.pages[*page as usize].reworked.keys();
            before.extend(known.map(|other| in_order(*page, *other)));
        }
        for (a, b) in &touched.doubtful_wordings {
            if touched.gone_wordings.contains(a) || touched.gone_wordings.contains(b) {
                continue;
            }
            let (a, b) = (self.glance(*a).first_page, self.glance(*b).first_page);
            if a != b && !looked_at(a) && !looked_at(b) {
                let pair = in_order(a, b);
                before.push(pair);
                candidates.extend(self.are_candidates(a, b).then_some(pair));
            }
        }
        candidates.sort_unstable();
        candidates.dedup();
        before.retain(|pair| candidates.binary_search(pair).is_err());
        let mut relinked: BTreeSet<u32> = touched.pages.clone();
        let shares = candidates.into_iter().map(|pair| (pair, true));
        for ((a, b), is_candidate) in shares.chain(before.into_iter().map(|pair| (pair, false))) {
            let share = is_candidate.then(|| self.pages.sentences_alike(a, b)).flatten();
            if share != self.pages.pages[a as usize].reworked.get(&b).copied() {
                self.pages.relink_reworked(a, b, share);
                relinked.extend([a, b]);
            }
        }
        let relinked: Vec<u32> = relinked.into_iter().collect();
        self.pages.regroup_texts(&relinked)
    }

    pub(super) fn are_candidates(&self, a: u32, b: u32) -> bool {
        let order = order_of_wordings(&self.glances, &self.wordings);
        let of = |page: u32| {
            let all = self.pages.pages[page as usize].wordings.iter().copied();
            all.filter(move |number| self.glance(*number).first_page == page)
        };
        of(a).any(|x| {
            of(b).any(|y| {
                let keys = |number: u32| self.wording(number).keys.as_slice();
                let near = || self.wordings_near.are((x, keys(x)), (y, keys(y)), &order);
                self.glance(x).makes_candidates(self.glance(y)) && near()
            })
        })
    }

    /// Makes accounts of wordings that changed or belong to another text than before.
    pub(super) fn reaccount(&mut self, touched: &mut Touched, retexted: &[u32]) {
        let mut wordings = touched.wordings.clone();
        for page in retexted {
            wordings.extend(&self.pages.pages[*page as usize].wordings);
        }
        let with_gone = wordings.iter().chain(&touched.gone_wordings);
        let mut old: BTreeSet<u32> = with_gone
            .map(|number| self.glance(*number).account)
            .filter(|account| *account != NONE)
            .collect();
        // The account that a wording comes to may be there already.
        let kept = wordings
            .iter()
            .filter(|number| !touched.gone_wordings.contains(number));
        old.extend(kept.filter_map(|number| self.account_of.get(&self.account_key(*number))));
        let order = order_of_accounts(&self.accounts);
        for number in &old {
            let joined = self.accounts[*number as usize]
                .as_ref()
                .expect("wordings name accounts that are there");
            wordings.extend(&joined.wordings);
            self.accounts_near
                .take(*number, &joined.keys, &order, &mut touched.doubtful_accounts);
        }
        drop(order);
        for number in &old {
            let joined = self.accounts[*number as usize].take().expect("just looked up");
            self.account_of
                .remove(&(Arc::clone(&joined.account.text), joined.words_number));
            for page in self.pages_of(&joined.account) {
                touched.told_pages.insert(page);
                self.pages.pages[page as usize]
                    .accounts
                    .retain(|other| other != number);
            }
            for tied in &joined.ties {
                if let Some(other) = self.accounts[tied.to as usize].as_mut() {
                    other.ties.retain(|back| back.to != *number);
                    touched.retied.insert(tied.to);
                }
            }
            if joined.home != NONE {
                touched.broken.insert(joined.home);
            }
            self.detach(*number, &joined.attached, touched);
        }
        wordings.retain(|number| !touched.gone_wordings.contains(number));
        // In order of wordings: pages that come together lie together.
        let mut made: Vec<(AccountKey, Vec<u32>)> = Vec::new();
        let mut place: HashMap<(Arc<str>, u32), usize, Hashed> = HashMap::default();
        for number in wordings {
            let key = self.account_key(number);
            let at = *place.entry(key.clone()).or_insert(made.len());
            if at == made.len() {
                made.push((key, Vec::new()));
            }
            made[at].1.push(number);
        }
        for (key, wordings) in made {
            self.new_account(key, wordings, touched);
        }
        let order = order_of_accounts(&self.accounts);
        self.accounts_near.settle(&order, &mut touched.doubtful_accounts);
    }

    /// The text and the words of the account that a wording belongs to.
    pub(super) fn account_key(&self, wording: u32) -> (Arc<str>, u32) {
        let text = self.pages.texts.name(self.glance(wording).first_page);
        (Arc::clone(text), self.wording(wording).words_number)
    }

    pub(super) fn new_account(
        &mut self,
        (text, words_number): (Arc<str>, u32),
        mut wordings: Vec<u32>,
        touched: &mut Touched,
    ) {
        // Wordings of that account which nothing touched are among these, since all of its were taken.
        wordings.sort_unstable();
        let number = self.accounts.len() as u32;
        self.account_of.insert((Arc::clone(&text), words_number), number);
        let mut claims: Vec<&'a LocatedClaim> = Vec::new();
        for wording in &wordings {
            self.glances[*wording as usize].account = number;
            let wording = self.wordings[*wording as usize].as_ref().expect("dropped last");
            claims.extend(&wording.claims);
        }
        claims.sort_by(|a, b| a.claim.id.cmp(&b.claim.id));
        let first = self.wording(wordings[0]);
        let (part, words) = (self.glance(wordings[0]).part, Arc::clone(&first.words));
        let act = self.named.number(claims[0].claim.act.id.as_str(), self.acts);
        let account = Account::read(claims, part, (text, words), act, &self.pages, self.acts);
        let keys = block::text_keys(&account);
        for page in self.pages_of(&account) {
            touched.told_pages.insert(page);
            self.pages.pages[page as usize].accounts.push(number);
        }
        self.accounts_near.put(number, &keys);
        self.sketches.push(Sketch {
            days: account.days,
            act: account.act_number,
            part: account.part,
            points: !account.points_at.is_empty(),
        });
        touched.new_accounts.insert(number);
        self.accounts.push(Some(Joined {
            account,
            words_number,
            wordings,
            keys,
            ties: Vec::new(),
            home: NONE,
            attached: Attached::default(),
        }));
    }
}
