//! Where a client goes and whom it trusts, against servers on loopback that stand for a host of the open internet.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use ureq::config::Config;
use ureq::http::Uri;
use ureq::tls::{Certificate, RootCerts, TlsConfig};
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

use super::guard::Guarded;
use super::{Client, ClientOptions, Failure, Got, Wanted};

/// Takes `news.example` for a host of the open internet, which stands at `site`; all else is guarded.
#[derive(Debug)]
struct OneHost {
    site: SocketAddr,
    rest: Guarded,
}

impl Resolver for OneHost {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        match uri.host() {
            Some("news.example") => {
                let mut resolved = self.empty();
                resolved.push(self.site);
                Ok(resolved)
            }
            _ => self.rest.resolve(uri, config, timeout),
        }
    }
}

fn client(site: SocketAddr, tls: TlsConfig) -> Client {
    let options = ClientOptions {
        user_agent: "test".to_owned(),
        timeout: Duration::from_secs(20),
        allows_private: false,
        retries: 0,
        seed: 0,
    };
    Client::with(&options, OneHost { site, rest: Guarded::default() }, tls)
}

fn fetch(client: &mut Client, url: &str) -> Got {
    client.fetch(url, &Wanted::PAGE, &mut |_: &str, _: Duration| true).got
}

/// Reads a request and answers it by its path.
fn answer(mut stream: impl Read + Write, answer: impl Fn(&str) -> (String, &'static str)) {
    let mut lines = BufReader::new(&mut stream).lines().map_while(Result::ok);
    let first = lines.next().unwrap_or_default();
    lines.take_while(|line| !line.is_empty()).for_each(drop);
    let (head, body) = answer(first.split(' ').nth(1).unwrap_or_default());
    let length = body.len();
    // A client that went away is no concern of the server's.
    let _ = write!(stream, "HTTP/1.1 {head}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}");
    let _ = stream.flush();
}

#[test]
fn no_redirect_leads_from_the_open_internet_to_this_machine() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let site = listener.local_addr().expect("an address");
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            answer(stream, |path| {
                let head = match path {
                    "/a" => format!("302 Found\r\nLocation: http://localhost:{}/secret", site.port()),
                    "/b" => format!("302 Found\r\nLocation: //127.0.0.1:{}/secret", site.port()),
                    "/secret" | "/c" => "200 OK\r\nContent-Type: text/html".to_owned(),
                    _ => "404 Not Found".to_owned(),
                };
                (head, "")
            });
        }
    });
    let mut client = client(site, TlsConfig::default());
    for path in ["a", "b"] {
        let got = fetch(&mut client, &format!("http://news.example/{path}"));
        assert!(matches!(got, Got::Nothing(Failure::NotGlobal { .. })), "{path}: {got:?}");
    }
    assert_eq!(fetch(&mut client, "http://news.example/c"), Got::Body(Vec::new()), "the host itself is asked");
}

#[test]
fn a_page_comes_over_https_from_a_server_that_is_trusted_and_from_no_other() {
    let own = rcgen::generate_simple_self_signed(["news.example".to_owned()]).expect("a certificate");
    let key = PrivatePkcs8KeyDer::from(own.signing_key.serialize_der());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let server = ServerConfig::builder_with_provider(provider).with_safe_default_protocol_versions().expect("TLS");
    let server = server.with_no_client_auth().with_single_cert(vec![own.cert.der().clone()], key.into());
    let server = Arc::new(server.expect("a key that fits"));
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let site = listener.local_addr().expect("an address");
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let Ok(connection) = ServerConnection::new(Arc::clone(&server)) else { continue };
            answer(StreamOwned::new(connection, stream), |path| match path {
                "/ferry" => ("200 OK\r\nContent-Type: text/html".to_owned(), "<p>Rain fell.</p>"),
                _ => ("404 Not Found".to_owned(), ""),
            });
        }
    });
    let url = format!("https://news.example:{}/ferry", site.port());
    let roots = RootCerts::new_with_certs(&[Certificate::from_der(own.cert.der()).to_owned()]);
    let got = fetch(&mut client(site, TlsConfig::builder().root_certs(roots).build()), &url);
    assert_eq!(got, Got::Body(b"<p>Rain fell.</p>".to_vec()));
    let got = fetch(&mut client(site, TlsConfig::default()), &url);
    let Got::Nothing(failure) = got else { panic!("{got:?}") };
    assert!(failure.to_string().contains("certificate"), "{failure}");
}

#[test]
fn every_request_waits_for_its_site_and_only_the_first_page_not_for_the_pause_that_pages_want() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let site = listener.local_addr().expect("an address");
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            answer(stream, |path| match path {
                "/robots.txt" => ("302 Found\r\nLocation: /rules".to_owned(), ""),
                "/rules" => ("200 OK\r\nContent-Type: text/plain".to_owned(), "User-agent: *\nCrawl-delay: 7"),
                _ => ("200 OK\r\nContent-Type: text/html".to_owned(), ""),
            });
        }
    });
    let mut client = client(site, TlsConfig::default());
    let mut waits = Vec::new();
    let mut wait = |asked: &str, pause: Duration| {
        waits.push((asked.to_owned(), pause.as_secs()));
        true
    };
    for path in ["a", "b"] {
        let fetched = client.fetch(&format!("http://news.example/{path}"), &Wanted::PAGE, &mut wait);
        assert_eq!((fetched.pause, fetched.got), (Duration::from_secs(7), Got::Body(Vec::new())));
    }
    let expected = [0, 0, 0, 7].map(|pause| ("http://news.example".to_owned(), pause));
    assert_eq!(waits, expected, "the rules, where they redirect to, and two pages");
    client.forget_rules();
    let got = client.fetch("http://news.example/a", &Wanted::PAGE, &mut |_: &str, _: Duration| false).got;
    assert_eq!(got, Got::Nothing(Failure::Stopped), "that nothing was asked says nothing of the rules");
    assert_eq!(fetch(&mut client, "http://news.example/a"), Got::Body(Vec::new()));
}
