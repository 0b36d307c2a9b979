//! A tree of HTML to the paragraphs that readers see.

use dom_query::{Document, NodeRef};

/// A paragraph, heading or list item of an article, without line breaks and with single spaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Paragraph {
    /// Its text.
    pub(crate) text: String,
    /// What it is in the page.
    pub(crate) kind: ParagraphKind,
}

/// What a paragraph is in its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum ParagraphKind {
    /// Running text.
    Text,
    /// A heading.
    Heading,
    /// An item of a list, or a cell of a table.
    Item,
    /// All or nearly all of it is a link.
    Link,
}

/// Elements that stand in a line of text; every other one begins and ends a paragraph.
const INLINE: [&str; 37] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img",
    "ins", "kbd", "label", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub",
    "sup", "time", "tt", "u", "var", "wbr",
];

/// Elements whose text readers do not see.
const UNSEEN: [&str; 7] = ["head", "script", "style", "template", "noscript", "title", "iframe"];

/// The paragraphs of a document, in order.
pub(crate) fn paragraphs(document: &Document) -> Vec<Paragraph> {
    let mut writer = Writer::default();
    // A stack of our own, so that nesting costs no stack of the thread.
    let mut steps = vec![Step::Enter(document.root())];
    while let Some(step) = steps.pop() {
        match step {
            Step::Enter(node) if node.is_text() => writer.write(&node.text()),
            Step::Enter(node) => {
                let name = node.node_name().map(|name| name.to_string()).unwrap_or_default();
                if UNSEEN.contains(&&*name) {
                    continue;
                }
                writer.enter(&name);
                steps.push(Step::Leave(name));
                steps.extend(node.children_it(true).map(Step::Enter));
            }
            Step::Leave(name) => writer.leave(&name),
        }
    }
    writer.end_paragraph();
    writer.paragraphs
}

enum Step<'d> {
    Enter(NodeRef<'d>),
    Leave(String),
}

/// Collects text into paragraphs.
#[derive(Default)]
struct Writer {
    paragraphs: Vec<Paragraph>,
    text: String,
    /// Bytes of the current paragraph that stand inside links.
    linked: usize,
    /// How many elements of each kind are open.
    links: usize,
    headings: usize,
    items: usize,
    /// Whether white space came since the last character.
    space: bool,
}

impl Writer {
    fn write(&mut self, raw: &str) {
        for character in raw.chars() {
            if character.is_whitespace() {
                self.space = true;
                continue;
            }
            if std::mem::take(&mut self.space) && !self.text.is_empty() {
                self.text.push(' ');
            }
            self.text.push(character);
            if self.links > 0 {
                self.linked += character.len_utf8();
            }
        }
    }

    fn enter(&mut self, name: &str) {
        if !INLINE.contains(&name) {
            self.end_paragraph();
        }
        if let Some(open) = self.open(name) {
            *open += 1;
        }
    }

    fn leave(&mut self, name: &str) {
        if !INLINE.contains(&name) {
            self.end_paragraph();
        }
        if let Some(open) = self.open(name) {
            *open = open.saturating_sub(1);
        }
    }

    fn open(&mut self, name: &str) -> Option<&mut usize> {
        match name {
            "a" => Some(&mut self.links),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Some(&mut self.headings),
            "li" | "dt" | "dd" | "td" | "th" => Some(&mut self.items),
            _ => None,
        }
    }

    fn end_paragraph(&mut self) {
        self.space = false;
        let linked = std::mem::take(&mut self.linked);
        let text = std::mem::take(&mut self.text);
        if text.is_empty() {
            return;
        }
        let solid = text.bytes().filter(|byte| *byte != b' ').count();
        let kind = match () {
            () if linked * 10 >= solid * 9 => ParagraphKind::Link,
            () if self.headings > 0 => ParagraphKind::Heading,
            () if self.items > 0 => ParagraphKind::Item,
            () => ParagraphKind::Text,
        };
        self.paragraphs.push(Paragraph { text, kind });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(html: &str) -> Vec<(String, ParagraphKind)> {
        paragraphs(&Document::from(html)).into_iter().map(|paragraph| (paragraph.text, paragraph.kind)).collect()
    }

    #[test]
    fn blocks_and_line_breaks_end_paragraphs_and_inline_elements_do_not() {
        let html = "<h2>Bridge</h2><p>The <b>mayor</b> said\n &nbsp; yes.<br>And <i>no</i>.</p><ul><li>one<li>two</ul>";
        let expected = [
            ("Bridge", ParagraphKind::Heading),
            ("The mayor said yes.", ParagraphKind::Text),
            ("And no.", ParagraphKind::Text),
            ("one", ParagraphKind::Item),
            ("two", ParagraphKind::Item),
        ];
        assert_eq!(of(html), expected.map(|(text, kind)| (text.to_owned(), kind)));
    }

    #[test]
    fn a_paragraph_that_is_all_link_is_told_from_one_with_a_link_in_it() {
        let kinds: Vec<_> = of("<p><a href=x>Who pays for the bridge</a></p><p>See <a href=x>who pays</a> here</p>");
        assert_eq!(kinds.iter().map(|(_, kind)| *kind).collect::<Vec<_>>(), [ParagraphKind::Link, ParagraphKind::Text]);
    }

    #[test]
    fn what_readers_do_not_see_is_left_out() {
        assert_eq!(of("<title>x</title><style>p{}</style><script>y</script><!-- z --><p>seen</p>").len(), 1);
    }
}
