//! A tree of HTML to the paragraphs that readers see.

use std::collections::HashMap;
use std::sync::LazyLock;

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
    /// A heading in what stands beside the article: an `<aside>`, a menu, a footer.
    AsideHeading,
    /// An item of a list, or a cell of a table.
    Item,
    /// All or nearly all of it is a link.
    Link,
    /// The text of a picture or film.
    Caption,
    /// The summary below the title.
    Standfirst,
    /// A note by the editors about a correction.
    Correction,
    /// A block quotation.
    Quote,
    /// Whose the block quotation above is.
    Attribution,
    /// What is there for those who hear the page and not for those who see it: `end of list`.
    Unseen,
    /// A part of another story, to which the page links.
    OtherStory,
}

/// Elements that stand in a line of text; every other one begins and ends a paragraph.
const INLINE: [&str; 37] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img",
    "ins", "kbd", "label", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub",
    "sup", "time", "tt", "u", "var", "wbr",
];

/// Elements whose text readers do not see.
const UNSEEN: [&str; 7] = ["head", "script", "style", "template", "noscript", "title", "iframe"];

/// Elements that stand beside the article.
const ASIDE: [&str; 3] = ["aside", "nav", "footer"];

/// Marks that a quotation may open or close with: what has them needs no more.
const MARKS: [char; 8] = ['“', '”', '„', '«', '»', '"', '‘', '’'];

/// What the words of attributes say about an element, by word. A test keeps the file readable.
static ROLES: LazyLock<HashMap<String, Open>> = LazyLock::new(|| {
    let file: HashMap<String, Vec<String>> = toml::from_str(ELEMENTS_FILE).unwrap_or_default();
    let role = |name: &str| match name {
        "caption" => Some(Open::Caption),
        "standfirst" => Some(Open::Standfirst),
        "correction" => Some(Open::Correction),
        "unseen" => Some(Open::Unseen),
        _ => None,
    };
    let words = |(name, words): (String, Vec<String>)| role(&name).map(|role| (role, words));
    file.into_iter()
        .filter_map(words)
        .flat_map(|(role, words)| words.into_iter().map(move |word| (word, role)))
        .collect()
});

const ELEMENTS_FILE: &str = include_str!("../../data/elements.toml");

/// The paragraphs of a document, in order.
pub(crate) fn paragraphs(document: &Document) -> Vec<Paragraph> {
    paragraphs_in_articles(document).0
}

/// The paragraphs of a document, in order, and for each the number of the outermost `<article>` that it stands in, from 1; 0
/// outside of all.
pub(super) fn paragraphs_in_articles(document: &Document) -> (Vec<Paragraph>, Vec<usize>) {
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
                let element = writer.enter(&name, &node);
                steps.push(Step::Leave(element));
                steps.extend(node.children_it(true).map(Step::Enter));
            }
            Step::Leave(element) => writer.leave(element),
        }
    }
    writer.end_paragraph();
    (writer.paragraphs, writer.articles)
}

enum Step<'d> {
    Enter(NodeRef<'d>),
    Leave(Element),
}

/// What is to be undone when an element ends.
#[derive(Debug, Clone, Copy, Default)]
struct Element {
    is_inline: bool,
    open: Option<Open>,
    /// Whether it put a quotation mark before its text.
    is_marked: bool,
    /// Whether it stands beside the article.
    is_aside: bool,
}

/// What paragraphs may stand in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    Link,
    Heading,
    Item,
    Quote,
    Attribution,
    Caption,
    Standfirst,
    Correction,
    Unseen,
    Article,
}

