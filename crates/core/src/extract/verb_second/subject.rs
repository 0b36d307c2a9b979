//! Who stands before or after a verb.

use super::super::block::Range;
use super::super::draft::Subject;
use super::Reader;
use super::group::{Group, Order};
use super::phrase::{self, PRONOUNS, Tail};
use super::segment::Opener;
use crate::language::WordClass as C;
use crate::language::WordClasses;
use crate::language::cue::{CueEntry, Features};
use crate::language::german;

/// A subject and what it leaves for the objects of its verb.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub(super) subject: Subject,
    /// The tokens of the subject.
    pub(super) range: Range,
    /// What stands before the finite verb in its clause and is not the subject.
    pub(super) front: Option<Range>,
}

/// The subject of the group's clause.
pub(super) fn of(reader: &Reader<'_, '_>, group: &Group) -> Option<Found> {
    let found = match group.order {
        Order::Last => of_subordinate(reader, group),
        Order::Second => of_main(reader, group),
    };
    found.map(|found| Found { subject: agreeing(reader, found.subject, group.finite), ..found })
}

/// The subject with the number that the finite verb gives it: `sie sagte` is she, `sie sagten` they.
pub(super) fn agreeing(reader: &Reader<'_, '_>, subject: Subject, finite: usize) -> Subject {
    match subject {
        Subject::Pronoun(span, features) if features.has(Features::FEMININE.with(Features::PLURAL)) => {
            let several = german::is_plural(reader.block.tokens.word(finite));
            Subject::Pronoun(span, if several { Features::PLURAL } else { Features::FEMININE })
        }
        other => other,
    }
}

/// `wie | der Minister | sagte`; `der Minister, | der | sagte`.
fn of_subordinate(reader: &Reader<'_, '_>, group: &Group) -> Option<Found> {
    let part = reader.segment(group.segment);
    let (Opener::Subordinate(from) | Opener::Relative(from)) = reader.opener(group.segment) else { return None };
    let inner = nominative(reader, from, group.start());
    if let Opener::Relative(_) = reader.opener(group.segment)
        && !reader.is(part.start, C::Preposition)
    {
        let pronoun = inner.filter(|found| matches!(found.subject, Subject::Pronoun(..)));
        return pronoun.or_else(|| antecedent(reader, part.start));
    }
    inner.filter(|found| found.range.end <= group.start())
}

/// The noun phrase before the comma that a relative clause follows.
fn antecedent(reader: &Reader<'_, '_>, clause: usize) -> Option<Found> {
    let comma = clause.checked_sub(1).filter(|&at| reader.is_comma(at))?;
    let start = phrase::start(reader, comma)?;
    let range = Range::new(start, comma);
    let first = (clause..reader.sentence.end).find(|&at| !reader.is(at, C::Coordinator))?;
    let pronoun = reader.block.tokens.span(first, reader.block.tokens.after(first));
    let antecedent = reader.block.trimmed(range)?;
    Some(Found { subject: Subject::Relative { pronoun, antecedent }, range, front: None })
}

/// The subject of a main clause: before the verb, or the first noun phrase after it that can be one.
fn of_main(reader: &Reader<'_, '_>, group: &Group) -> Option<Found> {
    let front = front(reader, group);
    let limit = if group.is_whole() {
        reader.horizon(group.end)
    } else {
        group.parts.last().map_or(group.end, |part| part.start)
    };
    let after = || nominative(reader, reader.block.tokens.after(group.finite), limit);
    let Some(front) = front else { return after() };
    let Some(found) = before(reader, front).filter(|found| !is_counted(reader, found.range, group.finite)) else {
        return after().map(|found| Found { front: Some(front), ..found });
    };
    if is_object(reader, found.range)
        && let Some(after) = after().filter(|after| is_somebody(reader, after))
    {
        return Some(Found { front: Some(front), ..after });
    }
    Some(found)
}

