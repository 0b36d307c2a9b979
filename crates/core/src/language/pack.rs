//! A language pack: the data that teaches one language to the extractor.

use super::Language;

/// The compiled data of one language.
#[derive(Debug)]
pub struct LanguagePack {
    language: Language,
}

impl LanguagePack {
    /// The pack for `language` that ships with the crate.
    #[must_use]
    pub fn builtin(language: Language) -> Option<&'static Self> {
        static PACKS: [LanguagePack; 2] =
            [LanguagePack { language: Language::ARABIC }, LanguagePack { language: Language::ENGLISH }];
        PACKS.iter().find(|pack| pack.language == language)
    }

    /// The language the pack teaches.
    #[must_use]
    pub fn language(&self) -> Language {
        self.language
    }

    /// The pack's own version, as told in `"language_pack": "ar 1"`.
    #[must_use]
    pub fn version(&self) -> u32 {
        1
    }

    /// The agreed spelling of a folded word that has several (`الاميركي` → `الامريكي`); `None` if it has one.
    #[must_use]
    pub fn spelling(&self, _folded: &str) -> Option<&str> {
        None
    }

    /// The value of a folded number word; `None` if it is none.
    #[must_use]
    pub fn number(&self, _folded: &str) -> Option<f64> {
        None
    }
}
