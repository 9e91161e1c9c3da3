//! `rockon phone`: one live phone, which stays on this machine.

use std::path::PathBuf;
use std::sync::Arc;

use rockon_core::client::Status;
use rockon_core::redact::Address;
use rockon_core::session::{SessionState, SignUp};

use crate::args::PhoneArgs;
use crate::ask;
use crate::failure::Failure;
use crate::live;
use crate::out::counted;
use crate::phone::Phone;
use crate::progress::slow;
use crate::project::roots;
use crate::secrets::FileSecrets;

/// Opens the phone, signs in if need be, and shows it; without a terminal, says once how it stands.
pub(crate) async fn run(args: PhoneArgs) -> Result<(), Failure> {
    let phone = open(&args).await?;
    let fresh = if args.sign_up {
        if !sign_up(&phone, &args.email).await? {
            return Ok(());
        }
        false
    } else {
        sign_in(&phone, &args.email).await?
    };
    if let Some(kept_file) = phone.workspace()?.quarantined() {
        eprintln!(
            "The database was damaged: it was kept as {}. {} saved; the rest comes from the server.",
            kept_file.path.display(),
            counted(kept_file.saved_edits, "unsent edit")
        );
    }
    if live::possible() {
        return live::run(vec![phone], None).await;
    }
    if fresh && matches!(phone.client()?.my_name().await, Ok(None)) {
        println!("You have no name yet. Give one with `rockon account --name NAME`.");
    }
    let status = phone.client()?.status_now().await;
    println!("{}", status.as_ref().map_or_else(String::new, described));
    phone.client()?.shutdown().await;
    Ok(())
}

/// The phone with its data, whoever is signed in on it.
async fn open(args: &PhoneArgs) -> Result<Phone, Failure> {
    let roots = roots(&args.project)?;
    let dir = match &args.data {
        Some(dir) => dir.clone(),
        None => default_dir(&args.project.url)?,
    };
    let secrets = FileSecrets::open(&dir.join("session")).map_err(|error| {
        let dir = dir.display();
        Failure::input(format!(
            "{dir} cannot be used: {error}. Give another --data."
        ))
    })?;
    let secrets = Arc::new(secrets);
    let phone = Phone::new(
        &args.email,
        &args.project.url,
        &args.project.key,
        dir,
        secrets,
    );
    let mut phone = phone.trusting(roots);
    phone.open(true).await?;
    Ok(phone)
}

/// A stored session of the same person needs no password: then false.
async fn sign_in(phone: &Phone, email: &str) -> Result<bool, Failure> {
    let client = phone.client()?;
    let mine = match &*client.session().borrow() {
        SessionState::SignedIn { account } => {
            account.email.as_ref().map(Address::text) == Some(email)
        }
        _ => false,
    };
    if mine {
        return Ok(false);
    }
    let password = ask::password(email)?;
    slow("signing in", client.sign_in(email, password)).await?;
    Ok(true)
}

/// Makes the account. False when its address must be confirmed before it can sign in.
async fn sign_up(phone: &Phone, email: &str) -> Result<bool, Failure> {
    let client = phone.client()?;
    let password = ask::password(email)?;
    let name = ask::line("Your name, as your bands see it: ")?;
    let signing = client.sign_up(email, password, &name);
    match slow("signing up", signing).await? {
        SignUp::SignedIn(_) => Ok(true),
        SignUp::ConfirmEmail => {
            println!(
                "A message was sent to the address. Open its link, then start this again without --sign-up."
            );
            Ok(false)
        }
    }
}

fn described(status: &Status) -> String {
    let counts = status.outbox;
    let unreadable = match status.unreadable.len() {
        0 => String::new(),
        n => format!(", {n} unreadable"),
    };
    format!(
        "{} unsent, {} refused{unreadable}",
        counts.unsent, counts.rejected
    )
}

/// A folder a project: two projects must not share one.
fn default_dir(url: &str) -> Result<PathBuf, Failure> {
    let set = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty());
    let base = set("XDG_DATA_HOME")
        .map(PathBuf::from)
        .or_else(|| set("HOME").map(|home| PathBuf::from(home).join(".local/share")));
    let base = base.ok_or_else(|| Failure::input("there is no home directory. Give --data."))?;
    Ok(base.join("rockon").join(folder(url)))
}

/// The address as a folder name: letters and digits stay, everything else is one dash.
fn folder(url: &str) -> String {
    let host = url.split_once("://").map_or(url, |(_, host)| host);
    let parts = host.split(|c: char| !c.is_ascii_alphanumeric());
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    parts.join("-").to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::folder;

    #[test]
    fn each_project_has_a_folder_of_its_own() {
        assert_eq!(folder("https://abcd.supabase.co/"), "abcd-supabase-co");
        assert_eq!(folder("http://127.0.0.1:54321"), "127-0-0-1-54321");
        assert_eq!(folder("https://../../etc"), "etc");
    }
}
