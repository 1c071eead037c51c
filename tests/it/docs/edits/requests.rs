//! Edits of the requests that a page shows, and of the rules that its words state.

use super::{Edit, MARKDOWN, TEXT, edit};

const ANSWER: &str = "{\n  \"created\"";

/// Edits of pages whose specs are there.
pub(super) const EDITS: &[Edit] = &[
    edit(
        TEXT,
        ["body", "/duration"],
        ANSWER,
        "curl https://api.foxapi.cc/v1/videos/generations -d '{\"model\": \"kling-v3-text-to-video\", \"prompt\": \"x\",\n  \"duration\": 9}'\n{\n  \"created\"",
        "  \"duration\": 9",
    ),
    edit(
        TEXT,
        ["body", "/duration"],
        ANSWER,
        "payload = {\n  \"model\": \"kling-v3-text-to-video\",\n  'prompt': 'x',\n  \"generate_audio\": True,\n  \"duration\": 9,\n}\nrequests.post(url, json=payload)\n{\n  \"created\"",
        "  \"duration\": 9",
    ),
    edit(
        TEXT,
        ["body", "/duration"],
        ANSWER,
        "fetch(url, {\n  method: 'POST',\n  body: JSON.stringify({\n    model: 'kling-v3-text-to-video',\n    prompt: 'x',\n    duration: 9\n  })\n})\n{\n  \"created\"",
        "    duration: 9",
    ),
    edit(TEXT, ["body", "/length"], "--data '\n{", "--json '\n{ \"length\": 9,", "{ \"length\": 9"),
    edit(TEXT, ["endpoint", ""], "--request POST", "--request GET", "--request GET"),
    // The answer has a model too, and is not to blame.
    edit(TEXT, ["body", "/model"], "  \"model\": \"kling-v3-text-to-video\",\n", "", "{\n  \"prompt\""),
    edit(
        MARKDOWN,
        ["body", "/duration"],
        "              short:\n",
        "              long:\n                value:\n                  model: veo-3.1-image-to-video\n                  prompt: x\n                  image_url: https://example.com/a.jpg\n                  duration: 7\n              short:\n",
        "                  duration: 7",
    ),
    edit(
        TEXT,
        ["rule", "/voice_ids"],
        "generate_audio must be true when this parameter is given",
        "Mutually exclusive with multi_prompt",
        "  • Mutually exclusive",
    ),
];
