//! The `model` of a body, found in its text without reading the rest.

use memchr::memchr2;

/// The id that `model` gives, if it is written without escapes; of text that is no JSON, anything.
///
/// It only says which page is to read the text: what the page then reads is what counts.
pub(crate) fn model_id(text: &[u8]) -> Option<&str> {
    let mut rest = Rest(text);
    rest.skip(b'{')?;
    loop {
        let name = rest.string()?;
        rest.skip(b':')?;
        if name == b"model" {
            return str::from_utf8(rest.string()?).ok();
        }
        rest.value()?;
        rest.skip(b',')?;
    }
}

/// What was not looked at yet.
struct Rest<'t>(&'t [u8]);

impl<'t> Rest<'t> {
    /// Passes over this byte and what blank precedes it.
    fn skip(&mut self, byte: u8) -> Option<()> {
        self.0 = self.0.trim_ascii_start().strip_prefix(&[byte])?;
        Some(())
    }

    /// Passes over a string; gives what is between the quotes, as it is written.
    fn string(&mut self) -> Option<&'t [u8]> {
        self.skip(b'"')?;
        let text = self.0;
        let mut at = 0;
        loop {
            at += memchr2(b'"', b'\\', text.get(at..)?)?;
            if text.get(at) == Some(&b'"') {
                self.0 = text.get(at + 1..)?;
                return text.get(..at);
            }
            // What is escaped may be a quote.
            at += 2;
        }
    }

    /// Passes over a value.
    fn value(&mut self) -> Option<()> {
        self.0 = self.0.trim_ascii_start();
        match self.0.first()? {
            b'"' => self.string().map(drop),
            b'{' | b'[' => self.nested(),
            _ => {
                self.0 = self.0.get(memchr2(b',', b'}', self.0)?..)?;
                Some(())
            }
        }
    }

    /// Passes over an array or an object, to the bracket that closes it.
    fn nested(&mut self) -> Option<()> {
        let mut depth = 0_usize;
        loop {
            let at = self.0.iter().position(|byte| matches!(byte, b'"' | b'{' | b'[' | b'}' | b']'))?;
            let byte = *self.0.get(at)?;
            self.0 = self.0.get(at..)?;
            if byte == b'"' {
                self.string()?;
                continue;
            }
            self.0 = self.0.get(1..)?;
            depth = if matches!(byte, b'{' | b'[') { depth + 1 } else { depth.checked_sub(1)? };
            if depth == 0 {
                return Some(());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::model_id;

    #[test]
    fn the_model_is_found_wherever_it_stands() {
        for text in [
            r#"{"model":"m-1"}"#,
            r#"{"model":"m-1","prompt":"a"}"#,
            " {\n \"model\" :\t\"m-1\" }",
            r#"{"prompt":"a \"model\": \"m-2\" \\","model":"m-1"}"#,
            r#"{"a":-1.5e3,"b":null,"c":[{"model":"m-2"},["}"]],"d":{"model":"m-2"},"model":"m-1"}"#,
            r#"{"models":"m-2","model":"m-1","model":"m-2"}"#,
        ] {
            assert_eq!(model_id(text.as_bytes()), Some("m-1"), "{text}");
        }
    }

    #[test]
    fn what_is_not_plain_is_left_to_the_reader() {
        for text in [
            "",
            " ",
            "[]",
            "{}",
            "{\"model\"",
            r#"{"model":5}"#,
            r#"{"model":null}"#,
            r#"{"a":1}"#,
            r#"{"a":[}"#,
            r#"{"a":"#,
            r#"{"a":"b"#,
            r#"{"a":"b\"#,
            r#"{"a":"b\""#,
            r#"{"a":{"#,
            r#"["model","m-1"]"#,
            r#"{"mod\u0065l":"m-1"}"#,
        ] {
            assert_eq!(model_id(text.as_bytes()), None, "{text}");
        }
        assert_eq!(model_id(b"{\"model\":\"\xff\"}"), None);
        assert_eq!(model_id(br#"{"model":"m\u002d1"}"#), Some(r"m\u002d1"), "no model has a name like that");
    }
}
