//! Noun phrases read from right to left: where the one begins that ends before a verb.

use super::super::block::Range;
use super::finite::{FINITE, is_past_cue, is_present_cue};
use super::{Reader, opening};
use crate::language::WordClass as C;
use crate::language::WordClasses;
use crate::language::cue::{CueKind, Features};
use crate::language::endings::looks_past;

/// Personal pronouns.
pub(super) const PRONOUNS: WordClasses =
    WordClasses::of(&[C::PronounMasculine, C::PronounFeminine, C::PronounPlural, C::PronounNeuter, C::PronounSpeech]);

/// Words at which a noun phrase read from right to left has begun.
const OPENERS: WordClasses = WordClasses::of(&[
    C::Complementiser,
    C::Interrogative,
    C::FalseComplementiser,
    C::Subordinator,
    C::NarratorReturn,
    C::ChannelPhrase,
    C::WrittenChannel,
    C::Turn,
    C::InfinitiveMarker,
    C::NarratorFormula,
]);

/// Where the noun phrase that ends before `end` begins.
pub(super) fn phrase_start(reader: &Reader<'_, '_>, end: usize) -> Option<usize> {
    let floor = reader.sentence.start.max(end.saturating_sub(MOST_WORDS));
    let mut start = end;
    let mut coordinated: Option<usize> = None;
    while start > floor {
        let Some(step) = step_left(reader, start, end) else { break };
        match step {
            Step::Take(at) => start = at,
            Step::Coordinator(at) => {
                coordinated = Some(coordinated.unwrap_or(start));
                start = at;
            }
            Step::Verb => {
                start = coordinated.unwrap_or(start);
                coordinated = None;
                break;
            }
            Step::Stop => break,
        }
    }
    if coordinated.is_some() {
        start = list_start(reader, start, floor);
    }
    let start = strip_left(reader, start, end)?;
    Some(without_topic(reader, start, end))
}

/// The second of two noun phrases that stand side by side: `a decision | parents called …`, `a theory | her family rejects`.
/// One article cannot go with several, and a noun phrase has one determiner.
fn without_topic(reader: &Reader<'_, '_>, start: usize, end: usize) -> usize {
    let tokens = &reader.block.tokens;
    let one = tokens.is(start, C::Indefinite) && tokens.is(start, C::Determiner) && !tokens.is(start, C::Group);
    // `some top | economists` is one phrase.
    let noun = |upto: usize| (tokens.after(start)..upto).any(|at| !tokens.is(at, C::Adjective));
    let last_noun = reader.before(end).filter(|&last| noun(last));
    let plain = |upto: usize| !(start..upto).any(|at| tokens.is(at, C::Preposition) || tokens.mark(at).is_some());
    let second = (start + 2..end).find(|&at| tokens.is(at, C::Possessive) && tokens.classes(at - 1).is_empty());
    let last = last_noun.filter(|&last| last > tokens.after(start) && tokens.is(last, C::Group));
    match second.or(last) {
        Some(last) if one && plain(last) => last,
        _ => start,
    }
}

/// Where the noun phrase without prepositions begins that ends before `end`.
pub(super) fn nearest_phrase(reader: &Reader<'_, '_>, end: usize) -> Option<usize> {
    let whole = phrase_start(reader, end)?;
    let tokens = &reader.block.tokens;
    // `points to | a study which`
    let verb = |at: usize| tokens.after(at) > at + 1 && reader.block.cues(at).next().is_some();
    let inside = |at: usize| tokens.get(at).is_some_and(|token| token.inside_phrase);
    let preposition = (whole..end).rev().find(|&at| (tokens.is(at, C::Preposition) || verb(at)) && !inside(at));
    match preposition {
        Some(at) if tokens.after(at) < end => Some(tokens.after(at)),
        _ => Some(whole),
    }
}

/// A subject without insertions has fewer tokens.
const MOST_WORDS: usize = 40;

enum Step {
    /// The token or phrase that begins here belongs to the phrase.
    Take(usize),
    /// So does this coordinator, if no verb comes before it.
    Coordinator(usize),
    /// A finite verb: the phrase begins after it.
    Verb,
    Stop,
}

