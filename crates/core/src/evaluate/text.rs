//! An article's text as scoring sees it: words, and spans without what stands at their edges.

use std::collections::HashSet;
use std::sync::OnceLock;

use serde::Deserialize;
use unicode_normalization::char::is_combining_mark;

use crate::span::Span;

/// What comparing looks past.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PassedOver {
    complementisers: HashSet<String>,
    pub(super) titles: HashSet<String>,
    pub(super) articles: Vec<String>,
}

impl PassedOver {
    /// The lists that ship with the crate.
    pub(super) fn builtin() -> &'static Self {
        static LISTS: OnceLock<PassedOver> = OnceLock::new();
        // A test reads the shipped lists, so that the default never leaves the house.
        LISTS.get_or_init(|| toml::from_str(include_str!("words.toml")).unwrap_or_default())
    }
}

/// A text with its words.
#[derive(Debug)]
pub(super) struct Words<'t> {
    text: &'t str,
    /// Where the words stand, in order.
    spans: Vec<Span>,
}

impl<'t> Words<'t> {
    /// Reads the text once.
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, spans: words(text).collect() }
    }

    /// How many words there are.
    pub(super) fn count(&self) -> usize {
        self.spans.len()
    }

    /// The word of this number.
    pub(super) fn word(&self, number: usize) -> &'t str {
        self.spans.get(number).map_or("", |span| span.of(self.text))
    }

    /// The numbers of the words that `spans` touch, each once, in order.
    pub(super) fn touched(&self, spans: &[Span]) -> Vec<usize> {
        let mut touched: Vec<usize> = Vec::new();
        for span in spans {
            let first = self.spans.partition_point(|word| word.end <= span.start);
            let near = self.spans.iter().enumerate().skip(first);
            touched.extend(near.take_while(|(_, word)| word.start < span.end).map(|(number, _)| number));
        }
        touched.sort_unstable();
        touched.dedup();
        touched
    }

    /// The span without white space, punctuation and marks at its ends.
    pub(super) fn trimmed(&self, span: Span) -> Span {
        let text = span.of(self.text);
        let rest = text.trim_start_matches(|c| !counts(c));
        let start = span.start + (text.len() - rest.len());
        Span::new(start, start + rest.trim_end_matches(|c| !counts(c)).len())
    }

    /// The spans of a content, each trimmed and without the complementiser it begins with.
    pub(super) fn content(&self, spans: &[Span]) -> Vec<Span> {
        spans.iter().map(|span| self.without_complementiser(self.trimmed(*span))).collect()
    }

    fn without_complementiser(&self, span: Span) -> Span {
        let Some(first) = words(span.of(self.text)).next().filter(|word| word.start == 0) else { return span };
        let word = first.of(span.of(self.text)).to_lowercase();
        match span.start + first.end < span.end && PassedOver::builtin().complementisers.contains(&word) {
            true => self.trimmed(Span::new(span.start + first.end, span.end)),
            false => span,
        }
    }

    /// The spans in the form in which two sets are compared: trimmed, in order, those joined that no word parts.
    pub(super) fn exact(&self, spans: &[Span]) -> Vec<Span> {
        let mut trimmed: Vec<Span> =
            spans.iter().map(|span| self.trimmed(*span)).filter(|span| span.start < span.end).collect();
        trimmed.sort_unstable_by_key(|span| (span.start, span.end));
        trimmed.dedup();
        let mut joined: Vec<Span> = Vec::with_capacity(trimmed.len());
        for span in trimmed {
            match joined.last_mut() {
                Some(last) if !self.parted(last.end, span.start) => last.end = last.end.max(span.end),
                _ => joined.push(span),
            }
        }
        joined
    }

    fn parted(&self, from: usize, to: usize) -> bool {
        self.text.get(from..to).is_some_and(|between| words(between).next().is_some())
    }
}

/// The words of `text`: runs of letters, digits and underscores. Marks that stand on a letter part words, as they do
/// for the scripts that others score with.
pub(super) fn words(text: &str) -> impl Iterator<Item = Span> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..)?;
        let start = at + rest.find(is_word)?;
        let word = text.get(start..)?;
        let end = start + word.find(|c| !is_word(c)).unwrap_or(word.len());
        at = end;
        Some(Span::new(start, end))
    })
}

fn is_word(character: char) -> bool {
    character == '_' || is_letter_or_number(character)
}

/// Whether a character at the end of a span is more than space, punctuation or a sign.
fn counts(character: char) -> bool {
    is_letter_or_number(character) || is_combining_mark(character)
}

/// General categories L and N: Unicode's alphabetic characters also hold vowel signs and letters in circles.
fn is_letter_or_number(character: char) -> bool {
    character.is_alphanumeric()
        && !is_combining_mark(character)
        && !matches!(u32::from(character), 0x24B6..=0x24E9 | 0x1F130..=0x1F149 | 0x1F150..=0x1F169 | 0x1F170..=0x1F189)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exact(text: &str, spans: &[&str]) -> Vec<String> {
        let at = |part: &&str| text.find(*part).map(|start| Span::new(start, start + part.len())).unwrap();
        let words = Words::new(text);
        let spans: Vec<Span> = spans.iter().map(at).collect();
        words.exact(&words.content(&spans)).iter().map(|span| span.of(text).to_owned()).collect()
    }

    #[test]
    fn the_lists_that_ship_can_be_read() {
        assert!(toml::from_str::<PassedOver>(include_str!("words.toml")).is_ok());
    }

    #[test]
    fn marks_and_complementisers_at_the_edges_do_not_count() {
        assert_eq!(exact("He said that “it rains”.", &["that “it rains”."]), ["it rains"]);
        assert_eq!(exact("قال إنه «آمن».", &["إنه «آمن».",]), ["آمن"]);
        assert_eq!(exact("He said that.", &["that."]), ["that"]);
    }

    #[test]
    fn spans_that_no_word_parts_are_one() {
        assert_eq!(exact("“It rains”, “it pours”", &["It rains", "it pours"]), ["It rains”, “it pours"]);
        assert_eq!(exact("“It rains”, he said, “it pours”", &["It rains", "it pours"]), ["It rains", "it pours"]);
    }

    #[test]
    fn vowel_signs_part_words_and_stay_at_the_edge() {
        let text = "قالَ، ";
        assert_eq!(words(text).map(|span| span.of(text)).collect::<Vec<_>>(), ["قال"]);
        assert_eq!(Words::new(text).trimmed(Span::new(0, text.len())).of(text), "قالَ");
    }
}
