//! Who stands before or after a verb.

use super::super::block::Range;
use super::super::draft::Subject;
use super::Reader;
use crate::language::WordClass as C;
use crate::language::WordClasses;
use crate::language::cue::{CueKind, Features};
use crate::span::Span;

/// What stands where a subject is expected.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Found {
    pub(super) subject: Subject,
    /// The first token of the subject, determiners and insertions included.
    pub(super) start: usize,
}

pub(super) const PRONOUNS: WordClasses =
    WordClasses::of(&[C::PronounMasculine, C::PronounFeminine, C::PronounPlural, C::PronounNeuter, C::PronounSpeech]);

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

/// The subject that ends before `end`, the first token of a verb group.
pub(super) fn before(reader: &Reader<'_, '_>, end: usize) -> Option<Found> {
    let head = reader.before(end)?;
    let classes = reader.block.tokens.classes(head);
    if classes.any(PRONOUNS) && !classes.has(C::Possessive) {
        return Some(pronoun(reader, head));
    }
    if classes.has(C::Relative) {
        return relative(reader, head);
    }
    if reader.is_comma(head) || reader.is_dash(head) {
        return before_insertion(reader, head);
    }
    let start = phrase_start(reader, end)?;
    written(reader, Range::new(start, end))
}

/// The pronoun at `at` as a subject.
pub(super) fn pronoun(reader: &Reader<'_, '_>, at: usize) -> Found {
    let classes = reader.block.tokens.classes(at);
    let features = [
        (C::PronounMasculine, Features::MASCULINE),
        (C::PronounFeminine, Features::FEMININE),
        (C::PronounPlural, Features::PLURAL),
    ];
    let features = features.iter().filter(|(class, _)| classes.has(*class)).map(|&(_, features)| features);
    let features = features.fold(Features::NONE, Features::with);
    let span = reader.block.tokens.span(at, reader.block.tokens.after(at));
    Found { subject: Subject::Pronoun(span, features), start: at }
}

/// The antecedent of the relative pronoun at `at`.
fn relative(reader: &Reader<'_, '_>, at: usize) -> Option<Found> {
    let before = reader.before(at)?;
    let (end, start) = match reader.is_comma(before) || reader.is_dash(before) {
        true => (before, phrase_start(reader, before)?),
        false => (at, nearest_phrase(reader, at)?),
    };
    let found = written(reader, Range::new(start, end))?;
    Some(Found { start: at, ..found })
}

/// The phrase of `range` as a subject, without a relative clause after a comma.
pub(super) fn written(reader: &Reader<'_, '_>, range: Range) -> Option<Found> {
    let tokens = &reader.block.tokens;
    if tokens.classes(range.start).any(PRONOUNS)
        && !tokens.is(range.start, C::Possessive)
        && tokens.after(range.start) >= range.end
    {
        return Some(pronoun(reader, range.start));
    }
    let relative = (range.start + 1..range.end).find(|&at| {
        tokens.is(at, C::Relative)
            && !tokens.is(at, C::Complementiser)
            && tokens.mark(at - 1).is_some_and(|mark| matches!(mark, ',' | '—' | '–' | '-'))
    });
    let circumstance = (range.start + 1..range.end).find(|&at| is_circumstance(reader, at) && reader.is_comma(at - 1));
    let mut end = relative.unwrap_or(range.end).min(circumstance.unwrap_or(range.end));
    while let Some(head) = reader.before(end).filter(|&head| head > range.start && tokens.is(head, C::Time)) {
        end = head;
    }
    let span = reader.block.trimmed(Range::new(range.start, end))?;
    Some(Found { subject: Subject::Written(span), start: range.start })
}

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
    strip_left(reader, start, end)
}