/// Collects text into paragraphs.
#[derive(Default)]
struct Writer {
    paragraphs: Vec<Paragraph>,
    /// The article of each of them.
    articles: Vec<usize>,
    /// How many articles have begun, those inside others aside.
    begun: usize,
    /// How many elements are open that stand beside the article.
    asides: usize,
    text: String,
    /// Bytes of the current paragraph that stand inside links.
    linked: usize,
    /// Bytes of it that are not seen.
    unseen: usize,
    /// How many elements of each kind are open, in the order of [`Open`].
    open: [usize; 10],
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
            self.linked += if self.is_in(Open::Link) { character.len_utf8() } else { 0 };
            self.unseen += if self.is_in(Open::Unseen) { character.len_utf8() } else { 0 };
        }
    }

    fn is_in(&self, open: Open) -> bool {
        self.open.get(open as usize).is_some_and(|number| *number > 0)
    }

    fn count(&mut self, open: Open) -> Option<&mut usize> {
        self.open.get_mut(open as usize)
    }

    fn enter(&mut self, name: &str, node: &NodeRef<'_>) -> Element {
        let open = self.open_by(name).or_else(|| role(node));
        // A name below a quotation is a paragraph of its own, be it in the middle of a line.
        let is_inline = INLINE.contains(&name) && open != Some(Open::Attribution);
        if !is_inline {
            self.end_paragraph();
        }
        self.begun += usize::from(open == Some(Open::Article) && !self.is_in(Open::Article));
        if let Some(number) = open.and_then(|open| self.count(open)) {
            *number += 1;
        }
        let is_marked = name == "q" && !self.text.ends_with(MARKS) && !node.text().trim_start().starts_with(MARKS);
        if is_marked {
            self.write("“");
        }
        let is_aside = ASIDE.contains(&name);
        self.asides += usize::from(is_aside);
        Element { is_inline, open, is_marked, is_aside }
    }

    fn leave(&mut self, element: Element) {
        if element.is_marked {
            self.space = false;
            self.write("”");
        }
        if !element.is_inline {
            self.end_paragraph();
        }
        if let Some(number) = element.open.and_then(|open| self.count(open)) {
            *number = number.saturating_sub(1);
        }
        self.asides -= usize::from(element.is_aside);
    }

    /// What an element is by its name.
    fn open_by(&self, name: &str) -> Option<Open> {
        Some(match name {
            "a" => Open::Link,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Open::Heading,
            "li" | "dt" | "dd" | "td" | "th" => Open::Item,
            "blockquote" => Open::Quote,
            // A name in a line that says whose the quotation is belongs to that line.
            "cite" | "footer" | "figcaption" if self.is_in(Open::Attribution) => return None,
            "cite" | "footer" | "figcaption" if self.is_in(Open::Quote) => Open::Attribution,
            "figcaption" => Open::Caption,
            "article" => Open::Article,
            _ => return None,
        })
    }

    fn end_paragraph(&mut self) {
        self.space = false;
        let (linked, unseen) = (std::mem::take(&mut self.linked), std::mem::take(&mut self.unseen));
        let text = std::mem::take(&mut self.text);
        if text.is_empty() {
            return;
        }
        let solid = text.bytes().filter(|byte| *byte != b' ').count();
        let kind = match () {
            () if unseen == solid => ParagraphKind::Unseen,
            () if self.is_in(Open::Attribution) => ParagraphKind::Attribution,
            () if linked * 10 >= solid * 9 => ParagraphKind::Link,
            () if self.is_in(Open::Caption) => ParagraphKind::Caption,
            () if self.is_in(Open::Correction) => ParagraphKind::Correction,
            () if self.is_in(Open::Quote) => ParagraphKind::Quote,
            () if self.is_in(Open::Heading) && self.asides > 0 => ParagraphKind::AsideHeading,
            () if self.is_in(Open::Heading) => ParagraphKind::Heading,
            () if self.is_in(Open::Standfirst) && self.asides == 0 => ParagraphKind::Standfirst,
            () if self.is_in(Open::Item) => ParagraphKind::Item,
            () => ParagraphKind::Text,
        };
        self.articles.push(if self.is_in(Open::Article) { self.begun } else { 0 });
        self.paragraphs.push(Paragraph { text, kind });
    }
}

/// What an element is by the words of its attributes.
fn role(node: &NodeRef<'_>) -> Option<Open> {
    ["class", "id", "itemprop"].iter().find_map(|name| {
        let words = node.attr(name)?;
        words.split_ascii_whitespace().find_map(|word| ROLES.get(&word.to_ascii_lowercase()).copied())
    })
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
    fn every_role_of_the_file_is_one_that_paragraphs_have() {
        let file: HashMap<String, Vec<String>> = toml::from_str(ELEMENTS_FILE).unwrap();
        assert_eq!(ROLES.len(), file.values().map(Vec::len).sum::<usize>());
    }

    #[test]
    fn quotations_captions_and_notes_are_told_by_their_elements() {
        let html = "<p class='lead standfirst'>In short.</p><figure><img><figcaption>A bridge.</figcaption></figure>\
            <p>She said <q>yes</q> and <q>“no”</q>.</p><blockquote><p>We pay.</p><footer>— <cite>Anna</cite></footer></blockquote>\
            <blockquote>We do not. <cite>Paul</cite></blockquote><div id=correction>It was 40.</div>";
        let expected = [
            ("In short.", ParagraphKind::Standfirst),
            ("A bridge.", ParagraphKind::Caption),
            ("She said “yes” and “no”.", ParagraphKind::Text),
            ("We pay.", ParagraphKind::Quote),
            ("— Anna", ParagraphKind::Attribution),
            ("We do not.", ParagraphKind::Quote),
            ("Paul", ParagraphKind::Attribution),
            ("It was 40.", ParagraphKind::Correction),
        ];
        assert_eq!(of(html), expected.map(|(text, kind)| (text.to_owned(), kind)));
    }

    #[test]
    fn what_is_there_to_be_heard_alone_is_told_from_what_is_seen() {
        let kinds =
            of("<li><span class=sr-only>item 1 of 3</span><p>One.</p></li><p>Two <b class=sr-only>(new)</b></p>");
        let kinds: Vec<_> = kinds.into_iter().map(|(_, kind)| kind).collect();
        assert_eq!(kinds, [ParagraphKind::Unseen, ParagraphKind::Item, ParagraphKind::Text]);
    }

    #[test]
    fn what_readers_do_not_see_is_left_out() {
        assert_eq!(of("<title>x</title><style>p{}</style><script>y</script><!-- z --><p>seen</p>").len(), 1);
    }
}
