//! Any bytes as a MediaWiki dump.
#![no_main]

mod common;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| common::read("mediawiki", data));
