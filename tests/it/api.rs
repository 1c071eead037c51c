//! The public API beyond request bodies: catalogue, schemas, enumerations, defaults, the task, unchecked requests.

use std::collections::BTreeSet;
use std::fmt::{Debug, Display};
use std::str::FromStr;

use foxapi_models::kling::{
    CharacterOrientation, KeepOriginalSound, KlingO3ImageToVideo, KlingO3ReferenceToVideo, KlingV3MotionControl,
    KlingV3MotionControlModel, KlingV3TextToVideo, MotionControlMode,
};
use foxapi_models::veo::{Veo31ImageToVideo, Veo31ImageToVideoModel};
use foxapi_models::{
    AnyRequest, AspectRatio, Choice, ErrorEnvelope, Keyword, Model, OutputKind, Parameter, ParameterKind,
    PersonGeneration, PromptSegment, Request, Resolution, ShotType, Task, TaskStatus, UnknownValue, VeoAspectRatio,
    VideoRequest, model, models,
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

fn parameter<'a>(model: &'a Model, name: &str) -> Option<&'a Parameter> {
    model.parameters.iter().find(|parameter| parameter.name == name)
}

fn catalogued(id: &str) -> &'static Model {
    model(id).unwrap_or_else(|| panic!("{id} is not in the catalogue"))
}

fn values(options: &[Choice]) -> Vec<&Value> {
    options.iter().map(|choice| &choice.value).collect()
}

mod catalogue {
    use super::*;

    #[test]
    fn models_are_listed_page_by_page() {
        let ids: Vec<_> = models().map(|model| model.id.as_str()).collect();
        let pages: Vec<_> = AnyRequest::pages().iter().flat_map(|page| page.models.iter().copied()).collect();
        assert_eq!(ids, pages);
        for id in ids {
            assert_eq!(model(id).map(|model| model.id.as_str()), Some(id));
        }
        assert!(model("veo-4").is_none() && model("").is_none());
    }

    #[test]
    fn catalogue_and_pages_agree() {
        for page in AnyRequest::pages() {
            for id in page.models {
                let model = catalogued(id);
                assert_eq!((model.request, model.docs, model.endpoint), (page.title, page.docs, page.endpoint));
            }
        }
        let listed: usize = AnyRequest::pages().iter().map(|page| page.models.len()).sum();
        assert_eq!(listed, models().count());
    }

    #[test]
    fn parameters_are_in_the_order_of_the_page() {
        let names: Vec<_> =
            catalogued("kling-v3-text-to-video").parameters.iter().map(|parameter| parameter.name.as_str()).collect();
        assert_eq!(
            names,
            [
                "model",
                "prompt",
                "resolution",
                "generate_audio",
                "negative_prompt",
                "aspect_ratio",
                "duration",
                "voice_ids",
                "multi_prompt"
            ]
        );
    }

    #[test]
    fn a_parameter_says_what_it_takes() {
        let model = catalogued("kling-v3-text-to-video");
        let prompt = parameter(model, "prompt").expect("prompt");
        assert_eq!((&prompt.kind, prompt.required, prompt.nullable), (&ParameterKind::String, true, false));
        assert_eq!(prompt.limits.get(Keyword::MaxLength), Some(json!(2500)));

        let duration = parameter(model, "duration").expect("duration");
        assert_eq!((&duration.kind, &duration.default), (&ParameterKind::Integer, &Some(json!(5))));
        assert_eq!(values(&duration.options), [&json!(5), &json!(10)]);

        let voices = parameter(model, "voice_ids").expect("voice_ids");
        assert_eq!((voices.nullable, voices.advanced), (true, true));
        assert_eq!(voices.limits.get(Keyword::MaxItems), Some(json!(2)));
        assert!(matches!(&voices.kind, ParameterKind::Array { items, .. } if items.kind == ParameterKind::String));

        let segments = parameter(model, "multi_prompt").expect("multi_prompt");
        let ParameterKind::Array { items, .. } = &segments.kind else { panic!("{segments:?}") };
        let ParameterKind::Object { properties, .. } = &items.kind else { panic!("{items:?}") };
        assert_eq!(properties[1].name, "duration");
        assert_eq!(properties[1].limits.number(Keyword::Minimum), Some(1.0));

        let image = parameter(catalogued("kling-o3-image-to-video"), "image_url").expect("image_url");
        assert_eq!(image.kind, ParameterKind::Url);
    }

