//! Asks for pages, one after the other, by the program `foxapi-docs-fetch`.

use std::{
    env,
    io::{BufRead, BufReader, Write},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

use serde_json::{Value as Json, json};

use super::stored::Mark;
use crate::error::Error;

/// What became of a question for a page.
pub(crate) enum Answer {
    Page {
        text: String,
        mark: Mark,
    },
    /// As it was the last time.
    Unchanged,
    /// The server answers, but not with the page.
    Refused {
        reason: String,
    },
}

/// How the program that asks is started: by cargo, which builds it first, unless somebody has built it already and
/// says where in `FOXAPI_DOCS_FETCH`.
fn program() -> Command {
    if let Some(built) = env::var_os("FOXAPI_DOCS_FETCH") {
        return Command::new(built);
    }
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["run", "--quiet", "--manifest-path", concat!(env!("CARGO_MANIFEST_DIR"), "/fetch/Cargo.toml")]);
    cargo
}

/// The program that asks.
pub(crate) struct Client {
    child: Child,
    questions: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
    /// In place of the server that a page names.
    server: Option<String>,
}

impl Client {
    pub(crate) fn start(server: Option<&str>) -> Result<Self, Error> {
        let mut child = program()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|cause| Error::io("run", "cargo", cause))?;
        let (questions, answers) = (child.stdin.take(), child.stdout.take());
        let answers = BufReader::new(answers.ok_or(Error::NoClient)?);
        Ok(Self { child, questions, answers, server: server.map(|server| server.trim_end_matches('/').to_owned()) })
    }

    /// The page at an address: its Markdown form, or what the address itself gives where there is none.
    ///
    /// `Err` is for a server that cannot be reached: the next question would fare no better.
    pub(crate) fn page(&mut self, address: &str, known: Option<&Mark>) -> Result<Answer, Error> {
        let address = match &self.server {
            Some(server) => {
                let path = address.split_once("://").map_or(address, |(_, rest)| rest);
                format!("{server}{}", path.find('/').and_then(|at| path.get(at..)).unwrap_or_default())
            }
            None => address.to_owned(),
        };
        let markdown = format!("{address}.md");
        match self.get(&markdown, known)? {
            (404, _) => self.get(&address, known).map(|(_, answer)| answer),
            (_, answer) => Ok(answer),
        }
    }

    /// The status and what it means.
    fn get(&mut self, address: &str, known: Option<&Mark>) -> Result<(u64, Answer), Error> {
        let known = known.filter(|mark| mark.address == address);
        let question = json!({
            "url": address,
            "etag": known.and_then(|mark| mark.etag.as_ref()),
            "modified": known.and_then(|mark| mark.modified.as_ref()),
        });
        let asked = self.questions.as_mut().map(|questions| writeln!(questions, "{question}"));
        let mut line = String::new();
        if !matches!(asked, Some(Ok(()))) || !matches!(self.answers.read_line(&mut line), Ok(1..)) {
            return Err(Error::NoClient);
        }
        let answer: Json = serde_json::from_str(&line).map_err(|_| Error::NoClient)?;
        let text = |name: &str| answer.get(name).and_then(Json::as_str).map(str::to_owned);
        if let Some(reason) = text("error") {
            return Err(Error::Unreachable { address: address.to_owned(), reason });
        }
        let status = answer.get("status").and_then(Json::as_u64).unwrap_or_default();
        let is_html = answer.get("html").and_then(Json::as_bool).unwrap_or_default();
        let answer = match text("text") {
            _ if status == 304 => Answer::Unchanged,
            Some(page) if is_html || page.trim_start().starts_with("<!") => Answer::Refused {
                reason: format!(
                    "{address}: the server has no Markdown form of it\n  help: copy the text that a browser shows"
                ),
            },
            Some(page) => {
                let mark = Mark { address: address.to_owned(), etag: text("etag"), modified: text("modified") };
                Answer::Page { text: page, mark }
            }
            None => Answer::Refused { reason: format!("{address}: {}", text("reason").unwrap_or_default()) },
        };
        Ok((status, answer))
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        // Without questions it ends.
        self.questions = None;
        self.child.wait().ok();
    }
}
