//! The grammar of languages that put the subject before the verb: English, German, French.

use super::block::BlockLayers;
use super::draft::Draft;

/// Drafts the claims of one block.
pub(super) fn find(_block: &BlockLayers<'_>, _drafts: &mut Vec<Draft>) {}
