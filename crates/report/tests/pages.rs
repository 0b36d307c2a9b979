//! Whole pages, as a browser reads them.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use dom_query::Document;
use isnad_report::{Dossier, Pages};

use support::article_of;

#[test]
fn the_whole_page_is_as_reviewed_in_each_language() {
    let dossier = article_of("https://news.example/a?b=\"c\"&d");
    for language in ["ar", "en"] {
        let pages = Pages::in_language(language).expect("texts");
        let page = pages.report(&dossier).expect("a report");
        // Style and script are reviewed where they stand; their hashes follow.
        let page = without(page, &[("<style>", "</style>"), ("<script>", "</script>"), ("sha256-", "&#x27;")]);
        insta::assert_snapshot!(format!("report-{language}"), page);
    }
}

#[test]
fn the_same_history_gives_the_same_page() {
    let pages = Pages::in_language("en").expect("texts");
    let page = || pages.report(&article_of("x")).expect("a report");
    assert_eq!(page(), page());
}

#[test]
fn of_an_article_that_no_capture_read_nothing_is_said() {
    let whole = article_of("x");
    let captures = whole.captures.into_iter().filter(|capture| capture.version.is_none()).collect();
    let (states, versions, threads) = (Vec::new(), Vec::new(), Vec::new());
    let dossier = Dossier { captures, states, versions, threads, ..article_of("x") };
    let page = Document::from(Pages::in_language("en").expect("texts").report(&dossier).expect("a report"));
    for section in ["#claims", "#article", "#speakers"] {
        let said = page.select(&format!("{section} p")).text().to_string();
        assert!(said.starts_with("No capture has read this article"), "{section}: {said}");
    }
    let facts = page.select(".facts dd").iter().map(|fact| fact.text().trim().to_owned()).collect::<Vec<_>>();
    assert!(facts.iter().all(|fact| !fact.is_empty()), "{facts:?}");
}

#[test]
fn a_claim_that_changes_without_end_does_not_fill_the_page() {
    let mut dossier = article_of("x");
    let event = dossier.threads[0].events[0].clone();
    dossier.threads[0].events = vec![event; 150];
    let page = Document::from(Pages::in_language("en").expect("texts").report(&dossier).expect("a report"));
    // The first form and the newest hundred changes; the timeline has a mark for three each.
    assert_eq!(page.select(".card .form").length(), 101);
    assert!(page.select(".card").text().contains("100 newest changes"));
    let marks = page.select(".track .event");
    assert_eq!(marks.length(), 50);
    assert!(marks.iter().all(|mark| mark.text().contains("other changes beside it: 2")), "{}", marks.text());
    assert_eq!(page.select(".track[aria-label*='other changes beside it: 2']").length(), 1);
}

/// `text` without what stands between each pair of marks.
fn without(text: String, pairs: &[(&str, &str)]) -> String {
    pairs.iter().fold(text, |text, (open, close)| {
        let mut out = String::new();
        let mut rest = text.as_str();
        while let Some((before, from)) = rest.split_once(open) {
            let (_, after) = from.split_once(close).expect("an end");
            out.push_str(&format!("{before}{open}…{close}"));
            rest = after;
        }
        out + rest
    })
}
