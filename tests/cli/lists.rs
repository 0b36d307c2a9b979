//! `isnad watch`: the feeds and sitemaps that name articles, and what is taken for one.

use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use crate::sandbox::Sandbox;
use crate::site::{Reply, Site, ferry};
use crate::watch::{News, answer, feed, wait, watch};

#[test]
fn a_page_in_the_place_of_a_feed_is_no_article_and_the_feed_is_asked_again() {
    let sandbox = Sandbox::new();
    let is_down = Arc::new(AtomicU32::new(0));
    let state = Arc::clone(&is_down);
    let site = Site::start(move |asked, _| match (&*asked.path, state.load(Ordering::SeqCst)) {
        ("/feed", 1) => Reply::page(ferry(1, "Down for repairs")),
        ("/feed", 2) => feed(asked, &["/ferry", "/bridge"]),
        ("/feed", _) => feed(asked, &["/ferry"]),
        _ => answer(asked, 40),
    });
    let list = site.url("/feed");
    assert_eq!(watch(&sandbox, &["--once", &list]).status, 0);
    is_down.store(1, Ordering::SeqCst);
    wait();
    let run = watch(&sandbox, &["--once", &list]);
    assert!(run.stderr.contains("a page, where a list was before"), "{run}");
    assert_eq!(run.status, 2, "{run}");
    is_down.store(2, Ordering::SeqCst);
    wait();
    let run = watch(&sandbox, &["--once", &list]);
    assert!(run.stderr.contains("2 articles, 1 new"), "{run}");
    assert_eq!(sandbox.run(&["articles", "--format", "jsonl"]).json_lines().len(), 2);
}

#[test]
fn an_article_can_be_watched_by_itself_and_what_is_no_list_is_told() {
    let (news, sandbox) = (News::start(), Sandbox::new());
    let (ferry, missing) = (news.site.url("/ferry"), news.site.url("/missing"));
    let run = watch(&sandbox, &["--once", &ferry, &missing]);
    assert_eq!(run.status, 2, "{run}");
    assert!(run.stderr.contains(&format!("{missing}: HTTP 404")), "{run}");
    assert!(run.stdout.contains(&format!("{ferry}: article 1, version 1")), "{run}");
    wait();
    let run = watch(&sandbox, &["--once", &ferry]);
    assert_eq!(run.status, 0, "{run}");
    let asked = news.site.asked_for("/ferry");
    assert_eq!(asked.len(), 2, "once each time");
    assert_eq!(asked[1].header("If-None-Match"), Some("\"40\""));
}

#[test]
fn sitemaps_are_read_with_the_newest_that_they_name() {
    let today = chrono::Utc::now().to_rfc3339();
    let site = Site::start(move |asked, _| {
        let at = |path: &str| format!("<loc>http://{}{path}</loc>", asked.header("Host").unwrap_or_default());
        match &*asked.path {
            "/sitemap.xml" => Reply::of_type(
                "application/xml",
                format!(
                    "<sitemapindex><sitemap>{}<lastmod>{today}</lastmod></sitemap><sitemap>{}<lastmod>2001-01-01</lastmod></sitemap></sitemapindex>",
                    at("/new.xml"),
                    at("/old.xml")
                ),
            ),
            "/new.xml" => Reply::of_type(
                "application/xml",
                format!(
                    "<urlset><url>{}<lastmod>{today}</lastmod></url><url>{}<lastmod>2001-01-01</lastmod></url></urlset>",
                    at("/ferry"),
                    at("/archive")
                ),
            ),
            "/ferry" => Reply::page(ferry(40, "Anna Berg")),
            _ => Reply::status("404 Not Found"),
        }
    });
    let sandbox = Sandbox::new();
    let run = watch(&sandbox, &["--once", &site.url("/sitemap.xml")]);
    assert_eq!(run.status, 0, "{run}");
    assert_eq!(site.paths(), ["/robots.txt", "/sitemap.xml", "/new.xml", "/ferry"]);
}

#[test]
fn a_list_that_another_names_and_that_cannot_be_read_is_told_and_the_status_says_so() {
    let site = Site::start(move |asked, _| {
        let at = |path: &str| format!("<loc>http://{}{path}</loc>", asked.header("Host").unwrap_or_default());
        let list = |body: String| Reply::of_type("application/xml", body);
        match &*asked.path {
            "/sitemap.xml" => list(format!(
                "<sitemapindex><sitemap>{}</sitemap><sitemap>{}</sitemap></sitemapindex>",
                at("/gone.xml"),
                at("/new.xml")
            )),
            "/new.xml" => list(format!("<urlset><url>{}</url></urlset>", at("/ferry"))),
            "/ferry" => Reply::page(ferry(40, "Anna Berg")),
            _ => Reply::status("404 Not Found"),
        }
    });
    let sandbox = Sandbox::new();
    let run = watch(&sandbox, &["--once", &site.url("/sitemap.xml")]);
    assert!(run.status == 2 && run.stderr.contains("/gone.xml: HTTP 404"), "{run}");
    assert!(run.stdout.contains("/ferry: article 1, version 1"), "the rest is looked at: {run}");
}

#[test]
fn what_a_list_is_known_by_is_told_to_who_gave_it_and_to_nobody_else() {
    let site = Site::start(|asked, before| match (&*asked.path, before % 2) {
        ("/feed", 0) => Reply::status("302 Found").with("Location: /feed/a"),
        ("/feed", _) => Reply::status("302 Found").with("Location: /feed/b"),
        ("/feed/a" | "/feed/b", _) => feed(asked, &["/ferry"]).with("ETag: \"1\""),
        _ => answer(asked, 40),
    });
    let sandbox = Sandbox::new();
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("isnad"));
    command.current_dir(sandbox.path(".")).args(["watch", "--allow-private", "--pause", "0", "--lists-every", "1s"]);
    let mut child =
        command.arg(site.url("/feed")).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("a watch");
    let start = Instant::now();
    while site.asked_for("/feed/b").len() < 2 && start.elapsed() < Duration::from_secs(60) {
        std::thread::sleep(Duration::from_millis(20));
    }
    child.kill().and_then(|()| child.wait()).expect("an end");
    let told = |path: &str, at: usize| site.asked_for(path)[at].header("If-None-Match").map(str::to_owned);
    assert_eq!((told("/feed/a", 0), told("/feed/b", 0), told("/feed/a", 1)), (None, None, None));
    assert!(
        site.asked().iter().filter(|asked| asked.path == "/feed").all(|asked| asked.header("If-None-Match").is_none())
    );
}
