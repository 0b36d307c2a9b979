//! Nouns that attribute: `Smith's claim that …`, `a warning of …`.

use super::super::block::Range;
use super::super::draft::{Draft, Subject};
use super::extent::{self, Shape};
use super::{Reader, phrase, subject};
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
    let content = Range::new(start, extent::clause_end(reader, start, Shape::default().nominal()));
    let spans = reader.spans(&[content]);
    if spans.is_empty() {
        return false;
    }
    let mut draft = Draft::new("reporting-noun", entry, vec![tokens.span(at, next)], spans, reader.block.number);
    draft.confidence = 0.65;
    reader.push(draft, subject, at, content.end)
}

/// The possessor of the noun at `at`: `Smith's`, `his`.
fn owner(reader: &Reader<'_, '_>, at: usize) -> Option<Subject> {
    let tokens = &reader.block.tokens;
    let mut head = reader.before(at)?;
    for _ in 0..MOST_ADJECTIVES {
        if let Some(span) = subject::possessor(reader, head) {
            let start = phrase::phrase_start(reader, head + 1)?;
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
