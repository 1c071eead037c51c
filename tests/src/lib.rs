//! What the integration tests share: the spec folder and what the generator makes of it.

use std::path::{Path, PathBuf};

use foxapi_codegen::Source;

/// The root of the workspace.
pub fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_path_buf).unwrap_or_default()
}

/// The spec files of a folder, named as a maintainer sees them: `spec/common.json`.
///
/// # Errors
///
/// The folder or one of its files cannot be read.
pub fn sources(folder: &Path) -> std::io::Result<Vec<Source>> {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?;
    files.sort();
    let specs = files.iter().filter(|path| path.extension().is_some_and(|extension| extension == "json"));
    specs
        .map(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            Ok(Source::new(format!("spec/{name}"), std::fs::read(path)?))
        })
        .collect()
}

/// Copies the spec files of the workspace into a folder; what is in folders beside them is none.
///
/// # Errors
///
/// A file cannot be read or written.
pub fn copy_specs(to: &Path) -> std::io::Result<()> {
    for entry in std::fs::read_dir(workspace().join("spec"))? {
        let entry = entry?;
        if entry.path().is_file() {
            std::fs::copy(entry.path(), to.join(entry.file_name()))?;
        }
    }
    Ok(())
}

#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;

/// Each case does not compile with any compiler; `it/compile_fail.rs` compares what one says.
#[cfg(doctest)]
mod compile_fail {
    macro_rules! does_not_compile {
        ($($Case:ident $file:literal)*) => {$(
            #[doc = concat!("```compile_fail\n", include_str!(concat!("../it/compile_fail/", $file)), "```")]
            struct $Case;
        )*};
    }

    does_not_compile! {
        MatchWithoutWildcard "match_without_wildcard.rs"
        MissingRequiredParameter "missing_required_parameter.rs"
        StructLiteral "struct_literal.rs"
        ValueOfAnotherModel "value_of_another_model.rs"
        ValueTheModelLacks "value_the_model_lacks.rs"
        WrongType "wrong_type.rs"
    }
}
