//! What the project's own switches do to open sockets: a service that is stopped ends or freezes them, tokens that are
//! declared expired end their channels.

use std::sync::Arc;

use tokio::sync::watch;

use super::Realtime;
use super::outbox::Event;
use crate::faults::{FaultState, Outage, Service};

/// A service that is taken away says goodbye (as on SIGTERM); one that crashes does not.
const RESTART: u16 = 1012;

/// Follows the switches until the project ends.
pub(crate) async fn run(realtime: Arc<Realtime>, mut switches: watch::Receiver<FaultState>) {
    let mut before = (None, None);
    while switches.changed().await.is_ok() {
        let now = {
            let state = switches.borrow_and_update();
            (state.outage(Service::Realtime), state.tokens_expired_until)
        };
        if now.0 != before.0 {
            outage(&realtime, now.0);
        }
        if now.1 != before.1 {
            realtime.tell_all(|| Event::CheckTokens);
        }
        before = now;
    }
}

fn outage(realtime: &Realtime, outage: Option<Outage>) {
    realtime.faults().freeze(outage == Some(Outage::Hanging));
    match outage {
        Some(Outage::Removed | Outage::NoPeer) => realtime.cut_sockets(Some(RESTART)),
        Some(Outage::Crashed) => realtime.cut_sockets(None),
        Some(Outage::Hanging) | None => {}
    }
}
