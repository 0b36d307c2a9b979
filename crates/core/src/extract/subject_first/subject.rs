//! Who is the subject of a verb.

use super::super::block::Range;
use super::super::draft::Subject;
use super::finite::{FINITE, is_past_cue, is_unknown_past};
use super::following::is_circumstance;
use super::insertion::{self, before_insertion};
use super::phrase::{PRONOUNS, nearest_phrase, phrase_start};
use super::{Reader, addition};
use crate::language::WordClass as C;
use crate::language::WordClasses;
use crate::language::cue::{CueKind, Features};
use crate::language::endings::looks_past;
use crate::language::key::beginning;
use crate::span::Span;
use crate::token::words_of_phrase;

/// What stands where a subject is expected.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Found {
    pub(super) subject: Subject,
    /// The first token of the subject, determiners and insertions included.
    pub(super) start: usize,
}

/// The subject that ends before `end`, the first token of a verb group.
pub(super) fn before(reader: &Reader<'_, '_>, end: usize) -> Option<Found> {
    let head = reader.before(end)?;
    let classes = reader.block.tokens.classes(head);
    // `According to | documents`
    if reader.block.cues(head).any(|(_, entry)| entry.kind == CueKind::Preposition) {
        return None;
    }
    // `Lee herself | said`: the pronoun only stresses who it is.
    let stresses = classes.has(C::Reflexive) && reader.before(head).is_some_and(|noun| reader.mark(noun).is_none());
    if stresses && let Some(found) = before(reader, head) {
        return Some(found);
    }
    if classes.any(PRONOUNS) && !classes.has(C::Possessive) {
        return Some(pronoun(reader, head));
    }
    if classes.has(C::Relative) {
        return relative(reader, head);
    }
    // «Des épargnants | rassemblés devant le tribunal | réclament …»
    if classes.has(C::ChannelPhrase) && !reader.syntax().follows_english() {
        let participle = reader.before(head).filter(|&at| reader.syntax().opens_participle(reader, at));
        return before(reader, participle.unwrap_or(head));
    }
    if reader.is_comma(head) || reader.is_dash(head) {
        return before_insertion(reader, head);
    }
    let start = phrase_start(reader, end)?;
    // `the mother of a girl who died after | waiting 11 hours | said`: the noun before the relative clause speaks.
    let gerund = insertion::is_gerund(reader, start) && reader.syntax().follows_english();
    let start = Some(start).filter(|_| gerund).and_then(|at| antecedent(reader, at)).unwrap_or(start);
    written(reader, Range::new(start, end))
}

/// Where the noun phrase begins whose relative clause holds the gerund at `at`, behind a preposition or conjunction.
fn antecedent(reader: &Reader<'_, '_>, at: usize) -> Option<usize> {
    let tokens = &reader.block.tokens;
    let governed = WordClasses::of(&[C::Preposition, C::Subordinator]);
    let floor = at.saturating_sub(LONGEST_CLAUSE).max(reader.sentence.start);
    let head = reader.before(at).filter(|&head| tokens.classes(head).any(governed))?;
    let words = (floor..head).rev().take_while(|&at| reader.mark(at).is_none());
    let relative = words.into_iter().find(|&at| tokens.is(at, C::Relative) && !tokens.is(at, C::Complementiser))?;
    phrase_start(reader, relative)
}

/// A relative clause inside a subject has fewer tokens before its gerund.
const LONGEST_CLAUSE: usize = 8;

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
    let apart = reader.is_comma(before) || reader.is_dash(before);
    let end = if apart { before_aside(reader, before) } else { at };
    // «…, a indiqué | le parquet, | qui précise …»: whoever spoke stands right before the pronoun.
    let mut spoken = reader.spoken.iter().rev().take(MOST_NEAR).filter_map(|spoken| spoken.subject.named());
    let found = match spoken.find(|&span| reader.block.tokens_in(span).end == end) {
        Some(span) => Found { subject: Subject::Written(span), start: at },
        None => {
            let phrase = if apart { phrase_start(reader, end) } else { nearest_phrase(reader, end) };
            let start = match phrase {
                Some(start) if apart => person_in(reader, Range::new(start, end)),
                Some(start) => apposed_name(reader, start),
                None => governed(reader, end)?,
            };
            written(reader, Range::new(start, end))?
        }
    };
    let pronoun = reader.block.tokens.span(at, reader.block.tokens.after(at));
    let subject = match found.subject {
        Subject::Written(antecedent) => Subject::Relative { pronoun, antecedent },
        other => other,
    };
    Some(Found { subject, start: at })
}

/// The comma that a short aside stands behind, up to the comma at `comma`: `Ann Lee | , 34, who …`, `Lee | , not Roe, who …`.
fn before_aside(reader: &Reader<'_, '_>, comma: usize) -> usize {
    let tokens = &reader.block.tokens;
    let floor = comma.saturating_sub(LONGEST_ASIDE).max(reader.sentence.start);
    let Some(open) = (floor..comma).rev().find(|&at| reader.mark(at).is_some()) else { return comma };
    let age = open + 2 == comma && tokens.is_number(open + 1);
    // «le préfet, | et non le maire, qui …»
    let first = if tokens.is(open + 1, C::Coordinator) { tokens.after(open + 1) } else { open + 1 };
    let aside = age || tokens.is(first, C::Negation);
    if aside && reader.is_comma(open) { open } else { comma }
}

