//! Requests as applications send them: a prompt of 400 characters, one or two URLs, a few settings.

/// 400 characters.
pub const PROMPT: &str = "A light wind passes through the petals of an old cherry tree that stands alone on a hill above \
a quiet lake. The camera starts close to one flower, then draws back slowly until the whole tree is seen, and behind it \
the water with the first light of the morning. Petals fall, some of them land on the water and drift away in small \
circles. A heron flies low over the lake. Calm, warm, as on film......";

/// The address of a picture, 43 bytes.
pub const URL: &str = "https://picsum.photos/id/1015/1280/720.jpeg";

/// IDs of the pages that have a typical body, in the order of their names.
pub const PAGES: [&str; 5] = [
    "kling-o3-image-to-video",
    "kling-o3-reference-to-video",
    "kling-v3-motion-control",
    "kling-v3-text-to-video",
    "veo-3.1-image-to-video",
];

/// A typical body of a page, as JSON text.
///
/// # Panics
///
/// No such page.
#[must_use]
pub fn body(page: &str) -> String {
    let settings = match page {
        "kling-o3-image-to-video" => format!(
            r#""image_url":"{URL}","resolution":"1080p","generate_audio":true,"end_image_url":"{URL}","duration":5"#
        ),
        "kling-o3-reference-to-video" => {
            format!(r#""resolution":"1080p","image_urls":["{URL}","{URL}"],"aspect_ratio":"16:9","duration":5"#)
        }
        "kling-v3-motion-control" => format!(r#""image_url":"{URL}","video_url":"{URL}","mode":"pro""#),
        "kling-v3-text-to-video" => r#""resolution":"1080p","generate_audio":true,"negative_prompt":"blurry, watermark, text","aspect_ratio":"16:9","duration":10"#.to_owned(),
        "veo-3.1-image-to-video" => format!(
            r#""image_url":"{URL}","aspect_ratio":"16:9","duration":8,"resolution":"1080p","generate_audio":true,"seed":42"#
        ),
        other => panic!("no page is called {other}"),
    };
    format!(r#"{{"model":"{page}","prompt":"{PROMPT}",{settings}}}"#)
}
