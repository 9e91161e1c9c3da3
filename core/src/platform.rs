//! What the platform says: whether somebody looks at the app, and whether there is a network.
//!
//! Owns: the one value that says so, [`Platform`]. The client sends it; session, realtime, sync, notices and store each
//! hold a receiver and do what follows for them.
//! Never: decides what follows.
//! Invariant: a receiver sees the newest value only, but loses no word that matters. Each word is counted, so that a
//! network that went and came back, or another network, shows although only the last value was seen.

use std::future::pending;

use tokio::sync::watch;

/// Yes or no, and how often each was said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Switch {
    /// What was said last.
    pub on: bool,
    /// How often it was said to be on. Said again, it is news: another network, a second look.
    pub ons: u64,
    /// How often it was said to be off.
    pub offs: u64,
}

impl Switch {
    const ON: Self = Self {
        on: true,
        ons: 0,
        offs: 0,
    };

    /// Another word.
    pub fn set(&mut self, on: bool) {
        self.on = on;
        let times = if on { &mut self.ons } else { &mut self.offs };
        *times += 1;
    }

    /// Whether it was off at some time since `before`.
    #[must_use]
    pub fn was_off_since(&self, before: &Self) -> bool {
        self.offs != before.offs
    }

    /// What was said since `before`, in short: the last word, and before it that it was off, if it was.
    #[must_use]
    pub fn since(&self, before: &Self) -> &'static [bool] {
        if self == before {
            &[]
        } else if !self.on {
            &[false]
        } else if self.was_off_since(before) {
            &[false, true]
        } else {
            &[true]
        }
    }
}

/// What the platform has said so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Platform {
    /// The app is on screen.
    pub foreground: Switch,
    /// There is a network. Said again, it is another one.
    pub network: Switch,
}

impl Default for Platform {
    /// Before it has said anything: in the background, with a network.
    fn default() -> Self {
        Self {
            foreground: Switch::default(),
            network: Switch::ON,
        }
    }
}

impl Platform {
    /// On screen and with a network.
    #[must_use]
    pub fn is_active(&self) -> bool {
        self.foreground.on && self.network.on
    }

    /// Active, after a time when it was not, or by another network: what failed before may work now.
    #[must_use]
    pub fn has_woken_since(&self, before: &Self) -> bool {
        let again = self.network != before.network
            || self.foreground.was_off_since(&before.foreground)
            || !before.is_active();
        self.is_active() && again
    }
}

/// Waits for the platform's next word; for ever when nobody is there any more who could say one. Cancel-safe.
pub async fn changed(platform: &mut watch::Receiver<Platform>) {
    if platform.changed().await.is_err() {
        pending::<()>().await;
    }
}

/// Waits until there is another network than the one counted by `ons`. Cancel-safe.
pub async fn moved(platform: &mut watch::Receiver<Platform>, ons: u64) {
    let other = |now: &Platform| now.network.on && now.network.ons != ons;
    if platform.wait_for(other).await.is_err() {
        pending::<()>().await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_words_that_were_not_seen_one_by_one_the_last_is_heard_and_that_it_was_off() {
        let words: [(&[bool], &[bool]); 6] = [
            (&[], &[]),
            (&[true], &[true]),
            (&[true, true], &[true]),
            (&[false], &[false]),
            (&[true, false], &[false]),
            (&[false, true, true], &[false, true]),
        ];
        for (said, heard) in words {
            let mut before = Switch::ON;
            before.set(true);
            let mut now = before;
            for on in said {
                now.set(*on);
            }
            assert_eq!(now.since(&before), heard, "{said:?}");
        }
    }

    type Deed = fn(&mut Platform);

    #[test]
    fn it_has_woken_by_another_network_or_after_a_time_away_and_not_by_a_second_look() {
        let mut active = Platform::default();
        active.foreground.set(true);
        let deeds: [(Deed, bool); 5] = [
            (|_| {}, false),
            (|p| p.foreground.set(true), false),
            (|p| p.network.set(true), true),
            (|p| p.network.set(false), false),
            (
                |p| {
                    p.foreground.set(false);
                    p.foreground.set(true);
                },
                true,
            ),
        ];
        for (n, (deed, woken)) in deeds.into_iter().enumerate() {
            let mut now = active;
            deed(&mut now);
            assert_eq!(now.has_woken_since(&active), woken, "{n}");
        }
        assert!(active.has_woken_since(&Platform::default()));
    }

    #[tokio::test]
    async fn a_call_that_runs_hears_of_another_network_and_not_of_the_one_it_began_on() {
        let platform = watch::Sender::new(Platform::default());
        platform.send_modify(|now| now.network.set(true));
        let mut heard = platform.subscribe();
        let mut wait = std::pin::pin!(moved(&mut heard, 1));
        let waits = async |wait: std::pin::Pin<&mut _>| {
            tokio::select! {
                biased;
                () = wait => false,
                () = tokio::task::yield_now() => true,
            }
        };
        platform.send_modify(|now| now.foreground.set(true));
        assert!(waits(wait.as_mut()).await, "another word");
        platform.send_modify(|now| now.network.set(false));
        assert!(waits(wait.as_mut()).await, "none at all");
        platform.send_modify(|now| now.network.set(true));
        assert!(!waits(wait.as_mut()).await);
    }
}