/// What stands before the finite verb in its main clause; `None` if the verb comes first or goes on after a coordinator.
pub(super) fn front(reader: &Reader<'_, '_>, group: &Group) -> Option<Range> {
    let mut number = group.segment;
    let mut start = reader.segment(number).start;
    if start < group.finite && !is_apposition(reader, number, group.finite) {
        start = skip_coordinators(reader, start, group.finite);
        return (start < group.finite)
            .then(|| clause_start(reader, start, group.finite))
            .map(|start| Range::new(start, group.finite))
            .filter(|range| !range.is_empty());
    }
    // The verb follows a comma: an addition or relative clause stands between it and its subject.
    while number > 0 {
        number -= 1;
        let part = reader.segment(number);
        if reader.mark(part.end) != Some(',')
            && !reader.mark(part.end).is_some_and(|mark| matches!(mark, '–' | '—' | '-'))
        {
            return None;
        }
        if reader.opener(number) != Opener::Main {
            continue;
        }
        if (part.start..part.end).any(|at| reader.is_finite(at)) {
            return None;
        }
        start = part.start;
        let begins = reader.classes(start).any(WordClasses::of(&[C::Determiner, C::Indefinite, C::Possessive]));
        if number == 0 || begins {
            break;
        }
    }
    (reader.opener(number) == Opener::Main && number < group.segment).then(|| Range::new(start, group.finite))
}

/// Whether the name between a comma and the verb is an addition whose second comma was forgotten:
/// `Ein Sprecher der Polizei, Kommandant Müller sagte`.
fn is_apposition(reader: &Reader<'_, '_>, number: usize, finite: usize) -> bool {
    let part = reader.segment(number);
    let named = phrase::end(reader, part.start, Tail { genitives: true, appositions: false }) == Some(finite);
    let before = number.checked_sub(1).map(|before| reader.segment(before));
    named
        && number == 1
        && reader.is_capitalised(part.start)
        && before.is_some_and(|before| {
            reader.is_comma(before.end)
                && phrase::end(reader, before.start, Tail { genitives: true, appositions: false }) == Some(before.end)
        })
}

fn skip_coordinators(reader: &Reader<'_, '_>, mut at: usize, limit: usize) -> usize {
    while at < limit && reader.is(at, C::Coordinator) {
        at = reader.block.tokens.after(at);
    }
    at
}

/// Where the clause of the verb at `finite` begins in its part: after a coordinator that follows another finite verb.
fn clause_start(reader: &Reader<'_, '_>, start: usize, finite: usize) -> usize {
    let verb_before = (start..finite).find(|&at| reader.is_finite(at) && at > start);
    let Some(verb) = verb_before else { return start };
    let joined = (verb..finite).rev().find(|&at| reader.is(at, C::Coordinator));
    joined.map_or(finite, |at| reader.block.tokens.after(at))
}

/// The subject that fills the place before the verb, if it can be one.
fn before(reader: &Reader<'_, '_>, front: Range) -> Option<Found> {
    let tokens = &reader.block.tokens;
    let light = WordClasses::of(&[C::Adverb, C::Coordinator, C::NarratorReturn]);
    let mut start = front.start;
    while start < front.end
        && reader.classes(start).any(light)
        && !reader.classes(start).any(WordClasses::of(&[C::Indefinite, C::Determiner]).with(PRONOUNS))
        && tokens.after(start) < front.end
    {
        start = tokens.after(start);
    }
    let classes = reader.classes(start);
    if classes.any(PRONOUNS) && tokens.after(start) >= front.end {
        return Some(pronoun(reader, start));
    }
    let adverbial = WordClasses::of(&[
        C::Preposition,
        C::Time,
        C::Adverb,
        C::Subordinator,
        C::Oblique,
        C::Interrogative,
        C::ChannelPhrase,
        C::WrittenChannel,
        C::Complementiser,
        C::Turn,
    ]);
    if classes.any(adverbial) && !classes.has(C::Indefinite) {
        return None;
    }
    let mut end = front.end;
    while let Some(head) = reader.before(end).filter(|&head| {
        head > start
            && (reader.classes(head).any(WordClasses::of(&[C::Adverb, C::Time, C::Turn])) || reader.is_comma(head))
    }) {
        end = head;
    }
    // A relative clause after a comma is no part of the name.
    let relative = (reader.segment_of(start) + 1..=reader.segment_of(end.saturating_sub(1)))
        .find(|&number| matches!(reader.opener(number), Opener::Relative(_) | Opener::Subordinate(_)));
    if let Some(number) = relative {
        end = end.min(reader.segment(number).start.saturating_sub(1)).max(start + 1);
    }
    let named = phrase::end(reader, start, Tail { genitives: true, appositions: false }).is_some();
    let range = Range::new(start, end);
    named.then(|| reader.written(range)).flatten().map(|subject| Found { subject, range, front: None })
}

