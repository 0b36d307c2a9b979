//! Pairing the claims of the two sides one to one, the most alike first.

use std::cmp::Reverse;

use rustc_hash::{FxHashMap, FxHashSet};

use super::compared::{CUE, Compared, shared};

/// Pairs claims by the F1 of the words of their contents, then by the words of their cues, then by their order.
/// Claims that share no word are not paired.
pub(super) fn pairs(gold: &[&Compared], system: &[&Compared]) -> Vec<(usize, usize)> {
    let mut fits = alike(gold, system);
    fits.sort_by(|one, other| {
        let order = |fit: &Fit| (fit.cue, Reverse(fit.gold), Reverse(fit.system));
        other.f1.total_cmp(&one.f1).then_with(|| order(other).cmp(&order(one)))
    });
    let (mut taken_gold, mut taken_system) = (FxHashSet::default(), FxHashSet::default());
    let mut pairs = Vec::new();
    for fit in fits {
        if !taken_gold.contains(&fit.gold) && !taken_system.contains(&fit.system) {
            taken_gold.insert(fit.gold);
            taken_system.insert(fit.system);
            pairs.push((fit.gold, fit.system));
        }
    }
    pairs
}

/// Two claims whose contents share words.
struct Fit {
    f1: f64,
    /// Words that the cues share.
    cue: usize,
    gold: usize,
    system: usize,
}

/// All claims that share a word, found through the words, so that time grows with what is shared only.
fn alike(gold: &[&Compared], system: &[&Compared]) -> Vec<Fit> {
    let mut holders: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
    for (at, claim) in gold.iter().enumerate() {
        for word in claim.content() {
            holders.entry(*word).or_default().push(at);
        }
    }
    let mut fits = Vec::new();
    for (at, claim) in system.iter().enumerate() {
        let mut counts: FxHashMap<usize, usize> = FxHashMap::default();
        for other in claim.content().iter().filter_map(|word| holders.get(word)).flatten() {
            *counts.entry(*other).or_default() += 1;
        }
        for (other, count) in counts {
            let Some(gold) = gold.get(other) else { continue };
            let f1 = 2.0 * count as f64 / (gold.content().len() + claim.content().len()) as f64;
            let cue = shared(&gold.words[CUE], &claim.words[CUE]);
            fits.push(Fit { f1, cue, gold: other, system: at });
        }
    }
    fits
}
