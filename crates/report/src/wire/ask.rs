//! What a collection makes of a typed claim, as JSON.

use headwater::ask::{Answer, Differing};
use serde::Serialize;

use super::story::{OriginsRow, StatementRow, difference, origins, statement};
use super::{VERSION, Wire, Words};

#[derive(Serialize)]
pub(super) struct AnswerRow<'a> {
    version: u32,
    tool: &'static str,
    claim: &'a str,
    states: Vec<StatementRow<'a>>,
    differs: Vec<DifferingRow<'a>>,
    origins: Option<OriginsRow<'a>>,
}

/// A statement with the kind of its difference: `asked` is a byte range of the claim with its words,
/// `found` the words of the page at that point.
#[derive(Serialize)]
struct DifferingRow<'a> {
    #[serde(flatten)]
    statement: StatementRow<'a>,
    kind: &'static str,
    asked: AskedRow<'a>,
    found: Words<'a>,
}

#[derive(Serialize)]
struct AskedRow<'a> {
    start: u32,
    end: u32,
    text: &'a str,
}

pub(super) fn answer<'a>(wire: &'a Wire<'a>, claim: &'a str, answer: &'a Answer) -> AnswerRow<'a> {
    let differing = |it: &Differing| DifferingRow {
        statement: statement(wire, &it.stating),
        kind: difference(it.kind),
        asked: AskedRow { start: it.asked.start, end: it.asked.end, text: it.asked.of(claim) },
        found: wire.words(it.place),
    };
    AnswerRow {
        version: VERSION,
        tool: super::TOOL,
        claim,
        states: answer.states.iter().map(|it| statement(wire, it)).collect(),
        differs: answer.differs.iter().map(differing).collect(),
        origins: answer.origins.as_ref().map(|it| origins(wire, it)),
    }
}
