//! A step's two versions with the comparison of their claims.

use rustc_hash::{FxHashMap, FxHashSet};

use isnad_core::Claim;

use super::archive::{Archive, Kept};
use crate::change::{Change, Comparison, Link, Status, Which};

/// The two versions of a step with the comparison of their claims.
pub(super) struct Pair<'l, A: Archive> {
    pub(super) old: &'l Kept<A::Version, A::Claim>,
    pub(super) new: &'l Kept<A::Version, A::Claim>,
    pub(super) comparison: Comparison,
    /// For claims of the new version the claim of the old one it goes on from: each claim is taken once.
    pub(super) origin: FxHashMap<u32, u32>,
    /// For claims that bring a thread back by their words: the earlier form, compared with them.
    pub(super) returns: FxHashMap<A::Claim, (A::Claim, Comparison)>,
    /// Claims of the new version that have a form again which their thread had before the old one.
    pub(super) again: FxHashSet<A::Claim>,
    /// The places of the changes that name a claim of the old version, and of the new one.
    of_old: FxHashMap<u32, Vec<usize>>,
    of_new: FxHashMap<u32, Vec<usize>>,
    /// The claims of the old version, and of the new one, that an ambiguous claim of the other may be.
    candidates_old: FxHashSet<u32>,
    candidates_new: FxHashSet<u32>,
}

impl<'l, A: Archive> Pair<'l, A> {
    pub(super) fn new(
        old: &'l Kept<A::Version, A::Claim>,
        new: &'l Kept<A::Version, A::Claim>,
        comparison: Comparison,
    ) -> Self {
        let origin = one_to_one(&comparison.links);
        let mut pair = Self {
            old,
            new,
            comparison,
            origin,
            returns: FxHashMap::default(),
            again: FxHashSet::default(),
            of_old: FxHashMap::default(),
            of_new: FxHashMap::default(),
            candidates_old: FxHashSet::default(),
            candidates_new: FxHashSet::default(),
        };
        for (place, change) in pair.comparison.changes.iter().enumerate() {
            let candidates = || change.candidates.iter().map(|candidate| candidate.id);
            match &change.old {
                Some(old) => pair.of_old.entry(old.id).or_default().push(place),
                None => pair.candidates_old.extend(candidates()),
            }
            match &change.new {
                Some(new) => pair.of_new.entry(new.id).or_default().push(place),
                None => pair.candidates_new.extend(candidates()),
            }
        }
        pair
    }

    /// The changes that name a claim of one of the versions, in their order.
    pub(super) fn changes_of(&self, claim: &Claim, side: Which) -> impl Iterator<Item = &Change> + Clone {
        let of = if side == Which::Old { &self.of_old } else { &self.of_new };
        of.get(&claim.id).into_iter().flatten().filter_map(|&place| self.comparison.changes.get(place))
    }

    /// The claim of the old version that one of the new goes on from.
    pub(super) fn linked(&self, claim: &Claim) -> Option<A::Claim> {
        self.old.name(*self.origin.get(&claim.id)?)
    }

    /// Whether the comparison found several claims that a claim of the new version may be, or is one of.
    pub(super) fn is_ambiguous(&self, claim: &Claim) -> bool {
        self.changes_of(claim, Which::New).any(|change| change.status == Status::Ambiguous)
            || self.is_candidate(claim, Which::New)
    }

    /// Whether a claim is one of several that an ambiguous claim of the other version may be; the comparison then tells
    /// of that claim only, and the events do the same.
    pub(super) fn is_candidate(&self, claim: &Claim, side: Which) -> bool {
        let candidates = if side == Which::Old { &self.candidates_old } else { &self.candidates_new };
        candidates.contains(&claim.id)
    }

    pub(super) fn links(&self) -> Vec<(A::Claim, A::Claim, Link)> {
        let named = |link: &Link| Some((self.old.name(link.old)?, self.new.name(link.new)?, *link));
        self.comparison.links.iter().filter_map(named).collect()
    }
}

/// The best links, each claim of either version in one at most: from new to old.
fn one_to_one(links: &[Link]) -> FxHashMap<u32, u32> {
    let mut links: Vec<&Link> = links.iter().collect();
    links.sort_by(|a, b| {
        let likeness = b.score.total_cmp(&a.score).then(b.margin.total_cmp(&a.margin));
        likeness.then((a.old, a.new).cmp(&(b.old, b.new)))
    });
    let (mut origin, mut taken) = (FxHashMap::default(), FxHashSet::default());
    for link in links {
        if !origin.contains_key(&link.new) && taken.insert(link.old) {
            origin.insert(link.new, link.old);
        }
    }
    origin
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claim_that_several_links_name_goes_on_with_the_best_only() {
        let link = |old, new, score| Link { old, new, score, margin: 0.1 };
        let origin = one_to_one(&[link(1, 1, 0.7), link(1, 2, 0.9), link(2, 2, 0.8), link(2, 1, 0.6)]);
        assert_eq!(origin, FxHashMap::from_iter([(2, 1), (1, 2)]));
    }
}
