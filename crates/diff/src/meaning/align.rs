//! Which words of one content answer which of another, wherever they stand.

use rustc_hash::FxHashMap;

use super::{Relation, Sense};

/// Of more words than this none but equal ones are compared with all of the other side: that is quadratic.
pub(crate) const MOST_COMPARED: usize = 96;

/// Which content words answer one another.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Alignment {
    /// Pairs of words that tell the same: (old, new).
    pub(crate) matched: Vec<(usize, usize)>,
    /// Content words of the old side that nothing answers.
    pub(crate) old_left: Vec<usize>,
    /// Content words of the new side that nothing answers.
    pub(crate) new_left: Vec<usize>,
}

impl Alignment {
    /// The part of the content words that is answered, from 0 to 1, counted mostly against the shorter side: a content cut
    /// short leaves nothing of it unanswered. 0 if a side has none.
    pub(crate) fn answered(&self) -> f32 {
        let matched = self.matched.len();
        let (old, new) = (matched + self.old_left.len(), matched + self.new_left.len());
        if old.min(new) == 0 {
            return 0.0;
        }
        matched as f32 / (LONGER * old.max(new) as f32 + (1.0 - LONGER) * old.min(new) as f32)
    }
}

/// How much the longer side counts where two contents are measured by their words.
const LONGER: f32 = 0.3;

/// Matches the content words of two sides: the same words first, then forms of one word, then synonyms.
///
/// A word goes to the first that answers it; the two sides are always gone through in the same order, so that swapping them
/// swaps the pairs and no more.
pub(crate) fn align(old: &[Sense], new: &[Sense]) -> Alignment {
    let keys = |side: &'_ [Sense]| side.iter().map(|sense| sense.key.as_str()).collect::<Vec<_>>().join(" ");
    if keys(old) <= keys(new) {
        return align_in_order(old, new);
    }
    let Alignment { mut matched, old_left, new_left } = align_in_order(new, old);
    for pair in &mut matched {
        *pair = (pair.1, pair.0);
    }
    matched.sort_unstable();
    Alignment { matched, old_left: new_left, new_left: old_left }
}

fn align_in_order(old: &[Sense], new: &[Sense]) -> Alignment {
    let content = |side: &[Sense]| {
        side.iter().enumerate().filter(|(_, sense)| sense.is_content).map(|(at, _)| at).collect::<Vec<_>>()
    };
    let mut alignment = Alignment { matched: Vec::new(), old_left: content(old), new_left: content(new) };
    take_equal(&mut alignment, old, new);
    if alignment.old_left.len().max(alignment.new_left.len()) <= MOST_COMPARED {
        for least in [Relation::Form, Relation::Synonym] {
            take_related(&mut alignment, old, new, least);
        }
    }
    alignment.matched.sort_unstable();
    alignment
}

fn take_equal(alignment: &mut Alignment, old: &[Sense], new: &[Sense]) {
    let mut places: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for &at in alignment.new_left.iter().rev() {
        places.entry(new[at].key.as_str()).or_default().push(at);
    }
    let mut taken = Vec::new();
    alignment.old_left.retain(|&at| match places.get_mut(old[at].key.as_str()).and_then(Vec::pop) {
        Some(place) => {
            taken.push((at, place));
            false
        }
        None => true,
    });
    let gone: rustc_hash::FxHashSet<usize> = taken.iter().map(|pair| pair.1).collect();
    alignment.new_left.retain(|at| !gone.contains(at));
    alignment.matched.extend(taken);
}

fn take_related(alignment: &mut Alignment, old: &[Sense], new: &[Sense], least: Relation) {
    let Alignment { matched, old_left, new_left } = alignment;
    old_left.retain(|&at| match new_left.iter().position(|&other| old[at].relation(&new[other]) >= least) {
        Some(found) => {
            matched.push((at, new_left.remove(found)));
            false
        }
        None => true,
    });
}
