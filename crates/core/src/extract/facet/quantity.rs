//! Quantities: a number with what bounds it and what it counts.
//!
//! Dates, times of day, ordinals, scores and numbers that are part of a name are none. A range (`10-15 people`,
//! `between 10 and 15 people`) is two quantities of one unit, so that a change of either end shows.

use super::super::block::{BlockLayers, Range};
use super::number::{self, Number};
use crate::claim::{Comparison, Quantity};
use crate::language::arabic;
use crate::language::{Capitals, Convention, Morphology, WordClass, WordClasses, english, german};

/// Appends the quantities of some sentences of the block.
pub(super) fn find(block: &BlockLayers<'_>, sentences: Range, quantities: &mut Vec<Quantity>) {
    let mut at = sentences.start;
    // The first end of a range waits for the unit that stands after the second.
    let mut waiting: Option<Quantity> = None;
    while at < sentences.end {
        let Some(number) = Some(at).filter(|&at| block.tokens.may_count(at)).and_then(|at| number::at(block, at))
        else {
            at = block.tokens.after(at);
            continue;
        };
        let found = read(block, number);
        let next = found.as_ref().map_or(number.end, |found| found.range.end);
        if let Some(mut first) = waiting.take()
            && let Some(Found { quantity, .. }) = &found
            && quantity.unit.is_some()
        {
            first.unit.clone_from(&quantity.unit);
            quantities.push(first);
        }
        match found {
            Some(found) if found.quantity.unit.is_none() && opens_range(block, next) => waiting = Some(found.quantity),
            Some(found) if found.quantity.unit.is_some() || !is_bare_score(block, number) => {
                quantities.push(found.quantity);
            }
            _ => {}
        }
        at = next.max(at + 1);
    }
}

struct Found {
    quantity: Quantity,
    range: Range,
}

/// The quantity of a number; `None` if the number is not one of something.
fn read(block: &BlockLayers<'_>, number: Number) -> Option<Found> {
    let (mut start, mut end) = (number.start, number.end);
    let mut unit: Option<Range> = None;
    if start > 0 && number::is_currency(block, start - 1) {
        let symbol = start - 1;
        let country = symbol > 0 && block.tokens.is_word(symbol - 1) && block.tokens.touches_next(symbol - 1);
        start = if country { symbol - 1 } else { symbol };
        unit = Some(Range::new(start, symbol + 1));
    }
    let minus = start > 0 && matches!(block.tokens.mark(start - 1), Some('-' | '−')) && is_sign(block, start - 1);
    start -= usize::from(minus);
    let (mut comparison, with_comparison) = comparison_before(block, start);
    start = with_comparison;
    let after = if number.unit_inside { None } else { unit_after(block, number) };
    match (unit, after) {
        // `$5 US`, `5 million dollars`: the sign is the unit, and a currency word after it belongs to the expression.
        (None, Some(written)) => (unit, end) = (Some(written), written.end),
        (Some(_), Some(written)) if is_money_word(block, written) => end = written.end,
        _ => {}
    }
    if unit.is_none() && comparison == Comparison::Exactly && is_name_or_date(block, number) {
        return None;
    }
    if is_written_on(block, number) || is_date(block, number, unit, comparison) || !is_part_of_something(block, number)
    {
        return None;
    }
    if comparison == Comparison::Exactly
        && let Some(after) = comparison_after(block, end)
    {
        (comparison, end) = (after, block.tokens.after(end));
    }
    if number.multiples && comparison == Comparison::Exactly {
        comparison = Comparison::MultiplesOf;
    }
    let span = without_particle(block, start, block.tokens.span(start, end));
    let quantity = Quantity {
        text: span.of(block.text).to_owned(),
        value: if minus { -number.value } else { number.value },
        comparison,
        unit: match unit {
            Some(unit) => Some(block.raw(unit).to_owned()),
            None if number.unit_inside => unit_inside(block, number),
            None => None,
        },
        start: span.start,
        end: span.end,
    };
    Some(Found { quantity, range: Range::new(start, end) })
}

/// The word of comparison right before `start`, and where the expression begins with it.
fn comparison_before(block: &BlockLayers<'_>, start: usize) -> (Comparison, usize) {
    let Some(before) = start.checked_sub(1).map(|last| block.tokens.head(last)) else {
        return (Comparison::Exactly, start);
    };
    match comparison(block, before) {
        Some(comparison) if block.tokens.after(before) == start => (comparison, before),
        _ => (Comparison::Exactly, start),
    }
}

