//! From ties to incidents: clusters, what points back at them, what speaks about them, and what they tell.

use super::*;

impl<'a> Fusion<'a> {
    /// Joins again the clusters that hold touched accounts. Others take part as they are: a cluster evolves as before
    /// unless one of them is joined to it, and where that happens it is looked at again with all its accounts.
    pub(super) fn recluster(&mut self, touched: &mut Touched) {
        let founds = |fusion: &Self, number: &u32| {
            let joined = fusion.accounts[*number as usize].as_ref();
            let is_founding = joined.is_some_and(|joined| joined.account.part == Part::Founds);
            is_founding && !fusion.held.rejected.contains(number)
        };
        let changed = touched.retied.iter().chain(&touched.new_accounts);
        let mut loose: BTreeSet<u32> = changed.chain(&touched.ruled).copied().collect();
        loose.retain(|number| founds(self, number));
        let mut opened: BTreeSet<u32> = touched.broken.clone();
        opened.extend(
            loose
                .iter()
                .map(|number| self.joined(*number).home)
                .filter(|home| *home != NONE),
        );
        for cluster in &opened {
            let members = self.clusters[*cluster as usize]
                .iter()
                .flat_map(|cluster| &cluster.members);
            loose.extend(members.filter(|number| founds(self, number)));
        }
        let joined = loop {
            let tied = loose.iter().flat_map(|number| self.joined(*number).ties.iter());
            let ruled = self.held.same.iter().flat_map(|(a, b)| [(a, b), (b, a)]);
            let ruled = ruled.filter(|(a, _)| loose.contains(a)).map(|(_, b)| *b);
            let beside: BTreeSet<u32> = tied
                .map(|tied| tied.to)
                .chain(ruled)
                .filter(|other| !loose.contains(other) && founds(self, other))
                .map(|other| self.joined(other).home)
                .collect();
            let (all, clusters) = self.join(&loose, &beside);
            let mut disturbed = BTreeSet::new();
            for cluster in &clusters {
                let homes: BTreeSet<u32> = cluster
                    .members
                    .iter()
                    .filter(|at| !loose.contains(&all[**at]))
                    .map(|at| self.joined(all[*at]).home)
                    .collect();
                let is_mixed = homes.len() > 1 || cluster.members.iter().any(|at| loose.contains(&all[*at]));
                if is_mixed {
                    disturbed.extend(homes);
                }
            }
            if disturbed.is_empty() {
                let numbers = |cluster: cluster::Cluster| {
                    let members: Vec<u32> = cluster.members.iter().map(|at| all[*at]).collect();
                    (members, cluster.rules)
                };
                let of_loose = clusters.into_iter().map(numbers);
                break of_loose
                    .filter(|(members, _)| loose.contains(&members[0]))
                    .collect::<Vec<_>>();
            }
            for cluster in disturbed {
                let members = self.clusters[cluster as usize]
                    .iter()
                    .flat_map(|cluster| &cluster.members);
                loose.extend(members);
                opened.insert(cluster);
            }
        };
        self.replace(&opened, joined, touched);
    }

    /// Joins loose accounts and whole clusters beside them; gives the accounts in order, and the clusters by position.
    pub(super) fn join(
        &self,
        loose: &BTreeSet<u32>,
        beside: &BTreeSet<u32>,
    ) -> (Vec<u32>, Vec<cluster::Cluster>) {
        let whole = beside
            .iter()
            .filter_map(|cluster| self.clusters[*cluster as usize].as_ref())
            .flat_map(|cluster| &cluster.members);
        let mut all: Vec<u32> = loose.iter().chain(whole).copied().collect();
        all.sort_by(|a, b| self.account(*a).order(self.account(*b)));
        let at: HashMap<u32, usize, Hashed> =
            all.iter().enumerate().map(|(at, number)| (*number, at)).collect();
        let mut ties = Vec::new();
        for (a, number) in all.iter().enumerate() {
            for tied in &self.joined(*number).ties {
                if let Some(b) = at.get(&tied.to).copied().filter(|b| a < *b) {
                    let (score, rule) = (tied.score, tied.rule);
                    ties.push(Tie { a, b, score, rule });
                }
            }
        }
        ties.sort_by(|x, y| y.score.cmp(&x.score).then((x.a, x.b).cmp(&(y.a, y.b))));
        let accounts: Vec<&Account<'_>> = all.iter().map(|number| self.account(*number)).collect();
        let pairs = |all: &[(u32, u32)]| -> Vec<(usize, usize)> {
            let here = all
                .iter()
                .filter_map(|(a, b)| at.get(a).copied().zip(at.get(b).copied()));
            here.collect()
        };
        let placed = self.held.placed.iter().filter_map(|(number, to)| {
            let to = to.and_then(|to| at.get(&to).copied());
            Some((*at.get(number)?, to))
        });
        let bonds = Bonds {
            same: pairs(&self.held.same),
            apart: pairs(&self.held.apart),
            placed: placed.collect(),
        };
        let clusters = cluster::join(&accounts, &ties, self.acts, &bonds);
        (all, clusters)
    }

