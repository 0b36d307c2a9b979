//! How far two extractors agree on what the article is.

use std::collections::HashMap;

use isnad_core::fold::fold;

use super::Paragraph;

/// The share of words that two readings of a page have in common, in per cent: twice the common ones among all. 100 where
/// both found nothing.
pub(super) fn agreement(one: &[Paragraph], other: &[Paragraph]) -> u8 {
    let mut words: HashMap<String, i64> = HashMap::new();
    let (mut first, mut second, mut common) = (0_u64, 0_u64, 0_u64);
    each_word(one, |word| {
        first += 1;
        *words.entry(word).or_default() += 1;
    });
    each_word(other, |word| {
        second += 1;
        if let Some(left) = words.get_mut(&word).filter(|left| **left > 0) {
            *left -= 1;
            common += 1;
        }
    });
    match first + second {
        0 => 100,
        all => u8::try_from(200 * common / all).unwrap_or(100),
    }
}

fn each_word(paragraphs: &[Paragraph], mut take: impl FnMut(String)) {
    for paragraph in paragraphs {
        let folded = fold(&paragraph.text);
        let words = folded.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty());
        words.for_each(|word| take(word.to_owned()));
    }
}

#[cfg(test)]
mod tests {
    use super::super::ParagraphKind;
    use super::*;

    fn of(one: &[&str], other: &[&str]) -> u8 {
        let paragraphs = |texts: &[&str]| -> Vec<Paragraph> {
            texts.iter().map(|text| Paragraph { text: (*text).to_owned(), kind: ParagraphKind::Text }).collect()
        };
        agreement(&paragraphs(one), &paragraphs(other))
    }

    #[test]
    fn agreement_counts_words_wherever_they_stand() {
        assert_eq!(of(&["The bridge is", "closed."], &["closed the BRIDGE is"]), 100);
        assert_eq!(of(&["one two three four"], &["one two"]), 66);
        assert_eq!(of(&["one one one"], &["one"]), 50);
        assert_eq!((of(&["one"], &[]), of(&[], &[])), (0, 100));
    }
}
