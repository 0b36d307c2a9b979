//! Sitemaps, with what Google's extension for news adds, and lists of sitemaps.

use chrono::NaiveTime;
use quick_xml::Reader;
use quick_xml::events::Event;

use super::{Entry, Listing};
use crate::moment::moment_or_day;

/// The most bytes of an address or a time.
const MAX_FIELD: usize = 8 * 1024;

/// What is read of an entry.
#[derive(Debug, Default)]
struct Fields {
    address: String,
    published: String,
    modified: String,
}

/// Reads a sitemap.
pub(super) fn read(text: &str) -> Result<Listing, String> {
    let mut reader = Reader::from_str(text);
    let mut listing = Listing::default();
    let mut fields = Fields::default();
    let mut open: Vec<String> = Vec::new();
    loop {
        match reader.read_event().map_err(|error| format!("a broken sitemap: {error}"))? {
            Event::Start(start) => {
                let name = start.local_name().as_ref().to_owned();
                if matches!(&*name, "url" | "sitemap") {
                    fields = Fields::default();
                }
                open.push(name);
            }
            Event::Text(text) => fields.write(&open, &text),
            Event::CData(text) => fields.write(&open, &text),
            Event::GeneralRef(reference) => {
                let character = reference.resolve_char_ref().ok().flatten().map(String::from);
                let known = || quick_xml::escape::resolve_predefined_entity(&reference).map(str::to_owned);
                fields.write(&open, &character.or_else(known).unwrap_or_default());
            }
            Event::End(end) => {
                let list = match end.local_name().as_ref() {
                    "url" => Some(&mut listing.entries),
                    "sitemap" => Some(&mut listing.lists),
                    _ => None,
                };
                if let Some(list) = list {
                    list.push(std::mem::take(&mut fields).into_entry());
                }
                open.pop();
            }
            Event::Eof => return Ok(listing),
            _ => {}
        }
    }
}

impl Fields {
    /// Takes a text for what the elements that are open say it is.
    fn write(&mut self, open: &[String], text: &str) {
        // Pictures and films in an entry have addresses, too.
        let [.., around, inner] = open else { return };
        let target = match (around.as_str(), inner.as_str()) {
            ("url" | "sitemap", "loc") => &mut self.address,
            ("url" | "sitemap", "lastmod") => &mut self.modified,
            ("news", "publication_date") => &mut self.published,
            _ => return,
        };
        if target.len() + text.len() <= MAX_FIELD {
            target.push_str(text);
        }
    }

    fn into_entry(self) -> Entry {
        // Of a day alone its beginning is taken: that is enough to tell old from new, and concludes nothing about a capture.
        let time = |text: &str| moment_or_day(text, Some(NaiveTime::MIN));
        let (published, modified) = (time(&self.published), time(&self.modified));
        Entry { url: self.address, published, modified }
    }
}
