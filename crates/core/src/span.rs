//! Positions in a text: one range type over the raw text, and the units it can be told in.

use serde::{Deserialize, Serialize};

/// A half-open range of an article's text.
///
/// Inside the crates the unit is always **bytes** of the UTF-8 text and both ends lie on character
/// boundaries. Data that leaves the command is converted with [`OffsetMap`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Span {
    /// The first position inside the range.
    pub start: usize,
    /// The first position after the range.
    pub end: usize,
}

impl Span {
    /// A range from `start` up to, but not including, `end`.
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// How many units (bytes, inside the crates) the range covers.
    #[must_use]
    pub const fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether the range covers nothing.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Whether `other` lies wholly inside this range.
    #[must_use]
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two ranges share at least one position.
    #[must_use]
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The text the range covers; empty if the range does not fit `text`.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }
}

/// The unit in which offsets are told to the outside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OffsetUnit {
    /// Unicode code points, as Python counts.
    #[default]
    CodePoints,
    /// Bytes of UTF-8, as Rust counts.
    Bytes,
    /// UTF-16 code units, as JavaScript and Java count.
    Utf16,
}

/// Converts byte offsets of one text into another unit and back.
///
/// Building it reads the text once and keeps one number for each 64 bytes, so that a look-up costs at
/// most 64 bytes of counting.
#[derive(Debug, Clone)]
pub struct OffsetMap<'t> {
    text: &'t str,
    unit: OffsetUnit,
    /// Units before each multiple of [`STRIDE`] bytes.
    units_before: Vec<usize>,
}

const STRIDE: usize = 64;

/// How many `unit`s the byte that starts (or continues) a character stands for.
const fn units_of_byte(byte: u8, unit: OffsetUnit) -> usize {
    let starts_character = byte & 0xC0 != 0x80;
    match unit {
        OffsetUnit::Bytes => 1,
        OffsetUnit::CodePoints => starts_character as usize,
        OffsetUnit::Utf16 => starts_character as usize + (byte >= 0xF0) as usize,
    }
}

impl<'t> OffsetMap<'t> {
    /// Reads `text` once.
    #[must_use]
    pub fn new(text: &'t str, unit: OffsetUnit) -> Self {
        let mut units_before = Vec::with_capacity(text.len() / STRIDE + 1);
        let mut units = 0;
        for (at, byte) in text.bytes().enumerate() {
            if at.is_multiple_of(STRIDE) {
                units_before.push(units);
            }
            units += units_of_byte(byte, unit);
        }
        if text.len().is_multiple_of(STRIDE) {
            units_before.push(units);
        }
        Self { text, unit, units_before }
    }

    /// The offset in the map's unit of the byte offset `byte`; offsets past the end count as the end.
    #[must_use]
    pub fn from_byte(&self, byte: usize) -> usize {
        let byte = byte.min(self.text.len());
        let stride = byte / STRIDE;
        let rest = self.text.as_bytes().get(stride * STRIDE..byte).unwrap_or_default();
        let before = self.units_before.get(stride).copied().unwrap_or_default();
        before + rest.iter().map(|&b| units_of_byte(b, self.unit)).sum::<usize>()
    }

    /// The byte offset of the offset `unit` in the map's unit, or `None` past the end or inside a character.
    #[must_use]
    pub fn to_byte(&self, unit: usize) -> Option<usize> {
        let stride = self.units_before.partition_point(|&before| before <= unit).checked_sub(1)?;
        let mut at = stride * STRIDE;
        let mut units = self.units_before.get(stride).copied()?;
        while units < unit {
            units += units_of_byte(*self.text.as_bytes().get(at)?, self.unit);
            at += 1;
        }
        // A character's units are counted at its first byte: step over the rest of it.
        while !self.text.is_char_boundary(at) {
            at += 1;
        }
        (units == unit).then_some(at)
    }

    /// The span in the map's unit of a span in bytes.
    #[must_use]
    pub fn span_from_bytes(&self, span: Span) -> Span {
        Span::new(self.from_byte(span.start), self.from_byte(span.end))
    }

    /// The span in bytes of a span in the map's unit.
    #[must_use]
    pub fn span_to_bytes(&self, span: Span) -> Option<Span> {
        Some(Span::new(self.to_byte(span.start)?, self.to_byte(span.end)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn counts_each_unit() {
        let text = "aق😀z";
        let units = |unit| OffsetMap::new(text, unit).from_byte(text.len());
        assert_eq!(units(OffsetUnit::Bytes), 8);
        assert_eq!(units(OffsetUnit::CodePoints), 4);
        assert_eq!(units(OffsetUnit::Utf16), 5);
    }

    proptest! {
        #[test]
        fn code_points_agree_with_chars(text in "\\PC{0,200}") {
            let map = OffsetMap::new(&text, OffsetUnit::CodePoints);
            for (count, (byte, _)) in text.char_indices().enumerate() {
                prop_assert_eq!(map.from_byte(byte), count);
                prop_assert_eq!(map.to_byte(count), Some(byte));
            }
            prop_assert_eq!(map.to_byte(text.chars().count()), Some(text.len()));
        }

        #[test]
        fn utf16_agrees_with_encode_utf16(text in "\\PC{0,200}") {
            let map = OffsetMap::new(&text, OffsetUnit::Utf16);
            let mut units = 0;
            for (byte, character) in text.char_indices() {
                prop_assert_eq!(map.from_byte(byte), units);
                prop_assert_eq!(map.to_byte(units), Some(byte));
                units += character.len_utf16();
            }
        }
    }
}
