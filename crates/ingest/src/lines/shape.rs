//! What a line looks like, apart from its words.

use isnad_core::fold::is_ignored;

/// The longest line, in bytes, whose shape and words are looked at; a longer one is a paragraph.
pub(crate) const LONG_LINE: usize = 1200;

/// How a line ends, closing marks and brackets aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// As a sentence does: full stop, ellipsis, semicolon.
    Stop,
    /// With an exclamation mark.
    Exclamation,
    /// With a question mark.
    Question,
    /// With a colon or a comma: what follows belongs to the line.
    Unfinished,
    /// With a letter, a digit or anything else.
    Open,
}

/// The countable features of a line of at most [`LONG_LINE`] bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Shape {
    /// Stretches without white space that hold a letter or digit.
    pub(crate) words: usize,
    /// Code points.
    pub(crate) chars: usize,
    /// How the line ends.
    pub(crate) ending: Ending,
    /// Whether the line begins with a quotation mark.
    pub(crate) opens_with_quotation: bool,
    /// Whether a double quotation mark stands anywhere in it.
    pub(crate) holds_quotation: bool,
    /// Whether a sentence seems to end before the line does.
    pub(crate) holds_sentence_end: bool,
    /// Whether the line begins as a list item does: bullet, dash, number and full stop.
    pub(crate) is_item: bool,
    /// Whether the first letter is a small one.
    pub(crate) starts_small: bool,
    /// Whether nearly all longer words begin with a capital, as English headlines do.
    pub(crate) title_case: bool,
}

impl Shape {
    /// Reads the shape of a line without white space at its ends.
    pub(crate) fn of(line: &str) -> Self {
        let first = line.chars().find(|c| !c.is_whitespace() && !is_ignored(*c));
        let first_letter = line.chars().find(|c| c.is_alphanumeric());
        Self {
            words: line.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count(),
            chars: line.chars().count(),
            ending: ending(line),
            opens_with_quotation: first.is_some_and(is_quotation_mark),
            holds_quotation: line.contains(is_double_mark),
            holds_sentence_end: holds_sentence_end(line),
            is_item: is_item(line),
            starts_small: first_letter.is_some_and(char::is_lowercase),
            title_case: is_title_case(line),
        }
    }

    /// Whether a line of this shape can be read as a headline.
    pub(crate) fn is_headline_like(&self) -> bool {
        (1..=30).contains(&self.words)
            && self.chars <= 200
            && matches!(self.ending, Ending::Open | Ending::Question | Ending::Exclamation)
            && !self.is_item
            && !self.starts_small
    }
}

/// The part of a line before its first colon and the part after it, when both hold words:
/// `Bridge: who will pay for it`.
pub(crate) fn topic(line: &str) -> Option<(&str, &str)> {
    let (topic, rest) = line.split_once([':', '：'])?;
    // A colon between digits is a time or a score.
    let inside_number =
        topic.ends_with(|c: char| c.is_numeric()) && rest.starts_with(|c: char| c.is_numeric() || c == '/');
    let has_word = |part: &str| part.contains(char::is_alphabetic);
    (!inside_number && has_word(topic) && has_word(rest)).then(|| (topic.trim(), rest.trim()))
}

/// Whether the character is a quotation mark of any kind.
fn is_quotation_mark(character: char) -> bool {
    is_double_mark(character) || matches!(character, '\'' | '‘' | '’' | '‚' | '‹' | '›')
}

fn is_double_mark(character: char) -> bool {
    matches!(character, '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '＂' | '〝' | '〞')
}

fn ending(line: &str) -> Ending {
    let closes = |c: char| {
        c.is_whitespace() || is_ignored(c) || is_quotation_mark(c) || matches!(c, ')' | ']' | '}' | '*' | '_')
    };
    match line.trim_end_matches(closes).chars().next_back() {
        Some('.' | '…' | '。' | '۔' | ';' | '؛') => Ending::Stop,
        Some('!' | '！') => Ending::Exclamation,
        Some('?' | '؟' | '？') => Ending::Question,
        Some(':' | '：' | ',' | '،' | '、') => Ending::Unfinished,
        _ => Ending::Open,
    }
}

fn holds_sentence_end(line: &str) -> bool {
    let mut after_stop = false;
    for character in line.trim_end().chars() {
        if after_stop && character.is_whitespace() {
            return true;
        }
        after_stop = matches!(character, '.' | '!' | '?' | '؟' | '…' | '۔');
    }
    false
}

fn is_item(line: &str) -> bool {
    let line = line.trim_start_matches(is_ignored);
    let mut characters = line.chars();
    match characters.next() {
        Some('-' | '–' | '—' | '*' | '•' | '●' | '▪' | '■' | '◆' | '►' | '▶' | '·' | '#' | '>' | '→' | '✓') => {
            true
        }
        Some(digit) if digit.is_numeric() => {
            let rest = characters.as_str().trim_start_matches(char::is_numeric);
            rest.starts_with(['.', ')', '-', '–']) && !rest.get(1..).is_some_and(|r| r.starts_with(char::is_numeric))
        }
        _ => false,
    }
}

fn is_title_case(line: &str) -> bool {
    let longer = line.split_whitespace().filter_map(|word| {
        let letters = word.trim_matches(|c: char| !c.is_alphanumeric());
        let first = letters.chars().next()?;
        (letters.chars().count() >= 4 && (first.is_lowercase() || first.is_uppercase())).then(|| first.is_uppercase())
    });
    let (mut all, mut capital) = (0_usize, 0_usize);
    for is_capital in longer {
        all += 1;
        capital += usize::from(is_capital);
    }
    all >= 3 && capital * 10 >= all * 8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closing_marks_do_not_hide_how_a_line_ends() {
        assert_eq!(ending("قال: «نعم.»"), Ending::Stop);
        assert_eq!(ending("Who pays?” (Photo)"), Ending::Open);
        assert_eq!(ending("Who pays?”"), Ending::Question);
        assert_eq!(ending("الأسباب هي:"), Ending::Unfinished);
        assert_eq!(ending("Bridge opens"), Ending::Open);
    }

    #[test]
    fn a_topic_is_words_before_a_colon() {
        assert_eq!(topic("الجسر: من يدفع"), Some(("الجسر", "من يدفع")));
        assert_eq!(topic("At 10:30 the doors open"), None);
        assert_eq!(topic("Why:"), None);
    }

    #[test]
    fn list_items_are_told_by_how_they_begin() {
        assert!(is_item("- one"));
        assert!(is_item("1. one"));
        assert!(is_item("٢) اثنان"));
        assert!(!is_item("24 مصابا"));
        assert!(!is_item("3.5 million"));
    }

    #[test]
    fn title_case_is_for_longer_words() {
        assert!(is_title_case("Mayor Opens the Bridge After Two Years of Delay"));
        assert!(!is_title_case("Mayor opens the bridge after two years of delay"));
        assert!(!is_title_case("عمدة المدينة يفتتح الجسر"));
    }
}
