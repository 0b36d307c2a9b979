//! `isnad eval`: how well the claims found fit those that people annotated.

use std::io::{self, BufRead, BufReader};
use std::path::PathBuf;
use std::str::FromStr;

use clap::builder::PossibleValuesParser;
use clap::{Args, ValueEnum};
use isnad_core::evaluate::{Evaluation, GoldArticle, Mistake, Options, RuleScore, Scores};
use isnad_core::{Claim, ENGINE_VERSION};
use rayon::prelude::*;
use serde::Serialize;

use super::Context;
use super::listing::print_text;
use crate::command_error::{CommandError, Message, Outcome};
use crate::output::json::{json_reason, write_pretty};
use crate::output::scores::{write_mistakes, write_rules, write_scores};
use crate::output::words::{count, named};
use crate::packs::LanguageArgs;
use crate::progress::Progress;
use crate::reading::{Origin, Reader};

/// Score the claims found in annotated articles, by the metrics of the field.
///
/// Claims are paired with those annotated by the words of their content. A claim is complete when more
/// than eight tenths of its content fit, and its speaker and polarity are right. The rules that cost
/// most wrong claims are listed first.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct EvalArgs {
    /// Annotated articles as JSON Lines, an article a line; `-` is the standard input
    #[arg(required = true, value_name = "GOLD")]
    gold: Vec<PathBuf>,
    #[command(flatten)]
    language: LanguageArgs,
    /// Also print this many mistakes of each sort
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    errors: usize,
    /// End with status 1 if a figure lies below this many per cent: complete.f1=60
    #[arg(long, value_name = "METRIC=PERCENT")]
    min: Vec<Floor>,
    /// Count nested claims and those of headlines, too
    #[arg(long)]
    all: bool,
    /// Count only claims found of these modes
    #[arg(long, value_name = "MODE", value_delimiter = ',', value_parser = PossibleValuesParser::new(MODES))]
    modes: Vec<String>,
    /// How to print: text for people, json for programs
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

const EXAMPLES: &str = "\
Examples:
  isnad eval gold.jsonl
      all figures, by kind and by rule
  isnad eval --errors 10 gold.jsonl
      with ten mistakes of each sort
  isnad eval --min complete.f1=60 --min exact.content.p=70 gold.jsonl
      status 1 if the extractor falls short of that

A line of GOLD: {\"id\", \"language\", \"text\", \"claims\": [CLAIM, …]}, a CLAIM:
{\"content\", \"cue\", \"source\": SPANS, \"speaker\", \"kind\", \"polarity\"}, SPANS:
[[start, end], …] in code points of the text. What is left out of a claim is not
scored.";

/// The names of the modes in data.
const MODES: [&str; 3] = ["speech", "writing", "thought"];

/// How to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

/// A figure and what it has to reach.
#[derive(Debug, Clone, PartialEq)]
struct Floor {
    name: String,
    per_cent: f64,
}

impl FromStr for Floor {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, value) = text.split_once('=').ok_or("not of the form METRIC=PERCENT")?;
        let known = Scores::figure_names();
        if !known.iter().any(|known| known == name) {
            return Err(format!("no such figure; there are {}", known.join(", ")));
        }
        let per_cent: f64 = value.parse().map_err(|_| format!("`{value}` is not a number"))?;
        match (0.0..=100.0).contains(&per_cent) {
            true => Ok(Self { name: name.to_owned(), per_cent }),
            false => Err(format!("{value} does not lie between 0 and 100")),
        }
    }
}

/// An evaluation as it leaves the command.
#[derive(Debug, Serialize)]
struct Document<'e> {
    engine: &'static str,
    articles: usize,
    #[serde(flatten)]
    scores: &'e Scores,
    rules: &'e [RuleScore],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    mistakes: Vec<&'e Mistake>,
}

