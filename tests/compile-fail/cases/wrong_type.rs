//! A number is not given as text.

use foxapi_models::kling::KlingV3TextToVideo;

fn main() {
    let _ = KlingV3TextToVideo::builder().duration("5");
}
