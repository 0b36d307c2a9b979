//! Collections that keep revisions: MediaWiki dumps and git repositories.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Command;

use isnad_core::Language;
use isnad_ingest::Options;
use isnad_ingest::source::{Capture, Content, Pattern, Skipped, SourceKind, SourceOptions, open};

fn read(path: &Path, options: &SourceOptions) -> (Vec<Capture>, Vec<String>) {
    let items: Vec<Result<Capture, Skipped>> = open(path, None, options).unwrap().collect();
    let errors = items.iter().filter_map(|item| item.as_ref().err()).map(ToString::to_string).collect();
    (items.into_iter().filter_map(Result::ok).collect(), errors)
}

fn text(capture: &Capture) -> String {
    capture.read(&Options::default()).unwrap().article.text().to_owned()
}

const DUMP: &str = r#"<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" xml:lang="ar">
  <siteinfo><sitename>x</sitename><base>https://ar.wikinews.example/wiki/%D8%A7</base></siteinfo>
  <page><title>إغلاق الجسر</title><ns>0</ns><id>7</id>
    <revision><id>70</id><timestamp>2026-03-03T10:00:00Z</timestamp><contributor><username>a</username><id>1</id></contributor>
      <text bytes="9" xml:space="preserve">{{تاريخ|3 مارس}}'''قال''' [[وزير|وزير النقل]] إن الجسر &quot;آمن&quot; &amp;amp; مغلق.
== المصادر ==
* رابط</text></revision>
    <revision><id>71</id><timestamp>2026-03-04T10:00:00Z</timestamp><text>قال [[وزير|وزير النقل]] إن الجسر &lt;b&gt;مفتوح&lt;/b&gt;.</text></revision>
    <revision><id>72</id><timestamp>2026-03-05T10:00:00Z</timestamp><text deleted="deleted" /></revision>
  </page>
  <page><title>نقاش:إغلاق الجسر</title><ns>1</ns><id>8</id><revision><id>80</id><timestamp>2026-03-03T10:00:00Z</timestamp><text>رأي.</text></revision></page>
  <page><title>الجسر</title><ns>0</ns><id>9</id><revision><id>90</id><timestamp>2026-03-03T10:00:00Z</timestamp><text>#تحويل [[إغلاق الجسر]]</text></revision></page>
</mediawiki>"#;

#[test]
fn every_revision_of_an_article_is_a_capture_compressed_or_not() {
    let folder = tempfile::tempdir().unwrap();
    let gzip = || {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(DUMP.as_bytes()).unwrap();
        encoder.finish().unwrap()
    };
    let bzip2 = || {
        let mut encoder = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
        encoder.write_all(DUMP.as_bytes()).unwrap();
        encoder.finish().unwrap()
    };
    for (name, bytes) in [("a.xml", DUMP.as_bytes().to_vec()), ("a.xml.gz", gzip()), ("a.xml.bz2", bzip2())] {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        let (captures, errors) = read(&path, &SourceOptions::default());
        assert_eq!((captures.len(), errors), (3, vec![]), "{name}");
        let first = &captures[0];
        assert_eq!(first.url.as_deref(), Some("https://ar.wikinews.example/wiki/إغلاق_الجسر"));
        assert_eq!((first.language, first.title.as_deref()), (Some(Language::ARABIC), Some("إغلاق الجسر")));
        assert_eq!(first.time.map(|time| time.to_rfc3339()).as_deref(), Some("2026-03-03T10:00:00+00:00"));
        assert!(first.place.ends_with("إغلاق الجسر: revision 70"), "{}", first.place);
        assert_eq!(text(first), "إغلاق الجسر\n\nقال وزير النقل إن الجسر \"آمن\" & مغلق.");
        assert_eq!(text(&captures[1]), "إغلاق الجسر\n\nقال وزير النقل إن الجسر مفتوح.");
        assert!(matches!(&captures[2].content, Content::Failed { reason } if reason == "the revision is hidden"));
    }
}

#[test]
fn a_dump_that_is_cut_off_gives_what_it_has_and_tells_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.xml");
    fs::write(&path, DUMP.split_once("<id>71</id>").unwrap().0).unwrap();
    let (captures, _) = read(&path, &SourceOptions::default());
    assert_eq!(captures.len(), 1);
    fs::write(&path, DUMP.replacen("</revision>", "</revisoin>", 1)).unwrap();
    let (captures, errors) = read(&path, &SourceOptions::default());
    assert!(captures.is_empty() && errors[0].contains("إغلاق الجسر at byte "), "{errors:?}");
}

