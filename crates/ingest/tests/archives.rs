//! Web archives as a real tool writes them (`tests/warc/make.py`), and what becomes of damaged ones.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use isnad_ingest::Options;
use isnad_ingest::source::{Capture, Content, Skipped, SourceKind, SourceOptions, open};
use tempfile::TempDir;

const BASE: &str = "http://127.0.0.1:18080";

fn fixture(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/warc").join(name)
}

fn bytes(name: &str) -> Vec<u8> {
    fs::read(fixture(name)).unwrap()
}

fn read(path: &Path) -> Vec<Result<Capture, Skipped>> {
    open(path, None, &SourceOptions::default()).unwrap().collect()
}

/// A file in a folder of its own, and what is read from it.
fn read_bytes(name: &str, bytes: &[u8]) -> (TempDir, Vec<Result<Capture, Skipped>>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    let items = read(&path);
    (folder, items)
}

/// The path of the address and what came of each capture: the first words of the second line, or why there are none.
fn told(items: &[Result<Capture, Skipped>]) -> Vec<(String, String)> {
    let told = |capture: &Capture| match &capture.content {
        Content::Failed { reason } => reason.clone(),
        _ => {
            let ingested = capture.read(&Options::default()).unwrap();
            let line = ingested.article.text().lines().nth(1).unwrap_or_default().to_owned();
            line.split_whitespace().take(4).collect::<Vec<_>>().join(" ")
        }
    };
    let captures = items.iter().filter_map(|item| item.as_ref().ok());
    captures.map(|capture| (capture.url.clone().unwrap().replace(BASE, ""), told(capture))).collect()
}

fn errors(items: &[Result<Capture, Skipped>]) -> Vec<String> {
    items.iter().filter_map(|item| item.as_ref().err()).map(ToString::to_string).collect()
}

/// What the archive of the site tells: a page in chunks and compressed, one in windows-1256, one that is gone. The page that
/// was led to is there again; the redirection and the picture are no captures.
fn site() -> Vec<(String, String)> {
    let ferry = ("/ferry".to_owned(), "The minister, Anna Berg,".to_owned());
    let bridge = ("/bridge".to_owned(), "قال وزير النقل سامر".to_owned());
    vec![ferry.clone(), ferry, bridge, ("/gone".to_owned(), "HTTP 410".to_owned())]
}

#[test]
fn the_responses_of_an_archive_come_out_as_they_were_sent() {
    let items = read(&fixture("site.warc.gz"));
    assert_eq!((told(&items), errors(&items)), (site(), vec![]));
    let first = items[0].as_ref().unwrap();
    assert!(first.time.is_some() && first.place.contains("site.warc.gz: record at "), "{first:?}");
    assert_eq!(told(&read(&fixture("plain.warc"))), [site()[0].clone(), site()[2].clone()]);
}

#[test]
fn a_revisit_is_a_capture_of_the_page_it_points_at() {
    let (_folder, items) = read_bytes("all.warc.gz", &[bytes("site.warc.gz"), bytes("again.warc.gz")].concat());
    let expected = [site(), vec![site()[0].clone(), site()[2].clone()]].concat();
    assert_eq!((told(&items), errors(&items)), (expected, vec![]));
    let alone = read(&fixture("again.warc.gz"));
    assert!(told(&alone).is_empty() && errors(&alone)[0].contains("a revisit of a page that this file does not hold"));
}

#[test]
fn a_damaged_record_is_told_and_the_others_come_out() {
    let mut damaged = bytes("site.warc.gz");
    let offset: usize = items_offset(&read(&fixture("site.warc.gz")), 1);
    damaged[offset + 40..offset + 80].fill(0);
    let (_folder, items) = read_bytes("damaged.warc.gz", &damaged);
    assert_eq!(told(&items), [site()[0].clone(), site()[2].clone(), site()[3].clone()]);
    assert_eq!(errors(&items).len(), 1, "{:?}", errors(&items));
}

