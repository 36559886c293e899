//! Lenient: JSON as pages have it, read as far as it goes.
//!
//! Templates paste JSON together, and what comes out lacks a comma, has one too many, a raw line
//! break or a bare quotation mark in a headline, a comment around it, or no end. A browser ignores
//! such a script; what it says of the page is evidence all the same.

use serde_json::{Map, Value};

/// Deepest nesting that is read; linked data of real pages has up to 12 levels.
const MAX_NESTING: usize = 64;

/// What could not be read, the first of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Fault {
    /// Byte of the script.
    pub(super) at: usize,
    /// A lower-case fragment.
    pub(super) why: &'static str,
}

/// The values of a script, and its first fault. Complete fields before and after a fault are kept, a
/// string without an end is not. Never fails; linear; never recurses deeper than [`MAX_NESTING`].
pub(super) fn values(script: &str) -> (Vec<Value>, Option<Fault>) {
    let mut reader = Reader { script, at: 0, fault: None };
    let mut values = Vec::new();
    // What stands before the first object is the script's ("data = {…};").
    while let Some(start) = reader.rest().find(['{', '[']) {
        let before = &reader.rest()[..start];
        let blank = before.chars().all(|c| c.is_whitespace() || matches!(c, ';' | ',' | '}' | ']'));
        // "//<![CDATA[" opens nothing.
        if let Some(mark) = before.len().checked_sub(2).filter(|_| before.ends_with("<!"))
            && reader.rest()[mark..].starts_with("<![CDATA[")
        {
            reader.at += mark + "<![CDATA[".len();
            continue;
        }
        if !values.is_empty() && !blank && !before.contains("*/") {
            reader.fault("is followed by what is no JSON");
        }
        reader.at += start;
        values.extend(reader.value(0));
    }
    if values.is_empty() && !script.trim().is_empty() {
        reader.fault("is no JSON");
    }
    (values, reader.fault)
}