/// The words of comparison that can stand after a number and its unit: `or more`, «على الأقل».
fn comparison_after(block: &BlockLayers<'_>, at: usize) -> Option<Comparison> {
    let next_is_number = number::at(block, block.tokens.after(at)).is_some();
    (block.is(at, WordClass::AfterNumber) && !next_is_number).then(|| comparison(block, at)).flatten()
}

fn comparison(block: &BlockLayers<'_>, at: usize) -> Option<Comparison> {
    const WORDS: [(WordClass, Comparison); 5] = [
        (WordClass::AtLeast, Comparison::AtLeast),
        (WordClass::AtMost, Comparison::AtMost),
        (WordClass::MoreThan, Comparison::MoreThan),
        (WordClass::LessThan, Comparison::LessThan),
        (WordClass::About, Comparison::About),
    ];
    WORDS.iter().find(|(class, _)| block.is(at, *class)).map(|(_, comparison)| *comparison)
}

/// Classes whose words never count: what follows a number and is one of them is not its unit.
const NO_UNIT: WordClasses = WordClasses::of(&[
    WordClass::Adverb,
    WordClass::AfterNumber,
    WordClass::Auxiliary,
    WordClass::Circumstance,
    WordClass::Complementiser,
    WordClass::Coordinator,
    WordClass::Demonstrative,
    WordClass::Determiner,
    WordClass::Function,
    WordClass::Future,
    WordClass::Hedge,
    WordClass::Month,
    WordClass::Negation,
    WordClass::Possessive,
    WordClass::Preposition,
    WordClass::PronounFeminine,
    WordClass::PronounMasculine,
    WordClass::PronounNeuter,
    WordClass::PronounPlural,
    WordClass::PronounSpeech,
    WordClass::Relative,
    WordClass::Subordinator,
    WordClass::Time,
    WordClass::Verb,
    WordClass::Weekday,
]);

/// The unit or counted noun after a number.
fn unit_after(block: &BlockLayers<'_>, number: Number) -> Option<Range> {
    let tokens = &block.tokens;
    let mut at = number.end;
    if matches!(tokens.mark(at), Some('%' | '٪' | '°'))
        || (number::is_currency(block, at) && block.pack.follows(Convention::SignAfterNumber))
    {
        return Some(Range::new(at, at + 1));
    }
    // `10-year-old`, `five-kilometre`: the unit is written on with a hyphen.
    if tokens.mark(at) == Some('-') && tokens.touches_next(at) && tokens.is_word(at + 1) {
        at += 1;
    }
    // «10 millions d'euros», `a third of residents`, `hundreds of residents`
    let partitive = !number.digits && block.pack.follows(Convention::PartitiveNumbers);
    let counts = number.value < 1.0 || number.multiples || partitive;
    if counts && block.is(at, WordClass::Partitive) {
        at += 1;
    }
    if block.is(at, WordClass::Unit) {
        return Some(Range::new(at, tokens.after(at)));
    }
    let skip = (0..MOST_ADJECTIVES).find(|ahead| !block.is(at + ahead, WordClass::Adjective)).unwrap_or_default();
    if block.pack.capitals() == Capitals::Nouns {
        return capital_noun(block, at, number);
    }
    // An adjective stands before an English noun and after an Arabic one.
    if block.pack.morphology() != Morphology::Arabic && is_noun(block, at + skip, number) {
        at += skip;
    }
    is_noun(block, at, number).then(|| Range::new(at, compound_end(block, at, number)))
}

/// Where the unit ends that begins with the noun at `at`: a number above one counts a plural, so that a singular noun before
/// one is a part of it, as in `120,000 patient records`.
fn compound_end(block: &BlockLayers<'_>, at: usize, number: Number) -> usize {
    let tokens = &block.tokens;
    let end = tokens.after(at);
    let compounds = block.pack.morphology() == Morphology::Plain && number.value > 1.0;
    let is_plural = |at: usize| english::is_plural_noun(tokens.word(at));
    match compounds && !is_plural(at) && is_plural(end) && is_noun(block, end, number) {
        true => tokens.after(end),
        false => end,
    }
}

