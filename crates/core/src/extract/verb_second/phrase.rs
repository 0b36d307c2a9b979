//! Noun phrases, read from left to right; all nouns have capitals.

use super::super::block::Range;
use super::{Reader, segment};
use crate::language::WordClass as C;
use crate::language::WordClasses;
use crate::language::german;

/// Personal and demonstrative pronouns that can be a whole noun phrase.
pub(super) const PRONOUNS: WordClasses =
    WordClasses::of(&[C::PronounMasculine, C::PronounFeminine, C::PronounPlural, C::PronounNeuter, C::PronounSpeech]);

const DETERMINERS: WordClasses = WordClasses::of(&[C::Determiner, C::Indefinite, C::Possessive, C::Demonstrative]);

/// What a noun phrase may hold beside its head.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tail {
    /// Genitives may follow: `der Sprecher | der Polizei`.
    pub(super) genitives: bool,
    /// An addition between commas may follow: `der Leiter des Amtes, Hans Müller,`.
    pub(super) appositions: bool,
}

/// The end of the noun phrase that begins at `start`; `None` if none does.
pub(super) fn end(reader: &Reader<'_, '_>, start: usize, tail: Tail) -> Option<usize> {
    let mut end = core(reader, start)?;
    for _ in 0..MOST_PARTS {
        let Some(more) = continued(reader, start, end, tail) else { break };
        end = more;
    }
    if tail.appositions
        && let Some(added) = apposition(reader, end)
    {
        end = added;
    }
    Some(end)
}

/// Genitives, names and prepositional phrases in a row are fewer.
const MOST_PARTS: usize = 8;

/// The end of determiner, adjectives and the nouns after them: `der 63 Jahre alte frühere Minister Hans Müller`.
fn core(reader: &Reader<'_, '_>, start: usize) -> Option<usize> {
    let tokens = &reader.block.tokens;
    let mut at = start;
    for _ in 0..MOST_BEFORE_NOUN {
        if let Some(end) = nouns(reader, at) {
            // `ein 64 Jahre alter Mann`: a measure before an adjective is not the head.
            let measured =
                tokens.is(end - 1, C::Unit) && is_attribute(reader, end) && nouns(reader, tokens.after(end)).is_some();
            if !measured {
                return Some(end);
            }
            at = end;
            continue;
        }
        let classes = tokens.classes(at);
        if at > start
            && at < reader.sentence.end
            && classes.has(C::Preposition)
            && !classes.has(C::Time)
            && is_determined(reader, start)
        {
            // `der für die Region zuständige Sprecher`
            let Some(end) = core(reader, tokens.after(at)).filter(|&end| is_inflected(reader, end)) else { break };
            at = end;
            continue;
        }
        let goes_on = at < reader.sentence.end
            && (classes.any(DETERMINERS) && (at == start || !classes.has(C::Negation))
                || is_attribute(reader, at)
                || (at == reader.sentence.start && is_attribute_first(reader, at))
                || (at > start && classes.any(WordClasses::of(&[C::Time, C::Label])))
                || (at > start && is_participle_before_noun(reader, start, at))
                || tokens.is_number(at)
                || (at > start && tokens.mark(at).is_some_and(|mark| matches!(mark, '-' | '%' | '.'))));
        if !goes_on {
            break;
        }
        at = tokens.after(at);
    }
    // `andere`, `beide`, `viele` alone.
    let alone = at > start && tokens.classes(start).any(WordClasses::of(&[C::Indefinite, C::Demonstrative]));
    (alone && reader.is(start, C::PronounPlural)).then_some(at)
}

fn is_determined(reader: &Reader<'_, '_>, start: usize) -> bool {
    reader.classes(start).any(DETERMINERS)
}

/// Between a determiner and its noun stand fewer words.
const MOST_BEFORE_NOUN: usize = 12;

/// Whether the word in small letters can be an adjective or participle before a noun, or belong to one.
fn is_attribute(reader: &Reader<'_, '_>, at: usize) -> bool {
    let tokens = &reader.block.tokens;
    let closed = WordClasses::of(&[
        C::Preposition,
        C::Negation,
        C::Complementiser,
        C::Subordinator,
        C::Interrogative,
        C::Coordinator,
        C::Time,
        C::Oblique,
    ])
    .with(super::FINITE);
    let classes = tokens.classes(at);
    tokens.is_word(at)
        && !reader.is_capitalised(at)
        && !classes.any(closed.with(PRONOUNS))
        && (!classes.has(C::Adverb) || classes.has(C::Adjective) || is_inflected(reader, tokens.after(at)))
        && (is_inflected(reader, at) || is_inflected(reader, tokens.after(at)))
}

