//! `isnad watch`: what is looked at and when, what is told of it, and that it can be stopped and gone on with.

use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::sandbox::{Run, Sandbox};
use crate::site::{Asked, Reply, Site, ferry};

/// A site with a feed of two articles, of which the ferry's changes whenever `edition` does.
pub(crate) struct News {
    pub(crate) site: Site,
    edition: Arc<AtomicU32>,
}

impl News {
    pub(crate) fn start() -> Self {
        let edition = Arc::new(AtomicU32::new(40));
        let now = Arc::clone(&edition);
        Self { site: Site::start(move |asked, _| answer(asked, now.load(Ordering::SeqCst))), edition }
    }

    fn edit(&self) {
        self.edition.fetch_add(12, Ordering::SeqCst);
    }
}

pub(crate) fn answer(asked: &Asked, edition: u32) -> Reply {
    match &*asked.path {
        "/feed" => feed(asked, &["/ferry", "/bridge"]),
        "/bridge" => Reply::page(ferry(7, "Carl Ek")).with("Last-Modified: Wed, 04 Mar 2026 09:00:00 GMT"),
        "/ferry" => {
            let etag = format!("\"{edition}\"");
            match asked.header("If-None-Match") {
                Some(known) if known == etag => Reply::status("304 Not Modified"),
                _ => Reply::page(ferry(edition, "Anna Berg")).with(format!("ETag: {etag}")),
            }
        }
        _ => Reply::status("404 Not Found"),
    }
}

/// A feed whose articles stand on the same site.
pub(crate) fn feed(asked: &Asked, paths: &[&str]) -> Reply {
    let host = asked.header("Host").unwrap_or_default();
    let item = |path: &&str| format!("<item><link>http://{host}{path}</link></item>");
    let items: String = paths.iter().map(item).collect();
    Reply::of_type(
        "application/rss+xml",
        format!("<rss version=\"2.0\"><channel><title>News</title>{items}</channel></rss>"),
    )
}

pub(crate) fn watch(sandbox: &Sandbox, args: &[&str]) -> Run {
    let fixed = ["watch", "--language", "en", "--pause", "0", "--allow-private", "--fastest", "1s"];
    sandbox.run(&[&fixed, args].concat())
}

/// The same later: everything is due again.
pub(crate) fn wait() {
    std::thread::sleep(Duration::from_millis(1200));
}

#[test]
fn articles_of_a_feed_are_recorded_and_what_changed_is_told() {
    let (news, sandbox) = (News::start(), Sandbox::new());
    let feed = news.site.url("/feed");
    let run = watch(&sandbox, &["--once", &feed]);
    assert_eq!(run.status, 0, "{run}");
    assert!(run.stderr.contains(&format!("{feed}: 2 articles, 2 new")), "{run}");
    assert_eq!(run.stdout.lines().filter(|line| line.contains("version 1, 2 claims")).count(), 2, "{run}");
    news.edit();
    wait();
    let run = watch(&sandbox, &["--once", "--changes", &feed]);
    assert_eq!(run.status, 0, "{run}");
    assert!(
        run.stdout.contains(&format!("{}: article 1, version 2, 2 claims: 1 changed", news.site.url("/ferry"))),
        "{run}"
    );
    assert!(run.stdout.contains("{+52+}"), "{run}");
    assert!(!run.stdout.contains("/bridge"), "of what is as it was nothing is told: {run}");
    let log = sandbox.run(&["log", "2"]);
    assert!(log.stdout.contains("seen 2 times"), "but it is noted: {log}");
}

