//! "Did you mean": the known name that a misspelt one is close to.

/// The likeliest of `known` for `found`, if any is close.
#[must_use]
pub fn closest<'a>(found: &str, known: &[&'a str]) -> Option<&'a str> {
    /// Beyond this a text is no misspelt name, and comparing it would cost much.
    const LONGEST: usize = 80;
    /// Lets transposed, missing and extra letters pass and the beginning of a name, but not `8k` for `4k`.
    const CLOSE: f64 = 0.85;
    // How much of a name is right and, since names are mostly right at their beginning, how far.
    let closeness = |name: &str, found: &str| {
        let prefix = strsim::jaro_winkler(found, name);
        (prefix >= CLOSE).then(|| prefix + strsim::normalized_damerau_levenshtein(found, name))
    };

    if found.len() > LONGEST {
        return None;
    }
    let found = found.to_ascii_lowercase();
    let mut best = None;
    for name in known {
        let closeness = closeness(&name.to_ascii_lowercase(), &found);
        // Not even a name that is not close is more than the best.
        if closeness > best.map(|(_, closeness)| closeness) {
            best = closeness.map(|closeness| (*name, closeness));
        }
    }
    best.map(|(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::closest;

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
}
