//! Token: a page's characters cut into tags and texts, with the place of every piece of text.
//!
//! After: the tokenizer of the HTML standard, by html5gum. This is its emitter: it notes where each
//! piece of text stood and hands the tokens to html5ever's tree builder.

use std::borrow::Cow;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{Doctype, Tag, TagKind, Token, TokenSink, TokenSinkResult};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{Attribute, LocalName, QualName, ns};
use html5gum::{Emitter, Error, State, Tokenizer};

use super::tree::{Handle, MAX_ATTRIBUTES, Piece, Sink, Tree};

/// The tree of a page. Never fails; stops where the tree is full, with [`Tree::cut`].
pub(super) fn parse(html: &str) -> Tree {
    let options = TreeBuilderOpts { scripting_enabled: true, ..TreeBuilderOpts::default() };
    let builder = TreeBuilder::new(Sink::new(), options);
    let skip = if html.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut cut = None;
    let pen = Pen::new(html.as_bytes(), skip, &builder, &mut cut);
    // A token comes out only when the tree is full.
    let mut tokens = Tokenizer::new_with_emitter(&html[skip..], pen);
    let _ = tokens.next();
    drop(tokens);
    builder.sink.into_tree(cut)
}

/// html5gum's emitter. Names are kept as bytes until a token is whole.
struct Pen<'a> {
    page: &'a [u8],
    builder: &'a TreeBuilder<Handle, Sink>,
    cut: &'a mut Option<usize>,
    /// Where in the page the tokenizer is.
    position: usize,
    /// Where the text that comes next begins.
    text_start: usize,
    text: Vec<u8>,
    pieces: Vec<Piece>,
    tag: Vec<u8>,
    tag_kind: TagKind,
    self_closing: bool,
    attributes: Vec<Attribute>,
    name: Vec<u8>,
    value: Vec<u8>,
    last_start_tag: Vec<u8>,
    doctype: Vec<u8>,
    public: Option<Vec<u8>>,
    system: Option<Vec<u8>>,
    force_quirks: bool,
}

impl<'a> Pen<'a> {
    fn new(
        page: &'a [u8],
        position: usize,
        builder: &'a TreeBuilder<Handle, Sink>,
        cut: &'a mut Option<usize>,
    ) -> Self {
        Pen {
            page,
            builder,
            cut,
            position,
            text_start: position,
            text: Vec::new(),
            pieces: Vec::new(),
            tag: Vec::new(),
            tag_kind: TagKind::StartTag,
            self_closing: false,
            attributes: Vec::new(),
            name: Vec::new(),
            value: Vec::new(),
            last_start_tag: Vec::new(),
            doctype: Vec::new(),
            public: None,
            system: None,
            force_quirks: false,
        }
    }

    fn put(&self, token: Token) -> Option<State> {
        match self.builder.process_token(token, 1) {
            TokenSinkResult::Plaintext => Some(State::PlainText),
            TokenSinkResult::RawData(RawKind::Rcdata) => Some(State::RcData),
            TokenSinkResult::RawData(RawKind::Rawtext) => Some(State::RawText),
            TokenSinkResult::RawData(RawKind::ScriptData) => Some(State::ScriptData),
            _ => None,
        }
    }

    /// Hands the text so far to the tree builder.
    fn put_text(&mut self) {
        if self.text.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.text);
        let text = words(&bytes);
        self.builder.sink.hear(&text, &self.pieces);
        self.pieces.clear();
        for (n, part) in text.split('\0').enumerate() {
            if n > 0 {
                self.put(Token::NullCharacterToken);
            }
            if !part.is_empty() {
                self.put(Token::CharacterTokens(StrTendril::from_slice(part)));
            }
        }
        self.text = bytes;
        self.text.clear();
    }

    fn put_attribute(&mut self) {
        // What only a page's own program reads is half of all attributes.
        let private = self.name.starts_with(b"data-") || self.name.starts_with(b"on");
        if self.name.is_empty() || private || self.attributes.len() == MAX_ATTRIBUTES {
            self.name.clear();
            self.value.clear();
            return;
        }
        let name = QualName::new(None, ns!(), local(&self.name));
        if self.attributes.iter().all(|known| known.name != name) {
            self.attributes.push(Attribute { name, value: tendril(&self.value) });
        }
        self.name.clear();
        self.value.clear();
    }
}

