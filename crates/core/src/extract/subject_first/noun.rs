//! Nouns that attribute: `Smith's claim that …`, `a warning of …`.

use super::super::block::Range;
use super::super::draft::{Draft, Subject};
use super::extent::{self, Shape};
use super::{Reader, finite, phrase, subject};
use crate::language::WordClass as C;
use crate::language::WordClasses;
use crate::language::cue::{CueEntry, Features, Frame, Requirement};

/// `X's claim that …`, `his call for …`, `the threat to …`.
pub(super) fn reporting_noun(reader: &mut Reader<'_, '_>, at: usize, entry: &CueEntry) -> bool {
    let tokens = &reader.block.tokens;
    let next = tokens.after(at);
    let has = |frame| entry.frames.has(frame);
    let start = match () {
        () if tokens.is(next, C::Complementiser) && has(Frame::Clause) => next + 1,
        () if entry.requires == Requirement::Complementiser => return false,
        () if tokens.is(next, C::InfinitiveMarker) && has(Frame::Infinitive) => next,
        () if entry.prepositions.iter().any(|word| word == tokens.word(next)) => tokens.after(next),
        () => return false,
    };
    let Some(subject) = owner(reader, at) else { return false };
    let clause = tokens.is(next, C::Complementiser);
    let end = extent::clause_end(reader, start, Shape::default().nominal());
    let content = Range::new(start, main_verb(reader, Range::new(start, end), clause).unwrap_or(end));
    let spans = reader.spans(&[content]);
    if spans.is_empty() {
        return false;
    }
    let mut draft = Draft::new("reporting-noun", entry, vec![tokens.span(at, next)], spans, reader.block.number);
    draft.confidence = 0.65;
    reader.push(draft, subject, at, content.end)
}

/// The verb of the sentence that a reporting noun is the subject of, where it follows the noun's own content:
/// `the claim that the dog was asleep | convinced nobody`, `the promise of a school | was forgotten`.
pub(super) fn main_verb(reader: &Reader<'_, '_>, content: Range, clause: bool) -> Option<usize> {
    let tokens = &reader.block.tokens;
    let opens = WordClasses::of(&[C::Relative, C::Complementiser, C::Coordinator, C::Subordinator, C::Interrogative]);
    let mut expected = usize::from(clause);
    let mut in_group = false;
    let mut at = content.start;
    while at < content.end {
        let classes = tokens.classes(at);
        let compound = at > 0 && matches!(reader.mark(at - 1), Some('-' | '‑'));
        // `the letters to | be released`: an infinitive is no verb of the sentence.
        let infinitive =
            reader.before(at).is_some_and(|head| head >= content.start && tokens.is(head, C::InfinitiveMarker));
        if !compound && !infinitive && (classes.any(finite::FINITE) || finite::is_past_cue(reader, at)) {
            match (in_group, expected) {
                (true, _) => {}
                (false, 0) => return Some(at),
                (false, _) => expected -= 1,
            }
            in_group = true;
        } else if !classes.has(C::Adverb) {
            in_group = infinitive;
            expected += usize::from(classes.any(opens) || reader.is_comma(at));
        }
        at = reader.block.step(at).max(at + 1);
    }
    None
}

/// The possessor of the noun at `at`: `Smith's`, `his`.
fn owner(reader: &Reader<'_, '_>, at: usize) -> Option<Subject> {
    let tokens = &reader.block.tokens;
    let mut head = reader.before(at)?;
    for _ in 0..MOST_ADJECTIVES {
        if let Some(span) = subject::possessor(reader, head) {
            let start = phrase::nearest_phrase(reader, head + 1)?;
            let first = tokens.get(start)?.span.start;
            return Some(Subject::Written(crate::span::Span::new(first, span.end)));
        }
        let classes = tokens.classes(head);
        if classes.has(C::Possessive) {
            return Some(Subject::Pronoun(tokens.span(head, head + 1), Features::NONE));
        }
        let stops = WordClasses::of(&[C::Determiner, C::Preposition, C::Verb, C::Auxiliary, C::PassiveAuxiliary]);
        if classes.any(stops) || reader.mark(head).is_some() {
            return None;
        }
        head = reader.before(head)?;
    }
    None
}

/// Between a possessor and its noun stand few words.
const MOST_ADJECTIVES: usize = 4;

#[cfg(test)]
mod tests {
    use super::super::testing::{claim, read};

    #[test]
    fn the_sentences_own_verb_ends_what_its_subject_says() {
        let wanted = [claim("The owner", "claim", "the dog was asleep")];
        assert_eq!(read("The owner's claim that the dog was asleep convinced nobody."), wanted);
    }
}
