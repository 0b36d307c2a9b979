//! From the comparison of two states to what happened to each thread.

use std::slice;

use isnad_core::fold::fold;
use isnad_core::{Claim, Kind, Polarity, Stance};
use rustc_hash::{FxHashMap, FxHashSet};

use super::Threads;
use super::archive::{Archive, Kept};
use super::event::{EventStatus, ThreadEvent};
use super::pair::Pair;
use crate::change::{Change, Status, Version, Which, WordChange, WordOp};
use crate::severity::SeverityTable;

impl<A: Archive> Threads<A> {
    /// What happened to each thread that stands in either version.
    pub(super) fn events(&self, pair: &Pair<'_, A>) -> Vec<ThreadEvent<A::Claim>> {
        let (in_old, in_new) = (self.threads_in(pair.old), self.threads_in(pair.new));
        let mut events = Vec::new();
        for (name, claim) in pair.old.named() {
            let Some(&thread) = self.thread_of.get(&name) else { continue };
            let next = in_new.get(&thread).copied();
            for change in self.changes_of_old(pair, claim, next) {
                let new = change.new.as_ref().and_then(|claim| pair.new.name(claim.id));
                events.push(match change.old {
                    Some(_) => {
                        let event = pair.event(thread, (Some(name), new), change);
                        match new {
                            Some(_) if next.is_none() => event.told_as(EventStatus::Merged),
                            Some(new) if pair.again.contains(&new) => event.told_as(EventStatus::Reverted),
                            _ => event,
                        }
                    }
                    None => pair.returned(thread, (new, new), back(change)),
                });
            }
        }
        for (name, claim) in pair.new.named() {
            let thread = self.thread_of.get(&name).filter(|thread| !in_old.contains_key(thread));
            let Some(&thread) = thread else { continue };
            let returned = !self.fresh.contains(&thread);
            let Some(change) = self.change_of_new(pair, claim, returned) else { continue };
            events.push(if returned {
                pair.reintroduction(thread, name, change)
            } else {
                let old = change.old.as_ref().and_then(|claim| pair.old.name(claim.id));
                let event = pair.event(thread, (old, Some(name)), change);
                if old.is_some() { event.told_as(EventStatus::Split) } else { event }
            });
        }
        events
    }

    /// The claims of a version seen for the first time that have a form again which their thread had before the older
    /// of the two versions.
    pub(super) fn changed_back(&mut self, pair: &Pair<'_, A>) -> Result<FxHashSet<A::Claim>, A::Error> {
        let mut again = FxHashSet::default();
        for change in pair.comparison.changes.iter().filter(|change| change.status == Status::Changed) {
            let Some(claim) = &change.new else { continue };
            let Some(name) = pair.new.name(claim.id) else { continue };
            for (former, version) in self.former(name, &claim.content.text)? {
                let is_between = version == pair.old.version || version == pair.new.version;
                let form = if is_between { None } else { self.archive().claim(former, version)? };
                if form.is_some_and(|former| has_form_of(claim, &former)) {
                    again.insert(name);
                    break;
                }
            }
        }
        Ok(again)
    }

    fn threads_in<'l>(&self, version: &'l Kept<A::Version, A::Claim>) -> FxHashMap<usize, &'l Claim> {
        version.named().filter_map(|(name, claim)| Some((*self.thread_of.get(&name)?, claim))).collect()
    }

    /// What became of a claim of the old version whose thread goes on with `next`, or ends.
    fn changes_of_old(&self, pair: &Pair<'_, A>, claim: &Claim, next: Option<&Claim>) -> Vec<Change> {
        let changes = pair.changes_of(claim, Which::Old);
        match next {
            Some(next) if pair.origin.get(&next.id) == Some(&claim.id) => {
                return changes.filter(|change| is(change.new.as_ref(), next)).take(1).cloned().collect();
            }
            // A claim that merged into another has no change of its own, but the one that names both. Where the other goes on
            // from no claim but this one, though in another thread, as in a text that returns, this one ended.
            None => {
                let merged = |change: &&Change| {
                    change.new.as_ref().is_none_or(|new| pair.origin.get(&new.id).is_some_and(|&from| from != claim.id))
                };
                if let Some(change) = changes.filter(merged).min_by_key(|change| change.new.is_some()) {
                    return vec![change.clone()];
                }
                if pair.is_candidate(claim, Which::Old) {
                    return Vec::new();
                }
            }
            Some(_) => {}
        }
        // The threads say that the claim goes on with one, the comparison took another for it: ask about the two alone.
        let news = next.map(slice::from_ref).unwrap_or_default();
        let old = Version { article: &pair.old.article, claims: slice::from_ref(claim) };
        self.compare_claims(old, Version { article: &pair.new.article, claims: news }).changes
    }

    /// What the comparison says of a claim of the new version whose thread does not stand in the old one.
    fn change_of_new(&self, pair: &Pair<'_, A>, claim: &Claim, returned: bool) -> Option<Change> {
        let changes = pair.changes_of(claim, Which::New);
        // A claim that was split off has no change of its own, but the one that names both. A claim that returned
        // has nothing to do with the one the comparison may have taken for it.
        let mut changes = changes.filter(|change| !returned || change.old.is_none());
        if let Some(change) = changes.clone().find(|change| change.old.is_none()).or_else(|| changes.next()) {
            return Some(change.clone());
        }
        if !returned && pair.is_candidate(claim, Which::New) {
            return None;
        }
        let old = Version { article: &pair.old.article, claims: &[] };
        let new = Version { article: &pair.new.article, claims: slice::from_ref(claim) };
        self.compare_claims(old, new).changes.into_iter().next()
    }
}

