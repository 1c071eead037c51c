//! An agent with the SDK's own client: it looks, is refused, corrects its request, pays, waits and fetches.

use std::process::Stdio;
use std::sync::{Arc, Mutex};

use foxapi_mock::Script;
use rmcp::model::{CallToolRequestParams, CallToolResult, ProgressNotificationParam};
use rmcp::service::{NotificationContext, RunningService};
use rmcp::transport::TokioChildProcess;
use rmcp::{ClientHandler, RoleClient, ServiceExt};
use serde_json::{Value, json};

use crate::program::{KEY, Machine};

/// An agent that listens to progress.
#[derive(Clone, Default)]
struct Agent(Arc<Mutex<Vec<f64>>>);

impl ClientHandler for Agent {
    async fn on_progress(&self, params: ProgressNotificationParam, _: NotificationContext<RoleClient>) {
        self.0.lock().expect("the list").push(params.progress);
    }
}

type Client = RunningService<RoleClient, Agent>;

async fn connect(machine: &Machine) -> (Client, Agent) {
    let mut command = tokio::process::Command::from(machine.command(&["mcp"]));
    command.stdin(Stdio::piped());
    let agent = Agent::default();
    let client = agent.clone().serve(TokioChildProcess::new(command).expect("the program")).await.expect("a server");
    (client, agent)
}

async fn call(client: &Client, tool: &str, arguments: Value) -> CallToolResult {
    let Value::Object(arguments) = arguments else { panic!("an object") };
    let request = CallToolRequestParams::new(tool.to_owned()).with_arguments(arguments);
    let result = client.call_tool(request).await.expect("an answer");
    assert!(!format!("{result:?}").contains(KEY));
    result
}

/// What a tool answers when it works.
async fn ok(client: &Client, tool: &str, arguments: Value) -> Value {
    let result = call(client, tool, arguments).await;
    assert_ne!(result.is_error, Some(true), "{tool}: {result:?}");
    result.structured_content.expect("structured content")
}

/// What a tool answers when it does not.
async fn refused(client: &Client, tool: &str, arguments: Value) -> Value {
    let result = call(client, tool, arguments).await;
    assert_eq!(result.is_error, Some(true), "{tool}: {result:?}");
    result.structured_content.expect("structured content")
}

