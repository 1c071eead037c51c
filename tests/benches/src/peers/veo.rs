//! The page veo-3.1-image-to-video by hand.

#![allow(missing_docs, clippy::exhaustive_enums, clippy::exhaustive_structs, reason = "the page says what they are")]

use garde::Validate;
use serde::{Deserialize, Serialize};

use super::kling_o3::Resolution;
use super::{rule, url};
use crate::is_url;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
pub struct Veo {
    #[garde(skip)]
    pub model: Model,
    #[garde(skip)]
    pub prompt: String,
    #[garde(custom(url))]
    pub image_url: String,
    #[garde(skip)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub aspect_ratio: Option<AspectRatio>,
    #[garde(custom(listed), custom(lite_length(self.model, self.resolution)))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration: Option<u32>,
    #[garde(custom(not_4k_if(self.model == Model::Lite)))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolution: Option<Resolution>,
    #[garde(skip)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub generate_audio: Option<bool>,
    #[garde(skip)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub auto_fix: Option<bool>,
    #[garde(range(min = 1, max = 6), custom(absent_if(self.model == Model::Lite)))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub safety_tolerance: Option<u32>,
    #[garde(custom(absent_if(self.model != Model::Standard)))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enhance_prompt: Option<bool>,
    #[garde(custom(absent_if(self.model != Model::Standard)))]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person_generation: Option<PersonGeneration>,
    #[garde(skip)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub negative_prompt: Option<String>,
    #[garde(skip)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seed: Option<i64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Model {
    #[serde(rename = "veo-3.1-image-to-video")]
    Standard,
    #[serde(rename = "veo-3.1-fast-image-to-video")]
    Fast,
    #[serde(rename = "veo-3.1-lite-image-to-video")]
    Lite,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum AspectRatio {
    #[serde(rename = "16:9")]
    Landscape,
    #[serde(rename = "9:16")]
    Portrait,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonGeneration {
    DontAllow,
    AllowAdult,
}

fn listed(duration: &Option<u32>, (): &()) -> garde::Result {
    rule(matches!(duration, None | Some(4 | 6 | 8)), "is none of 4, 6 and 8")
}

fn lite_length(model: Model, resolution: Option<Resolution>) -> impl FnOnce(&Option<u32>, &()) -> garde::Result {
    move |duration, ()| rule(length_fits(model, resolution, *duration), "At 1080p the lite model makes 8 seconds.")
}

fn length_fits(model: Model, resolution: Option<Resolution>, duration: Option<u32>) -> bool {
    model != Model::Lite || !matches!(resolution, None | Some(Resolution::P1080)) || matches!(duration, None | Some(8))
}

fn not_4k_if(is_lite: bool) -> impl FnOnce(&Option<Resolution>, &()) -> garde::Result {
    move |resolution, ()| rule(!is_lite || *resolution != Some(Resolution::Uhd4k), "The lite model has no 4k.")
}

fn absent_if<T>(lacks: bool) -> impl FnOnce(&Option<T>, &()) -> garde::Result {
    move |value, ()| rule(!lacks || value.is_none(), "The model lacks it.")
}

impl Veo {
    /// Every rule of the page.
    #[must_use]
    pub fn is_valid(&self) -> bool {
        if !is_url(&self.image_url) || !matches!(self.duration, None | Some(4 | 6 | 8)) {
            return false;
        }
        if let Some(tolerance) = self.safety_tolerance
            && (!(1..=6).contains(&tolerance) || self.model == Model::Lite)
        {
            return false;
        }
        if self.model == Model::Lite && self.resolution == Some(Resolution::Uhd4k) {
            return false;
        }
        if self.model != Model::Standard && (self.enhance_prompt.is_some() || self.person_generation.is_some()) {
            return false;
        }
        length_fits(self.model, self.resolution, self.duration)
    }
}
