//! What a reader looks for: words, phrases and operators, read into what a claim must have.
//!
//! ```text
//! query   = or
//! or      = and ("OR" and)*
//! and     = part (["AND"] part)*
//! part    = ["NOT"] (word | word* | *word | "a phrase" | "(" or ")")
//! ```

use std::str::FromStr;

use isnad_core::{LookUp, Span};

use super::text::{Searchable, words};
use super::token::{Token, tokens};
use crate::error::StoreError;

/// What is looked for in claims and their speakers.
///
/// Words beside one another must all be there, in any order, in what is claimed or in the speaker's name. A word finds
/// those that begin with it, one in Arabic letters those that have it in them, since particles are written on to it,
/// and its article does not count; of a word of one or two letters only the word itself. `word*` finds only what begins
/// with it, `*word` whatever has it, `"some words"` just these words in this order. `AND`, `OR`, `NOT` and brackets
/// combine. Hamza, vowel signs, case, other digits and other agreed spellings make no difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchQuery {
    root: Node,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Node {
    Term(Term),
    All(Vec<Node>),
    Any(Vec<Node>),
    Not(Box<Node>),
}

/// A word or phrase in every form that counts as it: each is a part of a [`Searchable`] text, with the spaces that it
/// must stand between.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Term {
    patterns: Vec<String>,
}

/// The fewest letters and spaces that the index can find.
const SHORTEST: usize = 3;

/// The most forms of a phrase that are looked for, where its words have several spellings.
const MOST_PATTERNS: usize = 32;

/// The most brackets and `NOT`s inside one another.
const MOST_DEPTH: usize = 16;

impl FromStr for SearchQuery {
    type Err = StoreError;

    fn from_str(query: &str) -> Result<Self, Self::Err> {
        let invalid = |problem: String| StoreError::InvalidQuery { query: query.to_owned(), problem };
        let tokens = tokens(query).map_err(invalid)?;
        let mut parser = Parser { tokens: tokens.iter().peekable(), depth: 0 };
        let root = parser.any().map_err(invalid)?;
        match parser.tokens.next() {
            Some(Token::Close) => Err(invalid("a `)` closes nothing".to_owned())),
            Some(token) => Err(invalid(format!("{token} stands where nothing can"))),
            None if root.needs_nothing() => Err(invalid(NOTHING_NEEDED.to_owned())),
            None => Ok(Self { root }),
        }
    }
}

const NOTHING_NEEDED: &str = "beside what must not be there it needs a word that must";

impl SearchQuery {
    /// A query for all of some words, taken as they are: none is an operator.
    ///
    /// # Errors
    /// If there is no letter or digit.
    pub fn all_of(text: &str) -> Result<Self, StoreError> {
        let words = words_of(&format!("`{text}`"), text)
            .map_err(|problem| StoreError::InvalidQuery { query: text.to_owned(), problem })?;
        Ok(Self { root: Node::All(words.iter().map(|word| Node::Term(Term::word(word))).collect()) })
    }

    /// The query as the index understands it: it finds all that [`fits`](Self::fits), and nothing else.
    pub(crate) fn expression(&self) -> String {
        self.root.expression()
    }

    /// Whether a claim with this content and speaker, both as [`Searchable`] has them, is looked for.
    pub(crate) fn fits(&self, content: &str, speaker: &str) -> bool {
        self.root.fits(content, speaker)
    }

    /// The words and phrases that a claim may be found by.
    pub(crate) fn terms(&self) -> Vec<&Term> {
        let mut terms = Vec::new();
        self.root.collect(&mut terms);
        terms
    }
}

impl Term {
    /// Whether it stands in `text`.
    pub(crate) fn is_in(&self, text: &str) -> bool {
        self.patterns.iter().any(|pattern| text.contains(pattern.as_str()))
    }

