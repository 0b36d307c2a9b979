//! Where the versions of an article are kept, as far as threads need to know.

use std::fmt::Debug;
use std::hash::Hash;
use std::rc::Rc;

use isnad_core::{Article, Claim, LanguagePack};

use crate::change::{Comparison, Version};
use crate::compare::compare;

/// A version of an article with its claims, and the name of each.
#[derive(Debug)]
pub struct Kept<V, K> {
    /// The version's name.
    pub version: V,
    /// The text and its blocks.
    pub article: Article,
    /// The claims in the order of the text, with spans in bytes.
    pub claims: Vec<Claim>,
    /// The claims' names, in the same order.
    pub names: Vec<K>,
}

impl<V, K: Copy> Kept<V, K> {
    /// The claims with their names.
    pub fn named(&self) -> impl Iterator<Item = (K, &Claim)> {
        self.names.iter().copied().zip(&self.claims)
    }

    /// The name of the claim with this [`Claim::id`].
    pub fn name(&self, id: u32) -> Option<K> {
        self.named().find(|(_, claim)| claim.id == id).map(|(name, _)| name)
    }

    /// The version as one side of a comparison.
    pub fn as_version(&self) -> Version<'_> {
        Version { article: &self.article, claims: &self.claims }
    }
}

/// The version of an [`Archive`], with its claims.
pub type KeptIn<A> = Rc<Kept<<A as Archive>::Version, <A as Archive>::Claim>>;

/// A claim of an [`Archive`] with the version it stands in.
pub type ClaimIn<A> = (<A as Archive>::Claim, <A as Archive>::Version);

/// A claim of an [`Archive`] with the version it stands in, and the thread that an earlier run put it into.
pub type ThreadedIn<A> = (<A as Archive>::Claim, <A as Archive>::Version, <A as Archive>::Thread);

/// A claim of an [`Archive`] with its thread.
pub type MemberIn<A> = (<A as Archive>::Claim, <A as Archive>::Thread);

/// The versions of one article, wherever they are kept; and the threads they were put into before, if any were.
///
/// What the provided methods tell is what an earlier run found and the caller has written down. An archive that has
/// nothing of the kind, as one whose threads are worked out from the first version, leaves them as they are.
pub trait Archive {
    /// The name of a version: a text that returns is the same version.
    type Version: Copy + Eq + Hash + Debug;
    /// The name of a claim among those of all versions.
    type Claim: Copy + Eq + Hash + Debug;
    /// The name of a thread that an earlier run began.
    type Thread: Copy + Eq + Hash + Debug;
    /// Why a version cannot be had.
    type Error;

    /// A version with its claims.
    ///
    /// # Errors
    /// If it cannot be had.
    fn version(&mut self, version: Self::Version) -> Result<KeptIn<Self>, Self::Error>
    where
        Self: Sized;

    /// A claim of a version; `None` if it has no such claim.
    ///
    /// # Errors
    /// If the version cannot be had.
    fn claim(&mut self, claim: Self::Claim, version: Self::Version) -> Result<Option<Claim>, Self::Error>
    where
        Self: Sized,
    {
        let version = self.version(version)?;
        Ok(version.named().find(|&(name, _)| name == claim).map(|(_, claim)| claim.clone()))
    }

    /// The language data for comparing claims of these two articles; without it nothing is compared.
    fn pack(&self, old: &Article, new: &Article) -> Option<&LanguagePack>;

    /// Compares some claims of two versions.
    fn compare(&self, old: Version<'_>, new: Version<'_>) -> Comparison {
        self.pack(old.article, new.article).map(|pack| compare(old, new, pack)).unwrap_or_default()
    }

    /// The threads of a version's claims.
    ///
    /// # Errors
    /// If they cannot be had.
    fn threads_of(&mut self, _version: Self::Version) -> Result<Vec<MemberIn<Self>>, Self::Error> {
        Ok(Vec::new())
    }

    /// The claims with these letters (see [`letters`](super::letters)), in the order of time.
    ///
    /// # Errors
    /// If they cannot be had.
    fn alike(&mut self, _letters: &str) -> Result<Vec<ThreadedIn<Self>>, Self::Error> {
        Ok(Vec::new())
    }

    /// At most `most` of the claims of a thread with these letters, the newest first.
    ///
    /// # Errors
    /// If they cannot be had.
    fn former(
        &mut self,
        _letters: &str,
        _thread: Self::Thread,
        _most: usize,
    ) -> Result<Vec<ClaimIn<Self>>, Self::Error> {
        Ok(Vec::new())
    }

    /// The claims that were told as removed, in the order of time: at most the last `most` of them.
    ///
    /// # Errors
    /// If they cannot be had.
    fn removed(&mut self, _most: usize) -> Result<Vec<ThreadedIn<Self>>, Self::Error> {
        Ok(Vec::new())
    }
}
