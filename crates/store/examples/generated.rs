//! A history of generated articles: how fast it is recorded, how large it gets, how fast it answers.
//!
//! ```sh
//! cargo run --release -p isnad-store --example generated -- 10000 10 /tmp/generated.db
//! ```
//!
//! makes 10,000 articles of 10 versions each. The articles are put together from the lines of the project's own invented
//! articles, with other numbers in each; from version to version a line or two are edited, added or taken out. Captures
//! come as a watcher would bring them: round after round of all articles, in batches of 128. Everything runs on one
//! thread: finding the claims, comparing them, writing.

#![allow(clippy::print_stdout, reason = "what it prints is its result")]

use std::error::Error;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{env, fs};

use chrono::{DateTime, TimeDelta, Utc};
use isnad_core::{Article, Claim, Language, LanguagePack, extract};
use isnad_store::{
    ArticleId, Attempt, ChangesFilter, History, OpenOptions, Origin, Reading, Recording, SearchFilter, SearchQuery,
    SpeakerFilter, SpeakerOrder, ThreadId,
};

/// How many captures are recorded in one transaction.
const BATCH: usize = 512;

/// How many questions of each sort are asked.
const QUESTIONS: u64 = 200;

/// The least and the most lines of an article.
const LINES: (usize, usize) = (8, 16);

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args().skip(1);
    let mut number = |default: u64| arguments.next().map_or(Ok(default), |argument| argument.parse());
    let (articles, versions) = (number(1000)?, number(10)?);
    let folder = tempfile::tempdir()?;
    let path = env::args().nth(3).map_or_else(|| folder.path().join("generated.db"), PathBuf::from);
    let mut history = History::open(&path, OpenOptions::write())?;
    let pools = pools()?;

    let (mut times, mut bytes) = (Times::default(), 0);
    let mut writers = Vec::new();
    for round in 0..versions {
        for first in (0..articles).step_by(BATCH) {
            // Where there are many, each article is written anew for each version: held from round to round they would be
            // what takes the memory.
            let start = Instant::now();
            if round == 0 || articles > BATCH as u64 {
                let seeds = first..articles.min(first + BATCH as u64);
                writers = seeds.filter_map(|seed| Writer::after(round, seed, &pools)).collect();
            }
            times.generating += start.elapsed();
            bytes += record(&mut history, &writers, round, &mut times)?;
            writers.iter_mut().for_each(Writer::edit);
        }
        if (round + 1) % versions.div_ceil(10) == 0 {
            println!("{}", times.told());
        }
    }
    let captures = articles * versions;
    drop(history);

    sizes(&path, captures, bytes)?;
    answers(&path, articles, &pools)
}

/// Where the time went.
#[derive(Default)]
struct Times {
    captures: u64,
    generating: Duration,
    extracting: Duration,
    recording: Duration,
}

impl Times {
    fn told(&self) -> String {
        let captures = self.captures as f64;
        let mut told = format!(
            "{captures} captures: {:.0} ms making articles, {:.0} ms finding claims, {:.0} ms comparing and writing",
            self.generating.as_secs_f64() * 1e3,
            self.extracting.as_secs_f64() * 1e3,
            self.recording.as_secs_f64() * 1e3
        );
        if let (Some(seconds), Some(memory)) = (processor_seconds(), peak_of_memory()) {
            let rate = captures / seconds;
            told +=
                &format!("; {seconds:.1} s of processor time, {rate:.0} captures a second of it; {memory} MB at most");
        }
        told
    }
}

