//! What waits for the server: it runs beside the screen, one thing a phone, and its outcome arrives later.
//!
//! A kill of the program ends it. Outcomes wait in a queue of 16; more wait at its door.

use rockon_core::Result;
use rockon_core::client::Client;
use rockon_core::model::ScopeId;
use tokio::sync::mpsc;

use super::{About, Device, Dialog, EffectRunner, Prompt, Sheet};
use crate::failure::words;
use crate::screen::model::Model;

/// What came of a call.
pub(in super::super) enum Arrived {
    /// A sentence for the bottom of the screen.
    Said(String),
    /// Something to read, and a sentence in case that the person is typing by now.
    Report(Sheet, String),
    /// A band that is there now.
    Band(ScopeId, String),
    /// The account has no name yet.
    Nameless,
    /// It did not work; a question stays open with its answer.
    Failed(rockon_core::Error, Option<Prompt>),
}

/// Where outcomes go, with the number of the phone that they are of.
pub(in super::super) type Outcomes = mpsc::Sender<(usize, Arrived)>;

impl EffectRunner<'_> {
    /// Begins to wait, unless something is waited for already. `asked` comes back when it does not work.
    pub(super) fn begin<F>(
        &mut self,
        said: &str,
        asked: Option<Prompt>,
        work: impl FnOnce(Client) -> F,
    ) -> Result<String>
    where
        F: Future<Output = Result<Arrived>> + Send + 'static,
    {
        let task = self.device.task.as_ref();
        if task.is_some_and(|task| !task.is_finished()) {
            self.model.dialog = asked.map(Dialog::Prompt);
            return Ok("One thing at a time: the server has not answered yet".to_owned());
        }
        let work = work(self.device.phone.client()?.clone());
        let (outcomes, phone) = (self.outcomes.clone(), self.model.focus);
        self.device.task = Some(tokio::spawn(async move {
            let outcome = match Box::pin(work).await {
                Ok(outcome) => outcome,
                Err(error) => Arrived::Failed(error, asked),
            };
            // The screen is gone: nobody waits.
            let _ = outcomes.send((phone, outcome)).await;
        }));
        Ok(said.to_owned())
    }
}

impl Arrived {
    /// Brings it on the screen. A person who is typing goes on typing: then it is a sentence at the bottom.
    pub(in super::super) fn show(self, model: &mut Model, device: &mut Device) {
        let free = model.dialog.is_none();
        let said = match self {
            Self::Report(sheet, _) if free => {
                model.dialog = Some(Dialog::Sheet(sheet, None));
                String::new()
            }
            Self::Said(said) | Self::Report(_, said) => said,
            Self::Band(band, said) => {
                device.look(|view| view.place = Some(band));
                said
            }
            Self::Nameless => {
                if free {
                    let question = "Your name, as your bands see it:";
                    model.dialog = Some(Dialog::ask(question, About::Name));
                }
                String::new()
            }
            Self::Failed(error, asked) => {
                if let (true, Some(prompt)) = (free, asked) {
                    model.dialog = Some(Dialog::Prompt(prompt));
                }
                words(&error)
            }
        };
        model.message = said;
    }
}
