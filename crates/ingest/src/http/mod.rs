//! Pages got from the web, politely: by the rules of each site's `robots.txt`, within bounds of time and size, and never
//! from addresses that are not of the open internet unless the caller says so.
//!
//! Requests are made one after the other. [`Client::fetch`] has the caller wait between those to one site, since nothing
//! here looks at the clock.

mod failure;
mod guard;
mod robots;

use std::collections::HashMap;
use std::time::Duration;

use robotxt::Robots;
use ureq::config::Config;
use ureq::http::Response;
use ureq::http::header::{CONTENT_TYPE, LOCATION};
use ureq::unversioned::resolver::{DefaultResolver, Resolver};
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body};
use url::Url;

use crate::page::MAX_PAGE_BYTES;
use crate::sniff::Kind;
use crate::source::{Capture, Content};
pub use failure::Failure;
use guard::Guarded;

/// The most redirects that are followed from one address.
pub const MAX_REDIRECTS: usize = 8;

/// How pages are got.
#[derive(Debug, Clone)]
pub struct ClientOptions {
    /// What the client calls itself, in the header `User-Agent`.
    pub user_agent: String,
    /// The most time that one request takes, from finding the host to the end of the body.
    pub timeout: Duration,
    /// Whether addresses may be asked that are not of the open internet: loopback, private and link-local ones.
    pub allows_private: bool,
}

/// Gets pages, and remembers the rules of the sites it asked.
#[derive(Debug)]
pub struct Client {
    agent: Agent,
    /// By the origin of the site; or why its rules are not known.
    rules: HashMap<String, Result<Robots, Failure>>,
}

/// What came of asking for a page.
#[derive(Debug)]
pub struct Fetched {
    /// The page, or why there is none; without a time.
    pub capture: Capture,
    /// The address that gave the page, where a redirect led to another than was asked.
    pub final_url: Option<String>,
    /// Why there is no page.
    pub failure: Option<Failure>,
}

impl Client {
    /// A client that has asked nothing yet.
    #[must_use]
    pub fn new(options: &ClientOptions) -> Self {
        match options.allows_private {
            true => Self::resolving(options, DefaultResolver::default()),
            false => Self::resolving(options, Guarded::default()),
        }
    }

    /// A client that connects to what `resolver` gives.
    fn resolving(options: &ClientOptions, resolver: impl Resolver) -> Self {
        // Redirects are followed by hand, so that each is held against the rules. A proxy would resolve names itself,
        // past the guard.
        let config = Config::builder()
            .user_agent(options.user_agent.as_str())
            .accept("text/html, application/xhtml+xml")
            .timeout_global(Some(options.timeout))
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(None)
            .build();
        Self { agent: Agent::with_parts(config, DefaultConnector::default(), resolver), rules: HashMap::new() }
    }

    /// Gets the page at `address`, over at most [`MAX_REDIRECTS`] redirects. What keeps it from being got is a failed
    /// capture with that reason.
    ///
    /// Before each request for a page, `wait` is called with the origin of the site and the time that the site wants
    /// between two of them, zero where it does not say.
    pub fn fetch(&mut self, address: &str, mut wait: impl FnMut(&str, Duration)) -> Fetched {
        let (content, final_url, failure) = match self.page(address, &mut wait) {
            Ok((content, final_url)) => (content, final_url, None),
            Err(failure) => (Content::Failed { reason: failure.to_string() }, None, Some(failure)),
        };
        let (place, url) = (address.to_owned(), Some(address.to_owned()));
        Fetched { capture: Capture { place, url, content, ..Capture::default() }, final_url, failure }
    }

    fn page(
        &mut self,
        address: &str,
        wait: &mut dyn FnMut(&str, Duration),
    ) -> Result<(Content, Option<String>), Failure> {
        let asked = Url::parse(address).map_err(|_| Failure::NoPageAddress)?;
        let (response, answered) = follow(asked.clone(), MAX_REDIRECTS, |url| {
            let origin = url.origin().ascii_serialization();
            let rules = self.rules.entry(origin.clone()).or_insert_with(|| robots::load(&self.agent, url));
            let rules = rules.as_ref().map_err(Clone::clone)?;
            if !rules.is_url_allowed(url) {
                return Err(Failure::Robots);
            }
            wait(&origin, robots::delay(rules));
            get(&self.agent, url)
        })?;
        Ok((content(response, &answered)?, (answered != asked).then(|| answered.into())))
    }
}

