//! The account: its credits, and the models that its key may use.

use serde_json::{Map, Value};

use crate::runtime::answer;

use super::answer::document;
use super::error::{ClientError, Operation};
use super::exchange::exchange;
use super::{Client, noted};

const CREDITS: &str = "/v1/account/credits";
const MODELS: &str = "/v1/models";

impl Client {
    /// Fetches the credits of the account and of the key.
    ///
    /// ```no_run
    /// # async fn example(client: foxapi_models::Client) -> Result<(), foxapi_models::ClientError> {
    /// for (place, number) in client.credits().await?.numbers() {
    ///     println!("{place}: {number}");
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// There was no answer despite retries, or the API refused the request.
    pub async fn credits(&self) -> Result<Credits, ClientError> {
        self.question(CREDITS).await.map(Credits)
    }

    /// Fetches the models that the key may use, including chat models.
    ///
    /// Their IDs are not always those of the documentation: variants such as `veo-3.1[4k]` have been seen. For the models
    /// whose requests this crate can check, see [`models()`](crate::models).
    ///
    /// # Errors
    ///
    /// As [`credits`](Self::credits).
    pub async fn key_models(&self) -> Result<Vec<KeyModel>, ClientError> {
        let list: List = self.question(MODELS).await?;
        Ok(list.data)
    }

    async fn question<T: serde::de::DeserializeOwned>(&self, path: &str) -> Result<T, ClientError> {
        let work = self.0.retry.run(async || {
            let request = self.prepared(self.0.http.get(self.url(path))).timeout(self.0.request_timeout);
            document(exchange(request, Operation::Ask, &self.0.key).await?, &self.0.key)
        });
        noted(work).await
    }
}

/// What the API says about credits. The fields are not documented, so the answer is kept as it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Credits(Value);

impl Credits {
    /// The whole answer.
    pub fn as_value(&self) -> &Value {
        &self.0
    }

    /// The number at a JSON Pointer such as `/data/balance`, including one that is written as a string.
    pub fn number(&self, pointer: &str) -> Option<f64> {
        number(self.0.pointer(pointer)?)
    }

    /// Every number with its JSON Pointer, at most 1000 of them.
    ///
    /// ```
    /// let said = serde_json::json!({"user": {"balance": "12.5", "name": "Ann"}, "used": 3});
    /// let credits = foxapi_models::client::Credits::from(said);
    /// assert_eq!(credits.number("/user/balance"), Some(12.5));
    /// assert_eq!(credits.numbers(), [("/used".to_owned(), 3.0), ("/user/balance".to_owned(), 12.5)]);
    /// ```
    pub fn numbers(&self) -> Vec<(String, f64)> {
        let mut numbers = Vec::new();
        collect(&self.0, &mut String::new(), &mut numbers);
        numbers.sort_by(|(one, _), (other, _)| one.cmp(other));
        numbers
    }
}

impl From<Value> for Credits {
    fn from(said: Value) -> Self {
        Self(said)
    }
}

fn number(value: &Value) -> Option<f64> {
    let number = match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    };
    number.filter(|number: &f64| number.is_finite())
}

/// A hostile answer could have very many numbers with very long pointers.
const MOST_NUMBERS: usize = 1000;

fn collect(value: &Value, path: &mut String, numbers: &mut Vec<(String, f64)>) {
    let length = path.len();
    match value {
        _ if numbers.len() >= MOST_NUMBERS => {}
        Value::Object(members) => {
            for (name, value) in members {
                foxapi_schema::pointer::push(path, name);
                collect(value, path, numbers);
                path.truncate(length);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                foxapi_schema::pointer::push(path, &index.to_string());
                collect(value, path, numbers);
                path.truncate(length);
            }
        }
        scalar => numbers.extend(number(scalar).map(|number| (path.clone(), number))),
    }
}

/// A model that a key may use.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct KeyModel {
    /// ID of the model, for the parameter `model`.
    pub id: String,
    /// Owner of the model.
    pub owned_by: Option<String>,
    /// Kinds of endpoints that accept it.
    pub supported_endpoint_types: Option<Vec<String>>,
    /// Fields that this version does not know.
    pub extra: Map<String, Value>,
}

answer!(KeyModel { id: required, owned_by: optional, supported_endpoint_types: optional });

/// `{"object": "list", "data": […]}`.
struct List {
    data: Vec<KeyModel>,
    extra: Map<String, Value>,
}

answer!(List { data: required });