/// Records a version of some articles; how many bytes their texts have.
fn record(history: &mut History, writers: &[Writer<'_>], round: u64, times: &mut Times) -> Result<u64, Box<dyn Error>> {
    let urls: Vec<String> = writers.iter().map(|it| format!("https://news.example/{}", it.seed)).collect();
    let articles: Vec<(Article, &LanguagePack)> = writers.iter().map(Writer::published).collect();
    let start = Instant::now();
    let claims: Vec<Vec<Claim>> = articles.iter().map(|(article, pack)| extract(article, pack)).collect();
    times.extracting += start.elapsed();
    let captured = DateTime::<Utc>::UNIX_EPOCH + TimeDelta::days(20_000) + TimeDelta::hours(i64::try_from(round)?);
    let recordings: Vec<Recording<'_>> = articles
        .iter()
        .zip(claims.iter().zip(&urls))
        .map(|((article, pack), (claims, url))| {
            let attempt = Attempt::Read(Reading::new(article, claims, Some(pack)));
            let raw = Some(article.text().as_bytes());
            Recording { url: Some(url), raw, ..Recording::new(captured, Origin::Import, attempt) }
        })
        .collect();
    let start = Instant::now();
    for recorded in history.record_all(&recordings)? {
        recorded?;
    }
    times.recording += start.elapsed();
    times.captures += recordings.len() as u64;
    Ok(articles.iter().map(|(article, _)| article.text().len() as u64).sum())
}

/// What the file holds, and how much room that takes.
fn sizes(path: &Path, captures: u64, bytes: u64) -> Result<(), Box<dyn Error>> {
    let conn = rusqlite::Connection::open(path)?;
    let number = |sql: &str| conn.query_row(sql, [], |row| row.get::<_, i64>(0));
    let (claims, events) = (number("SELECT count(*) FROM claim")?, number("SELECT count(*) FROM event")?);
    let (texts, kept) = (number("SELECT sum(bytes) FROM text")?, number("SELECT sum(length(content)) FROM text")?);
    println!("{} versions, {claims} claims, {events} events", number("SELECT count(*) FROM version")?);
    println!(
        "texts: {bytes} bytes captured, {texts} in distinct texts, {kept} kept: {:.1} times smaller",
        texts as f64 / kept as f64
    );
    let file = fs::metadata(path)?.len();
    println!("file: {} MB, {} bytes a capture", file / 1_000_000, file / captures.max(1));
    Ok(())
}

/// How long the history takes to answer.
fn answers(path: &Path, articles: u64, pools: &[Pool]) -> Result<(), Box<dyn Error>> {
    let start = Instant::now();
    let history = History::open(path, OpenOptions::read())?;
    println!("opened in {:.1} ms", start.elapsed().as_secs_f64() * 1e3);
    let mut dice = Dice(7);
    let mut article = || ArticleId(i64::try_from(dice.below(articles)).unwrap_or_default() + 1);
    let mut asked: Vec<ArticleId> = Vec::new();
    asked.resize_with(QUESTIONS as usize, &mut article);
    let threads: Vec<ThreadId> = asked
        .iter()
        .map(|article| history.claims(&isnad_store::ClaimFilter { article: Some(*article), ..Default::default() }))
        .filter_map(|claims| claims.ok()?.first()?.thread)
        .collect();
    tell("log of an article", &asked, |article| history.log(*article).map(|log| log.len()))?;
    tell("history of a claim", &threads, |thread| history.thread(*thread).map(|thread| thread.forms.len()))?;
    tell("events of an article", &asked, |article| history.events(*article).map(|events| events.len()))?;
    tell("blame of an article", &asked, |article| history.blame(*article).map(|blame| blame.claims.len()))?;
    for (what, words) in [("a word", 1), ("three words", 3)] {
        let queries: Vec<SearchQuery> = (0..QUESTIONS).filter_map(|_| query(pools, &mut dice, words)).collect();
        let filter = SearchFilter::default();
        tell(&format!("search for {what}"), &queries, |query| {
            history.search(query, &filter, Some(20)).map(|found| found.hits.len())
        })?;
    }
    tell("the busiest speakers", &[(); 20], |()| {
        history.speakers(&SpeakerFilter::default(), SpeakerOrder::Claims, Some(20)).map(|(speakers, _)| speakers.len())
    })?;
    tell("the newest changes", &[(); 20], |()| history.changes(&ChangesFilter::default()).map(|changes| changes.len()))
}

/// Words that stand beside one another in some line: what a reader may look for.
fn query(pools: &[Pool], dice: &mut Dice, words: usize) -> Option<SearchQuery> {
    let lines = &pools.get(dice.index(pools.len()))?.lines;
    let line: Vec<&str> = lines.get(dice.index(lines.len()))?.split_whitespace().collect();
    let from = dice.index(line.len().saturating_sub(words).max(1));
    SearchQuery::all_of(&line.get(from..from + words)?.join(" ")).ok()
}

fn tell<T>(
    what: &str,
    asked: &[T],
    mut ask: impl FnMut(&T) -> Result<usize, isnad_store::StoreError>,
) -> Result<(), Box<dyn Error>> {
    let mut times = Vec::with_capacity(asked.len());
    for one in asked {
        let start = Instant::now();
        ask(one)?;
        times.push(start.elapsed());
    }
    times.sort_unstable();
    let at = |share: usize| times.get((times.len() * share / 100).min(times.len().saturating_sub(1)));
    let millis = |time: Option<&Duration>| time.map_or(0.0, Duration::as_secs_f64) * 1e3;
    println!("{what}: {:.2} ms in the middle, {:.2} ms at 99 of 100", millis(at(50)), millis(at(99)));
    Ok(())
}

/// How long the processor has worked for this process, where the system tells: on a busy machine that is less than the
/// time that passed.
fn processor_seconds() -> Option<f64> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    let fields: Vec<&str> = stat.rsplit(')').next()?.split_whitespace().collect();
    // The 14th and 15th field of all, counted in hundredths of a second.
    let ticks = |at: usize| fields.get(at)?.parse::<f64>().ok();
    Some((ticks(11)? + ticks(12)?) / 100.0)
}