/// What stands before `start` in the phrase that ends before `end`.
fn step_left(reader: &Reader<'_, '_>, start: usize, end: usize) -> Option<Step> {
    let block = reader.block;
    let head = reader.before(start)?;
    if let Some(quotation) = block.quotation_closed_before(start) {
        let nickname = start < end && quotation.len() <= LONGEST_NICKNAME && !is_sealed(reader, quotation.end);
        return Some(if nickname { Step::Take(quotation.open) } else { Step::Stop });
    }
    if let Some(mark) = reader.mark(head) {
        return Some(step_over_mark(reader, head, mark));
    }
    let classes = block.tokens.classes(head);
    if classes.has(C::Relative) && !classes.has(C::Subordinator) {
        // `an official who relayed the talks | said`: the pronoun is the subject of a verb that no list holds.
        if start < end && is_unlisted_verb(reader, start) && follows_noun(reader, head) {
            return Some(Step::Take(head));
        }
        // A restrictive relative clause whose verb was passed is handled where the verb stands.
        return Some(Step::Stop);
    }
    if classes.has(C::NegativeSubject) && start < end {
        return Some(Step::Take(head));
    }
    // `neither the company nor | the union`
    if classes.has(C::Negation) && classes.has(C::Coordinator) {
        return Some(Step::Coordinator(head));
    }
    // `a Halder-based lawyer`
    let compound = head > 0 && reader.mark(head - 1) == Some('-') && !reader.is_dash(head - 1);
    if describes_noun(reader, head, start, end) {
        return Some(Step::Take(head));
    }
    if !compound && (classes.any(FINITE) || is_past_cue(reader, head) || is_present_cue(reader, head)) {
        if is_reduced_relative(reader, head, start) || is_dated_participle(reader, head, Range::new(start, end)) {
            return Some(Step::Take(head));
        }
        return Some(relative_before(reader, head).map_or(Step::Verb, Step::Take));
    }
    if is_participle_clause(reader, head) {
        return Some(Step::Stop);
    }
    if classes.has(C::Coordinator) {
        let after_comma = reader.before(head).is_none_or(|before| reader.mark(before).is_some());
        return Some(if after_comma || start == end { Step::Stop } else { Step::Coordinator(head) });
    }
    if classes.any(PRONOUNS) && !classes.has(C::Possessive) && !classes.has(C::Demonstrative) {
        return Some(Step::Verb);
    }
    Some(step_over_word(reader, head, start, end))
}

/// Whether the participle at `at` stands between a determiner and its noun at `next`: `the | retired teacher`.
fn describes_noun(reader: &Reader<'_, '_>, at: usize, next: usize, end: usize) -> bool {
    let tokens = &reader.block.tokens;
    let opens = WordClasses::of(&[C::Determiner, C::Possessive]);
    let auxiliary = WordClasses::of(&[C::Auxiliary, C::PassiveAuxiliary, C::Future, C::Negation]);
    reader.syntax().follows_english()
        && next < end
        && looks_past(tokens.word(at), reader.block.pack.lexicon())
        && !tokens.classes(at).any(auxiliary)
        && reader.before(at).is_some_and(|head| tokens.classes(head).any(opens))
}

/// Whether a verb that no list holds stands at `at`, right behind a relative pronoun: `who | relayed it`, `who | live here`.
fn is_unlisted_verb(reader: &Reader<'_, '_>, at: usize) -> bool {
    let tokens = &reader.block.tokens;
    let adds = WordClasses::of(&[C::Determiner, C::Possessive, C::Preposition, C::InfinitiveMarker, C::PronounObject]);
    let unknown = tokens.is_word(at) && tokens.classes(at).is_empty() && !reader.is_capitalised(at);
    let past = looks_past(tokens.word(at), reader.block.pack.lexicon());
    reader.syntax().follows_english() && unknown && (past || tokens.classes(tokens.after(at)).any(adds))
}

/// Whether a relative pronoun at `at` follows a noun, or another such clause of it: `a man who … and | who …`.
fn follows_noun(reader: &Reader<'_, '_>, at: usize) -> bool {
    let joins = WordClasses::of(&[C::Preposition, C::Complementiser]);
    !reader.block.is(at, C::Complementiser)
        && reader
            .before(at)
            .is_some_and(|head| reader.mark(head).is_none() && !reader.block.tokens.classes(head).any(joins))
}

/// What the mark at `head` does in a phrase read from right to left.
fn step_over_mark(reader: &Reader<'_, '_>, head: usize, mark: char) -> Step {
    match mark {
        ')' => match opening_bracket(reader, head) {
            // `(She was not there.)` is a sentence, `(Mich.)` is none.
            Some(open) if reader.mark(head - 1) != Some('.') || head - open <= LONGEST_ABBREVIATION => Step::Take(open),
            _ => Step::Stop,
        },
        '.' | '\'' | '’' | '&' | '/' | '%' | '$' | '€' | '£' | '#' | '@' => Step::Take(head),
        '-' if !reader.is_dash(head) => Step::Take(head),
        _ => Step::Stop,
    }
}

