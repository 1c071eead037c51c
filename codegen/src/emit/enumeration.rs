//! Enumerations: values with their texts, from which a macro of the runtime makes the `enum`.

use super::docs;
use crate::checked::Enumeration;
use crate::render::Block;

/// ```text
/// enumeration! {
///     /// Resolution of the video.
///     pub enum Resolution {
///         /// `720p`: Standard definition.
///         P720 = "720p",
///     }
/// }
/// ```
pub(super) fn block(set: &Enumeration) -> Block {
    let carrier = if set.open { "open_enumeration" } else { "enumeration" };
    let (name, doc) = (&set.name, docs::comment(docs::paragraphs(&set.description), 4));
    let variants: String = set
        .variants
        .iter()
        .map(|variant| {
            let (name, value) = (&variant.name, &variant.value);
            let text = match &variant.description {
                Some(description) => format!("`{value}`: {}", docs::escape(description)),
                None => format!("`{value}`."),
            };
            format!("{}        {name} = {value:?},\n", docs::comment([text], 8))
        })
        .collect();
    Block::Text(format!("{carrier}! {{\n{doc}    pub enum {name} {{\n{variants}    }}\n}}\n"))
}
