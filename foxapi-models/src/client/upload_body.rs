//! Sends the bytes of a reader, and counts them.

use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Body, Frame};
use tokio::io::{AsyncRead, ReadBuf};

use super::upload_error::UploadError;
use super::upload_options::OnProgress;

/// How much is read at once.
const PIECE: usize = 64 * 1024;

/// The progress of a body, shared with its sender.
#[derive(Clone, Default)]
pub(super) struct Sent(Arc<Shared>);

#[derive(Default)]
struct Shared {
    bytes: AtomicU64,
    fault: Mutex<Option<UploadError>>,
}

impl Sent {
    pub(super) fn bytes(&self) -> u64 {
        self.0.bytes.load(Ordering::Relaxed)
    }

    /// Why the reader failed, if that is what ended the upload.
    pub(super) fn take_fault(&self) -> Option<UploadError> {
        self.0.fault.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// Ends the body with an error; the connection only learns that it ended.
    fn fail(&self, fault: UploadError) -> std::io::Error {
        *self.0.fault.lock().unwrap_or_else(PoisonError::into_inner) = Some(fault);
        std::io::ErrorKind::Other.into()
    }
}

/// A reader as the body of a request.
pub(super) struct UploadBody<R> {
    reader: Pin<Box<R>>,
    length: Option<u64>,
    read: u64,
    sent: Sent,
    on_progress: Option<OnProgress>,
}

impl<R: AsyncRead> UploadBody<R> {
    pub(super) fn new(reader: R, length: Option<u64>, sent: Sent, on_progress: Option<OnProgress>) -> Self {
        Self { reader: Box::pin(reader), length, read: 0, sent, on_progress }
    }
}

impl<R: AsyncRead> Body for UploadBody<R> {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, std::io::Error>>> {
        let this = self.get_mut();
        let mut piece = vec![0; PIECE];
        let mut buffer = ReadBuf::new(&mut piece);
        if let Err(error) = ready!(this.reader.as_mut().poll_read(context, &mut buffer)) {
            return Poll::Ready(Some(Err(this.sent.fail(UploadError::Io(error)))));
        }
        let length = buffer.filled().len();
        this.read += length as u64;
        let is_whole = this.length.is_none_or(|whole| this.read == whole);
        let is_longer = this.length.is_some_and(|whole| this.read > whole);
        if is_longer || (length == 0 && !is_whole) {
            let fault = UploadError::WrongLength { expected: this.length.unwrap_or_default(), read: this.read };
            return Poll::Ready(Some(Err(this.sent.fail(fault))));
        }
        if length == 0 {
            return Poll::Ready(None);
        }
        piece.truncate(length);
        this.sent.0.bytes.store(this.read, Ordering::Relaxed);
        if let Some(callback) = &this.on_progress {
            callback(this.read, this.length);
        }
        Poll::Ready(Some(Ok(Frame::data(piece.into()))))
    }
}
