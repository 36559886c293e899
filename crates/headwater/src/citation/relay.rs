//! Relay: which citations reach the article through another one.

use super::{Citation, CitationIx, How};
use crate::name::{Party, SourceKind, Unnamed};
use crate::sentence::{Line, line_at};

/// Citations before and behind one among which the one that it comes through is sought: more than
/// any labelled article has, it bounds the cost of pages that cite without end.
const NEAR: usize = 128;

/// Sets through which citation the article has another: the people whom an outlet cites, in the
/// sentence or inside the words that rest on the outlet.
pub(super) fn relay(lines: &[Line<'_>], found: &mut [Citation], parties: &[Party]) {
    let sentence = |at: u32| {
        let line = &lines[line_at(lines, at).min(lines.len() - 1)];
        let word = line.word_at(at);
        let ix = Some(line.sentence_at(word)).filter(|&s| s < line.sentences.len()).unwrap_or(0);
        if line.sentences.is_empty() { line.span } else { line.sentence(ix) }
    };
    if lines.is_empty() {
        return;
    }
    let reports = |c: &Citation| {
        c.how == How::Reported
            && c.source.is_some_and(|p| {
                matches!(parties[p.ix()].kind, SourceKind::Outlet | SourceKind::Agency)
                    || parties[p.ix()].unnamed == Some(Unnamed::Report)
            })
    };
    for ix in 0..found.len() {
        let here = sentence(found[ix].cue.start);
        let citing = found[ix].rule == "citing";
        let (from, upto) = (ix.saturating_sub(NEAR), found.len().min(ix + NEAR));
        let near = found[from..upto].iter().enumerate().map(|(n, c)| (from + n, c));
        let via = near.into_iter().find(|&(other, c)| {
            let nested = c.covers.iter().any(|cover| cover.contains(found[ix].cue));
            other != ix
                && reports(c)
                && c.source != found[ix].source
                && (nested && found[ix].how == How::Told || citing && here.contains(c.cue))
        });
        found[ix].via = via.map(|(other, _)| CitationIx(other as u32));
    }
}
