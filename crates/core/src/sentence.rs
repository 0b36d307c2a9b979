//! Sentences of a block, from its tokens and quotations.
//!
//! Unicode's rule (a terminator, then white space, then no small letter) mended for news: no end after
//! abbreviations and initials or inside a quotation, an end after a closing mark whose quotation ended the sentence,
//! and `..` or `...` only where a new sentence begins.

use crate::language::{Capitals, WordClass, WordClasses};
use crate::quotation::Quotation;
use crate::token::Tokens;

/// Appends to `ends` the token after the last of each sentence.
pub(crate) fn ends(text: &str, tokens: &Tokens<'_>, quotations: &[Quotation], ends: &mut Vec<usize>) {
    ends.clear();
    let mut quotation = quotations.iter().filter(|q| q.depth == 0 && q.closed).peekable();
    let mut next = 0;
    // Sentences end with marks, and so do quotations begin.
    for &at in tokens.marks() {
        if at < next {
            continue;
        }
        while quotation.next_if(|q| q.close <= at).is_some() {}
        if let Some(q) = quotation.peek().filter(|q| q.open == at) {
            // A quotation is one piece; it ends the sentence if its last mark does and no small letter follows.
            next = q.close;
            if q.end > 0 && is_terminator(tokens, q.end - 1) && begins_sentence(text, tokens, next) {
                // `in Port Lenna, N.S. “It took the barn.”`: a sentence in marks follows, so the one before it is over.
                if q.open > 0 && tokens.mark(q.open - 1) == Some('.') && begins_sentence(text, tokens, q.open) {
                    ends.push(q.open);
                }
                ends.push(next);
            }
            continue;
        }
        if is_terminator(tokens, at) && !is_abbreviation(text, tokens, at) {
            next = at + 1;
            while is_terminator(tokens, next) {
                next += 1;
            }
            if begins_sentence(text, tokens, next) {
                ends.push(next);
            }
        }
    }
    if ends.last() != Some(&tokens.len()) {
        ends.push(tokens.len());
    }
}

/// Whether the token is a mark that ends sentences.
pub(crate) fn is_terminator(tokens: &Tokens<'_>, at: usize) -> bool {
    matches!(tokens.mark(at), Some('.' | '!' | '?' | '؟' | '…' | '۔' | '‼' | '⁉'))
}

/// Whether the full stop at `at` belongs to the word before it.
fn is_abbreviation(text: &str, tokens: &Tokens<'_>, at: usize) -> bool {
    if tokens.mark(at) != Some('.') || at == 0 || !tokens.touches_next(at - 1) || at + 1 >= tokens.len() {
        return false;
    }
    if is_ordinal(text, tokens, at) {
        return true;
    }
    // `in the U.S. He says`: after a title a name follows, and no pronoun.
    const OPENS: WordClasses = WordClasses::of(&[
        WordClass::PronounMasculine,
        WordClass::PronounFeminine,
        WordClass::PronounPlural,
        WordClass::PronounNeuter,
    ]);
    let next = tokens.get(at + 1).map_or("", |token| token.span.of(text));
    let opens = tokens.capitals() == Capitals::Names && tokens.classes(at + 1).any(OPENS);
    if opens && next.starts_with(char::is_uppercase) && next.chars().nth(1).is_some_and(char::is_lowercase) {
        return false;
    }
    let before = tokens.get(at - 1).map_or("", |token| token.span.of(text));
    let one_capital = before.chars().count() == 1 && before.chars().all(char::is_uppercase);
    tokens.is_abbreviation(at - 1) || one_capital || (before.contains('.') && before.len() <= 6)
}

/// Whether the full stop at `at` makes the short number before it an ordinal of the noun after it: `am 3. Oktober`.
///
/// Only where all nouns have capitals does a capital after a full stop say nothing; there a word that is in no list of
/// function words is taken for the noun.
fn is_ordinal(text: &str, tokens: &Tokens<'_>, at: usize) -> bool {
    const BEGIN: WordClasses = WordClasses::of(&[
        WordClass::Determiner,
        WordClass::Indefinite,
        WordClass::Possessive,
        WordClass::Preposition,
        WordClass::Adverb,
        WordClass::Subordinator,
        WordClass::Coordinator,
        WordClass::Interrogative,
        WordClass::PronounMasculine,
        WordClass::PronounFeminine,
        WordClass::PronounNeuter,
        WordClass::PronounSpeech,
        WordClass::Turn,
    ]);
    let short = tokens.get(at - 1).is_some_and(|token| token.span.len() <= 2);
    let noun = tokens.is_word(at + 1)
        && tokens.get(at + 1).is_some_and(|token| token.span.of(text).starts_with(char::is_uppercase))
        && !tokens.classes(at + 1).any(BEGIN);
    tokens.capitals() == Capitals::Nouns && tokens.is_number(at - 1) && short && noun
}

/// Whether a sentence can begin at the token `at`: no small letter and no comma stands there.
fn begins_sentence(text: &str, tokens: &Tokens<'_>, at: usize) -> bool {
    let Some(token) = tokens.get(at) else { return true };
    match tokens.mark(at) {
        Some(',' | '،' | ';' | '؛' | ':' | ')' | '–' | '—' | '-') => false,
        _ => token.span.of(text).chars().next().is_none_or(|first| !first.is_lowercase()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quotation;
    use crate::{Language, LanguagePack, Span};

    fn sentences(text: &str) -> Vec<&str> {
        let mut tokens = Tokens::new(LanguagePack::builtin(Language::ARABIC).unwrap());
        tokens.read(text, Span::new(0, text.len()));
        let (mut quotations, mut found) = (Vec::new(), Vec::new());
        quotation::pair(&tokens, &mut quotations);
        ends(text, &tokens, &quotations, &mut found);
        let mut start = 0;
        found.iter().map(|&end| tokens.span(std::mem::replace(&mut start, end), end).of(text)).collect()
    }

    #[test]
    fn abbreviations_and_decimals_do_not_end_a_sentence() {
        assert_eq!(sentences("قال د. محمد إن النسبة 3.5 في المئة. وأضاف آخر.").len(), 2);
        assert_eq!(sentences("John F. Kennedy spoke. He left.").len(), 2);
    }

    #[test]
    fn a_quotation_is_one_piece() {
        assert_eq!(sentences("وقال: «انتهى. لن نعود». ثم خرج.").len(), 2);
        assert_eq!(sentences("“Will you go?” he asked. No."), ["“Will you go?” he asked.", "No."]);
        assert_eq!(sentences("“I will go.” He left.").len(), 2);
    }

    #[test]
    fn a_missing_space_still_ends_the_sentence() {
        assert_eq!(sentences("انتهت الحركة.وقال زيد").len(), 2);
    }
}
