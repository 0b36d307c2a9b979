//! Threads: each claim of an article followed from state to state.
//!
//! Every claim row is in one thread, and a thread has one claim at most in a version. A version that returns brings its
//! claims back with the threads they had: the same words in the same text are the same claim, whatever a comparison
//! with the text between would say. In a version seen for the first time a claim goes on with the thread of the claim
//! it is linked to; a claim without a link that reads like a claim that had gone, and like only one, brings that
//! one's thread back; any other begins a thread.

use std::collections::{HashMap, HashSet};
use std::slice;

use isnad_core::fold::fold;
use isnad_core::{Claim, LanguagePack};
use isnad_diff::{Comparison, Link, Status, Version};

use crate::error::{Fault, StoreError};
use crate::history::Compare;
use crate::ids::{ClaimId, VersionId};
use crate::outcome::NewEvent;
use crate::shelf::{Loaded, Shelf};

/// A thread by its place in [`Loom::threads`].
pub(crate) type Thread = usize;

/// The threads of one article as far as its states have been gone through.
pub(crate) struct Loom<'a, 'c> {
    shelf: Shelf<'c>,
    compare: Compare,
    /// The caller's pack, taken for its language before the one that ships with isnad.
    pack: Option<&'a LanguagePack>,
    /// For each thread its claims, in the order in which they came.
    pub(crate) threads: Vec<Vec<ClaimId>>,
    pub(crate) thread_of: HashMap<ClaimId, Thread>,
    /// Claims by the letters of their content, in the order in which they came.
    by_wording: HashMap<String, Vec<(ClaimId, VersionId)>>,
}

/// What one step from state to state shows.
#[derive(Debug, Default)]
pub(crate) struct Step {
    /// Every link the comparison made, by claim row.
    pub(crate) links: Vec<(ClaimId, ClaimId, Link)>,
    pub(crate) events: Vec<NewEvent>,
}

/// The two versions of a step with the comparison of their claims.
pub(crate) struct Pair<'l> {
    pub(crate) old: &'l Loaded,
    pub(crate) new: &'l Loaded,
    pub(crate) comparison: Comparison,
    /// For claims of the new version the claim of the old one it goes on from: each claim is taken once.
    pub(crate) origin: HashMap<u32, u32>,
    /// For claims that bring a thread back by their words: the earlier form, compared with them.
    pub(crate) returns: HashMap<ClaimId, (ClaimId, Comparison)>,
}

impl<'a, 'c> Loom<'a, 'c> {
    pub(crate) fn new(shelf: Shelf<'c>, compare: Compare, pack: Option<&'a LanguagePack>) -> Self {
        let (threads, thread_of, by_wording) = (Vec::new(), HashMap::new(), HashMap::new());
        Self { shelf, compare, pack, threads, thread_of, by_wording }
    }

    /// Puts a claim into a thread, or begins one with it.
    pub(crate) fn place(&mut self, thread: Option<Thread>, claim: ClaimId, version: VersionId, content: &str) {
        let thread = thread.unwrap_or_else(|| {
            self.threads.push(Vec::new());
            self.threads.len() - 1
        });
        if let Some(claims) = self.threads.get_mut(thread) {
            claims.push(claim);
        }
        self.thread_of.insert(claim, thread);
        self.by_wording.entry(wording(content)).or_default().push((claim, version));
    }

    /// The first state: every claim begins a thread.
    pub(crate) fn begin(&mut self, version: VersionId) -> Result<(), Fault> {
        let first = self.shelf.take(version)?;
        for (id, claim) in first.numbered() {
            self.place(None, id, version, &claim.content.text);
        }
        Ok(())
    }

    /// Goes on from one state to the next.
    pub(crate) fn step(&mut self, from: VersionId, to: VersionId) -> Result<Step, Fault> {
        let (old, new) = (self.shelf.take(from)?, self.shelf.take(to)?);
        let comparison = self.compare_claims(&old, &old.claims, &new, &new.claims)?;
        let origin = one_to_one(&comparison.links);
        let mut pair = Pair { old: &old, new: &new, comparison, origin, returns: HashMap::new() };
        let known = self.threads.len();
        if new.ids.iter().all(|id| !self.thread_of.contains_key(id)) {
            self.thread_new_claims(&mut pair)?;
        }
        Ok(Step { links: pair.links(), events: self.events(&pair, known)? })
    }

    /// Compares some claims of two versions.
    pub(crate) fn compare_claims(
        &self,
        old: &Loaded,
        old_claims: &[Claim],
        new: &Loaded,
        new_claims: &[Claim],
    ) -> Result<Comparison, Fault> {
        if old_claims.is_empty() && new_claims.is_empty() {
            return Ok(Comparison::default());
        }
        let language = new.article.metadata.language.or(old.article.metadata.language);
        // Where the language is unknown, what the caller extracted with is the best there is.
        let own = self.pack.filter(|pack| language.is_none_or(|language| pack.language() == language));
        let pack = own.or_else(|| LanguagePack::builtin(language?));
        let pack = pack.ok_or(StoreError::NoLanguagePack { language })?;
        let old = Version { article: &old.article, claims: old_claims };
        let new = Version { article: &new.article, claims: new_claims };
        Ok((self.compare)(old, new, pack))
    }

