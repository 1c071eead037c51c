//! The keywords that JSON Schema does not have, implemented only from `dialect.schema.json`.

use jsonschema::{Keyword, Retrieve, ValidationError, ValidationOptions};
use serde_json::{Map, Value, json};

use super::specs::{FileSchema, Specs};

/// Checks a value against a keyword; returns the property that is to blame if the value is wrong.
type Check = dyn Fn(&Value) -> Option<String> + Send + Sync;

struct Custom(Box<Check>);

impl<'i> Keyword<'i> for Custom {
    fn validate(&self, instance: &'i Value) -> Result<(), ValidationError<'i>> {
        (self.0)(instance).map_or(Ok(()), |property| Err(ValidationError::custom(property)))
    }

    fn is_valid(&self, instance: &'i Value) -> bool {
        (self.0)(instance).is_none()
    }
}

type Options<'o> = ValidationOptions<'o, std::sync::Arc<dyn Retrieve>>;

/// Registers the keywords; `type` is among them because [deviation](super::deviations) 1 is about it.
pub(crate) fn keywords(options: Options<'_>) -> Options<'_> {
    let options = with(options, "type", |value| {
        let types: Vec<String> = match value {
            Value::Array(types) => types.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
            single => single.as_str().map(str::to_owned).into_iter().collect(),
        };
        Box::new(move |value| {
            let fits = types.iter().any(|name| super::deviations::has_type(value, name));
            (!fits).then(String::new)
        })
    });
    let options = with(options, "x-uri-schemes", |schemes| {
        let schemes: Vec<String> = names(schemes);
        let uri = jsonschema::options()
            .should_validate_formats(true)
            .build(&serde_json::json!({ "format": "uri" }))
            .expect("a schema");
        Box::new(move |value| {
            let Value::String(text) = value else { return None };
            let has_data = || schemes.iter().any(|known| known == "data") && has_data(text);
            (!(uri.is_valid(value) && (has_scheme_and_host(text, &schemes) || has_data()))).then(String::new)
        })
    });
    let options = with(options, "x-sum-equals", |rule| {
        let [items, property, total] = ["items", "property", "total"].map(|member| text(rule, member));
        let default = rule.get(DEFAULT).cloned();
        Box::new(move |object| {
            let parts = object.get(&items)?.as_array()?;
            let total = object.get(&total).filter(|total| !total.is_null()).or(default.as_ref()).and_then(integer)?;
            let sum = parts.iter().map(|part| part.get(&property).and_then(integer)).sum::<Option<i128>>()?;
            (sum != total).then(|| items.clone())
        })
    });
    with(options, "x-combined-max-items", |rule| {
        let arrays = names(&rule["arrays"]);
        let maximum = rule["maximum"].as_u64().expect("a count");
        Box::new(move |object| {
            let lengths = arrays.iter().filter_map(|name| object.get(name)?.as_array()).map(|array| array.len() as u64);
            (lengths.sum::<u64>() > maximum).then(|| arrays[0].clone())
        })
    })
}

fn with<'o>(options: Options<'o>, name: &str, read: fn(&Value) -> Box<Check>) -> Options<'o> {
    options.with_keyword(name, move |_: &Map<String, Value>, value: &Value, _| {
        Ok(Box::new(Custom(read(value))) as Box<dyn for<'i> Keyword<'i>>)
    })
}

fn names(list: &Value) -> Vec<String> {
    list.as_array().expect("a list").iter().map(|name| name.as_str().expect("a name").to_owned()).collect()
}

fn text(rule: &Value, member: &str) -> String {
    rule[member].as_str().expect("a name").to_owned()
}

fn integer(value: &Value) -> Option<i128> {
    super::deviations::has_type(value, "integer").then(|| value.to_string().parse().ok())?
}

