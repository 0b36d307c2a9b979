//! Sentences of the interface with foreign words in them, which are kept apart so that a page can isolate them.

use serde::Serialize;

use crate::pattern::{self, Part};
use crate::shown::{cut, made_visible};

/// Words that are not the interface's own, fit to be shown.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub(crate) struct Foreign {
    /// The words; a page still has to escape and isolate them.
    pub(crate) text: String,
    /// How many characters were cut off at the end.
    pub(crate) left_out: usize,
}

/// A sentence in pieces.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub(crate) struct Phrase(pub(crate) Vec<Piece>);

/// A part of a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Piece {
    /// The words.
    #[serde(flatten)]
    pub(crate) words: Foreign,
    /// Whether they come from an article or a page.
    pub(crate) foreign: bool,
}

impl Foreign {
    /// `text`, at most `most` characters of it.
    pub(crate) fn new(text: &str, most: usize) -> Self {
        let (kept, left_out) = cut(text, most);
        Self { text: made_visible(kept).into_owned(), left_out }
    }
}

impl Phrase {
    /// A sentence of the interface alone.
    pub(crate) fn own(text: impl Into<String>) -> Self {
        let words = Foreign { text: text.into(), left_out: 0 };
        Self(vec![Piece { words, foreign: false }])
    }

    /// `pattern` with each `{name}` replaced by the foreign words given for it; a name without words stands for itself.
    pub(crate) fn filled(pattern: &str, parts: &[(&str, &Foreign)]) -> Self {
        let mut phrase = Self::default();
        for part in pattern::parts(pattern) {
            let foreign = match part {
                Part::Words(_) => None,
                Part::Name(name) => parts.iter().find(|(part, _)| *part == name),
            };
            match (foreign, part) {
                (Some((_, words)), _) => phrase.0.push(Piece { words: (*words).clone(), foreign: true }),
                (None, Part::Words(words) | Part::Name(words)) => phrase.0.extend(Self::own(words).0),
            }
        }
        phrase
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_words_stay_apart() {
        let old = Foreign::new("{new} <b>", 100);
        let phrase = Phrase::filled("from {old} to {new}", &[("old", &old), ("new", &Foreign::new("52", 100))]);
        let pieces: Vec<_> = phrase.0.iter().map(|piece| (piece.words.text.as_str(), piece.foreign)).collect();
        assert_eq!(pieces, [("from ", false), ("{new} <b>", true), (" to ", false), ("52", true)]);
    }
}
