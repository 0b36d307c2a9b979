//! What a verb group opens: a clause, a quotation, a question, an infinitive, a phrase or nothing.

use super::super::block::Range;
use super::finite::FINITE;
use super::{Reader, addressee, extent};
use crate::language::WordClass as C;
use crate::language::WordClasses;
use crate::language::cue::{CueEntry, CueKind, Features, Frame};
use crate::language::endings::looks_past;

/// What comes after a cue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Opening {
    /// A clause after a complementiser; the token after it.
    Clause(usize),
    /// A quotation; its opening mark.
    Quotation(usize),
    /// What follows a colon.
    Colon(usize),
    /// A reported question; its first word.
    Question(usize),
    /// An infinitive; its marker.
    Infinitive(usize),
    /// What follows one of the cue's prepositions.
    Preposition(usize),
    /// A clause without a complementiser, or a noun phrase.
    Phrase(usize),
    /// A comma that no quotation follows.
    Comma(usize),
    /// A clause of the narrator, or the end of the sentence.
    End(usize),
}

/// What the cue whose group ends before `end` opens.
pub(super) fn read(reader: &Reader<'_, '_>, end: usize, entry: &CueEntry) -> Opening {
    let tokens = &reader.block.tokens;
    let mut at = end;
    for _ in 0..MOST_ADVERBIALS {
        if let Some(opening) = own_frame(reader, at, entry) {
            return opening;
        }
        // `said about 50 people`, `said at least 12`: a number is bounded; nothing is about it, at it or over it.
        if is_bounded_number(reader, at) {
            return Opening::Phrase(at);
        }
        let classes = tokens.classes(at);
        // `said first-time buyers …`
        let after = tokens.after(at);
        let compound = reader.mark(after) == Some('-') && !reader.is_dash(after);
        if classes.any(WordClasses::of(&[C::Adverb, C::Time])) && !compound {
            if entry.frames.has(Frame::BareClause) && begins_with_adverb(reader, at) {
                return Opening::Phrase(at);
            }
            at = tokens.after(at);
            continue;
        }
        // `confirm | or deny | the report`: the second verb shares the object.
        if at == end && classes.has(C::Coordinator) && shares_object(reader, tokens.after(at)) {
            at = tokens.after(tokens.after(at));
            continue;
        }
        // `decided | not to sign`
        let not_to = classes.has(C::Negation) && tokens.is(tokens.after(at), C::InfinitiveMarker);
        if (classes.has(C::InfinitiveMarker) || not_to) && entry.frames.has(Frame::Infinitive) {
            return Opening::Infinitive(at);
        }
        if entry.frames.has(Frame::Nominal) && reader.syntax().is_partitive(reader, at) {
            return Opening::Phrase(at);
        }
        if classes.any(WordClasses::of(&[C::Preposition, C::InfinitiveMarker])) && !classes.has(C::Determiner) {
            return behind_preposition(reader, at, entry);
        }
        if entry.frames.has(Frame::Addressee)
            && let Some(opening) = addressee::after(reader, at, entry)
        {
            return opening;
        }
        // «estimant | cependant | que …»
        if classes.has(C::NarratorReturn) && tokens.is(tokens.after(at), C::Complementiser) {
            at = tokens.after(at);
            continue;
        }
        if classes.any(WordClasses::of(&[C::Subordinator, C::NarratorReturn, C::Coordinator])) {
            return Opening::End(at);
        }
        // `warned of further landslides`: before a noun phrase the word describes it, before a clause it is an adverb.
        let described = reader.syntax().adverb_describes()
            && !entry.frames.has(Frame::BareClause)
            && tokens.is(end, C::Adverb)
            && !tokens.is(end, C::Time);
        return Opening::Phrase(if described { end } else { at });
    }
    Opening::End(at)
}

/// What opens where a preposition that is none of the cue's own stands at `at`.
fn behind_preposition(reader: &Reader<'_, '_>, at: usize, entry: &CueEntry) -> Opening {
    if entry.frames.has(Frame::Nominal)
        && let Some(object) = reader.syntax().object_behind_addressee(reader, at)
    {
        return Opening::Phrase(object);
    }
    match reader.syntax().own_preposition_behind(reader, at, entry) {
        Some(own) => Opening::Preposition(own),
        None => after_phrase(reader, reader.block.tokens.after(at), entry, false),
    }
}

