//! The claims of an article as they were accepted: a file beside the article, and how the claims found now differ.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use isnad_core::{Article, Claim, OffsetMap, OffsetUnit, Span};
use isnad_diff::{Change, Version, compare};
use isnad_store::NewFile;
use serde::Deserialize;
use serde_json::Value;

use crate::output::json::{Document, Engine, convert, json_reason, write_pretty};
use crate::reading::Extracted;

/// What is put after the name of an article for the file with its accepted claims.
pub(crate) const ENDING: &str = ".claims.json";

/// How the claims of an article compare with those accepted.
#[derive(Debug)]
pub(crate) enum Standing {
    /// They are the same.
    Same,
    /// None were accepted yet.
    New,
    /// The text is another than the one of which they were accepted.
    OtherText {
        /// The other text, as far as the accepted claims tell what it was: their words, and blanks between them.
        former: Box<Article>,
        /// What a comparison of it with the present one tells.
        changes: Vec<Change>,
    },
    /// They differ.
    Changed {
        /// What a comparison of two versions would tell.
        changes: Vec<Change>,
        /// Claims that such a comparison takes for the same, and that differ in other fields.
        fields: Vec<FieldChange>,
    },
}

/// A claim with the fields in which it differs.
#[derive(Debug)]
pub(crate) struct FieldChange {
    pub(crate) claim: Claim,
    /// Name, accepted value and present value.
    pub(crate) fields: Vec<(String, String, String)>,
}

/// The file for the accepted claims of the article at `path`.
pub(crate) fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ENDING);
    name.into()
}

/// Writes the claims as accepted: the whole file or, if that fails, none of it.
pub(crate) fn accept(article: &Path, extracted: &Extracted) -> io::Result<()> {
    let text = extracted.article.text();
    let claims = convert(&extracted.claims, text, OffsetUnit::CodePoints);
    let mut json = Vec::new();
    write_pretty(&mut json, &Document::new(&extracted.article, Engine::this(&extracted.pack), claims))?;
    let mut file = NewFile::replace(beside(article))?;
    file.write_all(&json)?;
    file.finish()
}

/// Compares the claims found in the article at `path` with those accepted.
pub(crate) fn compare_accepted(path: &Path, extracted: &Extracted) -> Result<Standing, String> {
    let json = match fs::read(beside(path)) {
        Ok(json) => json,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Standing::New),
        Err(error) => return Err(format!("cannot be read: {error}")),
    };
    let accepted: AcceptedFile = serde_json::from_slice(&json).map_err(|error| {
        let line = Some(error.line()).filter(|line| *line > 1).map(|line| format!("line {line}: ")).unwrap_or_default();
        format!("{line}{}", json_reason(&error))
    })?;
    let text = extracted.article.text();
    let map = OffsetMap::new(text, OffsetUnit::CodePoints);
    let fitting = |claim: &Claim| claim.to_bytes(&map).filter(|claim| fits(claim, text));
    match accepted.claims.iter().map(fitting).collect::<Option<Vec<Claim>>>() {
        Some(old) => Ok(differences(&old, extracted)),
        None => other_text(&accepted.claims, extracted),
    }
}

/// Of an accepted file only the claims are read; what found them may be another engine.
#[derive(Deserialize)]
struct AcceptedFile {
    claims: Vec<Claim>,
}

/// Whether the claim's words stand in the text where it says.
fn fits(claim: &Claim, text: &str) -> bool {
    let words: Vec<&str> = claim.content.spans.iter().map(|span| span.of(text)).collect();
    words.join(BETWEEN_SPANS) == claim.content.text
}

/// Compares claims that do not fit the text with those found in it. Their offsets are in code points.
fn other_text(accepted: &[Claim], extracted: &Extracted) -> Result<Standing, String> {
    let Extracted { article, claims: new, pack, .. } = extracted;
    let text = words_of(accepted).ok_or("the words of its claims do not fit their places")?;
    let map = OffsetMap::new(&text, OffsetUnit::CodePoints);
    let old: Option<Vec<Claim>> = accepted.iter().map(|claim| claim.to_bytes(&map)).collect();
    let old = old.ok_or("the words of its claims do not fit their places")?;
    let former = Article::new(text, [], article.metadata.clone());
    let old = Version { article: &former, claims: &old };
    let changes = compare(old, Version { article, claims: new }, pack).changes;
    Ok(Standing::OtherText { former: Box::new(former), changes })
}

