//! The words of the interface: one data file per language under `texts/`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use isnad_core::{Direction, Language};
use minijinja::Value;
use minijinja::value::Serde;
use serde::Serialize;

use crate::error::ReportError;
use crate::pattern::{self, Part};
use crate::phrase::{Foreign, Phrase};

/// The files, each named by the code of its language. A language is added by adding its file here.
const FILES: [(&str, &str); 2] = [("ar", include_str!("../texts/ar.toml")), ("en", include_str!("../texts/en.toml"))];

/// The words of the interface in one language, in groups: `texts.word("facet", "quantity")`.
#[derive(Debug)]
pub struct Texts {
    language: Language,
    groups: BTreeMap<String, BTreeMap<String, String>>,
    /// The groups as the templates read them.
    value: Value,
}

static ALL: LazyLock<Result<BTreeMap<&str, Texts>, String>> = LazyLock::new(|| {
    let read = |(code, file): (&'static str, &str)| {
        let texts = Texts::read(code, file).map_err(|reason| format!("texts/{code}.toml: {reason}"))?;
        Ok((code, texts))
    };
    FILES.into_iter().map(read).collect()
});

impl Texts {
    /// The texts in the language of this code, such as `ar` or `en`.
    ///
    /// # Errors
    /// If there are none.
    pub fn in_language(code: &str) -> Result<&'static Self, ReportError> {
        let all = ALL.as_ref().map_err(|reason| ReportError::Texts { reason: reason.clone() })?;
        all.get(code).ok_or_else(|| ReportError::NoTexts { language: code.to_owned() })
    }

    /// The codes of the languages that there are texts in.
    pub fn languages() -> impl Iterator<Item = &'static str> {
        FILES.into_iter().map(|(code, _)| code)
    }

    /// The language.
    #[must_use]
    pub const fn language(&self) -> Language {
        self.language
    }

    /// Whether the interface runs from right to left.
    #[must_use]
    pub fn is_mirrored(&self) -> bool {
        self.language.direction() == Direction::RightToLeft
    }

    /// The word or sentence `key` of `group`; the key itself if a newer library names what the file does not know yet.
    #[must_use]
    pub fn word<'t>(&'t self, group: &str, key: &'t str) -> &'t str {
        self.groups.get(group).and_then(|group| group.get(key)).map_or(key, String::as_str)
    }

    /// What a value of an enum is called, which the file knows by the value's name in data.
    pub(crate) fn name(&self, group: &str, value: &impl Serialize) -> String {
        let name = data_name(value);
        self.word(group, &name).to_owned()
    }

    /// The sentence `key` of `group` with each `{name}` replaced by the words given for it.
    pub(crate) fn fill(&self, group: &str, key: &str, parts: &[(&str, &str)]) -> String {
        let mut sentence = String::new();
        for part in pattern::parts(self.word(group, key)) {
            let filled = match part {
                Part::Words(words) => words,
                Part::Name(name) => parts.iter().find(|(other, _)| *other == name).map_or(name, |(_, part)| part),
            };
            sentence.push_str(filled);
        }
        sentence
    }

    /// As [`fill`](Self::fill), with words that are not the interface's own: they stay apart, to be isolated.
    pub(crate) fn phrase(&self, group: &str, key: &str, parts: &[(&str, &Foreign)]) -> Phrase {
        Phrase::filled(self.word(group, key), parts)
    }

    /// The groups for a template.
    pub(crate) fn value(&self) -> Value {
        self.value.clone()
    }

    fn read(code: &str, file: &str) -> Result<Self, String> {
        let groups: BTreeMap<String, BTreeMap<String, String>> =
            toml::from_str(file).map_err(|error| error.to_string())?;
        let language: Language = code.parse().map_err(|error| format!("{error}"))?;
        let value = Value::from(Serde(groups.clone()));
        Ok(Self { language, groups, value })
    }
}

/// The name of an enum's value as it stands in data: `more-than`, `withheld`.
pub(crate) fn data_name(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(code: &str) -> &'static Texts {
        Texts::in_language(code).unwrap()
    }

    /// Every key with the placeholders its sentence has.
    fn keys(code: &str) -> Vec<(String, Vec<String>)> {
        let placeholders = |sentence: &str| {
            let mut names: Vec<String> =
                sentence.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0.to_owned())).collect();
            names.sort();
            names
        };
        let groups = &texts(code).groups;
        groups
            .iter()
            .flat_map(|(name, group)| {
                group.iter().map(move |(key, text)| (format!("{name}.{key}"), placeholders(text)))
            })
            .collect()
    }

    #[test]
    fn all_languages_say_the_same_things() {
        for code in Texts::languages() {
            assert_eq!(keys(code), keys("en"), "{code}");
        }
    }

    #[test]
    fn no_text_is_empty() {
        for code in Texts::languages() {
            let empty = texts(code).groups.values().flatten().find(|(_, text)| text.trim().is_empty());
            assert_eq!(empty, None, "{code}");
        }
    }

    #[test]
    fn a_language_without_a_file_is_refused() {
        assert!(matches!(Texts::in_language("tlh"), Err(ReportError::NoTexts { .. })));
    }

    #[test]
    fn facets_and_stances_have_names_in_every_language() {
        for code in Texts::languages() {
            assert_ne!(texts(code).name("facet", &isnad_diff::Facet::Quantity), "quantity");
            assert_ne!(texts(code).name("status", &isnad_store::EventStatus::Removed), "removed");
        }
    }
}