#[test]
fn what_has_not_changed_is_not_sent_again_and_is_seen_again_all_the_same() {
    let (news, sandbox) = (News::start(), Sandbox::new());
    let ferry = news.site.url("/ferry");
    let fetch = ["fetch", "--allow-private", "--pause", "0", "--format", "jsonl", &*ferry];
    assert_eq!(sandbox.run(&fetch).status, 0);
    let run = sandbox.run(&fetch);
    assert_eq!((run.status, &run.json_lines()[0]["outcome"]), (0, &"seen".into()), "{run}");
    let conditions: Vec<Option<String>> =
        news.site.asked_for("/ferry").iter().map(|asked| asked.header("If-None-Match").map(str::to_owned)).collect();
    assert_eq!(conditions, [None, Some("\"40\"".to_owned())]);
    let bridge = news.site.url("/bridge");
    for _ in 0..2 {
        sandbox.run(&["fetch", "--allow-private", "--pause", "0", &bridge]);
    }
    let since = news.site.asked_for("/bridge")[1].header("If-Modified-Since").map(str::to_owned);
    assert_eq!(since.as_deref(), Some("Wed, 04 Mar 2026 09:00:00 GMT"), "as the server gave it");
    let log = sandbox.run(&["log", "1", "--format", "json"]).json();
    assert_eq!(log["versions"][0]["captures"], 2, "{log}");
    // A capture that got no bytes says so, and the history is sound.
    assert_eq!(log["captures"][1]["raw_hash"], serde_json::Value::Null, "{log}");
    let check = sandbox.run(&["check"]);
    assert_eq!(check.status, 0, "{check}");
    news.edit();
    let run = sandbox.run(&fetch);
    assert_eq!(run.json_lines()[0]["outcome"], "new-version", "{run}");
}

#[test]
fn a_watch_goes_on_where_it_was_and_asks_for_nothing_before_its_time() {
    let (news, sandbox) = (News::start(), Sandbox::new());
    let feed = news.site.url("/feed");
    let slow = ["--once", "--fastest", "1h", &feed];
    let fixed = ["watch", "--language", "en", "--pause", "0", "--allow-private"];
    for _ in 0..2 {
        assert_eq!(sandbox.run(&[&fixed[..], &slow].concat()).status, 0);
    }
    assert_eq!(news.site.paths(), ["/robots.txt", "/feed", "/ferry", "/bridge", "/robots.txt", "/feed"]);
}

#[test]
fn the_plan_tells_when_and_why_and_asks_nothing() {
    let (news, sandbox) = (News::start(), Sandbox::new());
    let feed = news.site.url("/feed");
    watch(&sandbox, &["--once", &feed]);
    let asked = news.site.paths().len();
    let plan = |args: &[&str]| sandbox.run(&[&["watch", "--plan"], args, &[&feed]].concat());
    let told = plan(&[]);
    let plan = plan(&["--format", "json"]);
    let articles = plan.json();
    assert_eq!(articles.as_array().map(Vec::len), Some(2), "{plan}");
    for article in articles.as_array().into_iter().flatten() {
        let every = article["every_seconds"].as_i64().unwrap_or_default();
        assert!((270..=330).contains(&every), "five minutes, a tenth more or less: {plan}");
        assert_eq!((&article["edits"], &article["failures"]), (&0.into(), &0.into()), "{plan}");
        assert_eq!(article["list"], feed, "{plan}");
    }
    assert!(told.stdout.contains("quiet for") && told.stdout.contains("never edited"), "{told}");
    assert_eq!(news.site.paths().len(), asked, "a plan asks nothing");
    let none = Sandbox::new();
    assert_eq!(watch(&none, &["--plan", &feed]).status, 2, "where there is no history there is no plan");
}

#[test]
fn what_was_looked_at_last_before_articles_are_given_up_is_watched_no_more() {
    let (news, sandbox) = (News::start(), Sandbox::new());
    let feed = news.site.url("/feed");
    watch(&sandbox, &["--once", &feed]);
    let exported = sandbox.run(&["export"]).stdout;
    let today = chrono::Utc::now().date_naive();
    for (days, number) in [(80, 2), (100, 0)] {
        let then = (today - chrono::TimeDelta::days(days)).to_string();
        sandbox.write("then.jsonl", exported.replace(&today.to_string(), &then));
        let db = format!("{days}.db");
        assert_eq!(sandbox.run(&["import", "--db", &db, "then.jsonl"]).status, 0);
        let plan = watch(&sandbox, &["--plan", "--format", "json", "--db", &db, &feed]).json();
        assert_eq!(plan.as_array().map(Vec::len), Some(number), "{days}: {plan}");
    }
}

