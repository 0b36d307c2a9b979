//! Claims that had gone, and whether a new one is one of them.

use std::slice;

use isnad_core::{Article, Claim, Passage, Span};
use rustc_hash::{FxHashMap, FxHashSet};

use super::archive::{Archive, ClaimIn, Kept};
use super::{MOST_FORMER, Threads, letters};
use crate::change::{Comparison, Version};
use crate::link;

/// How many of the claims that were removed are held to the new ones, the last of them: the live page of a long day
/// removes thousands.
const MOST_REMOVED: usize = 64;

/// For claims that bring a thread back, the earlier form, compared with them.
type Returns<A> = FxHashMap<<A as Archive>::Claim, (<A as Archive>::Claim, Comparison)>;

impl<A: Archive> Threads<A> {
    /// The newest form of the one thread that had gone and has a claim with the letters of `claim`, compared with it.
    pub(super) fn lost_with_letters(
        &mut self,
        new: &Kept<A::Version, A::Claim>,
        claim: &Claim,
        alive: &FxHashSet<usize>,
    ) -> Result<Option<(A::Claim, Comparison)>, A::Error> {
        let gone: Vec<(ClaimIn<A>, usize)> = (self.alike(&letters(&claim.content.text))?.into_iter())
            .filter_map(|found| Some((found, *self.thread_of.get(&found.0)?)))
            .filter(|(_, thread)| !alive.contains(thread))
            .collect();
        let Some(&(earlier, thread)) = gone.last() else { return Ok(None) };
        if gone.iter().any(|&(_, other)| other != thread) {
            return Ok(None);
        }
        self.compare_with_form(earlier, new, claim)
    }

    /// For claims that nothing else was found for: those that are linked to a claim that was removed and did not come back,
    /// in whatever words, and to one only.
    pub(super) fn lost_and_linked(
        &mut self,
        new: &Kept<A::Version, A::Claim>,
        open: &[(A::Claim, &Claim)],
        alive: &FxHashSet<usize>,
    ) -> Result<Returns<A>, A::Error> {
        let mut returns = Returns::<A>::default();
        if open.is_empty() {
            return Ok(returns);
        }
        let removed = self.removed_for_good(alive)?;
        let mut forms = Vec::with_capacity(removed.len());
        for &earlier in &removed {
            forms.extend(self.archive.claim(earlier.0, earlier.1)?.map(|form| (earlier, form)));
        }
        // Which of two that say the same came back is not to be guessed.
        let mut holders: FxHashMap<String, usize> = FxHashMap::default();
        forms.iter().for_each(|(_, form)| *holders.entry(letters(&form.content.text)).or_default() += 1);
        forms.retain(|(_, form)| holders.get(&letters(&form.content.text)) == Some(&1));
        if forms.is_empty() {
            return Ok(returns);
        }
        let Some(pack) = self.archive.pack(&new.article, &new.article) else { return Ok(returns) };
        let (old_article, old_claims) = contents(forms.iter().map(|(_, form)| form), &new.article);
        let (new_article, new_claims) = contents(open.iter().map(|&(_, claim)| claim), &new.article);
        let old = Version { article: &old_article, claims: &old_claims };
        let linking = link::link(old, Version { article: &new_article, claims: &new_claims }, pack);
        for pair in linking.links.iter().filter(|pair| !pair.is_part) {
            let (Some(&(earlier, _)), Some(&(name, claim))) = (forms.get(pair.old), open.get(pair.new)) else {
                continue;
            };
            returns.extend(self.compare_with_form(earlier, new, claim)?.map(|found| (name, found)));
        }
        Ok(returns)
    }

    /// The claims of threads that were removed last and stand neither in the version before nor came back since.
    fn removed_for_good(&mut self, alive: &FxHashSet<usize>) -> Result<Vec<ClaimIn<A>>, A::Error> {
        let mut removed = Vec::new();
        for (claim, version, thread) in self.archive.removed(MOST_REMOVED)? {
            let thread = self.known(thread);
            self.thread_of.insert(claim, thread);
            removed.push((claim, version));
        }
        removed.extend(self.removed.iter().rev().take(MOST_REMOVED).rev());
        // A thread that was removed more than once counts with its last form.
        let mut seen = FxHashSet::default();
        let mut last: Vec<ClaimIn<A>> = (removed.into_iter().rev().take(MOST_REMOVED))
            .filter(|(claim, _)| self.thread_of.get(claim).is_some_and(|it| !alive.contains(it) && seen.insert(*it)))
            .collect();
        last.reverse();
        Ok(last)
    }

    /// A claim compared with an earlier form that it may be; `None` if the two are not linked.
    fn compare_with_form(
        &mut self,
        (earlier, version): ClaimIn<A>,
        new: &Kept<A::Version, A::Claim>,
        claim: &Claim,
    ) -> Result<Option<(A::Claim, Comparison)>, A::Error> {
        let kept = self.archive.version(version)?;
        let Some((_, form)) = kept.named().find(|&(name, _)| name == earlier) else { return Ok(None) };
        let old = Version { article: &kept.article, claims: slice::from_ref(form) };
        let comparison = self.compare_claims(old, Version { article: &new.article, claims: slice::from_ref(claim) });
        Ok((!comparison.links.is_empty()).then_some((earlier, comparison)))
    }

    /// The claims with these letters, in the order in which a history from the beginning meets them.
    fn alike(&mut self, letters: &str) -> Result<Vec<ClaimIn<A>>, A::Error> {
        let mut alike = Vec::new();
        for (claim, version, thread) in self.archive.alike(letters)? {
            let thread = self.known(thread);
            self.thread_of.insert(claim, thread);
            alike.push((claim, version));
        }
        alike.extend(self.by_letters.get(letters).into_iter().flatten());
        Ok(alike)
    }

    /// A few of the earlier claims of a claim's thread that have the letters of `content`, the newest first.
    pub(super) fn former(&mut self, claim: A::Claim, content: &str) -> Result<Vec<ClaimIn<A>>, A::Error> {
        let Some(&thread) = self.thread_of.get(&claim) else { return Ok(Vec::new()) };
        let letters = letters(content);
        let known = self.by_letters.get(&letters).into_iter().flatten().rev();
        let of_thread = known.filter(|(other, _)| *other != claim && self.thread_of.get(other) == Some(&thread));
        let mut former: Vec<_> = of_thread.take(MOST_FORMER).copied().collect();
        if let Some(Some(name)) = self.threads.get(thread) {
            former.extend(self.archive.former(&letters, *name, MOST_FORMER)?);
        }
        Ok(former)
    }
}

/// Claims of several versions as if one article said what each contains and no more: what a link is judged by.
fn contents<'c>(claims: impl Iterator<Item = &'c Claim>, like: &Article) -> (Article, Vec<Claim>) {
    let (mut text, mut moved) = (String::new(), Vec::new());
    for claim in claims {
        let start = text.len();
        text.push_str(&claim.content.text);
        let content = Passage { spans: vec![Span::new(start, text.len())], ..claim.content.clone() };
        text.push('\n');
        moved.push(Claim { content, ..claim.clone() });
    }
    (Article::new(text, [], like.metadata.clone()), moved)
}
