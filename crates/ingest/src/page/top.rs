//! The top of the text: the summary below the title, which extractors leave out, and rows of links above it, which they take.

use std::collections::HashMap;

use super::paragraphs::{Paragraph, ParagraphKind};
use super::{BEFORE_TITLE, is_title};
use crate::lines::title_key;

/// How many paragraphs there may be between the title and what the page says is its summary.
const BETWEEN: usize = 2;

/// The fewest words of a heading below the title that sums the article up.
const FEWEST_SUMMARY_WORDS: usize = 8;

/// The most code points of a label: the name of a section, a date.
const LONGEST_LABEL: usize = 30;

/// The fewest words of a headline that is a link.
const FEWEST_HEADLINE_WORDS: usize = 4;

/// The most paragraphs of an `<article>` that shows another story.
const MOST_OF_CARD: usize = 4;

/// Marks what stands in a short `<article>` other than the title's that begins with a headline that is a link: it shows another
/// story. `articles` has the number of each paragraph's article, 0 for none. Where the title stands in none, nothing is told.
pub(super) fn mark_other_stories(page: &mut [Paragraph], articles: &[usize], title: Option<&str>) {
    let key = title.map(title_key).unwrap_or_default();
    let is_heading =
        |paragraph: &Paragraph| paragraph.kind == ParagraphKind::Heading && is_title(&paragraph.text, &key);
    let own = page.iter().zip(articles).find(|(paragraph, article)| **article > 0 && is_heading(paragraph));
    let Some(own) = own.map(|(_, article)| *article) else { return };
    let is_headline = |paragraph: &Paragraph| {
        paragraph.kind == ParagraphKind::Link && paragraph.text.split_whitespace().count() >= FEWEST_HEADLINE_WORDS
    };
    // How many paragraphs each article has, and whether the first of them is such a headline.
    let mut seen: HashMap<usize, (usize, bool)> = HashMap::new();
    for (paragraph, article) in page.iter().zip(articles) {
        seen.entry(*article).or_insert_with(|| (0, is_headline(paragraph))).0 += 1;
    }
    let is_card =
        |article: usize| seen.get(&article).is_some_and(|(number, linked)| *linked && *number <= MOST_OF_CARD);
    for (paragraph, article) in page.iter_mut().zip(articles) {
        if *article > 0 && *article != own && is_card(*article) {
            paragraph.kind = ParagraphKind::OtherStory;
        }
    }
}

/// `found` without what stands far above the title and tells nothing, and with the summary that `page` has below it.
pub(super) fn mended(mut found: Vec<Paragraph>, page: &[Paragraph], title: Option<&str>) -> Vec<Paragraph> {
    let key = title.map(title_key).unwrap_or_default();
    let title_in = |paragraphs: &[Paragraph]| paragraphs.iter().position(|paragraph| is_title(&paragraph.text, &key));
    let mut title = title_in(&found);
    if title.is_some_and(|at| at >= BEFORE_TITLE && found.iter().take(at).all(is_label)) {
        found.drain(..title.take().unwrap_or_default());
        title = Some(0);
    }
    let is_heading =
        |paragraph: &Paragraph| paragraph.kind == ParagraphKind::Heading && is_title(&paragraph.text, &key);
    let heading = page.iter().position(is_heading);
    let Some(summary) = heading.and_then(|at| summary(page.get(at + 1..)?)) else { return found };
    let summary_key = title_key(&summary.text);
    if !found.iter().any(|paragraph| title_key(&paragraph.text).contains(&summary_key)) {
        let summary = Paragraph { text: summary.text.clone(), kind: ParagraphKind::Standfirst };
        found.insert(title.map_or(0, |at| at + 1), summary);
    }
    found
}

