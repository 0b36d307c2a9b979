//! `isnad watch`: looks at articles again and again, at a pace that fits their age, and tells what changed.

mod plan;
mod rounds;
mod state;

use chrono::{TimeDelta, Utc};
use clap::Args;
use isnad_ingest::watch::{Pace, Schedule};
use isnad_store::{History, OpenOptions};

use super::Context;
use super::add::run::Run;
use super::add::{Plan, RecordArgs, Voice};
use super::listing::OutputFormat;
use super::live::{HookArgs, Pages, WebArgs, address};
use crate::command_error::{CommandError, Message, Outcome};
use crate::interrupt::Stop;
use crate::progress::Progress;
use crate::reading::ReadArgs;
use rounds::Rounds;

/// Watch articles, and those that feeds and sitemaps name, and say what changes in them.
///
/// Each article is looked at again at a pace that fits its age: after minutes while it is fresh, after days when it is old,
/// and more often where it has changed before. What was watched is in the history, so that a watch can be stopped at any
/// time, and the same command goes on from there. It asks the web as isnad fetch does. A page that is gone or cannot be
/// got is noted, and nothing is concluded from it.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct WatchArgs {
    /// Addresses of feeds (RSS, Atom, JSON Feed), sitemaps and articles
    #[arg(required = true, value_name = "URL", value_parser = address)]
    urls: Vec<String>,
    /// Look once at all that is due, and end
    #[arg(long)]
    once: bool,
    /// Only show when each article that is known is looked at next; nothing is asked
    #[arg(long, conflicts_with = "once")]
    plan: bool,
    /// The least time between two looks at an article
    #[arg(long, value_name = "TIME", default_value = "5m", value_parser = time)]
    fastest: TimeDelta,
    /// The most time between two looks at an article
    #[arg(long, value_name = "TIME", default_value = "3d", value_parser = time)]
    slowest: TimeDelta,
    /// How long an article is watched in which nothing happens
    #[arg(long, value_name = "TIME", default_value = "90d", value_parser = time)]
    give_up: TimeDelta,
    /// How often feeds and sitemaps are read
    #[arg(long, value_name = "TIME", default_value = "10m", value_parser = time)]
    lists_every: TimeDelta,
    #[command(flatten)]
    hooks: HookArgs,
    #[command(flatten)]
    web: WebArgs,
    #[command(flatten)]
    record: RecordArgs,
    #[command(flatten)]
    read: ReadArgs,
    #[command(flatten)]
    format: OutputFormat,
}

const EXAMPLES: &str = "\
Examples:
  isnad watch --contact desk@example.org https://example.org/feed.xml
      all articles of a feed, until Ctrl-C
  isnad watch --once --only quantity --on-change 'mail -s changed desk' URL
      one round, as cron would run it, with mail for some changes
  isnad watch --plan https://example.org/feed.xml
      when each article is looked at next
  isnad watch --webhook http://localhost:9000/ --min-severity high URL
      severe changes to a program of one's own";

/// Reads a time such as `90s`, `5m`, `12h` or `3d`.
fn time(text: &str) -> Result<TimeDelta, String> {
    let time = humantime::parse_duration(text).ok().and_then(|time| TimeDelta::from_std(time).ok());
    let bounds = TimeDelta::seconds(1)..=TimeDelta::days(3650);
    time.filter(|time| bounds.contains(time)).ok_or_else(|| "give a time such as 90s, 5m, 12h or 3d".to_owned())
}

/// Watches until all is done or the user stops it.
pub(crate) fn run(args: WatchArgs, context: &Context) -> Result<Outcome, CommandError> {
    let pace = Pace { fastest: args.fastest, slowest: args.slowest.max(args.fastest), gives_up: args.give_up };
    if args.format.is_data() && !args.format.is_lines() && !args.once && !args.plan {
        let message = Message::new("an array of JSON has an end, and a watch has none");
        return Err(CommandError::Usage(message.advise("--format jsonl, or --once")));
    }
    let mut schedule = Schedule::new(pace, args.lists_every);
    let now = Utc::now();
    if args.plan {
        let history = History::open(&context.db, OpenOptions::read())?;
        state::resume(&mut schedule, &history, &args.urls, now, args.give_up)?;
        plan::print(&schedule, now, args.format, context)?;
        return Ok(Outcome::Done);
    }
    let stop = Stop::on_interrupt(&context.terminal);
    let plan = Plan::live(args.read.reader(), args.record, args.format, Voice::Watch);
    let mut run = Run::new(&plan, context);
    run.report.telling(args.hooks.hooks(&args.web));
    state::resume(&mut schedule, run.open()?, &args.urls, now, args.give_up)?;
    let pages = Pages {
        client: args.web.client(0),
        pauses: args.web.pauses(stop),
        reader: &plan.reader,
        run,
        progress: Progress::new(&context.terminal, "pages", None),
    };
    let horizon = args.once.then_some(now);
    Rounds::new(schedule, pages, context).run(horizon)
}