/// Splits a URI as in section 3 of RFC 3986: scheme, authority, and the host in it.
fn has_scheme_and_host(uri: &str, schemes: &[String]) -> bool {
    let Some((scheme, rest)) = uri.split_once(':') else { return false };
    let Some(rest) = rest.strip_prefix("//") else { return false };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    let is_named =
        if host.starts_with('[') { host.len() > 2 } else { !host.split(':').next().unwrap_or("").is_empty() };
    is_named && schemes.iter().any(|known| known != "data" && known.eq_ignore_ascii_case(scheme))
}

/// Splits a URI as in RFC 2397: `data:`, an optional media type with parameters, a comma, data without a fragment.
fn has_data(uri: &str) -> bool {
    let Some(colon) = uri.find(':') else { return false };
    let Some(comma) = uri.find(',') else { return false };
    if !uri[..colon].eq_ignore_ascii_case("data") || uri.contains('#') {
        return false;
    }
    let media = &uri[colon + 1..comma];
    let end = media.find(';').unwrap_or(media.len());
    match media[..end].find('/') {
        Some(slash) => slash > 0 && slash + 1 < end,
        None => end == 0,
    }
}

/// Where [`settle_totals`] leaves the default of a total.
const DEFAULT: &str = "default of the total";

/// Records at each `x-sum-equals` the default of its total: a keyword of `jsonschema` sees only its own schema, while
/// the default is in the definition of the object that the rule is about.
pub(crate) fn settle_totals(specs: &mut Specs) {
    let known = specs.clone();
    for (file, spec) in specs.iter_mut() {
        settle(spec, file, &known, None);
    }
}

fn settle(value: &mut Value, file: &str, specs: &Specs, owner: Option<FileSchema<'_>>) {
    let written = value.clone();
    // Only the definition of an object says whether it can have further properties.
    let mut parts = specs.parts(FileSchema { file, value: &written }).into_iter();
    let owner = parts.find(|part| part.get("additionalProperties").is_some()).or(owner);
    if let Some(rule) = value.get_mut("x-sum-equals").and_then(Value::as_object_mut) {
        let total = rule.get("total").and_then(Value::as_str).unwrap_or_default();
        let total = owner.and_then(|owner| owner.inner("properties")?.inner(total));
        let parts = total.into_iter().flat_map(|total| specs.parts(total));
        let default = parts.into_iter().find_map(|part| part.get("default"));
        rule.extend(default.map(|default| (DEFAULT.to_owned(), default.clone())));
    }
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| settle(item, file, specs, owner)),
        Value::Object(members) => members.values_mut().for_each(|member| settle(member, file, specs, owner)),
        _ => {}
    }
}

/// Replaces every `x-models` with the equivalent rule.
pub(crate) fn settle_models(specs: &mut Specs) {
    for (_, page) in specs.iter_mut() {
        let listed = page.pointer("/properties/model/oneOf").or_else(|| page.pointer("/properties/model/enum"));
        let models: Vec<Value> = listed
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .map(|it| it.get("const").unwrap_or(it).clone())
            .collect();
        let mut rules = Vec::new();
        for (name, parameter) in page.get("properties").and_then(Value::as_object).into_iter().flatten() {
            let beside_null = parameter.get("anyOf").and_then(Value::as_array).into_iter().flatten();
            let forms: Vec<&Value> = std::iter::once(parameter).chain(beside_null).collect();
            let options = forms.iter().flat_map(|form| form.get("oneOf").and_then(Value::as_array)).flatten();
            let lacking = options.map(|option| (option, json!({ "not": { "const": option.get("const") } })));
            for (place, lacking) in std::iter::once((parameter, json!({ "type": "null" }))).chain(lacking) {
                let Some(having) = place.get("x-models").map(names) else { continue };
                let others: Vec<&Value> =
                    models.iter().filter(|model| !having.iter().any(|known| *model == known)).collect();
                rules.push(json!({
                    "if": { "required": ["model"], "properties": { "model": { "enum": others } } },
                    "then": { "properties": { name: lacking } },
                }));
            }
        }
        if let (Some(page), false) = (page.as_object_mut(), rules.is_empty()) {
            let written = page.entry("allOf").or_insert_with(|| json!([]));
            written.as_array_mut().expect("a list").extend(rules);
        }
    }
}