/// Where the noun phrase without prepositions begins that ends before `end`.
pub(super) fn nearest_phrase(reader: &Reader<'_, '_>, end: usize) -> Option<usize> {
    let whole = phrase_start(reader, end)?;
    let tokens = &reader.block.tokens;
    let preposition = (whole..end)
        .rev()
        .find(|&at| tokens.is(at, C::Preposition) && !tokens.get(at).is_some_and(|token| token.inside_phrase));
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
        return Some(match mark {
            ')' if reader.mark(head.saturating_sub(1)) == Some('.') => Step::Stop,
            ')' => opening_bracket(reader, head).map_or(Step::Stop, Step::Take),
            '.' | '\'' | '’' | '&' | '/' | '%' | '$' | '€' | '£' | '#' | '@' => Step::Take(head),
            '-' if !reader.is_dash(head) => Step::Take(head),
            _ => Step::Stop,
        });
    }
    let classes = block.tokens.classes(head);
    if classes.has(C::Relative) && !classes.has(C::Subordinator) {
        // A restrictive relative clause whose verb was passed is handled where the verb stands.
        return Some(Step::Stop);
    }
    if classes.any(FINITE) || is_past_cue(reader, head) {
        if is_reduced_relative(reader, head, start) {
            return Some(Step::Take(head));
        }
        return Some(relative_before(reader, head).map_or(Step::Verb, Step::Take));
    }
    if classes.has(C::Coordinator) {
        let after_comma = reader.before(head).is_none_or(|before| reader.mark(before).is_some());
        return Some(if after_comma || start == end { Step::Stop } else { Step::Coordinator(head) });
    }
    if classes.any(PRONOUNS) && !classes.has(C::Possessive) && !classes.has(C::Demonstrative) {
        return Some(Step::Verb);
    }
    if classes.any(OPENERS) && !(classes.has(C::Demonstrative) && start < end && !classes.has(C::Complementiser)) {
        return Some(Step::Stop);
    }
    Some(Step::Take(head))
}

/// A quotation of more tokens inside a subject is no nickname or title.
const LONGEST_NICKNAME: usize = 6;

/// Whether the words of a quotation that ends before `end` close with a comma or the end of a sentence.
pub(super) fn is_sealed(reader: &Reader<'_, '_>, end: usize) -> bool {
    let marks = (end.saturating_sub(MOST_CLOSING_MARKS)..end).rev().map_while(|at| reader.mark(at));
    marks.into_iter().any(|mark| matches!(mark, ',' | '.' | '?' | '!' | '…' | '—' | '–' | '-'))
}

/// Marks of inner quotations may stand after the comma: `…,' "`.
const MOST_CLOSING_MARKS: usize = 4;

/// Whether the word at `at` is a past form of a verb cue, and no adjective or participle before a noun.
fn is_past_cue(reader: &Reader<'_, '_>, at: usize) -> bool {
    if !reader.block.cues(at).any(|(form, entry)| entry.kind == CueKind::Verb && form.features.any(Features::PAST)) {
        return false;
    }
    let attributive = WordClasses::of(&[C::Determiner, C::Possessive, C::Adjective, C::Adverb]);
    reader
        .before(at)
        .is_some_and(|head| !reader.block.tokens.classes(head).any(attributive) && !is_possessive(reader, head))
}

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
    let participle =
        tokens.is(verb, C::Noun) || reader.block.cues(verb).next().is_some() || tokens.is(verb, C::Adjective);
    let noun = reader.before(verb).is_some_and(|head| {
        reader.mark(head).is_none() && !tokens.classes(head).any(PRONOUNS) && !reader.is_capitalised(head)
    });
    plain && participle && noun && tokens.classes(next).any(phrase)
}

/// The opening bracket of the one that closes at `close`.
fn opening_bracket(reader: &Reader<'_, '_>, close: usize) -> Option<usize> {
    let floor = reader.sentence.start.max(close.saturating_sub(LONGEST_BRACKET));
    (floor..close).rev().find(|&at| matches!(reader.mark(at), Some('(' | '[')))
}

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
        let is_light = classes.any(light) && !classes.any(WordClasses::of(&[C::Group, C::Determiner])) && next < end;
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

/// The subject before an insertion that ends with the comma or dash at `close`: `Smith, who runs X, said`.
fn before_insertion(reader: &Reader<'_, '_>, close: usize) -> Option<Found> {
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
    written(reader, Range::new(candidate?, close))
}

/// Whether the part `start..end` between commas adds to a noun before it.
fn starts_insertion(reader: &Reader<'_, '_>, start: usize, end: usize) -> bool {
    let classes = reader.block.tokens.classes(start);
    let opener = WordClasses::of(&[C::Relative, C::Determiner, C::Preposition, C::Possessive, C::Time, C::Adverb]);
    let participle =
        reader.block.cues(start).any(|(form, _)| form.features.any(Features::PASSIVE.with(Features::PARTICIPLE)));
    let new_clause = classes.has(C::Coordinator) && (start..end).any(|at| reader.block.tokens.classes(at).any(FINITE));
    !new_clause
        && (classes.any(opener) || participle || !(start..end).any(|at| reader.block.tokens.classes(at).any(FINITE)))
}

