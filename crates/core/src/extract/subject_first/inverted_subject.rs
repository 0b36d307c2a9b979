//! Who stands after an inverted verb: «a déclaré à l'AFP | le ministre de la Santé, Jean Roy», «dit-il».

use super::super::block::Range;
use super::super::draft::Subject;
use super::Reader;
use super::finite::FINITE;
use super::phrase::PRONOUNS;
use super::subject::pronoun as found_pronoun;
use crate::language::WordClass as C;
use crate::language::WordClasses;
use crate::language::cue::{CueKind, Features};
use crate::language::endings::looks_gerund;

/// A subject after its verb.
#[derive(Debug, Clone, Copy)]
pub(super) struct After {
    pub(super) subject: Subject,
    /// The token after the subject, or after the verb if the subject is written on to the auxiliary.
    pub(super) end: usize,
    /// Whether it is somebody or some body that can speak, as far as the words tell.
    pub(super) speaks: bool,
    /// Whether it belongs to who speaks in the first person: «mon père».
    pub(super) of_speaker: bool,
}

/// The pronoun at `at` as the subject of a verb that ends before `end`.
pub(super) fn pronoun(reader: &Reader<'_, '_>, at: usize, end: usize) -> Option<After> {
    let subject = found_pronoun(reader, at).subject;
    let of_speaker = reader.block.is(at, C::PronounSpeech);
    Some(After { subject, end, speaks: true, of_speaker })
}

/// The pronoun written on to a verb that ends before `end`: «dit-il», «raconte-t-elle».
pub(super) fn written_on(reader: &Reader<'_, '_>, end: usize) -> Option<After> {
    let tokens = &reader.block.tokens;
    let hyphen = |at: usize| reader.mark(at) == Some('-') && tokens.touches_next(at) && tokens.touches_next(at - 1);
    if end == 0 || !hyphen(end) {
        return None;
    }
    let mut at = end + 1;
    // The letter between two vowels is a word that nothing knows, of one letter.
    if tokens.word(at).len() == 1 && hyphen(at + 1) {
        at += 2;
    }
    let subjects = PRONOUNS.with(C::PronounSpeech.into());
    (tokens.classes(at).any(subjects)).then(|| pronoun(reader, at, tokens.after(at)))?
}

/// The token after the auxiliary, or the verb before an infinitive, that the pronoun at `at` is written on to: «a-t- | il»,
/// «fait- | il».
pub(super) fn auxiliary_before(reader: &Reader<'_, '_>, at: usize) -> Option<usize> {
    let tokens = &reader.block.tokens;
    let hyphen = |at: usize| reader.mark(at) == Some('-') && tokens.touches_next(at);
    let mut first = at.checked_sub(1).filter(|&head| hyphen(head))?;
    if first >= 2 && tokens.word(first - 1).len() == 1 && hyphen(first - 2) {
        first -= 2;
    }
    let head = first.checked_sub(1)?;
    let auxiliary = WordClasses::of(&[C::Auxiliary, C::PassiveAuxiliary, C::Verb]);
    (head >= reader.sentence.start && tokens.classes(head).any(auxiliary)).then_some(first)
}

/// The noun phrase that is the subject of the verb that ends before `end`, adverbs and addressees between them passed over.
pub(super) fn noun_phrase(reader: &Reader<'_, '_>, end: usize) -> Option<After> {
    let start = skip_adverbials(reader, end)?;
    let tokens = &reader.block.tokens;
    let classes = tokens.classes(start);
    let opens = classes.any(OPENS) || (reader.is_capitalised(start) && tokens.is_word(start));
    if !opens || classes.any(NEVER_OPENS) {
        return None;
    }
    if classes.any(PRONOUNS) {
        // «affirme celui-ci», but not a pronoun that begins another clause.
        let two = tokens.after(start) > start + 1;
        return two.then(|| pronoun(reader, start, tokens.after(start)))?;
    }
    let end = phrase_end(reader, start)?;
    // «murmure Luc Roy | en souriant»
    let other = WordClasses::of(&[C::Determiner, C::Preposition]);
    if tokens.classes(end).any(FINITE.with(C::Clitic.into())) && !tokens.classes(end).any(other) {
        return None;
    }
    let range = Range::new(start, end);
    Some(After {
        subject: Subject::Written(reader.block.trimmed(range)?),
        end,
        speaks: speaks(reader, range),
        of_speaker: tokens.is(start, C::Possessive) && is_first_person(reader, start),
    })
}

