//! The client: rules, pauses, retries and redirects around each request.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::fmt;
use std::time::Duration;

use fastrand::Rng;
use robotxt::Robots;
use ureq::config::Config;
use ureq::http::Response;
use ureq::http::header::{ACCEPT, IF_MODIFIED_SINCE, IF_NONE_MATCH};
use ureq::tls::TlsConfig;
use ureq::unversioned::resolver::{DefaultResolver, Resolver};
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body};
use url::Url;

use super::answer::{Answer, Fetched, Got, Validators};
use super::backoff;
use super::failure::Failure;
use super::follow::{MAX_REDIRECTS, follow};
use super::guard::Guarded;
use super::robots;
use super::wanted::Wanted;

/// How things are got.
#[derive(Debug, Clone)]
pub struct ClientOptions {
    /// What the client calls itself, in the header `User-Agent`.
    pub user_agent: String,
    /// The most time that one request takes, from finding the host to the end of the body.
    pub timeout: Duration,
    /// Whether addresses may be asked that are not of the open internet: loopback, private and link-local ones.
    pub allows_private: bool,
    /// How often the same is asked again of a server that has too much to do (HTTP 429, 503), after a pause.
    pub retries: u32,
    /// What chance is made of: it spreads the pauses of clients that were refused at the same time.
    pub seed: u64,
}

/// What a client asks of the program it works for.
pub trait Caller {
    /// Waits until `site`, an origin such as `https://news.example`, may be asked: `pause` after it was asked the last time, or
    /// longer. Whether it is to be asked then; if not, what was wanted is [`Failure::Stopped`].
    fn wait(&mut self, site: &str, pause: Duration) -> bool;

    /// By what the server knows again what the caller has of `url` already; `None` if it has nothing.
    fn validators(&mut self, url: &str) -> Option<Validators> {
        let _ = url;
        None
    }
}

impl<F: FnMut(&str, Duration) -> bool> Caller for F {
    fn wait(&mut self, site: &str, pause: Duration) -> bool {
        self(site, pause)
    }
}

/// Gets things, and remembers the rules of the sites it asked.
pub struct Client {
    agent: Agent,
    /// By the origin of the site; or why its rules are not known.
    rules: HashMap<String, Result<Robots, Failure>>,
    retries: u32,
    chance: Rng,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("rules", &self.rules.keys()).finish_non_exhaustive()
    }
}

impl Client {
    /// A client that has asked nothing yet.
    #[must_use]
    pub fn new(options: &ClientOptions) -> Self {
        match options.allows_private {
            true => Self::with(options, DefaultResolver::default(), TlsConfig::default()),
            false => Self::with(options, Guarded::default(), TlsConfig::default()),
        }
    }

    /// A client that connects to what `resolver` gives, and trusts whom `tls` says.
    pub(super) fn with(options: &ClientOptions, resolver: impl Resolver, tls: TlsConfig) -> Self {
        // Redirects are followed by hand, so that each is held against the rules. A proxy would resolve names itself,
        // past the guard.
        let config = Config::builder()
            .user_agent(options.user_agent.as_str())
            .timeout_global(Some(options.timeout))
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .proxy(None)
            .tls_config(tls)
            .build();
        Self {
            agent: Agent::with_parts(config, DefaultConnector::default(), resolver),
            rules: HashMap::new(),
            retries: options.retries,
            chance: Rng::with_seed(options.seed),
        }
    }

    /// Gets what is `wanted` at `address`, over at most [`MAX_REDIRECTS`] redirects.
    pub fn fetch(&mut self, address: &str, wanted: &Wanted, caller: &mut dyn Caller) -> Fetched {
        let (url, redirects, got) = (address.to_owned(), Vec::new(), Got::Nothing(Failure::Stopped));
        let mut fetched = Fetched { url, redirects, answer: None, pause: Duration::ZERO, got };
        fetched.got = self.get(&mut fetched, wanted, caller).unwrap_or_else(Got::Nothing);
        fetched
    }

    /// Forgets the rules of all sites, so that they are asked for anew: rules are not to be trusted for more than a day.
    pub fn forget_rules(&mut self) {
        self.rules.clear();
    }

    fn get(&mut self, fetched: &mut Fetched, wanted: &Wanted, caller: &mut dyn Caller) -> Result<Got, Failure> {
        let asked = Url::parse(&fetched.url).map_err(|_| Failure::NoPageAddress)?;
        let passed = |url: &Url| fetched.redirects.push(url.to_string());
        let ask = |url: &Url| self.ask(url, wanted, caller, &mut fetched.pause);
        let (response, url) = follow(asked, MAX_REDIRECTS, passed, ask)?;
        fetched.answer.insert(Answer::of(&response, &url)).read(response, url.path(), wanted)
    }

    /// Asks one address, and again where the server is too busy; `longest` becomes the pause that its site wants, if that is
    /// longer.
    fn ask(
        &mut self,
        url: &Url,
        wanted: &Wanted,
        caller: &mut dyn Caller,
        longest: &mut Duration,
    ) -> Result<Response<Body>, Failure> {
        let site = url.origin().ascii_serialization();
        // The pause that the rules want is one between pages: the first need not wait for it.
        let is_first = wanted.obeys_rules && !self.rules.contains_key(&site);
        let wants = match wanted.obeys_rules {
            true => self.rules(&site, url, caller)?,
            false => Duration::ZERO,
        };
        *longest = wants.max(*longest);
        let mut pause = if is_first { Duration::ZERO } else { wants };
        let known = caller.validators(url.as_str()).unwrap_or_default();
        let mut refusals = 0;
        loop {
            if !caller.wait(&site, pause) {
                return Err(Failure::Stopped);
            }
            let mut request = self.agent.get(url.as_str()).header(ACCEPT, wanted.accept);
            let conditions = [(IF_NONE_MATCH, &known.etag), (IF_MODIFIED_SINCE, &known.last_modified)];
            for (name, value) in conditions {
                request = match value {
                    Some(value) => request.header(name, value),
                    None => request,
                };
            }
            let response = request.call()?;
            if !backoff::is_busy(response.status().as_u16()) || refusals >= self.retries {
                return Ok(response);
            }
            match backoff::pause(refusals, backoff::retry_after(response.headers()), self.chance.f64()) {
                Some(longer) => pause = wants.max(longer),
                None => return Ok(response),
            }
            refusals += 1;
        }
    }

    /// How long the rules of `site` want a pause to be; they are got first, if they are not known.
    fn rules(&mut self, site: &str, url: &Url, caller: &mut dyn Caller) -> Result<Duration, Failure> {
        let rules = match self.rules.entry(site.to_owned()) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unknown) => match robots::load(&self.agent, url, caller) {
                // That nothing was asked says nothing of the rules.
                Err(Failure::Stopped) => return Err(Failure::Stopped),
                rules => unknown.insert(rules),
            },
        };
        let rules = rules.as_ref().map_err(Clone::clone)?;
        match rules.is_url_allowed(url) {
            true => Ok(robots::delay(rules)),
            false => Err(Failure::Robots),
        }
    }
}
