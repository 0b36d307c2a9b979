//! What forms of one word have in common, found without a dictionary.
//!
//! Arabic: particles and endings go, and of the rest the consonants stay: ارتفع، يرتفع، الارتفاع and مرتفعة have one skeleton.
//! Elsewhere: a listed ending goes. Both find too much now and then; callers take a stem as a hint that two words tell the
//! same, never as a proof.

/// Takes words of one language apart.
#[derive(Debug, Clone, Default)]
pub(super) struct Stemmer {
    arabic: bool,
    /// Endings, longest first.
    suffixes: Vec<String>,
}

/// An ending goes only if at least this many letters stay.
const LEAST_LETTERS: usize = 3;

/// A skeleton of fewer consonants is shared by too many words.
pub(super) const LEAST_CONSONANTS: usize = 3;

impl Stemmer {
    /// The stemmer for Arabic.
    pub(super) fn arabic() -> Self {
        Self { arabic: true, suffixes: Vec::new() }
    }

    /// A stemmer with these endings besides.
    pub(super) fn with_suffixes(mut self, suffixes: Vec<String>) -> Self {
        self.suffixes.extend(suffixes);
        self.suffixes.sort_by_key(|suffix| (std::cmp::Reverse(suffix.chars().count()), suffix.clone()));
        self
    }

    /// Whether the language writes its article on to the word.
    pub(super) const fn takes_article(&self) -> bool {
        self.arabic
    }

    /// What is left of a folded word without the particles written before it, longest first; the word itself is the first.
    pub(super) fn without_particles<'w>(&self, word: &'w str) -> Vec<&'w str> {
        let mut forms = vec![word];
        if !self.arabic {
            return forms;
        }
        let conjunction = word.strip_prefix(['و', 'ف']).filter(|rest| letters(rest) >= LEAST_LETTERS);
        forms.extend(conjunction);
        for whole in [Some(word), conjunction].into_iter().flatten() {
            let bare = PARTICLES.iter().filter_map(|particle| whole.strip_prefix(particle));
            forms.extend(bare.filter(|rest| letters(rest) >= LEAST_LETTERS));
        }
        forms.sort_by_key(|form| std::cmp::Reverse(form.len()));
        forms.dedup();
        forms
    }

    /// The forms without an ending or prefix of person: `form` is free of particles.
    pub(super) fn without_endings<'w>(&self, form: &'w str) -> Vec<&'w str> {
        let endings = self.suffixes.iter().filter_map(|suffix| form.strip_suffix(suffix.as_str()));
        let mut forms: Vec<&str> =
            std::iter::once(form).chain(endings.filter(|rest| letters(rest) >= LEAST_LETTERS)).collect();
        if self.arabic {
            for whole in forms.clone() {
                let person = whole.strip_prefix(['ي', 'ت', 'ن', 'م']).filter(|rest| letters(rest) >= LEAST_LETTERS);
                forms.extend(person);
            }
        }
        forms
    }

    /// The stems a folded word may have, sorted.
    pub(super) fn stems(&self, word: &str) -> Vec<String> {
        let mut stems: Vec<String> = Vec::new();
        for form in self.without_particles(word) {
            stems.extend(self.without_endings(form).into_iter().map(|form| self.skeleton(form)));
        }
        stems.retain(|stem| letters(stem) >= 2);
        stems.sort_unstable();
        stems.dedup();
        stems
    }

    /// The stem under which a listed dictionary form is found; `None` if it is too short to be safe.
    pub(super) fn listed(&self, form: &str) -> Option<String> {
        let stem = match self.arabic {
            true => self.skeleton(form),
            false => self.without_endings(form).into_iter().min_by_key(|form| form.len())?.to_owned(),
        };
        (letters(&stem) >= LEAST_CONSONANTS).then_some(stem)
    }

    /// The letters that do not change with the form.
    pub(super) fn skeleton(&self, form: &str) -> String {
        match self.arabic {
            true => form.chars().filter(|c| !WEAK.contains(c)).collect(),
            false => form.to_owned(),
        }
    }
}

/// Particles and the article as they are written on to a word, longest first.
const PARTICLES: [&str; 8] = ["بال", "كال", "ال", "لل", "ب", "ل", "ك", "س"];

/// Letters that come and go between the forms of one root.
const WEAK: [char; 8] = ['ا', 'و', 'ي', 'ء', 'ئ', 'ؤ', 'ى', 'ة'];

pub(super) fn letters(word: &str) -> usize {
    word.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(stemmer: &Stemmer, one: &str, other: &str) -> bool {
        let (one, other) = (stemmer.stems(one), stemmer.stems(other));
        one.iter().any(|stem| letters(stem) >= LEAST_CONSONANTS && other.contains(stem))
    }

    fn arabic() -> Stemmer {
        let suffixes = ["ات", "ه", "ها", "ة", "ين", "ون", "ا", "ت", "ي"];
        Stemmer::arabic().with_suffixes(suffixes.map(str::to_owned).to_vec())
    }

    #[test]
    fn forms_of_one_arabic_root_share_a_stem() {
        for other in ["يرتفع", "ارتفاع", "والارتفاع", "مرتفعة", "ارتفعت", "بارتفاعها"]
        {
            assert!(share(&arabic(), "ارتفع", other), "{other}");
        }
        assert!(!share(&arabic(), "ارتفع", "انخفاض"));
    }

    #[test]
    fn a_listed_ending_goes_and_the_rest_is_the_stem() {
        let stemmer = Stemmer::default().with_suffixes(["ed", "ion", "s", "ing"].map(str::to_owned).to_vec());
        assert!(share(&stemmer, "rejected", "rejection"));
        assert!(!share(&stemmer, "red", "ring"));
    }
}
