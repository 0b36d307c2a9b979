//! The match form of a text: what two spellings of one word have in common, with the way back.
//!
//! Folding is for look-up and comparison only; what is stored and shown is always the raw text.
//! It drops tatweel, vowel marks, bidi and other invisible controls; reduces Arabic presentation forms,
//! alef with hamza or madda, alef maqsura and Persian kaf and yeh to their plain letters; turns the
//! digits of Arabic scripts into ASCII; lowers case; and makes typographic apostrophes and
//! spaces plain. Teh marbuta, hamza on waw and yeh, and Latin diacritics stay: they tell words apart.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use crate::span::Span;

/// A folded text that knows where each of its characters came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folded {
    text: String,
    /// For each run of folded bytes that came from one raw character: (folded offset, raw offset).
    origins: Vec<(usize, usize)>,
    raw_len: usize,
}

impl Folded {
    /// Folds `raw`, remembering where each character stood.
    #[must_use]
    pub fn new(raw: &str) -> Self {
        let mut text = String::with_capacity(raw.len());
        let mut origins = Vec::with_capacity(raw.len() / 2);
        for (at, character) in raw.char_indices() {
            let before = text.len();
            fold_char(character, &mut text);
            if text.len() > before {
                origins.push((before, at));
            }
        }
        Self { text, origins, raw_len: raw.len() }
    }

    /// The folded text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The byte offset in the raw text of the character that gave the folded byte `at`; the raw length past the end.
    #[must_use]
    pub fn to_raw(&self, at: usize) -> usize {
        if at >= self.text.len() {
            return self.raw_len;
        }
        let after = self.origins.partition_point(|&(folded, _)| folded <= at);
        after.checked_sub(1).and_then(|index| self.origins.get(index)).map_or(0, |&(_, raw)| raw)
    }
}

/// The folded form of a word or short text.
#[must_use]
pub fn fold(raw: &str) -> Cow<'_, str> {
    if raw.bytes().all(|byte| byte.is_ascii() && !byte.is_ascii_uppercase() && byte != b'`') {
        return Cow::Borrowed(raw);
    }
    let mut text = String::with_capacity(raw.len());
    fold_into(raw, &mut text);
    Cow::Owned(text)
}

/// Appends the folded form of `raw` to `text`.
pub fn fold_into(raw: &str, text: &mut String) {
    if raw.bytes().all(|byte| byte.is_ascii_lowercase()) {
        text.push_str(raw);
        return;
    }
    // Most characters are their own folded form: they are copied in runs.
    let mut run = 0;
    for (at, character) in raw.char_indices() {
        if is_folded(character) {
            continue;
        }
        text.push_str(&raw[run..at]);
        fold_char(character, text);
        run = at + character.len_utf8();
    }
    text.push_str(&raw[run..]);
}

/// Whether folding changes nothing of the word at `span` but the case of ASCII letters; `false` may be said of rare
/// characters wrongly.
pub(crate) fn changes_ascii_case_only(text: &str, span: Span) -> bool {
    // Sixteen bytes at once where the text goes on as far: two tests and no loop for nearly every word.
    let sixteen = text.as_bytes().get(span.start..).and_then(|rest| rest.first_chunk::<16>());
    if let (Some(sixteen), Some(unused @ 0..=15)) = (sixteen, 16usize.checked_sub(span.len())) {
        let word = u128::from_le_bytes(*sixteen) << (8 * unused);
        // A byte is zero here where the word has a backtick.
        let backticks = word ^ (EACH_BYTE * u128::from(b'`'));
        let zeros = backticks.wrapping_sub(EACH_BYTE) & !backticks;
        if (word | zeros) & (EACH_BYTE << 7) == 0 {
            return true;
        }
    }
    let plain = |byte: u8| byte.is_ascii() && byte != b'`';
    let raw = span.of(text);
    raw.bytes().all(plain)
        || raw.chars().all(|character| is_folded(character) || u8::try_from(character).is_ok_and(plain))
}

/// A one in each of sixteen bytes.
const EACH_BYTE: u128 = u128::MAX / 0xFF;

/// Whether folding leaves the character as it is, for all that are frequent.
const fn is_folded(character: char) -> bool {
    matches!(character,
        'a'..='z' | '0'..='9' | ' '
        | 'ء' | 'ؤ' | '\u{0626}'..='\u{063F}' | '\u{0641}'..='\u{0648}' | 'ي')
}

