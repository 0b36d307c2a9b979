//! Names in scripts with capitals: a run of capitalised words, with titles and offices around it.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::super::block::{BlockLayers, Range};
use super::capitals::{is_name_word, run};
use super::phrase::{GIVEN, Gender, PEOPLE, Phrase, Seen};
use crate::claim::SourceKind;
use crate::language::{Capitals, Morphology, WordClass as C, WordClasses, german};

/// Reads a noun phrase into `phrase`.
///
/// The name is the first run of capitals that no preposition opens and no noun for a person follows:
/// `Stein spokeswoman Melezia Figueroa`, `John Smith, a professor at York`, `the premier, Ann Lee`.
pub(super) fn read(block: &BlockLayers<'_>, range: Range, phrase: &mut Phrase, seen: &mut Seen<'_>) {
    phrase.definite = is_definite(block, range.start);
    let mut way = Way { head_open: true, ..Way::default() };
    let mut at = range.start;
    while at < range.end {
        let classes = block.tokens.classes(at);
        if classes.has(C::Relative) && at > range.start {
            break;
        }
        if let Some(end) = run(block, at, range.end) {
            read_run(block, Range::new(at, end), range, phrase, seen, &mut way);
            at = end;
            continue;
        }
        if block.tokens.mark(at).is_some_and(|mark| matches!(mark, ',' | '(' | '—' | '–')) {
            way.under_preposition = false;
            way.comma_since_name = true;
            way.head_open &= phrase.head.is_none();
        } else if classes.any(PEOPLE) || is_head(classes) {
            // `University of Halder law professor | Ann Lee`: the office is hers, and not the university's.
            let of_body = way.under_preposition && !way.under_link && seen.head == Some(SourceKind::Organisation);
            if of_body && classes.any(PEOPLE) && is_name_word(block, block.tokens.after(at)) {
                (way.under_preposition, seen.head) = (false, None);
            }
            if way.takes_head() {
                seen.head = None;
            }
            take_noun(block, at, phrase, seen, way.under_preposition);
            if way.takes_head() {
                phrase.head = phrase.nouns.last().copied();
            }
            // `the office of senator | Ann Lee` names her, «le conseiller du président | Luc Roy» does not name him.
            way.under_preposition &= !classes.any(PEOPLE) || way.under_link;
        } else if classes.any(OPENS_PREPOSITIONAL) && phrase.nouns.len() + phrase.name.len() > 0 {
            note_issuer(block, Range::new(at, range.end), phrase, seen);
            way.under_preposition = true;
            way.under_link = classes.any(OWNS);
            way.head_open &= phrase.head.is_none();
        } else if is_unknown_noun(block, at) {
            // `a cardiologist`: no list holds every trade.
            phrase.nouns.push(seen.words.add(plain(block.tokens.word(at))));
            if way.takes_head() {
                phrase.head = phrase.nouns.last().copied();
            }
        }
        at = block.tokens.after(at);
    }
    agree_with_determiner(block, range.start, phrase);
    // `about 9 percent`, `14 of them`; `the 19-year-old` is one.
    let counted =
        (range.start..range.end).any(|at| block.tokens.is_number(at) && block.tokens.mark(at + 1) != Some('-'));
    phrase.plural |= phrase.name.is_empty() && phrase.head.is_none() && counted;
    phrase.plural &= !block.is(range.start, C::SingleOf);
}

/// Where in a noun phrase the reader is.
#[derive(Debug, Default)]
struct Way {
    /// Behind a preposition, before the next comma.
    under_preposition: bool,
    /// That preposition tells whose something is: «du», `des`.
    under_link: bool,
    /// The head of a description is its last noun before a preposition or comma: `the chief fire officer of …`.
    head_open: bool,
    comma_since_name: bool,
}

impl Way {
    const fn takes_head(&self) -> bool {
        self.head_open && !self.under_preposition
    }
}

/// Words that tell whose something is.
const OWNS: WordClasses = WordClasses::of(&[C::Link, C::Genitive]);

