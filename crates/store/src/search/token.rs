//! The words, phrases, brackets and operators of a query.

use std::fmt;

/// A piece of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    Open,
    Close,
    And,
    Or,
    Not,
    /// What stands between quotation marks.
    Phrase(String),
    /// A word, with whether a star stands before and after it.
    Word {
        text: String,
        star_before: bool,
        star_after: bool,
    },
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Open => f.write_str("`(`"),
            Self::Close => f.write_str("`)`"),
            Self::And => f.write_str("`AND`"),
            Self::Or => f.write_str("`OR`"),
            Self::Not => f.write_str("`NOT`"),
            Self::Phrase(phrase) => write!(f, "“{phrase}”"),
            Self::Word { text, star_before, star_after } => {
                let star = |is_there: &bool| if *is_there { "*" } else { "" };
                write!(f, "`{}{text}{}`", star(star_before), star(star_after))
            }
        }
    }
}

/// The pieces of `query` in their order; what is wrong with it if it cannot be cut.
pub(super) fn tokens(query: &str) -> Result<Vec<Token>, String> {
    let mut tokens = Vec::new();
    let mut rest = query.trim_start();
    while let Some(first) = rest.chars().next() {
        let after = &rest[first.len_utf8()..];
        rest = match first {
            '(' => {
                tokens.push(Token::Open);
                after
            }
            ')' => {
                tokens.push(Token::Close);
                after
            }
            _ if is_mark(first) => {
                let (phrase, after) = after.split_once(is_mark).ok_or_else(|| format!("a `{first}` is not closed"))?;
                tokens.push(Token::Phrase(phrase.trim().to_owned()));
                after
            }
            _ => {
                let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '(' | ')') || is_mark(c));
                let (word, after) = rest.split_at(end.unwrap_or(rest.len()));
                tokens.push(word_or_operator(word));
                after
            }
        }
        .trim_start();
    }
    match tokens.is_empty() {
        true => Err("it is empty".to_owned()),
        false => Ok(tokens),
    }
}

fn word_or_operator(word: &str) -> Token {
    match word {
        "AND" => Token::And,
        "OR" => Token::Or,
        "NOT" => Token::Not,
        _ => Token::Word {
            text: word.trim_matches('*').to_owned(),
            star_before: word.starts_with('*'),
            star_after: word.ends_with('*'),
        },
    }
}

/// Whether it opens or closes a phrase.
const fn is_mark(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»')
}