    /// Puts new clusters in the place of opened ones; one that is as it was, of accounts that are as they were, stays.
    pub(super) fn replace(
        &mut self,
        opened: &BTreeSet<u32>,
        joined: Vec<(Vec<u32>, BTreeSet<Rule>)>,
        touched: &mut Touched,
    ) {
        let mut stays: BTreeSet<u32> = BTreeSet::new();
        let mut fresh = Vec::new();
        for (members, rules) in joined {
            let home = self.joined(members[0]).home;
            let old = opened
                .get(&home)
                .and_then(|home| self.clusters[*home as usize].as_ref());
            let is_ruled = members.iter().any(|member| touched.ruled.contains(member));
            if !is_ruled && old.is_some_and(|old| old.members == members && old.rules == rules) {
                stays.insert(home);
            } else {
                fresh.push((members, rules));
            }
        }
        for number in opened.difference(&stays) {
            let Some(old) = self.clusters[*number as usize].take() else {
                continue;
            };
            touched.gone.extend(old.made.map(|made| made.incident));
            touched.speakers.extend(old.speaking.keys().chain(&old.may_mean));
            for member in old.members {
                if self.accounts[member as usize].is_some() {
                    touched.told_pages.extend(self.pages_of(self.account(member)));
                }
            }
            if let Some(anchor) = old
                .anchor
                .and_then(|anchor| self.clusters[anchor as usize].as_mut())
            {
                anchor.joined.remove(number);
                touched.clusters.extend(old.anchor);
            }
            for pointing in old.joined {
                if let Some(pointing) = self.clusters[pointing as usize].as_mut() {
                    pointing.anchor = None;
                }
                touched.clusters.insert(pointing);
            }
        }
        for (members, rules) in fresh {
            let number = self.clusters.len() as u32;
            for member in &members {
                self.accounts[*member as usize]
                    .as_mut()
                    .expect("it is there")
                    .home = number;
                touched.told_pages.extend(self.pages_of(self.account(*member)));
            }
            let is_pointing = members.iter().all(|member| {
                let is_ruled = self.held.placed.contains_key(member)
                    || self.held.apart.iter().any(|(a, b)| a == member || b == member);
                !is_ruled && attach::is_pointing(self.account(*member), self.acts)
            });
            self.clusters.push(Some(Cluster {
                members,
                rules,
                is_pointing,
                ..Cluster::default()
            }));
            touched.clusters.insert(number);
        }
        let clusters = &self.clusters;
        touched
            .clusters
            .retain(|cluster| clusters[*cluster as usize].is_some());
    }

    /// Joins clusters that only point at an act to the one that the page tells.
    pub(super) fn point(&mut self, touched: &mut Touched) {
        let on_pages = touched
            .told_pages
            .iter()
            .flat_map(|page| &self.pages.pages[*page as usize].accounts);
        let homes = on_pages
            .map(|number| self.joined(*number).home)
            .filter(|home| *home != NONE);
        let mut pointing: BTreeSet<u32> = homes.chain(touched.clusters.iter().copied()).collect();
        pointing.retain(|cluster| self.cluster(*cluster).is_pointing);
        for number in pointing {
            let cluster = self.cluster(number);
            let members = cluster.members.iter();
            let meant: BTreeSet<u32> = members
                .flat_map(|member| attach::meant(self, *member, attach::Among::Telling))
                .collect();
            let (old, new) = (
                cluster.anchor,
                meant.first().copied().filter(|_| meant.len() == 1),
            );
            if old == new {
                continue;
            }
            let members = cluster.members.clone();
            for end in [old, new].into_iter().flatten() {
                if let Some(anchor) = self.clusters[end as usize].as_mut() {
                    if Some(end) == new {
                        anchor.joined.insert(number);
                    } else {
                        anchor.joined.remove(&number);
                    }
                    touched.clusters.insert(end);
                }
            }
            self.clusters[number as usize]
                .as_mut()
                .expect("just looked up")
                .anchor = new;
            touched.clusters.insert(number);
            for member in members {
                touched.told_pages.extend(self.pages_of(self.account(member)));
            }
        }
    }

    pub(crate) fn cluster(&self, number: u32) -> &Cluster {
        self.clusters[number as usize]
            .as_ref()
            .expect("clusters are dropped with all that names them")
    }

    /// The cluster that a cluster's accounts count for.
    pub(crate) fn root(&self, cluster: u32) -> u32 {
        self.cluster(cluster).anchor.unwrap_or(cluster)
    }

