//! The rules that a site sets for programs.

use std::time::Duration;

use robotxt::{Robots, robots_url};
use ureq::Agent;
use url::Url;

use super::client::Caller;
use super::failure::Failure;
use super::follow::follow;

/// What rules call this program.
const NAME: &str = "isnad";

/// The most redirects from a `robots.txt`, as RFC 9309 has it.
const MAX_REDIRECTS: usize = 5;

/// The longest time between two requests that a site can ask for: with a longer one, a run would never end.
const MAX_DELAY: Duration = Duration::from_secs(300);

/// Gets the rules of the site of `url`, when `caller` lets it be asked. A site that has none allows everything; of one that
/// does not answer, nothing may be asked.
pub(super) fn load(agent: &Agent, url: &Url, caller: &mut dyn Caller) -> Result<Robots, Failure> {
    let unread = |reason: String| Failure::NoRobots { reason };
    let address = robots_url(url).map_err(|_| Failure::NoPageAddress)?;
    let ask = |url: &Url| match caller.wait(&url.origin().ascii_serialization(), Duration::ZERO) {
        true => Ok(agent.get(url.as_str()).call()?),
        false => Err(Failure::Stopped),
    };
    let response = match follow(address, MAX_REDIRECTS, |_| {}, ask) {
        Ok((response, _)) => response,
        Err(Failure::TooManyRedirects { .. }) => return Ok(Robots::allow_all()),
        Err(failure @ (Failure::NotGlobal { .. } | Failure::Stopped)) => return Err(failure),
        Err(failure) => return Err(unread(failure.to_string())),
    };
    match response.status().as_u16() {
        200..300 => {
            let body = response.into_body().into_reader();
            Robots::from_reader(body, NAME).map_err(|error| unread(Failure::from(ureq::Error::from(error)).to_string()))
        }
        status @ (429 | 500..) => Err(unread(Failure::Status { status }.to_string())),
        _ => Ok(Robots::allow_all()),
    }
}

/// The time that the site wants between two requests.
pub(super) fn delay(rules: &Robots) -> Duration {
    rules.crawl_delay().unwrap_or_default().min(MAX_DELAY)
}
