//! Where a noun phrase that names a source ends.

use super::object::{self, Need};
use super::{is_comma, is_complementiser, is_verb_cue, participle, shape, subject};
use crate::extract::block::{BlockLayers, Range};
use crate::extract::draft::Subject;
use crate::language::WordClass as C;
use crate::language::WordClasses;
use crate::language::arabic::{Proclitics, is_definite, looks_like_verbal_noun};
use crate::language::cue::{CueKind, Features, Frame};

/// The longest name with titles, in tokens.
const LONGEST: usize = 30;

/// Nouns that a preposition can belong to: «مسؤول في الوزارة», «عدد من الأهالي».
const HEADS: WordClasses =
    WordClasses::of(&[C::Person, C::Anonymous, C::Group, C::Title, C::Document, C::Organisation, C::Medium]);

const PEOPLE: WordClasses = WordClasses::of(&[C::Person, C::Title, C::TitleMasculine, C::TitleFeminine]);
const GIVEN: WordClasses = WordClasses::of(&[C::NameMasculine, C::NameFeminine]);

/// Words that never belong to a source.
const OUTSIDE: WordClasses = WordClasses::of(&[
    C::Complementiser,
    C::FalseComplementiser,
    C::Interrogative,
    C::Time,
    C::ChannelPhrase,
    C::WrittenChannel,
    C::Weekday,
    C::Adverb,
    C::Turn,
    C::Relative,
    C::Verb,
    C::Negation,
    C::Future,
    C::Expectation,
    C::Subordinator,
    C::NarratorFormula,
    C::Auxiliary,
    C::NoStatement,
]);

/// The end of the noun phrase that begins at `from`, not past `limit`. `closed` tells that a mark of the content
/// stands at `limit`, so that commas before it enclose appositions.
pub(super) fn end(block: &BlockLayers<'_>, from: usize, limit: usize, closed: bool) -> usize {
    let limit = limit.min(from + LONGEST);
    let mut at = from;
    while at < limit {
        let next = if is_comma(block, at) {
            match apposition(block, at, limit, closed) {
                Some(end) => end,
                None => break,
            }
        } else if let Some(quotation) = block.quotation_opened_at(at) {
            if quotation.end - quotation.start > super::SHORTEST_SPEECH {
                break;
            }
            quotation.close
        } else if block.tokens.mark(at) == Some('/') {
            at + 1
        } else if let Some(mark) = block.tokens.mark(at) {
            match closing(mark).and_then(|close| (at..limit).find(|&end| block.tokens.mark(end) == Some(close))) {
                Some(end) => end + 1,
                None => break,
            }
        } else if belongs(block, at, from, closed) {
            block.tokens.after(at)
        } else {
            break;
        };
        at = next;
    }
    // «نائب مدير شركة التأمين | على الحياة، أن …»: an apposition up to the comma before the mark.
    let enclosed =
        closed && (from..at).any(|inside| is_comma(block, inside)) && limit > at && is_comma(block, limit - 1);
    let plain = |inside: usize| block.tokens.is_word(inside) && !is_verb_cue(block, inside, Features::FINITE);
    if enclosed && block.is(at, C::Preposition) && !block.tokens.classes(at).any(OUTSIDE) && (at..limit - 1).all(plain)
    {
        at = limit - 1;
    }
    let open_mark = |at: usize| block.tokens.mark(at).is_some_and(|mark| closing_of(mark).is_none() && !is_quote(mark));
    // «الهيئة | في نشرتها»: a preposition whose noun does not belong to the phrase goes with it.
    // «رينكه المنتمي | إلى الحزب»: a participle with its preposition opens a clause of its own.
    let opens_clause = |at: usize| {
        block.tokens.word(at - 1).starts_with("الم")
            && block.tokens.classes(at - 1).is_empty()
            && is_preposition(block, at)
            && !belongs_to_head(block, at, true)
    };
    if at > from + 1 && opens_clause(at) {
        at -= 1;
    }
    while at > from && (open_mark(at - 1) || (at > from + 1 && is_preposition(block, at - 1))) {
        at -= 1;
    }
    at
}

