//! Telling another program of something, over HTTP.

use std::time::Duration;

use ureq::Agent;
use ureq::http::header::CONTENT_TYPE;

use super::failure::Failure;

/// An address that takes JSON. It is the user's own, so it may be of any network; redirects are not followed.
#[derive(Debug)]
pub struct Webhook {
    agent: Agent,
    url: String,
}

impl Webhook {
    /// A way to `url`, where each message takes at most `timeout`.
    #[must_use]
    pub fn new(url: String, user_agent: &str, timeout: Duration) -> Self {
        let config = Agent::config_builder()
            // What changed is told to nobody but the address that was given.
            .proxy(None)
            .user_agent(user_agent)
            .timeout_global(Some(timeout))
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .build();
        Self { agent: config.into(), url }
    }

    /// Where it leads.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Posts `json`.
    ///
    /// # Errors
    ///
    /// If it does not get there, or the answer has another status than 2xx.
    pub fn send(&self, json: &str) -> Result<(), Failure> {
        let response = self.agent.post(&self.url).header(CONTENT_TYPE, "application/json").send(json)?;
        match response.status() {
            status if status.is_success() => Ok(()),
            status => Err(Failure::Status { status: status.as_u16() }),
        }
    }
}
