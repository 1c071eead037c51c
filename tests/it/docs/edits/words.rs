//! Edits of what words say beside labels, or in their place: limits, defaults, lists.

use super::{CHINESE, Edit, INVENTED, MARKDOWN, OPENAPI, TEXT, edit};

/// Edits of pages whose specs are there.
pub(super) const EDITS: &[Edit] = &[
    edit(TEXT, ["limit", "/voice_ids"], "Maximum 2 voices", "Supports 1-4 voices", "Supports 1-4"),
    edit(TEXT, ["limit", "/prompt"], "At most 2500", "At most 300", "At most 300"),
    edit(
        TEXT,
        ["limit", "/negative_prompt"],
        "What to leave out",
        "What to leave out, up to 300 characters",
        "What to leave",
    ),
    edit(TEXT, ["default", "/aspect_ratio"], "default:16:9\n", "", "aspect_ratio\nstring"),
    edit(TEXT, ["default", "/aspect_ratio"], "9:16 — upright", "9:16 — upright (default)", "  • 9:16"),
    edit(TEXT, ["default", "/duration"], "Seconds\n", "Seconds, default is 10\n", "Seconds, default"),
    edit(CHINESE, ["limit", "/duration"], "时长(秒),3-15", "时长(秒),取值范围：[3, 10]", "时长(秒)"),
    edit(CHINESE, ["default", "/generate_audio"], "有没有声音\n", "有没有声音，默认开启\n", "有没有声音"),
    edit(
        MARKDOWN,
        ["limit", "/safety_tolerance"],
        "Do not pass this parameter unless necessary.\n          example: 3",
        "From 1 to 5\n          example: 3",
        "From 1 to 5",
    ),
    edit(
        MARKDOWN,
        ["rule", "/seed"],
        "type: [integer, 'null']\n          description: Do",
        "type: [integer, 'null']\n          description: Not applicable for veo-3.1-lite-image-to-video. Do",
        "description: Not applicable",
    ),
    edit(
        TEXT,
        ["rule", "/voice_ids"],
        "generate_audio must be true",
        "generate_audio must be **false**",
        "generate_audio must",
    ),
    edit(
        OPENAPI,
        ["options", "/mode"],
        "\"enum\": [\"std\", \"pro\"],",
        "\"enum\": [\"std\", \"pro\"],\n            \"description\": \"Options: std, max\",",
        "Options: std, max",
    ),
    edit(
        TEXT,
        ["options", "/negative_prompt"],
        "What to leave out\n",
        "What to leave out, accepted values: rain, fog\n",
        "What to leave",
    ),
    edit(CHINESE, ["options", "/end_image_url"], "尾帧的地址", "尾帧的地址，可选 first、last", "尾帧的地址"),
];

/// Edits of a page that has no spec but the one that `docs new` begins.
pub(super) const INVENTED_EDITS: &[Edit] =
    &[edit(INVENTED, ["limit", "/images"], "Pictures\n", "Up to 3 pictures\n", "Up to 3")];