/// What the word at `head`, which is no verb, pronoun or coordinator, does in the phrase `start..end` after it.
fn step_over_word(reader: &Reader<'_, '_>, head: usize, start: usize, end: usize) -> Step {
    let classes = reader.block.tokens.classes(head);
    // `$2 billion more than | the government has said`
    let compares = WordClasses::of(&[C::MoreThan, C::LessThan]);
    if classes.any(compares) && !classes.has(C::Preposition) && !reader.block.tokens.is_number(start) && start < end {
        return Step::Verb;
    }
    // `who spoke to Global News`, `the ambassador to Canada`
    if classes.has(C::InfinitiveMarker) && start < end && !opening::is_infinitive(reader, head) {
        return Step::Take(head);
    }
    // `farmers who came to Halder to | protest`
    if classes.has(C::InfinitiveMarker)
        && reader.syntax().follows_english()
        && let Some(relative) = relative_before(reader, head)
    {
        return Step::Take(relative);
    }
    if classes.any(OPENERS) && !(classes.has(C::Demonstrative) && start < end && !classes.has(C::Complementiser)) {
        return Step::Stop;
    }
    Step::Take(head)
}

/// Whether a participle that opens a clause of its own stands at `at`: `…, saying | Canadians expect …`.
fn is_participle_clause(reader: &Reader<'_, '_>, at: usize) -> bool {
    let participle = |features: Features| features.any(Features::PARTICIPLE);
    reader.before(at).is_none_or(|before| reader.is_comma(before))
        && reader.block.cues(at).any(|(form, entry)| entry.kind == CueKind::Verb && participle(form.features))
}

/// A quotation of more tokens inside a subject is no nickname or title.
pub(super) const LONGEST_NICKNAME: usize = 6;

/// Whether the words of a quotation that ends before `end` close with a comma or the end of a sentence.
pub(super) fn is_sealed(reader: &Reader<'_, '_>, end: usize) -> bool {
    let marks = (end.saturating_sub(MOST_CLOSING_MARKS)..end).rev().map_while(|at| reader.mark(at));
    marks.into_iter().any(|mark| matches!(mark, ',' | '.' | '?' | '!' | '…' | '—' | '–' | '-'))
}

/// Marks of inner quotations may stand after the comma: `…,' "`.
const MOST_CLOSING_MARKS: usize = 4;

/// The relative pronoun of the clause whose verb stands at `verb`, if it belongs to a noun right before it.
fn relative_before(reader: &Reader<'_, '_>, verb: usize) -> Option<usize> {
    let mut at = verb;
    for _ in 0..LONGEST_RELATIVE {
        at = reader.before(at)?;
        let classes = reader.block.tokens.classes(at);
        if reader.mark(at).is_some_and(|mark| mark != '.')
            || classes.has(C::Complementiser) && !classes.has(C::Relative)
        {
            return None;
        }
        if classes.has(C::Relative) {
            let noun = reader.before(at)?;
            let known = reader.block.tokens.classes(noun);
            let is_noun = reader.mark(noun).is_none() && !known.any(FINITE) && !is_past_cue(reader, noun);
            return (is_noun && reader.block.cues(noun).next().is_none()).then_some(at);
        }
    }
    None
}

const LONGEST_RELATIVE: usize = 8;

/// Whether the verb at `verb` is a participle after its noun: `a poll | released on Tuesday`.
fn is_reduced_relative(reader: &Reader<'_, '_>, verb: usize, next: usize) -> bool {
    let tokens = &reader.block.tokens;
    let plain = !tokens.classes(verb).any(WordClasses::of(&[C::Auxiliary, C::PassiveAuxiliary, C::Future]));
    let phrase = WordClasses::of(&[C::Preposition, C::Time, C::Agent]);
    let past = looks_past(tokens.word(verb), reader.block.pack.lexicon()) && reader.syntax().follows_english();
    let listed = tokens.is(verb, C::Noun) || tokens.is(verb, C::Adjective);
    let participle = listed || past || reader.block.cues(verb).next().is_some();
    let noun = reader.before(verb).is_some_and(|head| {
        reader.mark(head).is_none() && !tokens.classes(head).any(PRONOUNS) && !reader.is_capitalised(head)
    });
    // `the warden | said at the gate that …` has told already who spoke.
    let spoke = reader.spoken.last().is_some_and(|spoken| spoken.cue == verb);
    plain && participle && noun && !spoke && tokens.classes(next).any(phrase)
}

