//! Which language an article is in.
//!
//! What the caller says goes before what the page says, and that before what the text looks like. The
//! text is recognised among all languages the detector knows, not only those the engine can read: an
//! article in another language must not be forced into one of them. Where the text is too short for the
//! detector's statistics of letters, the commonest words of each language decide (`data/common-words.toml`),
//! and where those do not, a list of the readable languages serves as a second opinion.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use isnad_core::Language;
use unicode_segmentation::UnicodeSegmentation;
use whatlang::{Detector, Info, Lang};

use crate::warning::Warning;

/// The most code points of a text that are looked at; more changes nothing.
const SAMPLE: usize = 20_000;

/// Languages that short texts are most often in: the second opinion.
const LIKELY: [Lang; 4] = [Lang::Ara, Lang::Eng, Lang::Deu, Lang::Fra];

/// The two-letter codes of three-letter ones. A test keeps the file readable and complete.
static CODES: LazyLock<BTreeMap<String, Language>> =
    LazyLock::new(|| toml::from_str(include_str!("../data/language-codes.toml")).unwrap_or_default());

/// The commonest words of each language, with the languages they are common in. A test keeps the file readable.
static COMMON_WORDS: LazyLock<HashMap<&str, Vec<Language>>> = LazyLock::new(|| {
    let by_language: BTreeMap<Language, Vec<&str>> =
        toml::from_str(include_str!("../data/common-words.toml")).unwrap_or_default();
    let mut languages: HashMap<&str, Vec<Language>> = HashMap::new();
    for (language, words) in by_language {
        words.into_iter().for_each(|word| languages.entry(word).or_default().push(language));
    }
    languages
});

/// How the language of an article became known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum LanguageOrigin {
    /// From the caller.
    Given,
    /// From the page's metadata.
    Declared,
    /// From the text, beyond doubt.
    Recognised,
    /// From the text, but there is little of it: right in about nineteen of twenty cases.
    Guessed,
}

/// The code a page or caller gives, as a language; a three-letter code of a language that has one of two
/// letters becomes that, since the engine's language packs are named by it.
pub(crate) fn parse(code: &str) -> Option<Language> {
    let language: Language = code.trim().parse().ok()?;
    Some(CODES.get(language.as_str()).copied().unwrap_or(language))
}

/// Decides the language of `text`.
pub(crate) fn settle(
    text: &str,
    given: Option<Language>,
    declared: Option<Language>,
    warnings: &mut Vec<Warning>,
) -> Option<(Language, LanguageOrigin)> {
    if let Some(language) = given {
        return Some((language, LanguageOrigin::Given));
    }
    let end = text.char_indices().nth(SAMPLE).map_or(text.len(), |(end, _)| end);
    let sample = text.get(..end).unwrap_or(text);
    if let Some(declared) = declared {
        let contradicting = || Detector::new().detect(sample).filter(Info::is_reliable).as_ref().and_then(language_of);
        let detected = if is_in_other_script(sample, declared) { contradicting() } else { None };
        let Some(detected) = detected else { return Some((declared, LanguageOrigin::Declared)) };
        warnings.push(Warning::LanguageNotAsDeclared { declared, detected });
        return Some((detected, LanguageOrigin::Recognised));
    }
    let info = Detector::new().detect(sample)?;
    let language = language_of(&info)?;
    if info.is_reliable() {
        return Some((language, LanguageOrigin::Recognised));
    }
    if let Some(guess) = of_common_words(sample) {
        warnings.push(Warning::LanguageGuessed { guess });
        return Some((guess, LanguageOrigin::Guessed));
    }
    let second = Detector::with_allowlist(LIKELY.to_vec()).detect(sample);
    if second.is_some_and(|second| second.lang() == info.lang()) {
        warnings.push(Warning::LanguageGuessed { guess: language });
        return Some((language, LanguageOrigin::Guessed));
    }
    warnings.push(Warning::LanguageUncertain { guess: language });
    None
}

/// The language most of whose commonest words stand in a text; `None` where there are none, or as many of another.
fn of_common_words(text: &str) -> Option<Language> {
    let mut found: BTreeMap<Language, usize> = BTreeMap::new();
    for word in text.unicode_words() {
        let word = word.to_lowercase().replace('’', "'");
        for language in COMMON_WORDS.get(word.as_str()).into_iter().flatten() {
            *found.entry(*language).or_default() += 1;
        }
    }
    let (best, most) = found.iter().max_by_key(|(_, count)| **count)?;
    let is_alone = found.values().filter(|count| *count == most).count() == 1;
    is_alone.then_some(*best)
}

