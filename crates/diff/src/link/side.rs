//! The claims of two versions as the linker sees them.

use std::cell::OnceCell;

use isnad_core::LanguagePack;
use rustc_hash::{FxHashMap, FxHashSet};

use super::Free;
use crate::change::{Version, Which};
use crate::key::{self, KeyWord};
use crate::meaning::{Meanings, Sense};

/// One claim.
pub(super) struct Side {
    /// The content's key.
    pub(super) content: String,
    /// The speaker's key.
    pub(super) speaker: String,
    /// The keys of the verb and the channel.
    pub(super) told: String,
    /// The numbers of the speaker's words that can be a name, sorted.
    names: Vec<u32>,
    /// The dictionary form of the cue; empty without one.
    pub(super) lemma: String,
    /// Where the claim stands among those of its version, from 0 to 1.
    pub(super) place: f32,
    /// The numbers of the content's distinct trigrams, sorted; empty for a claim whose like was found by its key.
    pub(super) trigrams: Vec<u32>,
    words: OnceCell<(Vec<KeyWord>, Vec<Sense>)>,
}

/// The claims of both versions.
pub(super) struct Sides<'a> {
    pub(super) old: Vec<Side>,
    pub(super) new: Vec<Side>,
    versions: (Version<'a>, Version<'a>),
    pack: &'a LanguagePack,
    /// How many different trigrams the free claims have.
    trigrams: usize,
    meanings: Meanings,
}

/// For each trigram, how much it tells; and for each claim, how much all of its trigrams do.
pub(super) struct Weights {
    pub(super) trigram: Vec<f64>,
    pub(super) old: Vec<f64>,
    pub(super) new: Vec<f64>,
}

impl<'a> Sides<'a> {
    pub(super) fn read(old: Version<'a>, new: Version<'a>, pack: &'a LanguagePack) -> Self {
        let mut names = FxHashMap::default();
        let versions = (old, new);
        let (old, new) = (sides(old, pack, &mut names), sides(new, pack, &mut names));
        Self { old, new, versions, pack, trigrams: 0, meanings: Meanings::of(pack) }
    }

    /// Reads the trigrams of the claims that are still free: most have found their like by then.
    pub(super) fn read_trigrams(&mut self, free: &Free) {
        let mut ids = FxHashMap::default();
        for (sides, free) in [(&mut self.old, &free.old), (&mut self.new, &free.new)] {
            for &at in free {
                if let Some(side) = sides.get_mut(at) {
                    side.trigrams = trigrams(&side.content, &mut ids);
                }
            }
        }
        self.trigrams = ids.len();
    }

    /// The claims of one version.
    pub(super) fn of(&self, which: Which) -> &[Side] {
        match which {
            Which::Old => &self.old,
            Which::New => &self.new,
        }
    }

    /// What the words of a claim tell: read when first asked for, as few claims need it.
    pub(super) fn senses(&self, which: Which, at: usize) -> &[Sense] {
        self.words(which, at).1
    }

    /// The keys of the words that tell something by themselves.
    pub(super) fn content_words(&self, which: Which, at: usize) -> FxHashSet<&str> {
        let (words, senses) = self.words(which, at);
        let telling = senses.iter().zip(words).filter(|(sense, _)| sense.is_content);
        telling.map(|(_, word)| word.key.as_str()).collect()
    }

    fn words(&self, which: Which, at: usize) -> (&[KeyWord], &[Sense]) {
        let version = match which {
            Which::Old => self.versions.0,
            Which::New => self.versions.1,
        };
        let (Some(side), Some(claim)) = (self.of(which).get(at), version.claims.get(at)) else { return (&[], &[]) };
        let (words, senses) = side.words.get_or_init(|| {
            let words = key::words_of(version.article, &claim.content.spans, self.pack);
            let senses = self.meanings.senses(&words);
            (words, senses)
        });
        (words, senses)
    }

    /// Weighs each trigram by the logarithm of how few of the free claims have it.
    pub(super) fn weights(&self) -> Weights {
        let mut frequency = vec![0_u32; self.trigrams];
        for id in self.old.iter().chain(&self.new).flat_map(|side| &side.trigrams) {
            if let Some(seen) = frequency.get_mut(*id as usize) {
                *seen += 1;
            }
        }
        let all = (self.old.len() + self.new.len()) as f64;
        let trigram: Vec<f64> = frequency.into_iter().map(|seen| (1.0 + all / f64::from(seen.max(1))).ln()).collect();
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
        self.names.iter().any(|name| other.names.binary_search(name).is_ok())
    }

    pub(super) fn has_cue_of(&self, other: &Self) -> bool {
        !self.lemma.is_empty() && self.lemma == other.lemma
    }
}

fn sides(version: Version<'_>, pack: &LanguagePack, ids: &mut FxHashMap<String, u32>) -> Vec<Side> {
    let count = version.claims.len().max(1) as f32;
    (version.claims.iter().enumerate())
        .map(|(at, claim)| {
            let content = key::key_of_spans(version.article, &claim.content.spans, pack);
            let speaker = key::key_of(claim.speaker().unwrap_or_default(), pack);
            let cue = claim.cue.as_ref().map_or("", |cue| &cue.text);
            let channel = claim.channel.as_ref().map_or("", |channel| &channel.text);
            Side {
                told: key::key_of(&[cue, "|", channel].join(" "), pack),
                trigrams: Vec::new(),
                content,
                names: names(&speaker, ids),
                speaker,
                lemma: claim.cue.as_ref().map_or_else(String::new, |cue| cue.lemma.clone()),
                place: at as f32 / count,
                words: OnceCell::new(),
            }
        })
        .collect()
}

/// The numbers of the distinct words of a speaker that can be a name; of one who has none, of all words.
fn names(speaker: &str, ids: &mut FxHashMap<String, u32>) -> Vec<u32> {
    let words = || speaker.split(' ').filter(|word| !word.is_empty());
    let mut number = |word: &str| {
        let next = u32::try_from(ids.len()).unwrap_or(u32::MAX);
        *ids.entry(word.to_owned()).or_insert(next)
    };
    let mut numbers: Vec<u32> = words().filter(|word| word.chars().nth(2).is_some()).map(&mut number).collect();
    if numbers.is_empty() {
        numbers = words().map(number).collect();
    }
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}

/// The numbers of the distinct trigrams of a text, sorted.
fn trigrams(text: &str, ids: &mut FxHashMap<u64, u32>) -> Vec<u32> {
    // Three characters of 21 bits each; a NUL is no part of a text's key.
    let mut window = u64::from(' ');
    let mut numbers = Vec::with_capacity(text.len());
    for next in text.chars().chain(std::iter::once(' ')) {
        window = (window << 21 | u64::from(next)) & ((1 << 63) - 1);
        if window >> 42 != 0 {
            let new = u32::try_from(ids.len()).unwrap_or(u32::MAX);
            numbers.push(*ids.entry(window).or_insert(new));
        }
    }
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}