    #[test]
    fn options_are_named_and_described() {
        let resolution = parameter(catalogued("kling-v3-text-to-video"), "resolution").expect("resolution");
        assert_eq!(resolution.kind, ParameterKind::Enumeration);
        assert_eq!(values(&resolution.options), [&json!("720p"), &json!("1080p"), &json!("4k")]);
        assert!(resolution.options.iter().all(|choice| choice.title.is_some() && choice.description.is_some()));
    }

    /// A form made for a model must not offer what the model lacks.
    #[test]
    fn what_a_model_lacks_is_left_out() {
        let [standard, fast, lite] =
            ["veo-3.1-image-to-video", "veo-3.1-fast-image-to-video", "veo-3.1-lite-image-to-video"].map(catalogued);
        let has = |name| [standard, fast, lite].map(|model| parameter(model, name).is_some());
        assert_eq!(has("safety_tolerance"), [true, true, false]);
        assert_eq!(has("enhance_prompt"), [true, false, false]);
        assert_eq!(has("person_generation"), [true, false, false]);
        assert_eq!(has("auto_fix"), [true, true, true]);

        let offers_4k = [standard, fast, lite].map(|model| {
            let resolution = parameter(model, "resolution").expect("resolution");
            values(&resolution.options).contains(&&json!("4k")) || resolution.examples.contains(&json!("4k"))
        });
        assert_eq!(offers_4k, [true, true, false]);
    }

    #[test]
    fn what_only_some_models_have_names_them() {
        let fast = catalogued("veo-3.1-fast-image-to-video");
        let both = ["veo-3.1-image-to-video", "veo-3.1-fast-image-to-video"];
        assert_eq!(parameter(fast, "safety_tolerance").expect("it has it").models, both);
        let resolution = parameter(fast, "resolution").expect("it has it");
        assert!(resolution.models.is_empty(), "every model has a resolution");
        let models: Vec<_> = resolution.options.iter().map(|option| option.models.len()).collect();
        assert_eq!(models, [0, 0, both.len()]);
    }

    #[test]
    fn model_is_the_model_itself() {
        for model in models() {
            let parameter = parameter(model, "model").expect("model");
            assert_eq!(values(&parameter.options), [&json!(model.id)]);
            assert!(parameter.default.iter().chain(&parameter.examples).all(|value| *value == json!(model.id)));
        }
    }

    #[test]
    fn rules_are_those_that_concern_the_model() {
        let lite = catalogued("veo-3.1-lite-image-to-video").rules.join("\n");
        let standard = &catalogued("veo-3.1-image-to-video").rules;
        assert!(lite.contains("At 1080p, which is the default, the lite model makes only 8-second videos."), "{lite}");
        assert_eq!(standard, &Vec::<String>::new());
        assert_eq!(
            catalogued("kling-v3-text-to-video").rules,
            ["Voices need generated audio.", "The segments' durations must add up to the video's duration."]
        );
    }

    #[test]
    fn it_serialises_without_what_does_not_apply() {
        let prompt = parameter(catalogued("kling-v3-text-to-video"), "prompt").expect("prompt");
        let prompt = serde_json::to_value(prompt).expect("data");
        assert_eq!(prompt["kind"], "string");
        let keys: BTreeSet<_> = prompt.as_object().expect("an object").keys().map(String::as_str).collect();
        let expected = ["name", "description", "kind", "required", "nullable", "advanced", "examples", "max_length"];
        assert_eq!(keys, BTreeSet::from(expected));
    }