/// `einer gestern | veröffentlichten | Mitteilung`: a participle that looks like a finite verb.
fn is_participle_before_noun(reader: &Reader<'_, '_>, start: usize, at: usize) -> bool {
    let helps = WordClasses::of(&[C::Auxiliary, C::PassiveAuxiliary, C::Future, C::Catenative]);
    let classes = reader.classes(at);
    let ending = german::has_adjective_ending(reader.block.tokens.word(at));
    // `die berichteten Zeugen` may be a relative clause.
    let determined = reader.classes(start).any(WordClasses::of(&[C::Oblique, C::Indefinite]))
        && !reader.classes(start).any(PRONOUNS.with(C::Relative.into()));
    determined
        && classes.has(C::Verb)
        && !classes.any(helps)
        && ending
        && !reader.is_capitalised(at)
        && noun(reader, reader.block.tokens.after(at)).is_some()
}

/// Whether the word has an ending of an adjective.
fn is_inflected(reader: &Reader<'_, '_>, at: usize) -> bool {
    let word = reader.block.tokens.word(at);
    let known = WordClasses::of(&[C::Verb, C::Preposition, C::Time, C::Adverb, C::Subordinator]);
    !reader.is_capitalised(at) && !reader.classes(at).any(known) && german::has_adjective_ending(word)
}

/// The end of the nouns and names in capitals, or the name in marks, that begin at `at`.
fn nouns(reader: &Reader<'_, '_>, at: usize) -> Option<usize> {
    let tokens = &reader.block.tokens;
    let mut end = noun(reader, at)?;
    while end < reader.sentence.end {
        let glued = tokens.touches_next(end - 1);
        match tokens.mark(end) {
            Some('-' | '/' | '&' | '\'' | '’' | '.')
                if glued && tokens.touches_next(end) && tokens.is_word(end + 1) =>
            {
                end += 2
            }
            Some('.') if glued && is_initial(reader, end - 1) && noun(reader, end + 1).is_some() => end += 1,
            Some('&') if noun(reader, end + 1).is_some() => end += 2,
            Some('(') => match segment::closing(reader.block, end, reader.sentence.end) {
                Some(close) if close - end <= LONGEST_IN_BRACKETS => end = close + 1,
                _ => break,
            },
            Some('-') if !glued => break,
            _ => match noun(reader, end) {
                Some(more) if !begins_anew(reader, end) => end = more,
                _ if is_name_particle(reader, end) => end = tokens.after(end),
                _ => break,
            },
        }
    }
    Some(end)
}

/// A party or age in brackets.
const LONGEST_IN_BRACKETS: usize = 9;

/// The end of the single noun, or short name in marks, at `at`.
fn noun(reader: &Reader<'_, '_>, at: usize) -> Option<usize> {
    let tokens = &reader.block.tokens;
    if at >= reader.sentence.end {
        return None;
    }
    if let Some(quotation) = reader.block.quotation_opened_at(at) {
        let name = quotation.closed
            && quotation.len() <= LONGEST_NAME
            && (quotation.start..quotation.end).any(|at| reader.is_capitalised(at));
        return name.then_some(quotation.close);
    }
    let no_noun = WordClasses::of(&[
        C::Determiner,
        C::Indefinite,
        C::Possessive,
        C::Preposition,
        C::Time,
        C::Complementiser,
        C::Subordinator,
        C::Coordinator,
        C::Interrogative,
        C::Weekday,
        C::Month,
    ]);
    let classes = tokens.classes(at);
    let capital = tokens.is_word(at) && (reader.is_capitalised(at) || is_written_name(reader, at));
    let first = at == reader.sentence.start
        && (classes.any(WordClasses::of(&[C::Adverb, C::Verb, C::Auxiliary])) || is_attribute_first(reader, at));
    (capital && !classes.any(no_noun.with(PRONOUNS)) && !first).then(|| tokens.after(at))
}

/// Whether a word in small letters is a name all the same: `n24`, `eBay`, `tagesschau24`.
fn is_written_name(reader: &Reader<'_, '_>, at: usize) -> bool {
    let Some(token) = reader.block.tokens.get(at) else { return false };
    let word = token.span.of(reader.block.text);
    word.starts_with(char::is_alphabetic) && word.chars().skip(1).any(|c| c.is_uppercase() || c.is_ascii_digit())
}

/// A name in marks has fewer tokens.
const LONGEST_NAME: usize = 7;

/// Whether the capital at the beginning of the sentence is an adjective's: `Deutsche Politiker`.
fn is_attribute_first(reader: &Reader<'_, '_>, at: usize) -> bool {
    let word = reader.block.tokens.word(at);
    let adjective = german::has_adjective_ending(word);
    let known = WordClasses::of(&[
        C::Person,
        C::Group,
        C::Organisation,
        C::Document,
        C::NameMasculine,
        C::NameFeminine,
        C::Noun,
        C::Title,
        C::Statement,
    ]);
    adjective && reader.classes(at).is_empty() && !reader.classes(at).any(known) && {
        let next = reader.block.tokens.after(at);
        reader.is_capitalised(next) && reader.classes(next).any(known)
    }
}

fn is_initial(reader: &Reader<'_, '_>, at: usize) -> bool {
    reader.is(at, C::Abbreviation) || reader.block.tokens.word(at).chars().count() <= 2
}