/// An aside between a name and its relative clause has fewer tokens.
const LONGEST_ASIDE: usize = 6;

/// Where the name begins that the description at `start` is added to: `| Ann Lee, a pilot who …`; `start` without one.
fn apposed_name(reader: &Reader<'_, '_>, start: usize) -> usize {
    let tokens = &reader.block.tokens;
    let added = tokens.is(start, C::Indefinite) && reader.syntax().follows_english();
    let comma = reader.before(start).filter(|&head| added && reader.is_comma(head));
    let name = comma.and_then(|comma| phrase_start(reader, comma)).filter(|&name| reader.is_capitalised(name));
    let opens = |name: usize| reader.before(name).is_none_or(|head| reader.mark(head).is_some());
    name.filter(|&name| opens(name) || name == reader.sentence.start).unwrap_or(start)
}

/// Where the phrase that ends before `end` begins behind its preposition: `It came from | a child, who …`; where it only
/// adds to a name, `Ann Lee, from Halder, who …`, that name begins.
fn governed(reader: &Reader<'_, '_>, end: usize) -> Option<usize> {
    let tokens = &reader.block.tokens;
    let floor = end.saturating_sub(LONGEST_CLAUSE).max(reader.sentence.start);
    let plain = |&at: &usize| reader.mark(at).is_none_or(|mark| mark == '.' || mark == '-');
    let opens = |&at: &usize| tokens.classes(at).any(WordClasses::of(&[C::Preposition, C::InfinitiveMarker]));
    let preposition = (floor..end).rev().take_while(plain).find(opens).filter(|_| reader.syntax().follows_english())?;
    match reader.before(preposition).filter(|&head| reader.is_comma(head)) {
        Some(comma) => phrase_start(reader, comma),
        None => Some(tokens.after(preposition)),
    }
}

/// Where the person named behind a preposition begins, if nothing before it can speak: `a reply from | Coun. Lee`,
/// `news to | Premier Ann Roe`; the start of the phrase without one.
fn person_in(reader: &Reader<'_, '_>, phrase: Range) -> usize {
    const SPEAK: WordClasses = WordClasses::SPEAKERS.with(WordClasses::of(&[C::Medium, C::Possessive]));
    const NAMES: WordClasses = WordClasses::of(&[C::Title, C::Person, C::NameMasculine, C::NameFeminine]);
    let tokens = &reader.block.tokens;
    // `a friend of Mayor Roe, who` is the friend.
    let governs = |&at: &usize| tokens.classes(at).any(WordClasses::of(&[C::Link, C::InfinitiveMarker]));
    let Some(preposition) = (phrase.start..phrase.end).find(governs) else { return phrase.start };
    let silent = |at: usize| !tokens.classes(at).any(SPEAK) && !reader.is_capitalised(at);
    let start = tokens.after(preposition);
    let named = reader.is_capitalised(start) && (start..phrase.end).any(|at| tokens.classes(at).any(NAMES));
    let person = named && reader.syntax().follows_english() && (phrase.start..preposition).all(silent);
    if person { start } else { phrase.start }
}

/// How many attributions back the one is whose source a relative pronoun can stand for.
const MOST_NEAR: usize = 2;

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
            && (!tokens.is(at, C::Complementiser) || !reader.syntax().follows_english())
            && tokens.mark(at - 1).is_some_and(|mark| matches!(mark, ',' | '—' | '–' | '-'))
    });
    let circumstance = (range.start + 1..range.end).find(|&at| {
        let adds = || {
            is_circumstance(reader, at)
                || insertion::is_gerund(reader, at)
                || is_dated(reader, at)
                || (reader.syntax().follows_english() && addition::is_channel(reader, at))
                || reader.syntax().opens_participle(reader, at)
        };
        reader.is_comma(at - 1) && adds()
    });
    let mut end = relative.unwrap_or(range.end).min(circumstance.unwrap_or(range.end));
    end = without_relative(reader, Range::new(range.start, end)).end;
    let trailing = |head: usize| {
        let classes = tokens.classes(head);
        let aside = classes.any(WordClasses::of(&[C::Adverb, C::Turn]));
        let dated = |before| is_dated(reader, before) || reader.syntax().opens_participle(reader, before);
        (classes.has(C::Time) && !reader.before(head).is_some_and(dated))
            || (aside && reader.before(head).is_some_and(|before| reader.is_comma(before)))
    };
    // `Roe two | years ago`
    let counts = |head: usize, end: usize| {
        end < range.end && tokens.is(end, C::Time) && (tokens.is_number(head) || tokens.number(head).is_some())
    };
    let aside = |head: usize, end: usize| head > range.start && (trailing(head) || counts(head, end));
    while let Some(head) = reader.before(end).filter(|&head| aside(head, end)) {
        end = head;
    }
    let span = reader.block.trimmed(Range::new(range.start, end))?;
    Some(Found { subject: Subject::Written(span), start: range.start })
}

