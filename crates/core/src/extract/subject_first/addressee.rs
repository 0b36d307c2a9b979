//! Whom a verb addresses, and where what it opens begins behind: `told reporters on Monday that …`, `told the jury he fell`.

use super::Reader;
use super::finite::FINITE;
use super::opening::{
    LONGEST_PHRASE, Opening, SUBJECT_PRONOUNS, begins_with_adverb, complementiser, is_bounded_number, is_infinitive,
    marker,
};
use crate::language::WordClass as C;
use crate::language::WordClasses;
use crate::language::cue::{CueEntry, Features, Frame};
use crate::language::endings::looks_past;

/// What opens after the addressee that begins at `from`: `told reporters on Monday that …`.
pub(super) fn after(reader: &Reader<'_, '_>, from: usize, entry: &CueEntry) -> Option<Opening> {
    let tokens = &reader.block.tokens;
    let end = reader.sentence.end.min(from.saturating_add(LONGEST_PHRASE));
    let mut at = from;
    let mut described = false;
    while at < end {
        if let Some(quotation) = reader.block.quotation_opened_at(at) {
            let goes_on = quotation.close < reader.sentence.end && tokens.is_word(quotation.close);
            let whole = at == tokens.after(from) && tokens.is(from, C::PronounObject);
            if at > from && (whole || !goes_on) {
                return Some(Opening::Quotation(at));
            }
            at = quotation.close.max(at + 1);
            continue;
        }
        match reader.mark(at) {
            Some('.' | '(' | ')' | '\'' | '&' | '/' | '’') => {}
            Some('-') if !reader.is_dash(at) => {}
            Some(_) => return Some(marker(reader, at, entry).unwrap_or(Opening::End(at))),
            None => {
                let classes = tokens.classes(at);
                let pronoun = classes.any(SUBJECT_PRONOUNS) || is_contraction(reader, at);
                let opens_clause = at > from && (pronoun || begins_phrase(reader, at, from));
                if classes.has(C::Complementiser) {
                    return Some(complementiser(reader, at));
                }
                if at > from && entry.prepositions.iter().any(|word| word == tokens.word(at)) {
                    return Some(Opening::Preposition(tokens.after(at)));
                }
                // `urged anyone | who saw it | to call`
                described |= at > from && classes.has(C::Relative) && infinitive_follows(reader, at);
                if at > from && classes.has(C::Interrogative) && !described {
                    return Some(Opening::Question(at));
                }
                if at > from && classes.has(C::InfinitiveMarker) {
                    // `asked people | not to come`
                    let negation = reader.before(at).filter(|&head| head > from && tokens.is(head, C::Negation));
                    return Some(Opening::Infinitive(negation.unwrap_or(at)));
                }
                if at > from && classes.has(C::Subordinator) {
                    return Some(Opening::End(at));
                }
                if !described && (opens_clause || (at > from && begins_clause(reader, at, entry))) {
                    return Some(Opening::Phrase(at));
                }
                let describes = reader.before(at).is_some_and(|head| tokens.classes(head).any(BEFORE_NOUN));
                if !describes
                    && !described
                    && classes.any(WordClasses::of(&[C::Auxiliary, C::PassiveAuxiliary, C::Future, C::Verb]))
                {
                    return None;
                }
            }
        }
        at = tokens.after(at);
    }
    Some(Opening::End(at))
}

/// Whether a pronoun and its auxiliary are written as one at `at`: `they'd`, `it's`.
fn is_contraction(reader: &Reader<'_, '_>, at: usize) -> bool {
    let tokens = &reader.block.tokens;
    tokens.classes(at).any(AUXILIARIES) && !tokens.is(at, C::Negation) && tokens.word(at).contains('\'')
}

const AUXILIARIES: WordClasses = WordClasses::of(&[C::Auxiliary, C::PassiveAuxiliary, C::Future]);

/// Whether the infinitive that somebody is urged to comes after the relative clause that begins at `at`.
fn infinitive_follows(reader: &Reader<'_, '_>, at: usize) -> bool {
    let tokens = &reader.block.tokens;
    let horizon = reader.horizon(at).min(at + LONGEST_PHRASE);
    let mut part = (at..horizon).take_while(|&at| reader.mark(at).is_none());
    !tokens.is(at, C::Complementiser)
        && reader.before(at).is_some_and(|head| reader.mark(head).is_none())
        && part.any(|at| is_infinitive(reader, at))
}

/// Words after which a participle describes the noun to come: `a packed courtroom`.
const BEFORE_NOUN: WordClasses = WordClasses::of(&[C::Determiner, C::Possessive, C::Adjective]);