/// Whether the word at `at`, after a coordinator, is a verb that takes an object of its own frame.
fn shares_object(reader: &Reader<'_, '_>, at: usize) -> bool {
    let form = Features::BASE.with(Features::PAST);
    reader.syntax().follows_english()
        && reader.block.cue_with(at, form).is_some_and(|(_, cue)| {
            cue.kind == CueKind::Verb && (cue.frames.has(Frame::Nominal) || cue.frames.has(Frame::BareClause))
        })
}

/// Whether a number that something bounds begins at `at`: `at least 12`, `over 40`, `between 10 and 20`.
pub(super) fn is_bounded_number(reader: &Reader<'_, '_>, at: usize) -> bool {
    let tokens = &reader.block.tokens;
    let (next, is_count) = (tokens.after(at), |at| tokens.is_number(at) || tokens.number(at).is_some());
    if tokens.classes(at).any(BOUNDS) {
        return is_count(next);
    }
    // Two years are a time: `said in 2019 and 2020 that …`.
    let is_year = |at| tokens.is_number(at) && tokens.word(at).len() == YEAR_DIGITS;
    let link = tokens.after(next);
    tokens.is(at, C::Preposition)
        && is_count(next)
        && !is_year(next)
        && tokens.classes(link).any(WordClasses::of(&[C::Coordinator, C::InfinitiveMarker]))
        && is_count(tokens.after(link))
}

/// Words that bound the number after them.
const BOUNDS: WordClasses = WordClasses::of(&[C::About, C::AtLeast, C::AtMost, C::MoreThan, C::LessThan]);

const YEAR_DIGITS: usize = 4;

/// What opens at `at` by a mark, a complementiser, a channel or one of the cue's own frames.
fn own_frame(reader: &Reader<'_, '_>, at: usize, entry: &CueEntry) -> Option<Opening> {
    let tokens = &reader.block.tokens;
    // `called that “a non-answer”`, `called that report “a lie”`
    let named =
        entry.frames.has(Frame::Describe) && !entry.frames.has(Frame::Clause) && tokens.is(at, C::Demonstrative);
    if named {
        return Some(Opening::Phrase(at));
    }
    if let Some(opening) = marker(reader, at, entry) {
        return Some(opening);
    }
    let classes = tokens.classes(at);
    if classes.any(WordClasses::of(&[C::ChannelPhrase, C::WrittenChannel])) {
        return Some(after_phrase(reader, tokens.after(at), entry, true));
    }
    if entry.frames.has(Frame::Preposition) && entry.prepositions.iter().any(|word| word == tokens.word(at)) {
        return Some(Opening::Preposition(tokens.after(at)));
    }
    if let Some(start) = reader.syntax().infinitive(reader, at, entry) {
        return Some(Opening::Infinitive(start));
    }
    (classes.has(C::Interrogative) && entry.frames.has(Frame::Question)).then_some(Opening::Question(at))
}

/// Whether the adverb or time at `at` is the clause's own first word: `said there are more`, `said now is the time`,
/// `said only two of them`.
pub(super) fn begins_with_adverb(reader: &Reader<'_, '_>, at: usize) -> bool {
    let tokens = &reader.block.tokens;
    let verb = WordClasses::of(&[C::PassiveAuxiliary, C::Future, C::Verb]);
    let next = tokens.after(at);
    let limits = tokens.is(at, C::Limiter) && (tokens.is(next, C::Determiner) || tokens.is_number(next));
    limits || tokens.is(at, C::Determiner) || tokens.classes(next).any(verb)
}

/// More adverbs and times in a row do not occur.
const MOST_ADVERBIALS: usize = 6;

