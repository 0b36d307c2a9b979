//! Languages, and the packs of data that teach one to the extractor.

pub(crate) mod arabic;
mod class;
pub(crate) mod cue;
pub(crate) mod dates;
pub(crate) mod endings;
pub(crate) mod english;
mod file;
pub(crate) mod french;
pub(crate) mod german;
pub(crate) mod key;
pub(crate) mod lexicon;
mod lookup;
mod mistake;
mod pack;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

pub use class::{WordClass, WordClasses};
pub(crate) use file::{Capitals, Convention, Morphology, WordOrder};
pub use lookup::LookUp;
pub use mistake::PackError;
pub use pack::LanguagePack;

/// A language, named by its ISO 639-1 or 639-3 code in lower case (`ar`, `en`).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Language([u8; 3]);

/// A language code that is not two or three ASCII letters.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a language code: give two or three letters, such as `ar` or `en`")]
pub struct InvalidLanguage(String);

/// The direction in which a language is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// As English is.
    LeftToRight,
    /// As Arabic is.
    RightToLeft,
}

impl Language {
    /// Arabic.
    pub const ARABIC: Self = Self(*b"ar\0");
    /// English.
    pub const ENGLISH: Self = Self(*b"en\0");

    /// The code in lower case.
    #[must_use]
    pub fn as_str(&self) -> &str {
        let length = if self.0[2] == 0 { 2 } else { 3 };
        std::str::from_utf8(&self.0[..length]).unwrap_or("und")
    }

    /// The direction in which the language is usually written.
    #[must_use]
    pub fn direction(self) -> Direction {
        const RIGHT_TO_LEFT: [&str; 11] = ["ar", "arz", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"];
        match RIGHT_TO_LEFT.contains(&self.as_str()) {
            true => Direction::RightToLeft,
            false => Direction::LeftToRight,
        }
    }
}

impl FromStr for Language {
    type Err = InvalidLanguage;

    /// Reads a code; a region or script after it (`ar-EG`, `en_GB`) is dropped.
    fn from_str(code: &str) -> Result<Self, Self::Err> {
        let primary = code.split(['-', '_']).next().unwrap_or_default();
        let letters = primary.as_bytes();
        if !(2..=3).contains(&letters.len()) || !letters.iter().all(u8::is_ascii_alphabetic) {
            return Err(InvalidLanguage(code.to_owned()));
        }
        let mut language = [0; 3];
        for (to, from) in language.iter_mut().zip(letters) {
            *to = from.to_ascii_lowercase();
        }
        Ok(Self(language))
    }
}

impl TryFrom<String> for Language {
    type Error = InvalidLanguage;

    fn try_from(code: String) -> Result<Self, Self::Error> {
        code.parse()
    }
}

impl From<Language> for String {
    fn from(language: Language) -> Self {
        language.as_str().to_owned()
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_codes_and_drops_regions() {
        assert_eq!("ar-EG".parse(), Ok(Language::ARABIC));
        assert_eq!("EN_gb".parse(), Ok(Language::ENGLISH));
        assert!("arabic".parse::<Language>().is_err());
        assert!("".parse::<Language>().is_err());
    }

    #[test]
    fn direction_follows_the_script() {
        assert_eq!(Language::ARABIC.direction(), Direction::RightToLeft);
        assert_eq!(Language::ENGLISH.direction(), Direction::LeftToRight);
    }
}
