//! Files and bytes as users have them, through the front door.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use isnad_core::BlockRole::{self, Body, Correction, Headline, Related};
use isnad_core::Language;
use isnad_ingest::{
    EncodingOrigin, IngestError, Ingested, Kind, LanguageOrigin, MAX_FILE_BYTES, Options, Warning, read_bytes,
    read_file,
};
use proptest::prelude::*;

fn page(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/pages").join(name)
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn roles(ingested: &Ingested) -> Vec<BlockRole> {
    ingested.article.blocks().iter().map(|block| block.role).collect()
}

fn lines(ingested: &Ingested) -> Vec<&str> {
    ingested.article.blocks().iter().map(|block| block.span.of(ingested.article.text())).collect()
}

#[test]
fn an_arabic_page_comes_out_whole_with_its_metadata() {
    let ingested = read_file(page("bridge-ar.html"), &Options::default()).unwrap();
    let metadata = &ingested.article.metadata;
    assert_eq!(metadata.title.as_deref(), Some("البلدية تفتتح جسر الوادي بعد عامين من العمل"));
    assert_eq!(metadata.url.as_deref(), Some("https://wadi.example/news/bridge"));
    assert_eq!(metadata.published.as_deref(), Some("2024-03-01T10:00:00+03:00"));
    assert_eq!(metadata.modified.as_deref(), Some("2024-03-01T18:30:00+03:00"));
    assert_eq!((metadata.language, ingested.language), (Some(Language::ARABIC), Some(LanguageOrigin::Declared)));
    assert_eq!(ingested.kind, Kind::Html);
    assert_eq!((ingested.extractor.name, ingested.extractor.version), ("trafilatura", "0.6.0"));
    assert_eq!(ingested.warnings, []);

    assert_eq!(roles(&ingested), [Headline, Body, Body, Body, Related, Related, Body, Body]);
    // The invitation below the story is no part of it.
    assert!(!ingested.article.text().contains("نشرتنا البريدية"));
    let lines = lines(&ingested);
    assert!(lines[1].starts_with("افتتح رئيس بلدية الوادي") && lines[1].ends_with("بسبب الفيضان."));
    assert!(lines[6].contains("الاختبارات التي أجريت"));
}

#[test]
fn an_english_page_in_an_old_encoding_is_read() {
    let text = fs::read_to_string(page("ferry-en.html")).unwrap();
    let (bytes, _, had_errors) = encoding_rs::WINDOWS_1252.encode(&text);
    assert!(!had_errors);
    let ingested = read_bytes(&bytes, "ferry.html", &Options::default()).unwrap();
    assert_eq!((ingested.encoding.name, ingested.encoding.origin), ("windows-1252", EncodingOrigin::Page));
    let lines = lines(&ingested);
    assert_eq!(lines[0], "Ferry crews to strike over new bridge");
    assert!(lines.iter().any(|line| line.starts_with("“Nobody has talked to us")));
    assert!(!lines.iter().any(|line| line.contains("Privacy")));
    let roles = roles(&ingested);
    assert_eq!((roles[0], roles[roles.len() - 1]), (Headline, Correction));
    assert_eq!(ingested.article.metadata.published.as_deref(), Some("2024-03-04T07:15:00Z"));
    assert_eq!(ingested.article.metadata.url.as_deref(), Some("https://post.example/ferry"));
    assert_eq!(ingested.article.metadata.language, Some(Language::ENGLISH));
}

#[test]
fn what_the_caller_says_goes_before_what_the_page_says() {
    let options = Options {
        id: Some("a1".into()),
        url: Some("https://archive.example/1".into()),
        published: Some("2020-01-01".into()),
        language: "fa".parse().ok(),
        ..Options::default()
    };
    let ingested = read_file(page("bridge-ar.html"), &options).unwrap();
    let metadata = &ingested.article.metadata;
    assert_eq!((&*metadata.id, metadata.url.as_deref()), ("a1", Some("https://archive.example/1")));
    assert_eq!((metadata.published.as_deref(), metadata.language), (Some("2020-01-01"), "fa".parse().ok()));
}

#[test]
fn a_text_file_stays_exactly_as_it_is() {
    let folder = folder();
    let path = folder.path().join("story.txt");
    let text = "  البلدية تفتتح الجسر\r\n\r\nقال رئيس البلدية:\t«نعم».\u{200F} \r\nWindows.\n\n";
    fs::write(&path, format!("\u{FEFF}{text}")).unwrap();
    let ingested = read_file(&path, &Options::default()).unwrap();
    assert_eq!(ingested.article.text(), text);
    assert_eq!(ingested.encoding.origin, EncodingOrigin::ByteOrderMark);
    assert_eq!(ingested.article.metadata.title.as_deref(), Some("البلدية تفتتح الجسر"));
}

#[test]
fn unreadable_files_each_say_what_is_wrong() {
    let folder = folder();
    let path = |name: &str| folder.path().join(name);
    fs::write(path("empty.txt"), "").unwrap();
    fs::write(path("blank.txt"), "\u{FEFF} \r\n\t\u{00A0}\n").unwrap();
    fs::write(path("data.txt"), b"text\0with\0nul").unwrap();
    fs::write(path("paper.pdf"), b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n").unwrap();
    let error = |name: &str| read_file(path(name), &Options::default()).unwrap_err();
    assert!(matches!(error("missing.txt"), IngestError::NotFound { .. }));
    assert!(matches!(error("."), IngestError::Directory { .. }));
    assert!(matches!(error("empty.txt"), IngestError::Empty { .. }));
    assert!(matches!(error("blank.txt"), IngestError::Empty { .. }));
    assert!(matches!(error("data.txt"), IngestError::Binary { .. }));
    let paper = error("paper.pdf").to_string();
    assert!(paper.contains("paper.pdf") && paper.contains("a PDF file"), "{paper}");
}

#[cfg(unix)]
#[test]
fn a_file_without_permission_is_told_as_such() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    let path = folder.path().join("secret.txt");
    fs::write(&path, "The mayor said no.").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    // The superuser may read it all the same.
    if fs::read(&path).is_err() {
        assert!(matches!(read_file(&path, &Options::default()), Err(IngestError::PermissionDenied { .. })));
    }
}

#[test]
fn a_file_over_the_limit_is_refused_unread() {
    let folder = folder();
    let path = folder.path().join("huge.txt");
    // The file has a length but no content on the disk.
    fs::File::create(&path).unwrap().set_len(MAX_FILE_BYTES + 1).unwrap();
    assert!(matches!(read_file(&path, &Options::default()), Err(IngestError::TooLarge { .. })));
}

#[test]
fn damaged_text_is_read_with_a_warning() {
    let mut bytes = "قال رئيس البلدية إن الجسر آمن.".as_bytes().to_vec();
    bytes.truncate(bytes.len() - 2);
    let ingested =
        read_bytes(&bytes, "cut", &Options { language: Some(Language::ARABIC), ..Options::default() }).unwrap();
    assert!(matches!(ingested.warnings[..], [Warning::CharactersReplaced { count: 1, .. }]));
}

#[test]
fn deeply_nested_pages_do_not_overflow_the_stack() {
    let html =
        format!("<html><body>{}The mayor said no.{}</body></html>", "<div>".repeat(100_000), "</div>".repeat(100_000));
    let error = read_bytes(html.as_bytes(), "deep.html", &Options::default()).unwrap_err();
    assert!(matches!(error, IngestError::PageTooComplex { .. }), "{error}");
    let allowed =
        format!("<html><body>{}<p>{}</p></body></html>", "<div>".repeat(500), "The mayor said no. ".repeat(30));
    let ingested = read_bytes(allowed.as_bytes(), "deep.html", &Options::default());
    assert!(matches!(ingested, Ok(_) | Err(IngestError::NoArticle { .. })), "{ingested:?}");
}

#[test]
fn a_single_line_of_many_megabytes_is_read_in_linear_time() {
    let sentence = "وقال رئيس البلدية إن الجسر الجديد آمن تماما، مضيفا أن العمل انتهى قبل موعده. ";
    let text = sentence.repeat(50_000_000 / sentence.len());
    let start = Instant::now();
    let ingested = read_bytes(text.as_bytes(), "long.txt", &Options::default()).unwrap();
    // A line that long is read in parts, all of them the story.
    assert!(roles(&ingested).iter().all(|role| *role == Body));
    assert_eq!(ingested.article.text(), text);
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_can_be_read(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        for name in ["a.txt", "a.html", "a"] {
            let _ = read_bytes(&bytes, name, &Options::default());
        }
    }

    #[test]
    fn any_markup_can_be_read(html in "(<[/]?(p|div|b|a href=x|table|td|li|h1|br|script|title|svg|!--)>?|[a-z ]{1,8}|&[a-z]{2};?|قال ){0,60}") {
        let result = read_bytes(html.as_bytes(), "a.html", &Options::default());
        if let Ok(ingested) = result {
            prop_assert!(ingested.article.blocks().iter().all(|block| !block.span.of(ingested.article.text()).trim().is_empty()));
        }
    }

    #[test]
    fn plain_text_is_never_changed(text in "[a-zا-ي .:؟\"\r\n\t\u{2028}]{1,200}") {
        match read_bytes(text.as_bytes(), "a.txt", &Options::default()) {
            Ok(ingested) => prop_assert_eq!(ingested.article.text(), &*text),
            Err(error) => prop_assert!(text.trim().is_empty(), "{}", error),
        }
    }
}