fn git(folder: &Path, args: &[&str]) {
    let mut command = Command::new("git");
    command
        .current_dir(folder)
        .args(["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"])
        .args(args);
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    assert!(command.output().unwrap().status.success(), "{args:?}");
}

fn commit(folder: &Path, time: &str) {
    git(folder, &["add", "-A"]);
    git(folder, &["commit", "-q", "-m", "x", "--date", time]);
}

#[test]
fn every_commit_that_changes_a_file_is_a_capture_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    git(root, &["init", "-q"]);
    fs::create_dir_all(root.join("news.example/world")).unwrap();
    let (ferry, notes) = (root.join("news.example/world/ferry.txt"), root.join("notes.css"));
    fs::write(&ferry, "Rain fell.").unwrap();
    fs::write(&notes, "p {}").unwrap();
    fs::write(root.join("odd\nname.txt"), "Odd.").unwrap();
    commit(root, "2026-03-03T10:00:00Z");
    fs::write(&notes, "p { }").unwrap();
    commit(root, "2026-03-03T11:00:00Z");
    fs::write(&ferry, "Snow fell.").unwrap();
    commit(root, "2026-03-04T10:00:00+03:00");
    fs::remove_file(&ferry).unwrap();
    commit(root, "2026-03-05T10:00:00Z");
    assert_eq!(SourceKind::of(root).map(|kind| kind.name), Some("git"));
    let (captures, errors) = read(root, &SourceOptions::default());
    let told: Vec<(String, String)> = captures
        .iter()
        .map(|capture| {
            let time = capture.time.unwrap().format("%d %H:%M").to_string();
            (time, if capture.raw().is_empty() { "gone".to_owned() } else { text(capture) })
        })
        .collect();
    let expected = [("03 10:00", "Rain fell."), ("04 07:00", "Snow fell."), ("05 10:00", "gone")];
    assert_eq!(told, expected.map(|(time, text)| (time.to_owned(), text.to_owned())));
    assert!(errors.len() == 1 && errors[0].contains("line break"), "{errors:?}");
    assert!(
        captures
            .iter()
            .all(|capture| capture.name.as_deref().is_some_and(|name| name.ends_with("/news.example/world/ferry")))
    );
}

#[test]
fn a_page_that_is_deleted_was_at_the_address_that_it_gave_itself() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    git(root, &["init", "-q"]);
    let url = "https://news.example/world/ferry";
    let page = format!("<link rel=canonical href='{url}'><h1>Ferry</h1><p>The minister said that it rained.</p>");
    fs::write(root.join("ferry.html"), page).unwrap();
    commit(root, "2026-03-03T10:00:00Z");
    fs::remove_file(root.join("ferry.html")).unwrap();
    commit(root, "2026-03-04T10:00:00Z");
    let (captures, errors) = read(root, &SourceOptions::default());
    assert_eq!((captures.len(), errors.len()), (2, 0));
    assert_eq!((captures[1].url.as_deref(), captures[1].raw().len()), (Some(url), 0));
}

#[cfg(unix)]
#[test]
fn links_to_other_places_are_no_captures() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    git(root, &["init", "-q"]);
    fs::write(root.join("ferry.txt"), "Rain fell.").unwrap();
    std::os::unix::fs::symlink("ferry.txt", root.join("link.txt")).unwrap();
    commit(root, "2026-03-03T10:00:00Z");
    fs::remove_file(root.join("link.txt")).unwrap();
    commit(root, "2026-03-04T10:00:00Z");
    let (captures, errors) = read(root, &SourceOptions::default());
    let texts: Vec<String> = captures.iter().map(text).collect();
    assert_eq!((texts, errors), (vec!["Rain fell.".to_owned()], vec![]));
}

#[test]
fn the_files_of_newsdiffs_are_named_by_their_address() {
    let folder = tempfile::tempdir().unwrap();
    git(folder.path(), &["init", "-q"]);
    fs::create_dir_all(folder.path().join("www.news.example/world")).unwrap();
    fs::write(folder.path().join("www.news.example/world/ferry"), "Rain fell.").unwrap();
    commit(folder.path(), "2026-03-03T10:00:00Z");
    let options = SourceOptions { patterns: vec![Pattern::new("{url}").unwrap()], ..SourceOptions::default() };
    let (captures, _) = read(folder.path(), &options);
    assert_eq!(captures[0].url.as_deref(), Some("https://www.news.example/world/ferry"));
}
