//! The numbers by which the history knows its rows, one type each so that none is taken for another.

use std::fmt;

use rusqlite::types::{FromSql, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use serde::{Deserialize, Serialize};

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(
            /// The row's number in the file.
            pub i64,
        );

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(ToSqlOutput::from(self.0))
            }
        }

        impl FromSql for $name {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                i64::column_result(value).map(Self)
            }
        }
    };
}

id!(
    /// An article.
    ArticleId
);
id!(
    /// A capture; later recorded captures have higher numbers.
    CaptureId
);
id!(
    /// A version of an article.
    VersionId
);
id!(
    /// A claim in one version.
    ClaimId
);
id!(
    /// A claim followed through the versions; never used for another thread.
    ThreadId
);
id!(
    /// Something that happened to a thread; not kept when a history is recomputed.
    EventId
);