/// Where a capture's record begins, as its place tells.
fn items_offset(items: &[Result<Capture, Skipped>], at: usize) -> usize {
    items[at].as_ref().unwrap().place.rsplit(' ').next().unwrap().parse().unwrap()
}

#[test]
fn lines_that_are_no_record_are_passed_over() {
    let plain = bytes("plain.warc");
    let text = String::from_utf8_lossy(&plain).into_owned();
    let second = text.match_indices("WARC/1.0").nth(2).unwrap().0;
    let second =
        plain.windows(8).enumerate().filter(|(_, window)| *window == b"WARC/1.0").nth(2).map_or(second, |(at, _)| at);
    let broken = [&plain[..second], b"rubbish\r\nmore rubbish\r\n", &plain[second..]].concat();
    let (_folder, items) = read_bytes("broken.warc", &broken);
    assert_eq!((told(&items).len(), errors(&items).len()), (2, 1), "{:?}", errors(&items));
    let cut = &plain[..plain.len() / 2];
    let (_folder, items) = read_bytes("cut.warc", cut);
    assert!(errors(&items).iter().all(|error| error.contains("cut off")), "{:?}", errors(&items));
}

#[test]
fn a_list_points_into_the_archives_beside_it() {
    let items = read(&fixture("site.cdx"));
    let whole = read(&fixture("site.warc.gz"));
    assert_eq!((told(&items), errors(&items)), (site(), vec![]));
    let places =
        |items: &[Result<Capture, Skipped>]| -> Vec<usize> { (0..4).map(|at| items_offset(items, at)).collect() };
    assert_eq!(places(&items), places(&whole), "a list and its archive name the same captures");
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("archive")).unwrap();
    fs::copy(fixture("site.warc.gz"), folder.path().join("archive/site.warc.gz")).unwrap();
    let offset = items_offset(&whole, 2);
    let line = |file: &str| {
        format!(
            "example,news)/bridge 20260304090000 {{\"url\": \"{BASE}/bridge\", \"mime\": \"text/html\", \"filename\": \"{file}\", \"offset\": \"{offset}\"}}\n"
        )
    };
    let list = line("site.warc.gz") + &line("/etc/../../site.warc.gz") + &line("missing.warc.gz") + "{\"offset\": 1}\n";
    fs::write(folder.path().join("index.cdxj"), list).unwrap();
    let items = read(&folder.path().join("index.cdxj"));
    assert_eq!(told(&items), [site()[2].clone(), site()[2].clone()]);
    let errors = errors(&items);
    assert!(errors[0].contains("`missing.warc.gz` is not beside the list") && errors.len() == 2, "{errors:?}");
}

#[test]
fn a_revisit_in_a_list_is_the_page_that_the_list_names_before_it() {
    let page = b"<p>The mayor said that the bridge is closed.</p>";
    let original =
        String::from_utf8(record("", page)).unwrap().replace("WARC-Date", "WARC-Payload-Digest: sha1:A\r\nWARC-Date");
    let revisit = |digest: &str| {
        format!(
            "WARC/1.0\r\nWARC-Type: revisit\r\nWARC-Target-URI: {BASE}/ferry\r\nWARC-Payload-Digest: sha1:{digest}\r\n\
             WARC-Date: 2026-03-05T09:00:00Z\r\nContent-Length: 0\r\n\r\n\r\n\r\n"
        )
    };
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.warc"), original.clone() + &revisit("A") + &revisit("B")).unwrap();
    let line = |offset: usize, mime: &str, digest: &str| {
        format!(
            "x 1 {{\"mime\": \"{mime}\", \"digest\": \"{digest}\", \"filename\": \"a.warc\", \"offset\": {offset}}}\n"
        )
    };
    let second = original.len() + revisit("A").len();
    let list =
        line(0, "text/html", "A") + &line(original.len(), "warc/revisit", "A") + &line(second, "warc/revisit", "B");
    fs::write(folder.path().join("index.cdxj"), list).unwrap();
    let items = read(&folder.path().join("index.cdxj"));
    let raw: Vec<&[u8]> = items.iter().flatten().map(Capture::raw).collect();
    assert_eq!(raw, [&page[..], &page[..]], "{items:?}");
    let errors = errors(&items);
    assert!(errors.len() == 1 && errors[0].contains("the list does not name before it"), "{errors:?}");
}

