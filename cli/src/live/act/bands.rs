//! What needs the server: bands, invites, sign-in, the doctor, trying at once.

use std::time::Duration;

use rockon_core::Result;
use rockon_core::client::INVITE_HOURS;
use rockon_core::model::ScopeId;
use rockon_core::redact::Secret;

use super::{Arrived, EffectRunner, Piece, Prompt, Sheet};
use crate::failure::words;
use crate::out::printable;

/// How long one try may take.
const TRY: Duration = Duration::from_secs(15);
/// How many may join with one code that is made here.
const USES: u16 = 10;

impl EffectRunner<'_> {
    pub(super) fn show_place(&mut self, place: ScopeId) -> Result<String> {
        self.device.search("")?;
        self.device.look(|view| view.place = Some(place));
        Ok(String::new())
    }

    pub(super) fn new_band(&mut self, prompt: Prompt) -> Result<String> {
        let name = prompt.input.text().to_owned();
        self.begin("Making the band ...", Some(prompt), |client| async move {
            let band = client.create_band(&name).await?;
            let said = format!(
                "Made \"{}\". You are its admin (b, then i, invites)",
                printable(&name)
            );
            Ok(Arrived::Band(band, said))
        })
    }

    pub(super) fn join(&mut self, prompt: Prompt) -> Result<String> {
        let code = prompt.input.text().to_owned();
        self.begin("Joining ...", Some(prompt), |client| async move {
            let band = client.redeem_invite(&code).await?;
            Ok(Arrived::Band(
                band,
                "You are in. Its songs are on their way".to_owned(),
            ))
        })
    }

    pub(super) fn invite(&mut self, band: ScopeId) -> Result<String> {
        self.begin("Making a code ...", None, move |client| async move {
            let code = client.create_invite(band, USES, INVITE_HOURS).await?;
            let pieces = vec![
                Piece::Head(printable(&code)),
                Piece::Body(String::new()),
                Piece::Body(format!(
                    "Give this code to whoever is to join (b, then j). It is good for {USES} people and {} days.",
                    INVITE_HOURS / 24
                )),
            ];
            let said = format!("The code is {}", printable(&code));
            Ok(Arrived::Report(Sheet::new("Invite", pieces), said))
        })
    }

    /// Asks for a name where the account has none.
    pub(in super::super) fn ask_name(&mut self) -> Result<String> {
        self.begin("", None, |client| async move {
            Ok(match client.my_name().await {
                Ok(None) => Arrived::Nameless,
                // Without a network it is asked next time.
                _ => Arrived::Said(String::new()),
            })
        })
    }

    pub(super) fn set_name(&mut self, prompt: Prompt) -> Result<String> {
        let name = prompt.input.text().to_owned();
        self.begin("Saving ...", Some(prompt), |client| async move {
            let name = client.set_name(&name).await?;
            let said = format!("Your bands see you as {}", printable(&name));
            Ok(Arrived::Said(said))
        })
    }

    pub(super) fn sign_in(&mut self, prompt: Prompt) -> Result<String> {
        let client = self.device.phone.client()?;
        let session = client.session();
        let account = session.borrow().account().cloned();
        let email = account.and_then(|account| account.email);
        let email = email.ok_or(rockon_core::Error::SignedOut)?;
        let password = Secret::new(prompt.input.text());
        self.begin("Signing in ...", Some(prompt), |client| async move {
            client.sign_in(email.text(), password).await?;
            Ok(Arrived::Said("Signed in".to_owned()))
        })
    }

    pub(super) fn ask_doctor(&mut self) -> Result<String> {
        self.begin("Asking the doctor ...", None, |client| async move {
            let report = client.diagnose().await.to_string();
            let lines = report.lines().map(|line| Piece::Body(printable(line)));
            let said = printable(report.lines().next().unwrap_or_default());
            Ok(Arrived::Report(Sheet::new("Doctor", lines.collect()), said))
        })
    }

    /// Sends and reads at once.
    pub(super) fn try_now(&mut self) -> Result<String> {
        if !self.device.network() {
            return Ok("Offline (o goes online)".to_owned());
        }
        self.begin("Trying ...", None, |client| async move {
            let once = client.sync_once(TRY).await?;
            Ok(Arrived::Said(match (once.complete, once.error) {
                (true, _) => "Everything is sent and read".to_owned(),
                (false, Some(error)) => words(&error),
                (false, None) => "Not done yet; it goes on by itself".to_owned(),
            }))
        })
    }
}