/// Whether a participle stands at `at`, and a time or phrase of place behind it: `…, | released Thursday, …`.
fn is_dated(reader: &Reader<'_, '_>, at: usize) -> bool {
    let tokens = &reader.block.tokens;
    let next = tokens.after(at);
    let adds = WordClasses::of(&[C::Time, C::Preposition, C::Interrogative, C::Adverb, C::ChannelPhrase]);
    // `…, | asked about the deal, …`: the preposition is a part of the cue.
    let phrasal = next > at + 1 && reader.block.cue_with(at, Features::PASSIVE).is_some();
    reader.syntax().follows_english()
        && !reader.is_capitalised(at)
        && (phrasal || (tokens.classes(next).any(adds) && looks_past(tokens.word(at), reader.block.pack.lexicon())))
}

/// The phrase of `range` without a relative clause longer than what it belongs to: `an employee | who was let go on Monday`.
pub(super) fn without_relative(reader: &Reader<'_, '_>, range: Range) -> Range {
    let tokens = &reader.block.tokens;
    let relative = |&at: &usize| tokens.is(at, C::Relative) && tokens.mark(at - 1).is_none();
    let Some(at) = (range.start + 1..range.end).find(relative) else { return range };
    let noun = (range.start..at).rev().take_while(|&word| !reader.is_comma(word)).count();
    if range.end - at > noun { Range::new(range.start, at) } else { range }
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
        if classes.any(FINITE) || is_past_cue(reader, at) || is_unknown_past(reader, at) {
            let found = self::before(reader, group_start(reader, at));
            if found.is_some() {
                return found;
            }
        }
        at = tokens.after(at);
    }
    None
}

/// The first auxiliary or adverb before the finite verb at `at`.
pub(super) fn group_start(reader: &Reader<'_, '_>, at: usize) -> usize {
    let belongs = |head: &usize| reader.block.tokens.classes(*head).any(FINITE.with(C::Adverb.into()));
    let mut start = at;
    while let Some(head) = reader.before(start).filter(belongs) {
        start = head;
    }
    start
}

/// The subject of the last clause that begins between `from` and `before`, behind a comma or at the beginning of the
/// sentence, and that no conjunction or relative pronoun opens.
pub(super) fn of_nearest_clause(reader: &Reader<'_, '_>, from: usize, before: usize) -> Option<Found> {
    if !reader.syntax().follows_english() {
        return None;
    }
    let tokens = &reader.block.tokens;
    let joins = WordClasses::of(&[C::Coordinator, C::NarratorReturn, C::Adverb]);
    let from = from.max(before.saturating_sub(super::REACH));
    let mut last = None;
    let mut in_group = false;
    let mut at = from;
    while at < before {
        if let Some(quotation) = reader.block.quotation_opened_at(at) {
            at = quotation.close.max(at + 1);
            continue;
        }
        let finite = tokens.classes(at).any(FINITE) || is_past_cue(reader, at) || is_unknown_past(reader, at);
        if finite
            && !in_group
            && let Some(found) = self::before(reader, group_start(reader, at)).filter(|found| found.start >= from)
        {
            let mut lead = reader.before(found.start);
            while let Some(head) =
                lead.filter(|&head| tokens.classes(head).any(joins) && !tokens.is(head, C::Subordinator))
            {
                lead = reader.before(head);
            }
            let bounds = |head| reader.is_comma(head) || reader.is_dash(head) || reader.mark(head) == Some(';');
            let opens = lead.is_none_or(bounds);
            if opens && !matches!(found.subject, Subject::Relative { .. }) {
                last = Some(found);
            }
        }
        in_group = finite || (in_group && tokens.is(at, C::Adverb));
        at = tokens.after(at);
    }
    last
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
    // To the lexicon the mark and the letters after it are two words.
    let words = words_of_phrase(raw.get(cut..)?, reader.block.pack.morphology());
    let first = lexicon.find(words.first()?)?;
    let ending = match words.len() {
        1 => first,
        _ => lexicon.phrase(first, beginning(words.get(1)?), |ahead| words.get(ahead).map(String::as_str))?.1,
    };
    let ending = lexicon.entry(ending)?;
    (cut > 0 && ending.classes.has(C::PossessiveEnding)).then(|| Span::new(token.span.start, token.span.start + cut))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{claim, read};

    #[test]
    fn an_insertion_and_a_long_relative_clause_are_passed_over() {
        let wanted = [claim("An employee", "said", "the meeting lasted four minutes")];
        assert_eq!(read("An employee who was let go on Monday said the meeting lasted four minutes."), wanted);
        let wanted = [claim("Ann Lee, a developer", "said", "many of the permits had lapsed")];
        assert_eq!(read("Ann Lee, a developer, said many of the permits had lapsed."), wanted);
    }
}
