//! Whether a word that can be a verb is a noun or an adjective where it stands: `the claim`, `his stated aim`, `384 pledged
//! delegates`.

use super::group::Group;
use super::phrase::PRONOUNS;
use super::{Reader, finite, opening, subject};
use crate::language::WordClass as C;
use crate::language::WordClasses;
use crate::language::cue::Features;

/// Whether the word before `start` makes the word a noun, or an adjective before one: `the claim`, `his stated aim`.
pub(super) fn is_noun_or_adjective(reader: &Reader<'_, '_>, start: usize, features: Features) -> bool {
    let Some(head) = reader.before(start) else { return false };
    let classes = reader.block.tokens.classes(head);
    if classes.any(WordClasses::of(&[C::Group, C::Relative, C::Demonstrative])) {
        return false;
    }
    let participle = features.any(Features::PARTICIPLE);
    // `384 pledged delegates`
    let tokens = &reader.block.tokens;
    let next = tokens.after(start);
    if tokens.is_number(head)
        && features.any(Features::PASSIVE)
        && tokens.is_word(next)
        && (tokens.classes(next).is_empty() || tokens.is(next, C::Group))
    {
        return true;
    }
    // `“…,” the mother of two | said.`, `“…,” the other | replied.`: nothing stands behind that could be described.
    let closes = next >= reader.sentence.end || tokens.mark(next).is_some();
    let count = tokens.number(head).is_some() || classes.has(C::Adjective);
    if closes && count && features.any(Features::PAST) && reader.syntax().follows_english() {
        return false;
    }
    // `one | said he knew`, `two in three | said the road …`, `another | says …`: a number or determiner without a noun
    // before what only a verb opens.
    let counted = tokens.is_number(head) || tokens.number(head).is_some() || classes.has(C::Indefinite);
    let verb = features.any(Features::PAST) || (features.any(Features::PRESENT) && !tokens.is(start, C::Noun));
    if counted && verb && opens_clause(reader, next) && reader.syntax().follows_english() {
        return false;
    }
    // A French adjective stands after its noun and may end a subject.
    let adjective =
        classes.has(C::Adjective) && reader.syntax().adjective_precedes_noun() && !ends_subject(reader, head);
    adjective
        || classes.any(WordClasses::of(&[C::Determiner, C::Possessive]))
        || (classes.has(C::Preposition) && !participle && !classes.has(C::Subordinator))
        || subject::is_possessive(reader, head)
}

/// Whether what stands at `at`, right behind a verb, belongs to no noun after the verb: a clause or a quotation begins.
fn opens_clause(reader: &Reader<'_, '_>, at: usize) -> bool {
    let tokens = &reader.block.tokens;
    let opens = PRONOUNS.with(WordClasses::of(&[
        C::Determiner,
        C::Possessive,
        C::Complementiser,
        C::Future,
        C::PassiveAuxiliary,
    ]));
    let there = tokens.is(at, C::Adverb) && opening::begins_with_adverb(reader, at);
    let quoted = reader.block.quotation_opened_at(if reader.is_comma(at) { at + 1 } else { at }).is_some();
    tokens.classes(at).any(opens) || there || quoted
}

/// Whether the adjective at `at` is a noun here: a name (`Young`), a noun as well (`an executive`), or the end of a
/// compound (`the 19-year-old`).
fn ends_subject(reader: &Reader<'_, '_>, at: usize) -> bool {
    let opens = reader.before(at).is_none_or(|before| reader.mark(before).is_some_and(|mark| mark != ','));
    let quoted = reader.block.quotation_closed_before(at).is_some();
    let name = reader.is_capitalised(at) && (!opens || quoted);
    let compound = at > 0 && reader.mark(at - 1) == Some('-') && reader.block.tokens.touches_next(at - 1);
    name || compound || reader.block.is(at, C::Person)
}

/// Whether the word is a part of a compound with hyphens: `Western-backed`.
pub(super) fn is_in_compound(reader: &Reader<'_, '_>, verb: usize, end: usize) -> bool {
    let tokens = &reader.block.tokens;
    let hyphen = |at: usize| matches!(tokens.mark(at), Some('-' | '‑'));
    (verb > 0 && hyphen(verb - 1) && tokens.touches_next(verb - 1)) || (hyphen(end) && tokens.touches_next(end - 1))
}

