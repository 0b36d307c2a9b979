//! Datelines: where, and through which agency, a report was written, before its first sentence.

use super::block::{BlockLayers, Range};
use crate::language::WordClass as C;
use crate::language::WordClasses;

/// The token after the dash of the dateline that opens the first sentence of a block: `OTTAWA — `,
/// `PORT LENNA, N.S. (Wire) - `, `Marnhafen (dpa) – `.
pub(super) fn end(block: &BlockLayers<'_>, sentence: Range) -> Option<usize> {
    /// Words that have a capital at the beginning of a sentence and nowhere else.
    const OPENERS: WordClasses = WordClasses::of(&[
        C::Determiner,
        C::Indefinite,
        C::Possessive,
        C::Demonstrative,
        C::Preposition,
        C::PronounMasculine,
        C::PronounFeminine,
        C::PronounPlural,
    ]);
    let tokens = &block.tokens;
    let raw = |at: usize| block.raw(Range::new(at, at + 1));
    if !tokens.is_word(0) || !tokens.is_capital(0) {
        return None;
    }
    let limit = sentence.end.min(LONGEST);
    let dash = (1..limit).find(|&at| matches!(tokens.mark(at), Some('—' | '–' | '-')) && !tokens.touches_next(at))?;
    let in_capitals = raw(0).chars().count() > 1 && !raw(0).chars().any(char::is_lowercase);
    // `-- ` is two marks.
    let next = (dash..limit).find(|&at| tokens.mark(at).is_none())?;
    let opens = tokens.is_capital(next) && tokens.classes(next).any(OPENERS);
    let in_brackets = |at: usize| {
        (1..at)
            .rev()
            .find(|&at| matches!(tokens.mark(at), Some('(' | ')')))
            .is_some_and(|at| tokens.mark(at) == Some('('))
    };
    let plain = (1..dash).all(|at| tokens.mark(at).is_some() || tokens.is_capital(at) || in_brackets(at));
    (plain && (in_capitals || opens)).then_some(dash + 1)
}

/// A dateline has fewer tokens.
const LONGEST: usize = 16;
