//! `isnad serve`: what stands at its addresses.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::report::{fixture, recorded};
use crate::sandbox::Sandbox;

/// A server on the history of a sandbox, stopped when it is dropped.
pub(crate) struct Server {
    child: Child,
    address: SocketAddr,
}

/// What a server answered.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Server {
    pub(crate) fn start(sandbox: &Sandbox, args: &[&str]) -> Self {
        Self::start_at(sandbox, "127.0.0.1:0", args)
    }

    pub(crate) fn start_at(sandbox: &Sandbox, address: &str, args: &[&str]) -> Self {
        let mut child = Command::new(assert_cmd::cargo::cargo_bin!("isnad"))
            .current_dir(sandbox.path(""))
            .env_remove("ISNAD_DB")
            .args(["serve", "--listen", address])
            .args(args)
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command runs");
        let mut line = String::new();
        BufReader::new(child.stderr.take().expect("a stream")).read_line(&mut line).expect("a line");
        let address = line.split("http://").nth(1).and_then(|rest| rest.split('/').next()).expect("an address");
        Self { address: address.parse().expect("an address"), child }
    }

    pub(crate) fn ask(&self, request: &str) -> Answer {
        let mut stream = TcpStream::connect(self.address).expect("a connection");
        stream.set_read_timeout(Some(Duration::from_secs(30))).expect("a time-out");
        stream.write_all(request.as_bytes()).expect("a request");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("an answer");
        let answer = String::from_utf8(answer).expect("UTF-8");
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head");
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        Answer { status, head: head.to_ascii_lowercase(), body: body.to_owned() }
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.get_with(path, "")
    }

    fn get_with(&self, path: &str, headers: &str) -> Answer {
        self.ask(&format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{headers}\r\n"))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }
}

#[test]
fn every_address_of_the_description_answers_and_pages_answer_beside_it() {
    let sandbox = recorded(&fixture("ar-dam-talks"));
    let server = Server::start(&sandbox, &[]);
    let description = server.get("/openapi.json").json();
    let speaker = "%D8%A8%D9%8A%D9%84%D9%88%D8%A7%D8%B1";
    for path in description["paths"].as_object().expect("paths").keys() {
        let path = path.replace("{article}", "1").replace("{claim}", "7").replace("{speaker}", speaker);
        let query = if path.starts_with("/search") { "?q=%D9%82%D8%B1%D9%8A%D8%A9" } else { "" };
        let answer = server.get(&format!("{path}{query}"));
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        match path.ends_with(".json") {
            true => drop(answer.json()),
            false => assert!(answer.body.starts_with("<?xml") && answer.body.contains("<entry>"), "{path}"),
        }
        let page = path.replace(".json", "").replace(".atom", "");
        if page == "/openapi" {
            assert_eq!(server.get(&page).json(), description);
        } else {
            let answer = server.get(&format!("{page}{query}"));
            assert_eq!(answer.status, 200, "{page}");
            assert!(answer.body.starts_with("<!doctype html>"), "{page}");
            assert!(answer.head.contains("content-security-policy: default-src 'none'"), "{}", answer.head);
            assert!(!answer.head.contains("set-cookie"), "{}", answer.head);
            assert!(answer.head.contains("vary: accept"), "{}", answer.head);
        }
    }
}

#[test]
fn data_are_there_for_who_accepts_them_and_count_code_points() {
    let sandbox = recorded(&fixture("ar-dam-talks"));
    let server = Server::start(&sandbox, &[]);
    let article = server.get_with("/articles/1", "Accept: application/json\r\n").json();
    let version = &article["versions"][0];
    let text: Vec<char> = version["text"].as_str().expect("a text").chars().collect();
    let claim = &version["claims"][0]["content"];
    let at = |end: &str| usize::try_from(claim["spans"][0][end].as_u64().expect("a number")).expect("a number");
    let words: String = text[at("start")..at("end")].iter().collect();
    assert_eq!(words, claim["text"].as_str().expect("words"));
    assert_eq!(article["changes"][0]["status"], "changed");
}

#[test]
fn the_history_of_a_claim_counts_code_points_of_the_text_each_form_stands_in() {
    let sandbox = recorded(&fixture("ar-dam-talks"));
    let server = Server::start(&sandbox, &[]);
    let article = server.get("/articles/1.json").json();
    let texts = article["versions"].as_array().expect("versions").iter();
    let texts: Vec<Vec<char>> = texts.map(|it| it["text"].as_str().expect("a text").chars().collect()).collect();
    let words = |version: usize, claim: &Value| -> String {
        let span = &claim["content"]["spans"][0];
        let at = |end: &str| usize::try_from(span[end].as_u64().expect("a number")).expect("a number");
        texts[version][at("start")..at("end")].iter().collect()
    };
    let claim = server.get("/claims/7.json").json();
    let forms = claim["forms"].as_array().expect("forms");
    assert_eq!(forms.len(), 3);
    for (version, form) in forms.iter().enumerate() {
        let claim = &form["claim"]["claim"];
        assert_eq!(words(version, claim), claim["content"]["text"].as_str().expect("words"));
    }
    let events = claim["events"].as_array().expect("events");
    assert_eq!(events.len(), 2);
    for (version, event) in events.iter().enumerate() {
        for (version, side) in [(version, "old"), (version + 1, "new")] {
            let claim = &event["change"][side];
            assert_eq!(words(version, claim), claim["content"]["text"].as_str().expect("words"));
        }
    }
}

#[test]
fn any_two_versions_are_compared() {
    let sandbox = recorded(&fixture("en-clinic-breach"));
    let server = Server::start(&sandbox, &[]);
    let compared = server.get("/articles/1/compare.json?old=1&new=3").json();
    assert_eq!((&compared["old"], &compared["new"]), (&1.into(), &3.into()));
    assert!(compared["changes"].as_array().is_some_and(|changes| !changes.is_empty()));
    assert_eq!(server.get("/articles/1/compare?old=1&new=9").status, 404);
}

#[test]
fn a_page_leads_to_the_feed_of_what_it_shows() {
    let sandbox = recorded(&fixture("en-clinic-breach"));
    let server = Server::start(&sandbox, &[]);
    for (path, entries) in [
        ("/", true),
        ("/articles/1", true),
        ("/claims/1", true),
        ("/search?q=records", true),
        ("/speakers/Health%20secretary%20Miriam%20Stroud", true),
        ("/changes?since=2026-03-05&severity=high", true),
        ("/changes?since=2026-03-06", false),
    ] {
        let page = server.get(path).body;
        let link = page.split("<link rel=\"alternate\" type=\"application/atom+xml\" href=\"").nth(1);
        let feed = link.and_then(|rest| rest.split('"').next()).unwrap_or_else(|| panic!("{path}: {page}"));
        let answer = server.get(&feed.replace("&amp;", "&"));
        assert_eq!((answer.status, answer.body.contains("<entry>")), (200, entries), "{path}: {feed}");
    }
    assert!(!server.get("/speakers").body.contains("rel=\"alternate\""));
    // The box keeps the day, too.
    assert!(server.get("/changes?since=2026-03-05").body.contains("type=\"date\" value=\"2026-03-05\""));
}

#[test]
fn the_feed_of_a_search_has_changes_of_claims_with_the_words_and_no_others() {
    let sandbox = recorded(&fixture("en-clinic-breach"));
    let server = Server::start(&sandbox, &[]);
    let feed = server.get("/search.atom?q=records").body;
    let entries: Vec<&str> = feed.split("<entry>").skip(1).collect();
    assert!(!entries.is_empty() && entries.iter().all(|entry| entry.contains("record")), "{feed}");
}

#[test]
fn the_versions_of_an_article_come_in_portions_with_what_changed_when_they_came() {
    let sandbox = recorded(&fixture("en-clinic-breach"));
    let server = Server::start(&sandbox, &[]);
    let whole = server.get("/articles/1.json").json();
    assert_eq!(whole["next"], Value::Null);
    for name in ["versions", "changes"] {
        let mut seen = Vec::new();
        let mut next = Some("/articles/1.json?limit=2".to_owned());
        while let Some(path) = next {
            let portion = server.get(&path).json();
            assert!(portion["versions"].as_array().is_some_and(|versions| (1..=2).contains(&versions.len())), "{path}");
            seen.extend(portion[name].as_array().expect("a list").iter().cloned());
            next = portion["next"].as_str().map(str::to_owned);
        }
        assert_eq!(whole[name], Value::Array(seen), "{name}");
    }
}

/// What the portions of a list have under `name`, followed from the first to the last.
fn followed(server: &Server, first: &str, name: &str) -> Vec<Value> {
    let mut seen = Vec::new();
    let mut next = Some(first.to_owned());
    while let Some(path) = next {
        let portion = server.get(&path).json();
        let items = portion[name].as_array().expect("items");
        assert!(items.len() <= 2, "{path}: {}", items.len());
        seen.extend(items.iter().cloned());
        next = portion["next"].as_str().map(str::to_owned);
    }
    seen
}

#[test]
fn long_lists_come_in_portions_with_everything_once() {
    let sandbox = recorded(&fixture("en-clinic-breach"));
    for number in 1..=4 {
        let (url, at) = (format!("https://news.example/{number}"), format!("2026-03-06T1{number}:00"));
        let text = format!("Boats\n\nThe mayor, Ann Lee, said that {number}2 boats were lost.\n");
        let run = sandbox.run_with(&["add", "--language", "en", "--url", &url, "--at", &at, "-"], text);
        assert_eq!(run.status, 0, "{run}");
    }
    let server = Server::start(&sandbox, &[]);
    let articles = followed(&server, "/articles.json?limit=2", "articles");
    let ids: Vec<u64> = articles.iter().filter_map(|article| article["id"].as_u64()).collect();
    assert_eq!(ids, [5, 4, 3, 2, 1], "the last captured first");

    let speakers = followed(&server, "/speakers.json?limit=2", "speakers");
    let names: BTreeSet<&str> = speakers.iter().filter_map(|speaker| speaker["speaker"].as_str()).collect();
    assert_eq!(names.len(), speakers.len());
    let listed = sandbox.run(&["speakers", "--all", "--format", "jsonl"]).json_lines();
    assert_eq!(speakers.len(), listed.len());
    // Each leads to what they say.
    for speaker in &speakers {
        let claims = server.get(speaker["claims_at"].as_str().expect("an address")).json();
        assert!(claims["claims"].as_array().is_some_and(|claims| !claims.is_empty()), "{speaker}");
    }
    let found = followed(&server, "/speakers.json?q=mayor&limit=2", "speakers");
    assert!(!found.is_empty() && found.len() < speakers.len(), "{found:?}");

    let page = server.get("/articles?limit=2").body;
    assert!(page.contains("href=\"/articles?limit=2&amp;after="), "{page}");
}

#[test]
fn what_is_recorded_meanwhile_is_shown() {
    let sandbox = recorded(&fixture("en-clinic-breach"));
    let server = Server::start(&sandbox, &[]);
    assert!(!server.get("/").body.contains("Quiet harbour"));
    sandbox.write("more.txt", "Quiet harbour\n\nThe mayor, Ann Lee, said that 12 boats were lost.\n");
    let run = sandbox.run(&["add", "--language", "en", "--at", "2026-03-06T10:00", "--article", "boats", "more.txt"]);
    assert_eq!(run.status, 0, "{run}");
    assert!(server.get("/").body.contains("Quiet harbour"));
    assert!(server.get("/search?q=boats").body.contains("Ann Lee"));
}

#[test]
fn an_open_page_can_tell_that_it_is_old_and_what_is_known_is_not_sent_again() {
    let sandbox = recorded(&fixture("en-clinic-breach"));
    let server = Server::start(&sandbox, &[]);
    let tag = |path: &str| {
        let head = server.ask(&format!("HEAD {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
        assert_eq!((head.status, head.body.as_str()), (200, ""));
        head.head.lines().find_map(|line| line.strip_prefix("etag: ")).expect("a tag").to_owned()
    };
    let (article, feed) = (tag("/articles/1"), tag("/changes.atom"));
    sandbox.write("more.txt", "Quiet harbour\n\nThe mayor, Ann Lee, said that 12 boats were lost.\n");
    let run = sandbox.run(&["add", "--language", "en", "--at", "2026-03-06T10:00", "--article", "boats", "more.txt"]);
    assert_eq!(run.status, 0, "{run}");
    assert_eq!(tag("/articles/1"), article, "another article was recorded");
    assert_eq!(tag("/changes.atom"), feed, "no claim changed");
    let text = std::fs::read_to_string(fixture("en-clinic-breach").join("v3.txt")).expect("a fixture");
    sandbox.write("v4.txt", text.replace("120,000", "150,000"));
    let url = "https://news.example/en-clinic-breach";
    let run = sandbox.run(&["add", "--url", url, "--at", "2026-03-06T11:00", "v4.txt"]);
    assert_eq!(run.status, 0, "{run}");
    assert_ne!(tag("/articles/1"), article);
    assert_ne!(tag("/changes.atom"), feed);
}

#[cfg(unix)]
#[test]
fn it_stops_at_once_when_it_is_told() {
    let sandbox = recorded(&fixture("en-clinic-breach"));
    let mut server = Server::start(&sandbox, &[]);
    // Browsers keep connections that they may never use.
    let _silent = TcpStream::connect(server.address).expect("a connection");
    let started = Instant::now();
    let pid = server.child.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &pid]).status().expect("kill").success());
    let status = server.child.wait().expect("an end");
    assert_eq!(status.code(), Some(0));
    assert!(started.elapsed() < Duration::from_secs(4), "{:?}", started.elapsed());
}
