//! The server: takes connections, bounds what they may cost, and stops when it is told.

mod patience;

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::header::{
    ACCEPT, ALLOW, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, HOST, IF_NONE_MATCH,
    REFERRER_POLICY, RETRY_AFTER, VARY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::response::Response;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use isnad_report::ReportError;
use isnad_report::site::Answer;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};

use self::patience::Patient;
use super::accept::wanted;
use super::gate::Gate;
use super::shelf::Asked;
use crate::command_error::{CommandError, Message};
use crate::terminal::Terminal;

/// What a server may be asked to bear.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// The most connections at once; further ones wait to be taken.
    connections: usize,
    /// The most answers in the making at once.
    at_work: usize,
    /// How long a request may wait for its turn and its answer.
    longest_answer: Duration,
    /// How long a browser may take to send what it asks for, and to say nothing on an open connection.
    longest_silence: Duration,
    /// How long a browser may take to read an answer, from when it first lets one wait.
    longest_reading: Duration,
    /// How long answers under way may take once the server is stopped.
    longest_goodbye: Duration,
}

impl Limits {
    /// The limits of a server.
    const USUAL: Self = Self {
        connections: 256,
        at_work: 8,
        longest_answer: Duration::from_secs(10),
        longest_silence: Duration::from_secs(15),
        longest_reading: Duration::from_secs(60),
        longest_goodbye: Duration::from_secs(5),
    };
}

/// What makes answers.
pub(super) type Answers = dyn Fn(&Asked) -> Result<Arc<Answer>, ReportError> + Send + Sync;

/// What a request is answered with.
struct Server {
    gate: Gate,
    answers: Box<Answers>,
    at_work: Arc<Semaphore>,
    limits: Limits,
    /// Where it is told why there is no answer.
    terminal: Terminal,
}

/// Serves at `address` until the process is told to stop.
pub(super) fn serve(
    address: SocketAddr,
    gate: Gate,
    answers: Box<Answers>,
    terminal: &Terminal,
) -> Result<(), CommandError> {
    let failed = |error: io::Error| {
        let message = Message::new(format_args!("cannot serve at {address}: {error}"));
        CommandError::Usage(message.advise("--listen with an address of this machine and a port that is free"))
    };
    let limits = Limits::USUAL;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .max_blocking_threads(limits.at_work)
        .build()
        .map_err(failed)?;
    runtime.block_on(async {
        let listener = TcpListener::bind(address).await.map_err(failed)?;
        let address = listener.local_addr().map_err(failed)?;
        // Listened for before anybody can know that there is a server to stop.
        let mut signals = Signals::listen().map_err(failed)?;
        terminal.note(&format!("serving at http://{address}/, until Ctrl-C"));
        let at_work = Arc::new(Semaphore::new(limits.at_work));
        let server = Server { gate, answers, at_work, limits, terminal: *terminal };
        take(&listener, server, async || signals.next().await).await;
        Ok::<(), CommandError>(())
    })?;
    // A search that is still at work holds nobody up.
    runtime.shutdown_timeout(Duration::ZERO);
    Ok(())
}

/// Takes connections until the process is told to stop; then lets answers under way end, unless it is told again.
async fn take(listener: &TcpListener, server: Server, mut stopped: impl AsyncFnMut()) {
    let Server { limits, terminal, .. } = server;
    let routes = Router::new().fallback(answer).with_state(Arc::new(server));
    let connections = Arc::new(Semaphore::new(limits.connections));
    let open = GracefulShutdown::new();
    let (going_on, stopping) = watch::channel(());
    {
        let mut stop = std::pin::pin!(stopped());
        loop {
            let permit = tokio::select! {
                permit = Arc::clone(&connections).acquire_owned() => permit,
                () = &mut stop => break,
            };
            let stream = tokio::select! {
                taken = listener.accept() => taken,
                () = &mut stop => break,
            };
            match stream {
                Ok((stream, _)) => {
                    let (watcher, routes, stopping) = (open.watcher(), routes.clone(), stopping.clone());
                    tokio::spawn(async move {
                        if has_said_something(&stream, limits.longest_silence, stopping).await {
                            // A browser that goes away is no fault.
                            let _ = watcher.watch(connection(stream, routes, limits)).await;
                        }
                        drop(permit);
                    });
                }
                // As when too many files are open: that passes.
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            }
        }
    }
    drop(going_on);
    let mut closed = std::pin::pin!(open.shutdown());
    if tokio::time::timeout(AT_ONCE, &mut closed).await.is_err() {
        terminal.note("stopping when the answers under way are sent; Ctrl-C again to stop at once");
        tokio::select! {
            _ = tokio::time::timeout(limits.longest_goodbye, closed) => {}
            () = stopped() => {}
        }
    }
}

/// So long a stop may take before anybody wonders.
const AT_ONCE: Duration = Duration::from_millis(200);

/// Waits for the first words on a connection. Browsers open some that they may never use: those are nothing to wait for
/// when the server is stopped.
async fn has_said_something(stream: &TcpStream, longest: Duration, mut stopping: watch::Receiver<()>) -> bool {
    tokio::select! {
        readable = tokio::time::timeout(longest, stream.readable()) => matches!(readable, Ok(Ok(()))),
        _ = stopping.changed() => false,
    }
}

fn connection(
    stream: TcpStream,
    routes: Router,
    limits: Limits,
) -> http1::Connection<TokioIo<Patient<TcpStream>>, TowerToHyperService<Router>> {
    let _ = stream.set_nodelay(true);
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.longest_silence)
        .max_headers(64)
        .max_buf_size(64 * 1024)
        .serve_connection(TokioIo::new(Patient::new(stream, limits.longest_reading)), TowerToHyperService::new(routes))
}

