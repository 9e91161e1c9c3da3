//! What commands do to each other.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use tokio::sync::{mpsc, oneshot};

use super::{Writer, WriterCommand};
use crate::store::Store;
use crate::store::tests::fixture;

impl Store {
    /// From now on readers see what they see now, and edits go on, as while a large page commit runs; until what is returned
    /// goes.
    pub(crate) async fn pin_readers(&self) -> oneshot::Sender<()> {
        let (holder, mut end) = oneshot::channel();
        let (reply, begun) = oneshot::channel();
        let hold = WriterCommand::Long(Box::new(move |writer, queue| {
            writer.pin();
            let _ = reply.send(());
            while end.try_recv() == Err(oneshot::error::TryRecvError::Empty)
                && queue.let_in(writer).is_ok()
            {
                std::thread::yield_now();
            }
            writer.unpin();
        }));
        assert!(self.commands().send(hold).await.is_ok());
        begun.await.unwrap();
        holder
    }
}

/// More than a pull can wait for.
const MANY: u32 = 1_000;

/// A command that is followed by another one as soon as it has run.
fn without_end(to: mpsc::Sender<WriterCommand>, runs: Arc<AtomicU32>) -> WriterCommand {
    let again = move |_: &mut Writer| {
        if runs.fetch_add(1, Ordering::Relaxed) < MANY {
            let next = without_end(to.clone(), runs);
            assert!(to.try_send(next).is_ok());
        }
    };
    WriterCommand::Short(Box::new(again), oneshot::channel().0)
}

#[tokio::test]
async fn edits_without_a_pause_do_not_hold_up_a_pull() {
    let here = fixture();
    let to = here.store.commands();
    let runs = Arc::new(AtomicU32::new(0));
    let (reply, answer) = oneshot::channel();
    let (edits, count) = (
        without_end(to.clone(), Arc::clone(&runs)),
        Arc::clone(&runs),
    );
    let pull = WriterCommand::Long(Box::new(move |writer, queue| {
        assert!(to.try_send(edits).is_ok());
        let steps = (0..3).map(|_| queue.let_in(writer).map(|()| count.load(Ordering::Relaxed)));
        let _ = reply.send(steps.collect::<crate::error::Result<Vec<_>>>());
    }));
    assert!(here.store.commands().send(pull).await.is_ok());
    assert_eq!(answer.await.unwrap().unwrap(), [1, 2, 3]);
}