#[test]
fn commands_and_webhooks_are_told_of_the_changes_they_want_and_of_no_others() {
    let (news, sandbox) = (News::start(), Sandbox::new());
    let told = Site::start(|_, _| Reply::status("204 No Content"));
    let (feed, hook) = (news.site.url("/feed"), told.url("/hook"));
    watch(&sandbox, &["--once", &feed]);
    for (only, number) in [("source", 0), ("quantity,source", 1)] {
        news.edit();
        wait();
        let run =
            watch(&sandbox, &["--once", "--only", only, "--on-change", "cat >> told.json", "--webhook", &hook, &feed]);
        assert_eq!((run.status, &*run.stderr), (0, &*format!("{feed}: 2 articles, 0 new\n")), "{run}");
        assert_eq!(told.asked().len(), number, "{only}");
    }
    let posted = told.asked()[0].clone();
    assert_eq!(
        (posted.header("Content-Type"), posted.head.starts_with("POST /hook ")),
        (Some("application/json"), true)
    );
    let json: serde_json::Value = serde_json::from_str(&posted.body).expect("JSON");
    assert_eq!(std::fs::read_to_string(sandbox.path("told.json")).expect("a file"), posted.body);
    assert_eq!(
        (&json["title"], &json["article"], &json["version"]),
        (&"Ferry runs aground".into(), &1.into(), &3.into())
    );
    let change = &json["changes"][0];
    assert_eq!(
        (&change["facets"], json["changes"].as_array().map(Vec::len)),
        (&serde_json::json!(["quantity"]), Some(1))
    );
    assert!(
        change["change"]["new"]["content"]["text"].as_str().is_some_and(|text| text.contains("64 passengers")),
        "{json}"
    );
}

#[test]
fn a_command_or_webhook_that_fails_is_told_and_the_watch_goes_on() {
    let (news, sandbox) = (News::start(), Sandbox::new());
    let broken = Site::start(|_, _| Reply::status("500 Internal Server Error"));
    let (feed, hook) = (news.site.url("/feed"), broken.url("/hook"));
    watch(&sandbox, &["--once", &feed]);
    news.edit();
    wait();
    let run = watch(&sandbox, &["--once", "--on-change", "exit 3", "--webhook", &hook, &feed]);
    assert_eq!(run.status, 0, "{run}");
    assert!(run.stderr.contains("--on-change exit 3: exit status: 3"), "{run}");
    assert!(run.stderr.contains(&format!("--webhook {hook}: HTTP 500")), "{run}");
    assert!(run.stdout.contains("version 2"), "{run}");
}

#[test]
fn a_page_that_is_gone_is_noted_and_takes_no_claim_with_it() {
    let site = Site::start(|asked, before| match &*asked.path {
        "/feed" => feed(asked, &["/ferry"]),
        "/ferry" if before == 0 => Reply::page(ferry(40, "Anna Berg")),
        _ => Reply::status("410 Gone"),
    });
    let (sandbox, feed) = (Sandbox::new(), site.url("/feed"));
    let mut told = String::new();
    for _ in 0..4 {
        let run = watch(&sandbox, &["--once", &feed]);
        assert_eq!(run.status, 0, "{run}");
        told += &run.stdout;
        wait();
    }
    assert_eq!(told.matches("/ferry: article 1, nothing was captured: HTTP 410").count(), 2, "{told}");
    let log = sandbox.run(&["log", "1"]);
    assert!(log.stdout.contains("gone since between"), "{log}");
    assert!(log.stdout.contains("2 captures say so, the last HTTP 410"), "{log}");
    assert_eq!(log.stdout.matches("HTTP 410").count(), 1, "told once: {log}");
    let json = sandbox.run(&["log", "1", "--format", "json"]).json();
    assert_eq!((&json["gone"]["captures"], &json["gone"]["reason"]), (&2.into(), &"HTTP 410".into()), "{json}");
    assert!(sandbox.run(&["claims", "1"]).stdout.contains("40 passengers"));
    let plan = watch(&sandbox, &["--plan", &feed]);
    assert!(plan.stdout.contains("not got"), "{plan}");
    let report = sandbox.run(&["report", "1"]);
    assert!(report.stdout.contains("The article is gone (HTTP 410), since between"), "{report}");
}

#[test]
fn a_text_that_comes_back_is_told_and_one_that_is_doubted_once() {
    let wall = "<html lang=en><h1>Just a moment</h1><p>Please verify you are human by completing the action below. It takes a few seconds only.</p></html>";
    let site = Site::start(move |asked, before| match (&*asked.path, before) {
        ("/feed", _) => feed(asked, &["/ferry"]),
        ("/ferry", 0 | 2) => Reply::page(ferry(40, "Anna Berg")),
        ("/ferry", 1) => Reply::page(ferry(52, "Anna Berg")),
        ("/ferry", _) => Reply::page(wall),
        _ => Reply::status("404 Not Found"),
    });
    let (sandbox, feed) = (Sandbox::new(), site.url("/feed"));
    let mut rounds = Vec::new();
    for _ in 0..4 {
        rounds.push(watch(&sandbox, &["--once", &feed]));
        wait();
    }
    for (run, told) in rounds.iter().zip([
        "version 1, 2 claims",
        "version 2, 2 claims: 1 changed",
        "version 1 again, 2 claims: 1 changed back",
        "uncertain: it seems to be an error page",
    ]) {
        assert!(run.status == 0 && run.stdout.contains(told), "{told}: {run}");
    }
}

