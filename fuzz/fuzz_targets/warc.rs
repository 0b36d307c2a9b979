//! Any bytes as a WARC file, plain or compressed.
#![no_main]

mod common;

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| common::read("warc", data));