    #[test]
    fn every_parameter_of_a_schema_is_in_the_catalogue() {
        for page in AnyRequest::pages() {
            let schema = page.schema.to_value();
            let properties = schema["properties"].as_object().expect("properties");
            for name in properties.keys() {
                let in_some = page.models.iter().any(|id| parameter(catalogued(id), name).is_some());
                assert!(in_some, "{}: {name}", page.slug);
            }
        }
    }
}

mod schemas {
    use super::*;

    /// Judges by the schema only, without the dialect's own keywords.
    fn accepts(schema: &Value, body: &Value) -> bool {
        let validator = jsonschema::options().should_validate_formats(true).build(schema).expect("a schema");
        validator.is_valid(body)
    }

    #[track_caller]
    fn check_schema<R: Request>(accepted: &[Value], refused: &[Value]) {
        let schema = R::json_schema();
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
        if let Err(error) = jsonschema::meta::validate(&schema) {
            panic!("{error}");
        }
        for body in accepted {
            assert!(accepts(&schema, body), "the schema refuses {body}");
            assert!(R::from_value(body).is_ok(), "reading refuses {body}");
        }
        for body in refused {
            assert!(!accepts(&schema, body), "the schema accepts {body}");
            assert!(R::from_value(body).is_err(), "reading accepts {body}");
        }
    }

    fn text_to_video(more: Value) -> Value {
        let mut body = json!({ "model": "kling-v3-text-to-video", "prompt": "rain" });
        body.as_object_mut().expect("an object").append(&mut more.as_object().expect("an object").clone());
        body
    }

    fn lite(more: Value) -> Value {
        let mut body =
            json!({ "model": "veo-3.1-lite-image-to-video", "prompt": "rain", "image_url": "https://a.b/c" });
        body.as_object_mut().expect("an object").append(&mut more.as_object().expect("an object").clone());
        body
    }

    #[test]
    fn kling_v3_text_to_video() {
        check_schema::<KlingV3TextToVideo>(
            &[
                text_to_video(json!({})),
                text_to_video(json!({ "voice_ids": null })),
                text_to_video(json!({ "voice_ids": ["a"], "generate_audio": true })),
            ],
            &[
                text_to_video(json!({ "voice_ids": ["a"] })),
                text_to_video(json!({ "voice_ids": ["a", "b", "c"], "generate_audio": true })),
                text_to_video(json!({ "duration": 7 })),
                text_to_video(json!({ "resolution": null })),
                text_to_video(json!({ "sed": 1 })),
                json!({ "model": "kling-v3-text-to-video" }),
                lite(json!({})),
                json!([]),
            ],
        );
    }

    #[test]
    fn veo_3_1_image_to_video() {
        check_schema::<Veo31ImageToVideo>(
            &[lite(json!({})), lite(json!({ "resolution": "720p", "duration": 4, "enhance_prompt": null }))],
            &[
                lite(json!({ "resolution": "4k" })),
                lite(json!({ "duration": 4 })),
                lite(json!({ "safety_tolerance": 3 })),
                lite(json!({ "image_url": "photo.jpg" })),
                lite(json!({ "aspect_ratio": "1:1" })),
            ],
        );
    }

    #[test]
    fn kling_o3_image_to_video() {
        let base = json!({ "model": "kling-o3-image-to-video", "image_url": "https://a.b/c" });
        let mut both = base.clone();
        both["prompt"] = json!("rain");
        both["multi_prompt"] = json!([{ "prompt": "rain", "duration": 3 }]);
        check_schema::<KlingO3ImageToVideo>(&[base], &[both]);
    }

    #[test]
    fn kling_o3_reference_to_video() {
        let base = json!({ "model": "kling-o3-reference-to-video" });
        let mut element = base.clone();
        element["elements"] = json!([{ "video_url": "https://a.b/c", "voice": "deep" }]);
        check_schema::<KlingO3ReferenceToVideo>(&[base], &[element]);
    }

