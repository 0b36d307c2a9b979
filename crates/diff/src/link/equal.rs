//! Claims with the same words.

use rustc_hash::FxHashMap;

use super::{Candidate, Free, Side, Sides};

/// How much of two claims is the same beside their contents.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Alike {
    /// Speaker, verb and channel: of claims with one content, those that nobody touched.
    Wholly,
    /// The speaker.
    Speaker,
    /// Nothing that need be: only one claim on each side has the content.
    Content,
}

impl Alike {
    pub(super) const ALL: [Self; 3] = [Self::Wholly, Self::Speaker, Self::Content];

    fn key(self, side: &Side) -> (&str, &str, &str) {
        match self {
            Self::Wholly => (&side.content, &side.speaker, &side.told),
            Self::Speaker => (&side.content, &side.speaker, ""),
            Self::Content => (&side.content, "", ""),
        }
    }
}

/// Pairs of free claims that are as alike as that, in the order of the text.
pub(super) fn pairs(sides: &Sides<'_>, free: &Free, alike: Alike) -> Vec<Candidate> {
    let mut by_key: FxHashMap<(&str, &str, &str), Vec<usize>> = FxHashMap::default();
    for &old in free.old.iter().rev() {
        by_key.entry(alike.key(&sides.old[old])).or_default().push(old);
    }
    let mut counts: FxHashMap<(&str, &str, &str), usize> = FxHashMap::default();
    for &new in &free.new {
        *counts.entry(alike.key(&sides.new[new])).or_default() += 1;
    }
    let mut pairs = Vec::new();
    for &new in &free.new {
        let key = alike.key(&sides.new[new]);
        let Some(same) = by_key.get_mut(&key) else { continue };
        let certain = alike != Alike::Content || (same.len() == 1 && counts.get(&key) == Some(&1));
        if certain && let Some(old) = same.pop() {
            pairs.push(Candidate { old, new, score: 1.0 });
        }
    }
    pairs
}
