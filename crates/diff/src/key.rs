//! The comparison key: what two spellings of one content have in common.
//!
//! Built on the match form ([`isnad_core::fold`]): variant spellings become the agreed one, digits lose their
//! separators, number words become values, marks and punctuation go. Texts that differ only below the key differ
//! in spelling.

use std::borrow::Cow;

use isnad_core::{Article, LanguagePack, Span, WordClass, WordClasses, fold};
use unicode_segmentation::UnicodeSegmentation;

/// A word of a text with its key.
#[derive(Debug, Clone)]
pub(crate) struct KeyWord {
    /// Where the word stands, in bytes of the text it was read from.
    pub(crate) span: Span,
    /// Its key.
    pub(crate) key: String,
    /// What the language pack knows of it.
    pub(crate) classes: WordClasses,
}

impl KeyWord {
    /// Whether the word is a number, in digits or letters.
    pub(crate) fn is_number(&self) -> bool {
        self.key.starts_with(|c: char| c.is_ascii_digit())
    }

    pub(crate) fn is(&self, class: WordClass) -> bool {
        self.classes.has(class)
    }
}

/// The words of `spans` of an article.
pub(crate) fn words_of(article: &Article, spans: &[Span], pack: &LanguagePack) -> Vec<KeyWord> {
    spans.iter().flat_map(|span| words(span.of(article.text()), span.start, pack)).collect()
}

/// The words of `text`, which begins at the byte `offset`.
pub(crate) fn words(text: &str, offset: usize, pack: &LanguagePack) -> Vec<KeyWord> {
    pieces(text)
        .map(|(at, word)| {
            let folded = fold::fold(word);
            let span = Span::new(offset + at, offset + at + word.len());
            KeyWord { span, key: key(&folded, pack).into_owned(), classes: pack.classes(&folded) }
        })
        .filter(|word| !word.key.is_empty())
        .collect()
}

/// The keys of a text's words, joined by spaces.
pub(crate) fn key_of(text: &str, pack: &LanguagePack) -> String {
    let mut keys = String::with_capacity(text.len());
    push_keys(text, pack, &mut keys);
    keys
}

/// The keys of the words of `spans` of an article, joined by spaces.
pub(crate) fn key_of_spans(article: &Article, spans: &[Span], pack: &LanguagePack) -> String {
    let mut keys = String::with_capacity(spans.iter().map(|span| span.len()).sum());
    for span in spans {
        push_keys(span.of(article.text()), pack, &mut keys);
    }
    keys
}

fn push_keys(text: &str, pack: &LanguagePack, keys: &mut String) {
    for (_, word) in pieces(text) {
        let folded = fold::fold(word);
        let key = key(&folded, pack);
        if !keys.is_empty() && !key.is_empty() {
            keys.push(' ');
        }
        keys.push_str(&key);
    }
}

/// The words of `text` by Unicode's bounds, each with its offset; a time of day is one: `10:30`.
fn pieces(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_digits = |word: &str| word.ends_with(char::is_numeric) && word.starts_with(char::is_numeric);
    let mut words = text.unicode_word_indices().peekable();
    std::iter::from_fn(move || {
        let (start, first) = words.next()?;
        let mut end = start + first.len();
        let colon = |at: usize| text.as_bytes().get(at) == Some(&b':');
        while is_digits(text.get(start..end)?)
            && let Some((_, next)) = words.next_if(|(at, word)| *at == end + 1 && is_digits(word) && colon(end))
        {
            end += 1 + next.len();
        }
        Some((start, text.get(start..end)?))
    })
}

/// The key of one folded word.
fn key<'w>(folded: &'w str, pack: &'w LanguagePack) -> Cow<'w, str> {
    if folded.starts_with(|c: char| c.is_ascii_digit()) {
        return match folded.contains(SEPARATORS) || folded.contains(ARABIC_DECIMAL) {
            true => folded.replace(SEPARATORS, "").replace(ARABIC_DECIMAL, ".").into(),
            false => folded.into(),
        };
    }
    if let Some(value) = pack.number(folded) {
        return value.to_string().into();
    }
    pack.spelling(folded).unwrap_or(folded).into()
}

/// What may stand between the digits of one whole number.
const SEPARATORS: [char; 3] = [',', '٬', '\''];

/// Parts the whole from its fraction in Arabic.
const ARABIC_DECIMAL: char = '\u{66B}';

#[cfg(test)]
mod tests {
    use super::*;
    use isnad_core::Language;

    fn arabic(text: &str) -> String {
        key_of(text, LanguagePack::builtin(Language::ARABIC).unwrap())
    }

    #[test]
    fn spellings_of_one_content_have_one_key() {
        assert_eq!(arabic("الرئيس الأميركي «جو بايدن»"), arabic("الرئيس الأمريكى \"جو بايدن\""));
        assert_eq!(arabic("١٬٥٠٠ جنديّ"), arabic("1500 جندي"));
        assert_eq!(arabic("٣٫٥ أمتار"), arabic("3.5 أمتار"));
    }

    #[test]
    fn a_time_of_day_is_one_word_and_no_two_numbers() {
        let pack = LanguagePack::builtin(Language::ENGLISH).unwrap();
        let keys = |text| words(text, 0, pack).into_iter().map(|word| word.key).collect::<Vec<_>>();
        assert_eq!(keys("at 10:30: 3 won 2 : 1"), ["at", "10:30", "3", "won", "2", "1"]);
    }

    #[test]
    fn a_negation_or_number_is_never_below_the_key() {
        assert_ne!(arabic("لم يوقع"), arabic("يوقع"));
        assert_ne!(arabic("40 قرية"), arabic("41 قرية"));
        assert_ne!(arabic("٣٫٥ أمتار"), arabic("٣٥ مترا"));
    }
}
