//! Threads: each claim of an article followed from state to state.
//!
//! Every claim row is in one thread, and a thread has one claim at most in a version. A version that returns brings its
//! claims back with the threads they had: the same words in the same text are the same claim, whatever a comparison
//! with the text between would say. In a version seen for the first time a claim goes on with the thread of the claim
//! it is linked to; a claim without a link that reads like a claim that had gone, and like only one, brings that
//! one's thread back; any other begins a thread.

use std::collections::{HashMap, HashSet};
use std::slice;
use std::sync::LazyLock;

use isnad_core::fold::fold;
use isnad_core::{Claim, LanguagePack};
use isnad_diff::{Comparison, Link, Status, Version};
use rusqlite::Connection;

use crate::error::Fault;
use crate::history::Compare;
use crate::ids::{ArticleId, ClaimId, ThreadId, VersionId};
use crate::outcome::NewEvent;
use crate::shelf::{Loaded, Shelf};

/// The pack for claims in a language that has none: what is in the history must stay comparable. A test keeps the file
/// readable.
static NO_LANGUAGE: LazyLock<Option<LanguagePack>> =
    LazyLock::new(|| LanguagePack::from_toml("no-language.toml", include_str!("data/no-language.toml")).ok());

/// A thread by its place in [`Loom::threads`].
pub(crate) type Thread = usize;

/// How many earlier claims of one wording are looked at to tell whether a claim has a former form again.
const MOST_FORMER: u32 = 8;

/// The threads of one article as far as they are needed for the steps that are worked out.
pub(crate) struct Loom<'a, 'c> {
    conn: &'c Connection,
    article: ArticleId,
    shelf: Shelf<'c>,
    compare: Compare,
    /// The caller's pack, taken for its language before the one that ships with isnad.
    pack: Option<&'a LanguagePack>,
    /// Whether the threads that are written hold; they do not while an article is worked out from its beginning.
    resumed: bool,
    /// The threads met so far, each with its number if it is written.
    pub(crate) threads: Vec<Option<ThreadId>>,
    by_id: HashMap<ThreadId, Thread>,
    pub(crate) thread_of: HashMap<ClaimId, Thread>,
    /// The claims that were put into threads, in the order in which that was done.
    pub(crate) placed: Vec<(ClaimId, Thread)>,
    /// Threads that began in the step at hand.
    pub(crate) fresh: HashSet<Thread>,
    /// The claims that were put into threads by the letters of their content, in the same order.
    by_wording: HashMap<i64, Vec<(ClaimId, VersionId)>>,
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
    /// Claims of the new version that have a form again which their thread had before the old one.
    pub(crate) again: HashSet<ClaimId>,
}

/// Which of the two versions of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Old,
    New,
}

impl<'a, 'c> Loom<'a, 'c> {
    /// A loom that goes on from the threads that are written.
    pub(crate) fn resume(
        conn: &'c Connection,
        article: ArticleId,
        compare: Compare,
        pack: Option<&'a LanguagePack>,
    ) -> Self {
        Self {
            conn,
            article,
            shelf: Shelf::new(conn),
            compare,
            pack,
            resumed: true,
            threads: Vec::new(),
            by_id: HashMap::new(),
            thread_of: HashMap::new(),
            placed: Vec::new(),
            fresh: HashSet::new(),
            by_wording: HashMap::new(),
        }
    }

    /// Forgets the threads: the article is worked out from its first state, that of `version`. Every claim there
    /// begins a thread.
    pub(crate) fn begin(&mut self, version: VersionId) -> Result<(), Fault> {
        self.resumed = false;
        let first = self.shelf.take(version)?;
        for (id, claim) in first.numbered() {
            self.place(None, id, version, &claim.content.text);
        }
        Ok(())
    }

    /// Puts a claim into a thread, or begins one with it.
    fn place(&mut self, thread: Option<Thread>, claim: ClaimId, version: VersionId, content: &str) {
        let thread = thread.unwrap_or_else(|| {
            self.threads.push(None);
            self.fresh.insert(self.threads.len() - 1);
            self.threads.len() - 1
        });
        self.thread_of.insert(claim, thread);
        self.placed.push((claim, thread));
        self.by_wording.entry(wording(content)).or_default().push((claim, version));
    }