/// Whether the phrase counts several while the verb asks for one: `Zwölf Todesopfer | forderte der Sturm`.
fn is_counted(reader: &Reader<'_, '_>, range: Range, finite: usize) -> bool {
    // `Der 58-Jährige` is one.
    let aged = |at: usize| reader.mark(at + 1) == Some('-');
    let several = |at: usize| reader.block.tokens.is_number(at) && !reader.is(at, C::Indefinite) && !aged(at);
    let first = (range.start..range.end).take(MOST_BEFORE_NUMBER).any(several);
    first && !german::is_plural(reader.block.tokens.word(finite)) && range.len() > 1
}

/// Before a number stand few words: `mindestens`.
const MOST_BEFORE_NUMBER: usize = 2;

fn pronoun(reader: &Reader<'_, '_>, at: usize) -> Found {
    let classes = reader.classes(at);
    let features = [
        (C::PronounMasculine, Features::MASCULINE),
        (C::PronounFeminine, Features::FEMININE),
        (C::PronounPlural, Features::PLURAL),
    ];
    let features = features.iter().filter(|(class, _)| classes.has(*class)).map(|&(_, features)| features);
    let features = features.fold(Features::NONE, Features::with);
    let range = Range::new(at, reader.block.tokens.after(at));
    let span = reader.block.tokens.span(range.start, range.end);
    Found { subject: Subject::Pronoun(span, features), range, front: None }
}

/// The first noun phrase from `from` on that can be a subject, past adverbs, times, places and pronouns that are objects.
pub(super) fn nominative(reader: &Reader<'_, '_>, from: usize, limit: usize) -> Option<Found> {
    let tokens = &reader.block.tokens;
    let light =
        WordClasses::of(&[C::Adverb, C::Time, C::Turn, C::ChannelPhrase, C::WrittenChannel, C::Hedge, C::Negation]);
    let mut at = from;
    for _ in 0..MOST_BEFORE_SUBJECT {
        if at >= limit || at >= reader.sentence.end {
            return None;
        }
        let classes = reader.classes(at);
        let next = tokens.after(at);
        if classes.any(PRONOUNS) && !classes.has(C::Indefinite) {
            let demonstrative = classes.any(WordClasses::of(&[C::Demonstrative, C::Determiner]))
                && phrase::end(reader, at, Tail { genitives: true, appositions: false }).is_some();
            if classes.has(C::PronounNeuter) && !demonstrative {
                at = next;
                continue;
            }
            if !demonstrative {
                return (!reader.is_address(at)).then(|| pronoun(reader, at));
            }
        }
        if classes.any(WordClasses::of(&[C::ChannelPhrase, C::WrittenChannel]))
            || (classes.has(C::Preposition) && !classes.has(C::Time))
        {
            at = after_prepositional(reader, at).filter(|&end| end > at)?;
            continue;
        }
        if classes.has(C::Oblique) && !classes.has(C::Indefinite) {
            // `sagte dem Sender …`: an object, or a pronoun alone (`sich`, `ihm`).
            at = phrase::end(reader, at, Tail { genitives: true, appositions: false }).unwrap_or(next);
            continue;
        }
        if let Some(end) = phrase::end(reader, at, Tail { genitives: true, appositions: true }) {
            let range = Range::new(at, end.min(limit.max(at + 1)));
            return Some(Found { subject: reader.written(range)?, range, front: None });
        }
        if !classes.any(light) && !classes.has(C::Interrogative) {
            return None;
        }
        at = next;
    }
    None
}

/// Before a subject stand fewer words and phrases.
const MOST_BEFORE_SUBJECT: usize = 8;