/// Asks for `url` with `get`, and for what redirects lead to; the answer, and the address that gave it.
fn follow(
    mut url: Url,
    most: usize,
    mut get: impl FnMut(&Url) -> Result<Response<Body>, Failure>,
) -> Result<(Response<Body>, Url), Failure> {
    for _ in 0..=most {
        // Links to a part of a page are of the page.
        url.set_fragment(None);
        if !is_page_address(&url) {
            return Err(Failure::NoPageAddress);
        }
        let response = get(&url)?;
        let leads_on = matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308);
        let target = response.headers().get(LOCATION).filter(|_| leads_on);
        let Some(target) = target else { return Ok((response, url)) };
        let target = std::str::from_utf8(target.as_bytes()).map_err(|_| Failure::NoPageAddress)?;
        url = url.join(target).map_err(|_| Failure::NoPageAddress)?;
    }
    Err(Failure::TooManyRedirects { limit: most })
}

fn is_page_address(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https") && url.has_host() && url.username().is_empty() && url.password().is_none()
}

fn get(agent: &Agent, url: &Url) -> Result<Response<Body>, Failure> {
    Ok(agent.get(url.as_str()).call()?)
}

/// The page that an answer holds.
fn content(mut response: Response<Body>, url: &Url) -> Result<Content, Failure> {
    let status = response.status();
    if !status.is_success() {
        return Err(Failure::Status { status: status.as_u16() });
    }
    let told = response.headers().get(CONTENT_TYPE).map(|told| String::from_utf8_lossy(told.as_bytes()).into_owned());
    if let Some(told) = told.as_deref().filter(|told| !is_page_type(told)) {
        return Err(Failure::NoPage { content_type: told.to_owned() });
    }
    let bytes = response.body_mut().with_config().limit(MAX_PAGE_BYTES as u64).read_to_vec()?;
    if told.is_none() && Kind::of(url.path(), &bytes) != Kind::Html {
        return Err(Failure::NoPage { content_type: "of no type".to_owned() });
    }
    Ok(Content::Bytes { bytes, charset: told, kind: Some(Kind::Html) })
}

/// Whether a `Content-Type` is a page's.
fn is_page_type(content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    ["text/html", "application/xhtml+xml"].iter().any(|page| essence.eq_ignore_ascii_case(page))
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader, Write};
    use std::net::{SocketAddr, TcpListener};
    use std::thread;

    use ureq::http::Uri;
    use ureq::unversioned::resolver::ResolvedSocketAddrs;
    use ureq::unversioned::transport::NextTimeout;

    use super::*;

    /// Takes `news.example` for a host of the open internet, which stands at `site`; all else is guarded.
    #[derive(Debug)]
    struct OneHost {
        site: SocketAddr,
        rest: Guarded,
    }

    impl Resolver for OneHost {
        fn resolve(
            &self,
            uri: &Uri,
            config: &Config,
            timeout: NextTimeout,
        ) -> Result<ResolvedSocketAddrs, ureq::Error> {
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

    #[test]
    fn no_redirect_leads_from_the_open_internet_to_this_machine() {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let site = listener.local_addr().expect("an address");
        thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let lines = BufReader::new(&stream).lines().map_while(Result::ok);
                let head: Vec<String> = lines.take_while(|line| !line.is_empty()).collect();
                let path = head.first().and_then(|line| line.split(' ').nth(1)).unwrap_or_default();
                let answer = match path {
                    "/a" => format!("302 Found\r\nLocation: http://localhost:{}/secret", site.port()),
                    "/b" => format!("302 Found\r\nLocation: //127.0.0.1:{}/secret", site.port()),
                    "/secret" | "/c" => "200 OK\r\nContent-Type: text/html".to_owned(),
                    _ => "404 Not Found".to_owned(),
                };
                let _ = write!(stream, "HTTP/1.1 {answer}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            }
        });
        let options =
            ClientOptions { user_agent: "test".to_owned(), timeout: Duration::from_secs(20), allows_private: false };
        let mut client = Client::resolving(&options, OneHost { site, rest: Guarded::default() });
        for path in ["a", "b"] {
            let fetched = client.fetch(&format!("http://news.example/{path}"), |_, _| {});
            assert!(matches!(fetched.failure, Some(Failure::NotGlobal { .. })), "{path}: {fetched:?}");
        }
        let fetched = client.fetch("http://news.example/c", |_, _| {});
        assert_eq!(fetched.failure, None, "the host itself is asked");
    }
}
