//! Runs of capitalised words: where a name begins and ends.

use super::super::block::BlockLayers;
use super::cased::{is_capital, is_common_noun, is_possessive};
use super::phrase::{GIVEN, PEOPLE};
use crate::language::{Capitals, WordClass as C, WordClasses};

/// The end of the run of capitalised words that begins at `at`, within `limit`.
///
/// Titles are no part of a run; initials, hyphens and the small words inside a name are.
pub(super) fn run(block: &BlockLayers<'_>, at: usize, limit: usize) -> Option<usize> {
    is_name_word(block, at).then(|| run_end(block, at, limit))
}

fn run_end(block: &BlockLayers<'_>, at: usize, limit: usize) -> usize {
    let tokens = &block.tokens;
    let mut end = at + 1;
    while end < limit && end - at < LONGEST_NAME {
        let initial = tokens.mark(end) == Some('.') && tokens.word(end - 1).chars().count() <= 2;
        let hyphen = matches!(tokens.mark(end), Some('-' | '‑' | '&' | '\'' | '’')) && tokens.touches_next(end - 1);
        let article = block.pack.capitals() == Capitals::Nouns && tokens.is(end, C::Determiner);
        let small = tokens.is(end, C::NameParticle) && !article;
        match () {
            () if is_possessive(block, end - 1) => break,
            // «sur CNN Marco Rubio»
            () if block.is(end - 1, C::Medium) && tokens.classes(end).any(GIVEN) => break,
            () if is_name_word(block, end) || is_name_like_title(block, at, end, limit) => end += 1,
            () if (initial || hyphen || small) && end + 1 < limit && is_name_word(block, end + 1) => end += 2,
            () if initial && tokens.touches_next(end - 1) && end - at > 1 => end += 1,
            () => break,
        }
    }
    end
}

/// Whether a title closes a name that a given name opened: `Stephen King said`.
fn is_name_like_title(block: &BlockLayers<'_>, start: usize, at: usize, limit: usize) -> bool {
    let capital = |at: usize| {
        at < limit
            && block.tokens.get(at).is_some_and(|token| token.span.of(block.text).starts_with(char::is_uppercase))
    };
    at == start + 1
        && block.tokens.classes(start).any(GIVEN)
        && block.tokens.classes(at).any(PEOPLE)
        && capital(at)
        && !capital(at + 1)
}

/// Longer runs of capitals are headlines.
const LONGEST_NAME: usize = 10;

/// Classes whose words are capitalised without being names.
const NO_NAME: WordClasses = WordClasses::of(&[
    C::Person,
    C::Title,
    C::TitleMasculine,
    C::TitleFeminine,
    C::Month,
    C::Weekday,
    C::Adverb,
    C::Auxiliary,
    C::Circumstance,
    C::Complementiser,
    C::Coordinator,
    C::Demonstrative,
    C::Determiner,
    C::Function,
    C::Possessive,
    C::Preposition,
    C::PronounFeminine,
    C::PronounMasculine,
    C::PronounNeuter,
    C::PronounPlural,
    C::PronounSpeech,
    C::Relative,
    C::Subordinator,
    C::NarratorReturn,
    C::Time,
    C::Turn,
]);

pub(super) fn is_name_word(block: &BlockLayers<'_>, at: usize) -> bool {
    let classes = block.tokens.classes(at);
    let capital = |at: usize| is_capital(block, at);
    let noun = || block.pack.capitals() == Capitals::Nouns && is_common_noun(block, at);
    if !block.tokens.is_word(at) || !capital(at) || noun() {
        return false;
    }
    // `Residents` opens a sentence; in `Tenants Alliance` the noun is a part of the name.
    let several = WordClasses::of(&[C::Group, C::Anonymous]);
    match () {
        () if classes.any(NO_NAME) => classes.any(GIVEN) && capital(at + 1),
        () if classes.any(several) => capital(at + 1) || (at > 0 && block.tokens.is_word(at - 1) && capital(at - 1)),
        () => true,
    }
}
