//! Verb forms that no list holds, known by the endings that a pack lists.

use super::class::{WordClass, WordClasses};
use super::lexicon::Lexicon;

/// Whether an unknown folded word has the ending of a finite verb: «auraient», «tombèrent», «finira».
pub(crate) fn looks_finite(word: &str, lexicon: &Lexicon) -> bool {
    ends(word, lexicon, WordClass::FiniteEnding, 3)
}

/// Whether an unknown folded word has the ending of a past participle: «maintenu», «fermé».
pub(crate) fn looks_past_participle(word: &str, lexicon: &Lexicon) -> bool {
    ends(word, lexicon, WordClass::ParticipleEnding, 2)
}

/// Whether a folded word has the ending of an infinitive: «construire», «finir».
pub(crate) fn looks_infinitive(word: &str, lexicon: &Lexicon) -> bool {
    ends(word, lexicon, WordClass::InfinitiveEnding, 1)
}

/// Whether an unknown folded word has the ending of the past of a regular verb: `hammered`.
pub(crate) fn looks_past(word: &str, lexicon: &Lexicon) -> bool {
    ends(word, lexicon, WordClass::PastEnding, 2)
}

/// Whether an unknown folded word has the ending of a present participle: `wearing`.
pub(crate) fn looks_gerund(word: &str, lexicon: &Lexicon) -> bool {
    ends(word, lexicon, WordClass::GerundEnding, 2)
}

/// Whether an unknown folded word has the ending of an adverb: `ruefully`.
pub(crate) fn looks_adverb(word: &str, lexicon: &Lexicon) -> bool {
    ends(word, lexicon, WordClass::AdverbEnding, 3)
}

/// Whether the word ends in an ending of the class, after a stem of at least `fewest` letters.
fn ends(word: &str, lexicon: &Lexicon, class: WordClass, fewest: usize) -> bool {
    let stem = |ending: &str| word.strip_suffix(ending).filter(|stem| stem.chars().count() >= fewest);
    lexicon.endings().iter().any(|(ending, of)| of.has(class) && stem(ending).is_some())
}

/// Classes of endings.
pub(super) const ENDINGS: WordClasses = WordClasses::of(&[
    WordClass::FiniteEnding,
    WordClass::ParticipleEnding,
    WordClass::InfinitiveEnding,
    WordClass::PastEnding,
    WordClass::GerundEnding,
    WordClass::AdverbEnding,
]);

#[cfg(test)]
mod tests {
    use super::*;

    fn pack(language: &str) -> &'static crate::LanguagePack {
        crate::LanguagePack::builtin(language.parse().unwrap()).unwrap()
    }

    #[test]
    fn endings_tell_verbs_from_nouns() {
        let pack = pack("fr");
        let lexicon = pack.lexicon();
        let finite = ["tomberaient", "tombèrent", "plongeait", "évitez", "enverrait"];
        assert!(finite.iter().all(|word| looks_finite(word, lexicon)));
        assert!(["portrait", "agenda", "ira"].iter().all(|word| !looks_finite(word, lexicon)));
        assert!(["construire", "finir", "voir", "prendre"].iter().all(|word| looks_infinitive(word, lexicon)));
        assert!(["accord", "notre", "ministre", "affaire"].iter().all(|word| !looks_infinitive(word, lexicon)));
        assert!(looks_past_participle("maintenu", lexicon) && !looks_past_participle("accord", lexicon));
    }

    #[test]
    fn regular_english_forms_are_known_by_their_ending() {
        let lexicon = pack("en").lexicon();
        assert!(looks_past("hammered", lexicon) && !looks_past("red", lexicon) && !looks_past("hammer", lexicon));
        assert!(looks_gerund("wearing", lexicon) && !looks_gerund("ring", lexicon));
    }
}
