//! Which claim of the new version is which of the old.
//!
//! Equal keys first; then character trigrams weighted by how rare they are, with speaker, cue and place as
//! evidence. A pair is linked when each is the other's best and no rival comes near; where rivals do come near the claims
//! are ambiguous. Nothing is linked because nothing else is left.

use std::collections::BTreeSet;

use isnad_core::LanguagePack;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::change::{Link, Version};
use crate::key;

/// A pair that scores less is not the same claim.
const LEAST_SCORE: f32 = 0.42;

/// A pair whose contents alone score less is not the same claim, whoever speaks.
const LEAST_TEXT: f32 = 0.30;

/// A rival that stays less than this behind makes a link ambiguous.
const LEAST_MARGIN: f32 = 0.06;

/// A trigram in more claims than this finds no candidates: it is in nearly all of them.
const MOST_COMMON: usize = 64;

/// The judgement on all claims of two versions; claims are named by their index.
#[derive(Debug, Default)]
pub(crate) struct Linking {
    /// Linked pairs (old, new), in the order of the new version.
    pub(crate) links: Vec<(usize, usize, Link)>,
    /// Old claims that several new ones may be, and the other way round.
    pub(crate) ambiguous: Vec<(usize, usize)>,
}

/// One claim as the linker sees it.
struct Side {
    content: String,
    speaker: String,
    lemma: String,
    place: f32,
    trigrams: Vec<u32>,
    weight: f32,
}

/// Links the claims of two versions.
pub(crate) fn link(old: Version<'_>, new: Version<'_>, pack: &LanguagePack) -> Linking {
    let mut ids = FxHashMap::default();
    let mut olds = sides(old, pack, &mut ids);
    let mut news = sides(new, pack, &mut ids);
    let mut linking = Linking::default();
    let (mut free_old, mut free_new): (BTreeSet<usize>, BTreeSet<usize>) =
        ((0..olds.len()).collect(), (0..news.len()).collect());
    let mut accept = |o: usize,
                      n: usize,
                      score: f32,
                      margin: f32,
                      free_old: &mut BTreeSet<usize>,
                      free_new: &mut BTreeSet<usize>| {
        free_old.remove(&o);
        free_new.remove(&n);
        let (old_id, new_id) = (old.claims[o].id, new.claims[n].id);
        linking.links.push((o, n, Link { old: old_id, new: new_id, score, margin }));
    };
    for with_speaker in [true, false] {
        for (o, n) in equal_keys(&olds, &news, &free_old, &free_new, with_speaker) {
            accept(o, n, 1.0, 1.0, &mut free_old, &mut free_new);
        }
    }
    weigh(&mut olds, &mut news, ids.len());
    let mut pairs = candidates(&olds, &news, &free_old, &free_new, ids.len());
    loop {
        let clear = clear_winners(&pairs);
        if clear.is_empty() {
            break;
        }
        for (o, n, score, margin) in clear {
            accept(o, n, score, margin, &mut free_old, &mut free_new);
        }
        pairs.retain(|pair| free_old.contains(&pair.0) && free_new.contains(&pair.1));
    }
    linking.ambiguous = near_best(&pairs);
    linking.links.sort_by_key(|&(_, n, _)| n);
    linking
}

fn sides(version: Version<'_>, pack: &LanguagePack, ids: &mut FxHashMap<[char; 3], u32>) -> Vec<Side> {
    let count = version.claims.len().max(1) as f32;
    (version.claims.iter().enumerate())
        .map(|(at, claim)| {
            let content = key::key_of(&claim.content.text, pack);
            let speaker = claim.source.as_ref().and_then(|source| source.speaker.as_deref()).unwrap_or_default();
            Side {
                trigrams: trigrams(&content, ids),
                content,
                speaker: key::key_of(speaker, pack),
                lemma: claim.cue.as_ref().map_or_else(String::new, |cue| cue.lemma.clone()),
                place: at as f32 / count,
                weight: 0.0,
            }
        })
        .collect()
}

