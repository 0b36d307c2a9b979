//! What bytes are: a plain text, a page, or nothing that can be read.

use std::path::Path;

/// The kinds of input that are read as one article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// Plain text.
    Text,
    /// An HTML page.
    Html,
}

/// Tags that begin a page, by the WHATWG MIME Sniffing Standard.
const PAGE_TAGS: [&str; 17] = [
    "<!doctype html",
    "<html",
    "<head",
    "<script",
    "<iframe",
    "<h1",
    "<div",
    "<font",
    "<table",
    "<a",
    "<style",
    "<title",
    "<b",
    "<body",
    "<br",
    "<p",
    "<!--",
];

/// Of those, the ones that begin nothing else, whatever the file is called.
const CERTAIN_TAGS: usize = 3;

/// How many bytes are looked at.
const SNIFFED: usize = 1024;

/// How binary formats begin, and what to call them.
const SIGNATURES: [(&[u8], &str); 15] = [
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive (a Word or OpenDocument file is one, too)"),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an old Office file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x1F\x8B", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xFD7zXZ\0", "an xz archive"),
    (b"7z\xBC\xAF\x27\x1C", "a 7-Zip archive"),
    (b"\x28\xB5\x2F\xFD", "a Zstandard archive"),
    (b"\x89PNG", "a PNG image"),
    (b"\xFF\xD8\xFF", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x7FELF", "a program"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"bplist00", "a property list or web archive"),
];

/// What binary format the bytes begin as, if any.
pub(crate) fn signature(bytes: &[u8]) -> Option<&'static str> {
    SIGNATURES.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, what)| *what)
}

impl Kind {
    /// What `bytes` are, judged by how they begin and by the ending of `name` (`page.html`).
    #[must_use]
    pub fn of(name: &str, bytes: &[u8]) -> Self {
        let ending = Path::new(name).extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase);
        match ending.as_deref() {
            Some("html" | "htm" | "xhtml" | "xht" | "shtml") => Self::Html,
            Some("txt" | "text" | "md") if !begins_with(bytes, &PAGE_TAGS[..CERTAIN_TAGS]) => Self::Text,
            _ if begins_with(bytes, &PAGE_TAGS) => Self::Html,
            _ => Self::Text,
        }
    }
}

/// Whether the bytes, after white space and any mark, declaration or comment, begin with one of the tags.
fn begins_with(bytes: &[u8], tags: &[&str]) -> bool {
    let start = bytes.get(..SNIFFED).unwrap_or(bytes);
    // In UTF-16 every other byte of a tag is NUL.
    let has_mark = start.starts_with(b"\xFF\xFE") || start.starts_with(b"\xFE\xFF");
    let is_utf16 = has_mark || matches!(start, [0, b'<', ..] | [b'<', 0, ..]);
    let mark = if has_mark {
        2
    } else if start.starts_with(b"\xEF\xBB\xBF") {
        3
    } else {
        0
    };
    let bytes = start.iter().copied().skip(mark).filter(|byte| !is_utf16 || *byte != 0);
    let start: Vec<u8> = bytes.skip_while(u8::is_ascii_whitespace).collect();
    let mut start = &*String::from_utf8_lossy(&start).to_ascii_lowercase();
    if let Some((_, rest)) = start.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")) {
        start = rest.trim_start();
    }
    tags.iter().any(|tag| {
        let rest = start.strip_prefix(tag);
        rest.is_some_and(|rest| *tag == "<!--" || rest.starts_with(|c: char| c == '>' || c.is_ascii_whitespace()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_known_by_their_beginning() {
        for page in
            ["<!DOCTYPE html>", " \n<HTML lang=ar>", "\u{FEFF}<html>", "<?xml version='1.0'?>\n<html >", "<p>one</p>"]
        {
            assert_eq!(Kind::of("-", page.as_bytes()), Kind::Html, "{page}");
        }
        let utf16: Vec<u8> = "\u{FEFF}<html>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(Kind::of("-", &utf16), Kind::Html);
        assert_eq!(Kind::of("-", "قال <b>نعم</b>".as_bytes()), Kind::Text);
        assert_eq!(Kind::of("-", b"<president> said"), Kind::Text);
    }

    #[test]
    fn a_text_file_is_text_unless_it_is_clearly_a_page() {
        assert_eq!(Kind::of("a.txt", b"<b>Note</b> this"), Kind::Text);
        assert_eq!(Kind::of("a.txt", b"<!doctype html><html>"), Kind::Html);
        assert_eq!(Kind::of("a.HTM", b"no tags"), Kind::Html);
    }
}