impl Emitter for Pen<'_> {
    type Token = ();

    fn move_position(&mut self, offset: isize) {
        self.position = self.position.saturating_add_signed(offset);
    }

    fn pop_token(&mut self) -> Option<()> {
        if !self.builder.sink.is_full() {
            return None;
        }
        self.cut.get_or_insert(self.position.min(self.page.len()));
        Some(())
    }

    fn should_emit_errors(&mut self) -> bool {
        false
    }

    fn emit_error(&mut self, _: Error) {}

    fn init_string(&mut self) {
        if self.text.is_empty() {
            self.text_start = self.position;
        }
    }

    fn emit_string(&mut self, text: &[u8]) {
        if text.is_empty() {
            return;
        }
        let end = self.position.min(self.page.len());
        // Text as it stands in the page ends at the position. In `<textarea></p>` the tokenizer has
        // gone on to the `p` when it gives up the end tag: the `</` lies a little before. Everything
        // else is a character reference, a NUL or a CR that was read as something else.
        let after = self.text_start.min(end);
        let before = Some(end.saturating_sub(text.len()));
        let start = before.filter(|start| &self.page[*start..end] == text).or_else(|| {
            let given_up = text.starts_with(b"</");
            let found = || memchr::memmem::rfind(&self.page[after..end], text);
            given_up.then(found).flatten().map(|at| after + at)
        });
        let exact = start.is_some();
        // The position of a CR before a LF is not known to be passed: the reference tells itself.
        let reference = || Some(after + memchr::memrchr(b'&', &self.page[after..end])?);
        let is_nul = !exact && end > after && self.page[end - 1] == 0;
        let nul = is_nul.then(|| end - 1);
        // In a CDATA section, whose beginning nobody tells, a CR comes as the LF that it stands for.
        let is_return = text == b"\n" && end > after && self.page[end - 1] == b'\r';
        let cr = || is_return.then(|| end - 1);
        let raw_start = start.or(nul).or_else(reference).or_else(cr).unwrap_or(after);
        let end = start.map_or(end, |start| start + text.len());
        match self.pieces.last_mut() {
            // The tokenizer may hand on the bytes of one character one by one.
            Some(last) if exact && last.exact && last.raw_end == raw_start => last.raw_end = end,
            _ => self.pieces.push(Piece { at: self.text.len(), raw_start, raw_end: end, exact }),
        }
        self.text.extend_from_slice(text);
        self.text_start = end;
    }

    fn emit_eof(&mut self) {
        self.put_text();
        self.put(Token::EOFToken);
        self.builder.end();
    }

    fn init_start_tag(&mut self) {
        self.tag.clear();
        self.tag_kind = TagKind::StartTag;
        self.self_closing = false;
    }

    fn init_end_tag(&mut self) {
        self.tag.clear();
        self.tag_kind = TagKind::EndTag;
        self.self_closing = false;
    }

    fn push_tag_name(&mut self, name: &[u8]) {
        self.tag.extend_from_slice(name);
    }

    fn set_self_closing(&mut self) {
        self.self_closing = true;
    }

    fn init_attribute(&mut self) {
        self.put_attribute();
    }

    fn push_attribute_name(&mut self, name: &[u8]) {
        self.name.extend_from_slice(name);
    }

    fn push_attribute_value(&mut self, value: &[u8]) {
        self.value.extend_from_slice(value);
    }

    fn emit_current_tag(&mut self) -> Option<State> {
        self.put_attribute();
        self.put_text();
        let attrs = std::mem::take(&mut self.attributes);
        let kind = self.tag_kind;
        self.last_start_tag.clear();
        if kind == TagKind::StartTag {
            self.last_start_tag.extend_from_slice(&self.tag);
        }
        // Raw text begins without notice.
        self.text_start = self.position;
        self.put(Token::TagToken(Tag {
            kind,
            name: local(&self.tag),
            self_closing: self.self_closing && kind == TagKind::StartTag,
            attrs: if kind == TagKind::StartTag { attrs } else { Vec::new() },
            had_duplicate_attributes: false,
        }))
    }

    fn current_is_appropriate_end_tag_token(&mut self) -> bool {
        self.tag_kind == TagKind::EndTag && !self.tag.is_empty() && self.tag == self.last_start_tag
    }

    fn set_last_start_tag(&mut self, name: Option<&[u8]>) {
        self.last_start_tag.clear();
        self.last_start_tag.extend_from_slice(name.unwrap_or_default());
    }

    fn init_comment(&mut self) {
        self.put_text();
    }

    fn push_comment(&mut self, _: &[u8]) {}

    fn emit_current_comment(&mut self) {
        self.text_start = self.position;
        self.put(Token::CommentToken(StrTendril::new()));
    }

    fn init_doctype(&mut self) {
        self.put_text();
        self.doctype.clear();
        (self.public, self.system, self.force_quirks) = (None, None, false);
    }

    fn push_doctype_name(&mut self, name: &[u8]) {
        self.doctype.extend_from_slice(name);
    }

    fn set_force_quirks(&mut self) {
        self.force_quirks = true;
    }

    fn set_doctype_public_identifier(&mut self, value: &[u8]) {
        self.public = Some(value.to_vec());
    }

    fn set_doctype_system_identifier(&mut self, value: &[u8]) {
        self.system = Some(value.to_vec());
    }

    fn push_doctype_public_identifier(&mut self, value: &[u8]) {
        self.public.get_or_insert_default().extend_from_slice(value);
    }

    fn push_doctype_system_identifier(&mut self, value: &[u8]) {
        self.system.get_or_insert_default().extend_from_slice(value);
    }

    fn emit_current_doctype(&mut self) {
        self.text_start = self.position;
        self.put(Token::DoctypeToken(Doctype {
            name: Some(&self.doctype).filter(|name| !name.is_empty()).map(|name| tendril(name)),
            public_id: self.public.as_deref().map(tendril),
            system_id: self.system.as_deref().map(tendril),
            force_quirks: self.force_quirks,
        }));
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&mut self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

fn tendril(bytes: &[u8]) -> StrTendril {
    StrTendril::from_slice(&words(bytes))
}

fn local(bytes: &[u8]) -> LocalName {
    LocalName::from(&*words(bytes))
}

/// The bytes as text. Nearly always they are; looking for the bad ones is four times slower.
fn words(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => String::from_utf8_lossy(bytes),
    }
}
