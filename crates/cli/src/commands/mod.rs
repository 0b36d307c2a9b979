//! The commands, one file each: arguments, what they are checked into, and what is done.

mod add;
mod articles;
mod backup;
mod blame;
mod change_filter;
mod check;
mod claims;
mod compact;
mod completions;
mod diff;
mod eval;
mod explain;
mod export;
mod extract;
mod fetch;
mod filters;
mod history;
mod import;
mod listing;
mod live;
mod log;
mod names;
mod reextract;
mod report;
mod search;
#[cfg(feature = "serve")]
mod serve;
mod show;
mod snapshot;
mod speakers;
mod verify;
mod watch;

use std::path::PathBuf;

use clap::Subcommand;
use isnad_core::OffsetUnit;

use crate::command_error::{CommandError, Outcome};
use crate::terminal::Terminal;

/// What every command is given beside its own arguments.
#[derive(Debug)]
pub(crate) struct Context {
    pub(crate) terminal: Terminal,
    /// The file that holds the history.
    pub(crate) db: PathBuf,
    /// What offsets in data count.
    pub(crate) offsets: OffsetUnit,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Extract(extract::ExtractArgs),
    Diff(diff::DiffArgs),
    Add(add::AddArgs),
    Fetch(fetch::FetchArgs),
    Watch(watch::WatchArgs),
    Import(import::ImportArgs),
    Articles(articles::ArticlesArgs),
    Log(log::LogArgs),
    Show(show::ShowArgs),
    Claims(claims::ClaimsArgs),
    History(history::HistoryArgs),
    Blame(blame::BlameArgs),
    Report(report::ReportArgs),
    Search(search::SearchArgs),
    Speakers(speakers::SpeakersArgs),
    Verify(verify::VerifyArgs),
    Export(export::ExportArgs),
    #[cfg(feature = "serve")]
    Serve(serve::ServeArgs),
    Explain(explain::ExplainArgs),
    Eval(eval::EvalArgs),
    Snapshot(snapshot::SnapshotArgs),
    Check(check::CheckArgs),
    Reextract(reextract::ReextractArgs),
    Backup(backup::BackupArgs),
    Compact(compact::CompactArgs),
    Completions(completions::CompletionsArgs),
}

impl Command {
    /// Does it.
    pub(crate) fn run(self, context: &Context) -> Result<Outcome, CommandError> {
        match self {
            Self::Extract(args) => extract::run(args, context),
            Self::Diff(args) => diff::run(&args, context),
            Self::Add(args) => add::run(args, context),
            Self::Fetch(args) => fetch::run(args, context),
            Self::Watch(args) => watch::run(args, context),
            Self::Import(args) => import::run(args, context),
            Self::Articles(args) => articles::run(&args, context),
            Self::Log(args) => log::run(&args, context),
            Self::Show(args) => show::run(&args, context),
            Self::Claims(args) => claims::run(&args, context),
            Self::History(args) => history::run(&args, context),
            Self::Blame(args) => blame::run(&args, context),
            Self::Speakers(args) => speakers::run(&args, context),
            Self::Verify(args) => verify::run(&args, context),
            Self::Report(args) => report::run(&args, context),
            Self::Search(args) => search::run(&args, context),
            Self::Export(args) => export::run(&args, context),
            #[cfg(feature = "serve")]
            Self::Serve(args) => serve::run(&args, context),
            Self::Explain(args) => explain::run(&args, context),
            Self::Eval(args) => eval::run(&args, context),
            Self::Snapshot(args) => snapshot::run(&args, context),
            Self::Check(args) => check::run(&args, context),
            Self::Reextract(args) => reextract::run(&args, context),
            Self::Backup(args) => backup::run(&args, context),
            Self::Compact(args) => compact::run(&args, context),
            Self::Completions(args) => completions::run(&args, context),
        }
    }
}