    #[test]
    fn kling_v3_motion_control() {
        let url = "https://a.b/c";
        let base = json!({ "model": "kling-v2-6-motion-control", "image_url": url, "video_url": url });
        let mut mode = base.clone();
        mode["mode"] = json!("best");
        check_schema::<KlingV3MotionControl>(&[base], &[mode]);
    }

    #[test]
    fn schema_of_any_request_is_one_of_all() {
        check_schema::<VideoRequest>(
            &[text_to_video(json!({})), lite(json!({}))],
            &[text_to_video(json!({ "image_url": "https://a.b/c" })), json!({ "model": "veo-4" }), json!({})],
        );
        let schema = VideoRequest::json_schema();
        assert_eq!(schema["oneOf"].as_array().map(Vec::len), Some(VideoRequest::pages().len()));
    }

    #[test]
    fn schema_refers_to_nothing_outside_itself() {
        for page in AnyRequest::pages() {
            assert!(!page.schema.text().contains(".json#"), "{}", page.slug);
        }
    }

    #[test]
    fn schemars_gives_the_same_schema() {
        fn same<R: Request + schemars::JsonSchema>() {
            let mut schema = <R as Request>::json_schema();
            // schemars uses the name of the type for a schema without a title.
            let untitled = schema.as_object_mut().expect("an object");
            untitled.entry("title").or_insert_with(|| R::schema_name().into());
            assert_eq!(schemars::schema_for!(R).to_value(), schema);
        }
        same::<KlingO3ImageToVideo>();
        same::<KlingO3ReferenceToVideo>();
        same::<KlingV3MotionControl>();
        same::<KlingV3TextToVideo>();
        same::<Veo31ImageToVideo>();
        same::<VideoRequest>();
    }

    #[test]
    fn schemars_describes_enumerations_by_their_values() {
        let schema = schemars::schema_for!(Resolution).to_value();
        assert_eq!(schema["enum"], json!(["720p", "1080p", "4k"]));
    }
}

mod enumerations {
    use super::*;

    /// Each value is displayed, parsed, written and read as the same text.
    #[track_caller]
    fn check_values<T>(all: &[T], texts: &[&str])
    where
        T: Copy + Debug + Display + PartialEq + AsRef<str> + FromStr<Err = UnknownValue>,
        T: for<'a> TryFrom<&'a str, Error = UnknownValue> + Serialize + DeserializeOwned,
    {
        let displayed: Vec<_> = all.iter().map(ToString::to_string).collect();
        assert_eq!(displayed, texts);
        for (value, text) in all.iter().zip(texts) {
            assert_eq!(value.as_ref(), *text);
            assert_eq!(text.parse(), Ok(*value));
            assert_eq!(T::try_from(*text), Ok(*value));
            assert_eq!(serde_json::to_value(value).expect("a string"), json!(text));
            assert_eq!(serde_json::from_value::<T>(json!(text)).expect("a value"), *value);
        }
        let near = texts[0].to_uppercase() + " ";
        assert!(near.parse::<T>().is_err(), "texts are taken exactly");
        assert!(serde_json::from_value::<T>(json!(0)).is_err(), "a value is not an index");
        assert!(serde_json::from_value::<T>(Value::Null).is_err());
    }

    #[test]
    fn every_enumeration_has_the_values_of_its_page() {
        check_values(Resolution::ALL, &["720p", "1080p", "4k"]);
        check_values(AspectRatio::ALL, &["16:9", "9:16", "1:1"]);
        check_values(VeoAspectRatio::ALL, &["16:9", "9:16"]);
        check_values(ShotType::ALL, &["customize"]);
        check_values(PersonGeneration::ALL, &["dont_allow", "allow_adult"]);
        check_values(MotionControlMode::ALL, &["std", "pro"]);
        check_values(CharacterOrientation::ALL, &["image", "video"]);
        check_values(KeepOriginalSound::ALL, &["yes", "no"]);
        check_values(KlingV3MotionControlModel::ALL, &["kling-v3-motion-control", "kling-v2-6-motion-control"]);
        check_values(
            Veo31ImageToVideoModel::ALL,
            &["veo-3.1-image-to-video", "veo-3.1-fast-image-to-video", "veo-3.1-lite-image-to-video"],
        );
    }

