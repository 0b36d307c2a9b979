//! Wikitext to plain text, a paragraph a line, as far as readers see it.
//!
//! Templates, tables and notes are left out, links keep their words, and the text ends where the list of sources begins. It
//! is no parser of MediaWiki: one pass over the text with a bounded stack, so that no page can cost more than its length.
//! Which templates show what, and which headings end the text, is data (`data/wikitext.toml`).

use std::sync::LazyLock;

use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    /// Templates that show their last argument.
    shows_last: Vec<String>,
    /// Templates that show their first argument, as a quotation.
    quotes_first: Vec<String>,
    /// Namespaces whose links show nothing in the text.
    hidden_namespaces: Vec<String>,
    /// Headings behind which no article text comes.
    ends: Vec<String>,
    /// How a page begins that only leads to another.
    redirects: Vec<String>,
}

const WORDS_FILE: &str = include_str!("../../data/wikitext.toml");

static WORDS: LazyLock<Words> = LazyLock::new(|| toml::from_str(WORDS_FILE).unwrap_or_default());

/// The most templates, links and tables inside one another; what is deeper is text.
const MAX_DEPTH: usize = 40;

/// Elements that are left out with all that is in them.
const HIDDEN: [&str; 8] = ["ref", "gallery", "math", "score", "timeline", "table", "imagemap", "templatestyles"];

/// The text of a page; `None` if it only leads to another.
pub(super) fn plain_text(wikitext: &str) -> Option<String> {
    let start: String = wikitext.trim_start().chars().take(40).collect::<String>().to_lowercase();
    if WORDS.redirects.iter().any(|word| start.starts_with(word)) {
        return None;
    }
    let visible = without_elements(wikitext);
    let shown = Writer::default().write(&visible);
    Some(lines(&html_escape::decode_html_entities(&shown)))
}

/// A text without comments, tags, and the elements that are left out; line breaks as such.
fn without_elements(wikitext: &str) -> String {
    let mut text = String::with_capacity(wikitext.len());
    let mut rest = wikitext;
    while let Some(at) = rest.find('<') {
        let (before, tag) = rest.split_at(at);
        text.push_str(before);
        let (written, after) = element(tag);
        text.push_str(written);
        rest = after;
    }
    text.push_str(rest);
    text
}

/// What stands for the tag at the beginning of `tag`, and what comes behind it.
fn element(tag: &str) -> (&'static str, &str) {
    if let Some(comment) = tag.strip_prefix("<!--") {
        return ("", comment.split_once("-->").map_or("", |(_, after)| after));
    }
    let inner = tag.get(1..).unwrap_or_default();
    let name_of = |inner: &str| -> String {
        let name = inner.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric);
        name.map(|c| c.to_ascii_lowercase()).take(20).collect()
    };
    let name = name_of(inner);
    // A sign for "less than" begins no tag.
    let Some((attributes, after)) = inner.split_once('>').filter(|_| !name.is_empty()) else {
        return ("<", inner);
    };
    if HIDDEN.contains(&&*name) && !inner.starts_with('/') && !attributes.ends_with('/') {
        let end = format!("</{name}");
        let lower = after.to_ascii_lowercase();
        let rest = lower.find(&end).and_then(|at| after.get(at..)?.split_once('>'));
        return ("", rest.map_or("", |(_, rest)| rest));
    }
    let is_break = matches!(&*name, "br" | "p" | "div" | "blockquote" | "li" | "center");
    (if is_break { "\n" } else { "" }, after)
}

/// Writes what links and templates show.
#[derive(Default)]
struct Writer {
    frames: Vec<Frame>,
    text: String,
}

/// A template, link or table that is open.
struct Frame {
    kind: Kind,
    parts: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Template,
    Link,
    Table,
}

impl Writer {
    fn write(mut self, wikitext: &str) -> String {
        let mut rest = wikitext;
        let mut at_line_start = true;
        while let Some(next) = rest.chars().next() {
            let used = self.step(rest, next, at_line_start);
            at_line_start = rest.get(..used).is_some_and(|used| used.ends_with('\n'));
            rest = rest.get(used..).unwrap_or_default();
        }
        // What was never closed is text after all.
        while let Some(frame) = self.frames.pop() {
            if frame.kind != Kind::Table {
                let parts = frame.parts.join(" ");
                self.push(&parts);
            }
        }
        self.text
    }

