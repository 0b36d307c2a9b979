//! What is asked for: what a server is told to send, and what of that is taken.

use crate::page::MAX_PAGE_BYTES;
use crate::sniff::Kind;

/// The most bytes of a list: a sitemap may have 50 MB.
const MAX_LIST_BYTES: u64 = 52 * 1024 * 1024;

/// A kind of thing to ask for.
#[derive(Debug, Clone, Copy)]
pub struct Wanted {
    /// The header `Accept`.
    pub(super) accept: &'static str,
    /// The most bytes of it, once unpacked.
    pub(super) most_bytes: u64,
    /// Whether `robots.txt` is held to: pages are, what a site offers to programs is not.
    pub(super) obeys_rules: bool,
    /// Whether a body is one, by the `Content-Type` or, where there is none, by the path and the bytes.
    pub(super) is_one: fn(Option<&str>, &str, &[u8]) -> bool,
}

impl Wanted {
    /// An HTML page.
    pub const PAGE: Self = Self {
        accept: "text/html, application/xhtml+xml",
        most_bytes: MAX_PAGE_BYTES as u64,
        obeys_rules: true,
        is_one: |told, path, bytes| match told {
            Some(told) => is_page_type(told),
            None => Kind::of(path, bytes) == Kind::Html,
        },
    };

    /// A feed, a sitemap, or a page.
    pub const LISTING: Self = Self {
        accept: "application/atom+xml, application/rss+xml, application/feed+json, application/xml, text/xml, \
                 application/json, text/html;q=0.9, */*;q=0.5",
        most_bytes: MAX_LIST_BYTES,
        obeys_rules: true,
        is_one: |_, _, _| true,
    };

    /// What an archive answers to programs that ask for its lists.
    pub const ARCHIVE_LIST: Self =
        Self { accept: "application/json", most_bytes: MAX_LIST_BYTES, obeys_rules: false, is_one: |_, _, _| true };

    /// A page as an archive keeps it.
    pub const ARCHIVED_PAGE: Self = Self { obeys_rules: false, ..Self::PAGE };
}

/// Whether a `Content-Type` is a page's.
pub(super) fn is_page_type(content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    ["text/html", "application/xhtml+xml"].iter().any(|page| essence.eq_ignore_ascii_case(page))
}