    #[test]
    fn an_unknown_value_names_the_known_ones() {
        let error = "9x16".parse::<AspectRatio>().unwrap_err();
        assert_eq!(
            error.to_string(),
            r#""9x16" is unknown, only "16:9", "9:16" and "1:1" are allowed; did you mean "9:16"?"#
        );
        assert_eq!(error.allowed(), ["16:9", "9:16", "1:1"]);
        assert_eq!(error.suggestion(), Some("9:16"));
    }

    #[test]
    fn a_value_unlike_all_others_gets_no_suggestion() {
        let error = "sunrise".parse::<Resolution>().unwrap_err();
        assert_eq!(error.to_string(), r#""sunrise" is unknown, only "720p", "1080p" and "4k" are allowed"#);
        assert_eq!(error.suggestion(), None);
    }

    #[test]
    fn free_text_given_for_a_value_is_not_echoed() {
        let error = "a quiet lake at dawn".parse::<Resolution>().unwrap_err().to_string();
        assert!(error.starts_with("a string of 20 characters is unknown"), "{error}");
    }

    #[test]
    fn padding_is_respected() {
        assert_eq!(format!("{:>6}|{:<6}|", Resolution::P720, Resolution::Uhd4k), "  720p|4k    |");
    }
}

mod conversions {
    use foxapi_models::grok::GrokAspectRatio;
    use foxapi_models::kling::KlingReferenceAspectRatio;
    use foxapi_models::sora::SoraAspectRatio;
    use foxapi_models::{CompactResolution, HdResolution, PhotoAspectRatio, SeedanceResolution};

    use super::*;

    /// The values that carry over and those that do not, by their texts; they come back as they were.
    #[track_caller]
    fn check_carried<A, B>(all: &[A], lost: &[&str])
    where
        A: Copy + Debug + Display + PartialEq + TryFrom<B>,
        B: Copy + Display + TryFrom<A>,
        <B as TryFrom<A>>::Error: Debug,
        <A as TryFrom<B>>::Error: Debug,
    {
        let mut missing = Vec::new();
        for value in all {
            match B::try_from(*value) {
                Ok(carried) => {
                    assert_eq!(carried.to_string(), value.to_string());
                    assert_eq!(A::try_from(carried).expect("it came from there"), *value);
                }
                Err(_) => missing.push(value.to_string()),
            }
        }
        assert_eq!(missing, lost);
    }

    #[test]
    fn a_setting_carries_over_by_its_text() {
        assert_eq!(AspectRatio::from(VeoAspectRatio::Portrait), AspectRatio::Portrait);
        check_carried::<VeoAspectRatio, AspectRatio>(VeoAspectRatio::ALL, &[]);
        check_carried::<AspectRatio, VeoAspectRatio>(AspectRatio::ALL, &["1:1"]);
        check_carried::<HdResolution, SeedanceResolution>(HdResolution::ALL, &[]);
        check_carried::<Resolution, SeedanceResolution>(Resolution::ALL, &["4k"]);
        check_carried::<CompactResolution, Resolution>(CompactResolution::ALL, &["480p"]);
        // Sets of two families.
        check_carried::<SoraAspectRatio, PhotoAspectRatio>(SoraAspectRatio::ALL, &["1280x720", "720x1280"]);
        check_carried::<KlingReferenceAspectRatio, GrokAspectRatio>(KlingReferenceAspectRatio::ALL, &[]);
    }

