//! A server on loopback that answers as a test says, and notes what it was asked.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread;
use std::time::Duration;

/// A server; it ends with the test.
pub(crate) struct Site {
    pub(crate) address: SocketAddr,
    asked: Arc<Mutex<Vec<Asked>>>,
}

/// A request.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) path: String,
    pub(crate) head: String,
    pub(crate) body: String,
}

/// An answer.
pub(crate) enum Reply {
    /// A whole one: status, headers and body.
    Whole(&'static str, Vec<String>, Vec<u8>),
    /// Whatever this writes.
    Stream(fn(TcpStream) -> io::Result<()>),
    /// The connection is reset.
    Reset,
}

impl Asked {
    /// A header of the request.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let fields = self.head.lines().filter_map(|line| line.split_once(':'));
        let mut values = fields.filter(|(field, _)| field.eq_ignore_ascii_case(name));
        values.next().map(|(_, value)| value.trim())
    }
}

impl Reply {
    /// A page in UTF-8.
    pub(crate) fn page(html: impl Into<String>) -> Self {
        Self::Whole("200 OK", vec!["Content-Type: text/html; charset=utf-8".into()], html.into().into_bytes())
    }

    /// Something of a type.
    pub(crate) fn of_type(content_type: &str, body: impl Into<Vec<u8>>) -> Self {
        Self::Whole("200 OK", vec![format!("Content-Type: {content_type}")], body.into())
    }

    /// A status without a body.
    pub(crate) fn status(status: &'static str) -> Self {
        Self::Whole(status, Vec::new(), Vec::new())
    }

    /// The same with another body.
    pub(crate) fn body(self, body: Vec<u8>) -> Self {
        match self {
            Self::Whole(status, headers, _) => Self::Whole(status, headers, body),
            other => other,
        }
    }

    /// The same with another header.
    pub(crate) fn with(self, header: impl Into<String>) -> Self {
        match self {
            Self::Whole(status, mut headers, body) => {
                headers.push(header.into());
                Self::Whole(status, headers, body)
            }
            other => other,
        }
    }
}

impl Site {
    /// A site that answers by `answer`, which is told how often the same path was asked for before.
    pub(crate) fn start(answer: impl Fn(&Asked, usize) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let site = Self { address: listener.local_addr().expect("an address"), asked: Arc::default() };
        let (asked, answer) = (Arc::clone(&site.asked), Arc::new(answer));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (asked, answer) = (Arc::clone(&asked), Arc::clone(&answer));
                // A client that went away is no concern of the site's.
                thread::spawn(move || serve(stream, &asked, &*answer));
            }
        });
        site
    }

    /// The address of a path.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// What was asked, in its order.
    pub(crate) fn asked(&self) -> MutexGuard<'_, Vec<Asked>> {
        self.asked.lock().expect("a list")
    }

    /// The paths that were asked for, in their order.
    pub(crate) fn paths(&self) -> Vec<String> {
        self.asked().iter().map(|asked| asked.path.clone()).collect()
    }

    /// What was asked for at a path.
    pub(crate) fn asked_for(&self, path: &str) -> Vec<Asked> {
        self.asked().iter().filter(|asked| asked.path == path).cloned().collect()
    }
}

fn serve(
    mut stream: TcpStream,
    log: &Mutex<Vec<Asked>>,
    answer: &(impl Fn(&Asked, usize) -> Reply + ?Sized),
) -> io::Result<()> {
    let head = peek_head(&stream)?;
    let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
    let mut asked = Asked { path, head, body: String::new() };
    let is_reset = asked.path.contains("reset");
    if !is_reset {
        io::copy(&mut (&stream).take(asked.head.len() as u64), &mut io::sink())?;
        let length = asked.header("Content-Length").and_then(|length| length.parse().ok()).unwrap_or(0);
        (&stream).take(length).read_to_string(&mut asked.body)?;
    }
    let before = {
        let mut log = log.lock().expect("a list");
        log.push(asked.clone());
        log.iter().filter(|other| other.path == asked.path).count() - 1
    };
    match answer(&asked, before) {
        Reply::Whole(status, headers, body) => {
            let headers: String = headers.iter().map(|header| format!("{header}\r\n")).collect();
            let length = body.len();
            write!(stream, "HTTP/1.1 {status}\r\n{headers}Content-Length: {length}\r\nConnection: close\r\n\r\n")?;
            stream.write_all(&body)
        }
        Reply::Stream(write) => write(stream),
        // What was sent was not read: the system says so by resetting the connection.
        Reply::Reset => Ok(()),
    }
}

/// The head of a request, which stays in the stream.
fn peek_head(stream: &TcpStream) -> io::Result<String> {
    let mut buffer = vec![0; 1 << 16];
    loop {
        let length = stream.peek(&mut buffer)?;
        let got = buffer.get(..length).unwrap_or_default();
        let end = got.windows(4).position(|window| window == b"\r\n\r\n");
        match end {
            Some(end) => return Ok(String::from_utf8_lossy(got.get(..end + 4).unwrap_or_default()).into_owned()),
            None if length == 0 => return Err(io::ErrorKind::UnexpectedEof.into()),
            None => thread::sleep(Duration::from_millis(1)),
        }
    }
}

/// A page about a ferry, with two claims.
pub(crate) fn ferry(number: u32, minister: &str) -> String {
    let story = format!(
        "<p>The minister, {minister}, said that {number} passengers were hurt when the ferry ran aground on Monday.</p>\
         <p>The harbour master, Paul Lund, said that the ferry was an hour late that morning, and that the fog was thick.</p>"
    );
    format!(
        "<html lang=en><title>Ferry runs aground</title><article><h1>Ferry runs aground</h1>{story}</article></html>"
    )
}