/// Whether the word at `at` describes a noun to come: one article goes before it, or a verb whose object it opens, and it
/// names nobody: `a forceful | promise`, `showed subtle | hints`.
fn is_object(reader: &Reader<'_, '_>, at: usize) -> bool {
    let tokens = &reader.block.tokens;
    let unknown = tokens.classes(at).is_empty() || tokens.classes(at) == C::Adjective.into();
    let Some(head) = reader.before(at).filter(|_| unknown && tokens.is_word(at) && !reader.is_capitalised(at)) else {
        return false;
    };
    let article = tokens.is(head, C::Determiner) && tokens.is(head, C::Indefinite) && !tokens.is(head, C::Group);
    reader.syntax().follows_english()
        && (article || finite::is_past_cue(reader, head) || finite::is_unknown_past(reader, head))
}

/// Whether a present form that can be a noun (`claims`, `state`) is one here: no subject that calls for a verb stands
/// before it, and nothing that only a verb opens comes after it.
pub(super) fn is_likely_noun(reader: &Reader<'_, '_>, group: &Group, features: Features) -> bool {
    if features.any(Features::PAST.with(Features::PARTICIPLE)) || !reader.block.is(group.verb, C::Noun) {
        return false;
    }
    if reader.before(group.start).is_some_and(|head| is_object(reader, head)) {
        return true;
    }
    let opens = WordClasses::of(&[C::Complementiser, C::Interrogative, C::InfinitiveMarker]);
    if reader.block.tokens.classes(group.end).any(opens) || reader.block.quotation_opened_at(group.end).is_some() {
        return false;
    }
    let Some(head) = reader.before(group.start) else { return true };
    if reader.syntax().lacks_determiner(reader, group, head) {
        return false;
    }
    let subject = WordClasses::of(&[
        C::PronounMasculine,
        C::PronounFeminine,
        C::PronounPlural,
        C::PronounNeuter,
        C::PronounSpeech,
        C::Relative,
        C::Group,
        C::Anonymous,
    ]);
    let name = features.any(Features::PRESENT) && reader.is_capitalised(head) && !reader.is_capitalised(group.verb);
    // `the union claims the cuts are illegal`: a noun phrase after it makes it the verb.
    let speaker = WordClasses::of(&[C::Person, C::Title, C::Organisation, C::Medium, C::Document]);
    let follows =
        WordClasses::of(&[C::Determiner, C::Possessive, C::PronounMasculine, C::PronounFeminine, C::PronounPlural]);
    let object = features.any(Features::PRESENT)
        && reader.syntax().follows_english()
        && reader.block.tokens.classes(head).any(speaker)
        && reader.block.tokens.classes(group.end).any(follows);
    // `The lawsuit, filed in May, | claims Lee Brands cheated`: what opens the sentence is a text or body, and no name.
    let apart = || {
        let start = reader.sentence.start;
        let opens = reader.block.tokens.classes(start).any(WordClasses::of(&[C::Determiner, C::Possessive]));
        opens && reader.block.tokens.classes(reader.block.tokens.after(start)).any(speaker)
    };
    let inserted = features.any(Features::PRESENT)
        && reader.syntax().follows_english()
        && (reader.is_comma(head) && reader.is_capitalised(group.end) && apart());
    let object = object || inserted;
    // `records show Lee paid`: a text shows what a name begins.
    let shown = features.any(Features::PRESENT.with(Features::BASE))
        && reader.syntax().follows_english()
        && reader.block.is(head, C::Document)
        && (reader.is_capitalised(group.end) || reader.block.tokens.is_number(group.end));
    // `…, court records | show.`
    let closes = reader.mark(group.end).is_some() || group.end >= reader.sentence.end;
    let shown = shown || (closes && reader.block.is(head, C::Document) && reader.syntax().follows_english());
    !reader.block.tokens.classes(head).any(subject) && !name && !object && !shown
}
