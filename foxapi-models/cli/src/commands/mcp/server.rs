//! The server: the data of its tools, and its description of itself. The tools are in files by topic.

use foxapi_models::Client;
use foxapi_models::journal::Journal;
use rmcp::handler::server::router::tool::ToolRouter;
use rmcp::model::{Implementation, ServerCapabilities, ServerConfig};
use rmcp::{ServerHandler, tool_handler};

use super::folder::Folder;
use super::instructions::INSTRUCTIONS;

/// The data of the tools. Without a key or a journal, those that need one say why it is missing.
#[derive(Clone, Debug)]
pub(super) struct Server {
    pub(super) client: Result<Client, String>,
    pub(super) journal: Result<Journal, String>,
    pub(super) folder: Folder,
}

impl Server {
    pub(super) fn new(client: Result<Client, String>, journal: Result<Journal, String>, folder: Folder) -> Self {
        Self { client, journal, folder }
    }

    fn router() -> ToolRouter<Self> {
        Self::models() + Self::tasks() + Self::files()
    }
}

#[tool_handler(router = Self::router())]
impl ServerHandler for Server {
    fn get_info(&self) -> ServerConfig {
        ServerConfig::new(ServerCapabilities::builder().enable_tools().build())
            .with_server_info(Implementation::new("foxapi", env!("CARGO_PKG_VERSION")))
            .with_instructions(INSTRUCTIONS)
    }
}
