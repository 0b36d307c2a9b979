//! Two versions in, what became of each claim out.

use isnad_core::{Claim, LanguagePack};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::change::{Change, Comparison, Detail, Facet, Severity, Status, Summary, Version};
use crate::declared::Notes;
use crate::facets::{self, Pair};
use crate::link::{self, Linked, Linking};
use crate::severity::SeverityTable;
use crate::{moves, words};

/// What became of each claim of `old` in `new`.
///
/// Comparing a version with itself gives no changes; swapping the versions gives the mirror of every change.
#[must_use]
pub fn compare(old: Version<'_>, new: Version<'_>, pack: &LanguagePack) -> Comparison {
    compare_with(old, new, pack, SeverityTable::builtin())
}

/// As [`compare`], with a severity table of the caller's.
#[must_use]
pub fn compare_with(old: Version<'_>, new: Version<'_>, pack: &LanguagePack, severities: &SeverityTable) -> Comparison {
    let linking = link::link(old, new, pack);
    let moved = moved(&linking.links);
    let mut changes = Vec::new();
    let mut summary = Summary::default();
    for (pair, moved) in linking.links.iter().zip(moved) {
        match linked(old, new, pair, moved, pack) {
            Some(change) => changes.push(change),
            None => summary.unchanged += 1,
        }
    }
    changes.extend(unlinked(old.claims, new.claims, &linking));
    let notes = Notes::of(new, pack);
    for change in &mut changes {
        change.severity = severities.of(change.status, &change.facets);
        change.declared = notes.name(change, pack);
        count(&mut summary, change.status);
    }
    changes.sort_by_key(|change| (std::cmp::Reverse(change.severity), place(change)));
    let links = linking.links.into_iter().map(|pair| pair.link).collect();
    Comparison { summary, changes, links }
}

/// Whether each linked pair moved; a part that was split off or merged in has no place of its own to leave.
fn moved(links: &[Linked]) -> Vec<bool> {
    let whole: Vec<usize> = links.iter().filter(|pair| !pair.is_part).map(|pair| pair.old).collect();
    let mut of_whole = moves::moved(&whole).into_iter();
    links.iter().map(|pair| !pair.is_part && of_whole.next().unwrap_or_default()).collect()
}

/// The change of a linked claim; `None` if nothing changed.
fn linked(old: Version<'_>, new: Version<'_>, pair: &Linked, moved: bool, pack: &LanguagePack) -> Option<Change> {
    let Linked { old: o, new: n, link, .. } = *pair;
    let (before, after) = (old.claims.get(o)?, new.claims.get(n)?);
    let mut reading = facets::read(&Pair::new((old, before), (new, after), pack));
    if moved {
        // A claim that was also respelt on its way is moved; what counts is said first.
        reading.facets.retain(|facet| *facet != Facet::Spelling);
        reading.details.retain(|detail| detail.facet != Facet::Spelling);
        let place = |at: usize| Some((at + 1).to_string());
        reading.facets.push(Facet::Position);
        reading.details.push(Detail { facet: Facet::Position, old: place(o), new: place(n) });
    }
    let status = match reading.facets.as_slice() {
        [] => return None,
        [Facet::Spelling] => Status::Cosmetic,
        [Facet::Position] => Status::Moved,
        _ => Status::Changed,
    };
    Some(Change {
        status,
        facets: reading.facets,
        severity: Severity::Low,
        words: words::words(&before.content.text, &after.content.text),
        old: Some(before.clone()),
        new: Some(after.clone()),
        candidates: Vec::new(),
        details: reading.details,
        score: Some(link.score),
        margin: Some(link.margin),
        declared: false,
    })
}

/// Claims that were not linked: ambiguous, added or removed.
fn unlinked(old: &[Claim], new: &[Claim], linking: &Linking) -> Vec<Change> {
    let linked_old: FxHashSet<usize> = linking.links.iter().map(|pair| pair.old).collect();
    let linked_new: FxHashSet<usize> = linking.links.iter().map(|pair| pair.new).collect();
    let mut of_old: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
    let mut of_new: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
    for &(o, n) in &linking.ambiguous {
        of_old.entry(o).or_default().push(n);
        of_new.entry(n).or_default().push(o);
    }
    let mut changes = Vec::new();
    // A claim that is only one of several candidates of another is shown there.
    let shown_elsewhere = |candidates: &[usize], others: &FxHashMap<usize, Vec<usize>>| {
        candidates.len() == 1 && candidates.iter().any(|other| others.get(other).is_some_and(|back| back.len() > 1))
    };
    for (at, claim) in old.iter().enumerate().filter(|(at, _)| !linked_old.contains(at)) {
        match of_old.get(&at) {
            None => changes.push(one_sided(Status::Removed, Some(claim), None, Vec::new())),
            Some(candidates) if shown_elsewhere(candidates, &of_new) => {}
            Some(candidates) => changes.push(one_sided(Status::Ambiguous, Some(claim), None, pick(new, candidates))),
        }
    }
    for (at, claim) in new.iter().enumerate().filter(|(at, _)| !linked_new.contains(at)) {
        match of_new.get(&at) {
            None => changes.push(one_sided(Status::Added, None, Some(claim), Vec::new())),
            Some(candidates) if shown_elsewhere(candidates, &of_old) => {}
            Some(candidates) => changes.push(one_sided(Status::Ambiguous, None, Some(claim), pick(old, candidates))),
        }
    }
    changes
}

fn pick(claims: &[Claim], at: &[usize]) -> Vec<Claim> {
    at.iter().filter_map(|&at| claims.get(at).cloned()).collect()
}

fn one_sided(status: Status, old: Option<&Claim>, new: Option<&Claim>, candidates: Vec<Claim>) -> Change {
    let text = |claim: Option<&Claim>| claim.map_or_else(String::new, |claim| claim.content.text.clone());
    Change {
        status,
        facets: Vec::new(),
        severity: Severity::Low,
        words: words::words(&text(old), &text(new)),
        old: old.cloned(),
        new: new.cloned(),
        candidates,
        details: Vec::new(),
        score: None,
        margin: None,
        declared: false,
    }
}

fn count(summary: &mut Summary, status: Status) {
    let counter = match status {
        Status::Changed => &mut summary.changed,
        Status::Moved => &mut summary.moved,
        Status::Added => &mut summary.added,
        Status::Removed => &mut summary.removed,
        Status::Ambiguous => &mut summary.ambiguous,
        Status::Cosmetic => &mut summary.cosmetic,
    };
    *counter += 1;
}

/// Where a change stands in the new text, or in the old one if it is gone.
fn place(change: &Change) -> (usize, u8) {
    let start = |claim: &Claim| claim.content.extent().map_or(0, |extent| extent.start);
    match (&change.new, &change.old) {
        (Some(new), _) => (start(new), 0),
        (None, Some(old)) => (start(old), 1),
        (None, None) => (0, 2),
    }
}