/// Where nouns have capitals: the first noun, past adjectives in small letters.
fn capital_noun(block: &BlockLayers<'_>, at: usize, number: Number) -> Option<Range> {
    let tokens = &block.tokens;
    let capital =
        |at: usize| tokens.get(at).is_some_and(|token| token.span.of(block.text).starts_with(char::is_uppercase));
    let adjective = |&ahead: &usize| {
        let word = at + ahead;
        tokens.is_word(word)
            && !capital(word)
            && (tokens.is(word, WordClass::Verb) || !tokens.classes(word).any(NO_UNIT))
            && german::has_adjective_ending(tokens.word(word))
    };
    let noun = at + (0..MOST_ADJECTIVES).take_while(adjective).count();
    (capital(noun) && is_noun(block, noun, number)).then(|| Range::new(noun, tokens.after(noun)))
}

/// `five new part-time jobs`: more adjectives than these make a description, not a unit.
const MOST_ADJECTIVES: usize = 3;

fn is_noun(block: &BlockLayers<'_>, at: usize, number: Number) -> bool {
    let word = block.tokens.word(at);
    // «طالبا» demands, too, and is a noun after a number.
    let person = word.strip_suffix('ا').unwrap_or(word);
    let finite = block.cue_with(at, crate::language::cue::Features::FINITE).is_some()
        && !block.pack.classes(person).has(WordClass::Person);
    let definite = block.pack.morphology() == Morphology::Arabic && arabic::is_definite(word);
    let letters = word.chars().nth(1).is_some();
    block.tokens.is_word(at)
        && letters
        && !block.tokens.classes(at).any(NO_UNIT)
        && block.tokens.number(at).is_none()
        && number::digits_at(block, at).is_none()
        && !finite
        && (!definite || number.value < 1.0 || number.multiples)
}

/// Whether the unit after a sum of money names the currency again.
fn is_money_word(block: &BlockLayers<'_>, unit: Range) -> bool {
    block.is(unit.start, WordClass::Unit) && block.tokens.is_word(unit.start)
}

/// Whether the number belongs to a name (`COVID-19`, `Bill 21`, «القرار 2254») or a date.
fn is_name_or_date(block: &BlockLayers<'_>, number: Number) -> bool {
    let tokens = &block.tokens;
    let Some(before) = number.start.checked_sub(1) else { return false };
    if !number.digits {
        return false;
    }
    if block.pack.morphology() == Morphology::Arabic {
        let digits_only = number.value.fract() == 0.0;
        return digits_only && (arabic::is_definite(tokens.word(before)) || block.is(before, WordClass::Unit));
    }
    let first = block.sentence(number.start).start;
    if block.pack.capitals() == Capitals::Nouns && !tokens.is(before, WordClass::Label) {
        return false;
    }
    let name = tokens.get(before).is_some_and(|token| token.span.of(block.text).starts_with(char::is_uppercase));
    name && before > first && tokens.is_word(before)
}

/// Whether a mark joins the number to a word or number before it: `COVID-19`, `5:30`, `9/11`. The second end of a
/// range stays one.
fn is_written_on(block: &BlockLayers<'_>, number: Number) -> bool {
    let Some(before) = number.start.checked_sub(2) else { return false };
    let mark = before + 1;
    let word = block.tokens.mark(before).is_none();
    let joined = word && block.tokens.touches_next(mark) && block.tokens.touches_next(before);
    let range = matches!(block.tokens.mark(mark), Some('-' | '–' | '—')) && block.tokens.is_number(before);
    number.digits
        && joined
        && !range
        && matches!(block.tokens.mark(mark), Some('-' | '–' | ':' | '/' | '.' | '_' | '#'))
}

