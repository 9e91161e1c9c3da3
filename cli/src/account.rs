//! `rockon account`: makes an account, shows or changes its name, deletes it.

use rockon_core::session::SignUp;

use crate::args::AccountArgs;
use crate::ask;
use crate::failure::Failure;
use crate::progress::slow;
use crate::project::Visit;

/// Does what was asked and says what came of it.
pub(crate) async fn run(args: AccountArgs) -> Result<(), Failure> {
    let visit = Visit::open(&args.project).await?;
    if let Some(name) = &args.sign_up {
        let outcome = sign_up(&visit, &args.email, name).await;
        visit.close().await;
        return outcome;
    }
    visit.sign_in(&args.email).await?;
    let client = visit.phone.client()?;
    if args.delete {
        slow("deleting", client.delete_account()).await?;
        println!("The account was deleted. What was added to bands stays there, without a name.");
    } else if let Some(name) = &args.name {
        let name = slow("saving", client.set_name(name)).await?;
        println!("Your name is now {name}.");
    } else {
        match slow("asking", client.my_name()).await? {
            Some(name) => println!("Your name is {name}."),
            None => println!("You have no name yet. Give one with --name NAME."),
        }
    }
    visit.close().await;
    Ok(())
}

async fn sign_up(visit: &Visit, email: &str, name: &str) -> Result<(), Failure> {
    let password = ask::password(email)?;
    let client = visit.phone.client()?;
    match slow("signing up", client.sign_up(email, password, name)).await? {
        SignUp::SignedIn(_) => println!("The account was made. Sign in with `rockon phone`."),
        SignUp::ConfirmEmail => println!(
            "A message was sent to the address. Open its link, then sign in with `rockon phone`."
        ),
    }
    Ok(())
}
