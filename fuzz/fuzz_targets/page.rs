//! Any bytes as a page, read by both extractors: no panic, and blocks that lie in the text.
#![no_main]

use isnad_ingest::{Kind, Options, read_bytes};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let options = Options { kind: Some(Kind::Html), second_opinion: true, ..Options::default() };
    if let Ok(ingested) = read_bytes(data, "page", &options) {
        let text = ingested.article.text();
        assert!(ingested.article.blocks().iter().all(|block| !block.span.of(text).trim().is_empty()));
    }
});
