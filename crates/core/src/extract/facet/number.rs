//! A number expression: digits, number words or both («100 ألف», `twenty-five`, `5.2 million`).

use super::super::block::BlockLayers;
use super::digits::{self, Marks};
use crate::language::arabic::Proclitics;
use crate::language::{Capitals, Convention, Morphology, WordClass, german};

/// A number in a block.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Number {
    pub(super) value: f64,
    /// The first token.
    pub(super) start: usize,
    /// The token after the last.
    pub(super) end: usize,
    /// Whether it is written in digits alone.
    pub(super) digits: bool,
    /// Whether letters that are a unit are written on to the digits (`10km`).
    pub(super) unit_inside: bool,
    /// Whether it tells of several of its value (`dozens`, «مئات»).
    pub(super) multiples: bool,
}

/// Longer rows of number words are lists.
const MOST_WORDS: usize = 12;

/// The number that begins at the token `at`.
pub(super) fn at(block: &BlockLayers<'_>, at: usize) -> Option<Number> {
    match digits_at(block, at) {
        Some(digits) => in_digits(block, at, digits),
        None => several(block, at).or_else(|| in_words(block, at)),
    }
}

/// The digits of the token at `at`, without Arabic particles that are written on to them («و12», «بـ40»); `None` if it is
/// written otherwise.
pub(super) fn digits_at<'b>(block: &'b BlockLayers<'_>, at: usize) -> Option<&'b str> {
    let word = block.tokens.word(at);
    if block.tokens.is_number(at) {
        return Some(word);
    }
    if block.pack.morphology() != Morphology::Arabic || !block.tokens.is_word(at) {
        return None;
    }
    let rest = word.strip_prefix(['و', 'ف']).unwrap_or(word);
    let rest = rest.strip_prefix(['ب', 'ل', 'ك']).unwrap_or(rest);
    rest.starts_with(|first: char| first.is_ascii_digit()).then_some(rest)
}

/// A word that tells of several of its value.
fn several(block: &BlockLayers<'_>, at: usize) -> Option<Number> {
    let several = block.tokens.is_multiples(at) || block.tokens.is_counted_number(at);
    let value = block.tokens.number(at).filter(|_| several)?;
    let end = block.tokens.after(at);
    Some(Number { value, start: at, end, digits: false, unit_inside: false, multiples: true })
}

fn in_digits(block: &BlockLayers<'_>, at: usize, digits: &str) -> Option<Number> {
    let (mut value, suffix) = digits::read(digits, marks(block))?;
    let mut number = Number { value, start: at, end: at + 1, digits: true, unit_inside: false, multiples: false };
    while let Some(group) = spaced_group(block, number.end) {
        value = value * 1000.0 + group;
        number.end += 1;
    }
    number.value = value;
    if !suffix.is_empty() {
        let after_currency = at > 0 && is_currency(block, at - 1);
        match block.pack.number(suffix).or_else(|| short_multiplier(suffix).filter(|_| after_currency)) {
            Some(factor) if factor >= 100.0 => (number.value, number.digits) = (number.value * factor, false),
            _ if block.pack.lexicon().find(suffix).is_some_and(|id| {
                block.pack.lexicon().entry(id).is_some_and(|entry| entry.classes.has(WordClass::Unit))
            }) =>
            {
                number.unit_inside = true;
            }
            _ => return None,
        }
        return Some(number);
    }
    if let Some((factor, end)) = multiplier(block, number.end) {
        (number.value, number.end, number.digits) = (number.value * factor, end, false);
        if let Some((more, end)) = rest_after_multiplier(block, number.end, factor) {
            (number.value, number.end) = (number.value + more, end);
        }
    }
    Some(number)
}

