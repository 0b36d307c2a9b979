//! The form of a text in which words are looked for: its words folded, one space before and after each, so that the
//! beginning and the end of a word can be asked for like any letter.

use isnad_core::Span;
use isnad_core::fold::fold;
use unicode_segmentation::UnicodeSegmentation;

/// What may stand between the digits of one whole number.
const SEPARATORS: [char; 3] = [',', '٬', '\''];

/// Parts the whole from its fraction in Arabic.
const ARABIC_DECIMAL: char = '\u{66B}';

/// What joins a word to the one it leans on: «l'alarme».
const APOSTROPHES: [char; 3] = ['\'', '’', 'ʼ'];

/// A text as words are looked for in it, with the way back to the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Searchable {
    text: String,
    /// For each word where it begins in `text`, and where it stands in the raw text.
    words: Vec<(usize, Span)>,
}

impl Searchable {
    pub(crate) fn new(raw: &str) -> Self {
        let mut text = String::with_capacity(raw.len() + 2);
        let mut words = Vec::new();
        for (at, word) in parts(raw) {
            let folded = folded(word);
            if folded.is_empty() {
                continue;
            }
            if text.is_empty() {
                text.push(' ');
            }
            words.push((text.len(), Span::new(at, at + word.len())));
            text.push_str(&folded);
            text.push(' ');
        }
        Self { text, words }
    }

    /// The words, each with a space before and after it; empty if there are none.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Where `pattern`, which is written like [`text`](Self::text), stands in the raw text, whole words at a time.
    pub(crate) fn find(&self, pattern: &str) -> Vec<Span> {
        let letters = pattern.trim_start_matches(' ');
        let before = pattern.len() - letters.len();
        let length = letters.trim_end_matches(' ').len();
        let place = |at: usize| {
            let (start, end) = (at + before, at + before + length);
            let first = self.words.partition_point(|&(word, _)| word <= start).checked_sub(1)?;
            let last = self.words.partition_point(|&(word, _)| word < end).checked_sub(1)?;
            Some(Span::new(self.words.get(first)?.1.start, self.words.get(last)?.1.end))
        };
        // Patterns of whole words share the spaces between them, so matches may overlap.
        let mut spans = Vec::new();
        let mut from = 0;
        while let Some(at) = self.text.get(from..).and_then(|rest| rest.find(pattern)) {
            spans.extend(place(from + at));
            from += at + before + length;
        }
        spans
    }
}

/// The words of a text, folded.
pub(crate) fn words(raw: &str) -> impl Iterator<Item = String> {
    parts(raw).map(|(_, word)| folded(word)).filter(|word| !word.is_empty())
}

/// The words of a text with the bytes they begin at; what an apostrophe joins is two words, so that either is found.
fn parts(raw: &str) -> impl Iterator<Item = (usize, &str)> {
    raw.unicode_word_indices().flat_map(|(at, word)| {
        let is_number = word.starts_with(char::is_numeric);
        let mut parts = Vec::new();
        let mut start = 0;
        for (end, mark) in word.match_indices(APOSTROPHES).filter(|_| !is_number) {
            parts.push((at + start, &word[start..end]));
            start = end + mark.len();
        }
        parts.push((at + start, &word[start..]));
        parts
    })
}

/// A word folded, a number without what stands between its digits; empty for a vowel sign on a space, which Unicode
/// counts as a word.
fn folded(word: &str) -> String {
    let folded = fold(word.trim());
    match folded.starts_with(|c: char| c.is_ascii_digit()) {
        true => folded.replace(SEPARATORS, "").replace(ARABIC_DECIMAL, "."),
        false => folded.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn found<'t>(text: &'t str, pattern: &str) -> Vec<&'t str> {
        Searchable::new(text).find(pattern).into_iter().map(|span| span.of(text)).collect()
    }

    #[test]
    fn what_an_apostrophe_joins_is_found_by_either_word() {
        let text = "L'alarme de l’opérateur a sonné";
        assert_eq!(found(text, " alarme "), ["alarme"]);
        assert_eq!(found(text, &format!(" {} ", fold("opérateur"))), ["opérateur"]);
        assert_eq!(words("l'alarme").collect::<Vec<_>>(), ["l", "alarme"]);
        assert_eq!(words("٣٫٥ 1'500").collect::<Vec<_>>(), ["3.5", "1500"]);
    }

    #[test]
    fn words_stand_between_spaces_without_marks() {
        assert_eq!(Searchable::new("«قال» إنّ ١٬٥٠٠ جندي…").text(), " قال ان 1500 جندي ");
        assert_eq!(Searchable::new("—").text(), "");
    }

    #[test]
    fn what_is_found_is_marked_as_it_stands_in_the_text() {
        assert_eq!(found("وزارة الدّفـاع والدفاع", "دفاع"), ["الدّفـاع", "والدفاع"]);
        assert_eq!(found("no, no — no way", " no "), ["no", "no", "no"]);
        assert_eq!(found("the “bridge” is closed", " bridge is "), ["bridge” is"]);
        assert!(found("award", " war").is_empty());
    }

    proptest! {
        #[test]
        fn every_word_of_a_text_is_found_in_it_at_its_place(raw in "[ -~ا-يً٠-٩«»\n]{0,60}") {
            let text = Searchable::new(&raw);
            for (at, word) in parts(&raw) {
                let folded = folded(word);
                if !folded.is_empty() {
                    let places = text.find(&format!(" {folded} "));
                    prop_assert!(places.contains(&Span::new(at, at + word.len())));
                }
            }
        }
    }
}
