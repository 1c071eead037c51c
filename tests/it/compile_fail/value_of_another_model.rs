//! Different sets of values are different types, though some of their values are spelt alike.

use foxapi_models::{AspectRatio, Veo31ImageToVideo};

fn main() {
    let _ = Veo31ImageToVideo::builder().aspect_ratio(AspectRatio::Portrait);
}
