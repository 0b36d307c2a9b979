//! Why there is no page.

use std::net::IpAddr;

use super::guard::NotGlobal;

/// Why asking for a page gave none, in words that can stand in a history.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Failure {
    /// It is, or redirects to, what is no address of a page.
    #[error("not an http or https address of a page")]
    NoPageAddress,
    /// The host, or that of a redirect, has an address that is not of the open internet.
    #[error("{address} is not an address of the open internet")]
    NotGlobal {
        /// The address.
        address: IpAddr,
    },
    /// The rules of the site do not let the page be asked for.
    #[error("refused by robots.txt")]
    Robots,
    /// The rules of the site could not be got, so that nothing may be asked for.
    #[error("robots.txt cannot be read: {reason}")]
    NoRobots {
        /// Why.
        reason: String,
    },
    /// One redirect led to another, and none to a page.
    #[error("more than {limit} redirects")]
    TooManyRedirects {
        /// The most that are followed.
        limit: usize,
    },
    /// The server answered, but not with a page.
    #[error("HTTP {status}")]
    Status {
        /// The status.
        status: u16,
    },
    /// What was got is no HTML.
    #[error("not a page but {content_type}")]
    NoPage {
        /// What the server says it is.
        content_type: String,
    },
    /// The caller wanted to end before it was asked for.
    #[error("stopped before it was asked for")]
    Stopped,
    /// It took longer than it may.
    #[error("timed out")]
    TimedOut,
    /// The page is too large.
    #[error("more than {limit} bytes")]
    TooLarge {
        /// The most bytes that are read.
        limit: u64,
    },
    /// The server was not found or not reached, or broke off.
    #[error("{reason}")]
    Connection {
        /// What happened.
        reason: String,
    },
}

impl From<ureq::Error> for Failure {
    fn from(error: ureq::Error) -> Self {
        match error {
            ureq::Error::Timeout(_) => Self::TimedOut,
            ureq::Error::BodyExceedsLimit(limit) => Self::TooLarge { limit },
            ureq::Error::Other(other) => match other.downcast_ref() {
                Some(NotGlobal(address)) => Self::NotGlobal { address: *address },
                None => Self::Connection { reason: other.to_string() },
            },
            error => Self::Connection { reason: error.to_string() },
        }
    }
}
