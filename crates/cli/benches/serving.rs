//! How many requests a second `isnad serve` answers on one connection: an article of 50 claims, beside the least that it can
//! answer. `cargo bench -p isnad --bench serving`; `taskset -c 0` before it keeps server and browser on one core.

#![allow(clippy::expect_used, clippy::panic, clippy::print_stdout, reason = "a benchmark fails by panicking")]

use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

use divan::Bencher;
use divan::counter::ItemsCount;

/// How many requests are sent in a measured run.
const REQUESTS: usize = 200;

/// A server on a history of one article with two versions of 50 claims.
struct Server {
    child: Child,
    address: String,
    folder: tempfile::TempDir,
}

static SERVER: OnceLock<Server> = OnceLock::new();

fn main() {
    divan::main();
    if let Some(server) = SERVER.get() {
        // Statics are not dropped.
        let _ = Command::new("kill").arg(server.child.id().to_string()).status();
        let _ = std::fs::remove_dir_all(server.folder.path());
    }
}

/// A story of 50 claims, no two about the same thing; `number` stands in each.
fn story(number: usize) -> String {
    const NAMES: [&str; 5] = ["Anna Berg", "Paul Lund", "Ruth Vale", "Omar Said", "Ines Roy"];
    const PLACES: [&str; 5] = ["northern", "southern", "harbour", "station", "airport"];
    const THINGS: [&str; 10] =
        ["ferry", "crane", "tower", "bridge", "market", "tunnel", "museum", "clinic", "library", "stadium"];
    let mut text = String::from("Fifty voices on the budget\n\n");
    for (at, thing) in THINGS.iter().enumerate() {
        for (place, name) in PLACES.iter().zip(NAMES) {
            let cost = number + at;
            let _ = writeln!(text, "Councillor {name} said that the {place} {thing} had cost {cost} million pounds.\n");
        }
    }
    text
}

fn start() -> Server {
    let folder = tempfile::tempdir().expect("a folder");
    let isnad = env!("CARGO_BIN_EXE_isnad");
    for (name, number, at) in [("v1.txt", 10, "2026-03-03T10:00"), ("v2.txt", 20, "2026-03-04T10:00")] {
        std::fs::write(folder.path().join(name), story(number)).expect("a file");
        let args = ["add", "--quiet", "--language", "en", "--article", "harbour", "--at", at, name];
        let mut add = Command::new(isnad);
        let run = add.current_dir(folder.path()).args(args).stdout(Stdio::null()).status().expect("the command runs");
        assert!(run.success());
    }
    let mut child = Command::new(isnad)
        .current_dir(folder.path())
        .args(["serve", "--listen", "127.0.0.1:0"])
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command runs");
    let mut line = String::new();
    BufReader::new(child.stderr.take().expect("a stream")).read_line(&mut line).expect("a line");
    let address = line.split("http://").nth(1).and_then(|rest| rest.split('/').next()).expect("an address").to_owned();
    let page = get(&mut TcpStream::connect(&address).expect("a connection"), "/articles/1");
    let cards = page.matches("<article class=\"card").count();
    assert_eq!(cards, 50, "the page has {cards} claims");
    Server { child, address, folder }
}

/// Asks on an open connection, and reads the answer.
fn get(stream: &mut TcpStream, path: &str) -> String {
    write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("a request");
    let mut reader = BufReader::new(stream);
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).expect("a line");
        if line == "\r\n" {
            break;
        }
        if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().expect("a length");
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).expect("a body");
    String::from_utf8(body).expect("UTF-8")
}

fn ask(bencher: Bencher<'_, '_>, path: impl Fn(usize) -> String + Sync) {
    let server = SERVER.get_or_init(start);
    let mut stream = TcpStream::connect(&server.address).expect("a connection");
    stream.set_nodelay(true).expect("an option");
    let mut asked = 0;
    bencher.counter(ItemsCount::new(REQUESTS)).bench_local(|| {
        for _ in 0..REQUESTS {
            asked += 1;
            divan::black_box(get(&mut stream, &path(asked)));
        }
    });
}

/// The baseline: what costs no look into the history.
#[divan::bench(sample_count = 20)]
fn nothing_at_the_address(bencher: Bencher<'_, '_>) {
    ask(bencher, |_| "/no/such/page.json".to_owned());
}

/// The page as it is asked for again and again while nothing is recorded.
#[divan::bench(sample_count = 20)]
fn article_of_50_claims(bencher: Bencher<'_, '_>) {
    ask(bencher, |_| "/articles/1".to_owned());
}

/// The page made anew each time: another query is another page.
#[divan::bench(sample_count = 5)]
fn article_of_50_claims_made_anew(bencher: Bencher<'_, '_>) {
    ask(bencher, |asked| format!("/articles/1?{asked}"));
}
