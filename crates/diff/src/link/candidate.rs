//! Pairs of claims that may be the same, found through an index and scored.

use rustc_hash::FxHashMap;

use super::side::Weights;
use super::{Candidate, Free, Side, Sides};
use crate::meaning;

/// A pair that scores less is not the same claim.
const LEAST_SCORE: f32 = 0.42;

/// A pair whose contents alone score less is not the same claim, whoever speaks.
const LEAST_TEXT: f32 = 0.30;

/// Where neither speaker nor verb speaks for a pair, this part of the contents' words must be answered.
///
/// Fitted on Arabic headline pairs with `examples/altered.rs`: on one half of them the accuracy is flat from 0.6 to 0.75, and the
/// other half agrees.
const LEAST_ANSWERED: f32 = 0.67;

/// A trigram in more claims than this finds no candidates: it is in nearly all of them.
const MOST_COMMON: usize = 64;

/// Contents of fewer trigrams are held by others by chance.
const LEAST_TRIGRAMS: usize = 12;

/// How many of the likeliest candidates of a claim are read word by word.
const MOST_READ: usize = 3;

/// Contents that share less are not read word by word.
const LEAST_READ: f32 = 0.02;

/// Pairs of free claims whose letters are alike.
pub(super) fn by_trigrams(sides: &Sides, free: &Free, weights: &Weights) -> Vec<Candidate> {
    let index = Index::of(sides, free);
    let mut pairs = Vec::new();
    for &new in &free.new {
        for (old, text) in index.find(sides, weights, new) {
            let score = score(&sides.old[old], &sides.new[new], text);
            let likely = text >= LEAST_TEXT && score >= LEAST_SCORE;
            if likely && (sides.old[old].has_evidence(&sides.new[new]) || answered(sides, old, new) >= LEAST_ANSWERED) {
                pairs.push(Candidate { old, new, score });
            }
        }
    }
    pairs
}

/// Pairs of free claims whose words answer one another, though their letters are not alike: rewritten ones.
pub(super) fn by_words(sides: &Sides, free: &Free, weights: &Weights) -> Vec<Candidate> {
    let index = Index::of(sides, free);
    let mut pairs = Vec::new();
    for &new in &free.new {
        let mut found = index.find(sides, weights, new);
        found.retain(|(_, text)| *text >= LEAST_READ);
        found.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        found.truncate(MOST_READ);
        for (old, text) in found {
            let answered = answered(sides, old, new);
            let score = score(&sides.old[old], &sides.new[new], text.max(answered));
            if answered >= LEAST_ANSWERED && score >= LEAST_SCORE {
                pairs.push(Candidate { old, new, score });
            }
        }
    }
    pairs.sort_by_key(|pair| (pair.new, pair.old));
    pairs
}

/// The part of the shorter content's words that the other answers.
fn answered(sides: &Sides, old: usize, new: usize) -> f32 {
    meaning::align(sides.senses(&sides.old[old]), sides.senses(&sides.new[new])).answered()
}

/// Which free claims of the old version have a trigram.
struct Index(FxHashMap<u32, Vec<u32>>);

impl Index {
    fn of(sides: &Sides, free: &Free) -> Self {
        let mut with: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
        for &old in &free.old {
            for &id in &sides.old[old].trigrams {
                with.entry(id).or_default().push(u32::try_from(old).unwrap_or(u32::MAX));
            }
        }
        Self(with)
    }

    /// The free claims of the old version that share a trigram with a claim of the new one, and how alike the texts are.
    fn find(&self, sides: &Sides, weights: &Weights, new: usize) -> Vec<(usize, f32)> {
        let mut shared: FxHashMap<u32, f32> = FxHashMap::default();
        for id in &sides.new[new].trigrams {
            let weight = weights.trigram.get(*id as usize).copied().unwrap_or_default();
            let Some(holders) = self.0.get(id).filter(|holders| holders.len() <= MOST_COMMON) else { continue };
            for &old in holders {
                *shared.entry(old).or_default() += weight;
            }
        }
        let mut found: Vec<(usize, f32)> = shared
            .into_iter()
            .map(|(old, shared)| (old as usize, likeness(sides, weights, (old as usize, new), shared)))
            .collect();
        found.sort_unstable_by_key(|&(old, _)| old);
        found
    }
}

/// How alike two contents are, from 0 to 1, of the weight of the trigrams they share.
fn likeness(sides: &Sides, weights: &Weights, (old, new): (usize, usize), shared: f32) -> f32 {
    let (before, after) = (weights.old[old], weights.new[new]);
    let dice = 2.0 * shared / (before + after).max(f32::EPSILON);
    // A content cut short or gone on with shares all of the shorter one.
    let long_enough = sides.old[old].trigrams.len().min(sides.new[new].trigrams.len()) >= LEAST_TRIGRAMS;
    let contained = if long_enough { 0.8 * shared / before.min(after).max(f32::EPSILON) } else { 0.0 };
    dice.max(contained).min(1.0)
}

/// How alike two claims are, from 0 to 1: mostly their contents, then speaker, place and verb.
fn score(old: &Side, new: &Side, text: f32) -> f32 {
    let part = |holds: bool| f32::from(u8::from(holds));
    let near = 1.0 - (old.place - new.place).abs();
    0.78 * text + 0.12 * part(old.has_speaker_of(new)) + 0.04 * part(old.has_cue_of(new)) + 0.06 * near
}