/// Words that open a phrase inside a noun phrase.
const OPENS_PREPOSITIONAL: WordClasses = OWNS.with(WordClasses::of(&[C::Preposition]));

/// Reads a run of capitals of the phrase `whole`.
fn read_run(
    block: &BlockLayers<'_>,
    capitals: Range,
    whole: Range,
    phrase: &mut Phrase,
    seen: &mut Seen<'_>,
    way: &mut Way,
) {
    let Range { start, end } = capitals;
    let noun_follows = office_follows(block, end, whole.end);
    let describes = (way.under_preposition && !is_apposed(block, capitals))
        || noun_follows
        || (is_possessive(block, end - 1) && block.tokens.is_word(end) && end < whole.end);
    // `Ferry workers' union president Ann Lee`: the name stands right after the office.
    let after_office = start > whole.start && block.tokens.classes(block.tokens.head(start - 1)).any(PEOPLE);
    if after_office && !way.comma_since_name && !describes {
        let earlier = std::mem::take(&mut phrase.name);
        phrase.nouns.extend(earlier);
    }
    way.comma_since_name = false;
    let determiner = |at: usize| block.is(at, C::Determiner) && !block.is(at, C::Indefinite);
    let article = is_english(block) && start.checked_sub(1).is_some_and(determiner);
    seen.article |= article && !describes && phrase.name.is_empty() && end > start + 1;
    take_run(block, capitals, phrase, seen, describes);
}

/// German and French put an article before people's names as well.
fn is_english(block: &BlockLayers<'_>) -> bool {
    block.pack.morphology() == Morphology::Plain && block.pack.capitals() == Capitals::Names
}

/// Notes who issued the text that the phrase names, where the word at the start of `rest` tells it.
fn note_issuer(block: &BlockLayers<'_>, rest: Range, phrase: &mut Phrase, seen: &Seen<'_>) {
    let at = rest.start;
    let classes = block.tokens.classes(at);
    let names = classes.has(C::Genitive) || block.tokens.is_word(block.tokens.after(at));
    // `a report obtained by the Courier` is not the paper's.
    let after = block.tokens.classes(block.tokens.head(at.saturating_sub(1)));
    let carried =
        (at..rest.end).any(|at| block.is(at, C::Medium)) && !after.has(C::Document) && !after.has(C::Statement);
    let issues = classes.any(OWNS) && names && !carried;
    if issues && seen.head == Some(SourceKind::Document) && phrase.issuer.is_none() {
        let start = if classes.has(C::Genitive) { at } else { block.tokens.after(at) };
        phrase.issuer = Some(Range::new(start, rest.end));
    }
}

/// Whether a name under a preposition stands beside a noun, not after it: «la porte-parole du ministère | Anna Roy».
fn is_apposed(block: &BlockLayers<'_>, run: Range) -> bool {
    let Some(head) = run.start.checked_sub(1).map(|at| block.tokens.head(at)) else { return false };
    let classes = block.tokens.classes(head);
    let joins = WordClasses::of(&[C::Preposition, C::Link, C::Determiner, C::Coordinator]);
    run.len() > 1
        && block.tokens.classes(run.start).any(GIVEN)
        && block.tokens.is_word(head)
        && !classes.any(joins.with(PEOPLE))
}

/// Takes gender and number from the first word of a phrase where it tells them and nothing else did: «la ministre».
fn agree_with_determiner(block: &BlockLayers<'_>, at: usize, phrase: &mut Phrase) {
    let classes = block.tokens.classes(at);
    if phrase.gender == Gender::Unknown {
        phrase.gender = match (classes.has(C::DeterminerMasculine), classes.has(C::DeterminerFeminine)) {
            (true, false) => Gender::Masculine,
            (false, true) => Gender::Feminine,
            _ => Gender::Unknown,
        };
    }
    phrase.plural |= phrase.name.is_empty() && classes.has(C::DeterminerPlural);
}