/// The end of the prepositional phrase at `at`.
pub(super) fn after_prepositional(reader: &Reader<'_, '_>, at: usize) -> Option<usize> {
    let next = reader.block.tokens.after(at);
    let noun = phrase::end(reader, next, Tail { genitives: true, appositions: false });
    noun.or_else(|| reader.classes(at).any(WordClasses::of(&[C::ChannelPhrase, C::WrittenChannel])).then_some(next))
        .or_else(|| {
            reader
                .classes(next)
                .any(PRONOUNS.with(WordClasses::of(&[C::Oblique, C::Adverb, C::Time])))
                .then(|| reader.block.tokens.after(next))
        })
}

/// Whether a phrase before the verb is rather what it speaks of: `das`, `die Vorwürfe`, `diese Zahlen`.
fn is_object(reader: &Reader<'_, '_>, range: Range) -> bool {
    let head = phrase::head(reader, range);
    let classes = reader.classes(head);
    let things = WordClasses::of(&[C::Noun, C::NounEnding, C::Demonstrative, C::Statement, C::PronounNeuter]);
    let people =
        WordClasses::of(&[C::Person, C::Group, C::Organisation, C::Medium, C::PronounMasculine, C::PronounFeminine]);
    classes.any(things) && !classes.any(people)
}

/// The subject without what the verb's own preposition opens behind it: `sprach die Polizei | von zehn Toten`.
pub(super) fn without_object(reader: &Reader<'_, '_>, found: Found, entry: &CueEntry) -> Found {
    let own = |at: &usize| {
        let word = reader.block.tokens.word(*at);
        reader.is(*at, C::Link) && entry.prepositions.iter().any(|preposition| preposition == word)
    };
    let Some(at) = (found.range.start + 1..found.range.end).find(own) else { return found };
    let range = Range::new(found.range.start, at);
    let subject = match found.subject {
        Subject::Written(_) => reader.written(range).unwrap_or(found.subject),
        other => other,
    };
    Found { subject, range, ..found }
}

/// Whether a subject names nobody who is a source: `man`, `niemand`, or the first person of whoever tells all of the article.
pub(super) fn is_nobody(reader: &Reader<'_, '_>, range: Range) -> bool {
    let classes = reader.classes(range.start);
    let own = classes.has(C::PronounSpeech) && !classes.any(WordClasses::of(&[C::Possessive, C::Determiner]));
    let none = classes.has(C::Negation) && !classes.has(C::Determiner) && !classes.has(C::Indefinite);
    range.len() == 1 && (own || none || (classes.has(C::PronounNeuter) && !classes.has(C::Demonstrative)))
}

/// Whether a subject is a thing that can neither speak nor hold words, by its head.
pub(super) fn is_thing(reader: &Reader<'_, '_>, range: Range) -> bool {
    let classes = reader.classes(phrase::head(reader, range));
    let things = WordClasses::of(&[C::Noun, C::NounEnding]);
    let speaks = WordClasses::of(&[
        C::Person,
        C::Group,
        C::Organisation,
        C::Medium,
        C::Place,
        C::Document,
        C::Statement,
        C::Title,
        C::Anonymous,
        C::NameMasculine,
        C::NameFeminine,
    ]);
    classes.any(things) && !classes.any(speaks)
}

/// Whether the subject found is surely somebody who can speak.
pub(super) fn is_somebody(reader: &Reader<'_, '_>, found: &Found) -> bool {
    let head = phrase::head(reader, found.range);
    matches!(found.subject, Subject::Pronoun(..)) || can_speak(reader, found.range.start, head)
}

/// Whether the noun phrase that begins at `start` is a person, a body or a name by its `head`.
pub(super) fn can_speak(reader: &Reader<'_, '_>, start: usize, head: usize) -> bool {
    let people = WordClasses::of(&[
        C::Person,
        C::Group,
        C::Organisation,
        C::Medium,
        C::NameMasculine,
        C::NameFeminine,
        C::Place,
        C::Title,
        C::Anonymous,
    ]);
    reader.classes(head).any(people) || (head == start && reader.classes(head).is_empty())
}

/// Who speaks where the clause does not say: the subject of the attribution before it in the sentence.
pub(super) fn shared(reader: &Reader<'_, '_>, at: usize) -> Option<Subject> {
    reader.spoken.iter().rev().find(|spoken| spoken.cue < at).map(|spoken| spoken.subject)
}
