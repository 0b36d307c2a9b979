//! Whether a word is a finite verb, as far as lists, endings and capitals tell.

use super::phrase::PRONOUNS;
use super::{Reader, subject};
use crate::language::WordClass as C;
use crate::language::WordClasses;
use crate::language::cue::{CueEntry, CueKind, Features, Frame};
use crate::language::endings::looks_past;

/// Verbs and other words that no noun phrase holds outside a relative clause.
pub(super) const FINITE: WordClasses = WordClasses::of(&[
    C::Verb,
    C::Auxiliary,
    C::PassiveAuxiliary,
    C::Future,
    C::Negation,
    C::Catenative,
    C::Expectation,
]);

/// Words that open an object or addition of the verb before them.
pub(super) const OBJECTS: WordClasses =
    WordClasses::of(&[C::Determiner, C::Possessive, C::Preposition, C::InfinitiveMarker, C::PronounObject]);

/// Whether a verb form with a capital closes a name: `The chief, Omar Said, denied it`. In a headline, or a sentence of
/// which most words have a capital, it does not.
pub(super) fn closes_name(reader: &Reader<'_, '_>, at: usize) -> bool {
    let name = |at: usize| reader.is_capitalised(at) && reader.block.tokens.is_word(at);
    let titled = || {
        let near = at.saturating_sub(NEAR).max(reader.sentence.start)..reader.horizon(at);
        let (words, capitals) = near
            .filter(|&at| reader.block.tokens.is_word(at))
            .fold((0, 0), |(words, capitals), at| (words + 1, capitals + usize::from(reader.is_capitalised(at))));
        capitals * 2 > words
    };
    name(at)
        && !name(reader.block.tokens.after(at))
        && reader.before(at).is_some_and(name)
        && !reader.block.role.is_headline()
        && !titled()
}

/// Whether the word at `at` is a past form of a verb cue, and no adjective or participle before a noun.
pub(super) fn is_past_cue(reader: &Reader<'_, '_>, at: usize) -> bool {
    if closes_name(reader, at) {
        return false;
    }
    if !reader.block.cues(at).any(|(form, entry)| entry.kind == CueKind::Verb && form.features.any(Features::PAST)) {
        return false;
    }
    let attributive = WordClasses::of(&[C::Determiner, C::Possessive, C::Adjective, C::Adverb]);
    reader.before(at).is_some_and(|head| {
        // `She recently wrote`, but not `a recently published report`
        let adverb = reader.block.tokens.is(head, C::Adverb);
        let subject = reader.before(head).filter(|_| adverb);
        subject.is_some_and(|at| reader.is_capitalised(at) || reader.block.tokens.classes(at).any(PRONOUNS))
            || !reader.block.tokens.classes(head).any(attributive) && !subject::is_possessive(reader, head)
    })
}

/// Whether the word at `at`, which no list holds, is the past of a regular verb with an object or adverbial after it:
/// `Lee | hammered her rival`, but not `the hammered silver`.
pub(super) fn is_unknown_past(reader: &Reader<'_, '_>, at: usize) -> bool {
    let tokens = &reader.block.tokens;
    let noun = WordClasses::of(&[C::Determiner, C::Possessive, C::Adjective, C::Preposition, C::Agent]);
    let object = OBJECTS.with(WordClasses::of(&[C::Adverb, C::Time, C::Group]));
    let next = tokens.after(at);
    tokens.is_word(at)
        && tokens.classes(at).is_empty()
        && !reader.is_capitalised(at)
        && looks_past(tokens.word(at), reader.block.pack.lexicon())
        && reader.before(at).is_some_and(|head| reader.mark(head).is_none() && !tokens.classes(head).any(noun))
        && (tokens.classes(next).any(object) || reader.is_capitalised(next))
}

/// Whether the word at `at` is a present form of a verb of saying and never a noun: `but says | the town asked for it`.
pub(super) fn is_present_cue(reader: &Reader<'_, '_>, at: usize) -> bool {
    let says = |entry: &CueEntry| entry.frames.has(Frame::Quotation) && entry.frames.has(Frame::Clause);
    // «l'avocat qui | défend la famille»
    let after_relative = || reader.before(at).is_some_and(|head| reader.block.is(head, C::Relative));
    let says = |entry: &CueEntry| says(entry) || (!reader.syntax().follows_english() && after_relative());
    (reader.syntax().follows_english() || after_relative())
        && !reader.is_capitalised(at)
        && !reader.block.is(at, C::Noun)
        && reader.block.cue_with(at, Features::PRESENT).is_some_and(|(_, entry)| says(entry))
}

/// Words before a verb, in tokens, by whose capitals a title is told.
const NEAR: usize = 40;
