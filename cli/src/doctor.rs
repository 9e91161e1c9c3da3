//! `rockon doctor`: what is wrong, lowest layer first.

use std::time::Duration;

use rockon_core::client::Status;
use rockon_core::realtime::ConnectionState;

use crate::args::DoctorArgs;
use crate::failure::Failure;
use crate::progress::slow;
use crate::project::Visit;

/// A connection that works is live within this; the doctor looks all the same after it.
const SETTLE: Duration = Duration::from_secs(8);

/// Examines a project, with a member's eyes if an address is given.
pub(crate) async fn run(args: DoctorArgs) -> Result<(), Failure> {
    let visit = Visit::open(&args.project).await?;
    let mut refused = None;
    if let Some(email) = &args.email {
        match visit.sign_in(email).await {
            Ok(()) => settle(&visit).await?,
            // The report below says which layer it is; the refusal itself is said at the end.
            Err(failure) if failure.code == 1 => refused = Some(failure),
            Err(failure) => return Err(failure),
        }
    }
    let report = slow("examining", visit.phone.client()?.diagnose()).await;
    print!("{report}");
    visit.close().await;
    match (report.first_broken(), refused) {
        (Some(check), _) => Err(Failure::new(format!(
            "Broken: {}. {}",
            check.name, check.fix
        ))),
        (None, Some(refused)) => Err(refused),
        (None, None) => Ok(()),
    }
}

/// Gives sync and realtime the time to be judged.
async fn settle(visit: &Visit) -> Result<(), Failure> {
    let mut feed = visit.phone.client()?.status();
    let settled = |status: &Status| {
        let tried = !matches!(
            status.connection,
            None | Some(ConnectionState::Off(_) | ConnectionState::Connecting)
        );
        tried
            && status
                .sync
                .as_ref()
                .is_some_and(|sync| sync.synced_at.is_some() || sync.error.is_some())
    };
    let wait = async {
        while let Some(status) = feed.next().await {
            if settled(&status) {
                return;
            }
        }
    };
    // Not settled is a finding too: the report shows how far it came.
    let _ = tokio::time::timeout(SETTLE, slow("connecting", wait)).await;
    Ok(())
}