    #[test]
    fn what_the_other_model_lacks_is_an_error_that_names_what_it_has() {
        let error = VeoAspectRatio::try_from(AspectRatio::Square).unwrap_err();
        assert_eq!(error.to_string(), r#""1:1" is unknown, only "16:9" and "9:16" are allowed"#);
    }
}

mod defaults {
    use super::*;

    #[test]
    fn constants_are_those_of_the_schema() {
        let schema = Veo31ImageToVideo::json_schema();
        let default = |name: &str| schema["properties"][name]["default"].clone();
        assert_eq!(default("model"), json!(Veo31ImageToVideo::DEFAULT_MODEL));
        assert_eq!(default("aspect_ratio"), json!(Veo31ImageToVideo::DEFAULT_ASPECT_RATIO));
        assert_eq!(default("duration"), json!(Veo31ImageToVideo::DEFAULT_DURATION));
        assert_eq!(default("resolution"), json!(Veo31ImageToVideo::DEFAULT_RESOLUTION));
        assert_eq!(default("generate_audio"), json!(Veo31ImageToVideo::DEFAULT_GENERATE_AUDIO));
    }

    #[test]
    fn models_differ_in_their_defaults() {
        assert_eq!(KlingV3TextToVideo::DEFAULT_RESOLUTION, Resolution::P720);
        assert_eq!(Veo31ImageToVideo::DEFAULT_RESOLUTION, Resolution::P1080);
        assert_eq!(KlingV3MotionControl::DEFAULT_PROMPT, "");
    }

    #[test]
    fn a_builder_sets_the_model_and_nothing_else() {
        let request = Veo31ImageToVideo::builder().prompt("rain").image_url("https://a.b/c").build_unchecked();
        assert_eq!(request.model, Veo31ImageToVideo::DEFAULT_MODEL);
        assert_eq!((request.resolution, request.duration, request.generate_audio), (None, None, None));
    }
}

mod unchecked {
    use super::*;

    #[test]
    fn build_unchecked_steps_around_the_rules() {
        let builder = Veo31ImageToVideo::builder()
            .model(Veo31ImageToVideoModel::Lite)
            .prompt("rain")
            .image_url("not yet known")
            .resolution(Resolution::Uhd4k)
            .duration(60);
        let request = builder.clone().build_unchecked();
        assert_eq!(
            request.to_value(),
            json!({
                "model": "veo-3.1-lite-image-to-video", "prompt": "rain", "image_url": "not yet known",
                "duration": 60, "resolution": "4k",
            })
        );
        assert!(!request.is_valid());
        let error = request.validate().unwrap_err();
        assert_eq!(builder.build().unwrap_err(), error);
        let found: Vec<_> = error.violations().iter().map(|it| (it.path.as_str(), it.keyword)).collect();
        assert_eq!(
            found,
            [("/image_url", Keyword::Format), ("/duration", Keyword::Enum), ("/resolution", Keyword::XModels)]
        );
    }

    #[test]
    fn a_changed_field_is_found_by_the_next_check() {
        let mut request = KlingV3TextToVideo::builder().prompt("rain").build().expect("valid");
        assert_eq!(request.validate(), Ok(()));
        request.voice_ids = Some(vec!["a".to_owned()]);
        assert!(VideoRequest::from(request.clone()).validate().is_err());
        request.generate_audio = Some(true);
        assert_eq!(request.validate(), Ok(()));
    }

    #[test]
    fn a_segment_is_checked_by_the_request_that_takes_it() {
        let segment = PromptSegment::builder().prompt("rain").duration(0).build();
        assert!(!segment.is_valid());
        let error = KlingV3TextToVideo::builder().prompt("rain").multi_prompt([segment]).build().unwrap_err();
        assert!(error.violations().iter().any(|it| it.path == "/multi_prompt/0/duration"), "{error}");
    }
}

mod traits {
    use super::*;

