//! How the web is asked.

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;
use std::time::{Duration, Instant};

use clap::Args;
use isnad_ingest::canonical_url;
use isnad_ingest::http::{Client, ClientOptions, Fetched};

use crate::interrupt::Stop;

/// How the web is asked.
#[derive(Debug, Args)]
pub(in crate::commands) struct WebArgs {
    /// An address where the people whose sites are asked can reach you; told in the header User-Agent
    #[arg(long, value_name = "ADDRESS", value_parser = contact)]
    contact: Option<String>,
    /// What to call oneself in the header User-Agent, in place of isnad and its version
    #[arg(long, value_name = "NAME", value_parser = agent)]
    user_agent: Option<String>,
    /// The most time that a request takes, in seconds
    #[arg(long, value_name = "SECONDS", default_value = "30", value_parser = clap::value_parser!(u64).range(1..=3600))]
    timeout: u64,
    /// The least time between two requests to one site, in seconds; a site that wants more gets it, up to five minutes
    #[arg(long, value_name = "SECONDS", default_value = "1", value_parser = clap::value_parser!(u64).range(0..=3600))]
    pause: u64,
    /// Also ask addresses that are not of the open internet: this machine, private networks
    #[arg(long)]
    allow_private: bool,
}

/// Reads the address of a page.
pub(in crate::commands) fn address(text: &str) -> Result<String, String> {
    match canonical_url(text) {
        Some(_) => Ok(text.trim().to_owned()),
        None => Err("give an http or https address without a user name, such as https://example.org/a1".to_owned()),
    }
}

fn contact(text: &str) -> Result<String, String> {
    match !text.is_empty() && text.chars().all(|c| c.is_ascii_graphic() && !matches!(c, '(' | ')' | '\\')) {
        true => Ok(text.to_owned()),
        false => Err("give an e-mail address or the address of a page, without spaces".to_owned()),
    }
}

fn agent(text: &str) -> Result<String, String> {
    match !text.trim().is_empty() && text.chars().all(|c| c.is_ascii_graphic() || c == ' ') {
        true => Ok(text.trim().to_owned()),
        false => Err("give a name of ASCII letters, such as `newsroom-archive/1.0`".to_owned()),
    }
}

impl WebArgs {
    /// What the program calls itself.
    pub(in crate::commands) fn user_agent(&self) -> String {
        let own = || concat!("isnad/", env!("CARGO_PKG_VERSION")).to_owned();
        let contact = self.contact.as_ref().map(|contact| format!(" (+{contact})")).unwrap_or_default();
        self.user_agent.clone().unwrap_or_else(own) + &contact
    }

    /// A client that asks again `retries` times where a server is too busy.
    pub(in crate::commands) fn client(&self, retries: u32) -> Client {
        Client::new(&ClientOptions {
            user_agent: self.user_agent(),
            timeout: self.timeout(),
            allows_private: self.allow_private,
            retries,
            seed: RandomState::new().hash_one(std::process::id()),
        })
    }

    /// The most time that a request takes.
    pub(in crate::commands) const fn timeout(&self) -> Duration {
        Duration::from_secs(self.timeout)
    }

    /// The pauses between requests, which end when `stop` is set.
    pub(in crate::commands) fn pauses(&self, stop: Arc<Stop>) -> Pauses {
        Pauses { least: Duration::from_secs(self.pause), last: HashMap::new(), stop }
    }
}

/// When each site was asked, and the pauses until it may be asked again.
#[derive(Debug)]
pub(in crate::commands) struct Pauses {
    least: Duration,
    last: HashMap<String, Instant>,
    stop: Arc<Stop>,
}

impl Pauses {
    /// Waits until `site`, which wants `pause` between two requests, may be asked; `false` if the work is to end.
    pub(in crate::commands) fn wait(&mut self, site: &str, pause: Duration) -> bool {
        let pause = pause.max(self.least);
        if let Some(last) = self.last.get(site) {
            self.stop.sleep(pause.saturating_sub(last.elapsed()));
        }
        self.last.insert(site.to_owned(), Instant::now());
        !self.stop.is_set()
    }

    /// For how long a site is not to be asked now that this was got of it.
    pub(in crate::commands) fn rest(&self, fetched: &Fetched) -> Duration {
        let wanted = fetched.answer.as_ref().and_then(|answer| answer.retry_after).unwrap_or_default();
        fetched.pause.max(self.least).max(wanted)
    }

    /// The mark that ends pauses.
    pub(in crate::commands) fn stop(&self) -> &Stop {
        &self.stop
    }
}
