use super::*;

#[test]
fn labels_of_both_languages_mean_the_same() {
    assert_eq!(label("Required range: 1 <= x <= 6"), Some((Label::Range, "1 <= x <= 6")));
    assert_eq!(label("必填范围: 1 <= x <= 6"), Some((Label::Range, "1 <= x <= 6")));
    assert_eq!(label("可选值：4、8"), Some((Label::Listed, "4、8")));
    assert_eq!(label("Common: blurry"), None);
}

#[test]
fn badges_may_run_together() {
    let default = |value: &str| Badge::Default(value.to_owned());
    assert_eq!(badges("required"), Some(vec![Badge::Required]));
    assert_eq!(badges("默认值:16:9"), Some(vec![default("16:9")]));
    assert_eq!(badges("default:720prequired"), Some(vec![default("720p"), Badge::Required]));
    assert_eq!(badges("default: 5 必填"), Some(vec![default("5"), Badge::Required]));
    assert_eq!(badges("header required"), Some(vec![Badge::Header, Badge::Required]));
    assert_eq!(badges("default:\"\""), Some(vec![default("\"\"")]));
    assert_eq!(badges("deprecated · required"), Some(vec![Badge::Marked(Mark::Deprecated), Badge::Required]));
    assert_eq!(badges("required by law"), None);
}
