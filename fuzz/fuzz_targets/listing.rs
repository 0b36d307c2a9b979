//! Any bytes as a feed or a sitemap: no panic, and only addresses of pages.
#![no_main]

use isnad_ingest::{canonical_url, listing};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    if let Ok(listing) = listing::read(data, "https://news.example/feed") {
        let entries = listing.entries.iter().chain(&listing.lists);
        assert!(entries.into_iter().all(|entry| canonical_url(&entry.url).is_some()));
    }
});