/// Words that a subject after its verb can begin with.
const OPENS: WordClasses = WordClasses::of(&[
    C::Determiner,
    C::Possessive,
    C::Demonstrative,
    C::Title,
    C::TitleMasculine,
    C::TitleFeminine,
    C::Person,
    C::Group,
    C::Anonymous,
    C::Medium,
    C::Anaphor,
    C::PronounMasculine,
    C::PronounFeminine,
    C::PronounPlural,
]);

const NEVER_OPENS: WordClasses =
    WordClasses::of(&[C::Complementiser, C::Interrogative, C::Subordinator, C::Relative, C::NarratorReturn]);

/// A possessive of the first person is one that no third person's gender or number goes with.
fn is_first_person(reader: &Reader<'_, '_>, at: usize) -> bool {
    reader.block.is(at, C::PossessiveSpeech)
}

/// The token after adverbs, times, channels and addressees that may stand between a verb and its subject.
fn skip_adverbials(reader: &Reader<'_, '_>, from: usize) -> Option<usize> {
    let tokens = &reader.block.tokens;
    let mut at = from;
    for _ in 0..MOST_ADVERBIALS {
        let classes = tokens.classes(at);
        let light = WordClasses::of(&[C::Adverb, C::Time, C::ChannelPhrase, C::WrittenChannel, C::Turn]);
        if classes.any(light) && !classes.any(WordClasses::of(&[C::Group, C::Anaphor])) {
            at = tokens.after(at);
            // «à la radio | publique | Luc Roy»
            if classes.has(C::ChannelPhrase) && tokens.is(at, C::Adjective) && !tokens.classes(at).any(OPENS) {
                at = tokens.after(at);
            }
        } else if reader.is_comma(at) {
            at = insertion_end(reader, at)?;
        } else if classes.has(C::Preposition) && !classes.has(C::Determiner) {
            at = addressee_end(reader, at)?;
        } else {
            return (at < reader.sentence.end).then_some(at);
        }
    }
    None
}

const MOST_ADVERBIALS: usize = 5;

/// The token after what stands between the comma `at` and another: «a confié, également sur CNN, | le patron».
fn insertion_end(reader: &Reader<'_, '_>, at: usize) -> Option<usize> {
    let tokens = &reader.block.tokens;
    let opener = WordClasses::of(&[C::Adverb, C::Time, C::Preposition, C::ChannelPhrase, C::WrittenChannel, C::Turn]);
    let close = (at + 1..reader.sentence.end.min(at + LONGEST_INSERTION)).find(|&at| reader.is_comma(at))?;
    let finite = (at + 1..close).any(|at| tokens.classes(at).any(FINITE));
    (tokens.classes(at + 1).any(opener) && !finite).then_some(close + 1)
}

const LONGEST_INSERTION: usize = 10;

/// The token after the phrase that the preposition at `at` opens, if another noun phrase follows it.
fn addressee_end(reader: &Reader<'_, '_>, at: usize) -> Option<usize> {
    let tokens = &reader.block.tokens;
    let first = tokens.after(at);
    let end = reader.sentence.end.min(first.saturating_add(LONGEST_ADDRESSEE));
    let mut next = first;
    while next < end {
        let classes = tokens.classes(next);
        let joins = WordClasses::of(&[C::Preposition, C::Link, C::Determiner, C::Possessive, C::Coordinator]);
        let joined = next == first || reader.before(next).is_some_and(|head| tokens.classes(head).any(joins));
        let opens = classes.any(WordClasses::of(&[
            C::Determiner,
            C::Possessive,
            C::TitleMasculine,
            C::TitleFeminine,
            C::Time,
            C::Preposition,
        ])) && !classes.has(C::Link);
        if reader.mark(next).is_some_and(|mark| !matches!(mark, '-' | '.' | '\'' | '’')) {
            return None;
        }
        if opens && !joined {
            return Some(next);
        }
        let medium = classes.has(C::Medium) && tokens.is_word(tokens.after(next));
        next = tokens.after(next);
        if medium && (reader.is_capitalised(next) || !tokens.classes(next).has(C::Link)) {
            return Some(after_medium(reader, next));
        }
    }
    None
}

const LONGEST_ADDRESSEE: usize = 14;

