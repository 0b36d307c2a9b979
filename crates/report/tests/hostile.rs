//! An article is hostile input: nothing in it can run, break the page, or pass for another text.

#![allow(clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod support;

use dom_query::Document;
use isnad_report::Pages;
use proptest::prelude::*;

use support::article_of;

fn report(text: &str) -> Document {
    let pages = Pages::in_language("en").expect("English texts");
    Document::from(pages.report(&article_of(text)).expect("a report"))
}

/// Every element with the names of its attributes, in the order of the page.
fn skeleton(page: &Document) -> Vec<String> {
    let element = |node: &dom_query::NodeRef<'_>| {
        let mut attributes: Vec<String> = node.attrs().iter().map(|a| a.name.local.to_string()).collect();
        attributes.sort();
        format!("{} {}", node.node_name().unwrap_or_default(), attributes.join(" "))
    };
    page.select("*").nodes().iter().map(element).collect()
}

fn text_of(page: &Document, selector: &str) -> String {
    page.select_single(selector).text().to_string()
}

#[test]
fn markup_is_text() {
    let hostile = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'><svg/onload=alert(1)>{{ t }}{% raw %}";
    let page = report(hostile);
    assert_eq!(skeleton(&page), skeleton(&report("harmless")));
    assert_eq!(text_of(&page, "h1"), hostile);
    assert_eq!(text_of(&page, ".card h3"), hostile);
    assert_eq!(page.select("script").length(), 1);
}

#[test]
fn only_web_addresses_become_links() {
    for address in ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,<script>", "\u{1}javascript:x"] {
        let page = report(address);
        let links = page.select("a");
        let outside: Vec<String> = links
            .nodes()
            .iter()
            .filter_map(|a| Some(a.attr("href")?.to_string()))
            .filter(|to| !to.starts_with('#'))
            .collect();
        assert!(outside.is_empty(), "{outside:?}");
    }
    let link = report("https://news.example/a?b=1&c=2").select_single(".address a").attr("href");
    assert_eq!(link.as_deref(), Some("https://news.example/a?b=1&c=2"));
}

#[test]
fn what_turns_the_reading_order_is_shown_and_names_are_isolated() {
    let page = report("Ann \u{202E}drahciR\u{2066} Lee");
    assert_eq!(text_of(&page, ".card h3 bdi"), "Ann ⟨U+202E⟩drahciR⟨U+2066⟩ Lee");
    assert!(!page.html().chars().any(|c| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')));
}

#[test]
fn an_endless_name_is_cut_with_a_mark() {
    let page = report(&"قال ".repeat(300_000));
    let name = text_of(&page, ".card h3");
    assert!(name.chars().count() < 300, "{}", name.len());
    assert!(name.contains('…') && name.contains("1199760 characters left out"), "{name}");
    assert!(page.html().len() < 4_000_000, "{}", page.html().len());
}

#[test]
fn a_page_allows_its_own_style_and_script_and_nothing_else() {
    let page = report("harmless");
    let policy = page.select_single("meta[http-equiv=Content-Security-Policy]").attr("content").expect("a policy");
    assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"), "{policy}");
    assert!(!policy.contains("unsafe"), "{policy}");
    assert_eq!(page.select("[style], [onclick], [onload], link[rel=stylesheet], script[src], img, iframe").length(), 0);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_in_any_field_stays_text(text in "x(?s:.){0,60}") {
        let page = report(&text);
        prop_assert!(skeleton(&page) == skeleton(&report("xy")), "another structure");
        prop_assert!(text_of(&page, "h1").starts_with('x'));
        prop_assert_eq!(text_of(&page, "h1"), text_of(&page, ".card h3"));
        let link = page.select("a:not([href^='#'])");
        prop_assert_eq!(link.length(), 0);
    }
}
