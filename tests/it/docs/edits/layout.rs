//! Edits of how a text lists its parameters: types and names that are rare, labels, marks.

use super::{Edit, LOSSY, MARKDOWN, TEXT, edit};

const VOICES: &str = "voice_ids\nstring[]";

/// Edits of pages whose specs are there.
pub(super) const EDITS: &[Edit] = &[
    added("cfg_scale\nfloat\n\nHow strictly\n\nvoice_ids\nstring[]", "/cfg_scale", "cfg_scale"),
    added("layers\nLayer[]\n\nOn top\n\nvoice_ids\nstring[]", "/layers", "layers"),
    added("layers\nmap<string, number> | null\n\nOn top\n\nvoice_ids\nstring[]", "/layers", "layers"),
    added("layers\nlist\n\nOn top\n\nvoice_ids\nstring[]", "/layers", "layers"),
    added("seed\nint | null\n\nChance\n\nvoice_ids\nstring[]", "/seed", "seed"),
    added("upload\nfile\n\nA file\n\nvoice_ids\nstring[]", "/upload", "upload"),
    added("tone\nTone\n\nHow it sounds\n\nvoice_ids\nstring[]", "/tone", "tone"),
    added("tone\ntone_name\nrequired\n\nHow it sounds\n\nvoice_ids\nstring[]", "/tone", "tone"),
    added("tone Tone required\n\nHow it sounds\n\nvoice_ids\nstring[]", "/tone", "tone Tone"),
    added("3d\nboolean\n\nDepth\n\nvoice_ids\nstring[]", "/3d", "3d"),
    added("@kind\nstring\n\nKind\n\nvoice_ids\nstring[]", "/@kind", "@kind"),
    added("参数\nstring\n\nKind\n\nvoice_ids\nstring[]", "/参数", "参数"),
    added("camera.kind\nstring\n\nKind\n\nvoice_ids\nstring[]", "/camera", "camera.kind"),
    edit(TEXT, ["type", "/duration"], "duration\ninteger", "duration\nDuration", "duration\nDuration"),
    edit(
        TEXT,
        ["mark", "/prompt"],
        "prompt\nstring\nrequired",
        "prompt\nstring\ndeprecated\nrequired",
        "prompt\nstring",
    ),
    edit(
        TEXT,
        ["mark", "/prompt"],
        "prompt\nstring\nrequired",
        "prompt\nstring\nread-only\nrequired",
        "prompt\nstring",
    ),
    edit(
        TEXT,
        ["keyword", "/prompt"],
        "Maximum string length: 2500",
        "Maximum string length: 2500\nPattern: ^[a-z]+$",
        "Pattern:",
    ),
    edit(
        TEXT,
        ["limit", "/voice_ids"],
        "Example:\n[\"voice",
        "Minimum array length: 1\nExample:\n[\"voice",
        "Minimum array",
    ),
    edit(
        TEXT,
        ["limit", "/voice_ids/[]"],
        "Example:\n[\"voice",
        "Maximum string length: 20\nExample:\n[\"voice",
        "Maximum string length: 20",
    ),
    edit(
        TEXT,
        ["options", "/generate_audio"],
        "Example:\n\nfalse",
        "Available options:\nfalse\nExample:\n\nfalse",
        "false\nExample",
    ),
    edit(
        LOSSY,
        ["order", "/start_image_url"],
        "First frame\n\"https://picsum.photos/id/1015/1280/720.jpg\"\nLast frame\n\"https://picsum.photos/id/1016/1280/720.jpg\"",
        "Last frame\n\"https://picsum.photos/id/1016/1280/720.jpg\"\nFirst frame\n\"https://picsum.photos/id/1015/1280/720.jpg\"",
        "Last frame",
    ),
    edit(MARKDOWN, ["unread", ""], "````yaml POST /v1/videos/generations", "````yaml POST /v1/videos", "    post:"),
];

/// A parameter that was not there before.
const fn added(text: &'static str, pointer: &'static str, at: &'static str) -> Edit {
    edit(TEXT, ["missing-in-spec", pointer], VOICES, text, at)
}
