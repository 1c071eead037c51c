//! What an agent must know before it calls anything.

pub(super) const INSTRUCTIONS: &str = "\
Makes videos, images and audio with the models behind FoxAPI. Choose a model with list_models, read describe_model, \
check a body with validate_request, then submit_request: it costs credits and answers with a task at once. A task takes \
from seconds to many minutes: wait_for_task reports progress. download_result stores what was made, which is kept for \
24 hours, in the folder of this server. Where a model takes a URL, upload_file makes one of a local file. Never \
submit the same request again because a call timed out or failed: give submit_request a key, and the same key is never \
paid for twice.";