    /// Looks again at what accounts speak about that stand beside touched clusters.
    pub(super) fn attach(&mut self, touched: &mut Touched) {
        let mut speakers = std::mem::take(&mut touched.speakers);
        for page in &touched.told_pages {
            let alike = self.pages.titled_alike(*page).chain([*page]);
            speakers.extend(alike.flat_map(|page| &self.pages.pages[page as usize].accounts));
        }
        for cluster in &touched.clusters {
            let members = self.cluster(*cluster).members.iter();
            speakers.extend(members.flat_map(|member| self.joined(*member).ties.iter().map(|tied| tied.to)));
        }
        speakers.extend(touched.retied.iter().chain(&touched.new_accounts));
        speakers.extend(touched.ruled.iter().chain(self.held.placed.keys()));
        for number in speakers {
            let Some(joined) = self.accounts[number as usize].as_ref() else {
                continue;
            };
            if joined.account.part != Part::SpeaksAbout || self.held.rejected.contains(&number) {
                continue;
            }
            let attached = attach::attach(self, number);
            if attached != joined.attached {
                let old = joined.attached.clone();
                self.detach(number, &old, touched);
                for (cluster, rule) in &attached.speaking {
                    self.clusters[*cluster as usize]
                        .as_mut()
                        .expect("it is there")
                        .speaking
                        .insert(number, *rule);
                    touched.clusters.insert(*cluster);
                }
                for cluster in &attached.may_mean {
                    self.clusters[*cluster as usize]
                        .as_mut()
                        .expect("it is there")
                        .may_mean
                        .insert(number);
                    touched.clusters.insert(*cluster);
                }
                self.accounts[number as usize]
                    .as_mut()
                    .expect("just looked up")
                    .attached = attached;
            }
        }
    }

    pub(super) fn detach(&mut self, number: u32, attached: &Attached, touched: &mut Touched) {
        let named = attached
            .speaking
            .iter()
            .map(|(cluster, _)| cluster)
            .chain(&attached.may_mean);
        for at in named {
            if let Some(cluster) = self.clusters[*at as usize].as_mut() {
                cluster.speaking.remove(&number);
                cluster.may_mean.remove(&number);
                touched.clusters.insert(*at);
            }
        }
    }

    /// Makes the incidents of touched clusters anew.
    pub(super) fn make(
        &mut self,
        touched: &mut Touched,
        mut decided: Option<&mut Decided<'_>>,
    ) -> BTreeSet<u32> {
        let mut roots: BTreeSet<u32> = std::mem::take(&mut touched.clusters);
        // A ruling may have come to stand, or have lost its object, without any account being touched.
        let named = self
            .rulings
            .list
            .iter()
            .flat_map(|ruling| ruling.decision.claims());
        let pages: BTreeSet<u32> = named
            .filter_map(|claim| self.page_of.get(claim).copied())
            .collect();
        for page in pages {
            for joined in self.pages.pages[page as usize]
                .accounts
                .iter()
                .map(|number| self.joined(*number))
            {
                roots.extend((joined.home != NONE).then(|| self.root(joined.home)));
                roots.extend(joined.attached.speaking.iter().map(|(cluster, _)| cluster));
            }
        }
        let mut made_anew = BTreeSet::new();
        for number in roots {
            let Some(cluster) = self.clusters[number as usize].as_mut() else {
                continue;
            };
            touched.gone.extend(cluster.made.take().map(|made| made.incident));
            if cluster.anchor.is_some() {
                continue;
            }
            let made = self.make_one(number, decided.as_deref_mut());
            self.clusters[number as usize]
                .as_mut()
                .expect("just looked up")
                .made = Some(made);
            made_anew.insert(number);
        }
        made_anew
    }

    pub(super) fn make_one(&self, number: u32, decided: Option<&mut Decided<'_>>) -> Made {
        let cluster = self.cluster(number);
        let founding = self.founding(number);
        let mut rules = cluster.rules.clone();
        if !cluster.joined.is_empty() {
            rules.insert(Rule::LeftOpen);
        }
        let speaking = self.speaking(number);
        let mut may_mean: Vec<&Account<'_>> = cluster
            .may_mean
            .iter()
            .map(|number| self.account(*number))
            .collect();
        may_mean.sort_by(|a, b| a.order(b));
        let library = Library::new(&self.pages, &self.known);
        assemble::made(
            (founding, speaking, may_mean),
            &rules,
            &library,
            self.acts,
            decided,
        )
    }

    /// The accounts that found the incident of a cluster, in order.
    pub(super) fn founding(&self, number: u32) -> Vec<&Account<'a>> {
        let cluster = self.cluster(number);
        let joined = cluster
            .joined
            .iter()
            .flat_map(|pointing| &self.cluster(*pointing).members);
        let all = cluster.members.iter().chain(joined);
        let mut founding: Vec<&Account<'a>> = all.map(|member| self.account(*member)).collect();
        founding.sort_by(|a, b| a.order(b));
        founding
    }

    /// The accounts that speak about it, in order.
    pub(super) fn speaking(&self, number: u32) -> Vec<(&Account<'a>, Rule)> {
        let speaking = self.cluster(number).speaking.iter();
        let mut speaking: Vec<(&Account<'a>, Rule)> = speaking
            .map(|(number, rule)| (self.account(*number), *rule))
            .collect();
        speaking.sort_by(|a, b| a.0.order(b.0));
        speaking
    }
}
