//! Threads: each claim of an article followed from state to state.
//!
//! Every claim is in one thread, and a thread has one claim at most in a version. A version that returns brings its
//! claims back with the threads they had: the same words in the same text are the same claim, whatever a comparison
//! with the text between would say. In a version seen for the first time a claim goes on with the thread of the claim
//! it is linked to. A claim without a link that has the letters of one that had gone at any time, or that is linked to
//! one that was removed, brings that one's thread back, if it is only one; any other begins a thread.
//!
//! [`thread`] does this for versions at hand. [`Threads`] does it step by step for versions wherever they are kept (an
//! [`Archive`]), and can go on from threads that were written down: the next version costs one comparison, however many
//! there were.

mod archive;
mod event;
mod lost;
mod memory;
mod outcome;
mod pair;

use rustc_hash::{FxHashMap, FxHashSet};

use isnad_core::Claim;
use isnad_core::fold::fold;

use crate::change::{Comparison, Link, Status, Version};

pub use archive::{Archive, ClaimIn, Kept, KeptIn, MemberIn, ThreadedIn};
pub use event::{EventCounts, EventStatus, ThreadEvent};
pub use memory::{ClaimAt, Threaded, thread};
use pair::Pair;

/// How many earlier claims of one wording are looked at to tell whether a claim has a former form again.
const MOST_FORMER: usize = 8;

/// The threads of one article as far as they are needed for the steps that are worked out.
#[derive(Debug)]
pub struct Threads<A: Archive> {
    archive: A,
    /// The threads met so far, each with its name if an earlier run began it.
    threads: Vec<Option<A::Thread>>,
    by_name: FxHashMap<A::Thread, usize>,
    thread_of: FxHashMap<A::Claim, usize>,
    /// The versions whose claims all have their threads here.
    threaded: FxHashSet<A::Version>,
    placed: Vec<(A::Claim, usize)>,
    /// Threads that began in the step at hand.
    fresh: FxHashSet<usize>,
    /// The claims that were put into threads by their letters, in the order in which that was done.
    by_letters: FxHashMap<String, Vec<ClaimIn<A>>>,
    /// The claims that were removed in the steps worked out here, in the order of time.
    removed: Vec<ClaimIn<A>>,
}

/// What one step from state to state shows; `K` names claims.
#[derive(Debug, Clone, PartialEq)]
pub struct Step<K> {
    /// Every link the comparison made.
    pub links: Vec<(K, K, Link)>,
    /// What happened to each thread that stands in either state.
    pub events: Vec<ThreadEvent<K>>,
}

impl<A: Archive> Threads<A> {
    /// The threads that the archive knows of.
    pub fn new(archive: A) -> Self {
        Self {
            archive,
            threads: Vec::new(),
            by_name: FxHashMap::default(),
            thread_of: FxHashMap::default(),
            threaded: FxHashSet::default(),
            placed: Vec::new(),
            fresh: FxHashSet::default(),
            by_letters: FxHashMap::default(),
            removed: Vec::new(),
        }
    }

    /// The archive.
    pub const fn archive(&mut self) -> &mut A {
        &mut self.archive
    }

    /// The threads met so far, each with its name if an earlier run began it.
    pub fn threads(&self) -> &[Option<A::Thread>] {
        &self.threads
    }

    /// The claims that were put into threads here, each with the thread's place in [`Threads::threads`], in the order in
    /// which that was done.
    pub fn placed(&self) -> &[(A::Claim, usize)] {
        &self.placed
    }

    /// Begins with the article's first state: every claim there begins a thread.
    ///
    /// # Errors
    /// If the version cannot be had.
    pub fn begin(&mut self, version: A::Version) -> Result<(), A::Error> {
        let first = self.archive.version(version)?;
        self.threaded.insert(version);
        for (name, claim) in first.named() {
            self.place(None, name, version, &claim.content.text);
        }
        Ok(())
    }

    /// Goes on from one state to the next.
    ///
    /// # Errors
    /// If a version cannot be had.
    pub fn step(&mut self, from: A::Version, to: A::Version) -> Result<Step<A::Claim>, A::Error> {
        let (old, new) = (self.archive.version(from)?, self.archive.version(to)?);
        self.take_over(&old)?;
        self.take_over(&new)?;
        let mut pair: Pair<'_, A> = Pair::new(&old, &new, self.compare_claims(old.as_version(), new.as_version()));
        self.fresh.clear();
        if new.names.iter().all(|name| !self.thread_of.contains_key(name)) {
            self.thread_new_claims(&mut pair)?;
            pair.again = self.changed_back(&pair)?;
        } else {
            pair.again = new.names.iter().copied().collect();
        }
        let events = self.events(&pair);
        let removed = events.iter().filter(|event| event.status == EventStatus::Removed);
        self.removed.extend(removed.filter_map(|event| Some((event.old?, from))));
        Ok(Step { links: pair.links(), events })
    }

