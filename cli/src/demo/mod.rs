//! `rockon demo`: an evening of a band on two phones, with real operations on a real database.
//!
//! Each step is a function that does something, says what each phone shows, and checks what it claims on the feeds and,
//! where it matters, in the database. The first claim that does not hold ends the evening with exit code 1.

mod arrival;
mod basement;
mod evening;
mod incident;
mod online;
mod own_songs;
mod say;
mod shows;
mod viewer;
mod wait;

use std::time::{Duration, Instant};

use crate::args::DemoArgs;
use crate::failure::Failure;
use crate::live;
use evening::Evening;

/// A claim that does not hold.
#[derive(Debug)]
pub(crate) struct Miss {
    claim: String,
    evidence: String,
}

impl Miss {
    fn new(claim: impl Into<String>, evidence: impl Into<String>) -> Self {
        Self {
            claim: claim.into(),
            evidence: evidence.into(),
        }
    }
}

impl From<rockon_core::Error> for Miss {
    fn from(error: rockon_core::Error) -> Self {
        Self::new(
            "the core does what it is asked",
            format!("{error} ({error:?})"),
        )
    }
}

impl From<rockon_local_stack::StackError> for Miss {
    fn from(error: rockon_local_stack::StackError) -> Self {
        Self::new("the database can be asked", error.to_string())
    }
}

impl From<tokio_postgres::Error> for Miss {
    fn from(error: tokio_postgres::Error) -> Self {
        let said = error.as_db_error().map(ToString::to_string);
        Self::new(
            "the database can be asked",
            said.unwrap_or_else(|| error.to_string()),
        )
    }
}

/// The claim, or why it does not hold.
fn check(holds: bool, claim: &str, evidence: impl FnOnce() -> String) -> Result<(), Miss> {
    if holds {
        Ok(())
    } else {
        Err(Miss::new(claim, evidence()))
    }
}

/// Plays the evening; in a terminal, stays on as the two phones.
pub(crate) async fn run(args: DemoArgs) -> Result<(), Failure> {
    let own = args.songs.as_deref().map(own_songs::read).transpose()?;
    let started = Instant::now();
    let mut demo = Evening::set_up().await?;
    let mut played = Box::pin(evening(&mut demo, own, started)).await;
    if played.is_ok() && !args.script && live::possible() {
        println!("Enter opens the two phones side by side; q there ends it.");
        wait_for_enter();
        let phones = demo.take_phones();
        played = Box::pin(live::run(phones, Some(&demo.project))).await;
    }
    let ended = demo.tear_down().await;
    played.and(ended)
}

/// So that what was printed can be read first. An error means that nobody is there; then it goes on.
fn wait_for_enter() {
    let mut line = String::new();
    let _ = std::io::stdin().read_line(&mut line);
}

async fn evening(
    demo: &mut Evening,
    own: Option<own_songs::OwnSongs>,
    started: Instant,
) -> Result<(), Failure> {
    step(
        1,
        "Two phones, one band",
        Box::pin(arrival::gather(demo, own)),
    )
    .await?;
    let song = step(2, "A new song", online::new_song(demo)).await?;
    step(3, "A burst of edits", online::burst(demo)).await?;
    let left = step(4, "Sam in the basement", basement::apart(demo, song)).await?;
    step(
        5,
        "Killed and opened again, still without a signal",
        basement::killed(demo, &left),
    )
    .await?;
    step(6, "Signal again", basement::together(demo, &left)).await?;
    step(
        7,
        "The same notes, typed twice",
        basement::choose(demo, &left),
    )
    .await?;
    step(8, "A viewer edits", viewer::refused(demo)).await?;
    step(9, "Realtime stops", incident::realtime_stops(demo)).await?;
    println!(
        "\nEverything held: 9 steps in {}.",
        say::duration(started.elapsed())
    );
    Ok(())
}

async fn step<T>(
    number: usize,
    name: &'static str,
    play: impl Future<Output = Result<T, Miss>>,
) -> Result<T, Failure> {
    /// Longer than all deadlines of a step together would be a hang.
    const LONGEST: Duration = Duration::from_mins(2);
    say::heading(number, name);
    let played = tokio::time::timeout(LONGEST, Box::pin(play)).await;
    let missed = match played {
        Ok(Ok(value)) => return Ok(value),
        Ok(Err(miss)) => miss,
        Err(_) => Miss::new("the step ends", "it hangs"),
    };
    Err(Failure::new(format!(
        "step {number}, {name}: this did not hold: {}. Instead: {}",
        missed.claim, missed.evidence
    )))
}
