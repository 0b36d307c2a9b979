//! `isnad history`: one claim over time.

use std::collections::HashSet;

use clap::Args;
use isnad_core::Claim;
use isnad_diff::Change;
use isnad_store::{
    ArticleSummary, EventStatus, Form, Found, History, Hit, LogEntry, Moment, SearchFilter, SearchQuery, StoredClaim,
    ThreadHistory, ThreadId,
};
use serde::Serialize;

use super::Context;
use super::listing::{ListFormat, print_text};
use super::log::heading;
use crate::command_error::{CommandError, Message, Outcome};
use crate::output::claim::{Page, write_claim, write_threaded};
use crate::output::json::{Converter, Converters};
use crate::output::time::moment;
use crate::output::words::count;
use crate::stored::{self, Shelf, versions_of, write_events};
use crate::terminal::{Layout, Paragraph, Role, first_strong};

/// Show how a claim changed through the versions of its article.
///
/// First the claim as it was first seen, then each change with the two captures it lies between.
/// Words that stand in several claims list these with the numbers of their histories; words that no
/// claim ever had are wrong use (status 2), as a number is that no history has: isnad search looks
/// for what may not be there.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct HistoryArgs {
    /// The number of a claim's history, or words that it had in any version, as isnad search takes them
    #[arg(required = true, value_name = "HISTORY|WORDS")]
    claim: Vec<String>,
    /// With words: only claims of speakers with these words in their name
    #[arg(long, value_name = "NAME")]
    speaker: Option<String>,
    #[command(flatten)]
    format: ListFormat,
}

const EXAMPLES: &str = "\
Examples:
  isnad history 7
      the claim of history 7
  isnad history troops border
      of the claim with these words, or a list of them
  isnad history --speaker minister bridge
      only where a minister said it
  isnad history 7 --format json
      as data";

/// Shows.
pub(crate) fn run(args: &HistoryArgs, context: &Context) -> Result<Outcome, CommandError> {
    let history = stored::open(context)?;
    let words = args.claim.join(" ");
    let thread = match words.parse() {
        Ok(number) => ThreadId(number),
        Err(_) => {
            let found = find(&history, &words.parse()?, args)?;
            match found.hits.as_slice() {
                [] => return Err(nothing_found(&words, args)),
                [Hit { claim: StoredClaim { thread: Some(thread), .. }, .. }] if !found.more => *thread,
                _ if args.format.is_data() => return Err(several_found(&words, &found)),
                _ => return list(&history, &found, context),
            }
        }
    };
    let told = Told::read(&history, thread)?;
    if args.format.is_object() {
        args.format.print_object(context, &told.data(&history, context)?)?;
    } else if args.format.is_data() {
        ListFormat::print_table(context, &told.thread.events)?;
    } else {
        print_text(context, &told.text(&history, &context.terminal.layout)?)?;
    }
    Ok(Outcome::Done)
}

fn nothing_found(words: &str, args: &HistoryArgs) -> CommandError {
    let speaker = args.speaker.as_deref().map(|speaker| format!(" of “{speaker}”")).unwrap_or_default();
    let message = Message::new(format_args!("no claim{speaker} has “{words}” in any version"));
    CommandError::Usage(message.advise("fewer words, or isnad claims, which lists the claims"))
}

/// How many claims that words may mean are listed.
const LISTED: usize = 20;

/// How many wordings are gone through for them: one claim may have had dozens.
const WORDINGS: usize = 1000;

/// The claims that have the words, each once, whatever wordings it had them in.
fn find(history: &History, query: &SearchQuery, args: &HistoryArgs) -> Result<Found, CommandError> {
    let speaker = args.speaker.as_deref().map(SearchQuery::all_of).transpose()?;
    let mut found = history.search(query, &SearchFilter { speaker, ..SearchFilter::default() }, Some(WORDINGS))?;
    let mut seen = HashSet::new();
    found.hits.retain(|hit| hit.claim.thread.is_some_and(|thread| seen.insert(thread)));
    found.more |= found.hits.len() > LISTED;
    found.hits.truncate(LISTED);
    Ok(found)
}

fn several_found(words: &str, found: &Found) -> CommandError {
    let numbers: Vec<String> =
        found.hits.iter().take(10).filter_map(|hit| Some(hit.claim.thread?.to_string())).collect();
    let more = if found.more { "more than " } else { "" };
    let claims = count(found.hits.len(), "claim has", "claims have");
    let message = Message::new(format_args!("{more}{claims} “{words}”: histories {}", numbers.join(", ")));
    CommandError::Usage(message.advise("the number of one of these histories"))
}