/// Whether the number is a year, a day of a month or a time of day.
fn is_date(block: &BlockLayers<'_>, number: Number, unit: Option<Range>, comparison: Comparison) -> bool {
    let tokens = &block.tokens;
    if !number.digits {
        return false;
    }
    // `am 3. Oktober`, `die 19. Sitzung`: an ordinal where nouns have capitals.
    let stop = tokens.mark(number.end) == Some('.') && tokens.touches_next(number.start);
    if stop && block.pack.capitals() == Capitals::Nouns && number.end + 1 < block.sentence(number.start).end {
        return true;
    }
    let whole = number.value.fract() == 0.0;
    let known_unit =
        unit.is_some_and(|unit| block.is(unit.start, WordClass::Unit) || tokens.mark(unit.start).is_some());
    let before =
        number.start.checked_sub(1).map(|at| if tokens.mark(at) == Some('.') { at.saturating_sub(1) } else { at });
    let month = |at: usize| {
        let capital = tokens.get(at).is_some_and(|token| !token.span.of(block.text).starts_with(char::is_lowercase));
        block.is(at, WordClass::Month) && (capital || block.pack.follows(Convention::SmallMonths))
    };
    if month(number.end) || before.is_some_and(|at| month(tokens.head(at))) {
        return true;
    }
    if before.is_some_and(|at| block.is(at, WordClass::Label)) {
        return !known_unit;
    }
    let clock = matches!(tokens.mark(number.end), Some(':' | '/')) && tokens.touches_next(number.start);
    if (clock && tokens.is_number(number.end + 1))
        || (whole && number.value <= 24.0 && block.is(number.end, WordClass::Time))
    {
        return true;
    }
    let calendar = before.is_some_and(|at| block.is(at, WordClass::Unit) || block.is(at, WordClass::Time));
    if calendar && !known_unit && whole && block.pack.morphology() == Morphology::Arabic {
        return true;
    }
    // `the 2021 census`, «2021»: a bare row of four digits is a year unless something bounds or measures it.
    let digits = number::digits_at(block, number.start);
    let four_digits = digits.is_some_and(|digits| digits.len() == 4) && number.end == number.start + 1;
    four_digits && (1900.0..2100.0).contains(&number.value) && whole && !known_unit && comparison == Comparison::Exactly
}

/// Whether a part (`half`, «ثلث») is one of something: an adverb, a half of a match or a name is none.
fn is_part_of_something(block: &BlockLayers<'_>, number: Number) -> bool {
    const WHOLE: WordClasses = WordClasses::of(&[
        WordClass::Partitive,
        WordClass::Determiner,
        WordClass::Possessive,
        WordClass::Demonstrative,
    ]);
    number.value <= 0.0
        || number.value > 0.5
        || number.digits
        || block.pack.morphology() == Morphology::Arabic
        || block.tokens.classes(number.end).any(WHOLE)
}

/// Whether the mark at `at` is the sign of a number and not a hyphen or dash.
fn is_sign(block: &BlockLayers<'_>, at: usize) -> bool {
    // `“-3%`: a mark before it is no word that the dash could part.
    block.tokens.touches_next(at)
        && (at == 0 || !block.tokens.touches_next(at - 1) || block.tokens.mark(at - 1).is_some())
}

/// Whether a second number follows that ends a range.
fn opens_range(block: &BlockLayers<'_>, at: usize) -> bool {
    let dash = matches!(block.tokens.mark(at), Some('-' | '–' | '—' | '−'));
    let word = block.tokens.classes(at).any(WordClasses::of(&[
        WordClass::Preposition,
        WordClass::Circumstance,
        WordClass::Coordinator,
    ]));
    let second = if dash || word { at + 1 } else { at };
    let arabic_and = block.tokens.word(at).starts_with('و');
    (dash || word || arabic_and) && number::at(block, second).is_some_and(|next| next.start == second)
}

/// Whether the number is one side of a score or of a row of numbers: `3-1`.
fn is_bare_score(block: &BlockLayers<'_>, number: Number) -> bool {
    let dash = |at: usize| matches!(block.tokens.mark(at), Some('-' | '–' | ':' | '/'));
    let before = number.start > 1 && dash(number.start - 1) && block.tokens.is_number(number.start - 2);
    let after = dash(number.end) && block.tokens.is_number(number.end + 1);
    number.digits && (before || after)
}

/// The unit written on to the digits: `km` of `10km`.
fn unit_inside(block: &BlockLayers<'_>, number: Number) -> Option<String> {
    let raw = block.raw(Range::new(number.start, number.end));
    let unit = raw.trim_start_matches(|c: char| !c.is_alphabetic());
    (!unit.is_empty()).then(|| unit.to_owned())
}

/// The span without a particle written on to its first word or digits: «وأكثر من 5», «و12».
fn without_particle(block: &BlockLayers<'_>, start: usize, span: crate::Span) -> crate::Span {
    let Some(token) = block.tokens.get(start) else { return span };
    let text = span.of(block.text);
    let length = if token.proclitics.any(arabic::Proclitics::CONJUNCTION) {
        text.chars().next().map_or(0, char::len_utf8)
    } else if !block.tokens.is_number(start) && number::digits_at(block, start).is_some() {
        text.find(char::is_numeric).unwrap_or_default()
    } else {
        0
    };
    crate::Span::new(span.start + length, span.end)
}

#[cfg(test)]
mod tests;