/// Whether a new noun phrase begins at `at`, right after a noun: `told reporters | the plan`, `told reporters | 12 people`.
fn begins_phrase(reader: &Reader<'_, '_>, at: usize, from: usize) -> bool {
    let opener = WordClasses::of(&[C::Determiner, C::Possessive, C::Demonstrative, C::PronounSpeech]);
    let joins = WordClasses::of(&[C::Preposition, C::Coordinator, C::Determiner, C::Possessive, C::Agent]);
    let tokens = &reader.block.tokens;
    // `told Channel 4 on Monday`, `told Channel 12 News`: the number is a name's.
    let next = tokens.after(at);
    let counted = (tokens.is_number(at) || tokens.number(at).is_some())
        && tokens.is_word(next)
        && !reader.is_capitalised(next)
        && !tokens.classes(next).any(joins.with(WordClasses::of(&[C::Complementiser, C::Time])));
    (tokens.classes(at).any(opener) || counted || is_bounded_number(reader, at))
        && reader.before(at).is_some_and(|head| {
            let whole = head == from && reader.block.is(head, C::PronounObject);
            whole || !reader.block.tokens.classes(head).any(joins)
        })
}

/// Whether a clause that nothing marks begins at `at`, right behind the addressee: `told reporters | Delorme fell`,
/// `told the jury | there were 42`, `told Global News | crews worked all night`.
fn begins_clause(reader: &Reader<'_, '_>, at: usize, entry: &CueEntry) -> bool {
    const JOINS: WordClasses = BEFORE_NOUN.with(WordClasses::of(&[C::Preposition, C::Coordinator, C::Agent]));
    const LISTENERS: WordClasses = WordClasses::SPEAKERS.with(WordClasses::of(&[C::Medium]));
    let tokens = &reader.block.tokens;
    let Some(head) = reader.before(at).filter(|_| entry.frames.has(Frame::BareClause)) else { return false };
    let classes = tokens.classes(at);
    if reader.mark(head).is_some() || tokens.classes(head).any(JOINS) || classes.has(C::Time) {
        return false;
    }
    let name = |at: usize| reader.is_capitalised(at) && !tokens.is(at, C::Time);
    // `the news conference Monday | Whitlock was …`
    let after_noun = name(at) && !name(head);
    let noun = classes.is_empty() || classes.any(LISTENERS) || classes.has(C::Noun);
    let plain =
        !name(at) && noun && (name(head) || tokens.classes(head).any(LISTENERS)) && is_finite(reader, tokens.after(at));
    let exists = classes.has(C::Adverb) && begins_with_adverb(reader, at);
    // `told Global News | residents deserve better`: no list holds every verb.
    let marks = |at: usize| tokens.is(at, C::Complementiser) || reader.block.quotation_opened_at(at).is_some();
    let plural = classes.is_empty() || classes.has(C::Group);
    let told = tokens.is(head, C::Medium)
        && (name(head) && !name(at) && !name(tokens.after(at)))
        && (plural && !(at..reader.horizon(at).min(at + LONGEST_PHRASE)).any(marks));
    exists || plain || told || (after_noun && has_verb(reader, at))
}

/// Whether a finite verb follows the subject that begins at `at`, before anything else opens a clause.
fn has_verb(reader: &Reader<'_, '_>, at: usize) -> bool {
    let tokens = &reader.block.tokens;
    let opens = SUBJECT_PRONOUNS.with(WordClasses::of(&[
        C::Determiner,
        C::Possessive,
        C::Complementiser,
        C::Interrogative,
        C::InfinitiveMarker,
        C::Subordinator,
    ]));
    let plain = |&at: &usize| {
        reader.mark(at).is_none_or(|mark| mark == '.' || mark == '-')
            && !tokens.classes(at).any(opens)
            && reader.block.quotation_opened_at(at).is_none()
    };
    let mut words = (at + 1..reader.horizon(at).min(at + LONGEST_SUBJECT)).take_while(plain);
    words.any(|at| is_finite(reader, at))
}

/// A subject before its verb has fewer tokens.
const LONGEST_SUBJECT: usize = 8;

/// Whether a finite verb stands at `at`, as far as lists and endings tell.
fn is_finite(reader: &Reader<'_, '_>, at: usize) -> bool {
    let tokens = &reader.block.tokens;
    let classes = tokens.classes(at);
    classes.any(FINITE)
        || reader.block.cue_with(at, Features::PAST).is_some()
        || (classes.is_empty()
            && tokens.is_word(at)
            && !reader.is_capitalised(at)
            && looks_past(tokens.word(at), reader.block.pack.lexicon()))
}
