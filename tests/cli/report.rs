//! `isnad report`: pages of the fixtures, as a reader sees them and as a browser reads them.

use std::path::{Path, PathBuf};

use dom_query::Document;

use crate::sandbox::Sandbox;

/// The fixtures whose reports are held to what was reviewed, with the language of the interface.
const REVIEWED: [(&str, &str); 2] = [("ar-dam-talks", "ar"), ("en-clinic-breach", "en")];

/// The invented articles, each with three versions.
fn fixtures() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/articles");
    let entries = std::fs::read_dir(folder).expect("the fixtures");
    let mut fixtures: Vec<PathBuf> =
        entries.map(|entry| entry.expect("an entry").path()).filter(|path| path.is_dir()).collect();
    fixtures.sort();
    fixtures
}

pub(crate) fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/articles").join(name)
}

/// A folder with a history of the fixture's versions, a day apart.
pub(crate) fn recorded(fixture: &Path) -> Sandbox {
    let sandbox = Sandbox::new();
    let name = fixture.file_name().expect("a name").to_string_lossy().into_owned();
    let url = format!("https://news.example/{name}");
    let mut args = vec!["add".to_owned(), "--url".to_owned(), url];
    for at in ["2026-03-03T10:00", "2026-03-04T09:00", "2026-03-05T09:30"] {
        args.extend(["--at".to_owned(), at.to_owned()]);
    }
    args.extend(["v1.txt", "v2.txt", "v3.txt"].map(|version| fixture.join(version).display().to_string()));
    let run = sandbox.run(&args.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(run.status, 0, "{run}");
    sandbox
}

fn page(sandbox: &Sandbox, args: &[&str]) -> Document {
    let run = sandbox.run(&[&["report", "1"], args].concat());
    assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{run}");
    Document::from(run.stdout)
}

/// What a reader sees of a claim's card: a line for each paragraph, with the changed words in brackets.
fn seen(page: &Document) -> String {
    for (element, open, close) in [("del", "[-", "-]"), ("ins", "{+", "+}")] {
        for node in page.select(element).nodes() {
            let text = format!("{open}{}{close}", node.text());
            node.set_text(text);
        }
    }
    let mut out = String::new();
    for node in page.select(".card").nodes() {
        let card = dom_query::Selection::from(*node);
        let line = |text: String| text.split_whitespace().collect::<Vec<_>>().join(" ");
        out.push_str(&format!("{}\n", line(card.select("header").text().to_string())));
        for part in card.select(".how, .form > .when, .facets li, .words, .may-be li, .note").nodes() {
            let said = line(part.text().to_string());
            out.push_str(&format!("    {said}\n"));
        }
    }
    out
}

#[test]
fn the_claims_of_a_fixture_are_told_as_reviewed() {
    for (name, language) in REVIEWED {
        let page = page(&recorded(&fixture(name)), &["--ui-language", language]);
        insta::assert_snapshot!(format!("report-{name}"), seen(&page));
    }
}

#[test]
fn direction_is_carried_on_every_text() {
    let sandbox = recorded(&fixture("ar-dam-talks"));
    for (language, direction) in [("ar", "rtl"), ("en", "ltr")] {
        let page = page(&sandbox, &["--ui-language", language]);
        assert_eq!(page.select_single("html").attr("dir").as_deref(), Some(direction));
        assert_eq!(page.select_single("html").attr("lang").as_deref(), Some(language));
        for text in page.select("h1, .words, .text").nodes() {
            assert_eq!(text.attr("dir").as_deref(), Some("rtl"));
            assert_eq!(text.attr("lang").as_deref(), Some("ar"));
        }
    }
}

#[test]
fn time_runs_from_right_to_left_in_an_arabic_interface() {
    let sandbox = recorded(&fixture("ar-dam-talks"));
    let first_capture = |language| {
        let page = page(&sandbox, &["--ui-language", language]);
        let x = page.select(".axis svg svg").nodes().first().and_then(|node| node.attr("x")).expect("a capture");
        x.trim_end_matches('%').parse::<f64>().expect("a number")
    };
    assert!(first_capture("en") < 10.0);
    assert!(first_capture("ar") > 90.0);
}

#[test]
fn every_link_leads_somewhere_on_the_page() {
    for fixture in fixtures() {
        let page = page(&recorded(&fixture), &[]);
        for link in page.select("a[href^='#']").nodes() {
            let target = link.attr("href").expect("a target");
            assert!(page.select(&format!("[id='{}']", &target[1..])).exists(), "{target}");
        }
    }
}

#[test]
fn the_page_goes_into_the_file_and_nothing_is_left_half() {
    let sandbox = recorded(&fixture("ar-dam-talks"));
    let run = sandbox.run(&["report", "1", "-o", "page.html"]);
    assert_eq!((run.status, run.stdout.as_str()), (0, ""), "{run}");
    let page = std::fs::read_to_string(sandbox.path("page.html")).expect("the page");
    assert!(page.starts_with("<!doctype html>") && page.trim_end().ends_with("</html>"));
    assert!(!sandbox.shell("ls").stdout.contains(".part"));

    let run = sandbox.run(&["report", "1", "-o", "no/such/folder/page.html"]);
    insta::assert_snapshot!(run);
}

#[test]
fn an_article_that_is_not_there_is_told() {
    let sandbox = recorded(&fixture("ar-dam-talks"));
    let run = sandbox.run(&["report", "7"]);
    assert_eq!(run.status, 2, "{run}");
    assert!(run.stderr.contains('7'), "{run}");
}