/// Whether folding drops the character altogether.
#[must_use]
pub const fn is_ignored(character: char) -> bool {
    matches!(character,
        '\u{0640}'                          // tatweel
        | '\u{064B}'..='\u{065F}' | '\u{0670}' | '\u{06D6}'..='\u{06DC}' | '\u{06DF}'..='\u{06E8}' | '\u{06EA}'..='\u{06ED}'
        | '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}'
        | '\u{00AD}' | '\u{FEFF}')
}

/// Appends the folded form of one character.
fn fold_char(character: char, text: &mut String) {
    match character {
        'a'..='z' | '0'..='9' | ' ' => text.push(character),
        'A'..='Z' => text.push(character.to_ascii_lowercase()),
        'أ' | 'إ' | 'آ' | 'ٱ' => text.push('ا'),
        'ى' | 'ی' | 'ې' => text.push('ي'),
        'ک' | 'ڪ' => text.push('ك'),
        '\u{0640}' | '\u{064B}'..='\u{065F}' => {}
        '\u{0621}'..='\u{064A}' => text.push(character),
        '٠'..='٩' => push_digit(character, '٠', text),
        '۰'..='۹' => push_digit(character, '۰', text),
        '٪' => text.push('%'),
        '’' | '‘' | '‛' | 'ʼ' | '`' | '´' => text.push('\''),
        '\u{00A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{3000}' => text.push(' '),
        // NFKC turns a presentation form into plain letters, which fold in turn.
        '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}' => {
            for plain in [character].into_iter().nfkc() {
                match plain {
                    '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}' => text.push(plain),
                    _ => fold_char(plain, text),
                }
            }
        }
        _ if is_ignored(character) => {}
        _ if character.is_alphabetic() => text.extend(character.to_lowercase()),
        _ => text.push(character),
    }
}

fn push_digit(character: char, zero: char, text: &mut String) {
    let value = (u32::from(character) - u32::from(zero)) as u8;
    text.push(char::from(b'0' + value));
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_changes_its_case_only_is_folded_by_lowering_it(words in "[A-Za-z`'éأوقي0-9.]{1,18}( [A-Za-z`é]{0,17}){0,2}") {
            let mut start = 0;
            for word in words.split(' ') {
                let span = Span::new(start, start + word.len());
                if changes_ascii_case_only(&words, span) {
                    prop_assert_eq!(fold(word), word.to_ascii_lowercase());
                }
                start = span.end + 1;
            }
        }
    }

    #[test]
    fn spellings_of_one_word_fold_alike() {
        assert_eq!(fold("وقـــالَ"), "وقال");
        assert_eq!(fold("don`t"), "don't");
        assert_eq!(fold("مضيفاً"), "مضيفا");
        assert_eq!(fold("أكّد"), fold("اكد"));
        assert_eq!(fold("ﻻ"), "لا");
        assert_eq!(fold("\u{200F}علی"), fold("على"));
        assert_eq!(fold("١٢٣"), "123");
        assert_eq!(fold("Said’s"), "said's");
    }

    #[test]
    fn different_words_stay_different() {
        assert_ne!(fold("مدينة"), fold("مدينه"));
        assert_ne!(fold("für"), fold("fur"));
    }

    proptest! {
        #[test]
        fn the_map_leads_back_to_the_raw_character(raw in "[ا-يـً a-zA-Zﻻ‏٣]{0,60}") {
            let folded = Folded::new(&raw);
            for (at, _) in folded.text().char_indices() {
                let origin = folded.to_raw(at);
                prop_assert!(raw.is_char_boundary(origin));
                let character = raw[origin..].chars().next().unwrap_or(' ');
                let mut alone = String::new();
                fold_char(character, &mut alone);
                prop_assert!(!alone.is_empty());
            }
            prop_assert_eq!(folded.to_raw(folded.text().len()), raw.len());
        }

        #[test]
        fn a_text_folds_as_its_characters_do(raw in "[\u{60c}-\u{6d5}a-zA-Z0-9`ﻻ‏ ]{0,60}") {
            let mut by_character = String::new();
            raw.chars().for_each(|character| fold_char(character, &mut by_character));
            prop_assert_eq!(fold(&raw).into_owned(), by_character);
        }

        #[test]
        fn folding_twice_changes_nothing(raw in "\\PC{0,100}") {
            let once = fold(&raw).into_owned();
            prop_assert_eq!(fold(&once).into_owned(), once.clone());
        }
    }
}