/// The most memory the process had, in megabytes, where the system tells.
fn peak_of_memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.split_whitespace().next()?;
    Some(peak.parse::<u64>().ok()? / 1024)
}

/// Lines of one language that articles are put together from.
struct Pool {
    pack: &'static LanguagePack,
    lines: Vec<String>,
}

/// The lines of the project's own articles, by language.
fn pools() -> Result<Vec<Pool>, Box<dyn Error>> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/articles");
    let mut pools: Vec<Pool> = [Language::ARABIC, Language::ENGLISH]
        .into_iter()
        .filter_map(|language| Some(Pool { pack: LanguagePack::builtin(language)?, lines: Vec::new() }))
        .collect();
    let mut folders: Vec<PathBuf> =
        fs::read_dir(fixtures)?.map(|entry| Ok(entry?.path())).collect::<Result<_, std::io::Error>>()?;
    folders.sort();
    for folder in folders.into_iter().filter(|path| path.is_dir()) {
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let pool = pools.iter_mut().find(|pool| name.starts_with(&format!("{}-", pool.pack.language())));
        let (Some(pool), Ok(text)) = (pool, fs::read_to_string(folder.join("v1.txt"))) else { continue };
        pool.lines.extend(text.lines().filter(|line| line.len() > 40).map(str::to_owned));
    }
    Ok(pools)
}

/// Writes one article, version after version.
struct Writer<'p> {
    seed: u64,
    dice: Dice,
    pool: &'p Pool,
    lines: Vec<String>,
}

impl<'p> Writer<'p> {
    /// The writer of an article, after so many edits of it.
    fn after(edits: u64, seed: u64, pools: &'p [Pool]) -> Option<Self> {
        let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        let pool = pools.get(usize::try_from(seed).unwrap_or_default() % pools.len().max(1))?;
        let count = LINES.0 + dice.index(LINES.1 - LINES.0 + 1);
        let mut writer = Self { seed, dice, pool, lines: Vec::with_capacity(count) };
        while writer.lines.len() < count {
            let line = writer.line();
            writer.lines.push(line);
        }
        (0..edits).for_each(|_| writer.edit());
        Some(writer)
    }

    /// The article as it stands, with its language's pack.
    fn published(&self) -> (Article, &'static LanguagePack) {
        let mut article = Article::from_text(self.lines.join("\n"), Some(self.pool.pack.language()));
        article.metadata.title = self.lines.first().cloned();
        (article, self.pool.pack)
    }

    /// A line of the pool with numbers of its own.
    fn line(&mut self) -> String {
        let lines = &self.pool.lines;
        let line = lines.get(self.dice.index(lines.len().max(1))).cloned().unwrap_or_default();
        self.renumber(&line)
    }

    fn renumber(&mut self, line: &str) -> String {
        let digit = |c: char| match c {
            '0'..='9' => char::from_digit(1 + u32::try_from(self.dice.below(9)).unwrap_or_default(), 10).unwrap_or(c),
            other => other,
        };
        line.chars().map(digit).collect()
    }

    fn edit(&mut self) {
        let at = self.dice.index(self.lines.len().max(1));
        match self.dice.below(4) {
            0 => {
                let line = self.line();
                self.lines.insert(at, line);
            }
            1 if self.lines.len() > LINES.0 => drop(self.lines.remove(at)),
            _ => {
                let line = self.lines.get(at).cloned().unwrap_or_default();
                let edited = format!("{} {}", self.renumber(&line), self.dice.below(1000));
                self.lines.splice(at..=at, [edited]);
            }
        }
    }
}

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D).checked_rem(end).unwrap_or_default()
    }

    fn index(&mut self, end: usize) -> usize {
        usize::try_from(self.below(end as u64)).unwrap_or_default()
    }
}
