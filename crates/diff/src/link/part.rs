//! Claims that were split off one that is linked already, or merged into it.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Candidate, Free, Side, Sides};

/// A part of fewer content words is held by others by chance.
const LEAST_WORDS: usize = 3;

/// The part of its content words that must stand in what the other claim has beside its own link.
const LEAST_HELD: f32 = 0.8;

/// Parts of one whole share no more than this part of their content words.
const MOST_SHARED: f32 = 0.34;

/// Free claims that hold part of one linked claim of the other version: the part that its own link does not account for.
pub(super) fn find(
    sides: &Sides,
    free: &Free,
    links: &[(usize, usize)],
    ambiguous: &[(usize, usize)],
) -> Vec<Candidate> {
    let split = Parts {
        wholes: &sides.old,
        free: &sides.new,
        links: links.iter().map(|&(old, new)| (old, &sides.new[new])).collect(),
    };
    let merged = Parts {
        wholes: &sides.new,
        free: &sides.old,
        links: links.iter().map(|&(old, new)| (new, &sides.old[old])).collect(),
    };
    let in_doubt = |old: Option<usize>, new: Option<usize>| {
        ambiguous.iter().any(|pair| Some(pair.0) == old || Some(pair.1) == new)
    };
    let mut found: Vec<Candidate> = Vec::new();
    let split_off = free.new.iter().filter(|&&new| !in_doubt(None, Some(new)));
    found.extend(split.of(sides, split_off).into_iter().map(|(old, new, score)| Candidate { old, new, score }));
    let merged_in = free.old.iter().filter(|&&old| !in_doubt(Some(old), None));
    found.extend(merged.of(sides, merged_in).into_iter().map(|(new, old, score)| Candidate { old, new, score }));
    found
}

/// Takes out of the ambiguous pairs those of claims that were split or merged: several candidates that are each held by the
/// one claim and share little with one another are its parts, not rivals. The first of them is the one it goes on as.
pub(super) fn take_parts(sides: &Sides, ambiguous: &mut Vec<(usize, usize)>) -> Vec<(Candidate, bool)> {
    let mut found = Vec::new();
    for direction in [Direction::Split, Direction::Merged] {
        let mut by_whole: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for &(old, new) in ambiguous.iter() {
            let (whole, part) = if direction == Direction::Split { (old, new) } else { (new, old) };
            by_whole.entry(whole).or_default().push(part);
        }
        for (whole, parts) in by_whole.into_iter().filter(|(_, parts)| parts.len() > 1) {
            let (wholes, others) = match direction {
                Direction::Split => (&sides.old, &sides.new),
                Direction::Merged => (&sides.new, &sides.old),
            };
            let Some(shares) = held_apart(sides, &wholes[whole], others, &parts) else { continue };
            for (at, (&part, score)) in parts.iter().zip(shares).enumerate() {
                let (old, new) = if direction == Direction::Split { (whole, part) } else { (part, whole) };
                found.push((Candidate { old, new, score }, at > 0));
            }
        }
    }
    ambiguous.retain(|&(old, new)| !found.iter().any(|(pair, _)| pair.old == old || pair.new == new));
    found
}

/// How much of each part the whole holds; `None` unless it holds nearly all of each and they share little.
fn held_apart(sides: &Sides, whole: &Side, others: &[Side], parts: &[usize]) -> Option<Vec<f32>> {
    let whole = content_words(sides, whole);
    let mut seen: FxHashSet<&str> = FxHashSet::default();
    let mut shares = Vec::new();
    for &part in parts {
        let words = content_words(sides, others.get(part)?);
        let share = |held: usize| held as f32 / words.len().max(1) as f32;
        let held = share(words.intersection(&whole).count());
        let shared = share(words.intersection(&seen).count());
        if words.len() < LEAST_WORDS || held < LEAST_HELD || shared > MOST_SHARED {
            return None;
        }
        shares.push(held);
        seen.extend(words);
    }
    Some(shares)
}

fn content_words<'s>(sides: &'s Sides, side: &'s Side) -> FxHashSet<&'s str> {
    let senses = sides.senses(side).iter().zip(&side.words);
    senses.filter(|(sense, _)| sense.is_content).map(|(_, word)| word.key.as_str()).collect()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Direction {
    Split,
    Merged,
}

/// One direction: parts among the free claims of one version, wholes among the linked ones of the other.
struct Parts<'s> {
    wholes: &'s [Side],
    free: &'s [Side],
    /// Linked wholes with the claim each is linked to.
    links: Vec<(usize, &'s Side)>,
}

impl<'s> Parts<'s> {
    /// (whole, part, share held) for each free claim that is part of exactly one whole.
    fn of<'f>(&self, sides: &Sides, free: impl Iterator<Item = &'f usize>) -> Vec<(usize, usize, f32)> {
        let free: Vec<usize> = free.copied().collect();
        if free.is_empty() {
            return Vec::new();
        }
        let rests = self.rests();
        let mut with: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
        for (at, (_, rest)) in rests.iter().enumerate() {
            for word in rest {
                with.entry(word).or_default().push(at);
            }
        }
        free.into_iter().filter_map(|part| self.whole_of(sides, part, &rests, &with)).collect()
    }

    /// For each linked whole longer than its partner, the words its partner lacks.
    fn rests(&self) -> Vec<(usize, FxHashSet<&'s str>)> {
        let longer = self.links.iter().filter(|(whole, partner)| self.wholes[*whole].words.len() > partner.words.len());
        longer
            .map(|&(whole, partner)| {
                let its: FxHashSet<&str> = partner.words.iter().map(|word| word.key.as_str()).collect();
                let words = self.wholes[whole].words.iter().map(|word| word.key.as_str());
                (whole, words.filter(|word| !its.contains(word)).collect())
            })
            .collect()
    }

    fn whole_of(
        &self,
        sides: &Sides,
        part: usize,
        rests: &[(usize, FxHashSet<&str>)],
        with: &FxHashMap<&str, Vec<usize>>,
    ) -> Option<(usize, usize, f32)> {
        let side = &self.free[part];
        let words = content_words(sides, side);
        if words.len() < LEAST_WORDS {
            return None;
        }
        let mut held: FxHashMap<usize, usize> = FxHashMap::default();
        for &at in words.iter().filter_map(|word| with.get(word)).flatten() {
            *held.entry(at).or_default() += 1;
        }
        let share = |count: usize| count as f32 / words.len() as f32;
        let mut likely = held.into_iter().filter_map(|(at, count)| {
            let (whole, _) = rests.get(at)?;
            let same = self.wholes[*whole].has_speaker_of(side) || side.speaker.is_empty();
            (share(count) >= LEAST_HELD && same).then_some((*whole, part, share(count)))
        });
        // Two wholes that both hold it: neither is certain.
        likely.next().filter(|_| likely.next().is_none())
    }
}
