//! The documentation may add values, so a match has to say what becomes of them.

use foxapi_models::Resolution;

fn main() {
    let _ = match Resolution::P720 {
        Resolution::P720 => 720,
        Resolution::P1080 => 1080,
        Resolution::Uhd4k => 2160,
    };
}
