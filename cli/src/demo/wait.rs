//! Waiting for what a phone shows. Every wait is on a feed, ends with the state it wants or at a deadline, and then says
//! what was there instead.

use std::fmt::Debug;
use std::time::{Duration, Instant};

use rockon_core::client::Status;
use rockon_core::feed::{Feed, Keyed, Live, apply};

use super::Miss;
use crate::phone::{Phone, is_caught_up};

/// How long a state may take. Generous: it is the limit of what counts as working, not what is expected.
pub(super) const PATIENCE: Duration = Duration::from_secs(20);

/// Characters of evidence that a miss prints.
const EVIDENCE: usize = 1_500;

/// Waits until the list is as `fits` wants it, and gives what `fits` made of it.
pub(super) async fn list<T, R>(
    mut feed: Feed<T>,
    claim: &str,
    fits: impl Fn(&[T]) -> Option<R>,
) -> Result<R, Miss>
where
    T: Keyed + Clone + PartialEq + Debug + Send + Sync + 'static,
{
    let mut shown = Vec::new();
    let wait = async {
        while let Some(steps) = feed.next().await {
            apply(&mut shown, &steps?);
            if let Some(found) = fits(&shown) {
                return Ok(found);
            }
        }
        Err(rockon_core::Error::Closed)
    };
    let ended = tokio::time::timeout(PATIENCE, wait).await;
    judged(ended, claim, || cut(&shown))
}

/// Waits until the value is as `fits` wants it.
pub(super) async fn value<T, R>(
    mut live: Live<T>,
    claim: &str,
    fits: impl Fn(&T) -> Option<R>,
) -> Result<R, Miss>
where
    T: Clone + PartialEq + Debug + Send + 'static,
{
    let mut shown = None;
    let wait = async {
        while let Some(value) = live.next().await {
            let value = value?;
            if let Some(found) = fits(&value) {
                return Ok(found);
            }
            shown = Some(value);
        }
        Err(rockon_core::Error::Closed)
    };
    let ended = tokio::time::timeout(PATIENCE, wait).await;
    judged(ended, claim, || cut(&shown))
}

/// Waits until the phone's status is as `fits` wants it.
pub(super) async fn status(
    phone: &Phone,
    claim: &str,
    fits: impl Fn(&Status) -> bool,
) -> Result<Status, Miss> {
    let mut feed = phone.client()?.status();
    let mut shown = None;
    let wait = async {
        while let Some(status) = feed.next().await {
            if fits(&status) {
                return Ok(status);
            }
            shown = Some((status.sync, status.connection, status.outbox));
        }
        Err(rockon_core::Error::Closed)
    };
    let ended = tokio::time::timeout(PATIENCE, wait).await;
    judged(ended, claim, || cut(&shown))
}

/// Waits until everything is read and sent; gives the time it took.
pub(super) async fn caught_up(phone: &Phone) -> Result<Duration, Miss> {
    let started = Instant::now();
    let claim = format!("{}'s phone has read and sent everything", phone.owner);
    status(phone, &claim, is_caught_up).await?;
    Ok(started.elapsed())
}

fn judged<R>(
    ended: Result<rockon_core::Result<R>, tokio::time::error::Elapsed>,
    claim: &str,
    evidence: impl FnOnce() -> String,
) -> Result<R, Miss> {
    match ended {
        Ok(Ok(found)) => Ok(found),
        Ok(Err(error)) => Err(error.into()),
        Err(_) => {
            let seconds = PATIENCE.as_secs();
            Err(Miss::new(
                claim,
                format!("after {seconds} s there is {}", evidence()),
            ))
        }
    }
}

fn cut(shown: &impl Debug) -> String {
    let text = format!("{shown:?}");
    match text.char_indices().nth(EVIDENCE) {
        Some((at, _)) => format!("{} ...", &text[..at]),
        None => text,
    }
}
