//! What a list is, and whether it is built so that it can be read without harm.

use quick_xml::Reader;
use quick_xml::events::Event;

/// The most elements inside one another: parsers that call themselves for each would run out of stack.
const MAX_DEPTH: usize = 256;

/// The kinds of lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Root {
    /// RSS, Atom or JSON Feed.
    Feed,
    /// A sitemap, or a list of sitemaps.
    Sitemap,
}

/// The kind of a list.
pub(super) fn root(text: &str) -> Result<Root, String> {
    match text.as_bytes().first() {
        // The JSON parser has a bound of its own.
        Some(b'{') => Ok(Root::Feed),
        Some(b'<') => xml_root(text),
        _ => Err("no feed and no sitemap".to_owned()),
    }
}

/// The kind by the first element, if no others lie too deep. What is broken after that is told by who reads it.
fn xml_root(text: &str) -> Result<Root, String> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    let (mut depth, mut root) = (0_usize, None);
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return Err(format!("more than {MAX_DEPTH} elements inside one another"));
                }
                if root.is_none() {
                    root = Some(kind(start.local_name().as_ref())?);
                }
            }
            Ok(Event::Empty(_)) if root.is_none() => break,
            Ok(Event::End(_)) => depth = depth.saturating_sub(1),
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    root.ok_or_else(|| "no feed and no sitemap".to_owned())
}

fn kind(name: &str) -> Result<Root, String> {
    match name {
        "urlset" | "sitemapindex" => Ok(Root::Sitemap),
        "rss" | "feed" | "RDF" => Ok(Root::Feed),
        _ => Err(format!("no feed and no sitemap, but <{}>", name.chars().take(40).collect::<String>())),
    }
}