#[test]
fn a_server_that_is_too_busy_is_left_alone_for_as_long_as_it_wants() {
    let times = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&times);
    let site = Site::start(move |asked, before| match (&*asked.path, before) {
        ("/ferry", _) => {
            log.lock().expect("a list").push(Instant::now());
            match before {
                0 => Reply::status("429 Too Many Requests").with("Retry-After: 2"),
                _ => Reply::page(ferry(40, "Anna Berg")),
            }
        }
        ("/hours", _) => Reply::status("503 Service Unavailable").with("Retry-After: 7200"),
        _ => Reply::status("404 Not Found"),
    });
    let sandbox = Sandbox::new();
    let fetch =
        |path: &str| sandbox.run(&["fetch", "--allow-private", "--pause", "0", "--format", "jsonl", &site.url(path)]);
    let run = fetch("/ferry");
    assert_eq!((run.status, &run.json_lines()[0]["outcome"]), (0, &"new-version".into()), "{run}");
    let times = times.lock().expect("a list");
    assert!(times.len() == 2 && times[1] - times[0] >= Duration::from_secs(2), "{times:?}");
    let (start, run) = (Instant::now(), fetch("/hours"));
    assert!(run.status == 2 && run.stderr.contains("HTTP 503") && start.elapsed() < Duration::from_secs(60), "{run}");
    assert_eq!(site.asked_for("/hours").len(), 1, "nobody waits for hours");
}

/// Sends a signal to a child.
fn signal(child: &Child, signal: &str) {
    let sent = Command::new("kill").args([signal, &child.id().to_string()]).status().expect("kill");
    assert!(sent.success());
}

#[test]
fn ctrl_c_ends_a_watch_at_once_while_it_waits() {
    let (news, sandbox) = (News::start(), Sandbox::new());
    let feed = news.site.url("/feed");
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("isnad"));
    command.current_dir(sandbox.path(".")).args(["watch", "--allow-private", "--pause", "0", &feed]);
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("a watch");
    let start = Instant::now();
    while news.site.paths().len() < 4 && start.elapsed() < Duration::from_secs(60) {
        std::thread::sleep(Duration::from_millis(20));
    }
    signal(&child, "-INT");
    let run = Run::from(child.wait_with_output().expect("an end"));
    assert_eq!(run.status, 0, "{run}");
    assert!(run.stderr.contains("the same command goes on from here"), "{run}");
    let articles = sandbox.run(&["articles", "--format", "json"]).json();
    assert_eq!(articles.as_array().map(Vec::len), Some(2), "what was in hand is recorded: {articles}");
}

#[test]
fn ctrl_c_asks_for_nothing_more_while_a_site_wants_a_pause() {
    let site = Site::start(|asked, _| match &*asked.path {
        "/robots.txt" => Reply::of_type("text/plain", "User-agent: *\nCrawl-delay: 300\n"),
        _ => Reply::page(ferry(40, "Anna Berg")),
    });
    let sandbox = Sandbox::new();
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("isnad"));
    command.current_dir(sandbox.path(".")).args(["fetch", "--allow-private", &site.url("/a"), &site.url("/b")]);
    let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("a fetch");
    let start = Instant::now();
    while site.asked_for("/a").is_empty() && start.elapsed() < Duration::from_secs(60) {
        std::thread::sleep(Duration::from_millis(20));
    }
    std::thread::sleep(Duration::from_millis(500));
    signal(&child, "-INT");
    let run = Run::from(child.wait_with_output().expect("an end"));
    assert_eq!(run.status, 1, "{run}");
    assert_eq!(site.paths(), ["/robots.txt", "/a"], "{run}");
    let articles = sandbox.run(&["articles", "--format", "json"]).json();
    assert_eq!(articles.as_array().map(Vec::len), Some(1), "what was not asked for is no failed capture: {articles}");
}