/// What opens at `at` itself, if a mark or complementiser tells.
pub(super) fn marker(reader: &Reader<'_, '_>, at: usize, entry: &CueEntry) -> Option<Opening> {
    if at >= reader.sentence.end {
        return Some(Opening::End(at));
    }
    if reader.block.quotation_opened_at(at).is_some() {
        return Some(Opening::Quotation(at));
    }
    if reader.block.is(at, C::Complementiser) {
        return Some(complementiser(reader, at));
    }
    match reader.mark(at)? {
        ':' => Some(match reader.block.quotation_opened_at(at + 1) {
            Some(_) => Opening::Quotation(at + 1),
            None => Opening::Colon(at + 1),
        }),
        ',' => Some(match reader.block.quotation_opened_at(at + 1) {
            Some(_) => Opening::Quotation(at + 1),
            None => after_comma(reader, at, entry),
        }),
        // Marks that begin an expression.
        '$' | '€' | '£' | '#' | '@' => None,
        _ => Some(Opening::End(at)),
    }
}

/// What opens after the comma at `at`: `said, however, that …` opens a clause.
fn after_comma(reader: &Reader<'_, '_>, comma: usize, entry: &CueEntry) -> Opening {
    let tokens = &reader.block.tokens;
    let end = reader.sentence.end.min(comma + LONGEST_INSERTION);
    let mut at = comma + 1;
    if tokens.is(at, C::Complementiser) {
        return complementiser(reader, at);
    }
    while at < end && reader.block.quotation_opened_at(at).is_none() {
        if reader.is_comma(at) {
            return match tokens.is(at + 1, C::Complementiser) {
                true => complementiser(reader, at + 1),
                // `in Port Lenna, N.S., “…”`
                false if reader.block.quotation_opened_at(at + 1).is_some() => Opening::Quotation(at + 1),
                // «a suggéré, sous couvert d'anonymat, | de renoncer»
                false => match reader.syntax().infinitive(reader, at + 1, entry) {
                    Some(start) => Opening::Infinitive(start),
                    None => Opening::Comma(comma),
                },
            };
        }
        at = tokens.after(at);
    }
    Opening::Comma(comma)
}

/// What stands between two commas before a complementiser has fewer tokens.
const LONGEST_INSERTION: usize = 10;

/// What the complementiser at `at` opens; after a comma (`said that, …, it`) the clause begins behind it.
pub(super) fn complementiser(reader: &Reader<'_, '_>, at: usize) -> Opening {
    let next = reader.block.tokens.after(at);
    Opening::Clause(if reader.is_comma(next) { next + 1 } else { next })
}

/// What opens after a phrase that says where, when, of whom or through what; `whole` if it may be over at `from`.
fn after_phrase(reader: &Reader<'_, '_>, from: usize, entry: &CueEntry, whole: bool) -> Opening {
    let tokens = &reader.block.tokens;
    let end = reader.sentence.end.min(from.saturating_add(LONGEST_PHRASE));
    let mut at = from;
    // Where the clause can begin: behind the phrase and a time.
    let mut clause = if whole && entry.frames.has(Frame::BareClause) { from } else { end };
    let last = from.checked_sub(1).map_or(WordClasses::NONE, |last| reader.block.pack.classes(tokens.word(last)));
    if clause == from && last.has(C::Preposition) {
        clause = names_end(reader, from);
    }
    while at < end {
        if let Some(quotation) = reader.block.quotation_opened_at(at) {
            // A title or nickname, unless the sentence ends with it.
            let goes_on = quotation.close < reader.sentence.end && tokens.is_word(quotation.close);
            if !goes_on && quotation.len() > LONGEST_TITLE {
                return Opening::Quotation(at);
            }
            at = quotation.close.max(at + 1);
            continue;
        }
        match reader.mark(at) {
            Some('.' | '(' | ')' | '\'' | '&' | '/' | '’') => {}
            Some('-') if !reader.is_dash(at) => {}
            Some(_) => return marker(reader, at, entry).unwrap_or(Opening::End(at)),
            None => {
                let classes = tokens.classes(at);
                if classes.has(C::Complementiser) && (whole || at > from) && !is_relative(reader, at) {
                    return complementiser(reader, at);
                }
                if classes.any(SUBJECT_PRONOUNS) && !classes.has(C::Possessive) && (whole || at > from) {
                    return Opening::Phrase(at);
                }
                if at == clause && is_named_place(reader, at) {
                    clause = names_end(reader, tokens.after(at));
                } else if classes.has(C::Time) && (at == clause || (at > from && entry.frames.has(Frame::BareClause))) {
                    // `said in Ottawa on Tuesday | the deal was dead`
                    clause = tokens.after(at);
                } else if at == clause && begins_bare_clause(reader, Range::new(at, end)) {
                    return Opening::Phrase(at);
                }
                if (whole || at > from) && entry.frames.has(Frame::Infinitive) && is_infinitive(reader, at) {
                    return Opening::Infinitive(at);
                }
                // `apologised to customers and | denied that …`: the next verb opens the clause.
                let next_verb = classes.has(C::Coordinator) && extent::is_finite_cue(reader, tokens.after(at));
                if at > from && (next_verb || classes.any(WordClasses::of(&[C::Subordinator, C::NarratorReturn]))) {
                    return Opening::End(at);
                }
            }
        }
        at = tokens.after(at);
    }
    Opening::End(at)
}

