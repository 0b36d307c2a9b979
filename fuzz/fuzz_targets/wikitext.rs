//! Any text as the wikitext of a page.
#![no_main]

mod common;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data).replace('&', "&amp;").replace('<', "&lt;");
    let dump = format!(
        "<mediawiki xml:lang=\"en\"><page><title>A</title><ns>0</ns><revision><id>1</id>\
         <timestamp>2026-03-04T09:00:00Z</timestamp><text>{text}</text></revision></page></mediawiki>"
    );
    common::read("mediawiki", dump.as_bytes());
});