    /// Whether any claim of one version goes on in another, as far as can be told from the two alone.
    ///
    /// # Errors
    /// If a version cannot be had.
    pub fn goes_on(&mut self, from: A::Version, to: A::Version) -> Result<bool, A::Error> {
        let (old, new) = (self.archive.version(from)?, self.archive.version(to)?);
        let comparison = self.compare_claims(old.as_version(), new.as_version());
        Ok(!comparison.links.is_empty() || comparison.changes.iter().any(|change| change.status == Status::Ambiguous))
    }

    fn compare_claims(&self, old: Version<'_>, new: Version<'_>) -> Comparison {
        match old.claims.is_empty() && new.claims.is_empty() {
            true => Comparison::default(),
            false => self.archive.compare(old, new),
        }
    }

    /// Puts a claim into a thread, or begins one with it.
    fn place(&mut self, thread: Option<usize>, claim: A::Claim, version: A::Version, content: &str) {
        let thread = thread.unwrap_or_else(|| {
            self.threads.push(None);
            self.fresh.insert(self.threads.len() - 1);
            self.threads.len() - 1
        });
        self.thread_of.insert(claim, thread);
        self.placed.push((claim, thread));
        self.by_letters.entry(letters(content)).or_default().push((claim, version));
    }

    /// The place of a thread that an earlier run began.
    fn known(&mut self, name: A::Thread) -> usize {
        *self.by_name.entry(name).or_insert_with(|| {
            self.threads.push(Some(name));
            self.threads.len() - 1
        })
    }

    /// Takes over the threads that an earlier run put a version's claims into.
    fn take_over(&mut self, version: &Kept<A::Version, A::Claim>) -> Result<(), A::Error> {
        // Single claims of it may be known before: those that a new claim was held to.
        if !self.threaded.insert(version.version) {
            return Ok(());
        }
        for (claim, thread) in self.archive.threads_of(version.version)? {
            let thread = self.known(thread);
            self.thread_of.insert(claim, thread);
        }
        Ok(())
    }

    /// Gives each claim of a version seen for the first time its thread.
    fn thread_new_claims(&mut self, pair: &mut Pair<'_, A>) -> Result<(), A::Error> {
        let mut alive = self.alive_in(pair.old);
        let mut found = Vec::new();
        for (name, claim) in pair.new.named() {
            let mut before = pair.linked(claim);
            if before.is_none()
                && !pair.is_ambiguous(claim)
                && let Some((earlier, comparison)) = self.lost_with_letters(pair.new, claim, &alive)?
            {
                before = Some(earlier);
                pair.returns.insert(name, (earlier, comparison));
            }
            found.push((name, claim, before));
        }
        let open: Vec<(A::Claim, &Claim)> = (found.iter())
            .filter(|(_, claim, before)| before.is_none() && !pair.is_ambiguous(claim))
            .map(|&(name, claim, _)| (name, claim))
            .collect();
        alive.extend(pair.returns.values().filter_map(|(earlier, _)| self.thread_of.get(earlier).copied()));
        pair.returns.extend(self.lost_and_linked(pair.new, &open, &alive)?);
        let thread_of = |name: A::Claim, before: Option<A::Claim>| {
            let before = before.or_else(|| pair.returns.get(&name).map(|(earlier, _)| *earlier));
            before.and_then(|before| self.thread_of.get(&before).copied())
        };
        let placed: Vec<(A::Claim, &Claim, Option<usize>)> =
            found.into_iter().map(|(name, claim, before)| (name, claim, thread_of(name, before))).collect();
        // Two claims that would bring back the same thread: neither does.
        let mut wanted: FxHashMap<usize, usize> = FxHashMap::default();
        placed.iter().filter_map(|&(_, _, thread)| thread).for_each(|thread| *wanted.entry(thread).or_default() += 1);
        for (name, claim, thread) in placed {
            let thread = thread.filter(|thread| wanted.get(thread) == Some(&1));
            self.place(thread, name, pair.new.version, &claim.content.text);
        }
        Ok(())
    }

    /// The threads that stand in a version.
    fn alive_in(&self, version: &Kept<A::Version, A::Claim>) -> FxHashSet<usize> {
        version.names.iter().filter_map(|name| self.thread_of.get(name).copied()).collect()
    }
}

/// The letters and digits of a content, folded: what is left of it when marks and spaces do not count.
#[must_use]
pub fn letters(content: &str) -> String {
    fold(content).chars().filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_variant_letters_make_no_other_letters() {
        assert_eq!(letters("«أكثر من ١٠٠ ألف»"), letters("اكثر من 100 الف"));
        assert_ne!(letters("100"), letters("120"));
    }
}