/// The words of claims in their places, with blanks between them; `None` if two claims have other words in one place, or
/// one has words and no place. Offsets are in code points.
fn words_of(claims: &[Claim]) -> Option<String> {
    let end = claims.iter().flat_map(passages).map(|span| span.end).max().unwrap_or_default();
    let mut text = vec![' '; Some(end).filter(|end| *end <= LONGEST)?];
    for claim in claims {
        let mut words = claim.content.text.chars();
        for (at, span) in claim.content.spans.iter().enumerate() {
            if at > 0 && !BETWEEN_SPANS.chars().all(|mark| words.next() == Some(mark)) {
                return None;
            }
            for place in text.get_mut(span.start..span.end)? {
                let word = words.next()?;
                if *place != ' ' && *place != word {
                    return None;
                }
                *place = word;
            }
        }
        words.next().is_none().then_some(())?;
    }
    Some(text.into_iter().collect())
}

/// A text of more characters is no article.
const LONGEST: usize = 10_000_000;

/// What stands between two spans in the text of a passage.
const BETWEEN_SPANS: &str = " … ";

/// Where a claim stands, and whoever says it.
fn passages(claim: &Claim) -> impl Iterator<Item = &Span> {
    let cue = claim.cue.iter().flat_map(|cue| &cue.spans);
    let source = claim.source.iter().flat_map(|source| &source.spans);
    let channel = claim.channel.iter().flat_map(|channel| &channel.spans);
    claim.content.spans.iter().chain(cue).chain(source).chain(channel)
}

fn differences(old: &[Claim], extracted: &Extracted) -> Standing {
    let Extracted { article, claims: new, pack, .. } = extracted;
    let comparison = compare(Version { article, claims: old }, Version { article, claims: new }, pack);
    let told =
        |new: &Claim| comparison.changes.iter().any(|change| change.new.as_ref().is_some_and(|it| it.id == new.id));
    let by_id = |claims: &[Claim], id: u32| claims.iter().find(|claim| claim.id == id).cloned();
    let fields: Vec<FieldChange> = (comparison.links.iter())
        .filter_map(|link| Some((by_id(old, link.old)?, by_id(new, link.new)?)))
        .filter(|(_, new)| !told(new))
        .filter_map(|(old, new)| {
            let fields = other_fields(&old, &new);
            (!fields.is_empty()).then_some(FieldChange { claim: new, fields })
        })
        .collect();
    match comparison.changes.is_empty() && fields.is_empty() {
        true => Standing::Same,
        false => Standing::Changed { changes: comparison.changes, fields },
    }
}

/// The fields in which two forms of a claim differ. Its number, its rule and the confidence in it are the engine's own
/// affair, and so is which number the claim around it has.
fn other_fields(old: &Claim, new: &Claim) -> Vec<(String, String, String)> {
    let plain = |claim: &Claim| {
        let mut value = serde_json::to_value(claim).unwrap_or_default();
        if let Some(fields) = value.as_object_mut() {
            let nested = fields.get("nested_in").is_some_and(|outer| !outer.is_null());
            fields.insert("nested_in".to_owned(), Value::Bool(nested));
            for name in ["id", "rule", "confidence"] {
                fields.remove(name);
            }
        }
        value
    };
    let mut found = Vec::new();
    each_difference(&plain(old), &plain(new), "", &mut found);
    found
}

fn each_difference(old: &Value, new: &Value, name: &str, found: &mut Vec<(String, String, String)>) {
    match (old, new) {
        (Value::Object(one), Value::Object(other)) => {
            for (key, value) in one {
                let inner = if name.is_empty() { key.clone() } else { format!("{name}.{key}") };
                each_difference(value, other.get(key).unwrap_or(&Value::Null), &inner, found);
            }
        }
        _ if old == new => {}
        _ => found.push((name.to_owned(), shown(old), shown(new))),
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => "nothing".to_owned(),
        Value::Array(items) if items.is_empty() => "nothing".to_owned(),
        other => other.to_string(),
    }
}