    /// How often it stands in `text` as whole words, and how often as a part of one.
    pub(crate) fn count_in(&self, text: &str) -> (usize, usize) {
        let counts = self.patterns.iter().map(|pattern| {
            let word = pattern.trim_matches(' ');
            // Neighbours share the space between them, so the words are counted, not the spaces around them.
            let whole = text.match_indices(word).filter(|(at, word)| {
                text.get(..*at).is_none_or(|before| before.ends_with(' '))
                    && text.get(at + word.len()..).is_none_or(|after| after.starts_with(' '))
            });
            (whole.count(), text.matches(pattern.as_str()).count())
        });
        let (whole, all) = counts.fold((0, 0), |sum, count| (sum.0 + count.0, sum.1 + count.1));
        (whole, all.saturating_sub(whole))
    }

    /// Where it stands, in the raw text.
    pub(crate) fn places(&self, text: &Searchable) -> Vec<Span> {
        self.patterns.iter().flat_map(|pattern| text.find(pattern)).collect()
    }

    /// A word, or one that begins with it; in Arabic letters one that has it in it. Of a short word only the word itself.
    fn word(word: &str) -> Self {
        let look_up = LookUp::of(word);
        let pattern = |form: &String| match form.chars().count() < SHORTEST {
            true => format!(" {form} "),
            false if look_up.takes_particles => form.clone(),
            false => format!(" {form}"),
        };
        Self { patterns: look_up.forms.iter().map(pattern).collect() }
    }

    /// Words that begin with `word`, or have it in them; `None` if it is too short to be looked for.
    fn part(word: &str, begins: bool) -> Option<Self> {
        let start = if begins { " " } else { "" };
        let patterns: Vec<String> = LookUp::exactly(word).forms.iter().map(|form| format!("{start}{form}")).collect();
        patterns.iter().all(|pattern| pattern.chars().count() >= SHORTEST).then_some(Self { patterns })
    }

    /// Whole words in their order.
    ///
    /// # Errors
    /// If the words have so many spellings that not all forms of the phrase can be looked for.
    fn phrase(words: &[String]) -> Result<Self, String> {
        let mut patterns = vec![" ".to_owned()];
        for word in words {
            let forms = LookUp::exactly(word).forms;
            patterns =
                patterns.iter().flat_map(|begun| forms.iter().map(move |form| format!("{begun}{form} "))).collect();
            if patterns.len() > MOST_PATTERNS {
                let words = words.join(" ");
                return Err(format!(
                    "“{words}” can be spelt in more than {MOST_PATTERNS} ways; take fewer words of it"
                ));
            }
        }
        Ok(Self { patterns })
    }

    fn expression(&self) -> String {
        let patterns: Vec<String> =
            self.patterns.iter().map(|pattern| format!("\"{}\"", pattern.replace('"', "\"\""))).collect();
        format!("({})", patterns.join(" OR "))
    }
}

impl Node {
    /// Whether claims can be found without any word being there.
    fn needs_nothing(&self) -> bool {
        match self {
            Self::Term(_) => false,
            Self::All(parts) => parts.iter().all(Self::needs_nothing),
            Self::Any(parts) => parts.iter().any(Self::needs_nothing),
            Self::Not(_) => true,
        }
    }

    fn fits(&self, content: &str, speaker: &str) -> bool {
        match self {
            Self::Term(term) => term.is_in(content) || term.is_in(speaker),
            Self::All(parts) => parts.iter().all(|part| part.fits(content, speaker)),
            Self::Any(parts) => parts.iter().any(|part| part.fits(content, speaker)),
            Self::Not(part) => !part.fits(content, speaker),
        }
    }