    /// Gives each claim of a version seen for the first time its thread.
    fn thread_new_claims(&mut self, pair: &mut Pair<'_>) -> Result<(), Fault> {
        let alive: HashSet<Thread> = pair.old.ids.iter().filter_map(|id| self.thread_of.get(id).copied()).collect();
        let mut placed = Vec::new();
        for (id, claim) in pair.new.numbered() {
            let linked = pair.origin.get(&claim.id).and_then(|&number| pair.old.row(number));
            let mut before = linked;
            if linked.is_none()
                && !pair.is_ambiguous(claim)
                && let Some((earlier, comparison)) = self.lost_claim(pair.new, claim, &alive)?
            {
                before = Some(earlier);
                pair.returns.insert(id, (earlier, comparison));
            }
            placed.push((id, claim, before.and_then(|before| self.thread_of.get(&before).copied())));
        }
        // Two claims that would bring back the same thread: neither does.
        let mut wanted: HashMap<Thread, usize> = HashMap::new();
        placed.iter().filter_map(|&(_, _, thread)| thread).for_each(|thread| *wanted.entry(thread).or_default() += 1);
        for (id, claim, thread) in placed {
            let thread = thread.filter(|thread| wanted.get(thread) == Some(&1));
            self.place(thread, id, pair.new.version, &claim.content.text);
        }
        Ok(())
    }

    /// The newest form of the one thread that had gone and like which `claim` reads, compared with it.
    fn lost_claim(
        &mut self,
        new: &Loaded,
        claim: &Claim,
        alive: &HashSet<Thread>,
    ) -> Result<Option<(ClaimId, Comparison)>, Fault> {
        let alike = self.by_wording.get(&wording(&claim.content.text)).map(Vec::as_slice).unwrap_or_default();
        let gone: Vec<(ClaimId, VersionId, Thread)> = (alike.iter())
            .filter_map(|&(id, version)| Some((id, version, *self.thread_of.get(&id)?)))
            .filter(|(_, _, thread)| !alive.contains(thread))
            .collect();
        let Some(&(id, version, thread)) = gone.last() else { return Ok(None) };
        if gone.iter().any(|&(_, _, other)| other != thread) {
            return Ok(None);
        }
        let earlier = self.shelf.take(version)?;
        let Some((_, form)) = earlier.numbered().find(|&(row, _)| row == id) else { return Ok(None) };
        let comparison = self.compare_claims(&earlier, slice::from_ref(form), new, slice::from_ref(claim))?;
        Ok((!comparison.links.is_empty()).then_some((id, comparison)))
    }
}

impl Pair<'_> {
    fn is_ambiguous(&self, claim: &Claim) -> bool {
        let ambiguous = self.comparison.changes.iter().filter(|change| change.status == Status::Ambiguous);
        ambiguous.filter_map(|change| change.new.as_ref()).any(|new| new.id == claim.id)
    }

    fn links(&self) -> Vec<(ClaimId, ClaimId, Link)> {
        let row = |link: &Link| Some((self.old.row(link.old)?, self.new.row(link.new)?, *link));
        self.comparison.links.iter().filter_map(row).collect()
    }
}

/// The best links, each claim of either version in one at most: from new to old.
fn one_to_one(links: &[Link]) -> HashMap<u32, u32> {
    let mut links: Vec<&Link> = links.iter().collect();
    links.sort_by(|a, b| {
        let likeness = b.score.total_cmp(&a.score).then(b.margin.total_cmp(&a.margin));
        likeness.then((a.old, a.new).cmp(&(b.old, b.new)))
    });
    let (mut origin, mut taken) = (HashMap::new(), HashSet::new());
    for link in links {
        if !origin.contains_key(&link.new) && taken.insert(link.old) {
            origin.insert(link.new, link.old);
        }
    }
    origin
}

/// The letters and digits of a content, folded: what is left of it when marks and spaces do not count.
fn wording(content: &str) -> String {
    fold(content).chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_claim_that_several_links_name_goes_on_with_the_best_only() {
        let link = |old, new, score| Link { old, new, score, margin: 0.1 };
        let origin = one_to_one(&[link(1, 1, 0.7), link(1, 2, 0.9), link(2, 2, 0.8), link(2, 1, 0.6)]);
        assert_eq!(origin, HashMap::from([(2, 1), (1, 2)]));
    }

    #[test]
    fn marks_and_variant_letters_do_not_make_another_wording() {
        assert_eq!(wording("«أكثر من ١٠٠ ألف»"), wording("اكثر من 100 الف"));
        assert_ne!(wording("100"), wording("120"));
    }
}