/// The token after the adjective or name of a medium at `at`: «à la radio publique | Luc Roy», «à la chaîne KTV | la ministre».
fn after_medium(reader: &Reader<'_, '_>, at: usize) -> usize {
    let tokens = &reader.block.tokens;
    let word = |at: usize| at < reader.sentence.end && tokens.is_word(at);
    let adjective = word(at)
        && !reader.is_capitalised(at)
        && (tokens.classes(at).is_empty() || tokens.is(at, C::Adjective))
        && !tokens.classes(at).any(OPENS);
    if adjective {
        return tokens.after(at);
    }
    let named = (at..at + LONGEST_MEDIUM).take_while(|&at| word(at) && reader.is_capitalised(at)).last();
    // Two names side by side: only what opens another noun phrase tells where the first ends.
    named.map(|last| tokens.after(last)).filter(|&end| word(end) && tokens.classes(end).any(OPENS)).unwrap_or(at)
}

const LONGEST_MEDIUM: usize = 5;

/// The noun phrase that follows the phrase of the preposition at `at` without a verb or conjunction between them:
/// «a demandé à Rome | une aide».
pub(super) fn object_behind_addressee(reader: &Reader<'_, '_>, at: usize) -> Option<usize> {
    let tokens = &reader.block.tokens;
    let object = addressee_end(reader, at)?;
    let stops = FINITE.with(NEVER_OPENS);
    let classes = tokens.classes(object);
    let opens = classes.any(WordClasses::of(&[C::Determiner, C::Possessive])) && !classes.has(C::Link);
    (opens && !classes.has(C::Time) && !(at..object).any(|at| tokens.classes(at).any(stops))).then_some(object)
}

/// The token after the noun phrase that begins at `start`.
fn phrase_end(reader: &Reader<'_, '_>, start: usize) -> Option<usize> {
    let tokens = &reader.block.tokens;
    let horizon = reader.horizon(start).min(start.saturating_add(LONGEST_SUBJECT));
    let mut at = start;
    while at < horizon {
        if let Some(quotation) = reader.block.quotation_opened_at(at) {
            if quotation.len() > LONGEST_NICKNAME || at == start {
                break;
            }
            at = quotation.close.max(at + 1);
            continue;
        }
        match reader.mark(at) {
            Some(',') => match apposition_end(reader, at) {
                Some(end) => at = end,
                None => break,
            },
            Some('.') if at + 1 < reader.sentence.end && tokens.is_word(at + 1) && abbreviates(reader, at) => at += 1,
            Some('(') => match (at..horizon.min(at + LONGEST_BRACKET)).find(|&close| reader.mark(close) == Some(')')) {
                Some(close) => at = close + 1,
                None => break,
            },
            Some('\'' | '’' | '&' | '/' | '°') => at += 1,
            Some('-') if !reader.is_dash(at) => at += 1,
            Some(_) => break,
            None if at > start && ends_phrase(reader, at, start) => break,
            None => at = tokens.after(at),
        }
    }
    (start < at).then_some(at)
}

const LONGEST_SUBJECT: usize = 50;
const LONGEST_NICKNAME: usize = 6;
const LONGEST_BRACKET: usize = 12;

/// Whether the full stop at `at` belongs to the word before it: «M. Roy».
pub(super) fn abbreviates(reader: &Reader<'_, '_>, at: usize) -> bool {
    let before = at.checked_sub(1);
    before.is_some_and(|head| reader.block.is(head, C::Abbreviation) || reader.block.tokens.word(head).len() <= 2)
}

/// Whether the word at `at` is no part of the noun phrase that began at `start`.
fn ends_phrase(reader: &Reader<'_, '_>, at: usize, start: usize) -> bool {
    let tokens = &reader.block.tokens;
    let classes = tokens.classes(at);
    let always = WordClasses::of(&[
        C::Time,
        C::ChannelPhrase,
        C::WrittenChannel,
        C::NarratorReturn,
        C::Complementiser,
        C::Subordinator,
        C::Relative,
        C::Turn,
        C::Interrogative,
        C::Agent,
        C::Circumstance,
    ]);
    let name = reader.is_capitalised(at);
    if classes.any(always) && !(name && classes.has(C::Place)) && !is_inner(reader, at, start) {
        return true;
    }
    let linked = reader.before(at).is_some_and(|head| tokens.is(head, C::Link));
    let pronoun = classes.any(PRONOUNS) && !classes.any(WordClasses::of(&[C::Possessive, C::Clitic])) && !linked;
    if classes.any(FINITE) || pronoun {
        return !name;
    }
    if is_participle(reader, at) {
        return true;
    }
    if classes.has(C::Coordinator) {
        let next = tokens.after(at);
        let noun = tokens.classes(next).any(OPENS) || reader.is_capitalised(next);
        let plain = tokens.is_word(next) && tokens.classes(next).is_empty();
        return !(noun || plain) || tokens.classes(next).any(FINITE);
    }
    if classes.has(C::Adverb) && !classes.any(WordClasses::of(&[C::Determiner, C::Adjective])) {
        return true;
    }
    let place = classes.has(C::Preposition) && !classes.has(C::Link);
    let medium = place && tokens_follow(reader, at, C::Medium);
    // After a bare name a phrase of place or time says where it was said; after a noun it belongs to it.
    let bare_name = (start..at).all(|at| {
        reader.is_capitalised(at)
            || tokens.mark(at).is_some()
            || tokens.classes(at).any(WordClasses::of(&[C::TitleMasculine, C::TitleFeminine, C::Link]))
    });
    medium || (place && bare_name)
}

