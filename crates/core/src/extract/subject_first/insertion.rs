//! A subject before an insertion between commas or dashes: `Smith, who runs X, said`.

use super::super::block::Range;
use super::Reader;
use super::finite::FINITE;
use super::phrase::{LONGEST_NICKNAME, PRONOUNS, is_sealed, phrase_start};
use super::subject::{Found, pronoun, written};
use crate::language::WordClass as C;
use crate::language::WordClasses;
use crate::language::cue::Features;
use crate::language::endings::{looks_adverb, looks_gerund};

/// The subject before an insertion that ends with the comma or dash at `close`: `Smith, who runs X, said`.
pub(super) fn before_insertion(reader: &Reader<'_, '_>, close: usize) -> Option<Found> {
    let dash = reader.is_dash(close);
    let floor = reader.sentence.start.max(close.saturating_sub(super::REACH / 2));
    let mut first = close;
    let mut marks = Vec::new();
    while first > floor {
        if let Some(quotation) = reader.block.quotation_closed_before(first) {
            if first < close && (is_sealed(reader, quotation.end) || quotation.len() > LONGEST_NICKNAME) {
                break;
            }
            first = quotation.open;
            continue;
        }
        let Some(head) = reader.before(first) else { break };
        if dash && reader.is_dash(head) {
            let start = phrase_start(reader, head)?;
            return written(reader, Range::new(start, head));
        }
        if matches!(reader.mark(head), Some(';' | ':' | '!' | '?')) || (!dash && reader.is_dash(head)) {
            break;
        }
        if reader.is_comma(head) {
            marks.push(head);
        }
        first = head;
    }
    let mut start = first;
    let mut candidate = None;
    for &end in marks.iter().rev().chain([&close]) {
        if starts_insertion(reader, start, end) && candidate.is_some() {
            start = end + 1;
            continue;
        }
        if let Some(at) = head_phrase(reader, start, end) {
            if candidate.is_none() {
                candidate = Some(at);
            }
        } else {
            candidate = None;
        }
        start = end + 1;
    }
    let candidate = candidate?;
    // `He, however, said`
    if is_pronoun(reader, candidate) && reader.block.tokens.after(candidate) <= close {
        return Some(pronoun(reader, candidate));
    }
    // «Les élus, eux, se disent …»
    let echo = marks.first().filter(|&&comma| reader.syntax().echo(reader, comma, close));
    written(reader, Range::new(candidate, echo.copied().unwrap_or(close)))
}

/// Whether the part `start..end` between commas adds to a noun before it.
fn starts_insertion(reader: &Reader<'_, '_>, start: usize, end: usize) -> bool {
    let classes = reader.block.tokens.classes(start);
    let opener =
        WordClasses::of(&[C::Relative, C::Adjective, C::Determiner, C::Preposition, C::Possessive, C::Time, C::Adverb]);
    let listed =
        reader.block.cues(start).any(|(form, _)| form.features.any(Features::PASSIVE.with(Features::PARTICIPLE)));
    let participle = listed || is_gerund(reader, start);
    let new_clause = classes.has(C::Coordinator) && (start..end).any(|at| reader.block.tokens.classes(at).any(FINITE));
    !new_clause
        && (classes.any(opener) || participle || !(start..end).any(|at| reader.block.tokens.classes(at).any(FINITE)))
}

/// Whether the word at `at`, which no list holds, is a present participle: `Ann Lee, | wearing a shirt, said`.
pub(super) fn is_gerund(reader: &Reader<'_, '_>, at: usize) -> bool {
    let tokens = &reader.block.tokens;
    tokens.is_word(at)
        && tokens.classes(at).is_empty()
        && !reader.is_capitalised(at)
        && looks_gerund(tokens.word(at), reader.block.pack.lexicon())
}

/// Where a noun phrase that can be a subject begins in the part `start..end` between commas, if it holds nothing else.
fn head_phrase(reader: &Reader<'_, '_>, start: usize, end: usize) -> Option<usize> {
    let tokens = &reader.block.tokens;
    if is_pronoun(reader, start) && tokens.after(start) == end {
        return Some(start);
    }
    if start == reader.sentence.start && reader.syntax().opens_participle(reader, start) {
        return None;
    }
    // `…, and he, once again, said`
    let last = reader.before(end).filter(|&last| last > start && is_pronoun(reader, last));
    let joined = last.filter(|&last| reader.before(last).is_some_and(|head| tokens.is(head, C::Coordinator)));
    if joined.is_some() {
        return joined;
    }
    let at = phrase_start(reader, end)?;
    let light = WordClasses::of(&[C::Adverb, C::Time]);
    let unknown =
        |at: usize| tokens.classes(at).is_empty() && looks_adverb(tokens.word(at), reader.block.pack.lexicon());
    let aside = (start..end)
        .all(|at| tokens.classes(at).any(light) || unknown(at) || tokens.get(at).is_some_and(|it| it.inside_phrase));
    if at < start || aside {
        return None;
    }
    let lead = WordClasses::of(&[C::Adverb, C::Coordinator, C::Time, C::Turn, C::NarratorReturn, C::Subordinator]);
    let mut first = start;
    while first < at && (tokens.classes(first).any(lead) || tokens.mark(first).is_some()) {
        let next = tokens.after(first);
        // «Interrogé sur | la chaîne, le ministre …»: a phrase that ends in a preposition has its object behind it.
        let last = reader.block.pack.classes(tokens.word(next - 1));
        if next > first + 1 && next >= at && last.has(C::Preposition) {
            return None;
        }
        first = next;
    }
    // What precedes the phrase is a clause of its own, a preposition or a verb before its object.
    (first >= at && !tokens.is(at, C::Preposition) && !tokens.is(at, C::InfinitiveMarker)).then_some(at)
}

/// Whether the word at `at` is a personal pronoun that is the whole subject.
fn is_pronoun(reader: &Reader<'_, '_>, at: usize) -> bool {
    let personal = PRONOUNS.without(C::PronounSpeech.into());
    reader.block.tokens.classes(at).any(personal) && !reader.block.is(at, C::Possessive)
}
