//! An edit of each kind, made to captures of each shape, is found at its line.

mod layout;
mod requests;
mod schemas;
mod words;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use tempfile::TempDir;

use super::{captures, checked, docs, specs};

/// A change of one fact on a page.
struct Edit {
    capture: &'static str,
    /// What it is about, as `--json` says it.
    topic: &'static str,
    parameter: &'static str,
    old: &'static str,
    new: &'static str,
    /// The finding is expected where this stands first in the edited capture.
    at: &'static str,
}

const fn edit(
    capture: &'static str,
    [topic, parameter]: [&'static str; 2],
    old: &'static str,
    new: &'static str,
    at: &'static str,
) -> Edit {
    Edit { capture, topic, parameter, old, new, at }
}

const TEXT: &str = "kling-v3-text-to-video.txt";
const CHINESE: &str = "kling-o3-image-to-video.zh.txt";
const LOSSY: &str = "kling-o3-reference-to-video.txt";
const MARKDOWN: &str = "veo-3.1-image-to-video.md";
const OPENAPI: &str = "kling-v3-motion-control.json";
const INVENTED: &str = "lumen-2-shots.txt";
const INVENTED_YAML: &str = "lumen-2-shots.yaml";

/// Edits of pages whose validators are built.
const EDITS: &[Edit] = &[
    // The text of a browser.
    edit(TEXT, ["model", "/model"], "default:kling-v3-", "default:kling-v4-", "default:kling-v4-"),
    edit(TEXT, ["default", "/model"], "default:kling-v3-", "default:kling-v4-", "default:kling-v4-"),
    edit(TEXT, ["model", "/model"], "kling-v3-text-to-video: from", "kling-v3-fast: from", "kling-v3-fast:"),
    edit(TEXT, ["endpoint", ""], "\nvideos\n", "\nclips\n", "POST"),
    edit(TEXT, ["endpoint", ""], "POST\n/", "PUT\n/", "PUT"),
    edit(TEXT, ["endpoint", ""], "--request POST", "--request PUT", "--request PUT"),
    edit(TEXT, ["endpoint", ""], "foxapi.cc/v1/videos", "foxapi.cc/v2/videos", "foxapi.cc/v2"),
    edit(TEXT, ["body", "/duration"], "\"duration\": 10", "\"duration\": 7", "\"duration\": 7"),
    edit(TEXT, ["body", "/length"], "\"duration\": 10", "\"length\": 10", "\"length\""),
    edit(TEXT, ["body", "/prompt"], "  \"prompt\": \"A paper boat drifts down a gutter after the rain\",\n", "", "{"),
    edit(TEXT, ["unread", ""], "\"duration\": 10\n", "\"duration\": 10,\n", "}\n'"),
    edit(TEXT, ["type", "/duration"], "duration\ninteger", "duration\nnumber", "duration\nnumber"),
    edit(TEXT, ["type", "/voice_ids"], "voice_ids\nstring[]", "voice_ids\nstring", "voice_ids\nstring"),
    edit(TEXT, ["null", "/voice_ids"], "string[] | null", "string[]", "voice_ids\nstring[]"),
    edit(TEXT, ["null", "/aspect_ratio"], "aspect_ratio\nstring", "aspect_ratio\nstring | null", "aspect_ratio\n"),
    edit(TEXT, ["required", "/prompt"], "prompt\nstring\nrequired", "prompt\nstring", "prompt\nstring\n\n"),
    edit(TEXT, ["required", "/voice_ids"], "string[] | null", "string[] | null\nrequired", "voice_ids\nstring[]"),
    edit(TEXT, ["default", "/resolution"], "default:720p", "default:1080p", "default:1080p"),
    edit(TEXT, ["default", "/resolution"], "default:720p\n", "", "resolution\nstring\n\n"),
    edit(TEXT, ["default", "/generate_audio"], "default:false", "default:true", "default:true"),
    edit(TEXT, ["default", "/negative_prompt"], "default:\"\"", "default:none", "default:none"),
    edit(TEXT, ["default", "/voice_ids"], "string[] | null", "string[] | null\ndefault:[]", "default:[]"),
    edit(
        TEXT,
        ["default", "/duration"],
        "5 — short (default)\n  • 10 — long",
        "5 — short\n  • 10 — long (default)",
        "• 10 —",
    ),
    edit(TEXT, ["options", "/resolution"], "  • 4k —", "  • 8k —\n  • 4k —", "• 8k"),
    edit(TEXT, ["options", "/aspect_ratio"], "  • 1:1 — square\n", "", "• 16:9"),
    edit(TEXT, ["options", "/duration"], "  • 10 — long", "  • 15 — long", "• 15"),
    edit(TEXT, ["options", "/negative_prompt"], "What to leave out\n", "Options: rain, fog\n", "Options: rain"),
    edit(TEXT, ["limit", "/prompt"], "length: 2500", "length: 3000", "length: 3000"),
    edit(TEXT, ["limit", "/prompt"], "At most 2500", "At most 3000", "At most 3000"),
    edit(
        TEXT,
        ["limit", "/prompt"],
        "Maximum string length: 2500",
        "Required string length: 1 - 2500",
        "Required string",
    ),
    edit(TEXT, ["limit", "/voice_ids"], "Maximum 2 voices", "Maximum 3 voices", "Maximum 3"),
    edit(
        TEXT,
        ["limit", "/duration"],
        "Example:\n\n5",
        "Required range: x >= 1\nExample:\n\n5",
        "Required range: x >= 1",
    ),
    edit(TEXT, ["unread", ""], "string length: 2500", "string length: many", "length: many"),
    edit(
        TEXT,
        ["missing-in-spec", "/cfg_scale"],
        "voice_ids\n",
        "cfg_scale\nnumber\n\nHow strictly\n\nvoice_ids\n",
        "cfg_scale",
    ),
    edit(
        TEXT,
        ["missing-on-page", "/voice_ids"],
        "voice_ids\nstring[] | null\n\nWho speaks\n\nNotes:\n\n  • Maximum 2 voices\n  • generate_audio must be true when this parameter is given\n\nDo not pass this parameter unless necessary.\n\nExample:\n[\"voice_123456\"]\n",
        "",
        "duration\ninteger",
    ),
    edit(TEXT, ["missing-in-spec", "/negative_text"], "negative_prompt\n", "negative_text\n", "negative_text"),
    edit(TEXT, ["example", "/duration"], "Example:\n\n5\n", "Example:\n\n10\n", "10\n\nvoice_ids"),
    edit(TEXT, ["example", "/generate_audio"], "Example:\n\nfalse\n\n", "", "generate_audio\nboolean"),
    edit(TEXT, ["body", "/duration"], "Example:\n\n5\n", "Example:\n\n7\n", "7\n\nvoice_ids"),
    edit(TEXT, ["body", "/voice_ids/0"], "[\"voice_123456\"]", "[123456]", "[123456]"),
    edit(
        TEXT,
        ["advice", "/negative_prompt"],
        "What to leave out\n\nDo not pass this parameter unless necessary.",
        "What to leave out",
        "negative_prompt",
    ),
    edit(
        TEXT,
        ["advice", "/duration"],
        "Seconds\n",
        "Seconds\n\nDo not pass this parameter unless necessary.\n",
        "Do not pass this parameter unless necessary.\n\nAvailable",
    ),
    // The same in Chinese.
    edit(CHINESE, ["model", "/model"], "默认值:kling-o3-", "默认值:kling-o4-", "默认值:kling-o4-"),
    edit(CHINESE, ["model", "/model"], "kling-o3-image-to-video:由", "kling-o3-pro:由", "kling-o3-pro:"),
    edit(CHINESE, ["endpoint", ""], "\ngenerations\n", "\ngenerate\n", "POST"),
    edit(CHINESE, ["type", "/duration"], "duration\ninteger", "duration\nstring", "duration\nstring"),
    edit(CHINESE, ["null", "/duration"], "integer | null", "integer", "duration\ninteger"),
    edit(CHINESE, ["required", "/image_url"], "image_url\nstring\n必填", "image_url\nstring", "image_url\nstring"),
    edit(CHINESE, ["default", "/resolution"], "默认值:720p", "默认值:4k", "默认值:4k"),
    edit(CHINESE, ["options", "/resolution"], "  • 1080p — 高清\n", "", "• 720p"),
    edit(CHINESE, ["options", "/resolution"], "  • 4k —", "  • 2k —", "• 2k"),
    edit(CHINESE, ["options", "/shot_type"], "固定为 customize", "固定为 auto", "固定为 auto"),
    edit(CHINESE, ["limit", "/prompt"], "最大字符串长度: 2500", "最大字符串长度: 2000", "最大字符串长度: 2000"),
    edit(CHINESE, ["limit", "/prompt"], "最长 2500 字符", "最长 2000 字符", "最长 2000"),
    edit(CHINESE, ["limit", "/duration"], ",3-15", ",3-20", ",3-20"),
    edit(CHINESE, ["limit", "/duration"], "示例:\n\n5", "必填范围: 3 <= x <= 20\n示例:\n\n5", "必填范围: 3 <= x <= 20"),
    edit(CHINESE, ["example", "/duration"], "示例:\n\n5\n", "示例:\n\n6\n", "6\n\nshot_type"),
    edit(
        CHINESE,
        ["body", "/end_image_url"],
        "示例:\n\n\"https://example.com/sea.jpg\"",
        "示例:\n\n\"sea.jpg\"",
        "\"sea.jpg\"",
    ),
    edit(CHINESE, ["body", "/duration"], "\"duration\": 5", "\"duration\": 99", "\"duration\": 99"),
    edit(CHINESE, ["advice", "/shot_type"], "非必须不要传这个参数。\n\n示例", "示例", "shot_type"),
    edit(
        CHINESE,
        ["missing-in-spec", "/seed"],
        "shot_type\n",
        "seed\ninteger | null\n\n随机种子\n\nshot_type\n",
        "seed",
    ),
    edit(
        CHINESE,
        ["missing-on-page", "/end_image_url"],
        "end_image_url\nstring | null\n\n尾帧的地址\n\n示例:\n\n\"https://example.com/sea.jpg\"\n\n",
        "",
        "generate_audio\nboolean",
    ),
    // Without names.
    edit(
        LOSSY,
        ["model", "/model"],
        "\"kling-o3-reference-to-video\"",
        "\"kling-o4-reference-to-video\"",
        "\"kling-o4",
    ),
    edit(LOSSY, ["model", "/model"], "kling-o3-reference-to-video: a", "kling-o3-pro: a", "kling-o3-pro"),
    edit(LOSSY, ["limit", "/prompt"], "multi_prompt2500", "multi_prompt3000", "What to show"),
    edit(LOSSY, ["limit", "/duration"], "3-15", "3-20", "3-20"),
    edit(LOSSY, ["options", "/resolution"], "4k — largest", "8k — largest", "8k —"),
    edit(LOSSY, ["options", "/resolution"], "1080p — large", "", "720p —"),
    edit(LOSSY, ["options", "/aspect_ratio"], "9:16, 1:1", "9:16, 4:3", "4:3"),
    edit(LOSSY, ["options", "/shot_type"], "fixed to customize", "fixed to auto", "How shots"),
    edit(LOSSY, ["example", "/duration"], "\n5\n", "\n6\n", "6\nHow"),
    edit(LOSSY, ["example", "/generate_audio"], "\nfalse\n", "\ntrue\n", "true"),
    edit(LOSSY, ["body", "/duration"], "\n5\n", "\n50\n", "50\nHow"),
    edit(
        LOSSY,
        ["body", "/start_image_url"],
        "\"https://picsum.photos/id/1015",
        "\"ftp://picsum.photos/id/1015",
        "\"ftp:",
    ),
    edit(LOSSY, ["body", "/elements/0/front_image_url"], "\"frontal_image_url\"", "\"front_image_url\"", "[\n{"),
    edit(LOSSY, ["missing-on-page", "/generate_audio"], "Whether there is sound\nfalse\n", "", "How sharp"),
    edit(
        LOSSY,
        ["missing-in-spec", ""],
        "Whether there is sound\n",
        "How many\n3\nWhether there is sound\n",
        "How many",
    ),
    // Markdown with OpenAPI in YAML.
    edit(MARKDOWN, ["model", "/model"], "fast-image-to-video: faster", "quick-image-to-video: faster", "quick-image"),
    edit(
        MARKDOWN,
        ["model", "/model"],
        "            - veo-3.1-lite-image-to-video",
        "            - veo-3.1-light-image-to-video",
        "- veo-3.1-light",
    ),
    edit(
        MARKDOWN,
        ["default", "/model"],
        "default: veo-3.1-image",
        "default: veo-3.1-fast-image",
        "default: veo-3.1-fast",
    ),
    edit(
        MARKDOWN,
        ["endpoint", ""],
        "paths:\n  /v1/videos/generations:",
        "paths:\n  /v1/videos/generate:",
        "    post:",
    ),
    edit(MARKDOWN, ["type", "/seed"], "type: [integer, 'null']", "type: [string, 'null']", "seed:"),
    edit(MARKDOWN, ["null", "/auto_fix"], "type: [boolean, 'null']", "type: boolean", "auto_fix:"),
    edit(MARKDOWN, ["null", "/safety_tolerance"], "            - type: 'null'\n", "", "safety_tolerance:"),
    edit(MARKDOWN, ["required", "/image_url"], "        - image_url\n", "", "        image_url:\n"),
    edit(MARKDOWN, ["default", "/duration"], "default: 8", "default: 6", "default: 6"),
    edit(MARKDOWN, ["options", "/resolution"], "            - 4k\n", "            - 4k\n            - 8k\n", "- 8k"),
    edit(MARKDOWN, ["options", "/duration"], "Options: 4, 6, 8", "Options: 4, 8", "Options: 4, 8"),
    edit(MARKDOWN, ["options", "/aspect_ratio"], "            - `9:16` — upright\n", "", "- `16:9` —"),
    edit(MARKDOWN, ["limit", "/safety_tolerance"], "maximum: 6", "maximum: 10", "maximum: 10"),
    edit(MARKDOWN, ["limit", "/safety_tolerance"], "              minimum: 1\n", "", "safety_tolerance:"),
    edit(
        MARKDOWN,
        ["limit", "/prompt"],
        "          description: How it",
        "          maxLength: 2000\n          description: How it",
        "maxLength: 2000",
    ),
    edit(MARKDOWN, ["options", "/negative_prompt"], "In any language", "Options: rain, fog", "Options: rain"),
    edit(MARKDOWN, ["example", "/seed"], "example: 42", "example: 43", "example: 43"),
    edit(
        MARKDOWN,
        ["body", "/image_url"],
        "          example: https://example.com/photo.jpg",
        "          example: photo.jpg",
        "example: photo.jpg",
    ),
    edit(MARKDOWN, ["body", "/duration"], "duration: 8\n", "duration: 5\n", "duration: 5"),
    edit(
        MARKDOWN,
        ["advice", "/seed"],
        "          description: Do not pass this parameter unless necessary.\n          example: 42",
        "          example: 42",
        "        seed:",
    ),
    edit(
        MARKDOWN,
        ["missing-in-spec", "/fps"],
        "        seed:",
        "        fps:\n          type: integer\n        seed:",
        "fps:",
    ),
    edit(
        MARKDOWN,
        ["missing-on-page", "/generate_audio"],
        "        generate_audio:\n          type: boolean\n          default: false\n          example: true\n",
        "",
        "        resolution:\n",
    ),
    // OpenAPI in JSON.
    edit(
        OPENAPI,
        ["model", "/model"],
        "\"enum\": [\"kling-v3-motion-control\"",
        "\"enum\": [\"kling-v4-motion-control\"",
        "\"kling-v4",
    ),
    edit(OPENAPI, ["endpoint", ""], "https://api.foxapi.cc/v1", "https://api.foxapi.cc/v2", "\"post\""),
    edit(OPENAPI, ["endpoint", ""], "\"post\": {", "\"put\": {", "\"put\""),
    edit(
        OPENAPI,
        ["type", "/mode"],
        "\"type\": \"string\",\n            \"enum\": [\"std\"",
        "\"type\": \"boolean\",\n            \"enum\": [\"std\"",
        "\"mode\": {",
    ),
    edit(
        OPENAPI,
        ["type", "/image_url"],
        "\"image_url\": {\n            \"type\": \"string\"",
        "\"image_url\": {\n            \"type\": \"array\"",
        "\"image_url\": {",
    ),
    edit(
        OPENAPI,
        ["null", "/prompt"],
        "\"default\": \"\"",
        "\"nullable\": true,\n            \"default\": \"\"",
        "\"prompt\": {",
    ),
    edit(OPENAPI, ["required", "/video_url"], "\"image_url\", \"video_url\"]", "\"image_url\"]", "\"video_url\": {"),
    edit(OPENAPI, ["default", "/mode"], "\"default\": \"std\"", "\"default\": \"pro\"", "\"default\": \"pro\""),
    edit(
        OPENAPI,
        ["default", "/prompt"],
        "\"type\": \"string\",\n            \"default\": \"\"",
        "\"type\": \"string\"",
        "\"prompt\": {",
    ),
    edit(OPENAPI, ["options", "/mode"], "[\"std\", \"pro\"]", "[\"std\", \"pro\", \"max\"]", "\"max\""),
    edit(OPENAPI, ["options", "/character_orientation"], "- `video` —", "- `both` —", "- `both`"),
    edit(OPENAPI, ["options", "/keep_original_sound"], "[\"yes\", \"no\"]", "[\"yes\"]", "[\"yes\"]"),
    edit(
        OPENAPI,
        ["limit", "/prompt"],
        "\"default\": \"\"",
        "\"maxLength\": 100,\n            \"default\": \"\"",
        "\"maxLength\"",
    ),
    edit(OPENAPI, ["example", "/mode"], "\"example\": \"std\"", "\"example\": \"pro\"", "\"example\": \"pro\""),
    edit(
        OPENAPI,
        ["body", "/video_url"],
        "\"example\": \"https://example.com/dance.mp4\"",
        "\"example\": \"dance.mp4\"",
        "\"example\": \"dance.mp4\"",
    ),
    edit(OPENAPI, ["body", "/mode"], "\"mode\": \"pro\"", "\"mode\": \"max\"", "\"mode\": \"max\""),
    edit(
        OPENAPI,
        ["advice", "/keep_original_sound"],
        "\"description\": \"Do not pass this parameter unless necessary.\",\n",
        "",
        "\"keep_original_sound\": {",
    ),
    edit(
        OPENAPI,
        ["missing-in-spec", "/seed"],
        "\"prompt\": {",
        "\"seed\": { \"type\": \"integer\" },\n          \"prompt\": {",
        "\"seed\"",
    ),
    edit(
        OPENAPI,
        ["missing-on-page", "/prompt"],
        "          \"prompt\": {\n            \"type\": \"string\",\n            \"default\": \"\"\n          },\n",
        "",
        "\"mode\": {",
    ),
];

/// Edits of a page that has no spec but the one that `docs new` begins.
const INVENTED_EDITS: &[Edit] = &[
    edit(
        INVENTED,
        ["model", "/model"],
        "lumen-2-shots, lumen-2-shots-turbo",
        "lumen-2-shots, lumen-2-shots-slow",
        "lumen-2-shots-slow",
    ),
    edit(INVENTED, ["endpoint", ""], "POST /v1/videos/generations", "POST /v1/videos", "POST /v1/videos"),
    edit(INVENTED, ["type", "/guidance"], "number | nulldefault:0.5", "integer | nulldefault:0.5", "guidance\ninteger"),
    edit(INVENTED, ["type", "/layers/url"], "string<uri>required", "integerrequired", "layers.url"),
    edit(INVENTED, ["null", "/seed"], "integer<int64> | null", "integer<int64>", "seed\n"),
    edit(INVENTED, ["null", "/camera/pan"], "number | nulldefault:0\n", "numberdefault:0\n", "camera."),
    edit(INVENTED, ["required", "/prompt"], "prompt\nstringrequired", "prompt\nstring", "prompt\nstring"),
    edit(INVENTED, ["required", "/camera/zoom"], "camera.zoom\nintegerrequired", "camera.zoom\ninteger", "camera.zoom"),
    edit(INVENTED, ["default", "/ratio"], "nulldefault:16:9", "nulldefault:9:16", "nulldefault:9:16"),
    edit(INVENTED, ["default", "/style"], "gentle (default)", "gentle", "style"),
    edit(INVENTED, ["options", "/frame_rate"], "24,\n30", "24,\n60", "60"),
    edit(INVENTED, ["options", "/frame_rate"], "24,\n30", "24", "24"),
    edit(INVENTED, ["options", "/style"], "hard\tharsh", "rough\tharsh", "rough"),
    edit(INVENTED, ["limit", "/images"], "`1 - 4` elements", "`1 - 5` elements", "`1 - 5`"),
    edit(INVENTED, ["limit", "/guidance"], "0 < x <= 1", "0 <= x <= 1", "0 <= x"),
    edit(INVENTED, ["limit", "/seed"], "x >= 0", "x >= 1", "x >= 1"),
    edit(INVENTED, ["limit", "/camera/pan"], "-10 <= x <= 10", "-10 <= x <= 20", "x <= 20"),
    edit(INVENTED, ["limit", "/layers"], "Maximum array length: 3", "Maximum array length: 4", "length: 4"),
    edit(INVENTED, ["limit", "/prompt"], "Required string length: `1 - 800`\n", "", "prompt\nstring"),
    edit(INVENTED, ["missing-in-spec", "/layers/angle"], "layers.opacity", "layers.angle", "layers.angle"),
    edit(INVENTED, ["missing-on-page", "/layers/opacity"], "layers.opacity\nnumber\n\nHow thick\n", "", "layers.url"),
    edit(INVENTED_YAML, ["limit", "/guidance"], "exclusiveMinimum: true\n", "exclusiveMinimum: false\n", "minimum: 0"),
    edit(INVENTED_YAML, ["options", "/ratio"], "'21:9', null]", "'4:3', null]", "'4:3'"),
    edit(
        INVENTED_YAML,
        ["null", "/camera"],
        "                    nullable: true\n                    allOf: [",
        "                    allOf: [",
        "camera:",
    ),
    edit(
        INVENTED_YAML,
        ["default", "/camera/pan"],
        "maximum: 10, default: 0",
        "maximum: 10, default: 1",
        "default: 1 ",
    ),
    edit(INVENTED_YAML, ["required", "/layers/url"], "                      required: [url]\n", "", "url: {"),
];

/// A parameter that stands elsewhere on a page.
struct Move {
    capture: &'static str,
    parameter: &'static str,
    /// What is moved begins here and ends before `end`.
    start: &'static str,
    end: &'static str,
    /// Where it goes: before this.
    before: &'static str,
}

const MOVES: &[Move] = &[
    Move {
        capture: TEXT,
        parameter: "/negative_prompt",
        start: "negative_prompt\n",
        end: "aspect_ratio\n",
        before: "voice_ids\n",
    },
    Move {
        capture: CHINESE,
        parameter: "/shot_type",
        start: "shot_type\n",
        end: "multi_prompt\nobject",
        before: "image_url\nstring",
    },
    Move {
        capture: MARKDOWN,
        parameter: "/seed",
        start: "        seed:\n",
        end: "````\n",
        before: "        duration:\n",
    },
    Move {
        capture: OPENAPI,
        parameter: "/mode",
        start: "          \"mode\": {\n",
        end: "          \"prompt\": {\n",
        before: "          \"image_url\": {\n",
    },
];

/// A capture with a change, and the finding that it must lead to.
struct Edited {
    capture: &'static str,
    text: String,
    topic: &'static str,
    parameter: &'static str,
    line: usize,
}

fn read(folder: &str, capture: &str) -> String {
    fs::read_to_string(captures(folder).join(capture)).expect("the capture")
}

/// The line on which something stands first.
fn line_of(text: &str, at: &str) -> usize {
    let place = text.find(at).unwrap_or_else(|| panic!("there is no {at:?}"));
    text[..place].matches('\n').count() + 1
}

fn edited(edit: &Edit, folder: &str) -> Edited {
    let Edit { capture, topic, parameter, old, new, at } = *edit;
    let text = read(folder, capture);
    assert!(text.contains(old), "{capture} has no {old:?}");
    let text = text.replacen(old, new, 1);
    let line = line_of(&text, at);
    Edited { capture, text, topic, parameter, line }
}

fn moved(it: &Move) -> Edited {
    let Move { capture, parameter, start, end, before } = *it;
    let text = read("captures", capture);
    let (above, rest) = text.split_once(start).expect("the start");
    let (inner, below) = rest.split_once(end).expect("the end");
    let part = format!("{start}{inner}");
    let text = format!("{above}{end}{below}").replacen(before, &format!("{part}{before}"), 1);
    assert!(text.contains(&part), "{capture}: {part:?} has moved");
    let line = line_of(&text, &part);
    Edited { capture, text, topic: "order", parameter, line }
}

/// Writes each edited capture into a folder of its own, checks all at once, and says which changes were not found.
fn not_found(edits: Vec<Edited>, spec: Option<&Path>) -> Vec<String> {
    let root = TempDir::new().expect("a temporary folder");
    let mut wanted = BTreeMap::new();
    for (number, edit) in edits.into_iter().enumerate() {
        let path = root.path().join(number.to_string()).join(edit.capture);
        fs::create_dir(path.parent().expect("a folder")).expect("a folder");
        fs::write(&path, &edit.text).expect("the capture can be written");
        wanted.insert(path, edit);
    }
    let paths: Vec<_> = wanted.keys().cloned().collect();
    let (outcome, pages) = checked(&paths, spec);
    assert_eq!(outcome.code, Some(1), "{outcome:#?}");
    let mut missing = Vec::new();
    for (path, Edited { capture, topic, parameter, line, .. }) in &wanted {
        let page = pages.iter().find(|page| page["capture"] == path.display().to_string());
        let findings = page.and_then(|page| page["findings"].as_array().cloned()).unwrap_or_default();
        let is_found = findings.iter().any(|it| {
            let place = &it["spec"];
            let is_right = it["topic"] == *topic && it["parameter"] == *parameter && it["line"] == *line;
            is_right && place["file"].is_string() && place["line"].is_u64() && place["column"].is_u64()
        });
        if !is_found {
            missing.push(format!("{capture}:{line}: {topic} {parameter}; found {findings:#?}"));
        }
    }
    missing
}

#[test]
fn an_edit_of_each_kind_is_found_in_each_shape() {
    let edits = [EDITS, layout::EDITS, requests::EDITS, schemas::EDITS, words::EDITS].into_iter().flatten();
    let edits = edits.map(|edit| edited(edit, "captures")).chain(MOVES.iter().map(moved));
    let missing = not_found(edits.collect(), None);
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn edits_of_an_unknown_family_are_found_with_the_spec_that_was_begun_from_it() {
    let spec = specs();
    for capture in [INVENTED, "orbit-2-video.md"] {
        let capture = captures("invented").join(capture);
        let outcome = docs(["new".as_ref(), capture.as_os_str(), "--spec".as_ref(), spec.path().as_os_str()]);
        assert_eq!(outcome.code, Some(0), "{outcome:#?}");
    }
    let edits = INVENTED_EDITS.iter().chain(schemas::INVENTED_EDITS).chain(words::INVENTED_EDITS);
    let edits = edits.map(|edit| edited(edit, "invented"));
    let missing = not_found(edits.collect(), Some(spec.path()));
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn every_kind_of_finding_has_an_edit() {
    let topics = EDITS.iter().chain(INVENTED_EDITS).chain(schemas::EDITS).map(|edit| edit.topic);
    let found: BTreeSet<_> = topics.chain(MOVES.iter().map(|it| moved(it).topic)).collect();
    let source = fs::read_to_string(foxapi_tests::workspace().join("xtask/docs/src/finding.rs")).expect("the source");
    let words = source.lines().filter_map(|line| line.trim().strip_prefix("Self::")?.split('"').nth(1));
    let known: BTreeSet<_> = words.collect();
    assert_eq!(found, known);
}
