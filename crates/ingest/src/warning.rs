//! What was read all the same, but should be known.

use std::fmt;

use isnad_core::Language;

use crate::page::PageDoubt;

/// Something about the input that the user should know although it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Warning {
    /// The encoding was not declared and the bytes are not UTF-8: it was guessed.
    EncodingGuessed {
        /// The encoding used.
        encoding: &'static str,
    },
    /// The declared encoding does not fit the bytes: another was used.
    EncodingNotAsDeclared {
        /// What was declared.
        declared: String,
        /// The encoding used.
        encoding: &'static str,
    },
    /// The caller or the page names an encoding that does not exist.
    UnknownEncoding {
        /// What was declared.
        declared: String,
    },
    /// Some bytes stand for no character in the encoding; each run of them became U+FFFD.
    CharactersReplaced {
        /// How many U+FFFD were put in.
        count: usize,
        /// The encoding used.
        encoding: &'static str,
    },
    /// The page says one language, its text is in another script: the text's language was taken.
    LanguageNotAsDeclared {
        /// What the page says.
        declared: Language,
        /// What the text is in.
        detected: Language,
    },
    /// The text is too short or too mixed to be sure of its language: the best guess was used, since a second opinion
    /// agrees with it.
    LanguageGuessed {
        /// The guess.
        guess: Language,
    },
    /// The text is too short or too mixed for its language to be recognised.
    LanguageUncertain {
        /// The best guess, which was not used.
        guess: Language,
    },
    /// The text was found, but no title.
    NoTitle,
    /// A text was found, but the page may not be the article.
    MayNotBeArticle {
        /// What speaks against it.
        doubt: PageDoubt,
    },
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::EncodingGuessed { encoding } => write!(f, "not UTF-8 and no encoding declared; read as {encoding}"),
            Self::EncodingNotAsDeclared { declared, encoding } => {
                write!(f, "declared as {declared}, which does not fit; read as {encoding}")
            }
            Self::UnknownEncoding { declared } => write!(f, "declares the unknown encoding `{declared}`"),
            Self::CharactersReplaced { count, encoding } => {
                write!(f, "{count} places are not valid {encoding} and were replaced by U+FFFD")
            }
            Self::LanguageNotAsDeclared { declared, detected } => {
                write!(f, "declared as language `{declared}`, but the text is `{detected}`")
            }
            Self::LanguageGuessed { guess } => {
                write!(f, "the language is uncertain; read as `{guess}`, so name it if results look wrong")
            }
            Self::LanguageUncertain { guess } => {
                write!(f, "the language was not recognised; it may be `{guess}`, so name it if it is")
            }
            Self::NoTitle => write!(f, "the page names no title"),
            Self::MayNotBeArticle { doubt } => write!(f, "this may not be the article: {doubt}"),
        }
    }
}