/// Whether a noun for a person or body follows, at once or after a word or two that describe: `Republican presidential nominee`.
fn office_follows(block: &BlockLayers<'_>, at: usize, limit: usize) -> bool {
    // `the Grade 12 student`
    let describes = |at: usize| is_unknown_noun(block, at) || block.is(at, C::Adjective) || block.tokens.is_number(at);
    let office = (at..limit.min(at + MOST_DESCRIBING)).find(|&at| !describes(at));
    office.is_some_and(|at| {
        let small = block.tokens.get(at).is_some_and(|token| token.span.of(block.text).starts_with(char::is_lowercase));
        block.tokens.classes(at).any(PEOPLE) || (small && is_head(block.tokens.classes(at)))
    })
}

/// Words between a capitalised one and the office it belongs to, and the office.
const MOST_DESCRIBING: usize = 3;

/// Whether the word is a possessive: `Brandt's predecessor` is somebody else.
pub(super) fn is_possessive(block: &BlockLayers<'_>, at: usize) -> bool {
    block.tokens.word(at).ends_with("'s") || block.is(at + 1, C::PossessiveEnding)
}

/// Whether a word in small letters is known to no list and so most likely a noun.
pub(super) fn is_unknown_noun(block: &BlockLayers<'_>, at: usize) -> bool {
    let classes = block.tokens.classes(at);
    if block.pack.capitals() == Capitals::Nouns {
        return block.tokens.is_word(at) && is_capital(block, at) && is_common_noun(block, at);
    }
    let unknown = classes.is_empty() || classes == C::Noun.into() || classes == C::Unit.into();
    block.tokens.is_word(at) && unknown && block.tokens.cues(at).is_empty() && block.tokens.word(at).len() > 2
}

/// Where all nouns have capitals: whether a capital is no name's. A noun of the lists is none, nor is an unknown word
/// right after a determiner or adjective.
pub(super) fn is_common_noun(block: &BlockLayers<'_>, at: usize) -> bool {
    const NOUNS: WordClasses =
        WordClasses::of(&[C::Noun, C::NounEnding, C::Statement, C::Opinion, C::Group, C::Document, C::Unit]);
    let classes = block.tokens.classes(at);
    if classes.any(NOUNS) || !classes.is_empty() {
        return classes.any(NOUNS);
    }
    let determiner = WordClasses::of(&[C::Determiner, C::Indefinite, C::Possessive, C::Adjective]);
    let Some(before) = at.checked_sub(1).map(|before| block.tokens.head(before)) else { return false };
    let known = block.tokens.classes(before);
    let adjective = known.is_empty()
        && block.tokens.is_word(before)
        && !is_capital(block, before)
        && german::has_adjective_ending(block.tokens.word(before));
    (known.any(determiner) || adjective) && !is_capital(block, at + 1)
}

pub(super) fn is_capital(block: &BlockLayers<'_>, at: usize) -> bool {
    block.tokens.is_capital(at)
}

fn is_head(classes: WordClasses) -> bool {
    classes.any(super::phrase::HEADS)
}

fn is_definite(block: &BlockLayers<'_>, at: usize) -> bool {
    let classes = block.tokens.classes(at);
    let determined = WordClasses::of(&[C::Demonstrative, C::Possessive]);
    (classes.has(C::Determiner) && !classes.has(C::Indefinite)) || classes.any(determined) || is_possessive(block, at)
}