/// Whether a preposition stands at `at`, a word of its own.
fn is_preposition(block: &BlockLayers<'_>, at: usize) -> bool {
    matches!(block.tokens.word(at), "في" | "من" | "علي" | "الي" | "عن" | "مع" | "بين")
        && block.tokens.get(at).is_some_and(|token| !token.inside_phrase)
}

/// The end of the subject that begins at `from` and has an object after it.
pub(super) fn end_before_object(block: &BlockLayers<'_>, from: usize, limit: usize, need: Need) -> usize {
    let end = end(block, from, limit, false);
    // «رفضت الشركة المنفذة | الإدلاء بتعليق»: the object is known.
    if end < limit && block.is(end, C::NoStatement) {
        return end;
    }
    object::start(block, from, end, need).unwrap_or(end)
}

/// Whether the word at `at` names an act or fact rather than somebody who speaks.
pub(super) fn is_act(block: &BlockLayers<'_>, at: usize) -> bool {
    let classes = block.tokens.classes(at);
    (classes.has(C::Act) && !classes.any(HEADS))
        || (classes.is_empty() && (looks_like_verbal_noun(block.tokens.word(at)) || is_fourth_form(block, at)))
}

/// «إنقاذ», «إعداد»: the hamza below tells the verbal noun from the plurals of the same letters.
fn is_fourth_form(block: &BlockLayers<'_>, at: usize) -> bool {
    let word = block.tokens.word(at);
    let long = |at: usize| word.chars().nth(at) == Some('ا');
    // «إنقاذ», and «إقالة» of a verb with a weak middle.
    let shape = word.chars().count() == 5 && (long(3) || (long(2) && word.ends_with('ة')));
    shape && block.raw(Range::new(at, at + 1)).starts_with('إ')
}

/// What the noun phrase of `range` stands for.
pub(super) fn subject(block: &BlockLayers<'_>, range: Range) -> Option<Subject> {
    let span = block.trimmed(range)?;
    if range.len() == 1 {
        let features = [
            (C::PronounMasculine, Features::MASCULINE),
            (C::PronounFeminine, Features::FEMININE),
            (C::PronounPlural, Features::PLURAL),
        ];
        if let Some((_, features)) = features.into_iter().find(|&(class, _)| block.is(range.start, class)) {
            return Some(Subject::Pronoun(span, features));
        }
    }
    Some(Subject::Written(span))
}

/// Whether the word at `at` goes on with the phrase that began at `from`.
fn belongs(block: &BlockLayers<'_>, at: usize, from: usize, closed: bool) -> bool {
    let classes = block.tokens.classes(at);
    if classes.has(C::Link) {
        return at > from;
    }
    let Some(token) = block.tokens.get(at) else { return false };
    // «الوزير علي النمر»: a name, whatever else the word can be.
    if at > from && classes.any(GIVEN) && is_named_after(block, at - 1) {
        return true;
    }
    // «مصدر طبي لـ«الأفق»»: a medium by its name alone; «الرئيس التنفيذي لـ«مدار»» owns it.
    if is_particle_to_name(block, at) {
        return at > from
            && block.tokens.head(at - 1) + 1 < at
            && block.tokens.classes(block.tokens.head(at - 1)).any(PEOPLE);
    }
    let relayed = at > from && block.cues(at).any(|(_, entry)| entry.kind == CueKind::Preposition);
    if relayed || classes.any(OUTSIDE) || is_complementiser(block, at) {
        return false;
    }
    if is_told_in_latin(block, at) || (at > from && opens_another(block, at)) {
        return false;
    }
    // «لوكالة», «للصحفيين»: to whom, not who.
    if classes.has(C::Medium) && token.proclitics.any(Proclitics::TO) {
        return at > from && is_named_owner(block, at);
    }
    if is_verb_cue(block, at, Features::PARTICIPLE) && !is_definite(block.tokens.word(at)) {
        return (at > from && participle::is_adjective(block, at)) || participle::is_governed_noun(block, at);
    }
    // «وتابع يقول: …»
    if at == from
        && is_verb_cue(block, at, Features::PRESENT)
        && classes.is_empty()
        && block.tokens.mark(at + 1).is_some()
    {
        return false;
    }
    if is_verb_cue(block, at, Features::FINITE) && !classes.any(HEADS) && at > from {
        let noun = block.cues(at).any(|(form, _)| form.features.any(Features::NOUN)) || is_owned_office(block, at);
        return noun && !token.proclitics.any(Proclitics::CONJUNCTION);
    }
    if classes.has(C::Circumstance) && token.proclitics == Proclitics::default() {
        return at > from && belongs_to_head(block, at, closed);
    }
    true
}

