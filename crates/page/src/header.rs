//! Header: `Name: value` lines before a body, as WARC records, HTTP answers and mail have them.
//!
//! Read leniently, because crawlers store what servers send: LF without CR, names with spaces
//! before the colon, folded lines, bytes of any charset. Parsers for live connections refuse all
//! of that.

/// The lines before a body.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Header {
    /// The first line: `WARC/1.0`, `HTTP/1.1 200 OK`.
    pub(crate) first: String,
    /// Names in lower case, and values, in order.
    fields: Vec<(String, String)>,
}

impl Header {
    /// The first value of that name (given in lower case) that is not empty.
    pub(crate) fn get(&self, name: &'static str) -> Option<&str> {
        self.all(name).next()
    }

    /// All values of that name that are not empty, in order.
    pub(crate) fn all(&self, name: &'static str) -> impl Iterator<Item = &str> {
        let named = self.fields.iter().filter(move |(key, value)| key == name && !value.is_empty());
        named.map(|(_, value)| value.as_str())
    }
}

/// How many bytes of `bytes` are header, the blank line at its end included; nothing if there is no
/// blank line in them. Linear.
pub(crate) fn header_len(bytes: &[u8]) -> Option<usize> {
    for at in memchr::memchr_iter(b'\n', bytes) {
        match bytes.get(at + 1) {
            Some(b'\n') => return Some(at + 2),
            Some(b'\r') if bytes.get(at + 2) == Some(&b'\n') => return Some(at + 3),
            _ => {}
        }
    }
    None
}

/// The header that `bytes` hold. Bytes that are no UTF-8 become U+FFFD; lines without a colon are
/// left out, lines that begin with white space continue the one before. Never fails; linear.
pub(crate) fn header(bytes: &[u8]) -> Header {
    let text = String::from_utf8_lossy(bytes);
    let mut lines = text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line));
    let mut header =
        Header { first: lines.next().unwrap_or_default().trim().to_owned(), ..Header::default() };
    for line in lines {
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = header.fields.last_mut()
                && !line.trim().is_empty()
            {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((name, value)) = line.split_once(':') {
            header.fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    header
}

/// The media type of a `Content-Type` value, in lower case, without its parameters.
pub(crate) fn media_type(value: &str) -> String {
    let end = value.find([';', ',', ' ']).unwrap_or(value.len());
    value[..end].to_ascii_lowercase()
}

/// The `charset` parameter of a `Content-Type` value.
pub(crate) fn charset_of(value: &str) -> Option<&'static encoding_rs::Encoding> {
    let lower = value.to_ascii_lowercase();
    let (_, rest) = lower.split_once("charset")?;
    let label = rest.trim_start().strip_prefix('=')?.trim_start();
    let label = label.trim_start_matches(['"', '\'']);
    let end = label.find(['"', '\'', ';', ',', ' ']).unwrap_or(label.len());
    encoding_rs::Encoding::for_label(&label.as_bytes()[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_read_leniently() {
        let bytes =
            b"HTTP/1.1 200 OK\nContent-Type : text/html;\n charset=koi8-r\r\nX\xff: 1\nno colon\n\nbody";
        let len = header_len(bytes).unwrap();
        assert_eq!(&bytes[len..], b"body");
        let header = header(&bytes[..len]);
        assert_eq!(header.first, "HTTP/1.1 200 OK");
        let kind = header.get("content-type").unwrap();
        assert_eq!((kind, media_type(kind).as_str()), ("text/html; charset=koi8-r", "text/html"));
        assert_eq!(charset_of(kind).unwrap().name(), "KOI8-R");
        assert_eq!(charset_of("text/html; Charset=\"UTF-8\"").unwrap().name(), "UTF-8");
        assert!(charset_of("text/html; charset=none").is_none());
        assert_eq!(header_len(b"A: b\r\n\r\n"), Some(8));
        assert_eq!(header_len(b"A: b\r\n"), None);
    }
}