/// Whether a noun after a noun is another's: a weekday, or an addressee.
fn begins_anew(reader: &Reader<'_, '_>, at: usize) -> bool {
    let new = WordClasses::of(&[C::Weekday, C::Month]);
    reader.classes(at).any(new) || (reader.block.quotation_opened_at(at).is_some() && reader.is_sealed(at))
}

fn is_name_particle(reader: &Reader<'_, '_>, at: usize) -> bool {
    let small = reader.block.tokens.is_word(at) && reader.is(at, C::Link);
    small && noun(reader, reader.block.tokens.after(at)).is_some()
}

/// The end of what goes on with the noun phrase from `start` at `at`: a genitive, a prepositional phrase, a second noun phrase.
fn continued(reader: &Reader<'_, '_>, start: usize, at: usize, tail: Tail) -> Option<usize> {
    let tokens = &reader.block.tokens;
    let classes = tokens.classes(at);
    if at >= reader.sentence.end {
        return None;
    }
    let next = tokens.after(at);
    if classes.has(C::Genitive) && tail.genitives {
        // `sagte Müller | der Zeitung`: a name takes no genitive, and a medium is spoken to.
        let end = core(reader, at)?;
        let spoken_to =
            tokens.word(at).ends_with("er") && (next..end).any(|at| reader.is(at, C::Medium)) && tail.appositions;
        return (!spoken_to).then_some(end);
    }
    // `Einschätzung | politischer Beobachter`
    let bare_genitive =
        tail.genitives && at == tokens.after(head_before(reader, at)) && german::has_genitive_ending(tokens.word(at));
    if bare_genitive
        && is_attribute(reader, at)
        && reader.classes(head_before(reader, at)).any(WordClasses::of(&[C::Statement, C::Opinion]))
    {
        return nouns(reader, next);
    }
    if classes.has(C::Link) {
        // `laut dem Bericht | für diese Fahrten …`: what points back belongs to the clause.
        return core(reader, next).filter(|_| !reader.is(at, C::Time) && !reader.is(next, C::Demonstrative));
    }
    if classes.has(C::Coordinator) {
        let end = core(reader, next)?;
        let verb_follows = reader.is_finite(end) && !reader.is_finite(start.saturating_sub(1));
        return (!verb_follows || tail.genitives).then_some(end).filter(|_| !reader.is_finite(next));
    }
    None
}

/// The word before `at`.
fn head_before(reader: &Reader<'_, '_>, at: usize) -> usize {
    reader.before(at).unwrap_or(at)
}

/// The end of what is added between commas at the comma `at`: a name, or an office without a verb.
fn apposition(reader: &Reader<'_, '_>, at: usize) -> Option<usize> {
    if !reader.is_comma(at) {
        return None;
    }
    let tail = Tail { genitives: true, appositions: false };
    let named = reader.is_capitalised(at + 1) || reader.classes(at + 1).any(DETERMINERS);
    let end = end(reader, at + 1, tail).filter(|_| named)?;
    (reader.ends_at(end) && end > at + 1).then_some(end)
}

/// The start of the noun phrase that ends before `end`: `[ersten Angaben] zufolge`, `[Ermittlungen der Polizei] zufolge`.
pub(super) fn start(reader: &Reader<'_, '_>, end: usize) -> Option<usize> {
    let floor = reader.segment(reader.segment_of(end.checked_sub(1)?)).start.max(end.saturating_sub(MOST_TOKENS));
    let whole = Tail { genitives: true, appositions: false };
    let candidate = |&from: &usize| {
        self::end(reader, from, whole) == Some(end)
            && !reader.block.tokens.get(from).is_some_and(|token| token.inside_phrase)
    };
    let mut best = (floor..end).rev().find(candidate)?;
    // A longer phrase only where a genitive or adjective holds its parts together.
    while let Some(from) = (floor..best).rev().take(MOST_BEFORE_NOUN).find(candidate) {
        best = from;
    }
    Some(best)
}

/// A noun phrase before its preposition has fewer tokens.
const MOST_TOKENS: usize = 30;

/// The first token of the phrase's head, after determiners and adjectives; `start` if it has none.
pub(super) fn head(reader: &Reader<'_, '_>, range: Range) -> usize {
    let plain = |at: &usize| reader.is_capitalised(*at) && !reader.classes(*at).any(DETERMINERS);
    (range.start..range.end).find(plain).unwrap_or(range.start)
}

impl Reader<'_, '_> {
    /// Whether the quotation opened at `open` is a statement, not a name: it is long, closes with a mark or begins with a
    /// small letter, as what follows a source does: `laut X „sind die Deiche zu niedrig“`.
    pub(super) fn is_sealed(&self, open: usize) -> bool {
        let Some(quotation) = self.block.quotation_opened_at(open) else { return false };
        let last = quotation.end.checked_sub(1).and_then(|at| self.mark(at));
        let small = self.block.tokens.is_word(quotation.start) && !self.is_capitalised(quotation.start);
        quotation.len() > LONGEST_NAME || small || matches!(last, Some('.' | '!' | '?' | '…' | ','))
    }
}
