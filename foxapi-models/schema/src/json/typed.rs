//! The types that can be read from ordered JSON.
//!
//! serde deserializes only [`Json`]: deserializing every keyword into its own type would take longer to compile than
//! all requests of a page.

use serde_json::{Number, Value};

use super::{Json, Object};

/// What can be read from JSON.
pub(crate) trait Read: Sized {
    fn read(json: &Json) -> Result<Self, String>;
}

impl Json {
    /// Reads a `T`, or says why it cannot be one.
    pub(crate) fn read<T: Read>(&self) -> Result<T, String> {
        T::read(self)
    }

    pub(crate) fn text(&self) -> Result<&str, String> {
        self.as_str().ok_or_else(|| "expected a string".to_owned())
    }

    pub(crate) fn entries(&self) -> Result<&Object, String> {
        self.as_object().ok_or_else(|| "expected an object".to_owned())
    }
}

impl Read for Value {
    fn read(json: &Json) -> Result<Self, String> {
        Ok(json.to_value())
    }
}

impl Read for String {
    fn read(json: &Json) -> Result<Self, String> {
        json.text().map(str::to_owned)
    }
}

impl Read for bool {
    fn read(json: &Json) -> Result<Self, String> {
        match json {
            Json::Boolean(flag) => Ok(*flag),
            _ => Err("expected a boolean".to_owned()),
        }
    }
}

impl Read for Number {
    fn read(json: &Json) -> Result<Self, String> {
        match json {
            Json::Number(number) => Ok(number.clone()),
            _ => Err("expected a number".to_owned()),
        }
    }
}

impl Read for usize {
    fn read(json: &Json) -> Result<Self, String> {
        let number: Number = json.read()?;
        number
            .as_u64()
            .and_then(|number| number.try_into().ok())
            .ok_or_else(|| format!("{number} is not a non-negative integer"))
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(json: &Json) -> Result<Self, String> {
        let Json::Array(items) = json else { return Err("expected an array".to_owned()) };
        let mut list = Self::new();
        for item in items {
            list.push(item.read()?);
        }
        Ok(list)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_those_of_serde_json() {
        let text = r#"{"a": [null, true, -1, 18446744073709551615, 2.5, 1e2, "x\n"], "b": {"c": {}}}"#;
        assert_eq!(Json::parse(text).map(|json| json.to_value()).ok(), serde_json::from_str(text).ok());
        assert!(Json::parse("{} x").is_err());
    }

    #[test]
    fn order_is_that_of_the_text() {
        let json = Json::parse(r#"{"z": 1, "a": 2}"#).unwrap_or(Json::Null);
        assert_eq!(json.entries().map(|it| it.iter().map(|(name, _)| name).collect()), Ok(vec!["z", "a"]));
    }

    #[test]
    fn what_is_of_another_type_is_refused() {
        let read = |text| Json::parse(text).and_then(|json| json.read::<Vec<usize>>());
        assert_eq!(read("[1, 2]"), Ok(vec![1, 2]));
        assert_eq!(read("[1.5]"), Err("1.5 is not a non-negative integer".to_owned()));
        assert_eq!(read(r#"["1"]"#), Err("expected a number".to_owned()));
        assert_eq!(read("{}"), Err("expected an array".to_owned()));
    }
}
