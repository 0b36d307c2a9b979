//! Claims with the same words.

use rustc_hash::FxHashMap;

use super::{Candidate, Free, Side, Sides};

/// Pairs of free claims with the same content key, in the order of the text: with the same speaker too, or, without, if only
/// one claim on each side has the key.
pub(super) fn pairs(sides: &Sides, free: &Free, with_speaker: bool) -> Vec<Candidate> {
    fn key(side: &Side, with_speaker: bool) -> (&str, &str) {
        (side.content.as_str(), if with_speaker { side.speaker.as_str() } else { "" })
    }
    let mut by_key: FxHashMap<(&str, &str), Vec<usize>> = FxHashMap::default();
    for &old in free.old.iter().rev() {
        by_key.entry(key(&sides.old[old], with_speaker)).or_default().push(old);
    }
    let mut counts: FxHashMap<(&str, &str), usize> = FxHashMap::default();
    for &new in &free.new {
        *counts.entry(key(&sides.new[new], with_speaker)).or_default() += 1;
    }
    let mut pairs = Vec::new();
    for &new in &free.new {
        let key = key(&sides.new[new], with_speaker);
        let Some(same) = by_key.get_mut(&key) else { continue };
        let certain = with_speaker || (same.len() == 1 && counts.get(&key) == Some(&1));
        if certain && let Some(old) = same.pop() {
            pairs.push(Candidate { old, new, score: 1.0 });
        }
    }
    pairs
}
