//! What only French needs of prepositions that attribute: who stands after «selon» and «pour», and of what.

use super::super::block::Range;
use super::Reader;
use super::channel::SOURCES;
use super::finite::FINITE;
use crate::language::WordClass as C;
use crate::language::WordClasses;
use crate::language::cue::{CueKind, Features};

/// The part of `who` that is the source before a clause: «Selon X, | la loi …».
///
/// Of the parts between commas only what adds to a name goes with it: an office, an age, or the name of an office.
pub(super) fn leading_source(reader: &Reader<'_, '_>, who: Range) -> Range {
    let tokens = &reader.block.tokens;
    let commas = (who.start..who.end.min(reader.sentence.end)).filter(|&at| reader.is_comma(at));
    let bounds: Vec<usize> = commas.chain([who.end]).collect();
    let mut end = bounds.first().copied().unwrap_or(who.end);
    let named = |from: usize, to: usize| (from..to).any(|at| reader.is_capitalised(at) && tokens.is_word(at));
    let office = |at: usize| tokens.classes(at).any(PEOPLE);
    // «Selon son avocate, Me Pappou, | M. Roy, 71 ans, est malade»: a title before a name names somebody else.
    let entitled = |at: usize| {
        let next = tokens.after(at);
        reader.is_capitalised(next + usize::from(reader.mark(next) == Some('.')))
    };
    // «le maire de Velm, | Paul Maas»
    let name = |from: usize, to: usize| {
        (from..to).all(|at| reader.is_capitalised(at) || tokens.is(at, C::NameParticle) || reader.mark(at) == Some('-'))
    };
    for &bound in bounds.iter().skip(1) {
        let start = end + 1;
        let mut noun = start;
        while noun < bound && tokens.classes(noun).any(WordClasses::of(&[C::Determiner, C::Possessive, C::Adjective])) {
            noun = tokens.after(noun);
        }
        let age = tokens.is_number(start) && tokens.is(start + 1, C::Unit) && bound == start + 2;
        let added = match named(who.start + 1, end) {
            true => age || (office(noun) && !entitled(noun)) || (name(start, bound) && (who.start..end).any(office)),
            // «le maire, Jean Roy», «le maire, le socialiste Jean Roy»
            false => {
                let named = reader.is_capitalised(noun) || (office(noun) && entitled(noun));
                named && (who.start..end).any(office)
            }
        };
        let closed = reader.is_comma(bound) || bound + 1 >= reader.sentence.end;
        if !added || !closed || tokens.classes(tokens.after(bound)).has(C::Relative) {
            break;
        }
        end = bound;
    }
    Range::new(who.start, with_participle(reader, end))
}

/// The comma after the participle at `end` that adds to a source: «Selon un responsable | ayant requis l'anonymat, …»,
/// «Selon un sondage publié | jeudi, …».
fn with_participle(reader: &Reader<'_, '_>, end: usize) -> usize {
    let tokens = &reader.block.tokens;
    let published = reader.before(end).is_some_and(|last| reader.syntax().opens_participle(reader, last));
    let participle = published
        || tokens.is(end, C::AuxiliaryParticiple)
        || reader.block.cues(end).any(|(form, entry)| {
            entry.kind == CueKind::Verb && form.features.any(Features::PARTICIPLE) && !reader.is_capitalised(end)
        });
    let rest =
        (end + 1..reader.horizon(end).min(end + LONGEST_ADDITION)).take_while(|&at| !tokens.classes(at).any(FINITE));
    rest.into_iter().find(|&at| reader.is_comma(at)).filter(|_| participle).unwrap_or(end)
}

/// What a participle adds to its noun has fewer tokens.
const LONGEST_ADDITION: usize = 16;

/// The token after the relative clause that begins at `at` between commas: «Selon X, qui était là, | …»; `at` without one.
pub(super) fn after_relative(reader: &Reader<'_, '_>, at: usize) -> usize {
    let tokens = &reader.block.tokens;
    if !tokens.is(at, C::Relative) {
        return at;
    }
    let mut end = at;
    while end < reader.horizon(at) {
        if reader.is_comma(end) {
            return end + 1;
        }
        end = reader.block.step(end).max(end + 1);
    }
    at
}