/// Whether only a time stands between the participle at `verb` and the verb to come: `a man | arrested last week | says`,
/// `two boys | killed in 2019 | left`.
fn is_dated_participle(reader: &Reader<'_, '_>, verb: usize, rest: Range) -> bool {
    let tokens = &reader.block.tokens;
    let from = if tokens.is(rest.start, C::Preposition) { tokens.after(rest.start) } else { rest.start };
    let time = |at: usize| tokens.is(at, C::Time) || tokens.is_number(at) || tokens.is(at, C::Month);
    let noun = reader.before(verb).is_some_and(|head| {
        reader.mark(head).is_none() && !tokens.classes(head).any(PRONOUNS.with(FINITE)) && !reader.is_capitalised(head)
    });
    looks_past(tokens.word(verb), reader.block.pack.lexicon())
        && noun
        && from < rest.end
        && (from..rest.end).all(|at| time(at) || tokens.get(at).is_some_and(|token| token.inside_phrase))
}

/// The opening bracket of the one that closes at `close`.
fn opening_bracket(reader: &Reader<'_, '_>, close: usize) -> Option<usize> {
    let floor = reader.sentence.start.max(close.saturating_sub(LONGEST_BRACKET));
    (floor..close).rev().find(|&at| matches!(reader.mark(at), Some('(' | '[')))
}

/// An abbreviation in brackets has no more tokens, with the opening bracket and the full stop: `(R-Mich.)`.
const LONGEST_ABBREVIATION: usize = 5;

/// What stands in brackets inside a subject has fewer tokens: `(R-Texas)`.
const LONGEST_BRACKET: usize = 16;

/// Where a list of names begins whose last two end the phrase that begins at `start`: `A, B and C`.
fn list_start(reader: &Reader<'_, '_>, start: usize, floor: usize) -> usize {
    let mut first = start;
    while let Some(comma) = reader.before(first).filter(|&at| at > floor && reader.is_comma(at)) {
        let mut at = comma;
        while let Some(head) = reader.before(at).filter(|&head| head >= floor) {
            let plain = reader.mark(head).is_none_or(|mark| mark == '.')
                && !reader.block.tokens.classes(head).any(FINITE.with(OPENERS).with(PRONOUNS))
                && !reader.block.tokens.is(head, C::Preposition)
                && !is_past_cue(reader, head);
            if !plain || comma - head > LONGEST_LISTED {
                break;
            }
            at = head;
        }
        let bounded = at == reader.sentence.start || reader.before(at).is_some_and(|head| reader.is_comma(head));
        if at == comma || !bounded || !reader.is_capitalised(at) {
            break;
        }
        first = at;
    }
    first
}

const LONGEST_LISTED: usize = 6;

/// Takes off what stands before the noun phrase in `start..end`: conjunctions, adverbs, times and phrases of place.
fn strip_left(reader: &Reader<'_, '_>, start: usize, end: usize) -> Option<usize> {
    let tokens = &reader.block.tokens;
    let mut at = start;
    let light = WordClasses::of(&[C::Adverb, C::Coordinator, C::Time, C::Turn, C::NarratorReturn]);
    while at < end {
        let classes = tokens.classes(at);
        let next = tokens.after(at);
        let noun = WordClasses::of(&[C::Group, C::Determiner, C::NegativeSubject]);
        let is_light = classes.any(light) && !classes.any(noun) && next < end;
        if is_light || matches!(reader.mark(at), Some('.' | '\'' | '’' | '-' | '/')) {
            at = next;
        } else if classes.has(C::Preposition) && !classes.any(WordClasses::of(&[C::About, C::MoreThan])) {
            at = last_phrase(reader, next, end)?;
            break;
        } else {
            break;
        }
    }
    (at < end && (at..end).any(|at| tokens.is_word(at) || tokens.is_number(at))).then_some(at)
}

/// Where the last noun phrase of `start..end` begins, after a prepositional phrase: `in Iowa | the senator`.
fn last_phrase(reader: &Reader<'_, '_>, start: usize, end: usize) -> Option<usize> {
    let tokens = &reader.block.tokens;
    let joins = WordClasses::of(&[C::Preposition, C::Coordinator, C::Determiner, C::Possessive]);
    (start + 1..end).rev().find(|&at| {
        let before = tokens.classes(at - 1);
        let opener = tokens.classes(at).any(WordClasses::of(&[C::Determiner, C::Possessive]));
        let name = reader.is_capitalised(at) && !reader.is_capitalised(at - 1);
        (opener || name) && !before.any(joins) && tokens.mark(at - 1).is_none()
    })
}
