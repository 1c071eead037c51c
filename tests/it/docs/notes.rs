//! What cannot be compared is said: an edit that is no finding shows in the list of what was not checked.

use std::fs;

use tempfile::TempDir;

use super::{captures, checked};

/// A capture, an edit of it, and what is said because of it.
type Case = (&'static str, &'static str, &'static str, &'static str);

const TEXT: &str = "kling-v3-text-to-video.txt";
const CHINESE: &str = "kling-o3-image-to-video.zh.txt";
const LOSSY: &str = "kling-o3-reference-to-video.txt";
const MARKDOWN: &str = "veo-3.1-image-to-video.md";
const OPENAPI: &str = "kling-v3-motion-control.json";

const CASES: &[Case] = &[
    // Keywords that no spec can have.
    (
        MARKDOWN,
        "          description: How it should",
        "          contentMediaType: text/plain\n          description: How it should",
        "`contentMediaType` of `prompt` (line 71)",
    ),
    (
        MARKDOWN,
        "          description: How it should",
        "          pattern: '\\s'\n          description: How it should",
        "`pattern` of `prompt` (line 71)",
    ),
    (MARKDOWN, "type: [integer, 'null']", "type: [integer, 'null']\n          format: int32", "`format` of `seed`"),
    (
        MARKDOWN,
        "      properties:\n        model:",
        "      additionalProperties: true\n      properties:\n        model:",
        "`additionalProperties` of the request (line 57)",
    ),
    (
        MARKDOWN,
        "        seed:\n",
        "        task:\n          type: string\n          readOnly: true\n        seed:\n",
        "`task` (line 143): read-only",
    ),
    (
        OPENAPI,
        "\"default\": \"\"",
        "\"discriminator\": {},\n            \"default\": \"\"",
        "`discriminator` of `prompt`",
    ),
    (TEXT, "duration\ninteger", "duration\ninteger<int32>", "`format` of `duration`"),
    // What is no part of the JSON body.
    (
        MARKDOWN,
        "      requestBody:\n",
        "      parameters:\n        - { name: trace, in: query }\n      requestBody:\n",
        "`trace`: no part of the body",
    ),
    (
        MARKDOWN,
        "          application/json:\n            schema:\n              $ref",
        "          multipart/form-data: {}\n          application/json:\n            schema:\n              $ref",
        "the body as multipart/form-data (line 26)",
    ),
    (TEXT, "\nBody\n", "\nQuery Parameters\n\ntrace\nstring\n\nA name\n\nBody\n", "`trace`: no part of the body"),
    // Labels that are gone, while words still say it.
    (TEXT, "Maximum string length: 2500\n", "", "labels for maxLength of `prompt`"),
    (CHINESE, "默认值:kling-o3-image-to-video\n", "", "a label for the default of `model`"),
    // Numbers, ratios, formats and models in words.
    (TEXT, "Who speaks", "Who speaks, 12 seconds each", "says of 12 about `voice_ids`"),
    (TEXT, "What to leave out", "What to leave out at 21:9", "says of 21:9 about `negative_prompt`"),
    (TEXT, "What to leave out", "What to leave out of the MP4", "says of mp4 about `negative_prompt`"),
    (TEXT, "Who speaks", "Who speaks, with kling-v4-pro", "says of kling-v4-pro about `voice_ids`"),
    (LOSSY, "limited to 4Do", "limited to 7Do", "says of 7 about `elements`"),
    (TEXT, "Who speaks", "Who speaks: some_one", "says of some_one about `voice_ids`"),
    // Rules in other words.
    (
        TEXT,
        "generate_audio must be true when this parameter is given",
        "See generate_audio",
        "Voices need generated audio.",
    ),
    // Sentences that no rule can be made of: the parameter has a default, or the form is not known.
    (TEXT, "What to leave out", "Conflicts with voice_ids", "of `negative_prompt`: Conflicts with voice_ids"),
    (TEXT, "What to leave out", "Requires voice_ids", "of `negative_prompt`: Requires voice_ids"),
    (
        TEXT,
        "What to leave out",
        "Only available for kling-v3-text-to-video",
        "of `negative_prompt`: Only available for kling-v3-text-to-video",
    ),
    (
        TEXT,
        "Who speaks",
        "Only effective when generate_audio is true",
        "of `voice_ids`: Only effective when generate_audio is true",
    ),
    (
        TEXT,
        "720p — small",
        "720p — small, not available for kling-v3-text-to-video",
        "of `resolution`: 720p — small, not available for",
    ),
    (
        MARKDOWN,
        "          description: How it should",
        "          description: Not supported by veo-3.1-lite-image-to-video. How it should",
        "of `prompt`: Not supported by veo-3.1-lite-image-to-video",
    ),
    (TEXT, "segments must equal the", "segments must not exceed the", "of `multi_prompt`: The sum of the durations"),
    (TEXT, "must equal the", "must be less than or equal to the", "of `multi_prompt`: The sum of the durations"),
    // Requests that cannot be judged.
    (TEXT, "--data '\n{", "--data @body.json\n{", "its body is in a file"),
    (TEXT, "--data '\n{", "--form a=b\n{", "its body is a form"),
    (TEXT, "curl --request POST", "http POST", "the page's own request"),
    (
        TEXT,
        "Documentation Index",
        "payload = {\"model\": MODEL}\nrequests.post(url, json=payload)\n",
        "the request in Python on line",
    ),
    (TEXT, "Documentation Index", "client.Do(http.NewRequest(\"POST\", url, body))\n", "the request in Go on line"),
    (TEXT, "Documentation Index", "curl https://api.foxapi.cc/v1/tasks/1\n", "it is not to the endpoint of this page"),
];

#[test]
fn what_cannot_be_compared_is_said() {
    let folder = TempDir::new().expect("a temporary folder");
    let write = |name: String, capture: &str, text: String| {
        let path = folder.path().join(name).join(capture);
        fs::create_dir(path.parent().expect("a folder")).expect("a folder");
        fs::write(&path, text).expect("the capture can be written");
        path
    };
    let mut paths = Vec::new();
    for (number, (capture, old, new, _)) in CASES.iter().enumerate() {
        let text = fs::read_to_string(captures("captures").join(capture)).expect("the capture");
        assert!(text.contains(old), "{capture} has no {old:?}");
        paths.push(write(format!("{number}-edited"), capture, text.replacen(old, new, 1)));
        paths.push(write(format!("{number}-as-it-was"), capture, text));
    }
    let (_, pages) = checked(&paths, None);
    let says = |path: &std::path::Path, expected: &str| {
        let page = pages.iter().find(|page| page["capture"] == path.display().to_string());
        let notes = page.and_then(|page| page["not_checked"].as_array()).expect("notes");
        notes.iter().any(|note| note.as_str().is_some_and(|it| it.contains(expected)))
    };
    for ((capture, old, new, expected), pair) in CASES.iter().zip(paths.chunks(2)) {
        assert!(says(&pair[0], expected), "{capture}: {old:?} to {new:?} says nothing of {expected:?}");
        assert!(!says(&pair[1], expected), "{capture} says so as it was: {expected:?}");
    }
}
