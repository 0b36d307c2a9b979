//! Lists of articles as sites have them for programs: feeds (RSS, Atom, JSON Feed) and sitemaps, those of news too.
//!
//! ```
//! let feed = br#"<rss version="2.0"><channel><title>News</title>
//!   <item><link>/ferry</link><pubDate>Wed, 04 Mar 2026 09:00:00 GMT</pubDate></item></channel></rss>"#;
//! let listing = isnad_ingest::listing::read(feed, "https://news.example/feed")?;
//! assert_eq!(listing.entries[0].url, "https://news.example/ferry");
//! # Ok::<(), isnad_ingest::IngestError>(())
//! ```

mod feed;
mod outline;
mod sitemap;

use std::cmp::Reverse;
use std::io::Read;

use chrono::{DateTime, TimeDelta, Utc};
use url::Url;

use crate::address::canonical_url;
use crate::decode::decode;
use crate::error::IngestError;
use crate::sniff::Kind;
use outline::Root;

/// The most bytes of a list when it is unpacked; sitemaps may have 50 MB.
const MAX_BYTES: u64 = 52 * 1024 * 1024;

/// The most articles of a list that are named: the newest.
pub const MAX_ENTRIES: usize = 1_000;

/// A list of articles.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listing {
    /// The articles, the newest first; those without a time last, in the order of the list.
    pub entries: Vec<Entry>,
    /// Lists that it names, the newest first: a sitemap may be a list of sitemaps.
    pub lists: Vec<Entry>,
    /// For how long it wants not to be asked for again.
    pub wants_rest: Option<TimeDelta>,
}

/// An article, or a list, as a list names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its address, absolute.
    pub url: String,
    /// When it came out.
    pub published: Option<DateTime<Utc>>,
    /// When it was edited, where the list says so.
    pub modified: Option<DateTime<Utc>>,
}

/// Reads a list that came from `url`; addresses in it are held against that.
///
/// # Errors
///
/// [`IngestError::Malformed`] if it is none that is known, or broken, or too large or too deep to be read, and
/// [`IngestError::Binary`].
pub fn read(bytes: &[u8], url: &str) -> Result<Listing, IngestError> {
    let malformed = |reason: String| IngestError::Malformed { name: url.to_owned(), reason };
    let unpacked;
    let bytes = match bytes {
        [0x1F, 0x8B, ..] => {
            unpacked = unpack(bytes).map_err(malformed)?;
            &*unpacked
        }
        _ => bytes,
    };
    let decoded = decode(url, bytes, None, Kind::Html)?;
    let text = undeclared(&decoded.text);
    let read = match outline::root(text).map_err(malformed)? {
        Root::Feed => feed::read(text, url),
        Root::Sitemap => sitemap::read(text),
    };
    let mut listing = read.map_err(malformed)?;
    let base = Url::parse(url).ok();
    for entries in [&mut listing.entries, &mut listing.lists] {
        entries.retain_mut(|entry| absolute(&mut entry.url, base.as_ref()));
        entries.sort_by_key(|entry| Reverse(entry.modified.max(entry.published)));
        entries.truncate(MAX_ENTRIES);
    }
    Ok(listing)
}

/// A text without its XML declaration, which may tell the encoding that it was in.
fn undeclared(text: &str) -> &str {
    let text = text.trim_start();
    let after = text.strip_prefix("<?xml").and_then(|declared| declared.split_once("?>"));
    after.map_or(text, |(_, after)| after.trim_start())
}

fn unpack(bytes: &[u8]) -> Result<Vec<u8>, String> {
    let mut unpacked = Vec::new();
    let reader = flate2::read::MultiGzDecoder::new(bytes);
    reader.take(MAX_BYTES + 1).read_to_end(&mut unpacked).map_err(|error| error.to_string())?;
    match unpacked.len() as u64 > MAX_BYTES {
        true => Err(format!("it has more than {MAX_BYTES} bytes when it is unpacked")),
        false => Ok(unpacked),
    }
}

