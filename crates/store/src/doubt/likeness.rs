//! How much two texts have in common.

use std::collections::HashSet;

use isnad_core::fold::fold;

/// Shorter words are those of any text in a language.
const SHORTEST_WORD: usize = 4;

/// Of fewer words nothing is concluded.
const FEWEST_WORDS: usize = 8;

/// The share of the words of one text that stand in the other, too, in per cent, seen from the text that has fewer: a story
/// that grew out of a few lines has those. `None` if one of them has too few words to tell. Spelling and order do not count.
pub(crate) fn likeness(one: &str, other: &str) -> Option<u8> {
    let (one, other) = (fold(one), fold(other));
    let (one, other) = (words(&one), words(&other));
    let fewest = one.len().min(other.len());
    let common = one.intersection(&other).count();
    (fewest >= FEWEST_WORDS).then(|| u8::try_from(100 * common / fewest).unwrap_or(100))
}

fn words(folded: &str) -> HashSet<&str> {
    let words = folded.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| word.chars().nth(SHORTEST_WORD - 1).is_some()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likeness_is_seen_from_the_text_with_fewer_words() {
        let stub = "Ferry runs aground near Tarsel harbour on Monday morning, minister Anna Berg says";
        let story = format!("{stub}. The vessel carried two hundred passengers who were brought ashore by fishermen.");
        assert_eq!((likeness(stub, &story), likeness(&story, stub)), (Some(100), Some(100)));
        // One word of nine, "morning".
        assert_eq!(
            likeness(stub, "Sign up for the morning letter and read everything that matters before breakfast"),
            Some(11)
        );
        assert_eq!(likeness("Ferry runs aground", &story), None);
        assert_eq!(likeness("", ""), None);
    }

    #[test]
    fn spelling_makes_no_other_word() {
        let (one, other) = (
            "أعلنت وزارة المياه إغلاق الجسر القديم وفتح طريق بديلة أمام الشاحنات",
            "اعلنت وزارةُ المياه اغلاق الجسر القديم، وفتح طريق بديلة امام الشاحنات",
        );
        assert_eq!(likeness(one, other), Some(100));
    }
}
