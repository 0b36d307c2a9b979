//! Tests of what a server bears: how many at once, and how long each.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Instant;

use tokio::sync::mpsc;

use super::*;
use crate::terminal::{BidiChoice, ColorWhen};

/// A server whose answers are made by a function, stopped when it is dropped.
struct Running {
    address: SocketAddr,
    stop: Option<mpsc::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

/// Limits that no test waits long for.
const SMALL: Limits = Limits {
    connections: 16,
    at_work: 2,
    longest_answer: Duration::from_millis(300),
    longest_silence: Duration::from_millis(300),
    longest_reading: Duration::from_millis(300),
    longest_goodbye: Duration::from_millis(100),
};

impl Running {
    fn start(limits: Limits, answers: Box<Answers>) -> Self {
        let (stop, mut stopped) = mpsc::channel::<()>(1);
        let (announce, announced) = std::sync::mpsc::channel();
        let thread = thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(async {
                let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
                announce.send(listener.local_addr().unwrap()).unwrap();
                let gate = Gate::new([127, 0, 0, 1].into(), &[]);
                let at_work = Arc::new(Semaphore::new(limits.at_work));
                let terminal = Terminal::detect(ColorWhen::Never, BidiChoice::None, true);
                let server = Server { gate, answers, at_work, limits, terminal };
                take(&listener, server, async || _ = stopped.recv().await).await;
            });
            runtime.shutdown_timeout(Duration::ZERO);
        });
        Self { address: announced.recv().unwrap(), stop: Some(stop), thread: Some(thread) }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream
    }

    /// The head of what is answered.
    fn get(&self, path: &str) -> String {
        head(&mut ask(self.connect(), path))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop.take();
        self.thread.take().map(JoinHandle::join);
    }
}

fn ask(mut stream: TcpStream, path: &str) -> BufReader<TcpStream> {
    write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
    BufReader::new(stream)
}

fn head(stream: &mut BufReader<TcpStream>) -> String {
    let mut head = String::new();
    while stream.read_line(&mut head).unwrap() > 2 {}
    head.to_ascii_lowercase()
}

fn said(body: &str) -> Arc<Answer> {
    let [body, policy, tag] = [body, "default-src 'none'", "\"tag\""].map(str::to_owned);
    Arc::new(Answer { status: 200, kind: "text/plain", body, policy, tag })
}

#[test]
fn no_more_answers_are_made_at_once_than_may_be() {
    let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let seen = Arc::clone(&most);
    let limits = Limits { longest_answer: Duration::from_secs(20), ..SMALL };
    let server = Running::start(
        limits,
        Box::new(move |_| {
            seen.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
            thread::sleep(Duration::from_millis(30));
            now.fetch_sub(1, Ordering::SeqCst);
            Ok(said("done"))
        }),
    );
    let asked: Vec<_> = (0..8).map(|_| ask(server.connect(), "/")).collect();
    for mut stream in asked {
        assert!(head(&mut stream).starts_with("http/1.1 200"));
    }
    assert_eq!(most.load(Ordering::SeqCst), limits.at_work);
}

#[test]
fn who_waits_too_long_is_told_to_come_back_and_the_server_goes_on() {
    let server = Running::start(
        SMALL,
        Box::new(|asked| {
            if asked.path == "/slow" {
                thread::sleep(Duration::from_secs(2));
            }
            Ok(said("done"))
        }),
    );
    let started = Instant::now();
    // Two are at work, the third waits for its turn: none is answered in time.
    let slow: Vec<_> = (0..3).map(|_| ask(server.connect(), "/slow")).collect();
    for mut stream in slow {
        let head = head(&mut stream);
        assert!(head.starts_with("http/1.1 503") && head.contains("retry-after: 2"), "{head}");
    }
    assert!(started.elapsed() < Duration::from_secs(2), "{:?}", started.elapsed());
    // The work that nobody waits for any more holds its place until it is done.
    thread::sleep(Duration::from_millis(2500).saturating_sub(started.elapsed()));
    assert!(server.get("/quick").starts_with("http/1.1 200"));
}

#[test]
fn further_connections_wait_until_one_is_free() {
    let server = Running::start(Limits { connections: 1, ..SMALL }, Box::new(|_| Ok(said("done"))));
    // Says nothing, and is closed for that.
    let mut silent = server.connect();
    let started = Instant::now();
    assert!(server.get("/").starts_with("http/1.1 200"));
    assert!(started.elapsed() >= SMALL.longest_silence / 2, "{:?}", started.elapsed());
    let mut rest = Vec::new();
    silent.read_to_end(&mut rest).unwrap();
}

#[test]
fn what_a_browser_has_already_is_not_sent_again() {
    let server = Running::start(SMALL, Box::new(|_| Ok(said("done"))));
    let mut stream = server.connect();
    stream
        .write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\nIf-None-Match: \"tag\"\r\nConnection: close\r\n\r\n")
        .unwrap();
    let mut stream = BufReader::new(stream);
    let head = head(&mut stream);
    let mut body = String::new();
    stream.read_to_string(&mut body).unwrap();
    assert!(head.starts_with("http/1.1 304") && head.contains("etag: \"tag\""), "{head}");
    assert_eq!(body, "");
}

#[test]
fn a_head_that_has_no_end_is_not_read_for_ever() {
    let server = Running::start(SMALL, Box::new(|_| Ok(said("done"))));
    let mut stream = server.connect();
    let _ = stream.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n");
    let line = format!("X-Filler: {}\r\n", "x".repeat(1_000));
    let mut sent = 0;
    // The server stops reading, or closes, long before this.
    while sent < 16 * 1024 * 1024 && stream.write_all(line.as_bytes()).is_ok() {
        sent += line.len();
    }
    assert!(sent < 16 * 1024 * 1024, "{sent} bytes were taken");
    assert!(server.get("/").starts_with("http/1.1 200"));
}

#[test]
fn who_asks_and_does_not_read_is_let_go() {
    let long = "x".repeat(32 * 1024 * 1024);
    let server = Running::start(
        Limits { connections: 1, ..SMALL },
        Box::new(move |asked| Ok(said(if asked.path == "/long" { &long } else { "done" }))),
    );
    let _unread = ask(server.connect(), "/long");
    assert!(server.get("/").starts_with("http/1.1 200"));
}

#[test]
fn a_failure_is_no_matter_of_coming_back_and_the_server_goes_on() {
    let server = Running::start(
        Limits { longest_answer: Duration::from_secs(20), ..SMALL },
        Box::new(|asked| match asked.path.as_str() {
            "/unread" => Err(ReportError::NoTexts { language: "xx".to_owned() }),
            "/panic" => panic!("on purpose"),
            _ => Ok(said("done")),
        }),
    );
    for path in ["/unread", "/panic"] {
        let head = server.get(path);
        assert!(head.starts_with("http/1.1 500") && !head.contains("retry-after"), "{head}");
    }
    assert!(server.get("/").starts_with("http/1.1 200"));
}
