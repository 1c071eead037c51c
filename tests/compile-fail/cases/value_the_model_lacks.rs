//! A value that the page does not list has no name.

use foxapi_models::VeoAspectRatio;
use foxapi_models::veo::Veo31ImageToVideo;

fn main() {
    let _ = Veo31ImageToVideo::builder().aspect_ratio(VeoAspectRatio::Square);
}
