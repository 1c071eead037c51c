//! The words by which a page marks what it says, in the languages in which it says it.

use crate::page::Mark;

/// What a label introduces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Label {
    Example,
    /// The values that the schema of the page lists.
    Enumerated,
    /// The values that the words of the page list.
    Listed,
    Range,
    StringLength,
    MinLength,
    MaxLength,
    ArrayLength,
    MinItems,
    MaxItems,
    /// Of a string or an array.
    MaxSize,
    MinSize,
    MultipleOf,
    Pattern,
    /// Words follow.
    Notes,
}

const LABELS: &[(Label, &[&str])] = &[
    (Label::Example, &["Example", "Examples", "示例", "例子", "示例值"]),
    (Label::Enumerated, &["Available options", "Allowed value", "Allowed values", "可用选项", "允许值", "允许的值"]),
    (
        Label::Listed,
        &[
            "Options",
            "Option",
            "Available values",
            "Values",
            "Supported values",
            "Accepted values",
            "Accepted",
            "One of",
            "Supported options",
            "Possible values",
            "Valid values",
            "Choices",
            "可选值",
            "可用值",
            "可选项",
            "选项",
            "取值",
            "支持的值",
            "支持的选项",
            "可选参数值",
            "枚举值",
        ],
    ),
    (Label::Range, &["Required range", "必填范围", "所需范围", "要求范围", "必需范围"]),
    (
        Label::StringLength,
        &[
            "Required string length",
            "必填字符串长度",
            "所需字符串长度",
            "要求字符串长度",
            "必需字符串长度",
            "字符串长度",
        ],
    ),
    (Label::MinLength, &["Minimum string length", "最小字符串长度", "字符串最小长度"]),
    (Label::MaxLength, &["Maximum string length", "最大字符串长度", "字符串最大长度"]),
    (
        Label::ArrayLength,
        &["Required array length", "必填数组长度", "所需数组长度", "要求数组长度", "必需数组长度", "数组长度"],
    ),
    (Label::MinItems, &["Minimum array length", "最小数组长度", "数组最小长度"]),
    (Label::MaxItems, &["Maximum array length", "最大数组长度", "数组最大长度"]),
    (Label::MinSize, &["Minimum length", "最小长度"]),
    (Label::MaxSize, &["Maximum length", "最大长度"]),
    (Label::MultipleOf, &["Must be a multiple of", "Multiple of", "倍数", "必须是以下数的倍数"]),
    (Label::Pattern, &["Pattern", "正则", "模式"]),
    (Label::Notes, &["Notes", "Note", "Model differences", "说明", "注意", "模型差异", "提示"]),
];

/// The label at the beginning of a line, and what follows it on the line.
pub(crate) fn label(line: &str) -> Option<(Label, &str)> {
    let (words, rest) = line.split_once([':', '：'])?;
    let words = words.trim();
    let known = |known: &str| known.eq_ignore_ascii_case(words);
    LABELS.iter().find(|(_, names)| names.iter().any(|name| known(name))).map(|(label, _)| (*label, rest.trim()))
}

/// Whether a word introduces a list of values.
pub(crate) fn is_listed(word: &str) -> bool {
    let names = LABELS.iter().filter(|(label, _)| *label == Label::Listed).flat_map(|(_, names)| names.iter());
    names.chain(&["Value", "值"]).any(|name| name.eq_ignore_ascii_case(word))
}

/// A part of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Section {
    /// Parameters that are no part of the body: headers, path, query.
    Elsewhere,
    Body,
    Response,
}

const SECTIONS: &[(Section, &[&str])] = &[
    (
        Section::Elsewhere,
        &[
            "Authorizations",
            "Headers",
            "Path Parameters",
            "Query Parameters",
            "Cookies",
            "授权",
            "认证",
            "鉴权",
            "请求头",
            "标头",
            "路径参数",
            "查询参数",
        ],
    ),
    (Section::Body, &["Body", "Request Body", "请求体", "主体", "请求正文", "正文"]),
    (Section::Response, &["Response", "Responses", "响应", "响应体", "返回", "回应"]),
];

/// The section that a line begins.
pub(crate) fn section(line: &str) -> Option<Section> {
    let words = line.trim_start_matches('#').trim();
    SECTIONS.iter().find(|(_, names)| names.contains(&words)).map(|(section, _)| *section)
}

