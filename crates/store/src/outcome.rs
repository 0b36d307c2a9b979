//! From the comparison of two states to what happened to each thread.

use std::collections::{HashMap, HashSet};
use std::slice;

use isnad_core::fold::fold;
use isnad_core::{Claim, Kind, Polarity, Stance};
use isnad_diff::{Change, SeverityTable, Status, WordChange, WordOp};

use crate::error::Fault;
use crate::event::EventStatus;
use crate::event_rows::Written;
use crate::ids::ClaimId;
use crate::shelf::Loaded;
use crate::weave::{Loom, Pair, Side, Thread};

/// Something that happened to a thread in a step.
#[derive(Debug)]
pub(crate) struct NewEvent {
    pub(crate) thread: Thread,
    pub(crate) status: EventStatus,
    pub(crate) old: Option<ClaimId>,
    pub(crate) new: Option<ClaimId>,
    /// The comparison, as it is kept: a long history has many of them.
    pub(crate) written: Written,
}

impl Loom<'_, '_> {
    /// What happened to each thread that stands in either version.
    pub(crate) fn events(&self, pair: &Pair<'_>) -> Result<Vec<NewEvent>, Fault> {
        let (in_old, in_new) = (self.threads_in(pair.old), self.threads_in(pair.new));
        let mut events = Vec::new();
        for (id, claim) in pair.old.numbered() {
            let Some(&thread) = self.thread_of.get(&id) else { continue };
            let next = in_new.get(&thread).map(|&(_, next)| next);
            for change in self.changes_of_old(pair, claim, next) {
                let new = change.new.as_ref().and_then(|claim| pair.new.row(claim.id));
                events.push(match change.old {
                    Some(_) => {
                        let event = NewEvent::of(pair, thread, (Some(id), new), change)?;
                        match new {
                            Some(_) if next.is_none() => event.told_as(EventStatus::Merged),
                            Some(new) if pair.again.contains(&new) => event.told_as(EventStatus::Reverted),
                            _ => event,
                        }
                    }
                    None => NewEvent::returned(pair, thread, (new, new), back(change))?,
                });
            }
        }
        for (id, claim) in pair.new.numbered() {
            let thread = self.thread_of.get(&id).filter(|thread| !in_old.contains_key(thread));
            let Some(&thread) = thread else { continue };
            let returned = !self.fresh.contains(&thread);
            let Some(change) = self.change_of_new(pair, claim, returned) else { continue };
            events.push(if returned {
                reintroduction(pair, thread, id, change)?
            } else {
                let old = change.old.as_ref().and_then(|claim| pair.old.row(claim.id));
                let event = NewEvent::of(pair, thread, (old, Some(id)), change)?;
                if old.is_some() { event.told_as(EventStatus::Split) } else { event }
            });
        }
        Ok(events)
    }

    /// The claims of a version seen for the first time that have a form again which their thread had before the older
    /// of the two versions.
    pub(crate) fn changed_back(&mut self, pair: &Pair<'_>) -> Result<HashSet<ClaimId>, Fault> {
        let mut again = HashSet::new();
        for change in pair.comparison.changes.iter().filter(|change| change.status == Status::Changed) {
            let Some(claim) = &change.new else { continue };
            let Some(id) = pair.new.row(claim.id) else { continue };
            for (former, version) in self.former_wordings(id, &claim.content.text)? {
                let is_between = version == pair.old.version || version == pair.new.version;
                if !is_between && self.form(former, version)?.is_some_and(|former| has_form_of(claim, &former)) {
                    again.insert(id);
                    break;
                }
            }
        }
        Ok(again)
    }