#[tokio::test]
async fn an_agent_makes_a_video() {
    let machine = Machine::new();
    machine.mock.script(Script::default());
    let (client, agent) = connect(&machine).await;

    let tools = client.list_all_tools().await.expect("tools");
    let mut names: Vec<&str> = tools.iter().map(|tool| tool.name.as_ref()).collect();
    names.sort_unstable();
    let expected = [
        "describe_model",
        "download_result",
        "get_credits",
        "get_task",
        "list_models",
        "submit_request",
        "upload_file",
        "validate_request",
        "wait_for_task",
    ];
    assert_eq!(names, expected);
    for tool in &tools {
        let annotations = tool.annotations.as_ref().expect("annotations");
        let costs = tool.name == "submit_request";
        let writes = costs || ["download_result", "upload_file"].contains(&tool.name.as_ref());
        assert_eq!(annotations.read_only_hint, Some(!writes), "{}", tool.name);
        assert_eq!(annotations.destructive_hint, writes.then_some(costs), "{}", tool.name);
        let description = tool.description.as_deref().unwrap_or_default();
        assert_eq!(description.contains("COSTS CREDITS"), costs, "{}", tool.name);
    }

    let found = ok(&client, "list_models", json!({"having": ["resolution=4k", "generate_audio"]})).await;
    let model = "veo-3.1-image-to-video";
    assert!(found["models"].as_array().expect("models").iter().any(|found| found["model"] == model), "{found}");
    let described = ok(&client, "describe_model", json!({"model": model})).await;
    assert_eq!(described["model"]["id"], model);
    let checked = ok(&client, "validate_request", json!({"body": described["example"]})).await;
    assert_eq!(checked["valid"], true);

    // A wrong request comes back with all that is wrong with it, unsent.
    let mut body = json!({"model": model, "prompt": 5, "resolution": "8k"});
    let wrong = refused(&client, "submit_request", json!({"body": body})).await;
    let paths: Vec<&str> =
        wrong["violations"].as_array().expect("violations").iter().filter_map(|it| it["path"].as_str()).collect();
    assert_eq!(paths, ["/prompt", "/image_url", "/resolution"]);
    assert_eq!(machine.mock.seen(), []);

    machine.write("garden.jpg", b"\xff\xd8\xff\xe0 a garden");
    let uploaded = ok(&client, "upload_file", json!({"file": "garden.jpg"})).await;
    body["prompt"] = "a light wind".into();
    body["image_url"] = uploaded["url"].clone();
    body["resolution"] = "4k".into();
    let submitted = ok(&client, "submit_request", json!({"body": body, "key": "scene 1"})).await;
    assert_eq!((&submitted["task_id"], &submitted["charged_now"]), (&json!("task-1"), &json!(true)));
    // An agent that calls again does not pay again.
    let again = ok(&client, "submit_request", json!({"body": body, "key": "scene 1"})).await;
    assert_eq!((&again["task_id"], &again["charged_now"]), (&json!("task-1"), &json!(false)));
    assert_eq!(machine.paid(), 1);

    let waited = ok(&client, "wait_for_task", json!({"task_id": "task-1"})).await;
    assert_eq!(waited["done"], true, "{waited}");
    let progress = agent.0.lock().expect("the list").clone();
    assert!(progress.len() >= 2 && progress.is_sorted(), "{progress:?}");
    let looked = ok(&client, "get_task", json!({"task_id": "task-1"})).await;
    assert_eq!(looked["task"]["status"], "completed");

    #[cfg(unix)]
    std::os::unix::fs::symlink("../home", machine.path("link")).expect("a link");
    for outside in ["../lake.mp4", "/tmp/lake.mp4", "", "link/lake.mp4", "x/../../lake.mp4"] {
        refused(&client, "download_result", json!({"task_id": "task-1", "file": outside})).await;
        refused(&client, "upload_file", json!({"file": outside})).await;
    }
    assert!(!machine.path("../home/lake.mp4").exists() && machine.mock.uploads().len() == 1);
    ok(&client, "download_result", json!({"task_id": "task-1", "file": "lake.mp4"})).await;
    assert!(machine.path("lake.mp4").is_file());
    refused(&client, "download_result", json!({"task_id": "task-1", "file": "lake.mp4"})).await;
    refused(&client, "upload_file", json!({"file": "../home"})).await;
    ok(&client, "get_credits", json!({})).await;
    client.cancel().await.expect("the end");
    machine.keeps_no_key();
}

#[tokio::test]
async fn a_wait_that_is_over_says_that_the_task_goes_on() {
    let machine = Machine::new();
    machine.mock.script(Script::of([json!({"status": "processing", "progress": 40})]));
    let (client, _) = connect(&machine).await;
    let body = json!({"model": "kling-v3-text-to-video", "prompt": "rain"});
    ok(&client, "submit_request", json!({"body": body})).await;
    let waited = ok(&client, "wait_for_task", json!({"task_id": "task-1", "timeout_seconds": 1})).await;
    assert_eq!((&waited["done"], &waited["task_id"]), (&json!(false), &json!("task-1")), "{waited}");
    client.cancel().await.expect("the end");
}

#[tokio::test]
async fn models_can_be_looked_at_without_a_key() {
    let machine = Machine::new();
    let mut command = tokio::process::Command::from(machine.command(&["mcp"]));
    command.env_remove("FOXAPI_API_KEY").stdin(Stdio::piped());
    let client = Agent::default().serve(TokioChildProcess::new(command).expect("the program")).await.expect("a server");
    ok(&client, "list_models", json!({})).await;
    let body = json!({"model": "kling-v3-text-to-video", "prompt": "rain"});
    assert_eq!(ok(&client, "validate_request", json!({"body": body})).await["valid"], true);
    let refusal = refused(&client, "submit_request", json!({"body": body})).await;
    assert!(refusal["error"].as_str().is_some_and(|error| error.contains("foxapi auth login")), "{refusal}");
    client.cancel().await.expect("the end");
}
