//! Saying what takes long. Quick things are not mentioned.

use std::time::{Duration, Instant};

/// Waits of this length are explained, and again after each further one.
const PATIENCE: Duration = Duration::from_secs(2);

/// Waits for `work`; from two seconds on, tells on standard error what is being waited for.
pub(crate) async fn slow<T>(what: &str, work: impl Future<Output = T>) -> T {
    let started = Instant::now();
    let mut work = std::pin::pin!(work);
    let mut wait = PATIENCE;
    loop {
        match tokio::time::timeout(wait, &mut work).await {
            Ok(done) => return done,
            Err(_) => eprintln!("{what} ... {:.0} s", started.elapsed().as_secs_f64()),
        }
        wait = (wait * 2).min(Duration::from_secs(10));
    }
}
