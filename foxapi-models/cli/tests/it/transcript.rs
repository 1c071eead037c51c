//! The commands that the design shows, one after the other, as somebody types them.

use serde_json::{Value, json};

use crate::program::{Machine, read};

const TEXT_TO_VIDEO: &str = "kling-v3-text-to-video";
const IMAGE_TO_VIDEO: &str = "veo-3.1-image-to-video";
const LITE: &str = "veo-3.1-lite-image-to-video";

#[test]
fn models_are_found_by_what_they_take() {
    let machine = Machine::new();
    let all = machine.ok(&["models"]).stdout;
    for model in foxapi_models::models() {
        assert!(all.lines().any(|line| line.starts_with(&model.id)), "{} is missing", model.id);
    }
    let found = machine.ok(&["models", "--having", "resolution=4k", "--having", "generate_audio", "--json"]).json();
    let ids: Vec<&str> = found.as_array().expect("a list").iter().filter_map(|row| row["id"].as_str()).collect();
    assert!(ids.contains(&IMAGE_TO_VIDEO) && !ids.contains(&LITE), "{ids:?}");
    let table = machine.ok(&["models", "--having", "resolution=4k", "--having", "generate_audio"]).stdout;
    assert_eq!(table.lines().count(), ids.len() + 1);
    assert!(table.lines().next().is_some_and(|head| head.contains("RESOLUTION") && head.contains("GENERATE_AUDIO")));

    let group = foxapi_models::model(TEXT_TO_VIDEO).expect("a model").group;
    let of_group = machine.ok(&["models", "--group", group, "--json"]).json();
    let members = foxapi_models::models().filter(|model| model.group == group);
    assert_eq!(of_group.as_array().map(Vec::len), Some(members.count()));
    machine.fails(2, &["models", "--group", "smell"]);
    let unknown = machine.fails(2, &["models", "--having", "resolutoin"]);
    assert_eq!(unknown.lines("help:"), ["did you mean `resolution`?"]);
    let unknown = machine.fails(2, &["models", "--having", "person_generation=allow_adlt"]);
    assert_eq!(unknown.lines("help:"), ["did you mean `person_generation=allow_adult`?"]);
}

#[test]
fn a_model_is_described_in_every_form() {
    let machine = Machine::new();
    let text = machine.ok(&["describe", LITE]).stdout;
    let model = foxapi_models::model(LITE).expect("a model");
    let parameters = model.parameters.iter().filter(|parameter| parameter.name != "model");
    let places: Vec<_> = parameters.map(|parameter| text.find(&format!("\n{} (", parameter.name))).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "in the order of the page: {places:?}\n{text}");
    assert!(text.contains(model.docs) && text.contains("safety_tolerance: veo-3.1"), "{text}");

    let described = machine.ok(&["describe", LITE, "--json"]).json();
    assert_eq!(described, serde_json::to_value(model).expect("JSON"));
    let schema = machine.ok(&["describe", LITE, "--schema"]).stdout;
    assert_eq!(schema, machine.ok(&["schema", LITE]).stdout);
    assert!(serde_json::from_str::<Value>(&schema).is_ok_and(|schema| schema["properties"]["prompt"].is_object()));

    machine.write("example.json", machine.ok(&["describe", LITE, "--example"]).stdout);
    let checked = machine.ok(&["validate", "example.json", "--json"]);
    assert_eq!(checked.json(), json!({"valid": true, "model": LITE}));
}

