//! `build` does not exist before every required parameter is given.

use foxapi_models::veo::Veo31ImageToVideo;

fn main() {
    let _ = Veo31ImageToVideo::builder().prompt("petals fall").build();
}