/// Takes a run of capitals as the name, or as words that describe.
fn take_run(block: &BlockLayers<'_>, run: Range, phrase: &mut Phrase, seen: &mut Seen<'_>, describes: bool) {
    let given = (run.start..run.end).find(|&at| block.tokens.classes(at).any(GIVEN));
    // `Minister of Health Jane Doe`, `Liberal John Smith`: the name begins inside the run.
    let inside = given.filter(|&at| at > run.start && at + 1 < run.end && !block.tokens.classes(at - 1).any(GIVEN));
    let name = match (phrase.name.is_empty(), describes, inside) {
        (true, _, Some(at)) if block.tokens.is_word(at - 1) => Range::new(at, run.end),
        (true, false, _) => run,
        _ => Range::new(run.end, run.end),
    };
    for at in (run.start..name.start).filter(|&at| block.tokens.is_word(at)) {
        phrase.nouns.push(seen.words.add(plain(block.tokens.word(at))));
    }
    if name.is_empty() {
        return;
    }
    phrase.name.extend(
        (name.start..name.end)
            .filter(|&at| block.tokens.is_word(at))
            .map(|at| seen.words.add(&unaccented(plain(block.tokens.word(at))))),
    );
    let first = block.tokens.classes(name.start);
    let body = (name.start..name.end).any(|at| block.tokens.classes(at).any(BODIES));
    if first.any(GIVEN) && !body && phrase.name.len() > 1 {
        seen.given_name = true;
    }
    if phrase.gender == Gender::Unknown && (!body || first.has(C::Feminine)) {
        phrase.gender = gender(first);
    }
    seen.of_place |= is_english(block) && phrase.name.len() > 1 && first.has(C::Place) && !first.any(GIVEN);
    let raw = block.raw(name);
    let letters = raw.chars().filter(|c| c.is_alphabetic()).count();
    seen.name_of_body |= body || (letters > 1 && !raw.chars().any(char::is_lowercase));
    if block.is(name.end - 1, C::Place) && phrase.gender == Gender::Unknown {
        seen.note(C::Place.into());
    }
    if body && !seen.person {
        seen.note(C::Organisation.into());
    }
}

const BODIES: WordClasses = WordClasses::of(&[C::Organisation, C::Medium, C::Document]);

fn take_noun(block: &BlockLayers<'_>, at: usize, phrase: &mut Phrase, seen: &mut Seen<'_>, under_preposition: bool) {
    let classes = block.tokens.classes(at);
    if !under_preposition {
        seen.note(classes);
        if phrase.gender == Gender::Unknown {
            phrase.gender = gender(classes);
        }
        let word = block.tokens.word(block.tokens.after(at) - 1);
        let plural = block.pack.capitals() == Capitals::Names && word.ends_with('s') && !word.ends_with("ss");
        phrase.plural |= phrase.name.is_empty() && is_head(classes) && plural;
    }
    let end = block.tokens.after(at);
    if classes.has(C::WholeTitle) {
        let title: Vec<&str> = (at..end).map(|at| block.tokens.word(at)).collect();
        phrase.nouns.push(seen.words.add(&title.join(" ")));
        return;
    }
    for word in (at..end).filter(|&at| block.tokens.is_word(at)) {
        let title = plain(block.tokens.word(word));
        // `Const. Ann Lee` is `the officer` later; the title itself comes last, as the head.
        phrase.nouns.extend(block.pack.offices(title).iter().map(|office| seen.words.add(office)));
        phrase.nouns.push(seen.words.add(title));
        // `der Minister` is the `Außenminister` of before.
        if block.pack.capitals() == Capitals::Nouns && !phrase.definite {
            let parts = german::last_parts(block.tokens.word(word), block.pack.lexicon());
            phrase.nouns.extend(parts.map(|part| seen.words.add(part)));
        }
    }
}

fn gender(classes: WordClasses) -> Gender {
    let masculine = classes.has(C::TitleMasculine) || classes.has(C::NameMasculine);
    let feminine = classes.any(WordClasses::of(&[C::TitleFeminine, C::NameFeminine, C::Feminine]));
    match (masculine, feminine) {
        (true, false) => Gender::Masculine,
        (false, true) => Gender::Feminine,
        _ => Gender::Unknown,
    }
}

/// A word of a name without accents: a page may write `François` and `Francois`.
fn unaccented(word: &str) -> Cow<'_, str> {
    match word.is_ascii() {
        true => Cow::Borrowed(word),
        false => Cow::Owned(word.nfd().filter(|&character| !is_combining_mark(character)).collect()),
    }
}

/// A folded word without the ending of a possessive.
fn plain(word: &str) -> &str {
    word.strip_suffix("'s").or_else(|| word.strip_suffix('\'')).unwrap_or(word)
}
