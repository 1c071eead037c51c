//! Environment variables: an invalid one is an error, and its value is not shown.

use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::OsStrExt;
use std::process::{Command, Output};

use foxapi_mock::{Mock, Script};
use tempfile::TempDir;

use super::{KEY, check_secret};

/// What a proxy's address must not show.
const SECRET: &str = "s3cret";

/// A name and a value.
type Variable = (&'static str, &'static [u8]);

/// Variables, and the error that they lead to.
#[rustfmt::skip]
const UNUSABLE: &[(&[Variable], &str)] = &[
    (&[("FOXAPI_API_KEY", b"")],                                      "FOXAPI_API_KEY is invalid: it is empty"),
    (&[("FOXAPI_API_KEY", b" \n")],                                   "FOXAPI_API_KEY is invalid: it is empty"),
    (&[("FOXAPI_API_KEY", b"sk-Zq7Xw9Kj3Vb5Nm1Tp8Rd\xff")],           "FOXAPI_API_KEY is invalid: it is not Unicode"),
    (&[("FOXAPI_API_KEY", b"sk-Zq7Xw9Kj3Vb5 Nm1Tp8Rd")],              "the API key has characters"),
    (&[("FOXAPI_API_KEY", "sk-Zq7Xw9Kj3Vb5Nm1Tp8Rdü".as_bytes())],    "the API key has characters"),
    (&[("FOXAPI_BASE_URL", b"")],                                     "FOXAPI_BASE_URL is invalid: it is empty"),
    (&[("FOXAPI_BASE_URL", b"\xff")],                                 "FOXAPI_BASE_URL is invalid: it is not Unicode"),
    (&[("FOXAPI_BASE_URL", b"api.foxapi.cc")],                        "base URL is invalid"),
    (&[("FOXAPI_BASE_URL", b"ftp://api.foxapi.cc")],                  "base URL is invalid"),
    (&[("FOXAPI_BASE_URL", b"https://me:s3cret@api.foxapi.cc")],      "base URL is invalid"),
    (&[("FOXAPI_BASE_URL", b"https://api.foxapi.cc/?key=s3cret")],    "base URL is invalid"),
    (&[("FOXAPI_BASE_URL", b"http://api.foxapi.cc")],                 "base URL is http"),
    (&[("HTTP_PROXY", b"http://")],                                   "HTTP_PROXY is invalid"),
    (&[("http_proxy", b"me:s3cret@")],                                "http_proxy is invalid"),
    (&[("HTTPS_PROXY", b"me:s3cret@bad host:1")],                     "HTTPS_PROXY is invalid"),
    (&[("https_proxy", b"http://me:s3cret@127.0.0.1:99999")],         "https_proxy is invalid"),
    (&[("ALL_PROXY", b"ftp://me:s3cret@127.0.0.1")],                  "ALL_PROXY is invalid"),
    (&[("all_proxy", b"socks5://me:s3cret@127.0.0.1:9")],             "unsupported scheme socks5"),
    (&[("HTTPS_PROXY", b"http://s3cret\xff")],                        "HTTPS_PROXY is invalid"),
    // A valid variable does not excuse an invalid one.
    (&[("HTTPS_PROXY", b"http://127.0.0.1:9"), ("ALL_PROXY", b"://")], "ALL_PROXY is invalid"),
    (&[("SSL_CERT_FILE", b"/no/such/s3cret.pem"), ("SSL_CERT_DIR", b"/no/such")], "TLS cannot be set up"),
];

/// Runs the example with nothing but these variables.
fn generate(folder: &TempDir, variables: &[(&OsStr, OsString)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_generate"));
    command.args(["a river", "river.mp4"]).current_dir(folder.path()).env_clear();
    let variables = variables.iter().map(|(name, value)| (name, value));
    command.env("FOXAPI_API_KEY", KEY).envs(variables).output().expect("the example")
}

fn variables(row: &[Variable]) -> Vec<(&'static OsStr, OsString)> {
    row.iter().map(|(name, value)| (OsStr::new(*name), OsStr::from_bytes(value).to_owned())).collect()
}

#[test]
fn a_variable_that_cannot_be_used_is_an_error_that_does_not_show_it() {
    let folder = TempDir::new().expect("a folder");
    let mut wrong = Vec::new();
    for (row, says) in UNUSABLE {
        let done = generate(&folder, &variables(row));
        let text = String::from_utf8_lossy(&[done.stdout, done.stderr].concat()).into_owned();
        check_secret(&text);
        if done.status.code() != Some(1) || !text.contains(says) || text.contains(SECRET) {
            wrong.push(format!("{row:?}: {:?} {text}", done.status));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 0, "nothing was begun");
}

#[test]
fn a_proxy_is_used_and_its_password_never_shown() {
    let rows = [
        ("HTTPS_PROXY", "http://me:s3cret@127.0.0.1:9"),
        ("https_proxy", "me:s3cret@127.0.0.1:9"),
        ("ALL_PROXY", "http://me:s3cret@no.such.host.invalid:9"),
        ("all_proxy", "https://s3cret@127.0.0.1:9"),
    ];
    // Each retries for some seconds.
    std::thread::scope(|scope| {
        for (name, proxy) in rows {
            scope.spawn(move || {
                let folder = TempDir::new().expect("a folder");
                let done = generate(&folder, &[(OsStr::new(name), proxy.into())]);
                let text = String::from_utf8_lossy(&done.stderr);
                assert!(text.contains("not sent: ") && !text.contains(SECRET), "{name}: {text}");
                assert_eq!(done.status.code(), Some(1), "{name}: {text}");
            });
        }
    });
}

/// Disabling a proxy is not an error, and this machine is contacted without a proxy.
#[test]
fn a_variable_that_can_be_used_is() {
    let mock = Mock::start().expect("a port");
    mock.key(KEY);
    mock.script(Script::completed());
    for (name, value) in
        [("HTTP_PROXY", ""), ("ALL_PROXY", " "), ("http_proxy", "http://127.0.0.1:9"), ("NO_PROXY", "*")]
    {
        let folder = TempDir::new().expect("a folder");
        let variables = [(OsStr::new("FOXAPI_BASE_URL"), mock.url().into()), (OsStr::new(name), value.into())];
        let done = generate(&folder, &variables);
        assert!(done.status.success(), "{name}: {}", String::from_utf8_lossy(&done.stderr));
        assert!(folder.path().join("river.mp4").exists(), "{name}");
    }
}
