//! When the member counts as away, and when everything is read and sent again. Pure.
//!
//! Owns: what follows for the generator from the platform's words and from the state of sync.
//! Never: holds a notice back or tells one; that is the generator's.
//! Invariant: a sync that was under way when the network went does not count as up to date; only one that ended after the
//! network came back does.

use tokio::sync::watch;

use super::Notices;
use crate::platform::{self, Platform};
use crate::sync::{Activity, SyncStatus};
use crate::time::Timestamp;

/// What the generator is to be told, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Tell {
    /// Out of sight or without a network: what others do meanwhile will be a digest.
    away: bool,
    /// The network was gone.
    offline: bool,
    /// Everything is read and sent: what was held back may be told.
    caught_up: bool,
}

/// What was told so far.
#[derive(Debug, Default)]
struct Presence {
    /// What the platform had said; none before the first look.
    heard: Option<Platform>,
    /// The end of the sync that counts as told.
    told: Option<Timestamp>,
}

impl Presence {
    /// Looks at how things stand now.
    fn look(&mut self, platform: Platform, sync: &SyncStatus) -> Tell {
        let (gone, cut) = match self.heard.replace(platform) {
            None => (!platform.is_active(), false),
            Some(before) => {
                let cut = platform.network.was_off_since(&before.network);
                let hidden = platform.foreground.was_off_since(&before.foreground);
                (hidden || cut, cut)
            }
        };
        let mut tell = Tell {
            away: gone,
            offline: gone && (cut || !platform.network.on),
            caught_up: false,
        };
        let quiet = sync.activity == Activity::Idle && sync.error.is_none();
        if cut || !platform.network.on {
            self.told = sync.synced_at;
        } else if quiet && sync.synced_at.is_some() && sync.synced_at != self.told {
            self.told = sync.synced_at;
            tell.caught_up = true;
        }
        tell
    }
}

impl Notices {
    /// Tells the generator when the member is away and when everything is read and sent, until one of the two ends.
    pub async fn follow(
        self,
        mut platform: watch::Receiver<Platform>,
        mut sync: watch::Receiver<SyncStatus>,
    ) {
        let mut presence = Presence::default();
        loop {
            let now = *platform.borrow_and_update();
            let tell = presence.look(now, &sync.borrow_and_update());
            if tell.away {
                self.away(tell.offline).await;
            }
            if tell.caught_up {
                self.caught_up().await;
            }
            tokio::select! {
                () = platform::changed(&mut platform) => {}
                changed = sync.changed() => if changed.is_err() { return },
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTHING: Tell = Tell {
        away: false,
        offline: false,
        caught_up: false,
    };
    const AWAY: Tell = Tell {
        away: true,
        ..NOTHING
    };
    const OFFLINE: Tell = Tell {
        offline: true,
        ..AWAY
    };
    const CAUGHT_UP: Tell = Tell {
        caught_up: true,
        ..NOTHING
    };

    fn synced(at: i64) -> SyncStatus {
        SyncStatus {
            activity: Activity::Idle,
            synced_at: Some(Timestamp(at)),
            ..SyncStatus::default()
        }
    }

    /// On screen, with a network, everything read at 1 and told.
    fn settled() -> (Presence, Platform) {
        let mut presence = Presence::default();
        let mut platform = Platform::default();
        platform.foreground.set(true);
        assert_eq!(presence.look(platform, &SyncStatus::default()), NOTHING);
        assert_eq!(presence.look(platform, &synced(1)), CAUGHT_UP);
        assert_eq!(presence.look(platform, &synced(1)), NOTHING, "told once");
        (presence, platform)
    }

    #[test]
    fn it_begins_away_unless_the_app_is_on_screen_with_a_network() {
        let look = |platform| Presence::default().look(platform, &SyncStatus::default());
        let mut platform = Platform::default();
        assert_eq!(look(platform), AWAY);
        platform.foreground.set(true);
        assert_eq!(look(platform), NOTHING);
        platform.network.set(false);
        assert_eq!(look(platform), OFFLINE);
    }

    #[test]
    fn each_end_of_a_sync_without_an_error_is_told_once_it_is_at_rest() {
        let (mut presence, platform) = settled();
        let busy = SyncStatus {
            activity: Activity::Working,
            ..synced(2)
        };
        assert_eq!(presence.look(platform, &busy), NOTHING);
        let failed = SyncStatus {
            error: Some(crate::error::Error::Offline),
            ..synced(2)
        };
        assert_eq!(presence.look(platform, &failed), NOTHING);
        assert_eq!(presence.look(platform, &synced(2)), CAUGHT_UP);
    }

    #[test]
    fn a_pull_that_ends_after_the_network_went_does_not_tell_that_all_is_sent() {
        let (mut presence, mut platform) = settled();
        platform.network.set(false);
        assert_eq!(presence.look(platform, &synced(1)), OFFLINE);
        assert_eq!(presence.look(platform, &synced(2)), NOTHING);
        platform.network.set(true);
        assert_eq!(presence.look(platform, &synced(2)), NOTHING);
        assert_eq!(presence.look(platform, &synced(3)), CAUGHT_UP);
    }

    #[test]
    fn a_time_away_counts_although_it_was_over_before_anybody_looked() {
        let (mut presence, mut platform) = settled();
        platform.foreground.set(false);
        platform.foreground.set(true);
        assert_eq!(presence.look(platform, &synced(1)), AWAY);
        platform.network.set(false);
        platform.network.set(true);
        assert_eq!(
            presence.look(platform, &synced(2)),
            OFFLINE,
            "that sync began before"
        );
        platform.network.set(true);
        assert_eq!(presence.look(platform, &synced(2)), NOTHING, "another one");
        assert_eq!(presence.look(platform, &synced(3)), CAUGHT_UP);
    }
}