struct Reader<'a> {
    script: &'a str,
    at: usize,
    fault: Option<Fault>,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        &self.script[self.at..]
    }

    fn fault(&mut self, why: &'static str) {
        self.fault.get_or_insert(Fault { at: self.at, why });
    }

    /// Steps over white space, control characters and comments.
    fn blank(&mut self) {
        loop {
            let rest = self.rest();
            let solid = rest.trim_start_matches(|c: char| {
                c.is_whitespace() || c.is_control() || c == '\u{feff}'
            });
            self.at += rest.len() - solid.len();
            let end = if solid.starts_with("/*") {
                solid.find("*/").map_or(solid.len(), |end| end + 2)
            } else if solid.starts_with("//") {
                solid.find('\n').unwrap_or(solid.len())
            } else {
                return;
            };
            self.at += end;
        }
    }

    /// The value that begins here; none where none does or where it has no end.
    fn value(&mut self, depth: usize) -> Option<Value> {
        self.blank();
        match self.rest().as_bytes().first()? {
            b'{' | b'[' if depth >= MAX_NESTING => {
                self.fault("is nested too deep");
                self.at = self.script.len();
                None
            }
            b'{' => Some(Value::Object(self.object(depth))),
            b'[' => Some(Value::Array(self.array(depth))),
            b'"' => self.string('"').map(Value::String),
            b'\'' => {
                self.fault("has single quotation marks around a value");
                self.string('\'').map(Value::String)
            }
            _ => {
                let plain = |c: char| c.is_alphanumeric() || matches!(c, '+' | '-' | '.' | '_');
                let rest = self.rest();
                let end = rest.find(|c| !plain(c)).unwrap_or(rest.len());
                self.at += end;
                let word = &rest[..end];
                if word.is_empty() {
                    return None;
                }
                let value = serde_json::from_str(word).ok();
                if value.is_none() {
                    self.fault("has a word without quotation marks");
                }
                value
            }
        }
    }

    fn object(&mut self, depth: usize) -> Map<String, Value> {
        self.at += 1;
        let mut fields = Map::new();
        loop {
            self.blank();
            match self.rest().as_bytes().first() {
                None => {
                    self.fault("ends inside an object");
                    return fields;
                }
                Some(b'}') => {
                    self.at += 1;
                    return fields;
                }
                // The end of a list that this object stands in: its own was forgotten.
                Some(b']') if depth > 0 => {
                    self.fault("has an object without an end");
                    return fields;
                }
                Some(b',') => self.at += 1,
                Some(b'"') => self.field(depth, &mut fields),
                Some(_) => self.stray("has a sign where a name belongs"),
            }
        }
    }

    fn field(&mut self, depth: usize, fields: &mut Map<String, Value>) {
        let Some(name) = self.string('"') else { return };
        self.blank();
        if !self.rest().starts_with(':') {
            self.fault("has a name without a colon");
            return;
        }
        self.at += 1;
        if let Some(value) = self.value(depth + 1) {
            // A name that comes twice means its first value, as it does for a reader.
            fields.entry(name).or_insert(value);
        }
        self.blank();
        if !self.rest().is_empty() && !self.rest().starts_with([',', '}', ']']) {
            self.fault("lacks a comma between two fields");
        }
    }

    fn array(&mut self, depth: usize) -> Vec<Value> {
        self.at += 1;
        let mut values = Vec::new();
        loop {
            self.blank();
            match self.rest().as_bytes().first() {
                None => {
                    self.fault("ends inside a list");
                    return values;
                }
                Some(b']') => {
                    self.at += 1;
                    return values;
                }
                Some(b'}') if depth > 0 => {
                    self.fault("has a list without an end");
                    return values;
                }
                Some(b',') => self.at += 1,
                Some(_) => {
                    let before = self.at;
                    values.extend(self.value(depth + 1));
                    if self.at == before {
                        self.stray("has a sign where a value belongs");
                    }
                }
            }
        }
    }

    /// Steps over a sign that belongs nowhere.
    fn stray(&mut self, why: &'static str) {
        self.fault(why);
        self.at += self.rest().chars().next().map_or(0, char::len_utf8);
    }

    /// The string that begins here; none if it has no end. A quotation mark that nothing of JSON
    /// follows stands in the string.
    fn string(&mut self, quote: char) -> Option<String> {
        let start = self.at;
        self.at += 1;
        let mut text = String::new();
        loop {
            let rest = self.rest();
            let Some(end) = rest.find([quote, '\\']) else {
                self.at = start;
                self.fault("ends inside a string");
                self.at = self.script.len();
                return None;
            };
            text.push_str(&rest[..end]);
            self.at += end + 1;
            if rest[end..].starts_with('\\') {
                self.escape(&mut text);
            } else if self.closes() {
                return Some(text);
            } else {
                self.fault("has a quotation mark inside a string");
                text.push(quote);
            }
        }
    }

    /// Whether a string can have ended here.
    fn closes(&self) -> bool {
        let rest = self.rest();
        let solid = rest.trim_start();
        let broken = rest[..rest.len() - solid.len()].contains('\n');
        solid.is_empty()
            || solid.starts_with([',', ':', '}', ']'])
            || broken && solid.starts_with(['"', '/', '{', '['])
    }

    /// The character behind a backslash. Lone surrogates become U+FFFD; a backslash before what
    /// needs none is dropped.
    fn escape(&mut self, text: &mut String) {
        let rest = self.rest();
        let Some(c) = rest.chars().next() else { return };
        self.at += c.len_utf8();
        match c {
            'n' | 't' | 'r' | 'b' | 'f' => text.push(' '),
            'u' => {
                let unit = |from: usize| {
                    let digits = rest.get(from..from + 4)?;
                    let hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
                    hex.then(|| u32::from_str_radix(digits, 16).ok())?
                };
                let Some(high) = unit(1) else {
                    self.fault("has an escape that stands for no character");
                    return text.push('\u{fffd}');
                };
                self.at += 4;
                let low = rest.get(5..7).filter(|mark| *mark == "\\u").and_then(|_| unit(7));
                if let (0xd800..0xdc00, Some(low @ 0xdc00..0xe000)) = (high, low) {
                    self.at += 6;
                    let code = 0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00);
                    text.extend(char::from_u32(code));
                } else {
                    text.push(char::from_u32(high).unwrap_or('\u{fffd}'));
                }
            }
            c => text.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(script: &str) -> (Vec<Value>, Option<&'static str>) {
        let (values, fault) = values(script);
        (values, fault.map(|fault| fault.why))
    }

    #[test]
    fn json_is_read() {
        let script =
            r#" {"a": [1, -2.5, true, null, "caf\u00e9 \ud83d\ude00 \/ \"b\""], "c": {}} "#;
        assert_eq!(read(script), (vec![serde_json::from_str(script).unwrap()], None));
        assert_eq!(read("  \n"), (vec![], None));
    }

    #[test]
    fn wrappers_are_no_fault() {
        for script in [
            "//<![CDATA[\n{\"a\": 1}\n//]]>",
            "<![CDATA[{\"a\": 1}]]>",
            "<!--\n{\"a\": 1}\n-->",
            "/* data */ {\"a\": 1};",
            "{\"a\": 1,}",
            "{\"a\": /* one */ 1}",
            "\u{feff}{\"a\": 1}",
            "var data = {\"a\": 1};",
        ] {
            let (values, _) = read(script);
            assert_eq!(values, [json!({"a": 1})], "{script}");
        }
    }

    #[test]
    fn what_is_whole_is_kept() {
        for (script, kept, why) in [
            ("{\"a\": 1, \"b\": \"c", json!({"a": 1}), "ends inside a string"),
            (
                "{\"a\": 1, \"b\": {\"c\": 2",
                json!({"a": 1, "b": {"c": 2}}),
                "ends inside an object",
            ),
            (
                "{\"a\": \"b\"\n \"c\": 1}",
                json!({"a": "b", "c": 1}),
                "lacks a comma between two fields",
            ),
            (
                "{\"a\": \"so \"they\" say\", \"c\": 1}",
                json!({"a": "so \"they\" say", "c": 1}),
                "has a quotation mark inside a string",
            ),
            ("{\"a\": , \"c\": 1}", json!({"c": 1}), ""),
            ("{\"a\": undefined, \"c\": 1}", json!({"c": 1}), "has a word without quotation marks"),
            (
                "{\"a\": [{\"b\": 1], \"c\": 1}",
                json!({"a": [{"b": 1}], "c": 1}),
                "has an object without an end",
            ),
            ("{\"a\": [1, 2}, ", json!({"a": [1, 2]}), "has a list without an end"),
            ("{'a': 1, \"c\": 1}", json!({"c": 1}), "has a sign where a name belongs"),
            ("{\"a\": 'b'}", json!({"a": "b"}), "has single quotation marks around a value"),
            (
                "{\"a\": \"\\u12\"}",
                json!({"a": "\u{fffd}12"}),
                "has an escape that stands for no character",
            ),
        ] {
            let (values, fault) = read(script);
            assert_eq!((&values[..], fault.unwrap_or_default()), (&[kept][..], why), "{script}");
        }
        assert_eq!(read("not json").1, Some("is no JSON"));
        let two = read("{\"a\": 1}{\"b\": 2}");
        assert_eq!(two, (vec![json!({"a": 1}), json!({"b": 2})], None));
    }

    #[test]
    fn a_fault_says_where() {
        assert_eq!(values("{\"a\": 1, \"b\": \"c").1.map(|fault| fault.at), Some(14));
    }

    #[test]
    fn hostile_scripts_end_soon() {
        for script in [
            "[".repeat(300_000),
            "{\"a\":".repeat(100_000),
            "\"".repeat(300_000),
            format!("{{\"a\": \"{}", "\" x".repeat(100_000)),
            "{\"a\" ".repeat(100_000),
        ] {
            let start = std::time::Instant::now();
            let (_, fault) = values(&script);
            assert!(fault.is_some());
            assert!(start.elapsed().as_secs() < 5, "not linear");
        }
    }
}
