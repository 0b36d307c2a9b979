//! Through what the words came: `said in a statement`, `told the Courier`.

use super::super::block::{BlockLayers, Range};
use super::super::draft::{Draft, Subject};
use super::Reader;
use crate::claim::Mode;
use crate::language::WordClass as C;
use crate::language::WordClasses;
use crate::language::cue::{CueEntry, Frame};
use crate::span::Span;

/// Where the channel of a claim can stand.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// The token after the verb.
    pub(super) from: usize,
    /// The first token of the content after the verb.
    pub(super) upto: Option<usize>,
    /// The token after the last one of the content.
    pub(super) end: Option<usize>,
    pub(super) subject: Subject,
}

/// Adds to a draft its channel, and what that and the source tell of its mode.
pub(super) fn add(reader: &Reader<'_, '_>, draft: &mut Draft, place: Place, entry: &CueEntry) {
    let addressed = entry.frames.has(Frame::Addressee);
    let medium = || match reader.syntax().medium_needs_addressee() {
        true if addressed => medium(reader, place.from, place.upto),
        _ => to_medium(reader, place.from, place.upto),
    };
    let named = channel(reader, place.from, place.upto);
    let behind = || place.end.and_then(|end| behind(reader, end));
    let found = named.or_else(medium).or_else(|| fronted(reader, place.subject)).or_else(behind);
    if let Some((channel, written)) = found {
        draft.came_through(channel, written);
    }
    let named = place.subject.named().is_some();
    if draft.mode == Mode::Speech && named && is_document(reader, place.subject) {
        draft.mode = Mode::Writing;
    }
}

/// Adds to a draft the channel that stands between commas after its source: «…, a écrit X, | dans un courriel».
pub(super) fn add_aside(block: &BlockLayers<'_>, draft: &mut Draft, aside: Range) {
    let classes = block.tokens.classes(aside.start);
    let written = classes.has(C::WrittenChannel);
    let medium = (aside.start..aside.end).any(|at| block.is(at, C::Medium));
    if draft.channel.is_none() && (written || medium || classes.has(C::ChannelPhrase)) {
        draft.channel = block.trimmed(aside);
        if written && draft.mode == Mode::Speech {
            draft.mode = Mode::Writing;
        }
    }
}

/// The channel named between a verb and its content (or, without one after it, in what follows): its bytes, and
/// whether it is a writing.
pub(super) fn channel(reader: &Reader<'_, '_>, from: usize, upto: Option<usize>) -> Option<(Span, bool)> {
    let tokens = &reader.block.tokens;
    let end =
        upto.unwrap_or(reader.sentence.end).min(from.saturating_add(MOST_BEFORE_CHANNEL)).min(reader.sentence.end);
    let mut at = from;
    while at < end {
        if reader.block.quotation_opened_at(at).is_some() || reader.is_comma(at) {
            return None;
        }
        let classes = tokens.classes(at);
        let written = classes.has(C::WrittenChannel);
        if written || classes.has(C::ChannelPhrase) {
            let stops = WordClasses::of(&[C::Time, C::Complementiser, C::Subordinator, C::Relative]);
            let mut last = tokens.after(at);
            while last < end && tokens.mark(last).is_none() && !tokens.classes(last).any(stops) {
                last = tokens.after(last);
            }
            return Some((reader.block.trimmed(Range::new(at, last))?, written));
        }
        at = tokens.after(at);
    }
    None
}

/// The channel that begins right behind the content: `claimed victory | in a tweet`.
fn behind(reader: &Reader<'_, '_>, end: usize) -> Option<(Span, bool)> {
    let opens = WordClasses::of(&[C::ChannelPhrase, C::WrittenChannel]);
    let inside = end < reader.sentence.end && reader.block.tokens.classes(end).any(opens);
    inside.then(|| channel(reader, end, None)).flatten()
}

/// The channel stands near the verb.
const MOST_BEFORE_CHANNEL: usize = 24;