/// What tells the process to stop.
#[cfg(unix)]
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    /// Listens from now on.
    fn listen() -> io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
    }

    /// Ends when the next one comes.
    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {},
            _ = self.terminate.recv() => {},
        }
    }
}

/// What tells the process to stop.
#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    /// Listens when it is waited for.
    fn listen() -> io::Result<Self> {
        Ok(Self)
    }

    /// Ends when the next one comes.
    async fn next(&mut self) {
        let _ = tokio::signal::ctrl_c().await;
    }
}

async fn answer(State(server): State<Arc<Server>>, request: Request) -> Result<Response, Infallible> {
    let is_head = request.method() == Method::HEAD;
    let host = header(request.headers(), &HOST);
    if !server.gate.admits(host) {
        return Ok(plain(
            StatusCode::MISDIRECTED_REQUEST,
            "isnad does not go by that name here: see isnad serve --host\n",
        ));
    }
    if request.method() != Method::GET && !is_head {
        let mut refused = plain(StatusCode::METHOD_NOT_ALLOWED, "isnad serve is only for reading\n");
        refused.headers_mut().insert(ALLOW, HeaderValue::from_static("GET, HEAD"));
        return Ok(refused);
    }
    let headers = request.headers();
    let asked = Asked {
        path: request.uri().path().to_owned(),
        query: request.uri().query().unwrap_or_default().to_owned(),
        wanted: wanted(header(headers, &ACCEPT)),
        site: format!("http://{host}"),
    };
    let (known, address) = (header(headers, &IF_NONE_MATCH).to_owned(), request.uri().clone());
    let made = tokio::time::timeout(server.limits.longest_answer, make(Arc::clone(&server), asked)).await;
    Ok(match made {
        Ok(Ok(made)) if made.status == 200 && is_known(&known, &made.tag) => unchanged(&made),
        Ok(Ok(made)) => respond(&made, is_head),
        Ok(Err(reason)) => {
            let cause = format!("{address} could not be answered: {reason}");
            server.terminal.complain(&cause, Some("isnad check, which tells what is wrong with the history"));
            let said = "this could not be answered; why is told where isnad serve was started\n";
            plain(StatusCode::INTERNAL_SERVER_ERROR, said)
        }
        Err(_) => {
            let mut busy =
                plain(StatusCode::SERVICE_UNAVAILABLE, "too much is asked for at once; ask again in a moment\n");
            busy.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("2"));
            busy
        }
    })
}

/// A header, or nothing where there is none that is text.
fn header<'h>(headers: &'h HeaderMap, name: &HeaderName) -> &'h str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// Has the answer made where it holds up nobody else; or why there is none.
async fn make(server: Arc<Server>, asked: Asked) -> Result<Arc<Answer>, String> {
    let permit = Arc::clone(&server.at_work).acquire_owned().await.map_err(|error| error.to_string())?;
    let work = tokio::task::spawn_blocking(move || {
        let answer = (server.answers)(&asked);
        // Held until the work is done, not only until nobody waits for it any more.
        drop(permit);
        answer
    });
    let made = work.await.map_err(|error| error.to_string())?;
    made.map_err(|error| error.to_string())
}

/// The body of an answer, which all share who are sent it: many that read slowly cost no more than one.
struct Shared(Arc<Answer>);

impl AsRef<[u8]> for Shared {
    fn as_ref(&self) -> &[u8] {
        self.0.body.as_bytes()
    }
}

fn respond(answer: &Arc<Answer>, is_head: bool) -> Response {
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let body = if is_head { Bytes::new() } else { Bytes::from_owner(Shared(Arc::clone(answer))) };
    let body = Body::from(body);
    let mut response = headed(status, answer.kind, &answer.policy, body);
    tagged(&mut response, answer);
    // What a body would be is told as it is when there is none.
    if is_head && let Ok(length) = HeaderValue::from_str(&answer.body.len().to_string()) {
        response.headers_mut().insert(CONTENT_LENGTH, length);
    }
    response
}

/// Whether a browser that named these tags has the body with this one.
fn is_known(named: &str, tag: &str) -> bool {
    named.split(',').map(str::trim).any(|named| named == "*" || named.trim_start_matches("W/") == tag)
}

/// What a browser is told that has the body already.
fn unchanged(answer: &Answer) -> Response {
    let mut response = headed(StatusCode::NOT_MODIFIED, answer.kind, &answer.policy, Body::empty());
    tagged(&mut response, answer);
    response
}

fn tagged(response: &mut Response, answer: &Answer) {
    if let Ok(tag) = HeaderValue::from_str(&answer.tag) {
        response.headers_mut().insert(ETAG, tag);
    }
}

fn plain(status: StatusCode, said: &'static str) -> Response {
    headed(status, "text/plain; charset=utf-8", "default-src 'none'; frame-ancestors 'none'", Body::from(said))
}

/// A response with the headers that all have.
fn headed(status: StatusCode, kind: &str, policy: &str, body: Body) -> Response {
    let mut response = Response::new(body);
    *response.status_mut() = status;
    let headers = response.headers_mut();
    let mut set = |name: HeaderName, value: &str| {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    };
    set(CONTENT_TYPE, kind);
    set(CONTENT_SECURITY_POLICY, policy);
    set(X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(REFERRER_POLICY, "no-referrer");
    set(CACHE_CONTROL, "no-cache");
    // The same address has a page and data.
    set(VARY, "Accept");
    response
}

#[cfg(test)]
mod bounds;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_is_known_by_its_tag() {
        assert!(is_known("\"a\"", "\"a\"") && is_known("\"b\", W/\"a\"", "\"a\"") && is_known("*", "\"a\""));
        assert!(!is_known("", "\"a\"") && !is_known("\"b\"", "\"a\""));
    }
}