    /// Takes the next piece of the text; how many bytes it has.
    fn step(&mut self, rest: &str, next: char, at_line_start: bool) -> usize {
        let open = self.frames.last().map(|frame| frame.kind);
        let opened = match () {
            () if rest.starts_with("{{") => Some(Kind::Template),
            () if rest.starts_with("[[") => Some(Kind::Link),
            () if at_line_start && rest.starts_with("{|") => Some(Kind::Table),
            () => None,
        };
        match (opened, open) {
            (Some(kind), _) if self.frames.len() < MAX_DEPTH => {
                self.frames.push(Frame { kind, parts: vec![String::new()] });
                return 2;
            }
            (None, Some(Kind::Template)) if rest.starts_with("}}") => self.close(template),
            (None, Some(Kind::Link)) if rest.starts_with("]]") => self.close(link),
            (None, Some(Kind::Table)) if rest.starts_with("|}") => self.close(|_| String::new()),
            (None, Some(Kind::Template | Kind::Link)) if next == '|' => {
                if let Some(frame) = self.frames.last_mut() {
                    frame.parts.push(String::new());
                }
                return 1;
            }
            _ if rest.starts_with("''") => return rest.len() - rest.trim_start_matches('\'').len(),
            _ if next == '[' => {
                if let Some((label, used)) = address(rest) {
                    self.push(label);
                    return used;
                }
                self.push("[");
                return 1;
            }
            _ => {
                // Everything up to the next sign that may mean something is taken at once.
                let plain = rest.find(['{', '}', '[', ']', '|', '\'', '\n']).unwrap_or(rest.len());
                let used = plain.max(next.len_utf8());
                self.push(rest.get(..used).unwrap_or_default());
                return used;
            }
        }
        2
    }

    fn push(&mut self, text: &str) {
        match self.frames.last_mut() {
            Some(frame) => {
                if let Some(part) = frame.parts.last_mut().filter(|_| frame.kind != Kind::Table) {
                    part.push_str(text);
                }
            }
            None => self.text.push_str(text),
        }
    }

    fn close(&mut self, shown: fn(&[String]) -> String) {
        if let Some(frame) = self.frames.pop() {
            let shown = shown(&frame.parts);
            self.push(&shown);
        }
    }
}

/// What a template shows.
fn template(parts: &[String]) -> String {
    let Some((name, arguments)) = parts.split_first() else { return String::new() };
    let name = name.trim().to_lowercase();
    let mut plain = arguments.iter().map(|argument| match argument.split_once('=') {
        Some((key, value)) if matches!(key.trim(), "1" | "2" | "text" | "quote") => Some(value.trim()),
        Some(_) => None,
        None => Some(argument.trim()),
    });
    let is_one_of = |names: &[String]| names.contains(&name);
    if is_one_of(&WORDS.shows_last) {
        return plain.rev().flatten().next().unwrap_or_default().to_owned();
    }
    if is_one_of(&WORDS.quotes_first) {
        let quoted = plain.find_map(|argument| argument).unwrap_or_default();
        let is_marked = quoted.starts_with(['"', '“', '«', '„']);
        return if is_marked || quoted.is_empty() { format!("\n{quoted}\n") } else { format!("\n“{quoted}”\n") };
    }
    String::new()
}

/// What a link shows: its label, else its target.
fn link(parts: &[String]) -> String {
    let Some(target) = parts.first().map(|target| target.trim()) else { return String::new() };
    let namespace = target.split_once(':').map(|(namespace, _)| namespace.trim().to_lowercase());
    if namespace.is_some_and(|namespace| WORDS.hidden_namespaces.contains(&namespace)) {
        return String::new();
    }
    let label = parts.last().filter(|_| parts.len() > 1).map(|label| label.trim()).filter(|label| !label.is_empty());
    let bare = target.trim_start_matches(':');
    label.unwrap_or_else(|| bare.rsplit_once(':').map_or(bare, |(_, name)| name)).to_owned()
}