/// What a language model passes to the tool is a body.
#[test]
fn models_are_tools_for_a_provider() {
    let machine = Machine::new();
    for (provider, place) in [
        ("anthropic", "/0/input_schema"),
        ("bedrock", "/0/toolSpec/inputSchema/json"),
        ("gemini", "/0/functionDeclarations/0/parametersJsonSchema"),
        ("mcp", "/0/inputSchema"),
        ("openai", "/0/parameters"),
        ("openai-chat", "/0/function/parameters"),
    ] {
        let tools = machine.ok(&["tools", "--for", provider, LITE, TEXT_TO_VIDEO]).json();
        let parameters = tools.pointer(place).unwrap_or_else(|| panic!("{provider}: {tools}"));
        assert!(parameters["properties"]["prompt"].is_object(), "{provider}: {parameters}");
    }
    // Of a page only the models that were asked for.
    let tools = machine.ok(&["tools", "--for", "anthropic", LITE]).json();
    assert_eq!(tools[0]["input_schema"]["properties"]["model"]["enum"], json!([LITE]));
    assert!(tools[0]["input_schema"]["properties"].get("safety_tolerance").is_none());
    machine.fails(2, &["tools", "--for", "anthropic"]);
    machine.fails(2, &["tools", "--for", "nobody", LITE]);
    let unknown = machine.fails(2, &["tools", "--for", "openai", "veo-3.1-lite-image-to-vide"]);
    assert_eq!(unknown.lines("help:"), [format!("did you mean `{LITE}`?")]);
}

#[test]
fn something_is_made() {
    let machine = Machine::new();
    let make = ["make", TEXT_TO_VIDEO, "--prompt", "rain on a lake", "--duration", "10", "-o", "lake.mp4"];
    let dry = machine.ok(&[&make[..], &["--dry-run"]].concat());
    let (first, body) = dry.stdout.split_once('\n').expect("two parts");
    assert_eq!(first, format!("POST {}/v1/videos/generations", machine.mock.url()));
    let body: Value = serde_json::from_str(body).expect("a body");
    assert_eq!(body, json!({"model": TEXT_TO_VIDEO, "prompt": "rain on a lake", "duration": 10}));
    assert_eq!(machine.mock.seen(), [], "a dry run sends nothing");

    let made = machine.ok(&make);
    assert_eq!(made.stdout, "lake.mp4\n");
    assert!(made.stderr.contains("if this is interrupted: foxapi wait task-1 -o lake.mp4"), "{made:#?}");
    assert!(read(&machine.path("lake.mp4")).contains("a small file of the mock"));
    let paid = machine.mock.submissions();
    assert_eq!(paid.iter().map(|submission| &submission.body).collect::<Vec<_>>(), [&body]);
    machine.keeps_no_key();
}

#[test]
fn a_local_file_is_uploaded_once() {
    let machine = Machine::new();
    machine.write("shot.txt", "a light wind\n");
    machine.write("garden.jpg", b"\xff\xd8\xff\xe0 a garden");
    let make = |file| {
        machine.ok(&["make", IMAGE_TO_VIDEO, "--prompt", "@shot.txt", "--image-url", "./garden.jpg", "-o", file])
    };
    let said = make("garden.mp4").stderr;
    assert!(said.contains("./garden.jpg: http"), "{said}");
    make("again.mp4");
    assert_eq!(machine.mock.uploads().len(), 1);
    assert_eq!(machine.mock.uploads()[0].bytes, b"\xff\xd8\xff\xe0 a garden");
    let bodies: Vec<Value> = machine.mock.submissions().into_iter().map(|submission| submission.body).collect();
    assert_eq!(bodies.len(), 2, "asked for twice");
    assert_eq!(bodies[0]["prompt"], "a light wind");
    assert!(bodies[0]["image_url"].as_str().is_some_and(|url| url.starts_with(&machine.mock.url())), "{bodies:?}");
    assert_eq!(bodies[0], bodies[1]);
}

#[test]
fn a_file_of_rows_is_made() {
    let machine = Machine::new();
    machine.write("shots.csv", "prompt,duration\nrain on a lake,5\n\"snow, on a roof\",10\n");
    let batch = ["batch", "shots.csv", "--model", TEXT_TO_VIDEO, "--out", "videos/", "--at-once", "4"];
    let made = machine.ok(&batch);
    assert_eq!(made.stdout.lines().count(), 2, "{made:#?}");
    assert!(made.stderr.contains("2 rows: 2 made, 0 missing"), "{made:#?}");
    let videos: Vec<String> = machine.files("videos").into_iter().filter(|name| !name.starts_with("journal")).collect();
    assert!(videos.len() == 2 && videos[0].starts_with("rain-on-a-lake-"), "{videos:?}");
    assert_eq!(machine.paid(), 2);
}