const PEOPLE: WordClasses = WordClasses::of(&[C::Person, C::Title, C::TitleMasculine, C::TitleFeminine]);

/// Whether a phrase after «selon» at `at` names by what something differs, and nobody: «selon leur poids», «selon la saison».
pub(super) fn is_measure(reader: &Reader<'_, '_>, at: usize, who: Range) -> bool {
    let tokens = &reader.block.tokens;
    let speaks = |at: usize| {
        tokens.classes(at).any(SOURCES.with(WordClasses::of(&[C::Place, C::Organisation]))) || reader.is_capitalised(at)
    };
    let owned = tokens.is(who.start, C::Possessive);
    let noun = tokens.after(who.start);
    // «…, d'après ses initiateurs»: no list holds everybody who can speak, and a measure has no comma before it.
    let apart = reader.before(at).is_some_and(|head| reader.is_comma(head)) && tokens.classes(noun).is_empty();
    ((owned && !apart) || tokens.is(noun, C::Noun)) && !(who.start..who.end).any(speaks)
}

/// Whether what `content` holds after «pour X» is X's opinion, not what the narrator says about X.
///
/// Of a person a judgement or a quotation tells, of a body that it begins as one.
pub(super) fn is_opinion_of(reader: &Reader<'_, '_>, who: Range, content: Range) -> bool {
    let tokens = &reader.block.tokens;
    let any = |classes: WordClasses| (who.start..who.end).any(|at| tokens.classes(at).any(classes));
    let person = any(PEOPLE.with(WordClasses::of(&[C::NameMasculine, C::NameFeminine])).with(SINGLE));
    let body = any(WordClasses::of(&[C::Group, C::Organisation, C::Anonymous]));
    match () {
        () if person => is_opinion(reader, content),
        () => body && opens_opinion(reader, content),
    }
}

/// Pronouns for one person.
const SINGLE: WordClasses = WordClasses::of(&[C::PronounMasculine, C::PronounFeminine]);

/// Whether `range` begins as a judgement or holds a quotation: «Pour les syndicats, | c'est un recul», «…, | cette annonce …».
fn opens_opinion(reader: &Reader<'_, '_>, range: Range) -> bool {
    let judged = WordClasses::of(&[C::PronounNeuter, C::Impersonal, C::Demonstrative]);
    let opens = reader.block.tokens.classes(range.start).any(judged);
    let quoted = |at: usize| reader.block.quotation_opened_at(at).is_some_and(|quoted| quoted.len() > 1);
    opens || (range.start..range.end).any(quoted)
}

/// Whether `range` is a judgement: «Pour M. Hall, la loi | est inutile».
fn is_opinion(reader: &Reader<'_, '_>, range: Range) -> bool {
    let tokens = &reader.block.tokens;
    let first = (range.start..range.end).find(|&at| tokens.classes(at).any(FINITE));
    opens_opinion(reader, range)
        || first.is_some_and(|at| tokens.is(at, C::PassiveAuxiliary))
        || (range.start..range.end).any(|at| tokens.is(at, C::Expectation))
}

/// Whether the relative pronoun at `start` opens the clause that the attribution at `at` is about, and nothing before it:
/// «…, où les combats ont fait, | selon elle, cent morts», «…, dont le foyer se situe ici | selon l'institut, …».
pub(super) fn opens_relative(reader: &Reader<'_, '_>, start: usize, at: usize) -> bool {
    let tokens = &reader.block.tokens;
    if !tokens.is(start, C::Relative) {
        return false;
    }
    let comma = reader.before(at).filter(|&head| reader.is_comma(head));
    let last = comma.unwrap_or(at);
    let next = tokens.after(start);
    let nonrestrictive = reader.before(start).is_some_and(|head| reader.is_comma(head));
    let inserted = || (at..reader.horizon(at).min(at + LONGEST_ADDITION)).any(|at| reader.is_comma(at));
    let whole = || !(next..last).any(|at| reader.is_comma(at));
    next == last || (nonrestrictive && whole() && (comma.is_none() || inserted()))
}