/// The label of a link to an address at the beginning of `text`, and how long that is.
fn address(text: &str) -> Option<(&str, usize)> {
    let inner = text.strip_prefix('[')?;
    if !["http://", "https://", "//"].iter().any(|scheme| inner.starts_with(scheme)) {
        return None;
    }
    let line = inner.split('\n').next()?;
    let (link, _) = line.split_once(']')?;
    Some((link.split_once(' ').map_or("", |(_, label)| label.trim()), link.len() + 2))
}

/// The lines of the text, without the marks at their beginnings, up to the heading behind which there is none.
fn lines(shown: &str) -> String {
    let mut text = String::with_capacity(shown.len());
    for line in shown.lines() {
        let line = line.trim();
        if line.starts_with("__") && line.ends_with("__") && line.len() > 3 {
            continue;
        }
        let is_heading = line.len() > 2 && line.starts_with('=') && line.ends_with('=');
        let bare = match is_heading {
            true => line.trim_matches('=').trim(),
            false => line.trim_start_matches(['*', '#', ':', ';', ' ']).trim_start_matches("----").trim(),
        };
        if is_heading && WORDS.ends.contains(&bare.to_lowercase()) {
            break;
        }
        if !bare.is_empty() {
            text.push_str(bare);
            text.push_str(if is_heading { "\n" } else { "\n\n" });
        }
    }
    text.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn text(wikitext: &str) -> String {
        plain_text(wikitext).unwrap()
    }

    #[test]
    fn readers_see_the_words_of_links_and_not_the_marks() {
        let wikitext = "{{date|March 3, 2026}}\n[[File:Ferry.jpg|thumb|The [[ferry]]]]\n'''The minister''', {{w|Anna Berg}}, said ''no'' \
            to [[union|the union]]<ref>A {{note}}</ref>, as [https://news.example/a the paper] says.<br/>She left.\n\n== Sources ==\n* {{source|url=x}}";
        assert_eq!(text(wikitext), "The minister, Anna Berg, said no to the union, as the paper says.\n\nShe left.");
    }

    #[test]
    fn tables_comments_and_nested_templates_are_left_out() {
        let wikitext = "One.<!-- [[ -->\n{| class=x\n| a || {{b|[[c]]}}\n|}\n{{box|{{inner|x}}|y}}\nTwo &amp; three &lt; four. a < b\n__NOTOC__";
        assert_eq!(text(wikitext), "One.\n\nTwo & three < four. a < b");
    }

    #[test]
    fn a_quotation_is_told_as_one() {
        assert_eq!(text("She said:\n{{quote|We will not pay.|Anna Berg}}"), "She said:\n\n“We will not pay.”");
        assert_eq!(text("{{اقتباس|لن ندفع.}}"), "“لن ندفع.”");
    }

    #[test]
    fn what_is_never_closed_is_text() {
        assert_eq!(text("The {{minister said [[no."), "The minister said no.");
    }

    #[test]
    fn a_page_that_leads_to_another_has_no_text() {
        assert_eq!(plain_text("#REDIRECT [[Ferry]]"), None);
        assert_eq!(plain_text("#تحويل [[عبارة]]"), None);
    }

    #[test]
    fn the_words_are_readable_and_in_small_letters() {
        let words: Words = toml::from_str(WORDS_FILE).unwrap();
        for word in
            [words.shows_last, words.quotes_first, words.hidden_namespaces, words.ends, words.redirects].concat()
        {
            assert_eq!(word, word.to_lowercase());
        }
    }

    #[test]
    fn depth_and_length_cost_no_more_than_they_have() {
        for piece in ["{{", "[[", "{{a|", "[[b|", "<ref>", "<", "[http://x ", "''", "\n{|", "<ref name=x>{{"] {
            plain_text(&piece.repeat(200_000 / piece.len()));
        }
    }

    proptest! {
        #[test]
        fn any_text_can_be_read(wikitext in "\\PC{0,200}", marks in "(\\{\\{|\\}\\}|\\[\\[|\\]\\]|\\||=|'''|<ref>|</ref>|\\{\\||\\|\\}|\n|[a-z ]{1,6}|قال ){0,60}") {
            let _ = plain_text(&wikitext);
            let _ = plain_text(&marks);
        }
    }
}
