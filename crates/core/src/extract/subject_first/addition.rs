//! What adds to a noun phrase: a time or place that belongs to the verb before it, or a phrase that belongs to its noun.

use super::super::block::Range;
use super::extent::{begins_clause, has_finite};
use super::{Reader, finite, insertion};
use crate::language::WordClass as C;
use crate::language::WordClasses;
use crate::language::cue::Features;

/// Whether after a noun phrase it is told when or through what it was said: `the deal | on Monday`, `him | in a tweet`.
pub(super) fn begins_circumstance(reader: &Reader<'_, '_>, content: Range) -> bool {
    let tokens = &reader.block.tokens;
    let at = content.end;
    // `him | in front of his supporters`: no place or time belongs to a pronoun; `her | to resign`, `him | for it` do.
    let pronoun = tokens.is(content.start, C::PronounObject)
        && tokens.after(content.start) == at
        && tokens.classes(at).any(WordClasses::of(&[C::Circumstance, C::Adverb, C::Subordinator]))
        && !(tokens.is(at, C::Subordinator) && tokens.is(at, C::Preposition));
    begins_time(reader, content) || is_channel(reader, at) || pronoun || begins_moment(reader, content)
}

/// Whether a clause of time begins where `content`, a noun phrase without a verb of any form, ends: `the plan | when it came`.
pub(super) fn begins_moment(reader: &Reader<'_, '_>, content: Range) -> bool {
    let tokens = &reader.block.tokens;
    let next = tokens.after(content.end);
    let time = tokens.is(content.end, C::Circumstance) && !tokens.is(content.end, C::NarratorReturn);
    let opens = tokens.is(content.end, C::Subordinator) && time;
    // `as a candidate who …` describes.
    let subject = !tokens.is(content.end, C::Preposition) || !tokens.is(next, C::Determiner);
    let verbal = WordClasses::of(&[C::InfinitiveMarker, C::Relative, C::Complementiser, C::Interrogative]);
    let plain = |at: usize| !tokens.classes(at).any(verbal) && !insertion::is_gerund(reader, at);
    opens
        && subject
        && begins_clause(reader, next)
        && (content.start..content.end).all(plain)
        && !has_finite(reader, content)
}

/// Whether a time that belongs to the verb of `content` begins where that ends: `the deal | on Monday`.
pub(super) fn begins_time(reader: &Reader<'_, '_>, content: Range) -> bool {
    let tokens = &reader.block.tokens;
    let at = content.end;
    let next = tokens.after(at);
    // `on Monday | over his plan` goes on with the object.
    let outside =
        WordClasses::of(&[C::Circumstance, C::Coordinator, C::Subordinator, C::InfinitiveMarker, C::ChannelPhrase]);
    let joins = WordClasses::of(&[C::Preposition, C::Determiner, C::Coordinator]);
    tokens.is(at, C::Time)
        && (!tokens.is_word(next) || tokens.classes(next).any(outside))
        && !(content.start..at).any(|at| tokens.is(at, C::Relative))
        && !reader.before(at).is_some_and(|head| tokens.classes(head).any(joins))
}

/// Whether `content`, before a time that ends its part of the sentence, is a noun phrase without a verb.
pub(super) fn is_object(reader: &Reader<'_, '_>, content: Range) -> bool {
    let tokens = &reader.block.tokens;
    let next = tokens.after(content.end);
    let after = if tokens.is_number(next) { next + 1 } else { next };
    let ends = after >= reader.sentence.end || (reader.mark(after).is_some() && !reader.is_dash(after));
    ends && !tokens.is(content.start, C::Preposition)
        && !has_finite(reader, content)
        && !(content.start..content.end).any(|at| insertion::is_gerund(reader, at))
}

/// Whether a phrase that says through what the words came begins at `at`.
pub(super) fn is_channel(reader: &Reader<'_, '_>, at: usize) -> bool {
    reader.block.tokens.classes(at).any(WordClasses::of(&[C::ChannelPhrase, C::WrittenChannel]))
}

/// Whether a phrase at `at`, after a comma, belongs to the noun before it: `several towns, | including Port Lenna`.
pub(super) fn adds(reader: &Reader<'_, '_>, at: usize) -> bool {
    let outside = WordClasses::of(&[C::Circumstance, C::Agent, C::InfinitiveMarker]);
    let classes = reader.block.tokens.classes(at);
    // `…, with | officials saying no`, `…, with | whom she met`
    let clause = |at: usize| {
        insertion::is_gerund(reader, at) || reader.block.is(at, C::Relative) || is_present_participle(reader, at)
    };
    reader.syntax().follows_english()
        && classes.has(C::Preposition)
        && !classes.any(outside)
        && !(at..part_end(reader, at)).any(clause)
}

fn is_present_participle(reader: &Reader<'_, '_>, at: usize) -> bool {
    reader.block.cue_with(at, Features::PARTICIPLE).is_some()
}

/// The token of the next mark after `at` that parts clauses.
pub(super) fn part_end(reader: &Reader<'_, '_>, at: usize) -> usize {
    let end = reader.horizon(at);
    (at..end).find(|&at| matches!(reader.mark(at), Some(',' | '.' | ';' | ':'))).unwrap_or(end)
}

/// Whether `content` ends at the dash behind it: no other dash closes what this one opens or opened what it closes, and
/// nothing behind it is a part of the clause: `… | — a blow to her`, `… — including hers`, `… — and that she knew`.
pub(super) fn ends_at_dash(reader: &Reader<'_, '_>, content: Range, nominal: bool) -> bool {
    let tokens = &reader.block.tokens;
    let at = content.end + 1;
    let english = reader.syntax().follows_english();
    let closed = (at + 1..reader.horizon(content.end)).any(|later| reader.is_dash(later));
    // `the plan — his third — | failed`
    let opened = || english && (content.start..content.end.saturating_sub(1)).any(|before| reader.is_dash(before));
    let phrase = tokens.is(at, C::Preposition) && !tokens.is(at, C::Subordinator);
    let clause = tokens.is(at, C::Coordinator) && tokens.is(tokens.after(at), C::Complementiser);
    let not = tokens.is(at, C::Negation) && !tokens.is(at, C::Auxiliary);
    !closed && (nominal || !opened()) && !(english && (phrase || clause || not))
}

/// Whether what follows a word of contrast at `at` is no clause, so that it goes on with what was said: `…, but | not before
/// May`, `…, but | no sign of life`.
pub(super) fn is_fragment(reader: &Reader<'_, '_>, at: usize) -> bool {
    let tokens = &reader.block.tokens;
    let end = part_end(reader, at);
    let not = tokens.is(at, C::Negation) && !tokens.classes(at).any(finite::FINITE.without(C::Negation.into()));
    let opens = tokens.classes(at).any(WordClasses::of(&[C::NegativeSubject, C::Preposition]))
        && !tokens.is(at, C::About)
        && !reader.is_comma(end);
    let rest = Range::new(if not { tokens.after(at) } else { at }, end);
    let verbal = |at: usize| insertion::is_gerund(reader, at) || is_present_participle(reader, at);
    let phrase = !has_finite(reader, rest) && !(rest.start..rest.end).any(verbal);
    reader.syntax().follows_english() && (not || opens) && phrase
}
