//! `isnad fetch`: what is recorded of pages, what is a failed capture, and where it does not go.

use std::io::{self, Write};
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

use crate::sandbox::{Run, Sandbox};
use crate::site::{Asked, Reply, Site, ferry};

/// A site whose `robots.txt` holds `rules`.
fn site(rules: &'static str) -> Site {
    Site::start(move |asked, before| answer(asked, before, rules))
}

fn answer(asked: &Asked, before: usize, rules: &str) -> Reply {
    let latin = |text: String| text.chars().map(|c| c as u8).collect::<Vec<u8>>();
    match &*asked.path {
        "/robots.txt" => Reply::of_type("text/plain", rules),
        "/withdrawn" if before > 0 => Reply::status("404 Not Found"),
        "/ferry" | "/withdrawn" => Reply::page(ferry(40, "Anna Berg")),
        "/ferry?page=2" => Reply::page(ferry(41, "Anna Berg")),
        // The header alone tells how to read the name.
        "/latin" => Reply::of_type("text/html; charset=iso-8859-1", latin(ferry(40, "Änne Größ"))),
        "/declared" => {
            let page = ferry(40, "Änne Größ").replace("<title>", "<meta charset=iso-8859-1><title>");
            Reply::of_type("text/html", latin(page))
        }
        "/moved" => Reply::status("301 Moved Permanently").with("Location: /ferry"),
        "/round" => Reply::status("302 Found").with("Location: /round"),
        "/to-file" => Reply::status("302 Found").with("Location: file:///etc/passwd"),
        "/to-private" => Reply::status("302 Found").with("Location: /private/a"),
        "/photo" => Reply::of_type("image/png", *b"\x89PNG"),
        "/large" => Reply::page("a".repeat(isnad_ingest::MAX_PAGE_BYTES + 1)),
        "/busy" => Reply::Whole("503 Service Unavailable", Vec::new(), ferry(9, "Nobody").into_bytes()),
        "/slow" => Reply::Stream(slow),
        "/silent" => Reply::Stream(silent),
        "/cut" => Reply::Stream(cut),
        "/endless" => Reply::Stream(endless),
        "/reset" => Reply::Reset,
        "/gzip" => Reply::page("").body(gzip(ferry(40, "Anna Berg").as_bytes())).with("Content-Encoding: gzip"),
        "/brotli" => Reply::page("").body(brotli(ferry(41, "Anna Berg").as_bytes())).with("Content-Encoding: br"),
        "/bomb" => Reply::page("").body(gzip(&vec![b' '; 64 << 20])).with("Content-Encoding: gzip"),
        "/damaged" => Reply::page("no gzip at all").with("Content-Encoding: gzip"),
        "/deep" => Reply::page(format!("<html><body>{}<p>Rain fell.", "<div>".repeat(200_000))),
        "/utf16" => Reply::of_type("text/html; charset=utf-16le", utf16(&ferry(42, "Anna Berg"))),
        "/arabic" => {
            let page = "<html lang=ar><title>إغلاق</title><h1>إغلاق الجسر</h1><p>قال الوزير سامر حداد إن الجسر مغلق منذ صباح الاثنين وإن المدينة تنتظر جسرا جديدا.</p>";
            // The header says otherwise than the bytes.
            Reply::of_type("text/html; charset=iso-8859-1", page.as_bytes())
        }
        "/to-nowhere" => Reply::status("302 Found").with("Location: http://[::bad"),
        _ => Reply::Whole("404 Not Found", Vec::new(), ferry(7, "Nobody").into_bytes()),
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(bytes).and_then(|()| packer.finish()).expect("memory")
}

/// A stream of Brotli (RFC 7932) with the bytes as they are, of which there are up to 65,536.
fn brotli(bytes: &[u8]) -> Vec<u8> {
    // A window of 16 bits; not the last block, its length less one in 16 bits, not compressed.
    let head = ((bytes.len() as u32 - 1) << 4) | (1 << 20);
    [&head.to_le_bytes()[..3], bytes, &[0x03]].concat()
}

fn utf16(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn silent(_: TcpStream) -> io::Result<()> {
    thread::sleep(Duration::from_secs(20));
    Ok(())
}

fn cut(mut stream: TcpStream) -> io::Result<()> {
    write!(stream, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5000\r\n\r\n<html><p>The minister")
}

fn endless(mut stream: TcpStream) -> io::Result<()> {
    write!(stream, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>")?;
    loop {
        stream.write_all(&[b' '; 1 << 16])?;
    }
}

/// Each byte comes in time, the page does not.
fn slow(mut stream: TcpStream) -> io::Result<()> {
    write!(stream, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>")?;
    loop {
        thread::sleep(Duration::from_millis(100));
        stream.write_all(b" ")?;
    }
}

fn fetch(sandbox: &Sandbox, args: &[&str]) -> Run {
    let fixed = ["fetch", "--language", "en", "--pause", "0", "--retries", "0", "--allow-private", "--format", "jsonl"];
    sandbox.run(&[&fixed, args].concat())
}

/// The captures of the only article.
fn captures(sandbox: &Sandbox) -> Vec<serde_json::Value> {
    let exported = sandbox.run(&["export"]).json_lines();
    exported.into_iter().filter(|record| record["type"] == "capture").collect()
}

#[test]
fn a_page_is_recorded_as_a_live_capture_and_seen_again() {
    let (site, sandbox) = (site(""), Sandbox::new());
    let url = site.url("/ferry");
    let run = fetch(&sandbox, &["--contact", "desk@news.example", &url]);
    assert_eq!(run.status, 0, "{run}");
    let row = &run.json_lines()[0];
    assert_eq!((row["url"].as_str(), row["outcome"].as_str()), (Some(&*url), Some("new-version")), "{run}");
    assert_eq!(row["claims"], 2, "{run}");
    let agent = format!("isnad/{} (+desk@news.example)", env!("CARGO_PKG_VERSION"));
    let agents: Vec<String> =
        site.asked().iter().filter_map(|asked| asked.header("User-Agent").map(str::to_owned)).collect();
    assert_eq!(agents, [&*agent, &agent]);
    let again = fetch(&sandbox, &[&url]);
    assert_eq!((again.status, &again.json_lines()[0]["outcome"]), (0, &"seen".into()), "{again}");
    let captures = captures(&sandbox);
    assert!(captures.len() == 2 && captures.iter().all(|capture| capture["origin"] == "live"), "{captures:?}");
}

#[test]
fn the_charset_of_the_header_counts_or_else_that_of_the_page() {
    let (site, sandbox) = (site(""), Sandbox::new());
    let run = fetch(&sandbox, &[&site.url("/latin"), &site.url("/declared")]);
    assert!(run.json_lines().iter().all(|row| row["notes"] == serde_json::json!([])), "{run}");
    for article in ["1", "2"] {
        let claims = sandbox.run(&["claims", article]);
        assert!(claims.stdout.contains("Änne Größ"), "{claims}");
    }
}

#[test]
fn a_redirect_is_followed_and_where_it_led_is_kept() {
    let (site, sandbox) = (site(""), Sandbox::new());
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
    let (site, sandbox) = (site("User-agent: *\nDisallow: /private/\n"), Sandbox::new());
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
        ("/silent", "timed out"),
        ("/bomb", "more than 20000000 bytes"),
        ("/endless", "more than 20000000 bytes"),
        ("/to-nowhere", "not an http or https address of a page"),
    ] {
        let sandbox = Sandbox::new();
        let timeout = if reason == "timed out" { "1" } else { "60" };
        let run = fetch(&sandbox, &["--timeout", timeout, &site.url(path)]);
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
fn what_breaks_off_or_is_damaged_is_a_failed_capture_with_its_reason() {
    let site = site("");
    for path in ["/reset", "/cut", "/damaged", "/deep"] {
        let sandbox = Sandbox::new();
        let run = fetch(&sandbox, &["--timeout", "20", &site.url(path)]);
        assert_eq!((run.status, &run.json_lines()[0]["outcome"]), (2, &"failed".into()), "{path}: {run}");
        let captures = captures(&sandbox);
        assert!(captures[0]["reason"].as_str().is_some_and(|reason| !reason.is_empty()), "{path}: {captures:?}");
        assert_eq!(sandbox.run(&["claims"]).stdout, "", "{path}");
    }
}

#[test]
fn pages_come_out_whole_however_they_are_packed_and_encoded() {
    let (site, sandbox) = (site(""), Sandbox::new());
    let run = fetch(&sandbox, &[&site.url("/gzip"), &site.url("/brotli"), &site.url("/utf16")]);
    assert_eq!(run.status, 0, "{run}");
    for (article, number) in [("1", "40"), ("2", "41"), ("3", "42")] {
        let claims = sandbox.run(&["claims", article]);
        assert!(claims.stdout.contains(&format!("{number} passengers")), "{claims}");
    }
    let arabic = sandbox.run(&["fetch", "--allow-private", "--pause", "0", "--sure", &site.url("/arabic")]);
    let claims = sandbox.run(&["claims", "4"]);
    assert!(claims.stdout.contains("الجسر مغلق"), "{arabic}{claims}");
}

#[test]
fn a_page_that_is_withdrawn_takes_no_claim_with_it() {
    let (site, sandbox) = (site(""), Sandbox::new());
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
    let (site, sandbox) = (site("User-agent: isnad\nCrawl-delay: 2\n"), Sandbox::new());
    let start = Instant::now();
    let run = fetch(&sandbox, &[&site.url("/ferry"), &site.url("/ferry?page=2")]);
    assert!(start.elapsed() >= Duration::from_secs(2), "{run}");
    assert_eq!(site.paths(), ["/robots.txt", "/ferry", "/ferry?page=2"]);
}

#[test]
fn this_machine_is_not_asked_unless_the_user_says_so() {
    let (site, sandbox) = (site(""), Sandbox::new());
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
