//! Tag: what an HTML element does to the text in it, by its name.

use crate::page::BlockKind;

/// How an element's text is laid out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Layout {
    /// Its text stands on lines of its own.
    Block,
    /// Its text runs on in the line.
    Inline,
    /// Runs on, and only changes how letters look: never an element of the page.
    Formatting,
    /// A line break.
    Break,
    /// Not shown as text, but keeps its neighbours apart: an image, an input field.
    Object,
    /// Not shown at all.
    Unseen,
}

/// The layout of an element in a browser's own style sheet.
pub(super) fn layout(tag: &str) -> Layout {
    match tag {
        "script" | "style" | "template" | "noscript" | "head" | "datalist" | "noembed"
        | "noframes" | "title" | "param" | "source" | "track" | "area" | "rp" => Layout::Unseen,
        "img" | "input" | "svg" | "iframe" | "video" | "audio" | "canvas" | "object" | "embed"
        | "picture" | "progress" | "meter" => Layout::Object,
        "br" => Layout::Break,
        "b" | "i" | "em" | "strong" | "u" | "s" | "font" | "big" | "small" | "sub" | "sup"
        | "mark" | "abbr" | "acronym" | "code" | "kbd" | "samp" | "tt" | "var" | "strike"
        | "del" | "ins" | "q" | "dfn" | "bdi" | "bdo" | "nobr" | "wbr" | "ruby" | "rb" | "rt" => {
            Layout::Formatting
        }
        "address" | "article" | "aside" | "blockquote" | "body" | "button" | "caption"
        | "center" | "col" | "colgroup" | "dd" | "details" | "dialog" | "dir" | "div" | "dl"
        | "dt" | "fieldset" | "figcaption" | "figure" | "footer" | "form" | "frameset" | "h1"
        | "h2" | "h3" | "h4" | "h5" | "h6" | "header" | "hgroup" | "hr" | "html" | "label"
        | "legend" | "li" | "listing" | "main" | "menu" | "nav" | "ol" | "optgroup" | "option"
        | "p" | "plaintext" | "pre" | "search" | "section" | "select" | "summary" | "table"
        | "tbody" | "td" | "textarea" | "tfoot" | "th" | "thead" | "tr" | "ul" | "xmp" => {
            Layout::Block
        }
        _ => Layout::Inline,
    }
}

/// What the markup calls the text of an element, given what it calls the text around it.
///
/// A paragraph in a table cell is a paragraph: old pages lay out their whole text in tables. In a
/// quotation, a caption, a list item or a control it stays what that is.
pub(super) fn kind(tag: &str, around: BlockKind) -> BlockKind {
    match tag {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => BlockKind::Heading(tag.as_bytes()[1] - b'0'),
        "p" if around == BlockKind::Cell => BlockKind::Paragraph,
        "li" | "dt" | "dd" => BlockKind::ListItem,
        "blockquote" => BlockKind::Quotation,
        "figcaption" | "caption" => BlockKind::Caption,
        "td" | "th" => BlockKind::Cell,
        "pre" | "listing" | "plaintext" | "xmp" => BlockKind::Preformatted,
        "button" | "label" | "option" | "optgroup" | "select" | "textarea" => BlockKind::Control,
        _ => around,
    }
}

/// Whether line breaks in the element's text are line breaks for the reader.
pub(super) fn keeps_lines(tag: &str) -> bool {
    matches!(tag, "pre" | "listing" | "plaintext" | "xmp" | "textarea")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_stays_what_is_around_it() {
        assert_eq!(kind("p", BlockKind::Quotation), BlockKind::Quotation);
        assert_eq!(kind("p", BlockKind::Cell), BlockKind::Paragraph);
        assert_eq!(kind("h3", BlockKind::ListItem), BlockKind::Heading(3));
        assert_eq!(kind("div", BlockKind::Caption), BlockKind::Caption);
    }
}
