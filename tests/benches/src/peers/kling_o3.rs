//! The page kling-o3-image-to-video by hand.

#![allow(missing_docs, clippy::exhaustive_enums, clippy::exhaustive_structs, reason = "the page says what they are")]

use garde::Validate;
use serde::{Deserialize, Serialize};

use super::{optional_url, rule, url};
use crate::is_url;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
pub struct KlingO3 {
    #[garde(skip)]
    pub model: Model,
    #[garde(custom(url))]
    pub image_url: String,
    #[garde(length(chars, max = 2500))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prompt: Option<String>,
    #[garde(skip)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolution: Option<Resolution>,
    #[garde(skip)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub generate_audio: Option<bool>,
    #[garde(custom(optional_url))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end_image_url: Option<String>,
    #[garde(range(min = 3, max = 15))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration: Option<u32>,
    #[garde(skip)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shot_type: Option<ShotType>,
    #[garde(dive, custom(apart_from(self.prompt.is_some())), custom(adds_up_to(self.duration)))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub multi_prompt: Option<Vec<PromptSegment>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Model {
    #[serde(rename = "kling-o3-image-to-video")]
    O3,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Resolution {
    #[serde(rename = "720p")]
    P720,
    #[serde(rename = "1080p")]
    P1080,
    #[serde(rename = "4k")]
    Uhd4k,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ShotType {
    Customize,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
pub struct PromptSegment {
    #[garde(skip)]
    pub prompt: String,
    #[garde(range(min = 1))]
    pub duration: u32,
}

type Segments = Option<Vec<PromptSegment>>;

fn apart_from(has_prompt: bool) -> impl FnOnce(&Segments, &()) -> garde::Result {
    move |segments, ()| rule(!has_prompt || segments.is_none(), "`prompt` and `multi_prompt` cannot be used together.")
}

fn adds_up_to(total: Option<u32>) -> impl FnOnce(&Segments, &()) -> garde::Result {
    move |segments, ()| rule(sum_is(segments, total), "The durations do not add up.")
}

fn sum_is(segments: &Segments, total: Option<u32>) -> bool {
    match (segments, total) {
        (Some(segments), Some(total)) => {
            segments.iter().map(|segment| u64::from(segment.duration)).sum::<u64>() == u64::from(total)
        }
        _ => true,
    }
}

impl KlingO3 {
    /// Every rule of the page.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        if !is_url(&self.image_url) {
            return false;
        }
        if let Some(prompt) = &self.prompt
            && (prompt.chars().count() > 2500 || self.multi_prompt.is_some())
        {
            return false;
        }
        if let Some(url) = &self.end_image_url
            && !is_url(url)
        {
            return false;
        }
        if let Some(duration) = self.duration
            && !(3..=15).contains(&duration)
        {
            return false;
        }
        if let Some(segments) = &self.multi_prompt
            && segments.iter().any(|segment| segment.duration < 1)
        {
            return false;
        }
        sum_is(&self.multi_prompt, self.duration)
    }
}