const REQUIRED: &[&str] = &["required", "必填", "必需", "必须", "必选"];

const DEFAULT: &[&str] = &["default", "默认值", "默认"];

/// What a description has to say, since no schema of a spec can.
const MARKS: &[(Mark, &[&str])] = &[
    (Mark::Deprecated, &["deprecated", "已弃用", "已废弃", "弃用", "废弃"]),
    (Mark::ReadOnly, &["read-only", "readonly", "只读"]),
    (Mark::WriteOnly, &["write-only", "writeonly", "只写"]),
];

/// What is said beside a type and changes nothing for the spec.
const OTHER_BADGES: &[&str] = &["optional", "header", "body", "query", "path", "nullable", "可选", "选填"];

/// What stands beside a name and type.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Badge {
    Required,
    /// As the page writes it.
    Default(String),
    /// The parameter is no part of the body.
    Header,
    Marked(Mark),
    Other,
}

/// The badges of a line, if it consists of nothing else: `default:5`, `required`, both of them, run together.
pub(crate) fn badges(line: &str) -> Option<Vec<Badge>> {
    let mut rest = line.trim();
    let mut badges = Vec::new();
    while !rest.is_empty() {
        let word = |words: &[&str]| words.iter().find_map(|word| strip_word(rest, word));
        if let Some(value) = default_value(rest) {
            let (value, required) = without_required(value);
            badges.push(Badge::Default(value.to_owned()));
            if required {
                badges.push(Badge::Required);
            }
            return Some(badges);
        } else if let Some(after) = word(REQUIRED) {
            badges.push(Badge::Required);
            rest = after;
        } else if let Some((mark, after)) = MARKS.iter().find_map(|(mark, words)| Some((*mark, word(words)?))) {
            badges.push(Badge::Marked(mark));
            rest = after;
        } else if let Some(after) = word(OTHER_BADGES) {
            let is_header = rest.starts_with("header");
            badges.push(if is_header { Badge::Header } else { Badge::Other });
            rest = after;
        } else {
            return None;
        }
        rest = rest.trim_start_matches([' ', '\t', ',', '·', '|']);
    }
    Some(badges)
}

/// What follows a word at the beginning, whatever the case of its letters.
fn strip_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let (start, rest) = text.split_at_checked(word.len())?;
    start.eq_ignore_ascii_case(word).then_some(rest)
}

fn default_value(text: &str) -> Option<&str> {
    let after = DEFAULT.iter().find_map(|word| strip_word(text, word))?;
    after.trim_start().strip_prefix([':', '：']).map(str::trim)
}

/// Cuts off the `required` that runs into a default: `default:720prequired`.
fn without_required(value: &str) -> (&str, bool) {
    let quoted = value.ends_with('"');
    let cut = REQUIRED.iter().find_map(|word| value.strip_suffix(word).filter(|_| !quoted));
    cut.map_or((value, false), |cut| (cut.trim_end(), true))
}

/// Whether a line says that the properties of an object are shown or hidden here.
pub(crate) fn is_about_children(line: &str) -> bool {
    const WORDS: &[&str] = &[
        "Show child attributes",
        "Hide child attributes",
        "显示子属性",
        "隐藏子属性",
        "展开子属性",
        "收起子属性",
        "查看子属性",
    ];
    WORDS.iter().any(|words| words.eq_ignore_ascii_case(line) || !words.is_ascii() && *words == line.replace(' ', ""))
}

/// Whether a line says that they follow.
pub(crate) fn opens_children(line: &str) -> bool {
    is_about_children(line) && ["hide", "隐藏", "收起"].iter().any(|word| line.to_lowercase().starts_with(word))
}

/// What only the answer of the server is introduced with, where headings are lost.
pub(crate) fn begins_answer(line: &str) -> bool {
    const MOST_LETTERS: usize = 60;
    let line = line.trim_end_matches(['.', '。']).to_lowercase();
    let says = line.ends_with("task created successfully") || line.starts_with("task created successfully");
    (says || line.contains("任务创建成功")) && line.chars().count() < MOST_LETTERS
}

#[cfg(test)]
mod tests;
