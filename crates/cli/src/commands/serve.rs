//! `isnad serve`: the history as web pages on this machine.

mod gate;
mod http;
mod shelf;

use std::net::SocketAddr;

use clap::Args;
use clap::builder::PossibleValuesParser;
use isnad_report::Pages;

use self::gate::Gate;
use self::shelf::Shelf;
use super::Context;
use crate::command_error::{CommandError, Message, Outcome};
use crate::stored;

/// Show the history as web pages: articles, claims, speakers, changes, search, any two versions side by side.
///
/// The pages are only read, never written, and follow what is recorded meanwhile. The same is there as JSON (.json
/// after an address) and, of changes, as Atom feeds (.atom); /openapi.json tells how. Ctrl-C stops it.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ServeArgs {
    /// Where to listen; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:7373")]
    listen: SocketAddr,
    /// A name by which browsers may ask, beside those of this machine; once for each
    #[arg(long, value_name = "NAME")]
    host: Vec<String>,
    /// The language of the interface: ar or en
    #[arg(long, value_name = "CODE", default_value = "en", hide_possible_values = true,
        value_parser = PossibleValuesParser::new(isnad_report::Texts::languages()))]
    ui_language: String,
}

const EXAMPLES: &str = "\
Examples:
  isnad serve
      pages at http://127.0.0.1:7373/
  isnad serve --listen 127.0.0.1:0 --ui-language ar
      at a free port, with the interface in Arabic
  isnad serve --listen 0.0.0.0:80 --host isnad.example
      for other machines, which ask for it by that name";

/// Serves until it is stopped.
pub(crate) fn run(args: &ServeArgs, context: &Context) -> Result<Outcome, CommandError> {
    // What is wrong with the history is told now, not to the first who asks.
    stored::open(context)?;
    if !args.listen.ip().is_loopback() && args.host.is_empty() {
        let message = Message::new(format_args!("{} is open to other machines", args.listen));
        return Err(CommandError::Usage(message.advise("--host NAME too, with the name they will ask for")));
    }
    let pages = Pages::in_language(&args.ui_language)?;
    let shelf = Shelf::new(context.db.clone(), pages)?;
    let answers = Box::new(move |asked: &shelf::Asked| shelf.answer(asked));
    http::serve(args.listen, Gate::new(&args.host), answers, &context.terminal)?;
    Ok(Outcome::Done)
}