#[test]
fn the_archives_in_a_zip_file_are_read_in_place_and_expanded() {
    for method in [zip::CompressionMethod::Stored, zip::CompressionMethod::Deflated] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("site.wacz");
        let mut archive = zip::ZipWriter::new(fs::File::create(&path).unwrap());
        let options = zip::write::SimpleFileOptions::default().compression_method(method);
        for (name, content) in [("datapackage.json", b"{}".to_vec()), ("archive/site.warc.gz", bytes("site.warc.gz"))] {
            archive.start_file(name, options).unwrap();
            archive.write_all(&content).unwrap();
        }
        archive.finish().unwrap();
        let items = read(&path);
        assert_eq!((told(&items), errors(&items)), (site(), vec![]), "{method}");
    }
}

/// A WARC record of a response with these headers and this body.
fn record(headers: &str, body: &[u8]) -> Vec<u8> {
    let head = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{headers}\r\n");
    let length = head.len() + body.len();
    let warc = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {BASE}/ferry\r\nWARC-Date: 2026-03-04T09:00:00Z\r\n\
         Content-Type: application/http\r\nContent-Length: {length}\r\n\r\n{head}"
    );
    [warc.as_bytes(), body, b"\r\n\r\n"].concat()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn bombs_and_endless_bodies_are_refused_and_what_follows_is_read() {
    let bomb = record("Content-Encoding: gzip\r\n", &gzip(&vec![b' '; 100_000_000]));
    let huge = record("", &vec![b' '; 100_000_000]);
    let page = b"<html lang=en><title>Ferry</title><article><p>The minister, Anna Berg, said no to it.</p></article>";
    let sound = record("", page);
    // A length that lies takes what follows for its own; the file ends before it does.
    let lying =
        String::from_utf8_lossy(&sound).replacen("Content-Length: 1", "Content-Length: 9999999999991", 1).into_bytes();
    for packed in [false, true] {
        let records = [&bomb, &huge, &sound, &lying];
        let file: Vec<u8> =
            records.iter().flat_map(|record| if packed { gzip(record) } else { record.to_vec() }).collect();
        let (_folder, items) = read_bytes(if packed { "bomb.warc.gz" } else { "bomb.warc" }, &file);
        assert_eq!(items.len(), 4, "{:?}", errors(&items));
        assert!(
            errors(&items)[0].contains("expands to more than") && errors(&items)[1].contains("up to"),
            "{:?}",
            errors(&items)
        );
        assert!(items[2].is_ok());
    }
}

#[test]
fn what_a_server_says_of_its_body_need_not_be_so() {
    let page = b"<html lang=en><title>Ferry</title><article><p>The minister, Anna Berg, said no to it.</p></article>";
    for headers in [
        "Transfer-Encoding: chunked\r\n",
        "Content-Encoding: gzip\r\n",
        "Content-Encoding: identity\r\n",
        "X:\r\nbad line\r\n",
    ] {
        let (_folder, items) = read_bytes("lies.warc", &record(headers, page));
        let Content::Bytes { bytes, .. } = &items[0].as_ref().unwrap().content else { panic!("{headers}") };
        assert_eq!(bytes, page, "{headers}");
    }
    let (_folder, items) = read_bytes("cut.warc", &record("Content-Encoding: gzip\r\n", &gzip(page)[..60]));
    assert!(errors(&items)[0].contains("the page is damaged"), "half a page would read as a deletion");
}

#[test]
fn every_kind_is_known_by_its_beginning() {
    for (name, kind) in [("site.warc.gz", "warc"), ("plain.warc", "warc"), ("site.cdx", "cdx")] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("unnamed");
        fs::copy(fixture(name), &path).unwrap();
        assert_eq!(SourceKind::of(&path).map(|kind| kind.name), Some(kind), "{name}");
    }
}
