//! Everything, a record a line.

use super::{Job, Out};
use crate::command_error::CommandError;
use crate::output::json::write_line;

/// Writes each record of the history on a line.
pub(super) fn write(job: &Job<'_>, mut out: &mut Out<'_>) -> Result<(), CommandError> {
    job.history.export(job.articles, |record| Ok::<_, CommandError>(write_line(&mut out, &record)?))
}