    #[test]
    fn requests_are_cloned_compared_and_shown() {
        let request = KlingV3TextToVideo::builder().prompt("rain").duration(10).build().expect("valid");
        let mut other = request.clone();
        assert_eq!(request, other);
        other.duration = None;
        assert_ne!(request, other);
        let shown = format!("{request:?}");
        assert!(shown.starts_with("KlingV3TextToVideo {") && shown.contains("duration: Some(10)"), "{shown}");
    }

    #[test]
    fn requests_and_errors_cross_threads() {
        fn crosses_threads<T: Send + Sync + 'static>() {}
        crosses_threads::<VideoRequest>();
        crosses_threads::<Task>();
        crosses_threads::<foxapi_models::ValidationError>();
        crosses_threads::<UnknownValue>();
    }

    #[test]
    fn a_request_and_its_variant_say_the_same() {
        let request = Veo31ImageToVideo::builder()
            .model(Veo31ImageToVideoModel::Fast)
            .prompt("rain")
            .image_url("https://a.b/c")
            .build()
            .expect("valid");
        let any = VideoRequest::from(request.clone());
        assert_eq!((any.model(), any.page().slug), ("veo-3.1-fast-image-to-video", "veo-3.1-image-to-video"));
        assert_eq!((any.method(), any.path()), (request.method(), request.path()));
        assert_eq!((any.to_json(), any.to_value()), (request.to_json(), request.to_value()));
        assert_eq!(VideoRequest::from_slice(any.to_json().as_bytes()), Ok(any));
    }

    #[test]
    fn an_error_is_displayed_line_by_line_and_serialised_as_a_list() {
        let error = KlingV3TextToVideo::from_json(r#"{"model": "kling-v3-text-to-video", "duration": 7}"#).unwrap_err();
        assert_eq!(error.to_string(), "/prompt: is required\n/duration: is 7, only 5 and 10 are allowed");
        assert_eq!(
            serde_json::to_value(&error).expect("data"),
            json!([
                { "path": "/prompt", "keyword": "required", "message": "is required" },
                { "path": "/duration", "keyword": "enum", "message": "is 7, only 5 and 10 are allowed" },
            ])
        );
        assert_eq!(error.into_iter().count(), 2);
    }
}

mod task {
    use super::*;

    fn read<T: DeserializeOwned>(value: &Value) -> T {
        serde_json::from_value(value.clone()).unwrap_or_else(|error| panic!("{error}: {value}"))
    }

    #[test]
    fn a_submitted_task_is_read() {
        let task: Task = read(&json!({
            "created": 1_761_313_744, "id": "task-1", "model": "kling-v3-text-to-video",
            "object": "video.generation.task", "progress": 0, "status": "pending",
            "task_info": { "can_cancel": true, "estimated_time": 120 }, "type": "video",
        }));
        assert_eq!(
            (task.id.as_str(), task.status, task.type_),
            ("task-1", TaskStatus::Pending, Some(OutputKind::Video))
        );
        assert_eq!(task.created, Some(1_761_313_744));
        assert_eq!(task.task_info.and_then(|info| info.can_cancel), Some(true));
        assert!(task.extra.is_empty());
    }

    #[test]
    fn a_finished_task_is_read() {
        let task: Task = read(&json!({
            "id": "task-1", "status": "completed", "progress": 100,
            "results": [{ "url": "https://a.b/c.mp4" }], "error": null,
            "usage": { "credits_reserved": 12.5, "user_group": "default" },
        }));
        let urls: Vec<_> = task.results.iter().flatten().filter_map(|result| result.url.as_deref()).collect();
        assert_eq!(urls, ["https://a.b/c.mp4"]);
        assert_eq!(task.usage.and_then(|usage| usage.credits_reserved), Some(12.5));
        assert_eq!(task.error, None);
    }

    #[test]
    fn a_completed_task_may_have_no_results_yet() {
        let task: Task = read(&json!({ "id": "task-1", "status": "completed", "results": null }));
        assert_eq!((task.status, task.results), (TaskStatus::Completed, None));
    }

