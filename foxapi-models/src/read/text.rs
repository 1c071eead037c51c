//! Writes a JSON value as the text that a request is read from.

use std::io;

use serde::Serialize;
use serde_json::Value;
use serde_json::ser::{CompactFormatter, Formatter, Serializer};

/// How many levels of arrays and objects can be read.
const DEEPEST: usize = 127;

/// The text of a value. If the value is nested too deep to be read, the text ends where reading would, so that the
/// error is the same and writing needs no more stack than reading.
pub(crate) fn text(value: &Value) -> String {
    let mut text = Vec::new();
    // An error means that the text is incomplete, which reading then refuses.
    let _ = value.serialize(&mut Serializer::with_formatter(&mut text, Shallow { level: 0 }));
    String::from_utf8(text).unwrap_or_default()
}

/// Fails once a value is nested too deep.
struct Shallow {
    level: usize,
}

impl Shallow {
    fn enter(&mut self, written: io::Result<()>) -> io::Result<()> {
        self.level += 1;
        if self.level > DEEPEST { Err(io::ErrorKind::InvalidInput.into()) } else { written }
    }
}

impl Formatter for Shallow {
    fn begin_array<W: io::Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.enter(CompactFormatter.begin_array(writer))
    }

    fn end_array<W: io::Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.level -= 1;
        CompactFormatter.end_array(writer)
    }

    fn begin_object<W: io::Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.enter(CompactFormatter.begin_object(writer))
    }

    fn end_object<W: io::Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        self.level -= 1;
        CompactFormatter.end_object(writer)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::text;

    #[test]
    fn what_can_be_read_is_written_whole() {
        let value = json!({"a": [null, true, -1.5, "\"\n"], "b": {"c": {}, "d": []}});
        assert_eq!(text(&value), value.to_string());
    }

    #[test]
    fn what_cannot_be_read_is_cut_where_reading_ends() {
        let wrap_in: [fn(Value) -> Value; 2] = [|inner| json!([inner, 1]), |inner| json!({"a": inner, "b": 1})];
        for wrap in wrap_in {
            for (innermost, levels) in [(json!(1), 128), (json!([]), 127), (json!({}), 127), (json!(1), 127)] {
                let value = (0..levels).fold(innermost, |inner, _| wrap(inner));
                let read = |text: &str| serde_json::from_str::<Value>(text).map_err(|error| error.to_string());
                assert_eq!(read(&text(&value)), read(&value.to_string()), "{levels} levels around {value}");
            }
        }
    }
}
