//! The verb group: a cue with the auxiliaries and the negation before it.

use super::is_comma;
use crate::extract::block::{BlockLayers, Range};
use crate::language::WordClass as C;
use crate::language::arabic::Proclitics;
use crate::language::cue::Features;
use crate::language::lexicon::CueForm;

/// The verb group: auxiliaries and negation before the cue.
pub(super) struct Group {
    pub(super) range: Range,
    pub(super) negated: bool,
    pub(super) realised: bool,
    /// Whether a conjunction is written on to its first word.
    pub(super) joined: bool,
}

impl Group {
    pub(super) fn read(block: &BlockLayers<'_>, sentence: Range, at: usize, form: CueForm) -> Option<Self> {
        let mut start = at;
        let (mut negated, mut realised) = (false, true);
        let token = block.tokens.get(at)?;
        realised &= !token.proclitics.any(Proclitics::WILL);
        while start > sentence.start && !is_comma(block, start - 1) {
            let before = phrase_start(block, start - 1);
            if before < sentence.start {
                break;
            }
            let classes = block.tokens.classes(before);
            match () {
                // «هذا ما يقوله فلان» denies nothing.
                () if before > sentence.start && block.is(before - 1, C::Demonstrative) => break,
                () if classes.has(C::Negation) && !form.features.has(Features::PAST) => {
                    negated = true;
                    realised &= !classes.has(C::Future);
                }
                // «قد يعلن» may be; «قد أعلن» has been.
                () if classes.has(C::Future) && !form.features.has(Features::PAST) => realised = false,
                () if classes.has(C::Auxiliary) => {}
                () => break,
            }
            start = before;
        }
        // «من المتوقع أن يخبر»: what is expected to be said is a claim that was not made yet; nor was it in «لو قال».
        let expected =
            start > sentence.start && (block.is(start - 1, C::Condition) || expected_before(block, sentence, start));
        if form.features.has(Features::JUSSIVE)
            && !negated
            && !form.features.any(Features::PRESENT.with(Features::PAST))
        {
            return None;
        }
        // «و قال»: a conjunction is also typed apart.
        let joined = block.tokens.get(start)?.proclitics.any(Proclitics::CONJUNCTION)
            || starts_with_and(block, start)
            || (start > 0 && is_lone_and(block, start - 1));
        Some(Self {
            range: Range::new(start, block.tokens.after(at)),
            negated,
            realised: realised && !expected,
            joined,
        })
    }
}

/// Whether the conjunction stands at `at`, typed apart from its word.
pub(super) fn is_lone_and(block: &BlockLayers<'_>, at: usize) -> bool {
    block.tokens.word(at) == "و"
}

fn starts_with_and(block: &BlockLayers<'_>, at: usize) -> bool {
    block.is(at, C::Auxiliary) && block.tokens.word(at).starts_with('و')
}

/// The beginning of the phrase that the token is in.
pub(super) fn phrase_start(block: &BlockLayers<'_>, at: usize) -> usize {
    (0..=at)
        .rev()
        .take(8)
        .find(|&start| block.tokens.get(start).is_some_and(|token| !token.inside_phrase))
        .unwrap_or(at)
}

/// Whether an expectation governs the verb group that begins at `start`.
fn expected_before(block: &BlockLayers<'_>, sentence: Range, start: usize) -> bool {
    (sentence.start..start).rev().take(8).map(|at| phrase_start(block, at)).any(|at| block.is(at, C::Expectation))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{whole, with_block};
    use super::*;

    /// The group of the first verb of saying in a text.
    fn group(text: &str) -> (String, bool, bool) {
        with_block(text, |block| {
            let verb = |at: usize| Some((at, block.cue_with(at, Features::FINITE)?.0));
            let (at, form) = (0..block.tokens.len()).find_map(verb).unwrap();
            let group = Group::read(block, whole(block), at, form).unwrap();
            (block.raw(group.range).to_owned(), group.negated, group.realised)
        })
    }

    #[test]
    fn auxiliaries_and_negation_are_in_the_group() {
        assert_eq!(group("ولم تؤكد الوزارة الخبر"), ("ولم تؤكد".to_owned(), true, true));
        assert_eq!(group("وقد هددت النقابة بالإضراب"), ("وقد هددت".to_owned(), false, true));
    }

    #[test]
    fn what_is_still_to_be_said_is_not_realised() {
        assert!(!group("سيقول الوزير إن الباب مفتوح").2);
        assert!(!group("لن يقول الوزير إن الباب مفتوح").2);
        assert!(!group("ومن المتوقع أن يقول الوزير إن الباب مفتوح").2);
    }

    #[test]
    fn a_relative_pronoun_denies_nothing() {
        assert!(!group("هذا ما يقوله الوزير").1);
    }
}
