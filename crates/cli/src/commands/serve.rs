//! `isnad serve`: the history as web pages on this machine.

mod accept;
mod gate;
mod http;
mod shelf;

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

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
    /// Where to listen: an address of this machine, a port, or both; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:7373", value_parser = listen)]
    listen: SocketAddr,
    /// A name by which browsers may ask, beside those of this machine and the address itself; once for each
    #[arg(long, value_name = "NAME", value_parser = gate::name)]
    host: Vec<String>,
    /// The language of the interface: ar or en
    #[arg(long, value_name = "CODE", default_value = "en", hide_possible_values = true,
        value_parser = PossibleValuesParser::new(isnad_report::Texts::languages()))]
    ui_language: String,
}

/// The port where none is named.
const PORT: u16 = 7373;

/// Reads an address with its port, or one of them alone; `localhost` is 127.0.0.1.
fn listen(text: &str) -> Result<SocketAddr, String> {
    if let Ok(port) = text.parse() {
        return Ok((Ipv4Addr::LOCALHOST, port).into());
    }
    let text = text.strip_prefix("localhost").map_or_else(|| text.to_owned(), |rest| format!("127.0.0.1{rest}"));
    let alone = || text.trim_matches(['[', ']']).parse::<IpAddr>().map(|address| (address, PORT).into()).ok();
    let wanted = "an address of this machine in digits and a port are wanted, such as 127.0.0.1:7373, or a port alone";
    text.parse().ok().or_else(alone).ok_or_else(|| wanted.to_owned())
}

const EXAMPLES: &str = "\
Examples:
  isnad serve
      pages at http://127.0.0.1:7373/
  isnad serve --listen 0 --ui-language ar
      at a free port, with the interface in Arabic
  isnad serve --listen 0.0.0.0:80 --host isnad.example
      for other machines, which ask for it by that name";

/// Serves until it is stopped.
pub(crate) fn run(args: &ServeArgs, context: &Context) -> Result<Outcome, CommandError> {
    // What is wrong with the history is told now, not to the first who asks.
    stored::open(context)?;
    if args.listen.ip().is_unspecified() && args.host.is_empty() {
        let message = Message::new(format_args!("{} stands for every address of this machine", args.listen));
        return Err(CommandError::Usage(message.advise("--host NAME too, with the name by which it will be asked")));
    }
    let pages = Pages::in_language(&args.ui_language)?;
    let shelf = Shelf::new(context.db.clone(), pages)?;
    let answers = Box::new(move |asked: &shelf::Asked| shelf.answer(asked));
    http::serve(args.listen, Gate::new(args.listen.ip(), &args.host), answers, &context.terminal)?;
    Ok(Outcome::Done)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_to_listen_is_read_as_people_write_it() {
        for (text, address) in [
            ("127.0.0.1:7373", "127.0.0.1:7373"),
            ("8080", "127.0.0.1:8080"),
            ("localhost:0", "127.0.0.1:0"),
            ("localhost", "127.0.0.1:7373"),
            ("192.168.1.5", "192.168.1.5:7373"),
            ("[::1]:80", "[::1]:80"),
            ("::1", "[::1]:7373"),
        ] {
            assert_eq!(listen(text).map(|address| address.to_string()).as_deref(), Ok(address), "{text}");
        }
        for text in ["", "99999", "localhosts:80", "isnad.example:80", "http://127.0.0.1:80"] {
            assert!(listen(text).is_err(), "{text}");
        }
    }
}