/// Whether the preposition at `at` stands inside a name or office: «en chef», «sans frontières».
fn is_inner(reader: &Reader<'_, '_>, at: usize, start: usize) -> bool {
    let tokens = &reader.block.tokens;
    let next = tokens.after(at);
    let gerund = looks_gerund(tokens.word(next), reader.block.pack.lexicon());
    let unknown = tokens.classes(next).is_empty() && !gerund;
    let whole = unknown || tokens.is(next, C::Person) || reader.is_capitalised(next);
    let bare = !tokens.classes(at).any(WordClasses::of(&[C::Subordinator, C::NarratorReturn, C::Time, C::Agent]));
    let named = (start..at).all(|at| reader.is_capitalised(at) || tokens.mark(at).is_some());
    bare && whole && !named && tokens.is(at, C::Preposition) && tokens.is(at, C::InnerPreposition)
}

/// Whether a word of `class` stands right after the preposition at `at` and its article.
fn tokens_follow(reader: &Reader<'_, '_>, at: usize, class: C) -> bool {
    let tokens = &reader.block.tokens;
    let mut next = tokens.after(at);
    if tokens.is(next, C::Determiner) {
        next = tokens.after(next);
    }
    tokens.is(next, class)
}

/// Whether the word at `at` is a present participle of a cue: «…, ajoutant que».
fn is_participle(reader: &Reader<'_, '_>, at: usize) -> bool {
    reader.block.cues(at).any(|(form, entry)| entry.kind == CueKind::Verb && form.features.any(Features::PARTICIPLE))
        && !reader.is_capitalised(at)
}

/// The token after the apposition that the comma at `comma` opens: «…, le directeur de l'hôpital», «…, 34 ans».
pub(super) fn apposition_end(reader: &Reader<'_, '_>, comma: usize) -> Option<usize> {
    let tokens = &reader.block.tokens;
    let start = comma + 1;
    if start >= reader.sentence.end || reader.block.quotation_opened_at(start).is_some() {
        return None;
    }
    let classes = tokens.classes(start);
    let nouns = WordClasses::of(&[
        C::Person,
        C::Title,
        C::TitleMasculine,
        C::TitleFeminine,
        C::Anonymous,
        C::Group,
        C::Organisation,
        C::Medium,
    ]);
    let article = classes.any(WordClasses::of(&[C::Determiner, C::Possessive]));
    let mut noun = start;
    while tokens.classes(noun).any(WordClasses::of(&[C::Determiner, C::Possessive, C::Adjective])) && noun < start + 3 {
        noun = tokens.after(noun);
    }
    let age = tokens.is_number(start) && tokens.is(start + 1, C::Unit);
    let office = tokens.classes(noun).any(nouns);
    let name = reader.is_capitalised(start) && !classes.any(FINITE) && tokens.is_word(start);
    let named_later =
        article && tokens.is_word(noun) && tokens.classes(noun).is_empty() && !tokens.classes(noun).any(FINITE);
    // «Luc Roy, de l'université d'Albany»
    let member =
        tokens.is(start, C::Link) && !tokens.is(start, C::DeterminerPlural) && reader.is_capitalised(comma - 1);
    if !(age || office || name || member || (named_later && !reader.is_capitalised(comma.saturating_sub(1)))) {
        return None;
    }
    let end = phrase_end(reader, start)?;
    let finite = (start..end).any(|at| tokens.classes(at).any(FINITE) && !reader.is_capitalised(at));
    (!finite && !tokens.classes(end).any(FINITE)).then_some(end)
}

/// Whether a noun phrase names somebody or some body that can speak.
pub(super) fn speaks(reader: &Reader<'_, '_>, range: Range) -> bool {
    let tokens = &reader.block.tokens;
    let speakers = WordClasses::SPEAKERS.with(WordClasses::of(&[C::Medium, C::Place, C::Anaphor]));
    (range.start..range.end)
        .any(|at| tokens.classes(at).any(speakers) || (reader.is_capitalised(at) && tokens.is_word(at)))
}