    fn expression(&self) -> String {
        let joined =
            |parts: &[&Self], with: &str| parts.iter().map(|part| part.expression()).collect::<Vec<_>>().join(with);
        match self {
            Self::Term(term) => term.expression(),
            Self::Any(parts) => format!("({})", joined(&parts.iter().collect::<Vec<_>>(), " OR ")),
            Self::Not(part) => part.expression(),
            Self::All(parts) => {
                let (not, needed): (Vec<&Self>, Vec<&Self>) =
                    parts.iter().partition(|part| matches!(part, Self::Not(_)));
                match not.is_empty() {
                    true => format!("({})", joined(&needed, " AND ")),
                    false => format!("(({}) NOT ({}))", joined(&needed, " AND "), joined(&not, " OR ")),
                }
            }
        }
    }

    fn collect<'n>(&'n self, terms: &mut Vec<&'n Term>) {
        match self {
            Self::Term(term) => terms.push(term),
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.collect(terms)),
            Self::Not(_) => {}
        }
    }
}

struct Parser<'t> {
    tokens: std::iter::Peekable<std::slice::Iter<'t, Token>>,
    depth: usize,
}

impl Parser<'_> {
    fn any(&mut self) -> Result<Node, String> {
        let mut parts = vec![self.all()?];
        while self.tokens.next_if_eq(&&Token::Or).is_some() {
            parts.push(self.all()?);
        }
        match (parts.len(), parts.iter().any(Node::needs_nothing)) {
            (1, _) => Ok(parts.swap_remove(0)),
            (_, true) => Err(format!("at one side of `OR` {NOTHING_NEEDED}")),
            (_, false) => Ok(Node::Any(parts)),
        }
    }

    fn all(&mut self) -> Result<Node, String> {
        let mut parts = vec![self.part()?];
        loop {
            match self.tokens.peek() {
                Some(Token::And) => {
                    self.tokens.next();
                }
                None | Some(Token::Or | Token::Close) => break,
                Some(_) => {}
            }
            parts.push(self.part()?);
        }
        Ok(match parts.len() {
            1 => parts.swap_remove(0),
            _ => Node::All(parts),
        })
    }

    fn part(&mut self) -> Result<Node, String> {
        self.depth += 1;
        if self.depth > MOST_DEPTH {
            return Err(format!("more than {MOST_DEPTH} brackets and `NOT`s are inside one another"));
        }
        let part = match self.tokens.next() {
            None => Err("it ends where a word must follow".to_owned()),
            Some(Token::Open) => self.brackets(),
            Some(Token::Not) => match self.part()? {
                Node::Not(twice) => Ok(*twice),
                inner if inner.needs_nothing() => Err(NOTHING_NEEDED.to_owned()),
                inner => Ok(Node::Not(Box::new(inner))),
            },
            Some(token @ Token::Phrase(phrase)) => {
                words_of(&token.to_string(), phrase).and_then(|words| Term::phrase(&words)).map(Node::Term)
            }
            Some(token @ Token::Word { text, star_before, star_after }) => {
                word(token, text, *star_before, *star_after).map(Node::Term)
            }
            Some(Token::Close) => Err("a `)` stands where a word must".to_owned()),
            Some(operator) => Err(format!("{operator} stands where a word must")),
        };
        self.depth -= 1;
        part
    }

    fn brackets(&mut self) -> Result<Node, String> {
        let inner = self.any()?;
        match self.tokens.next() {
            Some(Token::Close) if inner.needs_nothing() && !matches!(inner, Node::Not(_)) => {
                Err(NOTHING_NEEDED.to_owned())
            }
            Some(Token::Close) => Ok(inner),
            _ => Err("a `(` is not closed".to_owned()),
        }
    }
}

/// The words of `text`, which is told as `shown`; there must be one.
fn words_of(shown: &str, text: &str) -> Result<Vec<String>, String> {
    let words: Vec<String> = words(text).collect();
    match words.is_empty() {
        true => Err(format!("{shown} has no letter or digit")),
        false => Ok(words),
    }
}

