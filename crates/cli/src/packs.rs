//! Which language pack reads an article: one that ships with isnad, or the user's own.

use std::ops::Deref;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use isnad_core::{Article, Language, LanguagePack};

use crate::command_error::{CommandError, Message};

/// In what language articles are, and what reads it.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct LanguageArgs {
    /// The language of the articles (ar, en, …), where it is not to be recognised
    #[arg(long, value_name = "CODE")]
    language: Option<Language>,
    /// A language pack of your own, for articles in its language; once for each of its files
    #[arg(long, value_name = "FILE")]
    pack: Vec<PathBuf>,
}

/// The packs at hand: those that ship, and the user's own before them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Packs {
    own: Option<Arc<LanguagePack>>,
}

/// A pack in use.
#[derive(Debug, Clone)]
pub(crate) enum PackRef {
    Shipped(&'static LanguagePack),
    Own(Arc<LanguagePack>),
}

impl Deref for PackRef {
    type Target = LanguagePack;

    fn deref(&self) -> &LanguagePack {
        match self {
            Self::Shipped(pack) => pack,
            Self::Own(pack) => pack,
        }
    }
}

impl LanguageArgs {
    /// The language to take articles for, unless they tell theirs, and the packs.
    pub(crate) fn resolve(&self) -> Result<(Option<Language>, Packs), CommandError> {
        let own = read(&self.pack)?;
        // Only a language that is not recognised has to be told by its pack.
        let unknown = own.as_ref().map(LanguagePack::language).filter(|own| LanguagePack::builtin(*own).is_none());
        let language = self.language.or(unknown);
        let packs = Packs { own: own.map(Arc::new) };
        if let Some(code) = language
            && packs.find(code).is_none()
        {
            let advice = format!("one of {}, or --pack FILE with a pack of your own", packs.languages());
            let message = Message::new(format_args!("there is no language pack for `{code}`"));
            return Err(CommandError::Usage(message.advise(advice)));
        }
        Ok((language, packs))
    }
}

impl Packs {
    /// The pack for the language of `article`, or why there is none and what to do.
    pub(crate) fn for_article(&self, article: &Article) -> Result<PackRef, Message> {
        let cause = match article.metadata.language {
            None => "its language was not recognised".to_owned(),
            Some(language) => match self.find(language) {
                Some(pack) => return Ok(pack),
                None => format!("there is no language pack for `{language}`"),
            },
        };
        let advice = format!("--language CODE, if it is one of {}", self.languages());
        Err(Message::new(cause).advise(advice))
    }

    fn find(&self, language: Language) -> Option<PackRef> {
        let own = self.own.as_ref().filter(|own| own.language() == language).cloned();
        own.map(PackRef::Own).or_else(|| LanguagePack::builtin(language).map(PackRef::Shipped))
    }

    /// The codes of all languages there is a pack for.
    pub(crate) fn languages(&self) -> String {
        let own = self.own.iter().map(|own| own.language());
        let mut codes: Vec<String> =
            LanguagePack::builtin_languages().chain(own).map(|language| language.to_string()).collect();
        codes.sort_unstable();
        codes.dedup();
        codes.join(", ")
    }
}

/// Reads a language code for which a pack ships.
pub(crate) fn shipped_language(code: &str) -> Result<Language, String> {
    let language: Language = code.parse().map_err(|error| format!("{error}"))?;
    match LanguagePack::builtin(language) {
        Some(_) => Ok(language),
        None => Err(format!("there is no language pack for it, only for {}", Packs::default().languages())),
    }
}

/// The user's own pack, from the files that make it up.
fn read(files: &[PathBuf]) -> Result<Option<LanguagePack>, CommandError> {
    let mut texts: Vec<(String, String)> = Vec::with_capacity(files.len());
    for path in files {
        let name = path.display().to_string();
        let text = isnad_ingest::load_file(path).map_err(|error| CommandError::Input(Message::from(&error)))?;
        let text = String::from_utf8(text).map_err(|error| {
            let message = Message::new(format_args!("{name}: not UTF-8 at byte {}", error.utf8_error().valid_up_to()));
            CommandError::Input(message.advise("the pack saved as UTF-8"))
        })?;
        texts.push((name, text));
    }
    let texts: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let Some((main, more)) = texts.split_first() else { return Ok(None) };
    let pack = LanguagePack::from_files(*main, more).map_err(|error| {
        let advice = "that line mended; docs/language-packs.md explains every key";
        CommandError::Input(Message::new(error).advise(advice))
    })?;
    Ok(Some(pack))
}
