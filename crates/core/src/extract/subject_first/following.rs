//! Noun phrases read from left to right: who is named after an inverted verb or a preposition.

use super::super::block::Range;
use super::Reader;
use super::extent::Shape;
use super::finite::FINITE;
use super::phrase::{LONGEST_NICKNAME, PRONOUNS};
use crate::language::WordClass as C;
use crate::language::WordClasses;
use crate::language::cue::{CueKind, Features};
use crate::language::endings::{looks_gerund, looks_past};

/// The noun phrase that begins at `start`, after an inverted verb or a preposition, up to what is no part of it.
pub(super) fn after(reader: &Reader<'_, '_>, start: usize) -> Option<Range> {
    let tokens = &reader.block.tokens;
    let horizon = reader.horizon(start);
    let mut at = start;
    let mut relative = false;
    while at < horizon {
        if let Some(quotation) = reader.block.quotation_opened_at(at) {
            if quotation.len() > LONGEST_NICKNAME {
                break;
            }
            at = quotation.close.max(at + 1);
            continue;
        }
        match reader.mark(at) {
            Some(',') if goes_on_after_comma(reader, at + 1) => {}
            Some('.') if at + 1 < reader.sentence.end => {}
            Some('\'' | '’' | '&' | '/' | '%' | '$' | '€' | '£' | '#' | '@' | '(' | ')' | '[' | ']') => {}
            Some('-') if !reader.is_dash(at) => {}
            Some(_) => break,
            None => {
                let classes = tokens.classes(at);
                relative |= classes.has(C::Relative) && at > start;
                if ends_phrase(reader, at, start, relative) {
                    break;
                }
            }
        }
        at = tokens.after(at);
    }
    let range = Range::new(start, at);
    (start < at && (start..at).any(|at| tokens.is_word(at))).then_some(range)
}

/// Whether the word at `at` is no part of the noun phrase that began at `start`.
fn ends_phrase(reader: &Reader<'_, '_>, at: usize, start: usize, relative: bool) -> bool {
    let tokens = &reader.block.tokens;
    let classes = tokens.classes(at);
    if at == start {
        return false;
    }
    let always = WordClasses::of(&[C::Time, C::ChannelPhrase, C::WrittenChannel, C::NarratorReturn, C::Complementiser]);
    if classes.any(always) || (classes.has(C::Subordinator) && !classes.has(C::Relative)) {
        return true;
    }
    // «par un juge incompétent et | demande leur retrait»
    if classes.has(C::Coordinator)
        && reader.syntax().same_subject_goes_on(reader, tokens.after(at), Shape::default()) == Some(true)
    {
        return true;
    }
    // `a Halder-based lawyer`
    let compound = reader.mark(at - 1) == Some('-') && tokens.touches_next(at - 1);
    if compound {
        return false;
    }
    let finite = classes.any(FINITE) && !is_attributive(reader, at);
    if !relative && (finite || (classes.any(PRONOUNS) && !classes.has(C::Possessive))) {
        return true;
    }
    if !relative && classes.has(C::Adverb) && !classes.any(WordClasses::of(&[C::Time, C::Determiner])) {
        return reader.before(at).is_some_and(|head| reader.is_comma(head)) || !tokens.is_word(at + 1);
    }
    // `the in-state director`
    let compound = reader.mark(at + 1) == Some('-') && !reader.is_dash(at + 1);
    let place =
        !compound && classes.has(C::Preposition) && !classes.has(C::Agent) && tokens.word(at) != tokens.word(start);
    // After a bare name a phrase of place or time says where it was said; after a noun it belongs to it.
    // So do `said Lee | of the closing` and `said Lee | to reporters`, but not `said Lee of the United Farmers`.
    let mut object = tokens.after(at);
    if tokens.classes(object).any(WordClasses::of(&[C::Determiner, C::Possessive])) {
        object = tokens.after(object);
    }
    let belongs = WordClasses::SPEAKERS.with(WordClasses::of(&[C::Medium, C::Place]));
    let affiliation = (object..reader.horizon(object).min(object + LONGEST_BODY))
        .take_while(|&at| tokens.is_word(at) && !tokens.is(at, C::Relative))
        .any(|at| reader.is_capitalised(at) || tokens.classes(at).any(belongs));
    let about = reader.syntax().follows_english() && tokens.is_word(object) && !affiliation;
    place
        && (is_circumstance(reader, at) || about)
        && (start..at).all(|at| reader.is_capitalised(at) || tokens.mark(at).is_some())
}

/// What somebody belongs to is named in fewer words: `of the town council`.
const LONGEST_BODY: usize = 5;

