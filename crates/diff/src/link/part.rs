//! Claims that were split off one that is linked already, or merged into it.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{Candidate, Free, Sides, Which};

/// A part of fewer content words is held by others by chance.
const LEAST_WORDS: usize = 3;

/// The part of its content words that must stand in what the other claim has beside its own link.
const LEAST_HELD: f32 = 0.8;

/// Parts of one whole share no more than this part of their content words.
const MOST_SHARED: f32 = 0.34;

/// Free claims that hold part of one linked claim of the other version: the part that its own link does not account for.
pub(super) fn find(sides: &Sides<'_>, free: &Free, links: &[(usize, usize)]) -> Vec<Candidate> {
    let mut found = Vec::new();
    for of in [Which::Old, Which::New] {
        let parts = if of == Which::Old { &free.new } else { &free.old };
        let linked: Vec<_> =
            links.iter().map(|&(old, new)| if of == Which::Old { (old, new) } else { (new, old) }).collect();
        let rests = Rests::of(sides, of, if parts.is_empty() { &[] } else { &linked });
        found.extend(parts.iter().filter_map(|&part| rests.whole_of(sides, part)).map(
            |(whole, part, score)| match of {
                Which::Old => Candidate { old: whole, new: part, score },
                Which::New => Candidate { old: part, new: whole, score },
            },
        ));
    }
    found
}

/// Takes out of the ambiguous pairs those of claims that were split or merged: several candidates that are each held by the
/// one claim and share little with one another are its parts, not rivals. The first of them is the one it goes on as.
pub(super) fn take_parts(sides: &Sides<'_>, ambiguous: &mut Vec<(usize, usize)>) -> Vec<(Candidate, bool)> {
    let mut found = Vec::new();
    for of in [Which::Old, Which::New] {
        let mut by_whole: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for &(old, new) in ambiguous.iter() {
            let (whole, part) = if of == Which::Old { (old, new) } else { (new, old) };
            by_whole.entry(whole).or_default().push(part);
        }
        for (whole, parts) in by_whole.into_iter().filter(|(_, parts)| parts.len() > 1) {
            let Some(shares) = held_apart(sides, of, whole, &parts) else { continue };
            for (at, (&part, score)) in parts.iter().zip(shares).enumerate() {
                let (old, new) = if of == Which::Old { (whole, part) } else { (part, whole) };
                found.push((Candidate { old, new, score }, at > 0));
            }
        }
    }
    let old: FxHashSet<usize> = found.iter().map(|(pair, _): &(Candidate, bool)| pair.old).collect();
    let new: FxHashSet<usize> = found.iter().map(|(pair, _)| pair.new).collect();
    ambiguous.retain(|pair| !old.contains(&pair.0) && !new.contains(&pair.1));
    found
}

/// How much of each part the whole holds; `None` unless it holds nearly all of each and they share little.
fn held_apart(sides: &Sides<'_>, of: Which, whole: usize, parts: &[usize]) -> Option<Vec<f32>> {
    let whole = sides.content_words(of, whole);
    let mut seen: FxHashSet<&str> = FxHashSet::default();
    let mut shares = Vec::new();
    for &part in parts {
        let words = sides.content_words(of.other(), part);
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

/// What linked claims of one version have beside what their own links account for.
struct Rests<'s> {
    of: Which,
    /// Claims by the words of their rests.
    with: FxHashMap<&'s str, Vec<usize>>,
}

impl<'s> Rests<'s> {
    /// Reads the rests of linked claims, each given with the claim it is linked to.
    fn of(sides: &'s Sides<'_>, of: Which, links: &[(usize, usize)]) -> Self {
        let (wholes, partners) = (sides.of(of), sides.of(of.other()));
        let mut with: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
        for &(whole, partner) in links {
            let (Some(side), Some(partner)) = (wholes.get(whole), partners.get(partner)) else { continue };
            if side.content.len() <= partner.content.len() {
                continue;
            }
            let its: FxHashSet<&str> = partner.content.split(' ').collect();
            let rest: FxHashSet<&str> = side.content.split(' ').filter(|word| !its.contains(word)).collect();
            for word in rest {
                with.entry(word).or_default().push(whole);
            }
        }
        Self { of, with }
    }

    /// The whole that holds a free claim of the other version, the claim, and how much of it; `None` if none or several do.
    fn whole_of(&self, sides: &Sides<'_>, part: usize) -> Option<(usize, usize, f32)> {
        if self.with.is_empty() {
            return None;
        }
        let side = sides.of(self.of.other()).get(part)?;
        let words = sides.content_words(self.of.other(), part);
        if words.len() < LEAST_WORDS {
            return None;
        }
        let mut held: FxHashMap<usize, usize> = FxHashMap::default();
        for &whole in words.iter().filter_map(|word| self.with.get(word)).flatten() {
            *held.entry(whole).or_default() += 1;
        }
        let mut likely = held.into_iter().filter_map(|(whole, count)| {
            let share = count as f32 / words.len() as f32;
            let same = side.speaker.is_empty() || sides.of(self.of).get(whole)?.has_speaker_of(side);
            (share >= LEAST_HELD && same).then_some((whole, part, share))
        });
        // Two wholes that both hold it: neither is certain.
        likely.next().filter(|_| likely.next().is_none())
    }
}
