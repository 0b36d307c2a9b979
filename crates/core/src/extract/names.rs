//! Family names an Arabic article has told so far. No capital tells them, but a title or a given name before them does;
//! from then on the family name alone is known for one: «وصف فيتش القرار بأنه …».

use rustc_hash::FxHashSet;

use crate::language::arabic::{is_definite, looks_like_verbal_noun};
use crate::language::{WordClass as C, WordClasses};
use crate::token::Tokens;

/// The family names met so far, folded.
#[derive(Debug, Default)]
pub(crate) struct FamilyNames(FxHashSet<Box<str>>);

/// Words before a name that are no part of it.
const TITLES: WordClasses =
    WordClasses::of(&[C::Person, C::Title, C::TitleMasculine, C::TitleFeminine, C::Anonymous, C::Document]);
const GIVEN: WordClasses = WordClasses::of(&[C::NameMasculine, C::NameFeminine]);
/// How far before a name in an apposition the office may begin, in tokens.
const LONGEST_OFFICE: usize = 8;
/// An article with more names is a list of them.
const MOST: usize = 2000;

impl FamilyNames {
    /// Whether `word`, folded, is a family name that was told before.
    pub(crate) fn has(&self, word: &str) -> bool {
        self.0.contains(word)
    }

    /// Reads a block's names.
    pub(super) fn read(&mut self, tokens: &Tokens<'_>) {
        for at in 0..tokens.len() {
            let classes = tokens.classes(at);
            let family = if classes.any(GIVEN) {
                after_given(tokens, at)
            } else if classes.is_empty() && tokens.is_word(at) {
                after_office(tokens, at)
            } else {
                None
            };
            if let Some(family) = family
                && self.0.len() < MOST
            {
                self.0.insert(tokens.word(family).into());
            }
        }
    }
}

/// Whether nothing is known of the word at `at`, so that it can be a name.
fn is_unknown(tokens: &Tokens<'_>, at: usize) -> bool {
    let word = tokens.word(at);
    tokens.is_word(at)
        && tokens.classes(at).is_empty()
        && tokens.cues(at).is_empty()
        && word.chars().count() > 2
        && !looks_like_verbal_noun(word)
}

/// «توم بريسكوت», «ناصر الخليفي»: the unknown word right after the given name at `at`.
fn after_given(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let only_given = tokens.classes(at).without(GIVEN).is_empty();
    (only_given && is_unknown(tokens, at + 1)).then_some(at + 1)
}

/// «زعيم المعارضة، ماركو فيتش، …»: two unknown words without article between the commas after an office.
fn after_office(tokens: &Tokens<'_>, at: usize) -> Option<usize> {
    let plain = |at: usize| is_unknown(tokens, at) && !is_definite(tokens.word(at));
    let open = at.checked_sub(1).filter(|&open| is_comma(tokens, open))?;
    let enclosed = plain(at) && plain(at + 1) && is_comma(tokens, at + 2);
    let office = || (open.saturating_sub(LONGEST_OFFICE)..open).any(|at| tokens.classes(at).any(TITLES));
    (enclosed && office()).then_some(at + 1)
}

fn is_comma(tokens: &Tokens<'_>, at: usize) -> bool {
    matches!(tokens.mark(at), Some('،' | ','))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Span;
    use crate::{Language, LanguagePack};

    fn knows(text: &str, name: &str) -> bool {
        let mut tokens = Tokens::new(LanguagePack::builtin(Language::ARABIC).unwrap());
        tokens.read(text, Span::new(0, text.len()));
        let mut names = FamilyNames::default();
        names.read(&tokens);
        names.has(name)
    }

    #[test]
    fn a_title_or_an_office_tells_a_family_name() {
        assert!(knows("وقال الرئيس فيكتور هالاس إن الباب مفتوح", "هالاس"));
        assert!(knows("وقال زعيم المعارضة، ماركو فيتش، إن الباب مفتوح", "فيتش"));
    }

    #[test]
    fn words_elsewhere_are_no_names() {
        assert!(!knows("وكان الباب، قديما جدا، مفتوحا", "جدا"));
        assert!(!knows("وقال فيكتور هالاس", "قال"));
    }
}