    /// The place of a thread that is written.
    fn known(&mut self, id: ThreadId) -> Thread {
        *self.by_id.entry(id).or_insert_with(|| {
            self.threads.push(Some(id));
            self.threads.len() - 1
        })
    }

    /// Takes over the written threads of a version's claims.
    fn take_over(&mut self, version: &Loaded) -> Result<(), Fault> {
        if !self.resumed || version.ids.iter().any(|id| self.thread_of.contains_key(id)) {
            return Ok(());
        }
        let mut query =
            self.conn.prepare_cached("SELECT id, thread_id FROM claim WHERE version_id = ?1 AND thread_id NOTNULL")?;
        let rows = query.query_map([version.version], |row| Ok((row.get(0)?, row.get(1)?)))?;
        for row in rows {
            let (claim, thread): (ClaimId, ThreadId) = row?;
            let thread = self.known(thread);
            self.thread_of.insert(claim, thread);
        }
        Ok(())
    }

    /// Goes on from one state to the next.
    pub(crate) fn step(&mut self, from: VersionId, to: VersionId) -> Result<Step, Fault> {
        let (old, new) = (self.shelf.take(from)?, self.shelf.take(to)?);
        self.take_over(&old)?;
        self.take_over(&new)?;
        let comparison = self.compare_claims(&old, &old.claims, &new, &new.claims);
        let origin = one_to_one(&comparison.links);
        let mut pair =
            Pair { old: &old, new: &new, comparison, origin, returns: HashMap::new(), again: HashSet::new() };
        self.fresh.clear();
        if new.ids.iter().all(|id| !self.thread_of.contains_key(id)) {
            self.thread_new_claims(&mut pair)?;
            pair.again = self.changed_back(&pair)?;
        } else {
            pair.again = new.ids.iter().copied().collect();
        }
        Ok(Step { links: pair.links(), events: self.events(&pair)? })
    }

    /// Whether any claim of one version goes on in another, as far as can be told from the two alone.
    pub(crate) fn goes_on(&mut self, from: VersionId, to: VersionId) -> Result<bool, Fault> {
        let (old, new) = (self.shelf.take(from)?, self.shelf.take(to)?);
        let comparison = self.compare_claims(&old, &old.claims, &new, &new.claims);
        Ok(!comparison.links.is_empty() || comparison.changes.iter().any(|change| change.status == Status::Ambiguous))
    }

    /// Compares some claims of two versions.
    pub(crate) fn compare_claims(
        &self,
        old: &Loaded,
        old_claims: &[Claim],
        new: &Loaded,
        new_claims: &[Claim],
    ) -> Comparison {
        if old_claims.is_empty() && new_claims.is_empty() {
            return Comparison::default();
        }
        let language = new.article.metadata.language.or(old.article.metadata.language);
        // Where the language is unknown, what the caller extracted with is the best there is.
        let own = self.pack.filter(|pack| language.is_none_or(|language| pack.language() == language));
        let old = Version { article: &old.article, claims: old_claims };
        let new = Version { article: &new.article, claims: new_claims };
        let pack = own.or_else(|| LanguagePack::builtin(language?)).or(NO_LANGUAGE.as_ref());
        pack.map(|pack| (self.compare)(old, new, pack)).unwrap_or_default()
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
        let gone: Vec<(ClaimId, VersionId, Thread)> = (self.alike(wording(&claim.content.text))?.into_iter())
            .filter_map(|(id, version)| Some((id, version, *self.thread_of.get(&id)?)))
            .filter(|(_, _, thread)| !alive.contains(thread))
            .collect();
        let Some(&(id, version, thread)) = gone.last() else { return Ok(None) };
        if gone.iter().any(|&(_, _, other)| other != thread) {
            return Ok(None);
        }
        let earlier = self.shelf.take(version)?;
        let Some((_, form)) = earlier.numbered().find(|&(row, _)| row == id) else { return Ok(None) };
        let comparison = self.compare_claims(&earlier, slice::from_ref(form), new, slice::from_ref(claim));
        Ok((!comparison.links.is_empty()).then_some((id, comparison)))
    }