#[test]
fn what_was_begun_is_found_again() {
    let machine = Machine::new();
    let id = machine.ok(&["make", TEXT_TO_VIDEO, "--prompt", "rain", "--no-wait"]).stdout;
    assert_eq!(id, "task-1\n");
    let tasks = machine.ok(&["tasks"]).stdout;
    assert!(tasks.lines().any(|line| line.starts_with("task-1 ") && line.contains("submitted")), "{tasks}");
    assert_eq!(machine.ok(&["wait", "task-1", "-o", "rain.mp4"]).stdout, "rain.mp4\n");
    assert_eq!(machine.ok(&["download", "task-1", "-o", "rain-too.mp4"]).stdout, "rain-too.mp4\n");
    let tasks = machine.ok(&["tasks", "--json"]).json();
    assert_eq!((&tasks[0]["task"], &tasks[0]["state"]), (&json!("task-1"), &json!("stored")), "{tasks}");
    assert_eq!(machine.ok(&["wait", "task-1"]).stdout.lines().count(), 1, "the address of the result");
    assert_eq!(machine.paid(), 1);
}

#[test]
fn bodies_are_checked() {
    let machine = Machine::new();
    let right = json!({"model": TEXT_TO_VIDEO, "prompt": "rain"});
    let wrong = json!({"model": TEXT_TO_VIDEO, "prompt": "rain", "duration": 7});
    machine.write("bodies.jsonl", format!("{right}\n{wrong}\n"));
    let checked = machine.run(&["validate", "bodies.jsonl"]);
    assert_eq!(checked.code, Some(1));
    assert_eq!(checked.stdout, "bodies.jsonl:2: /duration: is 7, only 5 and 10 are allowed\n");
    assert_eq!(checked.stderr, "2 bodies checked, 1 invalid\n");
    let verdicts = machine.run(&["validate", "bodies.jsonl", "--json"]);
    assert_eq!((verdicts.code, verdicts.stdout.lines().count(), verdicts.stderr.as_str()), (Some(1), 2, ""));
}

#[test]
fn the_account_is_asked() {
    let machine = Machine::new();
    machine.mock.answer("GET /v1/account/credits", foxapi_mock::Answer::json(200, r#"{"balance": 12.5}"#));
    assert_eq!(machine.ok(&["credits"]).stdout, "balance: 12.5\n");
    assert_eq!(machine.ok(&["credits", "--json"]).json(), json!({"balance": 12.5}));
    machine.write("garden.jpg", b"\xff\xd8\xff");
    let address = machine.ok(&["upload", "garden.jpg"]).stdout;
    assert!(address.starts_with(&machine.mock.url()), "{address}");
    machine.fails(2, &["upload", "garden.jpg", "no-such.jpg"]);
    assert_eq!(machine.mock.uploads().len(), 1);
}

#[test]
fn the_manual_names_every_command() {
    let machine = Machine::new();
    let help = machine.ok(&["--help"]).stdout;
    let manual = machine.ok(&["man"]).stdout;
    let commands = help.split("Commands:\n").nth(1).and_then(|rest| rest.split("\n\n").next()).expect("commands");
    // A further line of a long description begins further to the right.
    let lines = commands.lines().filter(|line| !line.starts_with("   "));
    for command in lines.filter_map(|line| line.split_whitespace().next()) {
        assert!(manual.contains(command), "{command}");
        assert!(machine.ok(&["man", command]).stdout.contains(".TH"), "{command}");
        assert!(machine.ok(&[command, "--help"]).stdout.contains("Usage:"), "{command}");
    }
}