/// The channel that opens the sentence, before a comma: `In an email, | press secretary Lee said …`.
pub(super) fn fronted(reader: &Reader<'_, '_>, subject: Subject) -> Option<(Span, bool)> {
    let tokens = &reader.block.tokens;
    let start = reader.sentence.start;
    let classes = tokens.classes(start);
    let written = classes.has(C::WrittenChannel);
    if !written && !classes.has(C::ChannelPhrase) {
        return None;
    }
    let end = reader.sentence.end.min(start + MOST_BEFORE_CHANNEL);
    let comma = (start..end).find(|&at| reader.is_comma(at))?;
    let first = match subject {
        Subject::Written(span) | Subject::Pronoun(span, _) => reader.block.tokens_in(span).start,
        _ => return None,
    };
    let next = (comma + 1..first).all(|at| !tokens.is_word(at) || tokens.classes(at).any(C::Adverb.into()));
    let span = reader.block.trimmed(Range::new(start, comma)).filter(|_| first > comma && next)?;
    Some((span, written))
}

/// The newspaper, agency, broadcaster or people of the trade that a verb addresses: `told the Courier that …`,
/// `told reporters that …`.
pub(super) fn medium(reader: &Reader<'_, '_>, from: usize, upto: Option<usize>) -> Option<(Span, bool)> {
    let tokens = &reader.block.tokens;
    let end = upto.unwrap_or(reader.sentence.end).min(from.saturating_add(LONGEST_MEDIUM)).min(reader.sentence.end);
    let stops = WordClasses::of(&[C::Time, C::Complementiser, C::Subordinator, C::Relative, C::Preposition]);
    let mut at = from;
    let mut found = false;
    while at < end && tokens.mark(at).is_none() && !tokens.classes(at).any(stops) {
        let classes = tokens.classes(at);
        found |= classes.has(C::Medium);
        at = tokens.after(at);
    }
    let span = reader.block.trimmed(Range::new(from, at)).filter(|_| found)?;
    Some((span, false))
}

/// The medium that a preposition addresses: «a confié | à la chaîne KTV», `said | to reporters`.
fn to_medium(reader: &Reader<'_, '_>, from: usize, upto: Option<usize>) -> Option<(Span, bool)> {
    let tokens = &reader.block.tokens;
    let end =
        upto.unwrap_or(reader.sentence.end).min(from.saturating_add(MOST_BEFORE_CHANNEL)).min(reader.sentence.end);
    let plain = |&at: &usize| tokens.mark(at).is_none() && reader.block.quotation_opened_at(at).is_none();
    let any = !reader.syntax().medium_needs_addressee();
    let opens = |&at: &usize| tokens.is(at, C::Preposition) && (any || tokens.is(at, C::InfinitiveMarker));
    let mut prepositions = (from..end).take_while(plain).filter(opens);
    prepositions.find_map(|at| {
        let found = medium(reader, tokens.after(at), Some(end))?;
        let first = tokens.get(at)?.span.start;
        Some((Span::new(first, found.0.end), found.1))
    })
}

/// The name of a medium has fewer tokens.
const LONGEST_MEDIUM: usize = 10;

/// Whether the subject is a text: its first noun that can be a source is one.
pub(super) fn is_document(reader: &Reader<'_, '_>, subject: Subject) -> bool {
    let span = match subject {
        Subject::Written(span) | Subject::Relative { antecedent: span, .. } => span,
        Subject::Pronoun(span, _) => {
            let at = reader.block.tokens_in(span).start;
            return reader.block.is(at, C::PronounNeuter) && !reader.block.is(at, C::PronounPlural);
        }
        _ => return false,
    };
    let tokens = &reader.block.tokens;
    let range = reader.block.tokens_in(span);
    let before_preposition = (range.start..range.end).take_while(|&at| !tokens.is(at, C::Preposition));
    let head = before_preposition.filter(|&at| tokens.classes(at).any(SOURCES)).last();
    head.is_some_and(|at| tokens.is(at, C::Document))
}

/// Nouns and names that can be the head of a source.
pub(super) const SOURCES: WordClasses =
    WordClasses::SPEAKERS.with(WordClasses::of(&[C::Medium, C::NameMasculine, C::NameFeminine]));
