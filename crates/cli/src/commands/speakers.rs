//! `isnad speakers`: who is quoted.

use clap::{Args, ValueEnum};
use isnad_store::{SearchQuery, SpeakerFilter, SpeakerOrder, SpeakerSummary};

use super::Context;
use super::filters::{HowMany, Seen};
use super::listing::{ListFormat, print_text};
use crate::command_error::{CommandError, Outcome};
use crate::output::csv::Tabular;
use crate::output::time::{moment, stamp};
use crate::output::words::count;
use crate::stored;
use crate::terminal::{Layout, Paragraph, Role, first_strong};

/// List who is quoted: how often, in how many articles and versions, since when, and how often that changed.
///
/// A claim counts once, however many versions of its article have it. With an article given, only
/// what stands in that one is counted. In an article a speaker is known by a title or a part of the
/// name, too; from one article to the next only by the whole name: that another is the same person
/// is not guessed.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct SpeakersArgs {
    /// Only those with these words in their name
    name: Vec<String>,
    #[command(flatten)]
    seen: Seen,
    /// Whom to list first: those with the most claims, articles or changes, or seen last
    #[arg(long, value_name = "ORDER", default_value = "claims")]
    sort: Sort,
    #[command(flatten)]
    how_many: HowMany,
    #[command(flatten)]
    format: ListFormat,
}

const EXAMPLES: &str = "\
Examples:
  isnad speakers
      who is quoted most
  isnad speakers minister --sort changes
      whose words were changed most, among ministers
  isnad speakers --article 7 --all --format csv
      everybody quoted in article 7, as a table";

/// Whom to list first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Sort {
    Claims,
    Articles,
    Changes,
    LastSeen,
}

impl From<Sort> for SpeakerOrder {
    fn from(sort: Sort) -> Self {
        match sort {
            Sort::Claims => Self::Claims,
            Sort::Articles => Self::Articles,
            Sort::Changes => Self::Changes,
            Sort::LastSeen => Self::LastSeen,
        }
    }
}

impl Tabular for SpeakerSummary {
    const COLUMNS: &'static [&'static str] =
        &["speaker", "claims", "articles", "versions", "changes", "first_seen", "last_seen"];

    fn cells(&self) -> Vec<String> {
        let counts = [self.claims, self.articles, self.versions, self.changes].map(|count| count.to_string());
        let times = [stamp(self.first_seen), stamp(self.last_seen)];
        std::iter::once(self.speaker.clone()).chain(counts).chain(times).collect()
    }
}

/// Lists.
pub(crate) fn run(args: &SpeakersArgs, context: &Context) -> Result<Outcome, CommandError> {
    let history = stored::open(context)?;
    let name = match args.name.as_slice() {
        [] => None,
        words => Some(SearchQuery::all_of(&words.join(" "))?),
    };
    let filter =
        SpeakerFilter { article: args.seen.article(&history)?, name, since: args.seen.since, until: args.seen.until };
    let (speakers, more) = history.speakers(&filter, args.sort.into(), args.how_many.most())?;
    if args.format.is_data() {
        args.format.print_list(context, &speakers)?;
    } else {
        let text: String = speakers.iter().map(|speaker| told(speaker, &context.terminal.layout)).collect();
        print_text(context, text.as_bytes())?;
    }
    if more {
        HowMany::note_more(context, speakers.len());
    } else if speakers.is_empty() {
        context.terminal.note("no such speakers");
    }
    Ok(Outcome::Done)
}

fn told(speaker: &SpeakerSummary, layout: &Layout) -> String {
    let number = |number: u32| number as usize;
    let name = &speaker.speaker;
    let first = Paragraph::indented(0).foreign(first_strong(name), Role::Speaker, name);
    let mut facts = vec![
        count(number(speaker.claims), "claim", "claims"),
        count(number(speaker.articles), "article", "articles"),
        count(number(speaker.versions), "version", "versions"),
    ];
    facts.push(match speaker.changes {
        0 => "never changed".to_owned(),
        changes => count(number(changes), "change", "changes"),
    });
    let seen = match speaker.first_seen == speaker.last_seen {
        true => format!("seen {}", moment(speaker.first_seen)),
        false => format!("seen from {} to {}", moment(speaker.first_seen), moment(speaker.last_seen)),
    };
    let second = Paragraph::indented(4).label(Role::Plain, &facts.join(" · "));
    let third = Paragraph::indented(4).label(Role::Dim, &seen);
    [first, second, third].map(|paragraph| paragraph.render(layout)).concat()
}