/// Lists the claims that words may mean.
fn list(history: &History, found: &Found, context: &Context) -> Result<Outcome, CommandError> {
    let layout = &context.terminal.layout;
    let mut shelf = Shelf::new(history);
    shelf.fetch(found.hits.iter().map(|hit| hit.claim.version))?;
    let mut text = Vec::new();
    for hit in &found.hits {
        let Some(article) = shelf.get(hit.claim.version) else { continue };
        if !text.is_empty() {
            text.push(b'\n');
        }
        write_threaded(&mut text, layout, &Page::new(article), &hit.claim.claim, hit.claim.thread)?;
        let changes = count(hit.changes as usize, "change", "changes");
        let title = article.metadata.title.as_deref().unwrap_or(&article.metadata.id);
        let line = Paragraph::indented(4)
            .label(Role::Dim, &format!("{changes} · article {} · ", hit.claim.article))
            .foreign(first_strong(title), Role::Dim, title);
        text.extend(line.render(layout).into_bytes());
    }
    print_text(context, &text)?;
    let claims = count(found.hits.len(), "claim", "claims");
    let rest = if found.more { "; isnad search finds the rest" } else { "" };
    context.terminal.note(&format!("{claims}: isnad history shows one by the number of its history{rest}"));
    Ok(Outcome::Done)
}

/// A claim's history with what is needed to tell it.
struct Told {
    article: ArticleSummary,
    log: Vec<LogEntry>,
    thread: ThreadHistory,
}

/// A claim's history as data.
#[derive(Debug, Serialize)]
struct Data<'t> {
    history: ThreadId,
    article: &'t ArticleSummary,
    forms: Vec<FormData>,
    events: Vec<EventData>,
}

/// The claim in one state of the article.
#[derive(Debug, Serialize)]
struct FormData {
    version: u32,
    first: Moment,
    last: Moment,
    claim: Claim,
}

/// What happened to it.
#[derive(Debug, Serialize)]
struct EventData {
    status: EventStatus,
    not_before: Moment,
    not_after: Moment,
    change: Change,
}

impl Told {
    fn read(history: &History, thread: ThreadId) -> Result<Self, CommandError> {
        let thread = history.thread(thread)?;
        Ok(Self { article: history.article(thread.article)?, log: history.log(thread.article)?, thread })
    }

    fn text(&self, history: &History, layout: &Layout) -> Result<Vec<u8>, CommandError> {
        let mut text = heading(&self.article, layout).into_bytes();
        if let Some(first) = self.thread.forms.first() {
            let (number, time) = (first.state.number, moment(first.state.first.time));
            let seen = format!("\nhistory {}, first seen {time} in version {number}\n", self.thread.id);
            text.extend(seen.into_bytes());
            let version = history.version(first.claim.version)?;
            write_claim(&mut text, layout, &Page::new(&version.article), &first.claim.claim)?;
        }
        write_events(&mut text, layout, history, &self.log, &self.thread.events)?;
        if self.thread.events.is_empty() {
            text.extend(b"\nit did not change\n");
        }
        text.extend(format!("{}\n", self.versions()).into_bytes());
        Ok(text)
    }

    /// In which versions the claim stands, and when it was last seen.
    fn versions(&self) -> String {
        let mut numbers: Vec<u32> = self.thread.forms.iter().map(|form| form.state.number).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let numbers: Vec<String> = numbers.iter().map(u32::to_string).collect();
        let word = if numbers.len() == 1 { "version" } else { "versions" };
        let last = self.thread.forms.iter().map(|form| form.state.last.time).max();
        let last = last.map(|time| format!(", last seen {}", moment(time))).unwrap_or_default();
        format!("in {word} {} of {}{last}", numbers.join(", "), self.article.versions)
    }

    fn data(&self, history: &History, context: &Context) -> Result<Data<'_>, CommandError> {
        let mut shelf = Shelf::new(history);
        shelf.fetch(self.thread.forms.iter().map(|form| form.claim.version))?;
        let form = |form: &Form| {
            let converter = Converter::new(shelf.get(form.claim.version)?, context.offsets);
            Some(FormData {
                version: form.state.number,
                first: form.state.first,
                last: form.state.last,
                claim: converter.claim(&form.claim.claim),
            })
        };
        let forms = self.thread.forms.iter().filter_map(form).collect();
        let mut events = Vec::new();
        for event in &self.thread.events {
            let Some(versions) = versions_of(history, &self.log, event)? else { continue };
            shelf.fetch([versions.old, versions.new])?;
            let (Some(old), Some(new)) = (shelf.get(versions.old), shelf.get(versions.new)) else { continue };
            let converters = Converters::new(old, new, context.offsets);
            events.push(EventData {
                status: event.status,
                not_before: event.not_before,
                not_after: event.not_after,
                change: converters.change(&event.change),
            });
        }
        Ok(Data { history: self.thread.id, article: &self.article, forms, events })
    }
}