    #[test]
    fn a_failed_task_says_why() {
        let task: Task = read(&json!({
            "id": "task-1", "status": "failed",
            "error": { "code": "invalid_image_url", "message": "cannot be fetched", "type": "task_error" },
        }));
        let error = task.error.expect("a reason");
        assert_eq!((error.code.as_deref(), error.type_.as_deref()), (Some("invalid_image_url"), Some("task_error")));
    }

    #[test]
    fn the_older_shape_is_read() {
        let task: Task = read(&json!({
            "id": "task-1", "status": "completed",
            "output": { "url": "https://a.b/c.mp4", "urls": ["https://a.b/c.mp4"], "duration": 5.04, "width": 1280, "height": 720 },
        }));
        let output = task.output.expect("an output");
        assert_eq!((output.width, output.height, output.duration), (Some(1280), Some(720), Some(5.04)));
    }

    #[test]
    fn what_the_server_adds_survives_a_round_trip() {
        let extra = json!({ "nested": [1, null, { "deep": true }] });
        let sent = json!({
            "id": "task-1", "status": "paused", "type": "3d", "progress": 42.5, "region": extra,
            "task_info": { "can_cancel": false, "queue": extra },
            "results": [{ "url": "https://a.b/c.glb", "format": extra }, { "thumbnail": "https://a.b/t.jpg" }],
            "output": { "url": "https://a.b/c.glb", "polygons": extra },
            "error": { "code": "new_code", "hint": extra },
            "usage": { "credits_reserved": 0.5, "currency": extra },
        });
        let task: Task = read(&sent);
        assert_eq!(task.status, TaskStatus::Unknown("paused".to_owned()));
        assert_eq!(task.type_, Some(OutputKind::Unknown("3d".to_owned())));
        assert_eq!(task.status.to_string(), "paused");
        assert_eq!(task.extra["region"], extra);
        assert_eq!(serde_json::to_value(&task).expect("data"), sent);
        assert_eq!(read::<Task>(&sent), task);
    }

    #[test]
    fn a_detail_of_another_type_does_not_cost_the_answer() {
        let sent = json!({ "id": "task-1", "status": "completed", "progress": "done", "results": [{ "url": 5 }] });
        let task: Task = read(&sent);
        assert_eq!((task.progress, &task.extra["progress"]), (None, &json!("done")));
        assert_eq!(serde_json::to_value(&task).expect("data"), sent);
    }

    #[test]
    fn a_task_without_id_or_status_is_none() {
        assert!(serde_json::from_value::<Task>(json!({ "status": "pending" })).is_err());
        assert!(serde_json::from_value::<Task>(json!({ "id": "task-1" })).is_err());
        assert!(serde_json::from_value::<Task>(json!(["task-1", "pending"])).is_err());
    }

    #[test]
    fn a_known_text_is_never_unknown() {
        for text in ["pending", "processing", "completed", "failed", "cancelled"] {
            let status = TaskStatus::from(text);
            assert!(!matches!(status, TaskStatus::Unknown(_)), "{text}");
            assert_eq!(status.as_str(), text);
            assert_eq!(TaskStatus::from(text.to_owned()), status);
        }
        assert_eq!(TaskStatus::from("Pending"), TaskStatus::Unknown("Pending".to_owned()));
    }

    #[test]
    fn an_error_answer_is_read_with_and_without_a_code() {
        let with: ErrorEnvelope = read(&json!({
            "error": { "message": "no", "type": "invalid_request_error", "code": "model_not_found", "param": "model" },
            "request_id": "r-1",
        }));
        assert_eq!(with.error.code.as_deref(), Some("model_not_found"));
        assert_eq!(with.error.extra["param"], "model");
        assert_eq!(with.extra["request_id"], "r-1");

        let without: ErrorEnvelope = read(&json!({ "error": { "message": "no", "type": "insufficient_quota" } }));
        assert_eq!((without.error.code, without.error.message.as_deref()), (None, Some("no")));
    }
}
