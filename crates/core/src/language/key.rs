//! Words as numbers: the bytes of a short word as one, which compares and hashes faster than they do.

use crate::span::Span;

/// The bytes of a word of at most 16, with zeros after them.
pub(crate) fn short_key(word: &str) -> Option<u128> {
    let bytes = word.as_bytes();
    let (low, high) = match bytes.len() {
        ..=8 => (beginning(word), 0),
        length @ 9..=16 => (beginning(word), u64::from_le_bytes(*bytes.last_chunk()?) >> (8 * (16 - length))),
        _ => return None,
    };
    Some(u128::from(low) | u128::from(high) << 64)
}

/// The same of the word at `place` of a text, read at one stroke where the text goes on as far.
pub(crate) fn short_key_at(text: &str, place: Span) -> Option<u128> {
    at_one_stroke(text, place).or_else(|| short_key(place.of(text)))
}

fn at_one_stroke(text: &str, place: Span) -> Option<u128> {
    let sixteen = text.as_bytes().get(place.start..)?.first_chunk::<16>()?;
    let unused = 16usize.checked_sub(place.len())?;
    u128::from_le_bytes(*sixteen).checked_shl(u32::try_from(8 * unused).ok()?).map(|shifted| shifted >> (8 * unused))
}

/// The first eight bytes of a word, with zeros after a short one.
pub(crate) fn beginning(word: &str) -> u64 {
    let bytes = word.as_bytes();
    // Two loads that overlap, since a copy of so few bytes costs more than all else.
    let halves = |first: &[u8; 4], last: &[u8; 4], length: usize| {
        u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << (8 * (length - 4))
    };
    match (bytes.first_chunk::<8>(), bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        (Some(eight), ..) => u64::from_le_bytes(*eight),
        (_, Some(first), Some(last)) => halves(first, last, bytes.len()),
        _ => bytes.iter().rev().fold(0, |all, &byte| all << 8 | u64::from(byte)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_has_one_key_wherever_it_stands() {
        let text = "a said spokeswoman sixteen-letters! of-more-than-sixteen";
        let mut start = 0;
        for word in text.split(' ') {
            let place = Span::new(start, start + word.len());
            let mut padded = word.as_bytes().to_vec();
            padded.resize(16.max(word.len()), 0);
            let expected = padded.first_chunk::<16>().filter(|_| word.len() <= 16).map(|all| u128::from_le_bytes(*all));
            assert_eq!(short_key(word), expected, "{word}");
            assert_eq!(short_key_at(text, place), expected, "{word}");
            start = place.end + 1;
        }
    }
}