/// Adds up number words: `two hundred and five thousand`, «خمسة وعشرون ألفا».
fn in_words(block: &BlockLayers<'_>, start: usize) -> Option<Number> {
    let first = word(block, start)?;
    let (mut total, mut group, mut end) = (0.0, first, block.tokens.after(start));
    let mut last = first;
    for _ in 0..MOST_WORDS {
        let Some((next, value)) = next_word(block, end, last) else { break };
        match value {
            // A thousand multiplies what was counted; so does a hundred, which Arabic also writes as one word.
            _ if value >= 1000.0 && !is_multiple(value) => {
                // «نصف مليون» is half of it, «ألف» alone one.
                total += if group > 0.0 { group * value } else { value };
                group = 0.0;
            }
            100.0 => group *= 100.0,
            _ => group += value,
        }
        (last, end) = (value, block.tokens.after(next));
    }
    if let Some((more, after)) = part_of_multiplier(block, end, last) {
        (total, end) = (total + more, after);
    }
    let bare = start + 1 == end && (first - 1.0).abs() < f64::EPSILON;
    let value = total + group;
    // «واحد» and `one` alone count something only before a unit: else they are pronouns.
    if bare && !block.is(end, WordClass::Unit) {
        return None;
    }
    Some(Number { value, start, end, digits: false, unit_inside: false, multiples: false })
}

/// The place and value of the word that goes on with a number whose last word was worth `last`.
fn next_word(block: &BlockLayers<'_>, at: usize, last: f64) -> Option<(usize, f64)> {
    let mut next = at;
    let hyphen = matches!(block.tokens.mark(at), Some('-' | '‐' | '‑'));
    let joined = block.is(at, WordClass::Coordinator) && !block.tokens.is_counted_number(at);
    if (hyphen && block.tokens.touches_next(at)) || joined {
        next += 1;
    }
    let value = word(block, next)?;
    let and = joined || has_conjunction(block, next);
    let grows = value >= 100.0 && value > last && !and && !is_multiple(value);
    let adds = value < last && value >= 1.0 && !grows;
    let adds = adds
        && match last {
            // twenty-five, but not `twenty five` of a list with commas; «خمسة وعشرون» is the other way round.
            20.0..100.0 => value < 10.0 && !and,
            100.0.. => and || value >= 1.0,
            _ => false,
        };
    let arabic_tens = and && last < 10.0 && (20.0..100.0).contains(&value);
    let arabic_hundreds = and && last >= 100.0 && (1.0..last).contains(&value);
    (grows || adds || arabic_tens || arabic_hundreds || (and && (20.0..100.0).contains(&last) && value >= 1000.0))
        .then_some((next, value))
}

/// Whether a number word already says how many: «مئتان», «ألفان».
fn is_multiple(value: f64) -> bool {
    [2000.0, 2_000_000.0, 2_000_000_000.0].iter().any(|dual| (value - dual).abs() < f64::EPSILON)
        || ((200.0..1000.0).contains(&value))
}

/// The value of the number word at `at`, with Arabic particles taken off.
fn word(block: &BlockLayers<'_>, at: usize) -> Option<f64> {
    let tokens = &block.tokens;
    if !tokens.is_word(at) {
        return None;
    }
    if let Some(value) = tokens.number(at) {
        return Some(value);
    }
    if block.pack.capitals() == Capitals::Nouns {
        return german::number(tokens.word(at), block.pack.lexicon()).filter(|_| tokens.classes(at).is_empty());
    }
    if block.pack.morphology() != Morphology::Arabic || !tokens.cues(at).is_empty() || !tokens.classes(at).is_empty() {
        return None;
    }
    let word = tokens.word(at);
    let rest = word.strip_prefix(['و', 'ف']).unwrap_or(word);
    let rest = rest.strip_prefix(['ب', 'ل', 'ك']).filter(|stem| stem.chars().nth(2).is_some())?;
    block.pack.number(rest)
}

fn has_conjunction(block: &BlockLayers<'_>, at: usize) -> bool {
    block.tokens.get(at).is_some_and(|token| token.proclitics.any(Proclitics::CONJUNCTION))
}