    fn threads_in<'l>(&self, version: &'l Loaded) -> HashMap<Thread, (ClaimId, &'l Claim)> {
        version.numbered().filter_map(|(id, claim)| Some((*self.thread_of.get(&id)?, (id, claim)))).collect()
    }

    /// What became of a claim of the old version whose thread goes on with `next`, or ends.
    fn changes_of_old(&self, pair: &Pair<'_>, claim: &Claim, next: Option<&Claim>) -> Vec<Change> {
        let changes = pair.comparison.changes.iter().filter(|change| is(change.old.as_ref(), claim));
        match next {
            Some(next) if pair.origin.get(&next.id) == Some(&claim.id) => {
                return changes.filter(|change| is(change.new.as_ref(), next)).take(1).cloned().collect();
            }
            // A claim that merged into another has no change of its own, but the one that names both.
            None => {
                if let Some(change) = changes.min_by_key(|change| change.new.is_some()) {
                    return vec![change.clone()];
                }
                if pair.is_candidate(claim, Side::Old) {
                    return Vec::new();
                }
            }
            Some(_) => {}
        }
        // The threads say that the claim goes on with one, the comparison took another for it: ask about the two alone.
        let news = next.map(slice::from_ref).unwrap_or_default();
        self.compare_claims(pair.old, slice::from_ref(claim), pair.new, news).changes
    }

    /// What the comparison says of a claim of the new version whose thread does not stand in the old one.
    fn change_of_new(&self, pair: &Pair<'_>, claim: &Claim, returned: bool) -> Option<Change> {
        let changes = pair.comparison.changes.iter().filter(|change| is(change.new.as_ref(), claim));
        // A claim that was split off has no change of its own, but the one that names both. A claim that returned
        // has nothing to do with the one the comparison may have taken for it.
        let mut changes = changes.filter(|change| !returned || change.old.is_none());
        if let Some(change) = changes.clone().find(|change| change.old.is_none()).or_else(|| changes.next()) {
            return Some(change.clone());
        }
        if !returned && pair.is_candidate(claim, Side::New) {
            return None;
        }
        let alone = self.compare_claims(pair.old, &[], pair.new, slice::from_ref(claim));
        alone.changes.into_iter().next()
    }
}

impl NewEvent {
    /// What a comparison tells of a claim, from which row to which.
    fn of(
        pair: &Pair<'_>,
        thread: Thread,
        (old, new): (Option<ClaimId>, Option<ClaimId>),
        change: Change,
    ) -> Result<Self, Fault> {
        let status = EventStatus::of(change.status)?;
        // The candidates of a claim stand in the other version.
        let other = if change.old.is_some() { pair.new } else { pair.old };
        let candidates = change.candidates.iter().filter_map(|candidate| other.row(candidate.id)).collect();
        Ok(Self { thread, status, old, new, written: Written::of(change, candidates)? })
    }

    /// The event with a status that only a history can tell, in the place of a mere change.
    fn told_as(self, status: EventStatus) -> Self {
        match self.status {
            EventStatus::Changed => Self { status, ..self },
            _ => self,
        }
    }

    fn returned(
        pair: &Pair<'_>,
        thread: Thread,
        rows: (Option<ClaimId>, Option<ClaimId>),
        change: Change,
    ) -> Result<Self, Fault> {
        Ok(Self { status: EventStatus::Reintroduced, ..Self::of(pair, thread, rows, change)? })
    }
}

/// The return of a thread that had gone, told against the form it returns as: itself, where its whole version returns.
/// To come back matters as much as to have gone, whatever else changed on the way.
fn reintroduction(pair: &Pair<'_>, thread: Thread, id: ClaimId, added: Change) -> Result<NewEvent, Fault> {
    let severity = SeverityTable::builtin().of(Status::Removed, &[]);
    let (earlier, told) = match pair.returns.get(&id) {
        Some((earlier, comparison)) => (*earlier, comparison.changes.first().cloned()),
        None => (id, None),
    };
    let mut change = told.unwrap_or_else(|| back(added));
    change.severity = change.severity.max(severity);
    NewEvent::returned(pair, thread, (Some(earlier), Some(id)), change)
}

/// An addition told as the return of the same claim, whose words are those it had.
fn back(added: Change) -> Change {
    let text = added.new.as_ref().map(|claim| claim.content.text.clone()).filter(|text| !text.is_empty());
    let words = text.map(|text| WordChange { op: WordOp::Equal, text }).into_iter().collect();
    let severity = SeverityTable::builtin().of(Status::Removed, &added.facets);
    Change { old: added.new.clone(), words, severity, ..added }
}

/// Whether two claims of the same wording are attributed alike.
fn has_form_of(claim: &Claim, former: &Claim) -> bool {
    fn attribution(claim: &Claim) -> (Option<String>, Option<Stance>, Kind, Polarity, bool) {
        let speaker = claim
            .source
            .as_ref()
            .and_then(|source| source.speaker.as_deref())
            .map(|speaker| fold(speaker).into_owned());
        let stance = claim.cue.as_ref().map(|cue| cue.stance);
        (speaker, stance, claim.kind, claim.polarity, claim.realised)
    }
    attribution(claim) == attribution(former)
}

fn is(side: Option<&Claim>, claim: &Claim) -> bool {
    side.is_some_and(|side| side.id == claim.id)
}
