//! Finds the `model` of a body in its text without parsing the rest.

use memchr::memchr2;

/// The value of `model`, if it is written without escapes. If the text is not JSON, it may be anything.
///
/// It only decides which page reads the text; what the page then reads is what counts.
pub(crate) fn model_id(text: &[u8]) -> Option<&[u8]> {
    // The way most programs write it.
    if let Some(id) = text.strip_prefix(br#"{"model":""#) {
        let end = memchr2(b'"', b'\\', id)?;
        return id.get(..end).filter(|_| id.get(end) == Some(&b'"'));
    }
    let mut rest = Rest(text);
    rest.skip(b'{')?;
    loop {
        let name = rest.string()?;
        rest.skip(b':')?;
        if name == b"model" {
            return rest.string();
        }
        rest.value()?;
        rest.skip(b',')?;
    }
}

/// The part of the text that has not been looked at yet.
struct Rest<'t>(&'t [u8]);

impl<'t> Rest<'t> {
    /// Skips this byte and the white space before it.
    fn skip(&mut self, byte: u8) -> Option<()> {
        self.0 = self.0.trim_ascii_start().strip_prefix(&[byte])?;
        Some(())
    }

    /// Skips a string, and returns what is between the quotes, as it is written.
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
            // The escaped character may be a quote.
            at += 2;
        }
    }

    /// Skips a value.
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

    /// Skips an array or an object, up to the bracket that closes it.
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
            assert_eq!(model_id(text.as_bytes()), Some("m-1".as_bytes()), "{text}");
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
        assert_eq!(model_id(br#"{"model":"m\u002d1"}"#), None);
        assert_eq!(model_id(br#"{"model": "m\u002d1"}"#), Some(br"m\u002d1".as_slice()), "no model is called so");
    }
}
