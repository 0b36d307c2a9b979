//! Whether a correction note in the new version names a change.

use isnad_core::{BlockRole, LanguagePack, WordClass};
use rustc_hash::FxHashSet;

use crate::change::{Change, Facet, Version, WordOp};
use crate::key::{self, KeyWord};

/// The keys of the words in the correction notes of a version.
pub(crate) struct Notes(FxHashSet<String>);

/// Words of a content that must stand in a note for it to be about the claim, beside what changed.
const LEAST_SHARED: usize = 1;

impl Notes {
    pub(crate) fn of(version: Version<'_>, pack: &LanguagePack) -> Self {
        let notes = version.article.blocks().iter().filter(|block| block.role == BlockRole::Correction);
        let words = notes.flat_map(|block| key::words_of(version.article, &[block.span], pack));
        Self(words.map(|word| word.key).collect())
    }

    /// Whether a note names what changed, and something else of the claim.
    pub(crate) fn name(&self, change: &Change, pack: &LanguagePack) -> bool {
        if self.0.is_empty() {
            return false;
        }
        let cosmetic = |facet: &Facet| matches!(facet, Facet::Position | Facet::Spelling);
        if !change.facets.is_empty() && change.facets.iter().all(cosmetic) {
            return false;
        }
        let changed: Vec<KeyWord> = changed_text(change).iter().flat_map(|text| key::words(text, 0, pack)).collect();
        let named = changed.iter().filter(|word| tells(word)).any(|word| self.0.contains(&word.key));
        let claim = change.new.as_ref().or(change.old.as_ref());
        let words = claim.map(|claim| key::words(&claim.content.text, 0, pack)).unwrap_or_default();
        let speaker = claim.and_then(|claim| claim.source.as_ref()?.speaker.as_deref()).unwrap_or_default();
        let rest = words.into_iter().chain(key::words(speaker, 0, pack));
        let changed: FxHashSet<&str> = changed.iter().map(|word| word.key.as_str()).collect();
        let shared: FxHashSet<String> = rest
            .filter(|word| tells(word) && !changed.contains(word.key.as_str()) && self.0.contains(&word.key))
            .map(|word| word.key)
            .collect();
        named && shared.len() >= LEAST_SHARED
    }
}

/// Whether a word is worth matching: a number, or a longer word that is not in every text.
fn tells(word: &KeyWord) -> bool {
    let grammatical = word.is(WordClass::Function) || word.is(WordClass::Preposition) || word.is(WordClass::Determiner);
    word.is_number() || (word.key.chars().count() > 3 && !grammatical)
}

/// The old and new words of a change.
fn changed_text(change: &Change) -> Vec<String> {
    let details = change.details.iter().filter(|detail| detail.facet != Facet::Position);
    let mut texts: Vec<String> = details.flat_map(|detail| detail.old.iter().chain(&detail.new).cloned()).collect();
    texts.extend(change.words.iter().filter(|words| words.op != WordOp::Equal).map(|words| words.text.clone()));
    texts
}