/// The numbers of the distinct trigrams of a text.
fn trigrams(text: &str, ids: &mut FxHashMap<[char; 3], u32>) -> Vec<u32> {
    let padded: Vec<char> = std::iter::once(' ').chain(text.chars()).chain(std::iter::once(' ')).collect();
    let mut numbers: Vec<u32> = padded
        .windows(3)
        .filter_map(|window| <[char; 3]>::try_from(window).ok())
        .map(|trigram| {
            let next = u32::try_from(ids.len()).unwrap_or(u32::MAX);
            *ids.entry(trigram).or_insert(next)
        })
        .collect();
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

/// Pairs of free claims with the same content key (and speaker), in the order of the text.
fn equal_keys(
    olds: &[Side],
    news: &[Side],
    free_old: &BTreeSet<usize>,
    free_new: &BTreeSet<usize>,
    with_speaker: bool,
) -> Vec<(usize, usize)> {
    let key = |side: &Side| (side.content.clone(), if with_speaker { side.speaker.clone() } else { String::new() });
    let mut by_key: FxHashMap<(String, String), Vec<usize>> = FxHashMap::default();
    for &o in free_old.iter().rev() {
        by_key.entry(key(&olds[o])).or_default().push(o);
    }
    // Without the speaker, only one claim on each side may have the key.
    let mut counts: FxHashMap<(String, String), usize> = FxHashMap::default();
    for &n in free_new {
        *counts.entry(key(&news[n])).or_default() += 1;
    }
    let mut pairs = Vec::new();
    for &n in free_new {
        let key = key(&news[n]);
        let Some(same) = by_key.get_mut(&key) else { continue };
        let certain = with_speaker || (same.len() == 1 && counts.get(&key) == Some(&1));
        if certain && let Some(o) = same.pop() {
            pairs.push((o, n));
        }
    }
    pairs
}

/// Gives each claim the weight of its trigrams.
fn weigh(olds: &mut [Side], news: &mut [Side], count: usize) {
    let weights = weights(olds, news, count);
    for side in olds.iter_mut().chain(news) {
        side.weight = side.trigrams.iter().filter_map(|&id| weights.get(id as usize)).sum();
    }
}

/// For each trigram, how much it tells: the logarithm of how few claims have it.
fn weights(olds: &[Side], news: &[Side], count: usize) -> Vec<f32> {
    let mut frequency = vec![0_u32; count];
    for id in olds.iter().chain(news).flat_map(|side| &side.trigrams) {
        if let Some(seen) = frequency.get_mut(*id as usize) {
            *seen += 1;
        }
    }
    let all = (olds.len() + news.len()) as f32;
    frequency.into_iter().map(|seen| (1.0 + all / (seen.max(1) as f32)).ln()).collect()
}

/// Pairs of free claims that may be the same: (old, new, score).
fn candidates(
    olds: &[Side],
    news: &[Side],
    free_old: &BTreeSet<usize>,
    free_new: &BTreeSet<usize>,
    count: usize,
) -> Vec<(usize, usize, f32)> {
    let weights = weights(olds, news, count);
    let mut with: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
    for &o in free_old {
        for &id in &olds[o].trigrams {
            with.entry(id).or_default().push(o);
        }
    }
    let mut pairs = Vec::new();
    for &n in free_new {
        let mut shared: FxHashMap<usize, f32> = FxHashMap::default();
        for id in &news[n].trigrams {
            let Some(holders) = with.get(id).filter(|holders| holders.len() <= MOST_COMMON) else { continue };
            for &o in holders {
                *shared.entry(o).or_default() += weights.get(*id as usize).copied().unwrap_or_default();
            }
        }
        let mut found: Vec<(usize, usize, f32)> =
            shared.into_iter().filter_map(|(o, shared)| Some((o, n, score(&olds[o], &news[n], shared)?))).collect();
        found.sort_by_key(|&(o, _, _)| o);
        pairs.extend(found);
    }
    pairs
}

/// How alike two claims are; `None` if they are not the same.
fn score(old: &Side, new: &Side, shared: f32) -> Option<f32> {
    let dice = 2.0 * shared / (old.weight + new.weight).max(f32::EPSILON);
    // A content cut short or gone on with shares all of the shorter one.
    let smaller = old.weight.min(new.weight).max(f32::EPSILON);
    let long_enough = old.trigrams.len().min(new.trigrams.len()) >= 12;
    let contained = if long_enough { 0.8 * shared / smaller } else { 0.0 };
    let text = dice.max(contained).min(1.0);
    let speaker = f32::from(u8::from(same_words(&old.speaker, &new.speaker)));
    let cue = f32::from(u8::from(!old.lemma.is_empty() && old.lemma == new.lemma));
    let near = 1.0 - (old.place - new.place).abs();
    let score = 0.78 * text + 0.12 * speaker + 0.04 * cue + 0.06 * near;
    (text >= LEAST_TEXT && score >= LEAST_SCORE).then_some(score)
}

/// Whether two speakers share a word that can be a name.
fn same_words(old: &str, new: &str) -> bool {
    let words: FxHashSet<&str> = old.split(' ').filter(|word| word.chars().count() > 2).collect();
    !old.is_empty() && (old == new || new.split(' ').any(|word| words.contains(word)))
}

/// For each claim (new or old, index): its best score, the best other, the second best score.
type Best = FxHashMap<(bool, usize), (f32, usize, f32)>;

fn best(pairs: &[(usize, usize, f32)]) -> Best {
    let mut best = Best::default();
    for &(o, n, score) in pairs {
        for (claim, other) in [((false, o), n), ((true, n), o)] {
            let entry = best.entry(claim).or_insert((f32::MIN, usize::MAX, f32::MIN));
            if score > entry.0 {
                *entry = (score, other, entry.0);
            } else if score > entry.2 {
                entry.2 = score;
            }
        }
    }
    best
}

/// Pairs that are each other's best with no rival near: (old, new, score, margin).
fn clear_winners(pairs: &[(usize, usize, f32)]) -> Vec<(usize, usize, f32, f32)> {
    let best = best(pairs);
    (pairs.iter())
        .filter_map(|&(o, n, score)| {
            let (of_old, of_new) = (best.get(&(false, o))?, best.get(&(true, n))?);
            let mutual = of_old.1 == n && of_new.1 == o;
            let margin = (score - of_old.2.max(of_new.2)).min(1.0);
            (mutual && margin >= LEAST_MARGIN).then_some((o, n, score, margin))
        })
        .collect()
}

/// Pairs without a clear winner that are close to the best of both their claims.
fn near_best(pairs: &[(usize, usize, f32)]) -> Vec<(usize, usize)> {
    let best = best(pairs);
    let of = |claim| best.get(&claim).map_or(f32::MAX, |entry| entry.0);
    let near = |&&(o, n, score): &&(usize, usize, f32)| {
        score > of((false, o)) - LEAST_MARGIN && score > of((true, n)) - LEAST_MARGIN
    };
    pairs.iter().filter(near).map(|&(o, n, _)| (o, n)).collect()
}