/// The phrase with a participle that adds to its noun up to a comma: `a report | released on Tuesday,`.
pub(super) fn with_participle(reader: &Reader<'_, '_>, who: Range) -> Range {
    let tokens = &reader.block.tokens;
    let auxiliary = WordClasses::of(&[C::Auxiliary, C::PassiveAuxiliary, C::Future, C::Negation]);
    let adds = WordClasses::of(&[C::Preposition, C::Agent, C::Time]);
    let (word, lexicon) = (tokens.word(who.end), reader.block.pack.lexicon());
    let past = looks_past(word, lexicon)
        && !tokens.classes(who.end).any(auxiliary)
        && tokens.classes(tokens.after(who.end)).any(adds);
    // «un responsable | ayant requis l'anonymat»
    let participle = past || (tokens.is(who.end, C::Auxiliary) && looks_gerund(word, lexicon));
    let end = reader.horizon(who.end).min(who.end + LONGEST_ADDITION);
    let rest = (who.end + 1..end).take_while(|&at| !tokens.classes(at).any(FINITE));
    let comma = rest.into_iter().find(|&at| reader.is_comma(at)).filter(|_| participle);
    comma.map_or(who, |comma| Range::new(who.start, comma))
}

/// What a participle adds to its noun has fewer tokens.
const LONGEST_ADDITION: usize = 16;

/// Whether the word at `at`, a participle by its form, describes the noun to come: `a publicly traded company`.
fn is_attributive(reader: &Reader<'_, '_>, at: usize) -> bool {
    let tokens = &reader.block.tokens;
    let auxiliary = WordClasses::of(&[C::Auxiliary, C::PassiveAuxiliary, C::Future, C::Negation]);
    let noun = |head: usize| tokens.classes(head).any(WordClasses::of(&[C::Determiner, C::Possessive]));
    let before = reader.before(at);
    let opens = before.is_some_and(noun)
        || before.is_some_and(|head| tokens.is(head, C::Adverb) && reader.before(head).is_some_and(noun));
    opens && !tokens.classes(at).any(auxiliary) && tokens.is_word(tokens.after(at))
}

/// Whether the preposition at `at` says where or when, not of whom.
pub(super) fn is_circumstance(reader: &Reader<'_, '_>, at: usize) -> bool {
    reader.block.is(at, C::Circumstance)
}

/// Whether a noun phrase goes on with an apposition after a comma, at `at`.
fn goes_on_after_comma(reader: &Reader<'_, '_>, at: usize) -> bool {
    let tokens = &reader.block.tokens;
    if at >= reader.sentence.end || tokens.mark(at).is_some() || reader.block.quotation_opened_at(at).is_some() {
        return false;
    }
    let classes = tokens.classes(at);
    let breaks = WordClasses::of(&[
        C::Relative,
        C::Subordinator,
        C::NarratorReturn,
        C::Time,
        C::ChannelPhrase,
        C::WrittenChannel,
        C::Coordinator,
        C::InfinitiveMarker,
        C::Adverb,
    ]);
    let participle = reader
        .block
        .cues(at)
        .any(|(form, entry)| entry.kind == CueKind::Verb && form.features.any(Features::PARTICIPLE));
    let preposition = classes.has(C::Preposition) && is_circumstance(reader, at);
    let names = WordClasses::of(&[C::Determiner, C::Possessive, C::Person, C::Title, C::Adjective, C::Anonymous]);
    let noun = classes.any(names) || reader.is_capitalised(at) || tokens.is_number(at) || classes.has(C::Preposition);
    let breaks = classes.any(breaks.with(PRONOUNS).with(FINITE)) && !classes.has(C::Possessive);
    // `whose` is a possessive as well.
    let breaks = breaks || classes.has(C::Relative);
    noun && !breaks && !participle && !preposition
}

/// Whether a noun phrase, not a clause, stands from `start` to the next comma or the end of the sentence.
pub(super) fn stands_alone(reader: &Reader<'_, '_>, start: usize) -> Option<Range> {
    let never = WordClasses::of(&[
        C::Preposition,
        C::Time,
        C::Adverb,
        C::Subordinator,
        C::Complementiser,
        C::Coordinator,
        C::ChannelPhrase,
        C::WrittenChannel,
    ]);
    if reader.block.tokens.classes(start).any(never.with(FINITE)) && !reader.block.tokens.is(start, C::Group) {
        return None;
    }
    let range = after(reader, start)?;
    let next = range.end;
    let tokens = &reader.block.tokens;
    let classes = tokens.classes(next);
    let narrator = WordClasses::of(&[
        C::Time,
        C::ChannelPhrase,
        C::WrittenChannel,
        C::Subordinator,
        C::Preposition,
        C::Relative,
        C::Adverb,
        C::NarratorReturn,
    ]);
    (next >= reader.sentence.end || tokens.mark(next).is_some() || classes.any(narrator)).then_some(range)
}
