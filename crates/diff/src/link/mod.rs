//! Which claim of the new version is which of the old.
//!
//! Equal keys first; then character trigrams weighted by how rare they are, with speaker, cue and place as evidence; last, for
//! what is still free, words that answer one another. A pair is linked when each is the other's best and no rival comes
//! near; where rivals do come near the claims are ambiguous. A claim that holds part of one that is linked already is
//! linked to it too: it was split off, or merged in. Nothing is linked because nothing else is left.

mod candidate;
mod equal;
mod judge;
mod part;
mod side;

use std::collections::BTreeSet;

use isnad_core::LanguagePack;

use crate::change::Which;
use crate::change::{Link, Version};
use side::{Side, Sides};

/// The judgement on all claims of two versions; claims are named by their index.
#[derive(Debug, Default)]
pub(crate) struct Linking {
    /// Linked pairs, in the order of the new version.
    pub(crate) links: Vec<Linked>,
    /// Pairs (old, new) of claims that several of the other version may be.
    pub(crate) ambiguous: Vec<(usize, usize)>,
}

/// A linked pair of claims, by their indexes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Linked {
    pub(crate) old: usize,
    pub(crate) new: usize,
    pub(crate) link: Link,
    /// Whether one of the two is linked to a third claim as well: it was split or merged.
    pub(crate) is_part: bool,
}

/// A pair of claims that may be the same.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Candidate {
    old: usize,
    new: usize,
    /// How alike they are, from 0 to 1.
    score: f32,
}

/// Claims that are not linked yet, by index.
struct Free {
    old: BTreeSet<usize>,
    new: BTreeSet<usize>,
}

impl Free {
    fn holds(&self, pair: &Candidate) -> bool {
        self.old.contains(&pair.old) && self.new.contains(&pair.new)
    }
}

/// Links the claims of two versions.
pub(crate) fn link(old: Version<'_>, new: Version<'_>, pack: &LanguagePack) -> Linking {
    let mut sides = Sides::read(old, new, pack);
    let mut free = Free { old: (0..sides.old.len()).collect(), new: (0..sides.new.len()).collect() };
    let mut links = Vec::new();
    let mut accept = |pair: Candidate, margin: f32, free: &mut Free| {
        free.old.remove(&pair.old);
        free.new.remove(&pair.new);
        links.push((pair, margin));
    };
    for alike in equal::Alike::ALL {
        for pair in equal::pairs(&sides, &free, alike) {
            accept(pair, 1.0, &mut free);
        }
    }
    sides.read_trigrams(&free);
    let weights = sides.weights();
    let mut ambiguous = Vec::new();
    // What trigrams leave open, words that answer one another may still tell.
    for find in [candidate::by_trigrams, candidate::by_words] {
        let mut pairs = find(&sides, &free, &weights);
        loop {
            let clear = judge::clear_winners(&pairs);
            if clear.is_empty() {
                break;
            }
            for (pair, margin) in clear {
                accept(pair, margin, &mut free);
            }
            pairs.retain(|pair| free.holds(pair));
        }
        // A claim in doubt is no longer free: what comes after would only pick.
        for (old, new) in judge::near_best(&pairs) {
            free.old.remove(&old);
            free.new.remove(&new);
            ambiguous.push((old, new));
        }
    }
    let mut parts = part::take_parts(&sides, &mut ambiguous);
    let whole: Vec<(usize, usize)> = links.iter().map(|(pair, _)| (pair.old, pair.new)).collect();
    parts.extend(part::find(&sides, &free, &whole).into_iter().map(|pair| (pair, true)));
    Linking { links: in_order(links, parts, old, new), ambiguous }
}

/// All linked pairs, in the order of the new version and then of the old.
fn in_order(
    links: Vec<(Candidate, f32)>,
    parts: Vec<(Candidate, bool)>,
    old: Version<'_>,
    new: Version<'_>,
) -> Vec<Linked> {
    let all = links.into_iter().map(|(pair, margin)| (pair, margin, false));
    let all = all.chain(parts.into_iter().map(|(pair, is_part)| (pair, pair.score, is_part)));
    let mut linked: Vec<Linked> = all
        .filter_map(|(pair, margin, is_part)| {
            let (before, after) = (old.claims.get(pair.old)?, new.claims.get(pair.new)?);
            let link = Link { old: before.id, new: after.id, score: pair.score, margin };
            Some(Linked { old: pair.old, new: pair.new, link, is_part })
        })
        .collect();
    linked.sort_by_key(|linked| (linked.new, linked.old));
    linked
}

#[cfg(test)]
mod tests;
