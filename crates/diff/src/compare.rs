//! Two versions in, what became of each claim out.

use isnad_core::{Claim, LanguagePack};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::change::{Change, Comparison, Detail, Facet, Severity, Status, Summary, Version};
use crate::declared::Notes;
use crate::facets;
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
    let moved = moved(old.claims, new.claims, &linking.links);
    let mut changes = Vec::new();
    let mut summary = Summary::default();
    for (pair, moved) in linking.links.iter().zip(moved) {
        match linked(old, new, pair, moved, pack) {
            Some(change) => changes.push(change),
            None => summary.unchanged += 1,
        }
    }
    changes.extend(unlinked(old.claims, new.claims, &linking));
    let notes = Notes::of(old, new, pack);
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
fn moved(old: &[Claim], new: &[Claim], links: &[Linked]) -> Vec<bool> {
    let whole = links.iter().filter(|pair| !pair.is_part);
    let weighed: Vec<(usize, u32)> =
        whole.map(|pair| (pair.old, weight(old.get(pair.old), new.get(pair.new)))).collect();
    let mut of_whole = moves::moved(&weighed).into_iter();
    links.iter().map(|pair| !pair.is_part && of_whole.next().unwrap_or_default()).collect()
}

/// How firmly a claim holds its place against others: longer ones first, and then by their letters, which tell two apart as well
/// as anything and the same way round whichever version is the old one.
fn weight(old: Option<&Claim>, new: Option<&Claim>) -> u32 {
    let texts = || [old, new].into_iter().flatten().map(|claim| claim.content.text.as_str());
    let length: usize = texts().map(str::len).sum();
    let letters = |text: &str| text.bytes().fold(0_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte)));
    let mixed = texts().map(letters).fold(0, u32::wrapping_add);
    (u32::try_from(length).unwrap_or(u32::MAX).min(0xFFFF) << 16) | (mixed & 0xFFFF)
}

/// The change of a linked claim; `None` if nothing changed.
fn linked(old: Version<'_>, new: Version<'_>, pair: &Linked, moved: bool, pack: &LanguagePack) -> Option<Change> {
    let Linked { old: o, new: n, link, .. } = *pair;
    let (before, after) = (old.claims.get(o)?, new.claims.get(n)?);
    if !moved && facets::are_written_alike(before, after) {
        return None;
    }
    let mut reading = facets::of_forms((old, before), (new, after), pack);
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

impl Comparison {
    /// Keeps the changes for which `keeps` is true, and counts those only; how many went.
    pub fn retain(&mut self, keeps: impl FnMut(&Change) -> bool) -> usize {
        let before = self.changes.len();
        self.changes.retain(keeps);
        self.summary = Summary { unchanged: self.summary.unchanged, ..Summary::default() };
        self.changes.iter().for_each(|change| count(&mut self.summary, change.status));
        before - self.changes.len()
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

#[cfg(test)]
mod tests {
    use isnad_core::{Article, Claim, extract};

    use super::*;
    use crate::facets::testing::pack;

    fn read(text: &str) -> (Article, Vec<Claim>) {
        let article = Article::from_text(text, Some(isnad_core::Language::ENGLISH));
        let claims = extract(&article, pack("en"));
        (article, claims)
    }

    fn compared(old: &str, new: &str) -> Comparison {
        let (old, new) = (read(old), read(new));
        compare(Version { article: &old.0, claims: &old.1 }, Version { article: &new.0, claims: &new.1 }, pack("en"))
    }

    const OLD: &str = "\
        Ada Quill said the old bridge was closed.\n\
        Jonas Peck said that 40 boats had left the harbour.\n\
        The union said the crew was tired.\n\
        Tomas Reyle promised to mend the lantern.";

    #[test]
    fn what_matters_most_is_told_first_and_everything_is_counted() {
        let new = "\
            Ada Quill claimed the old bridge was closed.\n\
            Jonas Peck said that 60 boats had left the harbour.\n\
            The union said the crew was tired.\n\
            Barnaby Stell hopes for a mild winter.";
        let comparison = compared(OLD, new);
        let told: Vec<(Status, Severity)> = comparison.changes.iter().map(|c| (c.status, c.severity)).collect();
        assert_eq!(
            told,
            [
                (Status::Changed, Severity::High),
                (Status::Removed, Severity::High),
                (Status::Changed, Severity::Medium),
                (Status::Added, Severity::Medium),
            ]
        );
        let expected = Summary { unchanged: 1, changed: 2, added: 1, removed: 1, ..Summary::default() };
        assert_eq!(comparison.summary, expected);
    }

    #[test]
    fn a_paragraph_that_left_its_place_has_moved_and_what_it_passed_has_not() {
        let lines: Vec<&str> = OLD.lines().collect();
        let new = [lines[3], lines[0], lines[1], lines[2]].join("\n");
        let comparison = compared(OLD, &new);
        assert_eq!((comparison.summary.moved, comparison.summary.unchanged), (1, 3));
        assert_eq!(comparison.changes[0].facets, [Facet::Position]);
        assert_eq!(comparison.changes[0].new.as_ref().map(|claim| claim.id), Some(1));
    }

    #[test]
    fn letters_that_make_no_difference_are_cosmetic() {
        let comparison = compared("Ada Quill said the mayor's plan won.", "Ada Quill said the mayor’s plan won.");
        assert_eq!((comparison.summary.cosmetic, comparison.summary.changed), (1, 0));
        assert_eq!(comparison.changes[0].status, Status::Cosmetic);
    }

    #[test]
    fn a_claim_that_two_fit_is_shown_once_with_both() {
        let old = "Ada Quill said the north bridge would open to lorries on Monday morning.";
        let new = "Ada Quill said the west bridge would open to lorries on Monday morning.\n\
                   Ada Quill said the east bridge would open to lorries on Monday morning.";
        let comparison = compared(old, new);
        assert_eq!(comparison.summary.ambiguous, 1);
        assert_eq!(comparison.changes.len(), 1);
        assert_eq!(comparison.changes[0].candidates.len(), 2);
    }

    #[test]
    fn the_parts_of_a_claim_that_was_split_are_both_told_as_cut_short() {
        let old = "Ada Quill said the winter timetable would be cut by half and the ferry terminal would lose its last clerk.";
        let new = "Ada Quill said the winter timetable would be cut by half.\n\
                   Ada Quill said the ferry terminal would lose its last clerk.";
        let comparison = compared(old, new);
        let facets: Vec<&[Facet]> = comparison.changes.iter().map(|change| change.facets.as_slice()).collect();
        assert_eq!(facets, [[Facet::Extent], [Facet::Extent]]);
        assert_eq!((comparison.summary.added, comparison.summary.removed), (0, 0));
    }
}
