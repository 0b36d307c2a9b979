//! Headlines of other stories inside and below the story.

use std::collections::{HashMap, HashSet};

use isnad_core::BlockRole;
use isnad_core::fold::fold;

use super::phrases::Sign;
use super::shape::{Ending, Shape, topic};
use super::{Hint, Line};

/// The most lines taken to follow a label such as "read also".
const MOST_LABELLED: usize = 10;

/// The fewest and the most words of another story's headline.
const LINK_WORDS: std::ops::RangeInclusive<usize> = 4..=20;

/// The most words of each line in a row that has neither a topic nor a question among it.
const MOST_PLAIN_WORDS: usize = 14;

/// The most code points of another story's headline.
const MOST_LINK_CHARS: usize = 160;

/// The longest row of headlines that is believed; a longer one is a list that belongs to the story.
const MOST_IN_A_ROW: usize = 8;

/// The fewest paragraphs that must stand before the shape of a line alone can make it a link.
const FEWEST_PARAGRAPHS: usize = 2;

/// The most words before the colon of a headline such as `The bridge: who will pay for it`.
const MOST_TOPIC_WORDS: usize = 4;

/// The most code points of a speaker's name before a colon.
const MOST_NAME_CHARS: usize = 60;

/// Gives the role of a link to lines from number `body` on.
pub(super) fn settle(lines: &mut [Line<'_>], body: usize) {
    mark_links(lines, body);
    mark_labelled(lines);
    // Where full stops are rare, their absence says nothing: wrapped lines, verse, lists, careless punctuation.
    if ends_sentences(lines.get(body..).unwrap_or_default()) {
        mark_rows(lines, body);
    }
}

/// Lines that are a link from end to end and do not read as a sentence.
fn mark_links(lines: &mut [Line<'_>], body: usize) {
    for line in lines.iter_mut().skip(body).filter(|line| line.hint == Hint::Link) {
        let is_link = line.open_shape().is_some_and(|shape| {
            shape.words >= *LINK_WORDS.start()
                && shape.words <= 40
                && shape.ending != Ending::Stop
                && !shape.starts_small
        });
        if is_link {
            line.role = Some(BlockRole::Related);
        }
    }
}

/// Lines without a full stop right below a label.
fn mark_labelled(lines: &mut [Line<'_>]) {
    let mut left = 0;
    for line in lines {
        if line.is_label {
            left = MOST_LABELLED;
            continue;
        }
        let follows = line.open_shape().is_some_and(|shape| {
            matches!(shape.ending, Ending::Open | Ending::Question | Ending::Exclamation)
                && shape.words <= *LINK_WORDS.end()
                && !shape.starts_small
                && !(shape.opens_with_quotation && line_tells(shape))
        });
        left = if follows { left.min(MOST_LABELLED) } else { 0 };
        if left > 0 {
            line.role = Some(BlockRole::Related);
            left -= 1;
        }
    }
}

/// Whether a line that begins with a quotation goes on after it, as `"…", she said` does.
fn line_tells(shape: &Shape) -> bool {
    shape.words > 12
}

/// Whether at least half of the lines end as sentences do.
fn ends_sentences(lines: &[Line<'_>]) -> bool {
    let (mut all, mut stopped) = (0_usize, 0_usize);
    for line in lines.iter().filter(|line| line.role.is_none()) {
        all += 1;
        stopped += usize::from(line.shape.is_none_or(|shape| shape.ending == Ending::Stop));
    }
    stopped * 2 >= all
}

/// Rows of two or more lines in the shape of headlines, and single ones that name a topic before a colon.
fn mark_rows(lines: &mut [Line<'_>], body: usize) {
    let is_link: Vec<bool> = lines.iter().map(is_link_like).collect();
    let speakers = speakers(lines, &is_link);
    let mut paragraphs = 0;
    let mut at = body;
    while at < lines.len() {
        let row = row_at(lines, &is_link, at);
        if row == 0 {
            paragraphs += usize::from(lines.get(at).is_some_and(|line| line.role.is_none()));
            at += 1;
            continue;
        }
        let before = at.checked_sub(1).and_then(|previous| lines.get(previous));
        let announced = before.is_some_and(|line| line.shape.is_some_and(|shape| shape.ending == Ending::Unfinished));
        let after = lines.get(at + row).and_then(|line| line.shape);
        let goes_on = after.is_some_and(|shape| shape.starts_small);
        let links = lines.get_mut(at..at + row).unwrap_or_default();
        let speaks = links.iter().any(|line| name(line).is_some_and(|name| speakers.contains(&name)));
        if paragraphs >= FEWEST_PARAGRAPHS && !announced && !goes_on && !speaks && is_row_of_links(links) {
            links.iter_mut().for_each(|line| line.role = Some(BlockRole::Related));
        }
        at += row;
    }
}

/// How many lines from `at` on stand in one row of headlines.
///
/// One that quotes somebody or tells what they say (`Harbour master: "We were warned"`) looks like the story's own; beside a
/// plain one in the same row it is another story's as well.
fn row_at(lines: &[Line<'_>], is_link: &[bool], at: usize) -> usize {
    let rest = lines.iter().zip(is_link).skip(at);
    let row = rest.take_while(|(line, is_link)| **is_link || quotes_beside(line)).count();
    let plain = is_link.get(at..at + row).unwrap_or_default().iter().filter(|is_link| **is_link).count();
    if plain > 0 { row } else { 0 }
}

/// Whether a line has the shape of a headline but for what it quotes or says.
fn quotes_beside(line: &Line<'_>) -> bool {
    line.open_shape().is_some_and(|shape| {
        LINK_WORDS.contains(&shape.words)
            && shape.words <= MOST_PLAIN_WORDS
            && shape.chars <= MOST_LINK_CHARS
            && matches!(shape.ending, Ending::Open | Ending::Question)
            && !shape.is_item
            && !shape.starts_small
            && !shape.holds_sentence_end
            && !shape.opens_with_quotation
            && !line.has(Sign::Body)
    }) && matches!(line.hint, Hint::None | Hint::Link)
}

/// Whether lines in the shape of headlines, taken together, are links.
fn is_row_of_links(links: &[Line<'_>]) -> bool {
    match links {
        [single] => topic(single.text).is_some_and(|(topic, rest)| {
            let words = |part: &str| part.split_whitespace().count();
            words(topic) <= MOST_TOPIC_WORDS && words(rest) >= *LINK_WORDS.start()
        }),
        row => row.len() <= MOST_IN_A_ROW && has_headlines(row) && !is_talk(row),
    }
}

/// Whether a row holds what tells headlines from sub-headings and unfinished sentences: a topic before a
/// colon, a question beside statements, or shortness throughout. Questions alone are the story's own: an
/// interview, or an author who asks the reader.
fn has_headlines(row: &[Line<'_>]) -> bool {
    let asks = |line: &Line<'_>| line.shape.is_some_and(|shape| shape.ending == Ending::Question);
    let questions = row.iter().filter(|line| asks(line)).count();
    row.iter().any(|line| topic(line.text).is_some())
        || (questions > 0 && questions < row.len())
        || (questions == 0 && row.iter().all(|line| line.shape.is_some_and(|shape| shape.words <= MOST_PLAIN_WORDS)))
}

/// Whether two names take turns before a colon.
fn is_talk(row: &[Line<'_>]) -> bool {
    let mut turns: HashMap<String, usize> = HashMap::new();
    for name in row.iter().filter_map(name) {
        *turns.entry(name).or_insert(0) += 1;
    }
    turns.values().filter(|&&count| count > 1).count() > 1
}

/// Whether a line has the shape of a headline and nothing that makes it part of the story.
fn is_link_like(line: &Line<'_>) -> bool {
    let Some(shape) = line.open_shape() else { return false };
    let has_shape = LINK_WORDS.contains(&shape.words)
        && shape.chars <= MOST_LINK_CHARS
        && matches!(shape.ending, Ending::Open | Ending::Question)
        && !shape.is_item
        && !shape.starts_small;
    let tells = shape.holds_quotation
        || shape.opens_with_quotation
        || shape.holds_sentence_end
        || line.has(Sign::Body)
        || line.has(Sign::Said)
        || line.has(Sign::Leads);
    has_shape && !tells && matches!(line.hint, Hint::None | Hint::Link)
}

/// Who speaks in an interview: the names before a colon that come in more than one place. Links to other
/// stories may share a topic, but stand in one row.
fn speakers(lines: &[Line<'_>], is_link: &[bool]) -> HashSet<String> {
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut in_row: HashSet<String> = HashSet::new();
    for (line, is_link) in lines.iter().zip(is_link).filter(|(line, _)| line.role.is_none()) {
        if !is_link {
            in_row.clear();
        }
        let Some(name) = name(line) else { continue };
        if !is_link || in_row.insert(name.clone()) {
            *places.entry(name).or_insert(0) += 1;
        }
    }
    places.into_iter().filter(|(_, count)| *count > 1).map(|(name, _)| name).collect()
}

/// What stands before a colon near the start of a line, folded.
fn name(line: &Line<'_>) -> Option<String> {
    // Long paragraphs begin with the name of who speaks in them, too.
    let end = line.text.char_indices().nth(MOST_NAME_CHARS).map_or(line.text.len(), |(end, _)| end);
    let (name, _) = line.text.get(..end)?.split_once([':', '：'])?;
    let name = fold(name.trim_matches(|c: char| !c.is_alphanumeric())).into_owned();
    (!name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::super::tests::roles;
    use isnad_core::BlockRole::{self, Body, Related};

    const PARAGRAPHS: &str =
        "افتتح رئيس البلدية الجسر صباح اليوم.\nوحضر الافتتاح مئات السكان.\nوقال رئيس البلدية إن الجسر آمن.";

    /// The roles of lines between three paragraphs and one.
    fn roles_inside(inside: &str) -> Vec<BlockRole> {
        let all =
            roles(&format!("{PARAGRAPHS}\n{inside}\nوسيفتح الجسر أمام السيارات غدا.\nوينتظر السكان ذلك منذ عامين."));
        all[3..all.len() - 2].to_vec()
    }

    #[test]
    fn a_row_of_headlines_inside_the_story_is_related() {
        let row = "الجسر والمدينة: لماذا تأخر البناء، ومن يدفع الثمن؟\nهل يصمد الجسر أمام الفيضان؟\nالجسر والمدينة: خلاف جديد بين المجلس والمقاول";
        assert_eq!(roles_inside(row), [Related; 3]);
    }

    #[test]
    fn one_headline_with_a_topic_is_related() {
        assert_eq!(roles_inside("الجسر والمدينة: خلاف جديد بين المجلس والمقاول"), [Related]);
    }

    #[test]
    fn a_sub_heading_is_the_story() {
        assert_eq!(roles_inside("خلاف حول كلفة البناء"), [Body]);
    }

    #[test]
    fn a_question_alone_is_the_story() {
        assert_eq!(roles_inside("فهل يصمد الجسر أمام الفيضان؟"), [Body]);
        assert_eq!(roles_inside("هل يصمد الجسر أمام الفيضان؟\nومن يدفع إذا انهار الجسر؟"), [Body, Body]);
    }

    #[test]
    fn quotations_and_sentences_with_a_verb_of_saying_are_the_story() {
        for line in [
            "«لم أر مثل هذا الجسر في حياتي»",
            "وأضاف رئيس البلدية أن العمل لم ينته بعد",
            "وقال: لم ينته العمل في الجسر بعد",
        ] {
            assert_eq!(roles_inside(line), [Body], "{line}");
        }
    }

    #[test]
    fn an_interview_is_the_story() {
        let talk = "المراسل: هل كنت هناك عندما انهار الجسر\nليلى: كنت أقف على الضفة الأخرى مع أمي\nالمراسل: ماذا رأيت في تلك اللحظة\nليلى: رأيت الغبار يغطي كل شيء حولنا";
        assert_eq!(roles_inside(talk), [Body; 4]);
    }

    #[test]
    fn a_list_that_the_story_announces_is_the_story() {
        let list = "وتشمل الخطة ما يلي:\nبناء جسر ثان شمال المدينة القديمة\nتوسيع الطريق المؤدي إلى الميناء الجديد";
        assert_eq!(roles_inside(list), [Body; 3]);
    }

    #[test]
    fn wrapped_lines_are_the_story() {
        let wrapped = "The mayor opened the bridge on Monday and told\nthe crowd that it had cost less than planned. He\nAdded that the town would build another one soon\nThe Council has not agreed to pay for that one\nbut will talk about it again in March.";
        assert_eq!(roles(wrapped), [Body; 5]);
    }

    #[test]
    fn lines_below_a_label_are_related_until_a_sentence_comes() {
        assert_eq!(roles_inside("مواضيع قد تهمك\nالجسر القديم\nمن يدفع ثمن الجسر؟"), [Related; 3]);
    }
}
