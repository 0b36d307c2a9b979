//! The captures that the Wayback Machine has of an address.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use clap::Args;
use isnad_ingest::source::{WAYBACK, Wayback, WaybackOptions};
use isnad_store::KnownCaptures;

use crate::command_error::{CommandError, Message};
use crate::commands::live::{WebArgs, address};
use crate::interrupt::Stop;
use crate::output::time;

/// What stands before an address.
pub(super) const PREFIX: &str = "wayback:";

/// How often the archive is asked again when it is too busy.
const RETRIES: u32 = 4;

/// What is wanted of the Wayback Machine, and how it is asked.
#[derive(Debug, Args)]
#[command(next_help_heading = "Options of wayback:URL")]
pub(super) struct WaybackArgs {
    /// Captures since then: a day, or a date and time (UTC unless it says otherwise)
    #[arg(long, value_name = "TIME", value_parser = time::parse_start)]
    from: Option<DateTime<Utc>>,
    /// Captures until then
    #[arg(long, value_name = "TIME", value_parser = time::parse_end)]
    to: Option<DateTime<Utc>>,
    /// Another archive with the same interfaces
    #[arg(long, value_name = "URL", default_value = WAYBACK, value_parser = address)]
    wayback_base: String,
    #[command(flatten)]
    web: WebArgs,
}

impl WaybackArgs {
    /// The captures of `url`, without those that are known.
    pub(super) fn source(&self, url: &str, stop: Arc<Stop>, known: KnownCaptures) -> Result<Wayback, CommandError> {
        let url = address(url).map_err(|advice| {
            CommandError::Usage(Message::new(format_args!("`{PREFIX}{url}` is no address of a page")).advise(advice))
        })?;
        let base = self.wayback_base.trim_end_matches('/').to_owned();
        let options = WaybackOptions { base, url, from: self.from, to: self.to };
        let mut pauses = self.web.pauses(stop);
        let caller = Box::new(move |site: &str, pause| pauses.wait(site, pause));
        Ok(Wayback::new(options, self.web.client(RETRIES), caller, move |place, time| known.holds_at(place, time)))
    }
}
