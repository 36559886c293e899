//! Escape: the only way from words to markup.
//!
//! A page's words are hostile: they may hold tags, quotation marks, control characters and
//! characters that turn the direction of writing. [`Html`] takes markup from the source code only
//! (`&'static str`); everything else goes through [`Html::text`].

use std::fmt::{Display, Write as _};

use crate::plain::paper;

/// Markup that is well escaped by construction.
#[derive(Clone, Default, PartialEq, Eq, Debug)]
pub(super) struct Html(String);

impl Html {
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// Markup as it stands in the source code.
    pub(super) fn raw(&mut self, markup: &'static str) -> &mut Self {
        self.0.push_str(markup);
        self
    }

    /// Words, for content or for an attribute in double quotation marks. White space becomes plain
    /// spaces; what would turn the direction of writing is shown by its number.
    pub(super) fn text(&mut self, words: &str) -> &mut Self {
        let mut safe = String::with_capacity(words.len() + 8);
        for c in words.chars() {
            match c {
                '&' => safe.push_str("&amp;"),
                '<' => safe.push_str("&lt;"),
                '>' => safe.push_str("&gt;"),
                '"' => safe.push_str("&quot;"),
                '\'' => safe.push_str("&#39;"),
                // Arabic letter mark: turns direction as the marks below do.
                '\u{61c}' => safe.push_str("[U+061C]"),
                c if c.is_whitespace() => safe.push(' '),
                c => paper::show(c, &mut safe),
            }
        }
        self.0.push_str(&safe);
        self
    }

    /// A value as inert JSON inside a data block: nothing in it can end the block or open a tag.
    pub(super) fn data(&mut self, value: &serde_json::Value) -> &mut Self {
        for c in value.to_string().chars() {
            match c {
                '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                    let _ = write!(self.0, "\\u{:04x}", u32::from(c));
                }
                c => self.0.push(c),
            }
        }
        self
    }

    /// A number.
    pub(super) fn num(&mut self, n: impl Into<Number>) -> &mut Self {
        let _ = write!(self.0, "{}", n.into().0);
        self
    }

    /// Markup made before.
    pub(super) fn put(&mut self, other: &Html) -> &mut Self {
        self.0.push_str(&other.0);
        self
    }

    /// An attribute with a space before it.
    pub(super) fn attr(&mut self, name: &'static str, value: &str) -> &mut Self {
        self.raw(" ").raw(name).raw("=\"").text(value).raw("\"")
    }

    /// An attribute that is a number.
    pub(super) fn attr_num(&mut self, name: &'static str, value: impl Into<Number>) -> &mut Self {
        self.raw(" ").raw(name).raw("=\"").num(value).raw("\"")
    }

    /// Words as a link of a class; as bare words where there is nothing to lead to.
    pub(super) fn link(&mut self, class: &'static str, to: Option<&str>, words: &str) -> &mut Self {
        match to {
            Some(to) => self.raw("<a").attr("class", class).attr("href", to),
            None => self.raw("<span").attr("class", class),
        };
        self.raw(">").text(words).raw(if to.is_some() { "</a>" } else { "</span>" })
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.0.into_bytes()
    }
}

/// Numbers alone need no escaping.
pub(super) struct Number(i64);

impl From<usize> for Number {
    fn from(n: usize) -> Self {
        Self(i64::try_from(n).unwrap_or(i64::MAX))
    }
}

impl From<u32> for Number {
    fn from(n: u32) -> Self {
        Self(i64::from(n))
    }
}

impl From<i32> for Number {
    fn from(n: i32) -> Self {
        Self(i64::from(n))
    }
}

impl Display for Html {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stay_words() {
        let mut html = Html::new();
        html.raw("<p").attr("title", "\" onclick='x'").raw(">").text("<script>&amp;\u{202e}\u{0}");
        assert_eq!(
            html.to_string(),
            "<p title=\"&quot; onclick=&#39;x&#39;\">&lt;script&gt;&amp;amp;[U+202E]␀"
        );
    }
}
