//! When each article is looked at next, and why then.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use isnad_ingest::watch::{Schedule, WatchedArticle};
use serde::Serialize;

use crate::command_error::CommandError;
use crate::commands::Context;
use crate::commands::listing::{OutputFormat, print_text};
use crate::output::words::count;
use crate::terminal::{Paragraph, Role, first_strong};

/// An article of the plan as data.
#[derive(Debug, Serialize)]
struct Planned<'p> {
    url: &'p str,
    list: Option<&'p str>,
    /// When it is looked at next; null if it is given up.
    next: Option<DateTime<Utc>>,
    /// How long after the last look that is.
    every_seconds: Option<i64>,
    /// When it was looked at last.
    last: Option<DateTime<Utc>>,
    /// For how long nothing had happened to it then.
    quiet_seconds: Option<i64>,
    edits: u32,
    /// How often in a row nothing was got of it.
    failures: u32,
}

impl<'p> From<&'p WatchedArticle> for Planned<'p> {
    fn from(article: &'p WatchedArticle) -> Self {
        let past = article.past;
        Self {
            url: &article.url,
            list: article.source.as_deref(),
            next: article.due,
            every_seconds: article.every.map(|every| every.num_seconds()),
            last: past.map(|past| past.last),
            quiet_seconds: past.map(|past| past.quiet().num_seconds()),
            edits: past.map_or(0, |past| past.edits),
            failures: past.map_or(0, |past| past.failures),
        }
    }
}

/// Prints the articles in the order in which they are looked at.
pub(super) fn print(
    schedule: &Schedule,
    now: DateTime<Utc>,
    format: OutputFormat,
    context: &Context,
) -> Result<(), CommandError> {
    let mut articles: Vec<&WatchedArticle> = schedule.articles().iter().collect();
    articles.sort_by_key(|article| (article.due.is_none(), article.due));
    if format.is_data() {
        let planned: Vec<Planned<'_>> = articles.into_iter().map(Planned::from).collect();
        return format.print_list(context, &planned);
    }
    let layout = &context.terminal.layout;
    let mut text = String::new();
    for source in schedule.sources() {
        let line = Paragraph::indented(0).label(Role::Plain, "now: ").foreign(
            first_strong(&source.url),
            Role::Plain,
            &source.url,
        );
        text += &line.label(Role::Dim, " (a list, or an article not looked at yet)").render(layout);
    }
    for article in articles {
        let line = Paragraph::indented(0).hanging(4).label(Role::Speaker, &format!("{}: ", when(article.due, now)));
        let line = line.foreign(first_strong(&article.url), Role::Plain, &article.url);
        text += &line.label(Role::Dim, &format!(" ({})", why(article))).render(layout);
    }
    print_text(context, text.as_bytes())
}

fn when(due: Option<DateTime<Utc>>, now: DateTime<Utc>) -> String {
    match due.map(|due| due - now) {
        None => "no more".to_owned(),
        Some(left) if left <= TimeDelta::zero() => "now".to_owned(),
        Some(left) => format!("in {}", rough(left)),
    }
}

/// What the pace of an article comes from.
fn why(article: &WatchedArticle) -> String {
    let Some(past) = article.past else { return "not looked at yet".to_owned() };
    let every = article.every.map(|every| format!("every {}, ", rough(every))).unwrap_or_default();
    let edits = match past.edits {
        0 => "never edited".to_owned(),
        edits => format!("{}, the last", count(edits as usize, "edit", "edits")),
    };
    let quiet = match past.edits {
        0 => format!("quiet for {}", rough(past.quiet())),
        _ => format!("{} before", rough(past.quiet())),
    };
    let failures = match past.failures {
        0 => String::new(),
        failures => format!(", not got {} in a row", count(failures as usize, "time", "times")),
    };
    let (first, second) = if past.edits == 0 { (quiet, edits) } else { (edits, quiet) };
    let between = if past.edits == 0 { ", " } else { " " };
    format!("{every}{first}{between}{second}{failures}")
}

/// A time in its two largest units: days and hours, hours and minutes, minutes and seconds.
fn rough(time: TimeDelta) -> String {
    let seconds = time.num_seconds().unsigned_abs();
    let unit = match seconds {
        0..3600 => 1,
        3600..86_400 => 60,
        _ => 3600,
    };
    humantime::format_duration(Duration::from_secs(seconds / unit * unit)).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_told_in_their_two_largest_units() {
        for (seconds, told) in [(0, "0s"), (61, "1m 1s"), (3_661, "1h 1m"), (90_061, "1day 1h"), (259_200, "3days")] {
            assert_eq!(rough(TimeDelta::seconds(seconds)), told);
        }
    }
}