/// Scores and prints.
pub(crate) fn run(args: &EvalArgs, context: &Context) -> Result<Outcome, CommandError> {
    let modes = args.modes.iter().filter_map(|mode| named(mode)).collect();
    let (language, packs) = args.language.resolve()?;
    let mut scored = Scored {
        evaluation: Evaluation::new(Options { all: args.all, modes }),
        reader: Reader { language, packs, ..Reader::default() },
        articles: 0,
        skipped: 0,
    };
    for origin in Origin::all(&args.gold)? {
        scored.read(&origin, context)?;
    }
    if scored.articles == 0 && scored.skipped == 0 {
        let message = Message::new("there is no article to score");
        return Err(CommandError::Input(
            message.advise("GOLD with an annotated article a line; see isnad eval --help"),
        ));
    }
    let scores = scored.evaluation.scores();
    let rules = scored.evaluation.rules();
    let mistakes = scored.evaluation.mistakes();
    let mut text = Vec::new();
    match args.format {
        Format::Text => {
            write_scores(&mut text, scored.articles, &scores)?;
            write_rules(&mut text, &rules)?;
            if args.errors > 0 {
                write_mistakes(&mut text, &context.terminal.layout, mistakes, args.errors)?;
            }
        }
        Format::Json => {
            let mistakes = first_of_each(mistakes, args.errors);
            let document = Document {
                engine: ENGINE_VERSION,
                articles: scored.articles,
                scores: &scores,
                rules: &rules,
                mistakes,
            };
            write_pretty(&mut text, &document)?;
        }
    }
    print_text(context, &text)?;
    let fell_short = args.min.iter().filter(|floor| floor.is_missed(&scores, context)).count();
    Ok(match (scored.skipped, fell_short) {
        (1.., _) => Outcome::SomeSkipped,
        (0, 1..) => Outcome::FellShort,
        (0, 0) => Outcome::Done,
    })
}

/// What has been scored so far.
struct Scored {
    evaluation: Evaluation,
    reader: Reader,
    articles: usize,
    skipped: usize,
}

/// How many articles are extracted side by side.
const BATCH: usize = 64;

impl Scored {
    /// Scores every line of `origin`; what cannot be read is reported and left out.
    fn read(&mut self, origin: &Origin, context: &Context) -> Result<(), CommandError> {
        let stream = origin.name();
        let progress = Progress::before_results(&context.terminal, "articles", None);
        let mut lines = open(origin)?.lines().enumerate().peekable();
        while lines.peek().is_some() {
            let batch: Vec<_> = lines.by_ref().take(BATCH).collect();
            let number = batch.len();
            let extracted: Vec<_> = (batch.into_par_iter())
                .filter(|(_, line)| line.as_ref().map_or(true, |line| !line.trim().is_empty()))
                .map(|(at, line)| (at, line.map_err(Message::new).and_then(|line| self.extract(&line))))
                .collect();
            for (at, result) in extracted {
                match result {
                    Ok((article, claims)) => {
                        self.articles += 1;
                        self.evaluation.add(&article, Some(&claims));
                    }
                    Err(message) => {
                        self.skipped += 1;
                        let message = message.about(&format!("{stream}: line {}", at + 1));
                        progress.around(|| context.terminal.complain(&message.cause, message.advice.as_deref()));
                    }
                }
            }
            progress.advance(number);
        }
        Ok(())
    }

    /// An annotated article with the claims found in it.
    fn extract(&self, line: &str) -> Result<(GoldArticle, Vec<Claim>), Message> {
        let article: GoldArticle = serde_json::from_str(line)
            .map_err(|error| Message::new(format_args!("not gold: {}", json_reason(&error))).advise(ADVICE))?;
        let extracted = self.reader.extract_text(&article.text, &article.id, article.language)?;
        // Offsets of the gold would not fit a text that reading changes, such as one with a byte-order mark.
        match extracted.article.text() == article.text {
            true => Ok((article, extracted.claims)),
            false => Err(Message::new("its text begins with a byte-order mark").advise(ADVICE)),
        }
    }
}

const ADVICE: &str = "an annotated article a line; isnad eval --help shows one";

fn open(origin: &Origin) -> Result<Box<dyn BufRead>, CommandError> {
    match origin {
        Origin::Stdin => Ok(Box::new(BufReader::new(io::stdin()))),
        Origin::File(path) => match isnad_ingest::open_file(path) {
            Ok(file) => Ok(Box::new(BufReader::new(file))),
            Err(error) => Err(CommandError::Input(Message::from(&error))),
        },
    }
}

impl Floor {
    /// Whether the figure lies below; that is told.
    fn is_missed(&self, scores: &Scores, context: &Context) -> bool {
        let Self { name, per_cent } = self;
        let figure = scores.figure(name).map(|figure| 100.0 * figure);
        let told = match figure {
            Some(figure) if figure >= *per_cent => return false,
            Some(figure) => format!("{name} is {figure:.1}, not {per_cent}"),
            None => format!("{name} cannot be computed: no claim tells of it"),
        };
        let others = count(scores.gold, "annotated claim", "annotated claims");
        context.terminal.complain(&told, Some(&format!("--errors 10, which shows what is wrong in the {others}")));
        true
    }
}

/// The first `most` mistakes of each sort, as data.
fn first_of_each(mistakes: &[Mistake], most: usize) -> Vec<&Mistake> {
    let mut seen = std::collections::HashMap::new();
    let is_early = |mistake: &&Mistake| {
        let number: &mut usize = seen.entry(mistake.fault).or_default();
        *number += 1;
        *number <= most
    };
    mistakes.iter().filter(is_early).collect()
}