    /// A few of the earlier claims of a claim's thread that have this wording, the newest first.
    pub(crate) fn former_wordings(
        &mut self,
        claim: ClaimId,
        content: &str,
    ) -> Result<Vec<(ClaimId, VersionId)>, Fault> {
        let Some(&thread) = self.thread_of.get(&claim) else { return Ok(Vec::new()) };
        let wording = wording(content);
        let known = self.by_wording.get(&wording).into_iter().flatten().rev();
        let of_thread = known.filter(|(id, _)| *id != claim && self.thread_of.get(id) == Some(&thread));
        let mut former: Vec<_> = of_thread.take(MOST_FORMER as usize).copied().collect();
        if self.resumed
            && let Some(Some(id)) = self.threads.get(thread)
        {
            let mut query = self.conn.prepare_cached(
                "SELECT id, version_id FROM claim WHERE wording = ?1 AND thread_id = ?2 ORDER BY id DESC LIMIT ?3",
            )?;
            let rows = query.query_map((wording, id, MOST_FORMER), |row| Ok((row.get(0)?, row.get(1)?)))?;
            for row in rows {
                former.push(row?);
            }
        }
        Ok(former)
    }

    /// A claim of a version.
    pub(crate) fn form(&mut self, claim: ClaimId, version: VersionId) -> Result<Option<Claim>, Fault> {
        let version = self.shelf.take(version)?;
        Ok(version.numbered().find(|&(row, _)| row == claim).map(|(_, form)| form.clone()))
    }

    /// The claims of earlier versions that read alike, in the order in which a history from the beginning meets them.
    fn alike(&mut self, wording: i64) -> Result<Vec<(ClaimId, VersionId)>, Fault> {
        let mut alike = Vec::new();
        if self.resumed {
            let mut query = self.conn.prepare_cached(
                "SELECT claim.id, claim.version_id, claim.thread_id FROM claim
                 JOIN capture ON capture.id = (
                   SELECT id FROM capture WHERE version_id = claim.version_id AND status = 'ok'
                   ORDER BY captured_at, id LIMIT 1)
                 WHERE claim.wording = ?1 AND claim.article_id = ?2 AND claim.thread_id NOTNULL
                 ORDER BY capture.captured_at, capture.id, claim.number",
            )?;
            let rows = query.query_map((wording, self.article), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
            for row in rows {
                let (claim, version, thread): (ClaimId, VersionId, ThreadId) = row?;
                let thread = self.known(thread);
                self.thread_of.insert(claim, thread);
                alike.push((claim, version));
            }
        }
        alike.extend(self.by_wording.get(&wording).into_iter().flatten());
        Ok(alike)
    }
}

impl Pair<'_> {
    /// Whether the comparison found several claims that a claim of the new version may be, or is one of.
    fn is_ambiguous(&self, claim: &Claim) -> bool {
        let mut ambiguous = self.comparison.changes.iter().filter(|change| change.status == Status::Ambiguous);
        ambiguous.any(|change| change.new.as_ref().is_some_and(|new| new.id == claim.id))
            || self.is_candidate(claim, Side::New)
    }

    /// Whether a claim is one of several that an ambiguous claim of the other version may be; the comparison then tells
    /// of that claim only, and the events do the same.
    pub(crate) fn is_candidate(&self, claim: &Claim, side: Side) -> bool {
        let ambiguous = self.comparison.changes.iter().filter(|change| match side {
            Side::Old => change.old.is_none(),
            Side::New => change.new.is_none(),
        });
        ambiguous.flat_map(|change| &change.candidates).any(|candidate| candidate.id == claim.id)
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

/// A number for the letters and digits of a content, folded: what is left of it when marks and spaces do not count.
pub(crate) fn wording(content: &str) -> i64 {
    let letters: String = fold(content).chars().filter(|c| c.is_alphanumeric()).collect();
    let hash = blake3::hash(letters.as_bytes());
    hash.as_bytes().iter().take(8).fold(0, |number, byte| (number << 8) | i64::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_a_pack_for_languages_that_have_none() {
        assert!(NO_LANGUAGE.is_some());
    }

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
