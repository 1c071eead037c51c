//! Edits of what only a schema can say: keywords, items of lists, marks, rules.

use super::{Edit, MARKDOWN, OPENAPI, edit};

const PROMPT: &str = "          description: How it should";
const REQUEST: &str = "      properties:\n        model:";

/// Edits of pages whose specs are there.
pub(super) const EDITS: &[Edit] = &[
    edit(
        MARKDOWN,
        ["keyword", "/prompt"],
        PROMPT,
        "          pattern: ^[a-z]\n          description: How it should",
        "pattern:",
    ),
    edit(
        MARKDOWN,
        ["keyword", "/prompt"],
        PROMPT,
        "          maxLength: '200'\n          description: How it should",
        "maxLength:",
    ),
    edit(
        MARKDOWN,
        ["required", "/seed"],
        "          type: [integer, 'null']",
        "          required: true\n          type: [integer, 'null']",
        "        seed:",
    ),
    edit(
        MARKDOWN,
        ["type", "/prompt"],
        PROMPT,
        "          format: email\n          description: How it should",
        "        prompt:\n",
    ),
    edit(
        MARKDOWN,
        ["mark", "/prompt"],
        PROMPT,
        "          deprecated: true\n          description: How it should",
        "deprecated:",
    ),
    edit(
        MARKDOWN,
        ["mark", "/prompt"],
        PROMPT,
        "          readOnly: true\n          description: How it should",
        "readOnly:",
    ),
    edit(
        MARKDOWN,
        ["limit", "/seed"],
        "          type: [integer, 'null']",
        "          multipleOf: 2\n          type: [integer, 'null']",
        "multipleOf:",
    ),
    edit(
        MARKDOWN,
        ["limit", ""],
        REQUEST,
        "      minProperties: 4\n      properties:\n        model:",
        "minProperties",
    ),
    edit(
        MARKDOWN,
        ["rule", ""],
        REQUEST,
        "      anyOf:\n        - required: [seed]\n        - required: [auto_fix]\n      properties:\n        model:",
        "anyOf:\n        - required",
    ),
    edit(
        MARKDOWN,
        ["rule", ""],
        REQUEST,
        "      not:\n        required: [seed, auto_fix]\n      properties:\n        model:",
        "not:",
    ),
    edit(
        MARKDOWN,
        ["rule", ""],
        REQUEST,
        "      allOf:\n        - dependentRequired:\n            seed: [auto_fix]\n      properties:\n        model:",
        "- dependentRequired:",
    ),
    edit(
        MARKDOWN,
        ["rule", ""],
        REQUEST,
        "      if:\n        required: [auto_fix]\n      then:\n        required: [seed]\n      properties:\n        model:",
        "if:",
    ),
    edit(
        OPENAPI,
        ["rule", "/prompt"],
        "\"default\": \"\"",
        "\"anyOf\": [{ \"maxLength\": 5 }, { \"minLength\": 9 }],\n            \"default\": \"\"",
        "\"anyOf\"",
    ),
];

const ORBIT: &str = "orbit-2-video.md";

/// Edits of a page that has no spec but the one that `docs new` begins.
pub(super) const INVENTED_EDITS: &[Edit] = &[
    edit(
        ORBIT,
        ["limit", "/image_urls/[]"],
        "maxLength: 2048\n            description",
        "maxLength: 1024\n            description",
        "maxLength: 1024",
    ),
    edit(
        ORBIT,
        ["limit", "/image_urls/[]"],
        "            minLength: 10\n",
        "",
        "            description: Address of a picture",
    ),
    edit(
        ORBIT,
        ["type", "/image_urls"],
        "            format: uri\n            minLength",
        "            format: uuid\n            minLength",
        "        image_urls:\n",
    ),
    edit(ORBIT, ["keyword", "/image_urls"], "          uniqueItems: true\n", "", "        image_urls:\n"),
    edit(ORBIT, ["keyword", "/tags/[]"], "^[a-z]+$", "^[a-z-]+$", "^[a-z-]+$"),
    edit(ORBIT, ["keyword", "/tags/[]"], "            pattern: '^[a-z]+$'\n", "", "        tags:\n"),
    edit(ORBIT, ["limit", "/strength"], "exclusiveMaximum: 1\n", "maximum: 1\n", "maximum: 1\n          multipleOf"),
    edit(ORBIT, ["limit", "/strength"], "multipleOf: 0.01", "multipleOf: 0.1", "multipleOf: 0.1"),
    edit(ORBIT, ["keyword", "/labels"], "maxLength: 64", "maxLength: 32", "additionalProperties:\n            type"),
    edit(ORBIT, ["mark", "/old_style"], "          deprecated: true\n", "", "        old_style:"),
    edit(ORBIT, ["keyword", "/callback_url"], "^https://\n", "^https?://\n", "^https?://"),
    edit(ORBIT, ["limit", "/segments/prompt"], "maxLength: 512", "maxLength: 500", "maxLength: 500"),
    edit(
        ORBIT,
        ["rule", ""],
        "        - required: [segments]\n",
        "        - required: [segments]\n        - required: [tags]\n",
        "anyOf:",
    ),
    edit(
        ORBIT,
        ["rule", ""],
        "        mask_url: [image_urls]",
        "        mask_url: [image_urls, tags]",
        "dependentRequired:",
    ),
];