/// Makes an address absolute; whether it is one of a page.
fn absolute(address: &mut String, base: Option<&Url>) -> bool {
    let trimmed = address.trim();
    let joined = base.map_or_else(|| Url::parse(trimmed), |base| base.join(trimmed));
    let Some(joined) = joined.ok().map(String::from) else { return false };
    *address = joined;
    canonical_url(address).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::io::Write;

    fn listed(text: &str) -> Listing {
        read(text.as_bytes(), "https://news.example/lists/now.xml").unwrap()
    }

    fn urls(listing: &Listing) -> Vec<&str> {
        listing.entries.iter().map(|entry| &*entry.url).collect()
    }

    const RSS: &str = r#"<?xml version="1.0"?><rss version="2.0"><channel><title>N</title><ttl>30</ttl>
        <item><link>https://news.example/a</link><pubDate>Wed, 04 Mar 2026 09:00:00 GMT</pubDate></item>
        <item><link>https://news.example/b</link><pubDate>Wed, 04 Mar 2026 10:00:00 GMT</pubDate></item>
        <item><guid isPermaLink="false">7</guid><title>without an address</title></item></channel></rss>"#;
    const ATOM: &str = r#"<feed xmlns="http://www.w3.org/2005/Atom"><title>N</title><id>n</id><updated>2026-03-04T10:00:00Z</updated>
        <entry><id>1</id><title>A</title><link rel="enclosure" href="https://news.example/a.mp3"/>
          <link rel="alternate" href="https://news.example/a"/><published>2026-03-04T09:00:00Z</published>
          <updated>2026-03-04T09:30:00Z</updated></entry>
        <entry><id>2</id><title>B</title><link href="/b"/><updated>2026-03-04T10:00:00Z</updated></entry></feed>"#;
    const JSON: &str = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "N", "items": [
        {"id": "1", "url": "https://news.example/a", "date_published": "2026-03-04T09:00:00Z", "content_text": "a"},
        {"id": "2", "url": "https://news.example/b", "date_published": "2026-03-04T10:00:00Z", "content_text": "b"}]}"#;
    const RDF: &str = r#"<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
        xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://news.example/"><title>N</title>
        <link>https://news.example/</link><description>N</description></channel>
        <item rdf:about="https://news.example/a"><title>A</title><link>https://news.example/a</link><dc:date>2026-03-04T09:00:00Z</dc:date></item>
        <item rdf:about="https://news.example/b"><title>B</title><link>https://news.example/b</link><dc:date>2026-03-04T10:00:00Z</dc:date></item></rdf:RDF>"#;

    const SITEMAP: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
        <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
          <url><loc>https://news.example/undated</loc><image:image><image:loc>https://news.example/a.jpg</image:loc></image:image></url>
          <url><loc>https://news.example/a?x=1&amp;y=2</loc><lastmod>2026-03-04</lastmod></url>
          <url>
            <loc>
              https://news.example/b
            </loc>
            <news:news><news:publication><news:name>News</news:name></news:publication>
              <news:publication_date>2026-03-04T09:00:00+03:00</news:publication_date><news:title>B</news:title></news:news>
            <lastmod>2026-03-04T08:30:00Z</lastmod>
          </url>
          <url><loc>javascript:alert(1)</loc></url>
        </urlset>"#;

    #[test]
    fn every_kind_of_feed_names_its_articles_the_newest_first() {
        for (kind, text) in [("rss", RSS), ("atom", ATOM), ("json", JSON), ("rdf", RDF)] {
            assert_eq!(urls(&listed(text)), ["https://news.example/b", "https://news.example/a"], "{kind}");
        }
        assert_eq!(listed(RSS).wants_rest, Some(TimeDelta::minutes(30)));
        let entries = listed(ATOM).entries;
        assert_eq!(entries[1].modified.map(|at| at.to_rfc3339()).as_deref(), Some("2026-03-04T09:30:00+00:00"));
        assert_eq!(listed(RSS).entries[0].modified, None, "RSS tells of no edits");
    }

    #[test]
    fn a_sitemap_names_articles_with_when_they_came_out_and_were_edited() {
        let listing = listed(SITEMAP);
        let expected = ["https://news.example/b", "https://news.example/a?x=1&y=2", "https://news.example/undated"];
        assert_eq!(urls(&listing), expected);
        let b = &listing.entries[0];
        assert_eq!(b.published.map(|at| at.to_rfc3339()).as_deref(), Some("2026-03-04T06:00:00+00:00"));
        assert_eq!(b.modified.map(|at| at.to_rfc3339()).as_deref(), Some("2026-03-04T08:30:00+00:00"));
        let day = listing.entries[1].modified.map(|at| at.to_rfc3339());
        assert_eq!(day.as_deref(), Some("2026-03-04T00:00:00+00:00"), "of a day alone its beginning");
    }

    #[test]
    fn a_sitemap_of_sitemaps_names_lists_and_may_be_compressed() {
        let index = r#"<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
            <sitemap><loc>https://news.example/old.xml</loc><lastmod>2020-01-01T00:00:00Z</lastmod></sitemap>
            <sitemap><loc>https://news.example/new.xml.gz</loc><lastmod>2026-03-04T00:00:00Z</lastmod></sitemap></sitemapindex>"#;
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        packer.write_all(index.as_bytes()).unwrap();
        let listing = read(&packer.finish().unwrap(), "https://news.example/sitemap.xml.gz").unwrap();
        let lists: Vec<&str> = listing.lists.iter().map(|list| &*list.url).collect();
        assert_eq!(lists, ["https://news.example/new.xml.gz", "https://news.example/old.xml"]);
        assert_eq!(listing.entries, []);
    }

    #[test]
    fn lists_are_read_in_whatever_encoding_they_are() {
        let expected = urls(&listed(SITEMAP)).into_iter().map(str::to_owned).collect::<Vec<_>>();
        for (text, declared) in [(SITEMAP, "UTF-8"), (RSS, "version=\"1.0\"")] {
            let text =
                text.replace(declared, &format!("{declared}\" encoding=\"utf-16")).replace("UTF-8\" encoding=\"", "");
            let expected = if text.contains("urlset") {
                &expected[..]
            } else {
                &["https://news.example/b".to_owned(), "https://news.example/a".to_owned()]
            };
            let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let big: Vec<u8> =
                "\u{FEFF}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect();
            for bytes in [little, big] {
                assert_eq!(urls(&read(&bytes, "https://news.example/list").unwrap()), expected);
            }
        }
        let arabic = ATOM
            .replace("<feed", "<?xml version='1.0' encoding='windows-1256'?><feed")
            .replace("<title>A", "<title>الجسر");
        let (bytes, ..) = encoding_rs::WINDOWS_1256.encode(&arabic);
        assert_eq!(urls(&read(&bytes, "https://news.example/feed").unwrap()), urls(&listed(ATOM)));
    }

    #[test]
    fn what_is_no_list_is_told_and_hostile_ones_are_refused() {
        for (text, reason) in [
            ("", "no feed"),
            ("just words", "no feed"),
            ("<!doctype html><html><body>page</body></html>", "no feed"),
            ("<rss version='2.0'><channel>", "no feed"),
            ("{\"version\": 1}", ""),
            ("{", ""),
        ] {
            let error = read(text.as_bytes(), "https://news.example/feed").unwrap_err().to_string();
            assert!(error.starts_with("https://news.example/feed: ") && error.contains(reason), "{text}: {error}");
        }
        let deep = format!("<rss version='2.0'><channel><item>{}", "<media:group>".repeat(200_000));
        let error = read(deep.as_bytes(), "https://news.example/feed").unwrap_err().to_string();
        assert!(error.contains("inside one another"), "{error}");
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        packer.write_all(&vec![b' '; 60 * 1024 * 1024]).unwrap();
        let error = read(&packer.finish().unwrap(), "https://news.example/bomb.gz").unwrap_err().to_string();
        assert!(error.contains("when it is unpacked"), "{error}");
    }

    proptest! {
        #[test]
        fn any_bytes_and_any_damage_to_a_list_can_be_read_or_are_told(
            text in proptest::sample::select(vec![RSS, ATOM, JSON, RDF, SITEMAP]),
            damage in proptest::collection::vec((any::<proptest::sample::Index>(), 0_usize..40, "[<>/&;\"a-z0-9\\PC]{0,6}"), 0..6),
            other in proptest::collection::vec(any::<u8>(), 0..200),
        ) {
            let mut damaged = text.as_bytes().to_vec();
            for (at, length, put) in damage {
                let from = at.index(damaged.len() + 1);
                let to = (from + length).min(damaged.len());
                damaged.splice(from..to, put.into_bytes());
            }
            for bytes in [&damaged, &other] {
                if let Ok(listing) = read(bytes, "https://news.example/feed") {
                    let mut named = listing.entries.iter().chain(&listing.lists);
                    prop_assert!(named.all(|entry| canonical_url(&entry.url).is_some()));
                }
            }
        }
    }
}
