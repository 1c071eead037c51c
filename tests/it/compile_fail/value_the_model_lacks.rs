//! A value that the page does not list has no name.

use foxapi_models::veo::{Veo31ImageToVideo, VeoAspectRatio};

fn main() {
    let _ = Veo31ImageToVideo::builder().aspect_ratio(VeoAspectRatio::Square);
}
