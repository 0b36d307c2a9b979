//! What listings of claims and speakers have in common: of what they are, and how much of it is shown.

use chrono::{DateTime, Utc};
use clap::Args;
use clap::builder::PossibleValuesParser;
use isnad_core::{Polarity, Stance};
use isnad_store::{ArticleId, ArticleRef, History};

use super::Context;
use super::names::names_of;
use crate::command_error::CommandError;
use crate::output::time;
use crate::output::words::named;

/// Where and when something was seen.
#[derive(Debug, Args)]
pub(super) struct Seen {
    /// Only in this article: its number, its address, or a part of its title that no other has
    #[arg(long)]
    article: Option<ArticleRef>,
    /// Only what was seen then or later: a day, or a date and time (UTC unless it says otherwise)
    #[arg(long, value_name = "TIME", value_parser = time::parse_start)]
    pub(super) since: Option<DateTime<Utc>>,
    /// Only what was seen then or earlier
    #[arg(long, value_name = "TIME", value_parser = time::parse_end)]
    pub(super) until: Option<DateTime<Utc>>,
}

impl Seen {
    /// The article, if only one is asked for.
    pub(super) fn article(&self, history: &History) -> Result<Option<ArticleId>, CommandError> {
        Ok(self.article.as_ref().map(|article| history.resolve_article(article)).transpose()?)
    }
}

/// How a claim is said.
#[derive(Debug, Args)]
pub(super) struct Said {
    /// Only with a verb of this kind, such as deny
    #[arg(long, value_parser = PossibleValuesParser::new(names_of::<Stance>()), hide_possible_values = true)]
    stance: Option<String>,
    /// Only affirmed, denied or withheld ones
    #[arg(long, value_parser = PossibleValuesParser::new(names_of::<Polarity>()), hide_possible_values = true)]
    polarity: Option<String>,
}

impl Said {
    pub(super) fn stance(&self) -> Option<Stance> {
        self.stance.as_deref().and_then(named)
    }

    pub(super) fn polarity(&self) -> Option<Polarity> {
        self.polarity.as_deref().and_then(named)
    }
}

/// How much is shown.
#[derive(Debug, Args)]
pub(super) struct HowMany {
    /// How many to show
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    /// Show all there are
    #[arg(long, conflicts_with = "limit")]
    all: bool,
}

impl HowMany {
    /// The most that is shown, if there is such a number.
    pub(super) fn most(&self) -> Option<usize> {
        (!self.all).then_some(self.limit)
    }

    /// Says that there is more than the first `shown`.
    pub(super) fn note_more(context: &Context, shown: usize) {
        context.terminal.note(&format!("the first {shown}; --limit N or --all shows more"));
    }
}
