//! Question and answer: «وعندما سُئل الوزير عن الموعد، أجاب "قريبا"». Nobody is said to ask; who was asked answers.

use super::noun_phrase;
use super::subject::{is_marked_passive, is_skipped};
use crate::claim::Stance;
use crate::extract::block::{BlockLayers, Range};
use crate::extract::draft::Subject;
use crate::language::arabic::Proclitics;
use crate::language::cue::{CueEntry, Features};
use crate::language::{WordClass as C, WordClasses};

/// How far before the answer the question may stand, in tokens.
const REACH: usize = 60;

/// Who was asked before the verb at `at` answers, where the answer does not name them again.
pub(super) fn asked(block: &BlockLayers<'_>, sentence: Range, at: usize, entry: &CueEntry) -> Option<Subject> {
    // «… . فقال: …»: the answer may be a sentence of its own, if the verb says that it is one.
    let answers =
        entry.stance == Stance::Reply || block.tokens.get(at).is_some_and(|token| token.proclitics.any(Proclitics::SO));
    let start = if answers { at.saturating_sub(REACH) } else { sentence.start.max(at.saturating_sub(REACH)) };
    let question = (start..at).rev().find(|&word| is_question(block, word))?;
    let mut from = block.tokens.after(question);
    while from < at && is_skipped(block, from) {
        from = block.tokens.after(from);
    }
    let about = (from..at).find(|&word| block.tokens.classes(word).any(ABOUT)).unwrap_or(at);
    let end = noun_phrase::end(block, from, about, false);
    match noun_phrase::subject(block, Range::new(from, end))? {
        Subject::Written(span) => Some(Subject::Implied(span)),
        _ => None,
    }
}

/// What a question is about stands after one of these.
const ABOUT: WordClasses = WordClasses::of(&[C::Preposition, C::Interrogative, C::Circumstance]);

/// Whether the word is a passive of asking: «سُئل».
fn is_question(block: &BlockLayers<'_>, at: usize) -> bool {
    block.cues(at).any(|(form, entry)| {
        let passive = !form.features.any(Features::FINITE.with(Features::NOUN)) || is_marked_passive(block, at, form);
        entry.stance == Stance::Ask && form.features.has(Features::PASSIVE) && passive
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{whole, with_block};
    use super::*;

    /// Who was asked before the last verb of saying in a text.
    fn who(text: &str) -> Option<String> {
        with_block(text, |block| {
            let answers = |&at: &usize| block.cue_with(at, Features::FINITE).is_some();
            let at = (0..block.tokens.len()).rev().find(answers)?;
            let (_, entry) = block.cue_with(at, Features::FINITE)?;
            match asked(block, whole(block), at, entry)? {
                Subject::Implied(span) => Some(span.of(text).to_owned()),
                _ => None,
            }
        })
    }

    #[test]
    fn who_was_asked_answers() {
        assert_eq!(who("وعندما سُئل الوزير عن الموعد، أجاب \"قريبا\"").as_deref(), Some("الوزير"));
        assert_eq!(who("وسئلت المديرة هدى كريم عما إذا كان كذلك، فقالت: لا").as_deref(), Some("المديرة هدى كريم"));
    }

    #[test]
    fn without_a_question_nobody_was_asked() {
        assert_eq!(who("وتحدث الوزير عن الموعد، فأجاب: قريبا"), None);
    }
}
