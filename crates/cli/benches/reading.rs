//! How fast pages become recorded claims, and how fast an archive is read alone.
//!
//! `cargo bench -p isnad --bench reading`. Each figure is of one thread, so that pages per second are pages per
//! CPU-second on a machine with nothing else to do; `parse` is the baseline of the same run: the HTML parser alone.

#![allow(clippy::expect_used, reason = "a benchmark fails by panicking")]

use std::cell::Cell;
use std::io::Write;
use std::path::PathBuf;

use chrono::{DateTime, Utc};
use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use isnad_core::{LanguagePack, extract};
use isnad_ingest::source::{SourceOptions, open};
use isnad_ingest::{Options, read_bytes};
use isnad_store::{Attempt, History, OpenOptions, Origin, Reading, Recording};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

/// Invented articles of the fixtures as pages such as sites have them: most of it is not the article.
fn pages() -> Vec<String> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/articles");
    let names = [
        "ar-dam-talks",
        "ar-hospital-strike",
        "ar-port-fire",
        "en-border-treaty",
        "en-clinic-breach",
        "en-ferry-inquiry",
    ];
    let texts = names.map(|name| std::fs::read_to_string(folder.join(name).join("v1.txt")).expect("a fixture"));
    names.iter().zip(texts).map(|(name, text)| page(name.get(..2).unwrap_or_default(), &text)).collect()
}

fn page(language: &str, text: &str) -> String {
    let title = text.lines().next().unwrap_or_default();
    let links = |number: usize, kind: &str| -> String {
        let link = |at| {
            format!(
                "<li class='{kind}-item'><a href='/{kind}/{at}' data-track='{kind}-{at}'><span>{kind} {at}</span></a></li>"
            )
        };
        format!("<ul class='{kind}'>{}</ul>", (0..number).map(link).collect::<String>())
    };
    let story: String = text
        .lines()
        .skip(1)
        .filter(|line| !line.is_empty())
        .map(|line| format!("<p class='text'>{line}</p>\n"))
        .collect();
    let script =
        "window.site=window.site||{};window.site.push({slot:'top',sizes:[[728,90],[970,250]],lazy:true});".repeat(150);
    format!(
        "<!doctype html><html lang='{language}'><head><meta charset='utf-8'><title>{title}</title><script>{script}</script></head>\
         <body><header>{}</header><main><article><h1>{title}</h1>{story}</article><aside>{}</aside></main><footer>{}</footer></body></html>",
        links(60, "section"),
        links(30, "most-read"),
        links(80, "about"),
    )
}

/// Reads pages with one extractor or both, finds their claims, and records them in a history: all of them in one
/// transaction, as `import` does, which has up to 512 in one.
fn to_claims(bencher: Bencher<'_, '_>, second_opinion: bool) {
    let pages: Vec<String> = std::iter::repeat_with(pages).take(ROUNDS).flatten().collect();
    let folder = tempfile::tempdir().expect("a folder");
    let mut history = History::open(folder.path().join("isnad.db"), OpenOptions::write()).expect("a history");
    let options = Options { second_opinion, ..Options::default() };
    let next = Cell::new(0_i64);
    bencher.counter(ItemsCount::new(pages.len())).bench_local(|| {
        let read: Vec<_> = pages
            .iter()
            .map(|page| {
                let ingested = read_bytes(page.as_bytes(), "page.html", &options).expect("an article");
                let pack = ingested.article.metadata.language.and_then(LanguagePack::builtin);
                let claims = pack.map(|pack| extract(&ingested.article, pack)).unwrap_or_default();
                next.set(next.get() + 1);
                (page, ingested, pack, claims, format!("https://news.example/{}", next.get()))
            })
            .collect();
        let recordings: Vec<_> = read
            .iter()
            .map(|(page, ingested, pack, claims, url)| {
                let time: DateTime<Utc> = DateTime::from_timestamp(1_772_496_000, 0).expect("a time");
                let attempt = Attempt::Read(Reading::new(&ingested.article, claims, *pack));
                Recording {
                    url: Some(url),
                    raw: Some(page.as_bytes()),
                    ..Recording::new(time, Origin::Import, attempt)
                }
            })
            .collect();
        let recorded = history.record_all(&recordings).expect("a batch");
        assert!(recorded.iter().all(Result::is_ok));
    });
}

/// So many times the six pages are one batch.
const ROUNDS: usize = 10;

#[divan::bench(sample_count = 30)]
fn one_extractor_to_recorded_claims(bencher: Bencher<'_, '_>) {
    to_claims(bencher, false);
}

#[divan::bench(sample_count = 30)]
fn both_extractors_to_recorded_claims(bencher: Bencher<'_, '_>) {
    to_claims(bencher, true);
}

/// The text alone, without claims and history.
#[divan::bench]
fn one_extractor_to_text(bencher: Bencher<'_, '_>) {
    let pages = pages();
    bencher.counter(ItemsCount::new(pages.len())).bench_local(|| {
        let read = |page: &String| read_bytes(page.as_bytes(), "page.html", &Options::default()).is_ok();
        pages.iter().filter(|page| read(page)).count()
    });
}

/// The HTML parser alone.
#[divan::bench]
fn parse(bencher: Bencher<'_, '_>) {
    let pages = pages();
    bencher
        .counter(ItemsCount::new(pages.len()))
        .bench_local(|| pages.iter().map(|page| dom_query::Document::from(page.as_str()).tree.len()).sum::<usize>());
}

/// A WARC file of pages and pictures, and how many bytes it has when it is expanded.
fn archive(folder: &tempfile::TempDir, is_packed: bool) -> (PathBuf, usize) {
    let path = folder.path().join(if is_packed { "crawl.warc.gz" } else { "crawl.warc" });
    let mut file = std::fs::File::create(&path).expect("a file");
    let mut all = 0;
    let bodies: Vec<(Vec<u8>, &str)> = pages()
        .into_iter()
        .map(|page| (page.into_bytes(), "text/html"))
        .chain([(vec![7; 60_000], "image/png")])
        .collect();
    for at in 0..40 {
        for (body, kind) in &bodies {
            let head = format!("HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n", body.len());
            let warc = format!(
                "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://news.example/{at}\r\nWARC-Date: 2026-03-04T09:00:00Z\r\n\
                 Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{head}",
                head.len() + body.len(),
            );
            let record = [warc.as_bytes(), body, b"\r\n\r\n"].concat();
            all += record.len();
            match is_packed {
                true => {
                    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
                    packer.write_all(&record).and_then(|()| file.write_all(&packer.finish()?)).expect("a file");
                }
                false => file.write_all(&record).expect("a file"),
            }
        }
    }
    (path, all)
}

#[divan::bench(args = [false, true])]
fn warc_alone(bencher: Bencher<'_, '_>, is_packed: bool) {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, bytes) = archive(&folder, is_packed);
    bencher.counter(BytesCount::new(bytes)).bench_local(|| {
        let source = open(&path, None, &SourceOptions::default()).expect("an archive");
        let pages = source.filter(|item| item.as_ref().is_ok_and(|capture| !capture.raw().is_empty())).count();
        assert_eq!(pages, 240);
    });
}
