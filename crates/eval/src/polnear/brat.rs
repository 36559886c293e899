//! Brat: stand-off labels. `T` lines name spans, `E` lines join them to attributions.
//!
//! Offsets count code points; a span may have several parts. Lines of another shape are left out:
//! a few in the data do not conform.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use headwater::Span;

/// One attribution, each of its roles from first byte to last.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Attribution {
    /// The words that name the source; none where nobody is named.
    pub(crate) source: Option<Span>,
    /// The words that attribute.
    pub(crate) cue: Option<Span>,
    /// The words attributed.
    pub(crate) content: Option<Span>,
}

/// The labels of the text `name`. The file's name goes on behind an underscore.
pub(super) fn load(folder: &Path, name: &str, text: &str) -> Result<Vec<Attribution>, String> {
    let listed = fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut files = listed.filter_map(|entry| entry.ok().map(|e| e.path())).filter(|path| {
        let file = path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
        file.rsplit_once('_').is_some_and(|(stem, _)| stem == name)
    });
    let file = files.next().ok_or_else(|| format!("{}: no labels", folder.join(name).display()))?;
    let labels = fs::read_to_string(&file).map_err(|e| format!("{}: {e}", file.display()))?;
    Ok(parse(&labels, text))
}

/// The attributions of one file of labels, in its order.
fn parse(labels: &str, text: &str) -> Vec<Attribution> {
    let mut starts = text.char_indices().map(|(at, _)| at).collect::<Vec<_>>();
    starts.push(text.len());
    let mut spans = BTreeMap::new();
    for line in labels.lines().filter(|line| line.starts_with('T')) {
        if let Some((id, span)) = span(line, &starts) {
            spans.insert(id, span);
        }
    }
    let mut found = Vec::new();
    for line in labels.lines().filter(|line| line.starts_with('E')) {
        let Some((_, roles)) = line.split_once('\t') else { continue };
        let mut attribution = Attribution::default();
        for role in roles.split_whitespace() {
            let Some((role, id)) = role.split_once(':') else { continue };
            let Some(&span) = spans.get(id) else { continue };
            let slot = match role.trim_end_matches(|c: char| c.is_ascii_digit()) {
                "Source" => &mut attribution.source,
                "Cue" => &mut attribution.cue,
                "Content" => &mut attribution.content,
                _ => continue,
            };
            *slot = Some(slot.map_or(span, |known| known.hull(span)));
        }
        if attribution.cue.is_some() && attribution.content.is_some() {
            found.push(attribution);
        }
    }
    found
}

/// `T1<tab>Content 10 20;25 30<tab>words`: its id and its hull in bytes.
fn span<'a>(line: &'a str, starts: &[usize]) -> Option<(&'a str, Span)> {
    let mut cells = line.split('\t');
    let (id, label) = (cells.next()?, cells.next()?);
    let (_, offsets) = label.split_once(' ')?;
    let numbers = offsets.split([' ', ';']).map(str::parse::<usize>);
    let numbers = numbers.collect::<Result<Vec<_>, _>>().ok()?;
    let (first, last) = (*numbers.iter().min()?, *numbers.iter().max()?);
    let span = Span::new(*starts.get(first)?, *starts.get(last)?);
    (numbers.len() % 2 == 0 && first < last).then_some((id, span))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_count_code_points_and_parts_make_a_hull() {
        let text = "“Nò,” Lind said, “it leaks.”";
        let labels = "T1\tContent 0 5;17 28\t“Nò,” “it leaks.”\nT2\tCue 11 15\tsaid\n\
                      T3\tSource 6 10\tLind\nT4\tAttribution 11 15\tsaid\nT5\tSource x\n\
                      E1\tAttribution:T4 Source:T3 Cue:T2 Content:T1\nE2\tAttribution:T4 Cue:T9";
        let found = parse(labels, text);
        assert_eq!(found.len(), 1);
        let words = |span: Option<Span>| span.map(|span| span.of(text)).unwrap_or_default();
        assert_eq!(words(found[0].source), "Lind");
        assert_eq!(words(found[0].cue), "said");
        assert_eq!(words(found[0].content), text);
    }
}
