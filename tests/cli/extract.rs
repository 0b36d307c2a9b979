//! `isnad extract` on whole articles.
