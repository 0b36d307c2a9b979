//! The claims of two versions as the linker sees them.

use std::cell::OnceCell;

use isnad_core::{Claim, LanguagePack};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::change::Version;
use crate::key::{self, KeyWord};
use crate::meaning::{Meanings, Sense};

/// One claim.
pub(super) struct Side {
    /// The content's key.
    pub(super) content: String,
    /// The speaker's key.
    pub(super) speaker: String,
    /// The dictionary form of the cue; empty without one.
    pub(super) lemma: String,
    /// Where the claim stands among those of its version, from 0 to 1.
    pub(super) place: f32,
    /// The numbers of the content's distinct trigrams, sorted.
    pub(super) trigrams: Vec<u32>,
    /// The content's words.
    pub(super) words: Vec<KeyWord>,
    senses: OnceCell<Vec<Sense>>,
}

/// The claims of both versions.
pub(super) struct Sides {
    pub(super) old: Vec<Side>,
    pub(super) new: Vec<Side>,
    /// How many different trigrams there are.
    trigrams: usize,
    meanings: Meanings,
}

/// For each trigram, how much it tells; and for each claim, how much all of its trigrams do.
pub(super) struct Weights {
    pub(super) trigram: Vec<f32>,
    pub(super) old: Vec<f32>,
    pub(super) new: Vec<f32>,
}

impl Sides {
    pub(super) fn read(old: Version<'_>, new: Version<'_>, pack: &LanguagePack) -> Self {
        let mut ids = FxHashMap::default();
        let (old, new) = (sides(old, pack, &mut ids), sides(new, pack, &mut ids));
        Self { old, new, trigrams: ids.len(), meanings: Meanings::of(pack) }
    }

    /// What the words of a claim tell.
    pub(super) fn senses<'s>(&self, side: &'s Side) -> &'s [Sense] {
        side.senses.get_or_init(|| self.meanings.senses(&side.words))
    }

    /// Weighs each trigram by the logarithm of how few claims have it.
    pub(super) fn weights(&self) -> Weights {
        let mut frequency = vec![0_u32; self.trigrams];
        for id in self.old.iter().chain(&self.new).flat_map(|side| &side.trigrams) {
            if let Some(seen) = frequency.get_mut(*id as usize) {
                *seen += 1;
            }
        }
        let all = (self.old.len() + self.new.len()) as f32;
        let trigram: Vec<f32> = frequency.into_iter().map(|seen| (1.0 + all / (seen.max(1) as f32)).ln()).collect();
        let total = |side: &Side| side.trigrams.iter().filter_map(|&id| trigram.get(id as usize)).sum();
        Weights { old: self.old.iter().map(total).collect(), new: self.new.iter().map(total).collect(), trigram }
    }
}

impl Side {
    /// Whether anything but the words speaks for the two being one: the same speaker or the same verb.
    pub(super) fn has_evidence(&self, other: &Self) -> bool {
        self.has_speaker_of(other) || self.has_cue_of(other)
    }

    /// Whether the speakers share a word that can be a name.
    pub(super) fn has_speaker_of(&self, other: &Self) -> bool {
        let words: FxHashSet<&str> = self.speaker.split(' ').filter(|word| word.chars().count() > 2).collect();
        !self.speaker.is_empty()
            && (self.speaker == other.speaker || other.speaker.split(' ').any(|word| words.contains(word)))
    }

    pub(super) fn has_cue_of(&self, other: &Self) -> bool {
        !self.lemma.is_empty() && self.lemma == other.lemma
    }
}

fn sides(version: Version<'_>, pack: &LanguagePack, ids: &mut FxHashMap<[char; 3], u32>) -> Vec<Side> {
    let count = version.claims.len().max(1) as f32;
    (version.claims.iter().enumerate())
        .map(|(at, claim)| {
            let words = key::words_of(version.article, &claim.content.spans, pack);
            let content = key::joined(&words);
            Side {
                trigrams: trigrams(&content, ids),
                content,
                speaker: key::key_of(speaker(claim), pack),
                lemma: claim.cue.as_ref().map_or_else(String::new, |cue| cue.lemma.clone()),
                place: at as f32 / count,
                words,
                senses: OnceCell::new(),
            }
        })
        .collect()
}

fn speaker(claim: &Claim) -> &str {
    claim.source.as_ref().and_then(|source| source.speaker.as_deref()).unwrap_or_default()
}

/// The numbers of the distinct trigrams of a text.
fn trigrams(text: &str, ids: &mut FxHashMap<[char; 3], u32>) -> Vec<u32> {
    let mut window = ['\0', '\0', ' '];
    let mut numbers = Vec::with_capacity(text.len());
    for next in text.chars().chain(std::iter::once(' ')) {
        window = [window[1], window[2], next];
        if window[0] != '\0' {
            let new = u32::try_from(ids.len()).unwrap_or(u32::MAX);
            numbers.push(*ids.entry(window).or_insert(new));
        }
    }
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}