/// Whether the word at `at`, after others, opens what is told of the phrase rather than goes on with it.
fn opens_another(block: &BlockLayers<'_>, at: usize) -> bool {
    const PRONOUN: WordClasses = WordClasses::of(&[C::PronounMasculine, C::PronounFeminine, C::PronounPlural]);
    let Some(token) = block.tokens.get(at) else { return false };
    // «تقرير داخلي | اطلعت عليه الصحيفة»: an unknown word whose object points back is the verb of a clause about it.
    let clause = token.classes.is_empty() && subject::is_resumptive(block, at + 1);
    // «المعلمة | وهي تبتسم»
    let circumstance = token.classes.any(PRONOUN) && token.proclitics.any(Proclitics::CONJUNCTION);
    // «ودفع المتهم | ببراءته»
    let done = token.classes.has(C::Act) && token.proclitics.any(Proclitics::BY);
    clause || circumstance || done
}

/// «أستاذ علم البيئة»: right after an office without article, and before a noun with one, stands what the office is of.
pub(super) fn is_owned_office(block: &BlockLayers<'_>, at: usize) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    let office = block.is(before, C::Person) && !is_definite(block.tokens.word(before));
    office && is_definite(block.tokens.word(at + 1)) && !block.tokens.classes(at + 1).any(HEADS)
}

/// «المديرة التنفيذية للوكالة أستريد لوند»: whether a medium with its article is whose somebody with a name after it is.
fn is_named_owner(block: &BlockLayers<'_>, at: usize) -> bool {
    let next = at + 1;
    let name = block.tokens.is_word(next) && block.tokens.classes(next).is_empty();
    let office = is_definite(block.tokens.word(at - 1));
    office && block.tokens.word(at).starts_with("لل") && name && !is_definite(block.tokens.word(next))
}

/// Whether a given name can follow the word at `at`: a title, another name or «بن».
fn is_named_after(block: &BlockLayers<'_>, at: usize) -> bool {
    shape::is_particle_of_name(block.tokens.word(at))
        || block.tokens.classes(block.tokens.head(at)).any(PEOPLE.with(GIVEN))
}

/// «لـ«الأفق»»: the particle alone before a name in marks.
pub(super) fn is_particle_to_name(block: &BlockLayers<'_>, at: usize) -> bool {
    let in_marks = || {
        let quotation = block.quotation_opened_at(at + 1);
        quotation.is_some_and(|quotation| quotation.end - quotation.start < super::SHORTEST_SPEECH)
    };
    block.tokens.word(at) == "ل" && in_marks()
}

/// «لـDW»: the particle written on to a name in Latin letters.
pub(super) fn is_told_in_latin(block: &BlockLayers<'_>, at: usize) -> bool {
    let name = block.tokens.word(at).strip_prefix('ل');
    name.is_some_and(|name| name.starts_with(|letter: char| letter.is_ascii_alphabetic()))
}

/// Whether the preposition at `at` ties to a noun right before it.
fn belongs_to_head(block: &BlockLayers<'_>, at: usize, closed: bool) -> bool {
    const TYING: [&str; 5] = ["في", "من", "لدي", "بين", "عن"];
    let start =
        (0..at).rev().find(|&start| block.tokens.get(start).is_some_and(|token| !token.inside_phrase)).unwrap_or(0);
    let before = block.tokens.classes(start);
    // «القاضي مروان الشيخ | في منطوق الحكم»: where a name is complete, only a body that it works in still belongs to it.
    let named = before.any(GIVEN) || start.checked_sub(1).is_some_and(|at| block.tokens.classes(at).any(GIVEN));
    if named && block.tokens.word(at) == "في" && !block.is(at + 1, C::Organisation) {
        return false;
    }
    TYING.contains(&block.tokens.word(at)) && (closed || (before.any(HEADS) && !before.has(C::Medium)))
}

