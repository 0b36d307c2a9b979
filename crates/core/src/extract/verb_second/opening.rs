//! What a cue opens: a clause, a quotation, a question, an infinitive, or nothing.

use super::segment::{self, Opener};
use super::{Reader, phrase};
use crate::language::WordClass as C;
use crate::language::WordClasses;
use crate::language::cue::{CueEntry, Features, Frame};

/// What comes after a cue, with the token at which it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Opening {
    /// A clause after a complementiser.
    Clause(usize),
    /// A clause without one.
    Bare(usize),
    /// A quotation; its opening mark.
    Quotation(usize),
    /// What follows a colon.
    Colon(usize),
    /// A reported question; its first word.
    Question(usize),
    /// An infinitive with `zu`.
    Infinitive(usize),
    /// None of these before the end of the clause.
    Nothing,
}

/// What opens from `from` on, after the subject and the verb.
pub(super) fn read(reader: &Reader<'_, '_>, from: usize, entry: &CueEntry) -> Opening {
    let mut at = from;
    while at < reader.horizon(from) {
        if let Some(quotation) = reader.block.quotation_opened_at(at) {
            let named = at > from && reader.mark(at - 1).is_none();
            let closes = quotation.close >= reader.sentence.end || !reader.block.tokens.is_word(quotation.close);
            if !named || (reader.is_sealed(at) && closes) {
                return Opening::Quotation(at);
            }
            at = quotation.close.max(at + 1);
            continue;
        }
        match reader.mark(at) {
            Some(':') if segment::is_between_digits(reader.block, at) => at += 1,
            Some(':') => {
                return match reader.block.quotation_opened_at(at + 1) {
                    Some(_) => Opening::Quotation(at + 1),
                    None => Opening::Colon(at + 1),
                };
            }
            Some(',' | '–' | '—') => match after_comma(reader, at + 1, entry) {
                Some(opening) => return opening,
                None if goes_on_behind(reader, at + 1) => at = reader.segment(reader.segment_of(at + 1)).end,
                None => return Opening::Nothing,
            },
            Some('(') => {
                at = super::segment::closing(reader.block, at, reader.sentence.end).map_or(at + 1, |close| close + 1)
            }
            Some('.' | ';' | '?' | '!') if at + 1 >= reader.sentence.end => return Opening::Nothing,
            _ => at = reader.block.tokens.after(at),
        }
    }
    Opening::Nothing
}

/// What opens right behind a comma, at `at`.
fn after_comma(reader: &Reader<'_, '_>, at: usize, entry: &CueEntry) -> Option<Opening> {
    let has = |frame| entry.frames.has(frame);
    let tokens = &reader.block.tokens;
    if reader.block.quotation_opened_at(at).is_some() && (reader.is_sealed(at) || !holds_finite(reader, at)) {
        return Some(Opening::Quotation(at));
    }
    let mut first = at;
    while reader.classes(first).any(WordClasses::of(&[C::Coordinator, C::Adverb])) && first < at + 2 {
        first = tokens.after(first);
    }
    if reader.is(first, C::Complementiser) {
        return Some(Opening::Clause(tokens.after(first)));
    }
    let number = reader.segment_of(at);
    if reader.is(at, C::Interrogative) && has(Frame::Question) && reader.opener(number) != Opener::Main {
        return Some(Opening::Question(at));
    }
    if has(Frame::Infinitive) && is_infinitive(reader, number) {
        return Some(Opening::Infinitive(at));
    }
    if !has(Frame::BareClause) {
        return None;
    }
    match reader.opener(number) {
        Opener::Main => is_clause(reader, number).then_some(Opening::Bare(at)),
        Opener::Relative(_) => None,
        // `sagte, wenn das so sei, werde er gehen`
        Opener::Subordinate(_) => {
            let verb_first = reader.segment(number + 1);
            let open = reader.is(at, C::Subordinator)
                && reader.is_comma(verb_first.start.wrapping_sub(1))
                && reader.is_reporting(verb_first.start);
            open.then_some(Opening::Bare(at))
        }
    }
}

/// Whether the part after a comma is an insertion behind which the clause goes on.
fn goes_on_behind(reader: &Reader<'_, '_>, at: usize) -> bool {
    let number = reader.segment_of(at);
    let next = reader.segment(number).end;
    matches!(reader.mark(next), Some(',' | ':' | '–' | '—'))
        && (reader.opener(number) != Opener::Main || !is_clause(reader, number))
}

/// Whether the part is a main clause: its finite verb stands first or second, and it does not begin with that of the narrator.
fn is_clause(reader: &Reader<'_, '_>, number: usize) -> bool {
    let part = reader.segment(number);
    let mut at = part.start;
    while reader.is(at, C::Coordinator) && at < part.end {
        at = reader.block.tokens.after(at);
    }
    if reader.is_finite(at) && !reader.is_reporting(at) {
        return false;
    }
    // A verb that no list holds: many words that are no noun phrase are a clause.
    let whole = phrase::end(reader, at, phrase::Tail { genitives: true, appositions: false });
    let unknown = part.end - at.min(part.end) >= FEWEST_WORDS && whole.is_some_and(|end| end < part.end);
    unknown
        || holds_finite(reader, at)
        // An insertion may part the subject from its verb: `er sagte, der Mann, der …, sei tot`.
        || (number + 1..reader.segments.len().min(number + 4)).any(|later| reader.is_reporting(reader.segment(later).start))
}

/// A clause whose verb is not known has more words.
const FEWEST_WORDS: usize = 5;

/// Whether a finite verb stands in the part that holds `at`, from there on.
fn holds_finite(reader: &Reader<'_, '_>, at: usize) -> bool {
    let end = reader.segment(reader.segment_of(at)).end;
    let mut word = at;
    while word < end {
        if let Some(quotation) = reader.block.quotation_opened_at(word) {
            word = quotation.close.max(word + 1);
            continue;
        }
        let zu = reader.before(word).is_some_and(|head| reader.is(head, C::InfinitiveMarker));
        if reader.is_finite(word) && !zu {
            return true;
        }
        word = reader.block.tokens.after(word);
    }
    false
}

/// Whether the part, or the one after an insertion in it, closes with an infinitive with `zu`.
fn is_infinitive(reader: &Reader<'_, '_>, number: usize) -> bool {
    if reader.opener(number) != Opener::Main || reader.is(reader.segment(number).start, C::Purpose) {
        return false;
    }
    (number..reader.segments.len().min(number + MOST_INSERTED)).any(|number| {
        let part = reader.segment(number);
        (part.start..part.end).any(|at| {
            let verb = reader.block.tokens.after(at);
            let apart = reader.is(at, C::InfinitiveMarker)
                && verb <= part.end
                && !reader.is_capitalised(verb)
                && (reader.ends_at(verb + 1)
                    || reader.classes(verb + 1).any(WordClasses::of(&[C::Coordinator, C::Infinitive]))
                    || reader.is_finite(verb + 1));
            apart || is_joined_infinitive(reader, at)
        })
    })
}

/// `mitzuteilen`: a separable verb with `zu` inside closes its part.
fn is_joined_infinitive(reader: &Reader<'_, '_>, at: usize) -> bool {
    let cue = reader.block.cue_with(at, Features::JOINED).is_some_and(|(form, _)| form.features.has(Features::BASE));
    let word = reader.block.tokens.word(at);
    reader.ends_at(at + 1)
        && !reader.is_capitalised(at)
        && (cue || crate::language::german::has_infinitive_marker(word))
}

/// Insertions between the beginning of an infinitive clause and its verb are fewer.
const MOST_INSERTED: usize = 4;