/// The factor of the multiplier at `at` («ألف», `million`), all of them if several follow, and the token after it.
fn multiplier(block: &BlockLayers<'_>, at: usize) -> Option<(f64, usize)> {
    let at = if block.tokens.mark(at) == Some('-') && block.tokens.touches_next(at) { at + 1 } else { at };
    let factor = block.tokens.number(at).filter(|&value| value >= 100.0 && !is_multiple(value))?;
    if has_conjunction(block, at) {
        return None;
    }
    let end = block.tokens.after(at);
    match block.tokens.number(end).filter(|&more| more >= 1000.0 && !is_multiple(more) && !has_conjunction(block, end))
    {
        Some(more) => Some((factor * more, block.tokens.after(end))),
        None => Some((factor, end)),
    }
}

/// What is added after a multiplier: «3 آلاف و200», «مليون ونصف».
fn rest_after_multiplier(block: &BlockLayers<'_>, at: usize, factor: f64) -> Option<(f64, usize)> {
    let joined = !block.tokens.is_number(at) && block.tokens.word(at).starts_with('و');
    if let Some(digits) = digits_at(block, at).filter(|_| joined) {
        let (value, suffix) = digits::read(digits, marks(block))?;
        let (value, end) = match multiplier(block, at + 1) {
            Some((more, end)) => (value * more, end),
            None => (value, at + 1),
        };
        return (suffix.is_empty() && value < factor).then_some((value, end));
    }
    part_of_multiplier(block, at, factor)
}

/// The half in «مليون ونصف», with the multiplier repeated after it («ونصف مليون») or not.
fn part_of_multiplier(block: &BlockLayers<'_>, at: usize, factor: f64) -> Option<(f64, usize)> {
    let part = block.tokens.number(at).filter(|&value| value < 1.0 && has_conjunction(block, at))?;
    // «مليونين ونصف»: half of one of the two.
    let factor = if is_multiple(factor) && factor >= 1000.0 { factor / 2.0 } else { factor };
    let mut end = block.tokens.after(at);
    let again = block.tokens.word(end);
    let again = again.strip_prefix("ال").unwrap_or(again);
    if block.pack.number(again).is_some_and(|value| (value - factor).abs() < f64::EPSILON) {
        end = block.tokens.after(end);
    }
    (factor >= 1000.0).then_some((part * factor, end))
}

/// Three digits after a space that does not break: `10 000`.
fn spaced_group(block: &BlockLayers<'_>, at: usize) -> Option<f64> {
    let (before, token) = (block.tokens.get(at.checked_sub(1)?)?, block.tokens.get(at)?);
    let between = block.text.get(before.span.end..token.span.start)?;
    let group = block.tokens.word(at);
    let is_group = group.len() == 3 && group.bytes().all(|byte| byte.is_ascii_digit());
    // Where any space may stand between groups, the first has no more than three digits either.
    let plain = between == " " && block.pack.follows(Convention::SpacedThousands) && at > 0;
    let opens = plain && block.tokens.word(at - 1).len() <= 3 && !block.tokens.word(at - 1).contains([',', '.']);
    (is_group && (opens || matches!(between, "\u{00A0}" | "\u{202F}" | "\u{2009}")))
        .then(|| group.parse().ok())
        .flatten()
}

/// What dots and commas mean in the block's language; in the Arabic press a dot parts thousands as often as a comma.
fn marks(block: &BlockLayers<'_>) -> Marks {
    match block.pack.morphology() {
        Morphology::Arabic => Marks::Either,
        _ if block.pack.decimal_comma() => Marks::Comma,
        _ => Marks::Point,
    }
}

/// Letters that multiply only an amount of money: `$5m`.
fn short_multiplier(suffix: &str) -> Option<f64> {
    match suffix {
        "k" => Some(1e3),
        "m" => Some(1e6),
        "b" => Some(1e9),
        "t" => Some(1e12),
        _ => None,
    }
}

/// Whether the token is a sign of a currency.
pub(super) fn is_currency(block: &BlockLayers<'_>, at: usize) -> bool {
    matches!(block.tokens.mark(at), Some('$' | '€' | '£' | '¥' | '₽' | '₹' | '₪' | '₺' | '₩' | '₴' | '﷼'))
}
