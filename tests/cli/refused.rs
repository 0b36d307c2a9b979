//! `isnad serve`: what it refuses, and how it says so.

use crate::report::{fixture, recorded};
use crate::serve::Server;

#[test]
fn what_is_not_there_or_makes_no_sense_is_told() {
    let sandbox = recorded(&fixture("en-clinic-breach"));
    let server = Server::start(&sandbox, &[]);
    for (path, status) in [
        ("/articles/7", 404),
        ("/claims/700.json", 404),
        ("/speakers/nobody", 404),
        ("/speakers/nobody.json", 404),
        ("/speakers/nobody.atom", 404),
        ("/articles.atom", 404),
        ("/no/such/page", 404),
        ("/no/such/page.json", 404),
        ("/../../etc/passwd", 404),
        ("/changes?since=yesterday", 400),
        ("/changes.json?severity=awful", 400),
        ("/articles.json?limit=0", 400),
        ("/speakers?after=x", 400),
        ("/search?q=%22", 400),
        ("/search.atom", 400),
    ] {
        let answer = server.get(path);
        assert_eq!(answer.status, status, "{path}");
        // Each in the form that was asked for.
        let kind = match path.split('?').next().and_then(|path| path.rsplit_once('.')) {
            Some((_, "json")) => "application/json",
            Some((_, "atom")) => "text/plain; charset=utf-8",
            _ => "text/html; charset=utf-8",
        };
        assert!(answer.head.contains(&format!("content-type: {kind}")), "{path}: {}", answer.head);
        if kind == "application/json" {
            assert!(answer.json()["error"].is_string(), "{path}: {}", answer.body);
        }
    }
}

/// What the box for searching holds, as the page writes it.
fn searched(page: &str) -> &str {
    let input =
        page.split("id=\"site-search\"").nth(1).and_then(|rest| rest.split("value=\"").nth(1)).expect("the box");
    input.split('"').next().expect("an end")
}

#[test]
fn what_is_wrong_is_named_and_what_was_looked_for_stays() {
    let sandbox = recorded(&fixture("en-clinic-breach"));
    let server = Server::start(&sandbox, &[]);
    for (path, named) in [
        ("/changes.json?since=yesterday", "since takes a day such as 2026-03-04"),
        ("/changes.json?severity=awful", "severity takes low, medium or high"),
        ("/articles.json?limit=0", "limit takes a number from 1 to 500"),
        ("/articles/1/compare.json?old=x", "old takes the number of a version"),
        ("/articles/1/compare.json?new=9", "9"),
        ("/search.json?q=records+OR", "it ends where a word must follow"),
    ] {
        let answer = server.get(path).json();
        assert!(answer["error"].as_str().is_some_and(|error| error.contains(named)), "{path}: {answer}");
    }
    let page = server.get("/search?q=records+OR").body;
    assert!(page.contains("it ends where a word must follow"), "{page}");
    assert_eq!(searched(&page), "records OR");
    // As it was written, however long it is and whatever it would do if it were obeyed.
    let long = "records ".repeat(60);
    assert_eq!(searched(&server.get(&format!("/search?q={}", long.replace(' ', "+"))).body), long);
    assert_eq!(searched(&server.get("/search?q=%E2%80%AErecords").body), "\u{202e}records");
}

#[test]
fn only_its_own_names_may_ask_and_only_to_read() {
    let sandbox = recorded(&fixture("en-clinic-breach"));
    let server = Server::start(&sandbox, &["--host", "isnad.example"]);
    let ask = |request: &str| server.ask(&format!("{request}\r\nConnection: close\r\n\r\n")).status;
    assert_eq!(ask("GET / HTTP/1.1\r\nHost: isnad.example"), 200);
    assert_eq!(ask("GET / HTTP/1.1\r\nHost: evil.example"), 421);
    assert_eq!(ask("GET / HTTP/1.1\r\nHost: localhost.evil.example"), 421);
    for method in ["POST", "PUT", "DELETE"] {
        assert_eq!(ask(&format!("{method} / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0")), 405, "{method}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn it_answers_by_the_address_it_listens_at() {
    let sandbox = recorded(&fixture("en-clinic-breach"));
    let server = Server::start_at(&sandbox, "127.0.0.2:0", &[]);
    let ask = |host: &str| server.ask(&format!("GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")).status;
    assert_eq!((ask("127.0.0.2:80"), ask("127.0.0.3:80")), (200, 421));
}

#[test]
fn what_is_no_name_or_address_is_told_with_what_is() {
    let sandbox = recorded(&fixture("en-clinic-breach"));
    for args in [["--host", "http://isnad.example"], ["--listen", "isnad.example:80"]] {
        let run = sandbox.run(&[&["serve"], args.as_slice()].concat());
        assert_eq!((run.status, run.stderr.lines().count()), (2, 2), "{run}");
        assert!(run.stderr.contains("such as"), "{run}");
    }
}

#[test]
fn it_is_not_opened_to_other_machines_without_a_name() {
    let sandbox = recorded(&fixture("en-clinic-breach"));
    let run = sandbox.run(&["serve", "--listen", "0.0.0.0:0"]);
    insta::assert_snapshot!(run);
}
