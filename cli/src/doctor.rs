//! `rockon doctor`: what is wrong, lowest layer first.

use rockon_core::doctor::DoctorReport;

use crate::args::DoctorArgs;
use crate::failure::Failure;
use crate::progress::slow;
use crate::project::Visit;

/// Examines a project, with a member's eyes if an address is given. What is broken for everybody is said before anybody
/// is asked for a password.
pub(crate) async fn run(args: DoctorArgs) -> Result<(), Failure> {
    let visit = Visit::open(&args.project).await?;
    let outcome = examine(&visit, args.email.as_deref()).await;
    visit.close().await;
    let (report, refused) = outcome?;
    print!("{report}");
    match (report.first_broken(), refused, report.first_not_judged()) {
        (Some(check), _, _) => Err(Failure::new(format!(
            "Broken: {}. {}",
            check.name, check.fix
        ))),
        (None, Some(refused), _) => Err(refused),
        (None, None, Some(check)) if args.email.is_some() => {
            Err(Failure::new(format!("Not judged: {}.", check.name)))
        }
        (None, None, None) => Ok(()),
        (None, None, Some(_)) => {
            eprintln!("Give --email to look with a member's eyes.");
            Ok(())
        }
    }
}

/// The report, and why nobody could sign in.
async fn examine(
    visit: &Visit,
    email: Option<&str>,
) -> Result<(DoctorReport, Option<Failure>), Failure> {
    let client = visit.phone.client()?;
    let report = slow("examining", client.diagnose()).await;
    let Some(email) = email.filter(|_| report.broken_layer().is_none()) else {
        return Ok((report, None));
    };
    match visit.sign_in(email).await {
        Ok(()) => Ok((slow("examining", client.diagnose()).await, None)),
        // Why is said below the report, which says what could be looked at.
        Err(failure) if failure.code == 1 => Ok((report, Some(failure))),
        Err(failure) => Err(failure),
    }
}
