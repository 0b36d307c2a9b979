//! Looking for a word that a reader typed: the forms under which it may stand in folded text.

use super::{LanguagePack, arabic};

/// A word as it is to be looked for in folded text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookUp {
    /// The word and its other agreed spellings, folded, the word itself first.
    pub forms: Vec<String>,
    /// Whether particles may be written on to the word in a text, so that it stands in the middle of another.
    pub takes_particles: bool,
}

impl LookUp {
    /// How to look for `folded`, a word in its match form, whichever of the languages that ship it is of.
    ///
    /// An Arabic word is looked for without its article and the particles before it, since any may be written on to it
    /// in the text: `الامريكي` gives `امريكي` and `اميركي`.
    #[must_use]
    pub fn of(folded: &str) -> Self {
        let is_arabic = arabic::is_written(folded);
        let bare = if is_arabic { arabic::without_particles(folded) } else { folded };
        Self { forms: spellings(bare), takes_particles: is_arabic }
    }

    /// The same for a word that must stand as it is: only its spelling may differ.
    #[must_use]
    pub fn exactly(folded: &str) -> Self {
        Self { forms: spellings(folded), takes_particles: false }
    }
}

/// The word and what else it, or its beginning, is spelt.
fn spellings(word: &str) -> Vec<String> {
    let mut forms = vec![word.to_owned()];
    let packs = LanguagePack::builtin_languages().filter_map(LanguagePack::builtin);
    for other in packs.flat_map(|pack| pack.other_spellings(word)) {
        if !forms.contains(&other) {
            forms.push(other);
        }
    }
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(word: &str) -> Vec<String> {
        let mut forms = LookUp::of(&crate::fold::fold(word)).forms;
        forms.sort();
        forms
    }

    #[test]
    fn an_arabic_word_is_looked_for_bare_and_in_every_spelling() {
        for word in ["الأمريكي", "أمريكي", "الأميركي", "والأمريكي", "للأميركي", "بالأمريكي"]
        {
            assert_eq!(forms(word), ["امريكي", "اميركي"], "{word}");
        }
        assert!(LookUp::of("وزير").takes_particles);
    }

    #[test]
    fn endings_are_kept_in_every_spelling() {
        assert_eq!(forms("أمريكيتين"), ["امريكيتين", "اميركيتين"]);
    }

    #[test]
    fn letters_that_belong_to_the_word_stay() {
        assert_eq!(forms("وزير"), ["وزير"]);
        assert_eq!(forms("البيت"), ["بيت"]);
        assert_eq!(forms("ولا"), ["ولا"]);
        assert_eq!(forms("الى"), ["الي"]);
    }

    #[test]
    fn a_word_of_another_script_stays_as_it_is() {
        assert_eq!(LookUp::of("minister"), LookUp { forms: vec!["minister".into()], takes_particles: false });
    }

    #[test]
    fn an_exact_word_keeps_its_article() {
        assert_eq!(LookUp::exactly("الامريكي").forms, ["الامريكي", "الاميركي"]);
    }
}