/// The summary among the paragraphs below the title: what the page says is one, or a long heading right below it.
fn summary(below: &[Paragraph]) -> Option<&Paragraph> {
    let is_long = |paragraph: &&Paragraph| paragraph.text.split_whitespace().count() >= FEWEST_SUMMARY_WORDS;
    let mut near =
        below.iter().filter(|paragraph| paragraph.kind != ParagraphKind::Unseen).take(BETWEEN + 1).peekable();
    let next = near.peek().copied().filter(|next| next.kind == ParagraphKind::Heading);
    next.or_else(|| near.find(|paragraph| paragraph.kind == ParagraphKind::Standfirst)).filter(is_long)
}

fn is_label(paragraph: &Paragraph) -> bool {
    paragraph.kind == ParagraphKind::Link || paragraph.text.chars().count() < LONGEST_LABEL
}

#[cfg(test)]
mod tests {
    use super::*;
    use ParagraphKind::{Heading, Link, Standfirst, Text};

    const TITLE: &str = "Mayor opens bridge over the river";
    const SUMMARY: &str = "Repairs took two years and cost more than was planned";
    const STORY: &str = "The mayor opened the bridge on Monday.";

    fn paragraphs(of: &[(&str, ParagraphKind)]) -> Vec<Paragraph> {
        of.iter().map(|&(text, kind)| Paragraph { text: text.to_owned(), kind }).collect()
    }

    fn mended_texts(found: &[(&str, ParagraphKind)], page: &[(&str, ParagraphKind)]) -> Vec<String> {
        let mended = mended(paragraphs(found), &paragraphs(page), Some(TITLE));
        mended.into_iter().map(|paragraph| paragraph.text).collect()
    }

    #[test]
    fn the_summary_below_the_title_comes_back() {
        for (kind, between) in [(Heading, None), (Standfirst, Some(("3 March", Text)))] {
            let mut page = vec![("Home", Link), (TITLE, Heading)];
            page.extend(between);
            page.extend([(SUMMARY, kind), (STORY, Text)]);
            assert_eq!(mended_texts(&[(STORY, Text)], &page), [SUMMARY, STORY]);
            assert_eq!(mended_texts(&[(TITLE, Heading), (STORY, Text)], &page), [TITLE, SUMMARY, STORY]);
            let whole = [(SUMMARY, Text), (STORY, Text)];
            assert_eq!(mended_texts(&whole, &page), [SUMMARY, STORY], "once");
        }
    }

    #[test]
    fn what_else_stands_below_the_title_does_not() {
        for below in [("Most read", Heading), (SUMMARY, Text), (SUMMARY, Link)] {
            assert_eq!(mended_texts(&[(STORY, Text)], &[(TITLE, Heading), below, (STORY, Text)]), [STORY]);
        }
    }

    #[test]
    fn what_stands_in_another_article_whose_headline_is_a_link_is_another_story() {
        let mark = |headline: ParagraphKind, of_title: usize, more: usize| {
            let others = [&[("Who pays for the bridge", headline)], &vec![(STORY, Text); more][..]].concat();
            let mut page = paragraphs(&[&[(TITLE, Heading), (STORY, Text)], &others[..]].concat());
            let articles = [&[of_title, of_title], &vec![2; 1 + more][..]].concat();
            mark_other_stories(&mut page, &articles, Some(TITLE));
            page.iter().filter(|paragraph| paragraph.kind == ParagraphKind::OtherStory).count()
        };
        assert_eq!((mark(Link, 1, 1), mark(Link, 0, 1)), (2, 0));
        assert_eq!(mark(Link, 1, 9), 0, "a long one may be the page's own");
        assert_eq!(mark(Heading, 1, 1), 0, "an entry of a live page");
    }

    #[test]
    fn rows_of_links_above_the_title_go_and_sentences_stay() {
        let row =
            [("Home", Text), ("News", Text), ("Sport", Text), ("Who pays for the new bridge", Link), (TITLE, Text)];
        assert_eq!(mended_texts(&[&row[..], &[(STORY, Text)]].concat(), &[]), [TITLE, STORY]);
        let told = [&[(STORY, Text)], &row[..]].concat();
        assert_eq!(mended_texts(&told, &[]).len(), told.len());
    }
}
