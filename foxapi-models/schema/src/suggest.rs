//! "Did you mean": finds the known name that a misspelt one is close to.

use std::cmp::Reverse;

/// The closest of `known` to `found`, if any is close enough.
#[must_use]
pub fn closest<'a>(found: &str, known: &[&'a str]) -> Option<&'a str> {
    close(found, known).first().copied()
}

/// Those of `known` that are close enough to `found`, the closest first.
pub(crate) fn close<'a>(found: &str, known: &[&'a str]) -> Vec<&'a str> {
    /// A longer text is not a misspelt name, and comparing it would be expensive.
    const LONGEST: usize = 80;
    /// Accepts transposed, missing and extra letters and the beginning of a name, but not `8k` for `4k`.
    const CLOSE: f64 = 0.85;

    if found.len() > LONGEST {
        return Vec::new();
    }
    let found = found.to_ascii_lowercase();
    let letters = letters(&found);
    let similarity = |name: &str| strsim::jaro_winkler(&found, &name.to_ascii_lowercase());
    let might_be_close = |name: &str| letters.is_none_or(|letters| highest_similarity(&found, letters, name) >= CLOSE);
    let is_close = |name: &&str| might_be_close(name) && similarity(name) >= CLOSE;
    let mut close: Vec<&str> = known.iter().copied().filter(is_close).collect();
    // Similarity, with a bonus for a common prefix, since the beginning of a name is usually right.
    let closeness =
        |name: &str| similarity(name) + strsim::normalized_damerau_levenshtein(&found, &name.to_ascii_lowercase());
    // The bits of floats that are not negative are in the order of the floats.
    close.sort_by_cached_key(|name| Reverse(closeness(name).to_bits()));
    close
}

/// How often a text has each ASCII character; `None` if it has others.
fn letters(text: &str) -> Option<[u8; 128]> {
    let mut letters = [0_u8; 128];
    for byte in text.bytes() {
        let count = letters.get_mut(usize::from(byte))?;
        *count = count.saturating_add(1);
    }
    Some(letters)
}

/// A cheap upper bound of the Jaro-Winkler similarity: most names have too few letters in common.
fn highest_similarity(found: &str, mut letters: [u8; 128], name: &str) -> f64 {
    let mut common = 0.0;
    for byte in name.bytes() {
        match letters.get_mut(usize::from(byte.to_ascii_lowercase())) {
            Some(count @ 1..) => (*count, common) = (*count - 1, common + 1.0),
            Some(_) => {}
            // Only in ASCII is a byte a letter.
            None => return 1.0,
        }
    }
    if common == 0.0 {
        return 0.0;
    }
    let jaro = (common / found.len() as f64 + common / name.len() as f64 + 1.0) / 3.0;
    let alike = found.bytes().zip(name.bytes()).take(4).take_while(|(left, right)| left.eq_ignore_ascii_case(right));
    jaro + 0.1 * alike.count() as f64 * (1.0 - jaro)
}

#[cfg(test)]
mod tests {
    use super::{closest, highest_similarity, letters};

    const NAMES: [&str; 5] = ["model", "prompt", "image_url", "resolution", "generate_audio"];

    #[test]
    fn misspelt_names_are_recognised() {
        for (found, meant) in [
            ("promt", "prompt"),
            ("Prompt", "prompt"),
            ("imageUrl", "image_url"),
            ("image", "image_url"),
            ("resoltuion", "resolution"),
            ("generateAudio", "generate_audio"),
        ] {
            assert_eq!(closest(found, &NAMES), Some(meant), "{found}");
        }
    }

    #[test]
    fn other_names_are_not() {
        for found in ["", "style", "seconds", "fps", &"prompt".repeat(100)] {
            assert_eq!(closest(found, &NAMES), None, "{found}");
        }
        assert_eq!(closest("8k", &["720p", "1080p", "4k"]), None);
    }

    #[test]
    fn the_closest_of_similar_ids_is_meant() {
        let models = ["kling-v3-motion-control", "kling-v2-6-motion-control"];
        assert_eq!(closest("kling-v2.6-motion-control", &models), Some("kling-v2-6-motion-control"));
    }

    #[test]
    fn part_of_a_model_id_is_recognised() {
        assert_eq!(
            closest(
                "veo-3.1-lite",
                &["veo-3.1-image-to-video", "veo-3.1-fast-image-to-video", "veo-3.1-lite-image-to-video"]
            ),
            Some("veo-3.1-lite-image-to-video"),
        );
    }

    #[test]
    fn a_name_that_is_close_is_never_passed_over() {
        let names =
            NAMES.iter().copied().chain(["promt", "Image_URL", "oitulos", "a", "größe", "audio_generate", "720p"]);
        let names: Vec<&str> = names.collect();
        for found in names.iter().filter(|found| !found.chars().any(char::is_uppercase)) {
            for name in &names {
                let similarity = strsim::jaro_winkler(found, &name.to_ascii_lowercase());
                let highest = letters(found).map_or(1.0, |letters| highest_similarity(found, letters, name));
                assert!(highest + 1e-9 >= similarity || similarity < 0.85, "{found} {name}");
            }
        }
    }
}