/// The end of an apposition after the comma at `at`: «الأمين العام، فلان، …».
fn apposition(block: &BlockLayers<'_>, at: usize, limit: usize, closed: bool) -> Option<usize> {
    let first = at + 1;
    if first >= limit || !(block.tokens.is_word(first) || block.quotation_opened_at(first).is_some()) {
        return None;
    }
    let token = block.tokens.get(first)?;
    if is_name_between_commas(block, first) {
        return Some(first + 3);
    }
    let classes = block.tokens.classes(first);
    let relayed = block.cues(first).any(|(_, entry)| entry.kind == CueKind::Preposition);
    let opens_something_else = relayed
        || classes.any(OUTSIDE)
        || classes.has(C::Circumstance)
        || token.proclitics.any(Proclitics::CONJUNCTION) && is_verb_cue(block, first, Features::FINITE)
        || classes.is_empty() && block.tokens.word(first).starts_with('و') && !closed
        || is_verb_cue(block, first, Features::FINITE.with(Features::PARTICIPLE));
    if opens_something_else {
        return None;
    }
    if closed {
        return Some(first);
    }
    // Without a mark ahead the apposition must be closed by a comma of its own, and soon.
    let close = (first..limit.min(first + 10)).find(|&end| is_comma(block, end))?;
    // «بحسب المنظمة، يعاني الملايين، وتتوقع المنظمة …»: two clauses.
    let joined = block.tokens.get(close + 1).is_some_and(|token| token.proclitics.any(Proclitics::AND));
    if joined && is_verb_cue(block, close + 1, Features::FINITE) {
        return None;
    }
    let plain = (first..close).all(|inside| block.tokens.is_word(inside) && belongs(block, inside, first, false));
    plain.then_some(close + 1)
}

/// «…، دان موريسي، …»: whether a full name that begins at `at` is all that two commas enclose, though its first word may
/// look like a verb.
pub(super) fn is_name_between_commas(block: &BlockLayers<'_>, at: usize) -> bool {
    let joined = block.tokens.get(at).is_none_or(|token| token.proclitics != Proclitics::default());
    let family = block.tokens.is_word(at + 1) && block.tokens.classes(at + 1).is_empty();
    // «"…"، تروي حرب، مؤكدة»: a verb of saying and its subject.
    let says = block.cues(at).any(|(_, entry)| entry.frames.has(Frame::Quotation) || entry.frames.has(Frame::Clause));
    at > 0
        && is_comma(block, at - 1)
        && !joined
        && !says
        && family
        && !is_definite(block.tokens.word(at + 1))
        && is_comma(block, at + 2)
}

const fn closing(mark: char) -> Option<char> {
    match mark {
        '(' => Some(')'),
        '[' => Some(']'),
        _ => None,
    }
}

const fn closing_of(mark: char) -> Option<char> {
    match mark {
        ')' => Some('('),
        ']' => Some('['),
        _ => None,
    }
}

const fn is_quote(mark: char) -> bool {
    matches!(mark, '"' | '”' | '“' | '»' | '«' | '\'' | '’')
}

#[cfg(test)]
mod tests {
    use super::super::testing::with_block;
    use super::*;

    fn phrase(text: &str, closed: bool) -> String {
        with_block(text, |block| {
            let end = end(block, 0, block.tokens.len(), closed);
            block.tokens.span(0, end).of(text).to_owned()
        })
    }

    #[test]
    fn an_apposition_keeps_its_commas_before_a_mark() {
        assert_eq!(phrase("الأمين العام، سمير نادر، إن", true), "الأمين العام، سمير نادر");
    }

    #[test]
    fn time_medium_and_clause_are_outside() {
        assert_eq!(phrase("الوزير أمس إن", true), "الوزير");
        assert_eq!(phrase("الوزير لوكالة رويترز إن", true), "الوزير");
        assert_eq!(phrase("الوزير الذي عاد", true), "الوزير");
        assert_eq!(phrase("المعلمة وهي تبتسم", false), "المعلمة");
    }

    #[test]
    fn a_channel_between_commas_is_no_apposition() {
        assert_eq!(phrase("رئيس الوزراء، بحسب وكالة الرصد، إن", true), "رئيس الوزراء");
    }
}
