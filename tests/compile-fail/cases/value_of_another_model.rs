//! Different sets of values are different types, though some of their values are spelt alike.

use foxapi_models::veo::Veo31ImageToVideo;
use foxapi_models::AspectRatio;

fn main() {
    let _ = Veo31ImageToVideo::builder().aspect_ratio(AspectRatio::Portrait);
}