fn language_of(info: &Info) -> Option<Language> {
    parse(info.lang().code())
}

/// Whether most of a text is in a script that the declared language is not written in.
fn is_in_other_script(text: &str, declared: Language) -> bool {
    let is_declared = |lang: &Lang| parse(lang.code()) == Some(declared);
    let in_script = whatlang::detect_script(text).is_none_or(|script| script.langs().iter().any(is_declared));
    !in_script && Lang::all().iter().any(is_declared)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ARABIC: &str = "افتتح رئيس البلدية الجسر الجديد صباح اليوم بحضور مئات السكان، وقال إن العمل استمر عامين كاملين وإن كلفة البناء بقيت أقل مما كان متوقعا عند بدء المشروع.";

    fn language(text: &str, given: Option<&str>, declared: Option<&str>) -> (Option<String>, Vec<Warning>) {
        let mut warnings = Vec::new();
        let settled = settle(text, given.and_then(parse), declared.and_then(parse), &mut warnings);
        (settled.map(|(language, _)| language.to_string()), warnings)
    }

    #[test]
    fn every_language_that_can_be_recognised_has_its_code() {
        for lang in Lang::all() {
            assert!(CODES.contains_key(lang.code()), "{} has no code", lang.code());
        }
    }

    #[test]
    fn three_letter_codes_become_the_usual_ones() {
        assert_eq!(parse("ara"), Some(Language::ARABIC));
        assert_eq!(parse("en-GB"), Some(Language::ENGLISH));
        assert_eq!(parse("arz").map(|l| l.to_string()).as_deref(), Some("arz"));
        assert_eq!(parse("x-default"), None);
    }

    #[test]
    fn the_caller_goes_before_the_page_and_the_page_before_the_text() {
        assert_eq!(language(ARABIC, Some("fa"), Some("ur")).0.as_deref(), Some("fa"));
        assert_eq!(language(ARABIC, None, Some("ur")).0.as_deref(), Some("ur"));
        assert_eq!(language(ARABIC, None, None), (Some("ar".into()), vec![]));
    }

    #[test]
    fn a_page_that_declares_a_language_of_another_script_is_not_believed() {
        let (settled, warnings) = language(ARABIC, None, Some("en"));
        assert_eq!(settled.as_deref(), Some("ar"));
        assert!(matches!(warnings[..], [Warning::LanguageNotAsDeclared { .. }]));
    }

    #[test]
    fn a_short_text_gets_a_guess_with_a_warning() {
        let (settled, warnings) = language("افتتح رئيس البلدية الجسر", None, None);
        assert_eq!(settled.as_deref(), Some("ar"));
        assert_eq!(warnings, [Warning::LanguageGuessed { guess: Language::ARABIC }]);
        assert!(warnings[0].to_string().contains("read as `ar`"));
    }

    #[test]
    fn the_commonest_words_tell_the_language_of_a_sentence() {
        for (text, expected) in [
            ("The minister said that it rains.", "en"),
            ("He said it snows.", "en"),
            ("Police: two dead in fire", "en"),
            ("Le ministre a dit qu’il pleut.", "fr"),
            ("Der Minister sagte, dass es regnet.", "de"),
            ("El ministro dijo que llueve.", "es"),
            ("Ministeren sagde, at det regner.", "da"),
        ] {
            assert_eq!(language(text, None, None).0.as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn each_language_lists_a_word_once() {
        let by_language: BTreeMap<Language, Vec<&str>> =
            toml::from_str(include_str!("../data/common-words.toml")).unwrap();
        for (language, words) in by_language {
            let distinct: std::collections::BTreeSet<_> = words.iter().collect();
            assert_eq!(distinct.len(), words.len(), "{language}: a word stands twice");
            assert!(words.iter().all(|word| word.to_lowercase() == **word), "{language}: a capital letter");
        }
    }

    #[test]
    fn a_language_the_engine_does_not_read_is_told_not_forced() {
        let polish = "Burmistrz otworzył dziś rano nowy most w obecności setek mieszkańców i powiedział, że prace trwały dwa lata.";
        assert_eq!(language(polish, None, None).0.as_deref(), Some("pl"));
    }

    #[test]
    fn digits_have_no_language() {
        assert_eq!(language("12 345 67", None, None), (None, vec![]));
    }
}
