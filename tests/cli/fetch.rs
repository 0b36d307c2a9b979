//! `isnad fetch`: what is recorded of pages, what is a failed capture, and where it does not go.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use crate::sandbox::{Run, Sandbox};

/// A server on loopback that notes what it was asked; it ends with the test.
struct Site {
    address: SocketAddr,
    /// The heads of requests.
    asked: Arc<Mutex<Vec<String>>>,
}

impl Site {
    /// A site whose `robots.txt` holds `rules`.
    fn start(rules: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let site = Self { address: listener.local_addr().expect("an address"), asked: Arc::default() };
        let asked = Arc::clone(&site.asked);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let head = head(&stream);
                let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
                let is_first = {
                    let mut asked = asked.lock().expect("a list");
                    asked.push(head);
                    asked.iter().filter(|head| head.contains(&*path)).count() == 1
                };
                let path = if path == "/withdrawn" && is_first { "/ferry" } else { &path };
                // A client that went away is no concern of the site's.
                let _ = answer(path, rules, stream);
            }
        });
        site
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    fn paths(&self) -> Vec<String> {
        let asked = self.asked.lock().expect("a list");
        asked.iter().filter_map(|head| head.split(' ').nth(1)).map(str::to_owned).collect()
    }
}

fn head(stream: &TcpStream) -> String {
    let lines = BufReader::new(stream).lines().map_while(Result::ok);
    lines.take_while(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

fn page(number: u32, minister: &str) -> String {
    let story = format!(
        "<p>The minister, {minister}, said that {number} passengers were hurt when the ferry ran aground on Monday.</p>\
         <p>The harbour master, Paul Lund, said that the ferry was an hour late that morning, and that the fog was thick.</p>"
    );
    format!(
        "<html lang=en><title>Ferry runs aground</title><article><h1>Ferry runs aground</h1>{story}</article></html>"
    )
}

fn answer(path: &str, rules: &str, mut stream: TcpStream) -> std::io::Result<()> {
    let html = "Content-Type: text/html; charset=utf-8";
    let (status, header, body) = match path {
        "/robots.txt" => ("200 OK", "Content-Type: text/plain".to_owned(), rules.as_bytes().to_vec()),
        "/ferry" => ("200 OK", html.to_owned(), page(40, "Anna Berg").into_bytes()),
        // The header alone tells how to read the name.
        "/latin" => {
            let bytes = page(40, "Änne Größ").chars().map(|c| c as u8).collect();
            ("200 OK", "Content-Type: text/html; charset=iso-8859-1".to_owned(), bytes)
        }
        "/declared" => {
            let page = page(40, "Änne Größ").replace("<title>", "<meta charset=iso-8859-1><title>");
            ("200 OK", "Content-Type: text/html".to_owned(), page.chars().map(|c| c as u8).collect())
        }
        "/moved" => ("301 Moved Permanently", "Location: /ferry".to_owned(), Vec::new()),
        "/round" => ("302 Found", "Location: /round".to_owned(), Vec::new()),
        "/to-file" => ("302 Found", "Location: file:///etc/passwd".to_owned(), Vec::new()),
        "/to-private" => ("302 Found", "Location: /private/a".to_owned(), Vec::new()),
        "/photo" => ("200 OK", "Content-Type: image/png".to_owned(), b"\x89PNG".to_vec()),
        "/large" => ("200 OK", html.to_owned(), vec![b'a'; isnad_ingest::MAX_PAGE_BYTES + 1]),
        "/busy" => ("503 Service Unavailable", html.to_owned(), page(9, "Nobody").into_bytes()),
        "/slow" => {
            write!(stream, "HTTP/1.1 200 OK\r\n{html}\r\n\r\n<html>")?;
            // Each byte comes in time, the page does not.
            loop {
                thread::sleep(Duration::from_millis(100));
                stream.write_all(b" ")?;
            }
        }
        _ => ("404 Not Found", html.to_owned(), page(7, "Nobody").into_bytes()),
    };
    write!(stream, "HTTP/1.1 {status}\r\n{header}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len())?;
    stream.write_all(&body)
}

fn fetch(sandbox: &Sandbox, args: &[&str]) -> Run {
    let fixed = ["fetch", "--language", "en", "--pause", "0", "--allow-private", "--format", "jsonl"];
    sandbox.run(&[&fixed, args].concat())
}

/// The captures of the only article.
fn captures(sandbox: &Sandbox) -> Vec<serde_json::Value> {
    let exported = sandbox.run(&["export"]).json_lines();
    exported.into_iter().filter(|record| record["type"] == "capture").collect()
}

#[test]
fn a_page_is_recorded_as_a_live_capture_and_seen_again() {
    let (site, sandbox) = (Site::start(""), Sandbox::new());
    let url = site.url("/ferry");
    let run = fetch(&sandbox, &["--contact", "desk@news.example", &url]);
    assert_eq!(run.status, 0, "{run}");
    let row = &run.json_lines()[0];
    assert_eq!((row["url"].as_str(), row["outcome"].as_str()), (Some(&*url), Some("new-version")), "{run}");
    assert_eq!(row["claims"], 2, "{run}");
    let agent = format!("user-agent: isnad/{} (+desk@news.example)", env!("CARGO_PKG_VERSION"));
    let asked = site.asked.lock().expect("a list").join("\n").to_ascii_lowercase();
    assert_eq!(asked.matches(&agent).count(), 2, "{asked}");
    let again = fetch(&sandbox, &[&url]);
    assert_eq!((again.status, &again.json_lines()[0]["outcome"]), (0, &"seen".into()), "{again}");
    let captures = captures(&sandbox);
    assert!(captures.len() == 2 && captures.iter().all(|capture| capture["origin"] == "live"), "{captures:?}");
}

#[test]
fn the_charset_of_the_header_counts_or_else_that_of_the_page() {
    let (site, sandbox) = (Site::start(""), Sandbox::new());
    let run = fetch(&sandbox, &[&site.url("/latin"), &site.url("/declared")]);
    assert!(run.json_lines().iter().all(|row| row["notes"] == serde_json::json!([])), "{run}");
    for article in ["1", "2"] {
        let claims = sandbox.run(&["claims", article]);
        assert!(claims.stdout.contains("Änne Größ"), "{claims}");
    }
}

#[test]
fn a_redirect_is_followed_and_where_it_led_is_kept() {
    let (site, sandbox) = (Site::start(""), Sandbox::new());
    let run = fetch(&sandbox, &[&site.url("/moved"), &site.url("/ferry")]);
    assert_eq!(run.status, 0, "{run}");
    let captures = captures(&sandbox);
    assert_eq!(captures[0]["url"], site.url("/moved"), "{captures:?}");
    assert_eq!(captures[0]["final_url"], site.url("/ferry"), "{captures:?}");
    let rows = run.json_lines();
    assert_eq!(rows[0]["article"], rows[1]["article"], "one article at both addresses: {run}");
}

#[test]
fn what_is_no_page_is_a_failed_capture_that_changes_nothing() {
    let (site, sandbox) = (Site::start("User-agent: *\nDisallow: /private/\n"), Sandbox::new());
    for (path, reason) in [
        ("/gone", "HTTP 404"),
        ("/busy", "HTTP 503"),
        ("/photo", "not a page but image/png"),
        ("/large", "more than 20000000 bytes"),
        ("/private/a", "refused by robots.txt"),
        ("/to-private", "refused by robots.txt"),
        ("/round", "more than 8 redirects"),
        ("/to-file", "not an http or https address of a page"),
        ("/slow", "timed out"),
    ] {
        let sandbox = Sandbox::new();
        let run = fetch(&sandbox, &["--timeout", "1", &site.url(path)]);
        assert_eq!(run.status, 2, "{path}: {run}");
        let row = &run.json_lines()[0];
        assert_eq!((&row["outcome"], &row["events"]), (&"failed".into(), &serde_json::Value::Null), "{path}: {run}");
        assert!(run.stderr.contains(reason), "{path}: {run}");
        let captures = captures(&sandbox);
        assert_eq!((&captures[0]["status"], &captures[0]["reason"]), (&"failed".into(), &reason.into()), "{path}");
    }
    assert!(!site.paths().iter().any(|path| path == "/private/a"), "what is disallowed was asked for");
    // The rest is recorded all the same.
    let run = fetch(&sandbox, &[&site.url("/gone"), &site.url("/ferry")]);
    assert_eq!((run.status, &run.json_lines()[1]["outcome"]), (2, &"new-version".into()), "{run}");
}

#[test]
fn a_page_that_is_withdrawn_takes_no_claim_with_it() {
    let (site, sandbox) = (Site::start(""), Sandbox::new());
    let url = site.url("/withdrawn");
    assert_eq!(fetch(&sandbox, &[&url]).status, 0);
    let claims = sandbox.run(&["claims", "1"]).stdout;
    let run = fetch(&sandbox, &["--changes", &url]);
    let row = &run.json_lines()[0];
    assert_eq!((run.status, &row["article"], &row["outcome"]), (2, &1.into(), &"failed".into()), "{run}");
    assert_eq!(sandbox.run(&["claims", "1"]).stdout, claims);
    let exported = sandbox.run(&["export"]).json_lines();
    assert!(!exported.iter().any(|record| record["type"] == "event"), "{exported:?}");
    let log = sandbox.run(&["log", "1"]);
    assert!(log.stdout.contains("HTTP 404"), "{log}");
}

#[test]
fn a_site_gets_the_pause_it_wants_and_is_asked_for_its_rules_once() {
    let (site, sandbox) = (Site::start("User-agent: isnad\nCrawl-delay: 2\n"), Sandbox::new());
    let start = Instant::now();
    let run = fetch(&sandbox, &[&site.url("/ferry"), &site.url("/ferry?page=2")]);
    assert!(start.elapsed() >= Duration::from_secs(2), "{run}");
    assert_eq!(site.paths(), ["/robots.txt", "/ferry", "/ferry?page=2"]);
}

#[test]
fn this_machine_is_not_asked_unless_the_user_says_so() {
    let (site, sandbox) = (Site::start(""), Sandbox::new());
    let port = site.address.port();
    for host in ["127.0.0.1", "localhost", "[::1]", "0.0.0.0", "2130706433", "[::ffff:127.0.0.1]"] {
        let run = sandbox.run(&["fetch", &format!("http://{host}:{port}/ferry")]);
        assert_eq!(run.status, 2, "{host}: {run}");
        assert!(run.stderr.contains("is not an address of the open internet"), "{host}: {run}");
        assert!(run.stderr.contains("--allow-private"), "{host}: {run}");
    }
    assert!(site.paths().is_empty(), "{:?}", site.paths());
}

#[test]
fn what_is_no_address_of_a_page_is_wrong_use_and_makes_no_history() {
    let sandbox = Sandbox::new();
    for address in ["file:///etc/passwd", "ftp://news.example/a", "https://user:secret@news.example/", "ferry"] {
        let run = sandbox.run(&["fetch", address]);
        assert_eq!(run.status, 2, "{run}");
        assert!(run.stderr.contains("http or https"), "{run}");
    }
    assert!(!sandbox.path("isnad.db").exists());
}
