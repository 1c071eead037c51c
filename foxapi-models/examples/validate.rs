//! Checks request bodies before they cost anything: one JSON document per line in, one verdict per line out.
//!
//! ```text
//! $ echo '{"model": "veo-3.1-image-to-video", "prompt": "petals"}' | cargo run --example validate
//! {"valid":false,"violations":[{"path":"/image_url","keyword":"required","message":"is required, but missing"}]}
//! ```
//!
//! Exits with 0 when all are valid, with 1 when one is not, and with 2 when it cannot read or write.

use std::io::{self, BufRead, BufWriter, ErrorKind, Write};
use std::process::ExitCode;

use foxapi_models::{AnyRequest, Request, ValidationError};
use serde::Serialize;

#[derive(Serialize)]
#[serde(untagged)]
enum Verdict {
    Valid { valid: bool, model: &'static str },
    Invalid { valid: bool, violations: ValidationError },
}

fn main() -> ExitCode {
    match validate(io::stdin().lock(), BufWriter::new(io::stdout().lock())) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        // Whoever reads the verdicts has seen enough.
        Err(error) if error.kind() == ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("validate: {error}");
            ExitCode::from(2)
        }
    }
}

/// Whether all documents are valid.
fn validate(mut input: impl BufRead, mut output: impl Write) -> io::Result<bool> {
    let mut all_valid = true;
    let mut line = Vec::new();
    while input.read_until(b'\n', &mut line)? > 0 {
        // The end of the line belongs to no document: an error must not point behind it.
        let verdict = match AnyRequest::from_slice(line.trim_ascii_end()) {
            Ok(request) => Verdict::Valid { valid: true, model: request.model() },
            Err(violations) => Verdict::Invalid { valid: false, violations },
        };
        all_valid &= matches!(verdict, Verdict::Valid { .. });
        serde_json::to_writer(&mut output, &verdict)?;
        output.write_all(b"\n")?;
        line.clear();
    }
    output.flush()?;
    Ok(all_valid)
}
