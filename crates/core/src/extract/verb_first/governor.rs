//! Whose verb or participle it is when its own clause does not say: «وزار الوزير المصنع وأكد أن …», «… مضيفا أن …».

use super::object::{self, Need};
use super::opening::Opening;
use super::{is_comma, is_verb_cue, noun_phrase};
use crate::extract::block::{BlockLayers, Range};
use crate::extract::draft::Subject;
use crate::language::arabic::is_definite;
use crate::language::cue::{CueEntry, Features, Frame};
use crate::language::{WordClass as C, WordClasses};

/// How far before it the verb may stand whose subject it shares, in tokens.
const REACH: usize = 30;

/// The speaker of the opening before it, or the subject of the verb the sentence begins with.
pub(super) fn of(
    block: &BlockLayers<'_>,
    sentence: Range,
    at: usize,
    earlier: &[Opening<'_>],
    features: Features,
) -> Subject {
    // «أشار مصدر إلى أن المعاينة كشفت أن …، موضحا»: who is quoted inside another's words does not go on.
    if let Some(opening) = earlier.iter().rfind(|opening| opening.breaks).or(earlier.last()) {
        let cue = block.tokens.span(opening.group.start, opening.group.end);
        return Subject::SameAs(cue.start);
    }
    if let Some(relative) = relative_before(block, sentence, at) {
        return Subject::Pronoun(block.tokens.span(relative, relative + 1), features);
    }
    match first_subject(block, sentence, at) {
        // «وقدم المدير شرحا، مبينا أن …» has its subject in the participle, «رد المدير قائلا: …» beside the verb.
        Some(Subject::Written(span)) if !says_first(block, sentence) && !block.is(sentence.start, C::Auxiliary) => {
            Subject::Implied(span)
        }
        subject => subject.unwrap_or(Subject::Elliptical(features)),
    }
}

/// Whether the sentence begins with a verb that says what its participle marks: «رد المدير قائلا».
fn says_first(block: &BlockLayers<'_>, sentence: Range) -> bool {
    let says = |entry: &CueEntry| entry.frames.has(Frame::Quotation) || entry.frames.has(Frame::Clause);
    block.cues(sentence.start).any(|(form, entry)| form.features.any(Features::FINITE) && says(entry))
}

/// «… فلان، والذي علق في المساء قائلا: …»: the relative pronoun whose clause the token `at` is in.
fn relative_before(block: &BlockLayers<'_>, sentence: Range, at: usize) -> Option<usize> {
    let clause = (sentence.start..at).rev().take(REACH / 2).take_while(|&before| !is_comma(block, before));
    clause.into_iter().find(|&before| block.is(before, C::Relative) && !block.is(before + 1, C::Circumstance))
}

/// The subject of the verb that begins the sentence, if that stands shortly before `at`.
pub(super) fn first_subject(block: &BlockLayers<'_>, sentence: Range, at: usize) -> Option<Subject> {
    if at > sentence.start + REACH {
        return None;
    }
    let Some(from) = after_first_verb(block, sentence, at) else { return first_topic(block, sentence, at) };
    let end = noun_phrase::end(block, from, at, false);
    let end = object::start(block, from, end, Need::Required).unwrap_or(end);
    if end <= from || noun_phrase::is_act(block, from) || is_owned_act(block, from) {
        return None;
    }
    noun_phrase::subject(block, Range::new(from, end))
}

/// «لكن الوزير قلل من شأن الدراسة وقال …»: somebody with whom the sentence begins.
fn first_topic(block: &BlockLayers<'_>, sentence: Range, at: usize) -> Option<Subject> {
    const PEOPLE: WordClasses = WordClasses::of(&[C::Person, C::Title, C::Anonymous]);
    const PARTICLES: WordClasses = WordClasses::of(&[C::Adversative, C::FalseComplementiser, C::NarratorReturn]);
    let first = sentence.start;
    let start = if block.tokens.classes(first).any(PARTICLES) { block.tokens.after(first) } else { first };
    let end = noun_phrase::end(block, start, at, false);
    // «الوزير | قلل من …»: without a list a verb looks like a name.
    let end = if is_verbal_shape(block, end) || end < start + 2 { end } else { end - 1 };
    let somebody = block.tokens.classes(start).any(PEOPLE) && is_verbal_shape(block, end);
    if somebody { noun_phrase::subject(block, Range::new(start, end)) } else { None }
}

/// Whether a verb can stand at `at`: a listed one, or an unknown word that is no noun with its article.
fn is_verbal_shape(block: &BlockLayers<'_>, at: usize) -> bool {
    let unknown = block.tokens.is_word(at) && block.tokens.classes(at).is_empty();
    is_verbal(block, at) || (unknown && !is_definite(block.tokens.word(at)))
}

/// The token after the verb that begins the sentence; `None` if it begins with something else.
fn after_first_verb(block: &BlockLayers<'_>, sentence: Range, at: usize) -> Option<usize> {
    let start = sentence.start;
    const LINKS: WordClasses = WordClasses::of(&[C::FalseComplementiser, C::Turn, C::Adverb, C::Time]);
    let opens = block.tokens.classes(start).any(LINKS);
    let first = if opens { block.tokens.after(start) } else { start };
    let first = if is_comma(block, first) { first + 1 } else { first };
    let mut from = first;
    while from < at && (is_verbal(block, from) || block.is(from, C::Negation) || block.is(from, C::NoStatement)) {
        from = block.tokens.after(from);
    }
    // An unknown word at the beginning is a verb, if it cannot be a noun with its article or a name.
    if from == first {
        let unknown = block.tokens.classes(first).is_empty() && block.tokens.is_word(first);
        if !unknown || is_definite(block.tokens.word(first)) {
            return None;
        }
        from += 1;
    }
    (from < at && !is_comma(block, from)).then_some(from)
}

/// Whether the word is a verb or goes with one, rather than a noun with the same letters.
fn is_verbal(block: &BlockLayers<'_>, at: usize) -> bool {
    let noun = WordClasses::of(&[C::Person, C::Title]);
    let verb = block.is(at, C::Verb) || is_verb_cue(block, at, Features::FINITE);
    block.is(at, C::Auxiliary) || (verb && !block.tokens.classes(at).any(noun))
}

/// «إنكارها»: a verbal noun with a pronoun does not speak.
fn is_owned_act(block: &BlockLayers<'_>, at: usize) -> bool {
    let owned = block.tokens.get(at).is_some_and(|token| token.enclitic != Features::NONE);
    owned && is_verb_cue(block, at, Features::NOUN)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{whole, with_block};
    use super::*;

    /// The subject of a sentence's first verb, seen from its last word.
    fn subject_of(text: &str) -> Option<String> {
        with_block(text, |block| match first_subject(block, whole(block), block.tokens.len() - 1)? {
            Subject::Written(span) => Some(span.of(text).to_owned()),
            _ => None,
        })
    }

    #[test]
    fn the_first_verb_gives_its_subject() {
        assert_eq!(subject_of("وزار الوزير المصنع وأكد").as_deref(), Some("الوزير"));
        assert_eq!(subject_of("وكان رئيس الاتحاد، فادي نصر، مصرا").as_deref(), Some("رئيس الاتحاد، فادي نصر"));
    }

    #[test]
    fn a_sentence_that_begins_with_a_noun_gives_none() {
        assert_eq!(subject_of("المصنع الجديد جاهز وأكد"), None);
    }

    #[test]
    fn a_verb_too_far_away_gives_none() {
        let text = format!("وزار الوزير {} وأكد", "مدينة ".repeat(REACH));
        assert_eq!(subject_of(&text), None);
    }
}