/// Whether a preposition and a name stand at `at`, as part of a channel: `in a post | on X`, `in an interview | with CBC`.
fn is_named_place(reader: &Reader<'_, '_>, at: usize) -> bool {
    let tokens = &reader.block.tokens;
    tokens.is(at, C::Preposition) && !tokens.is(at, C::Time) && reader.is_capitalised(tokens.after(at))
}

/// The token after the capitalised words from `at` on.
fn names_end(reader: &Reader<'_, '_>, at: usize) -> usize {
    let end = reader.horizon(at);
    (at..end).find(|&at| !reader.is_capitalised(at)).unwrap_or(end)
}

/// Whether what may be a complementiser at `at` is the subject of a verb right behind it: `after a debate | that ended late`.
fn is_relative(reader: &Reader<'_, '_>, at: usize) -> bool {
    let tokens = &reader.block.tokens;
    let next = tokens.after(at);
    let past = tokens.classes(next).is_empty() && looks_past(tokens.word(next), reader.block.pack.lexicon());
    // `that | he'd`: the subject and its auxiliary are written as one.
    let finite = (tokens.classes(next).any(FINITE) && !tokens.word(next).contains('\'')) || past;
    reader.syntax().follows_english() && tokens.is(at, C::Relative) && finite && !reader.is_capitalised(next)
}

/// Whether a clause without a complementiser begins `rest`: `said in a statement | the choice was hard`, not
/// `in a statement the company posted that …`.
fn begins_bare_clause(reader: &Reader<'_, '_>, rest: Range) -> bool {
    let tokens = &reader.block.tokens;
    let subject = WordClasses::of(&[C::Determiner, C::Possessive, C::Demonstrative]);
    let marked = |at: usize| tokens.is(at, C::Complementiser) || reader.block.quotation_opened_at(at).is_some();
    let counted = tokens.is_number(rest.start) || tokens.number(rest.start).is_some();
    let counts = (counted || is_bounded_number(reader, rest.start)) && extent::has_finite(reader, rest);
    let opens = tokens.classes(rest.start).any(subject) || counts;
    reader.syntax().follows_english() && opens && !(rest.start..rest.end).any(marked)
}

/// Whether an infinitive, not a noun phrase, follows the marker at `at`: `to publish`, not `to the press`.
pub(super) fn is_infinitive(reader: &Reader<'_, '_>, at: usize) -> bool {
    let tokens = &reader.block.tokens;
    let next = tokens.after(at);
    let nominal = WordClasses::of(&[C::Determiner, C::Possessive, C::Demonstrative, C::PronounObject]);
    tokens.is(at, C::InfinitiveMarker)
        && tokens.is_word(next)
        && !tokens.classes(next).any(nominal.with(super::channel::SOURCES))
        && !reader.is_capitalised(next)
}

pub(super) const SUBJECT_PRONOUNS: WordClasses =
    WordClasses::of(&[C::PronounMasculine, C::PronounFeminine, C::PronounPlural, C::PronounNeuter]);

/// A phrase of place, time or channel has fewer tokens.
pub(super) const LONGEST_PHRASE: usize = 24;

/// A quotation of no more words inside a phrase is a title: `on "Meet the Press"`.
const LONGEST_TITLE: usize = 6;