impl<A: Archive> Pair<'_, A> {
    /// What a comparison tells of a claim, from which name to which.
    fn event(
        &self,
        thread: usize,
        (old, new): (Option<A::Claim>, Option<A::Claim>),
        change: Change,
    ) -> ThreadEvent<A::Claim> {
        // The candidates of a claim stand in the other version.
        let other = if change.old.is_some() { self.new } else { self.old };
        let candidates = change.candidates.iter().filter_map(|candidate| other.name(candidate.id)).collect();
        ThreadEvent { thread, status: change.status.into(), old, new, candidates, change }
    }

    fn returned(
        &self,
        thread: usize,
        names: (Option<A::Claim>, Option<A::Claim>),
        change: Change,
    ) -> ThreadEvent<A::Claim> {
        ThreadEvent { status: EventStatus::Reintroduced, ..self.event(thread, names, change) }
    }

    /// The return of a thread that had gone, told against the form it returns as: itself, where its whole version returns.
    /// To come back matters as much as to have gone, whatever else changed on the way.
    fn reintroduction(&self, thread: usize, name: A::Claim, added: Change) -> ThreadEvent<A::Claim> {
        let severity = SeverityTable::builtin().of(Status::Removed, &[]);
        let (earlier, told) = match self.returns.get(&name) {
            Some((earlier, comparison)) => (*earlier, comparison.changes.first().cloned()),
            None => (name, None),
        };
        let mut change = told.unwrap_or_else(|| back(added));
        change.severity = change.severity.max(severity);
        self.returned(thread, (Some(earlier), Some(name)), change)
    }
}

impl<K> ThreadEvent<K> {
    /// The event with a status that only a history can tell, in the place of a mere change.
    fn told_as(self, status: EventStatus) -> Self {
        match self.status {
            EventStatus::Changed => Self { status, ..self },
            _ => self,
        }
    }
}

/// An addition told as the return of the same claim, whose words are those it had.
fn back(added: Change) -> Change {
    let text = added.new.as_ref().map(|claim| claim.content.text.clone()).filter(|text| !text.is_empty());
    let words = text.map(|text| WordChange { op: WordOp::Equal, text }).into_iter().collect();
    let severity = SeverityTable::builtin().of(Status::Removed, &added.facets);
    Change { old: added.new.clone(), words, severity, ..added }
}

/// Whether two claims with the same letters have the same numbers and are attributed alike.
fn has_form_of(claim: &Claim, former: &Claim) -> bool {
    // Letters leave out the signs of money and share.
    let quantities = |claim: &Claim| {
        claim.quantities.iter().map(|it| (it.value.to_bits(), fold(&it.text).into_owned())).collect::<Vec<_>>()
    };
    fn attribution(claim: &Claim) -> (Option<String>, Option<Stance>, Kind, Polarity, bool) {
        let speaker = claim.speaker().map(|speaker| fold(speaker).into_owned());
        let stance = claim.cue.as_ref().map(|cue| cue.stance);
        (speaker, stance, claim.kind, claim.polarity, claim.realised)
    }
    attribution(claim) == attribution(former) && quantities(claim) == quantities(former)
}

fn is(side: Option<&Claim>, claim: &Claim) -> bool {
    side.is_some_and(|side| side.id == claim.id)
}