/// The term for a word typed with or without stars; one that is several words to the index is a phrase.
fn word(token: &Token, text: &str, star_before: bool, star_after: bool) -> Result<Term, String> {
    match words_of(&token.to_string(), text)?.as_slice() {
        [word] if star_before || star_after => Term::part(word, !star_before)
            .ok_or_else(|| format!("{token} is too short: beside a star it takes two letters, or three after one")),
        [word] => Ok(Term::word(word)),
        words => Term::phrase(words),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn query(text: &str) -> SearchQuery {
        text.parse().unwrap_or_else(|error| panic!("{error}"))
    }

    fn fits(text: &str, content: &str) -> bool {
        query(text).fits(Searchable::new(content).text(), " the mayor ")
    }

    #[test]
    fn a_word_finds_those_that_begin_with_it() {
        assert!(fits("minister", "Two ministers met"));
        assert!(!fits("war", "an award"));
        assert!(fits("*war", "an award") && !fits("war*", "an award") && fits("aw*", "an award"));
        assert!(fits("mayor bridge", "The bridge is closed") && !fits("major", "The bridge is closed"));
    }

    #[test]
    fn a_short_word_is_found_as_it_is() {
        assert!(fits("UN", "the UN said") && !fits("un", "it is unsafe"));
        assert!(fits("5", "5 ships") && !fits("5", "50 ships"));
        assert!(fits("لا", "لا حل") && !fits("لا", "خلاف"));
    }

    #[test]
    fn spelling_article_and_particles_make_no_difference_in_arabic() {
        for content in ["الرئيس الأميركي", "رئيس أمريكي", "وللأمريكيين", "والأمْريكيّ"]
        {
            assert!(fits("الأمريكي", content), "{content}");
        }
        assert!(fits("\"الرئيس الأمريكي\"", "قال الرئيس الأميركي") && !fits("\"الرئيس الأمريكي\"", "رئيس أمريكي"));
    }

    #[test]
    fn operators_combine() {
        assert!(fits("bridge AND (open OR closed)", "bridge closed"));
        assert!(fits("bridge OR ferry closed", "the bridge"));
        assert!(!fits("bridge NOT closed", "bridge closed") && fits("bridge NOT closed", "bridge open"));
        assert!(!fits("bridge NOT (closed OR open)", "bridge open"));
        assert!(fits("“more than 1,500”", "more than 1500 men") && !fits("\"than more\"", "more than"));
        assert!(fits("Jean-Luc", "Jean-Luc Berg") && !fits("Jean-Luc", "Luc Jean"));
    }

    #[test]
    fn what_is_wrong_with_a_query_is_told() {
        for (text, problem) in [
            ("", "it is empty"),
            ("\"open", "a `\"` is not closed"),
            ("(open", "a `(` is not closed"),
            ("open)", "a `)` closes nothing"),
            ("open OR", "it ends where a word must follow"),
            ("OR open", "`OR` stands where a word must"),
            ("open AND OR shut", "`OR` stands where a word must"),
            ("()", "a `)` stands where a word must"),
            ("NOT open", "beside what must not be there it needs a word that must"),
            ("open OR NOT shut", "at one side of `OR` beside what must not be there it needs a word that must"),
            ("open NOT (NOT shut NOT closed)", "beside what must not be there it needs a word that must"),
            ("— open", "`—` has no letter or digit"),
            ("u*", "`u*` is too short: beside a star it takes two letters, or three after one"),
            ("\"?!\"", "“?!” has no letter or digit"),
            (
                "\"أمريكي أمريكي أمريكي أمريكي أمريكي أمريكي\"",
                "“امريكي امريكي امريكي امريكي امريكي امريكي” can be spelt in more than 32 ways; take fewer words of it",
            ),
        ] {
            let error = text.parse::<SearchQuery>().unwrap_err();
            assert!(
                matches!(&error, StoreError::InvalidQuery { problem: told, .. } if told == problem),
                "{text}: {error}"
            );
        }
        assert!(format!("{}a{}", "(".repeat(99), ")".repeat(99)).parse::<SearchQuery>().is_err());
    }
}
