//! A temporary folder to run the command in, with everything pinned that could differ between machines.

use std::fmt;
use std::fs;
use std::path::PathBuf;
use std::process::Output;

use assert_cmd::Command;
use tempfile::TempDir;

/// A temporary folder in which the command runs.
pub(crate) struct Sandbox {
    folder: TempDir,
}

/// What a run of the command left: its status and both streams. Displays as all three, for snapshots.
pub(crate) struct Run {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Sandbox {
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder") }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file into the folder.
    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> &Self {
        fs::write(self.path(name), content).expect("a writable folder");
        self
    }

    /// The command with `args`, not yet run. Only the variables set here reach it.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(assert_cmd::cargo::cargo_bin!("isnad"));
        command.current_dir(self.folder.path()).env_clear().args(args);
        // A zone and a locale that would show if times or numbers depended on them.
        command.env("TZ", "Asia/Kathmandu").env("LC_ALL", "ar_SA.UTF-8").env("COLUMNS", "100");
        command
    }

    /// Runs the command with `args`.
    pub(crate) fn run(&self, args: &[&str]) -> Run {
        self.command(args).output().expect("the command runs").into()
    }

    /// Runs a shell script in which `$ISNAD` is the command.
    pub(crate) fn shell(&self, script: &str) -> Run {
        let mut shell = Command::new("sh");
        shell.current_dir(self.folder.path()).args(["-c", script]);
        shell.env("ISNAD", assert_cmd::cargo::cargo_bin!("isnad")).env_remove("ISNAD_DB");
        shell.output().expect("a shell").into()
    }

    /// Runs the command with `args` and `input` on its standard input.
    pub(crate) fn run_with(&self, args: &[&str], input: impl Into<Vec<u8>>) -> Run {
        self.command(args).write_stdin(input).output().expect("the command runs").into()
    }
}

impl Run {
    /// The standard output as JSON.
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}\n{self}"))
    }

    /// The standard output as JSON Lines.
    pub(crate) fn json_lines(&self) -> Vec<serde_json::Value> {
        let line = |line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}\n{self}"));
        self.stdout.lines().map(line).collect()
    }
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("output in UTF-8");
        Self { status: output.status.code().unwrap_or(-1), stdout: text(output.stdout), stderr: text(output.stderr) }
    }
}

impl fmt::Display for Run {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "status: {}", self.status)?;
        if !self.stdout.is_empty() {
            write!(f, "--- stdout\n{}", self.stdout)?;
        }
        if !self.stderr.is_empty() {
            write!(f, "--- stderr\n{}", self.stderr)?;
        }
        Ok(())
    }
}