/// Where a noun phrase that can be a subject begins in the part `start..end` between commas, if it holds nothing else.
fn head_phrase(reader: &Reader<'_, '_>, start: usize, end: usize) -> Option<usize> {
    let at = phrase_start(reader, end)?;
    let tokens = &reader.block.tokens;
    if at < start {
        return None;
    }
    let lead = WordClasses::of(&[C::Adverb, C::Coordinator, C::Time, C::Turn, C::NarratorReturn, C::Subordinator]);
    let mut first = start;
    while first < at && (tokens.classes(first).any(lead) || tokens.mark(first).is_some()) {
        first = tokens.after(first);
    }
    // What precedes the phrase is a clause of its own, a preposition or a verb before its object.
    (first >= at && !tokens.is(at, C::Preposition) && !tokens.is(at, C::InfinitiveMarker)).then_some(at)
}

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
    if !relative && (classes.any(FINITE) || (classes.any(PRONOUNS) && !classes.has(C::Possessive))) {
        return true;
    }
    if !relative && classes.has(C::Adverb) && !classes.any(WordClasses::of(&[C::Time, C::Determiner])) {
        return reader.before(at).is_some_and(|head| reader.is_comma(head)) || !tokens.is_word(at + 1);
    }
    let place = classes.has(C::Preposition) && !classes.has(C::Agent) && tokens.word(at) != tokens.word(start);
    // After a bare name a phrase of place or time says where it was said; after a noun it belongs to it.
    place && is_circumstance(reader, at) && (start..at).all(|at| reader.is_capitalised(at) || tokens.mark(at).is_some())
}

/// Whether the preposition at `at` says where or when, not of whom.
fn is_circumstance(reader: &Reader<'_, '_>, at: usize) -> bool {
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
    noun && !breaks && !participle && !preposition
}

/// Whether a noun phrase, not a clause, stands from `start` to the next comma or the end of the sentence.
pub(super) fn stands_alone(reader: &Reader<'_, '_>, start: usize) -> Option<Range> {
    let never =
        WordClasses::of(&[C::Preposition, C::Time, C::Adverb, C::Subordinator, C::Complementiser, C::Coordinator]);
    if reader.block.tokens.classes(start).any(never) && !reader.block.tokens.is(start, C::Group) {
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

/// The subject of the sentence's main clause, for a verb without one of its own.
pub(super) fn of_main_clause(reader: &Reader<'_, '_>, before: usize) -> Option<Found> {
    let tokens = &reader.block.tokens;
    let horizon = before.min(reader.horizon(reader.sentence.start));
    let mut at = reader.sentence.start;
    while at < horizon {
        if let Some(quotation) = reader.block.quotation_opened_at(at) {
            at = quotation.close.max(at + 1);
            continue;
        }
        let classes = tokens.classes(at);
        if classes.any(FINITE) || is_past_cue(reader, at) {
            let mut start = at;
            while let Some(head) =
                reader.before(start).filter(|&head| tokens.classes(head).any(FINITE.with(C::Adverb.into())))
            {
                start = head;
            }
            let found = self::before(reader, start);
            if found.is_some() {
                return found;
            }
        }
        at = tokens.after(at);
    }
    None
}

/// Whether the noun at `at` is a possessive: `Trump's`.
pub(super) fn is_possessive(reader: &Reader<'_, '_>, at: usize) -> bool {
    possessor(reader, at).is_some()
}

/// The bytes of the possessor at `at` without its ending; `None` if the word is no possessive.
pub(super) fn possessor(reader: &Reader<'_, '_>, at: usize) -> Option<Span> {
    let token = reader.block.tokens.get(at)?;
    let raw = token.span.of(reader.block.text);
    let (cut, _) = raw.char_indices().rev().find(|(_, character)| matches!(character, '\'' | '’' | 'ʼ'))?;
    let lexicon = reader.block.pack.lexicon();
    let folded = crate::fold::fold(raw.get(cut..)?);
    let ending = lexicon.entry(lexicon.find(&folded)?)?;
    (cut > 0 && ending.classes.has(C::PossessiveEnding)).then(|| Span::new(token.span.start, token.span.start + cut))
}
