//! Tools about models: list and describe them, and check requests. None of them contacts the server.

use foxapi_models::{Model, Request};
use rmcp::handler::server::wrapper::Parameters;
use rmcp::{tool, tool_router};
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::answer::{ToolResult, done, failed};
use super::server::Server;
use crate::catalogue::{self, AnyRequest};
use crate::filter::Filter;
use crate::{example, flags, words};

/// What `list_models` looks for.
#[derive(Debug, Deserialize, JsonSchema)]
struct ModelQuery {
    /// Only models that take all of these, each a parameter ("generate_audio") or a parameter with a value ("resolution=4k").
    #[serde(default)]
    having: Vec<String>,
    /// Only models that make this kind of thing, such as "video".
    #[serde(default)]
    group: Option<String>,
}

/// A model.
#[derive(Debug, Deserialize, JsonSchema)]
struct OfModel {
    /// ID of the model, from list_models.
    model: String,
}

/// A request to check.
#[derive(Debug, Deserialize, JsonSchema)]
struct ToCheck {
    /// The request: an object with `model` and the parameters of that model.
    body: Map<String, Value>,
}

#[tool_router(router = models, vis = "pub(super)")]
impl Server {
    #[tool(
        description = "List the models: what each makes and which parameters it needs. Costs nothing.",
        annotations(title = "List models", read_only_hint = true, open_world_hint = false)
    )]
    async fn list_models(&self, Parameters(ModelQuery { having, group }): Parameters<ModelQuery>) -> ToolResult {
        let having: Vec<&str> = having.iter().map(String::as_str).collect();
        let found = match Filter::of(group.as_deref(), &having).models() {
            Ok(found) => found,
            Err(failure) => return Ok(failed(&failure)),
        };
        let models: Vec<Value> = found.into_iter().map(summary).collect();
        Ok(done(json!({"models": models})))
    }

    #[tool(
        description = "Describe a model: every parameter with its type, limits, options and default, the rules between \
                       them, and a valid body. Costs nothing.",
        annotations(title = "Describe a model", read_only_hint = true, open_world_hint = false)
    )]
    async fn describe_model(&self, Parameters(OfModel { model }): Parameters<OfModel>) -> ToolResult {
        Ok(match catalogue::find(&model) {
            Ok((model, _)) => done(json!({"model": model, "example": example::body(model)})),
            Err(failure) => failed(&failure),
        })
    }

    #[tool(
        description = "Check a request against the documented rules, without sending it: every violation with its path. \
                       Costs nothing.",
        annotations(title = "Check a request", read_only_hint = true, open_world_hint = false)
    )]
    async fn validate_request(&self, Parameters(ToCheck { body }): Parameters<ToCheck>) -> ToolResult {
        Ok(done(match AnyRequest::from_value(&body.into()) {
            Ok(request) => json!({"valid": true, "model": request.model(), "violations": []}),
            Err(violations) => json!({"valid": false, "violations": violations}),
        }))
    }
}

/// A model in a list.
fn summary(model: &Model) -> Value {
    let required = flags::parameters(model).filter(|parameter| parameter.required);
    let required: Vec<&str> = required.map(|parameter| parameter.name.as_str()).collect();
    json!({"model": model.id, "group": model.group, "makes": words::purpose(model), "required": required})
}
