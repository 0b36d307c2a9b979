//! What the templates are given: every text already fit to be shown, every place already worked out.

pub(crate) mod captures;
pub(crate) mod card;
pub(crate) mod head;
pub(crate) mod index;
pub(crate) mod item;
pub(crate) mod pane;
pub(crate) mod segment;
pub(crate) mod speakers;
pub(crate) mod timeline;

use isnad_core::{Direction, Language};
use serde::Serialize;

/// How many colours there are to tell threads apart.
pub(crate) const HUES: usize = 8;

/// The language and direction of a text, as a page says them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Tongue {
    /// The `lang` attribute; empty if the language is not known.
    pub(crate) lang: String,
    /// The `dir` attribute.
    pub(crate) dir: &'static str,
}

impl Tongue {
    /// Of a text in `language`.
    pub(crate) fn of(language: Option<Language>) -> Self {
        let dir = match language.map(Language::direction) {
            Some(Direction::RightToLeft) => "rtl",
            Some(Direction::LeftToRight) => "ltr",
            None => "auto",
        };
        Self { lang: language.map(|language| language.to_string()).unwrap_or_default(), dir }
    }
}

/// A value's name in data, by which style and filters know it, and its word for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Named {
    /// The name in data.
    pub(crate) name: String,
    /// The word of the interface.
    pub(crate) word: String,
}

impl Named {
    /// The word of `group` for `value`.
    pub(crate) fn new(texts: &crate::texts::Texts, group: &str, value: &impl Serialize) -> Self {
        let name = crate::texts::data_name(value);
        let word = texts.word(group, &name).to_owned();
        Self { name, word }
    }
}

/// The anchor of a claim's card.
pub(crate) fn card_anchor(thread: isnad_store::ThreadId) -> String {
    format!("claim-{thread}")
}

/// The anchor of a claim in the text of a version.
pub(crate) fn text_anchor(version: u32, claim: u32) -> String {
    format!("v{version}-c{claim}")
}
