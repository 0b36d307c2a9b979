//! The lines above the story: kicker, headline, standfirst.

use std::collections::HashSet;

use isnad_core::BlockRole;
use isnad_core::fold::fold;

use super::shape::{Ending, Shape};
use super::{Hint, Line, title_key};

/// How many lines above the story are looked at. A text with more of them is a list, not an article.
const MOST_HEAD_LINES: usize = 6;

/// The most words of a kicker.
const MOST_KICKER_WORDS: usize = 6;

/// How many more words a headline has than the kicker above it.
const HEADLINE_LEAD: usize = 3;

/// The fewest words of a standfirst; a shorter line there is a by-line, a place or a picture's description.
const FEWEST_STANDFIRST_WORDS: usize = 8;

/// Gives roles to the lines above the story and to repetitions of the headline below them. Returns the
/// number of the first line that may be the story.
///
/// Without a clear sign no line is a headline: then the first line is the story itself.
pub(super) fn settle(lines: &mut [Line<'_>]) -> usize {
    let head = named_headline(lines)
        .or_else(|| open_headline(lines))
        .or_else(|| stopped_headline(lines).map(|at| (at, at + 1)));
    let Some((headline, body)) = head else { return 0 };
    mark(lines, headline, body);
    mark_repetitions(lines, headline);
    body
}

/// The line that the page names as its title, and where the story begins below it.
fn named_headline(lines: &[Line<'_>]) -> Option<(usize, usize)> {
    let headline = lines.iter().position(|line| line.hint == Hint::Title)?;
    let below = lines.get(headline + 1).filter(|line| line.hint != Hint::Link);
    let is_summary = below.and_then(Line::open_shape).is_some_and(Shape::is_headline_like);
    let has_body = lines.len() > headline + 2;
    Some((headline, headline + 1 + usize::from(is_summary && has_body)))
}

/// A headline without a full stop: one or more such lines above a first paragraph.
fn open_headline(lines: &[Line<'_>]) -> Option<(usize, usize)> {
    let body =
        lines.iter().position(|line| line.role.is_none() && !line.shape.is_some_and(|s| s.is_headline_like()))?;
    // Where the next line goes on with a small letter, the lines are wrapped sentences.
    if lines.get(body).and_then(|line| line.shape).is_some_and(|shape| shape.starts_small) {
        return None;
    }
    let above: Vec<(usize, Shape)> =
        lines.iter().take(body).enumerate().filter_map(|(at, line)| Some((at, *line.open_shape()?))).collect();
    if above.len() > MOST_HEAD_LINES {
        return None;
    }
    let (&(first, shape), rest) = above.split_first()?;
    let headline = match rest.first() {
        Some(&(second, below)) if is_kicker(&shape, &below) => second,
        _ => first,
    };
    Some((headline, body))
}

/// Whether a line is the kicker of the line below it: a few words above clearly more.
fn is_kicker(line: &Shape, below: &Shape) -> bool {
    line.words <= MOST_KICKER_WORDS && line.ending == Ending::Open && below.words >= line.words + HEADLINE_LEAD
}

/// A headline that ends in a full stop, set off by a blank line: it has the capitals of one, or its words
/// come again in the paragraph below it.
fn stopped_headline(lines: &[Line<'_>]) -> Option<usize> {
    let headline = lines.iter().position(|line| line.role.is_none())?;
    let line = lines.get(headline)?;
    let shape = line.open_shape()?;
    let below = lines.get(headline + 1..)?.iter().find(|line| line.role.is_none())?;
    let is_short = shape.words <= 20 && shape.chars <= 150 && below.text.len() > line.text.len();
    let is_set_off = line.blank_after && !shape.is_item && !shape.opens_with_quotation;
    (is_short && is_set_off && (shape.title_case || is_retold(line.text, below.text))).then_some(headline)
}

/// Whether at least half of a line's longer words come again in the paragraph below it.
fn is_retold(line: &str, below: &str) -> bool {
    let below: String = below.chars().take(1000).collect();
    let below = fold(&below);
    let below: HashSet<&str> = below.split(|c: char| !c.is_alphanumeric()).collect();
    let line = fold(line);
    let longer: Vec<&str> = line.split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().count() >= 4).collect();
    let again = longer.iter().filter(|word| below.contains(*word)).count();
    longer.len() >= 3 && again * 2 >= longer.len()
}

/// Marks the headline, what stands above it and the standfirst below it.
fn mark(lines: &mut [Line<'_>], headline: usize, body: usize) {
    for line in lines.iter_mut().take(headline).filter(|line| line.role.is_none()) {
        let is_short = line.shape.is_some_and(|shape| shape.words <= MOST_KICKER_WORDS);
        line.role = Some(if is_short { BlockRole::Kicker } else { BlockRole::Body });
    }
    if let Some(line) = lines.get_mut(headline) {
        line.role = Some(BlockRole::Headline);
    }
    let below = lines.get_mut(headline + 1..body).unwrap_or_default();
    if let Some(line) = below.iter_mut().find(|line| line.role.is_none()) {
        let is_summary = line.shape.is_some_and(|shape| shape.words >= FEWEST_STANDFIRST_WORDS);
        line.role = Some(if is_summary { BlockRole::Standfirst } else { BlockRole::Body });
    }
}

/// A later line that only repeats the headline is the headline again.
fn mark_repetitions(lines: &mut [Line<'_>], headline: usize) {
    let Some(text) = lines.get(headline).map(|line| line.text) else { return };
    let key = title_key(text);
    let below = lines.get_mut(headline + 1..).unwrap_or_default();
    for line in below.iter_mut().filter(|line| line.role.is_none() && line.text.len().abs_diff(text.len()) <= 8) {
        if title_key(line.text) == key {
            line.role = Some(BlockRole::Headline);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::roles;
    use isnad_core::BlockRole::{Body, Headline, Kicker, Promo, Standfirst};

    const PARAGRAPH: &str = "افتتح رئيس البلدية الجسر الجديد صباح اليوم بحضور مئات السكان.";

    #[test]
    fn a_first_line_without_a_full_stop_is_the_headline() {
        assert_eq!(roles(&format!("البلدية تفتتح الجسر الجديد بعد عامين\n{PARAGRAPH}")), [Headline, Body]);
        assert_eq!(roles(&format!("من يدفع ثمن الجسر؟\n{PARAGRAPH}")), [Headline, Body]);
    }

    #[test]
    fn a_first_line_with_a_full_stop_is_the_story() {
        assert_eq!(roles(&format!("انتهى العمل في الجسر.\n{PARAGRAPH}")), [Body, Body]);
    }

    #[test]
    fn a_few_words_above_the_headline_are_its_kicker() {
        let text = format!("بعد عامين\nالبلدية تفتتح الجسر الجديد وسط المدينة\n{PARAGRAPH}");
        assert_eq!(roles(&text), [Kicker, Headline, Body]);
    }

    #[test]
    fn a_longer_line_below_the_headline_is_the_standfirst_and_a_name_is_not() {
        let text = format!(
            "الجسر الجديد يفتح أبوابه أمام السيارات والمارة\nرئيس البلدية يعد بافتتاح جسر ثان قبل نهاية العام\n{PARAGRAPH}"
        );
        assert_eq!(roles(&text), [Headline, Standfirst, Body]);
        assert_eq!(roles(&format!("الجسر الجديد يفتح أبوابه للجميع\nليلى حداد\n{PARAGRAPH}")), [Headline, Body, Body]);
    }

    #[test]
    fn promotion_between_headline_and_story_is_stepped_over() {
        let text = format!("البلدية تفتتح الجسر الجديد\nاضغط هنا للاشتراك\n{PARAGRAPH}\n{PARAGRAPH}");
        assert_eq!(roles(&text), [Headline, Promo, Body, Body]);
    }

    #[test]
    fn wrapped_sentences_have_no_headline() {
        let text = "The mayor opened the bridge on Monday and told\nthe crowd that it had cost less than planned.";
        assert_eq!(roles(text), [Body, Body]);
    }

    #[test]
    fn lines_that_all_lack_full_stops_have_no_headline() {
        assert_eq!(roles("Bread\nMilk\nTwo lemons"), [Body, Body, Body]);
    }

    #[test]
    fn a_headline_with_a_full_stop_is_told_by_its_capitals_or_by_being_retold() {
        let capitals = "Mayor Opens Bridge After Years of Delay.\n\nHundreds came to the river on Monday to see it.";
        assert_eq!(roles(capitals), [Headline, Body]);
        let retold =
            "Mayor opens river bridge.\n\nThe mayor of the town opens the long awaited river bridge on Monday.";
        assert_eq!(roles(retold), [Headline, Body]);
        let lead =
            "Two people were hurt on Monday.\n\nThe driver of the lorry had not seen the red light, police said.";
        assert_eq!(roles(lead), [Body, Body]);
    }

    #[test]
    fn a_repeated_headline_is_the_headline_again() {
        let text = format!("البلدية تفتتح الجسر الجديد\n{PARAGRAPH}\nالبلدية تفتتح الجسر الجديد\n{PARAGRAPH}");
        assert_eq!(roles(&text), [Headline, Body, Headline, Body]);
    }
}
