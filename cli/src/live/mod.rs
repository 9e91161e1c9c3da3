//! Phones in the terminal, live: fills the screen from the feeds and carries out the keys.
//!
//! Owns: the terminal while it runs, and gives it back however it ends: normally, by an error, by a panic.

mod act;
mod deleted;
mod device;
mod fill;
mod watch;

use std::io::IsTerminal as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use ratatui::DefaultTerminal;
use ratatui::crossterm::event::{self, DisableBracketedPaste, EnableBracketedPaste, Event};
use ratatui::crossterm::execute;
use rockon_local_stack::Project;
use tokio::sync::{Notify, mpsc};

use crate::failure::Failure;
use crate::phone::Phone;
use crate::screen::dialog::Dialog;
use crate::screen::draw::draw;
use crate::screen::effect::Effect;
use crate::screen::keys::{key, paste};
use crate::screen::model::{self, Model};
use act::{Arrived, EffectRunner, Outcomes};
use device::Device;

/// How often the thread that reads keys looks whether it should end.
const KEY_POLL: Duration = Duration::from_millis(100);
/// Keys that are carried out before the screen is drawn again.
const BURST: usize = 64;
/// Outcomes of calls that may wait to be shown.
const OUTCOMES: usize = 16;

/// Somebody is there to look at it and to press keys.
pub(crate) fn possible() -> bool {
    std::io::stdout().is_terminal() && std::io::stdin().is_terminal()
}

/// Shows the phones until `q`. With a project, their programs can be killed and its realtime service stopped.
pub(crate) async fn run(phones: Vec<Phone>, project: Option<&Project>) -> Result<(), Failure> {
    let changed = Arc::new(Notify::new());
    let mut devices = Vec::new();
    for phone in phones {
        devices.push(Device::new(phone, Arc::clone(&changed)).await?);
    }
    let model = model(&devices, project.is_some());
    let screen = Screen::take()?;
    let (outcomes, arriving) = mpsc::channel(OUTCOMES);
    let mut app = App {
        model,
        devices,
        outcomes,
        screen,
    };
    let ended = app.run(&changed, arriving, project).await;
    drop(app.screen);
    for device in app.devices {
        if let Some(task) = device.task {
            task.abort();
        }
        if let Ok(client) = device.phone.client() {
            client.shutdown().await;
        }
    }
    ended
}

/// The screen before anything is known.
fn model(devices: &[Device], demo: bool) -> Model {
    let message = if demo {
        "Two phones, one band: go offline (o), edit on both, then go online (o)"
    } else {
        ""
    };
    let owner = |device: &Device| crate::out::printable(&device.phone.owner);
    let phones = devices
        .iter()
        .map(|device| model::PhoneView::dark(&owner(device)));
    Model {
        phones: phones.collect(),
        focus: 0,
        demo,
        stopped: Vec::new(),
        message: message.to_owned(),
        dialog: None,
    }
}

/// The terminal while it is ours. Dropping it gives it back; so does the panic hook that comes with it.
struct Screen {
    terminal: DefaultTerminal,
    keys: mpsc::Receiver<Event>,
    stop: Arc<AtomicBool>,
}

impl Screen {
    fn take() -> Result<Self, Failure> {
        let terminal = ratatui::try_init().map_err(|error| broken(&error))?;
        // A terminal that does not know it sends what is pasted as keys.
        let _ = execute!(std::io::stdout(), EnableBracketedPaste);
        // Typed ahead of a slow terminal; a full queue makes the reading thread wait.
        let (sender, keys) = mpsc::channel(BURST);
        let stop = Arc::new(AtomicBool::new(false));
        let ends = Arc::clone(&stop);
        std::thread::spawn(move || read_keys(&sender, &ends));
        Ok(Self {
            terminal,
            keys,
            stop,
        })
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Release);
        let _ = execute!(std::io::stdout(), DisableBracketedPaste);
        ratatui::restore();
    }
}

/// Blocks on the terminal, so it has a thread of its own.
fn read_keys(sender: &mpsc::Sender<Event>, stop: &AtomicBool) {
    while !stop.load(Ordering::Acquire) {
        match event::poll(KEY_POLL) {
            Ok(false) => {}
            Ok(true) => {
                let Ok(event) = event::read() else { return };
                if sender.blocking_send(event).is_err() {
                    return;
                }
            }
            Err(_) => return,
        }
    }
}

fn broken(error: &std::io::Error) -> Failure {
    Failure::new(format!(
        "the terminal cannot be used: {error}. Use --script."
    ))
}

struct App {
    model: Model,
    devices: Vec<Device>,
    outcomes: Outcomes,
    screen: Screen,
}

impl App {
    async fn run(
        &mut self,
        changed: &Notify,
        mut arriving: mpsc::Receiver<(usize, Arrived)>,
        project: Option<&Project>,
    ) -> Result<(), Failure> {
        if !self.model.demo {
            self.ask_name();
        }
        loop {
            self.refresh();
            self.draw()?;
            let event = tokio::select! {
                () = changed.notified() => continue,
                Some((phone, outcome)) = arriving.recv() => {
                    self.arrived(phone, outcome);
                    continue;
                }
                event = self.screen.keys.recv() => event,
            };
            // The terminal is gone: nobody is there any more.
            let Some(event) = event else { return Ok(()) };
            if self.take(event, project).await {
                return Ok(());
            }
            // A burst of keys is carried out key by key, and drawn once.
            for _ in 0..BURST {
                let Ok(event) = self.screen.keys.try_recv() else {
                    break;
                };
                self.refresh();
                if self.take(event, project).await {
                    return Ok(());
                }
            }
        }
    }

    /// Carries out what the person did. True when that was to quit.
    async fn take(&mut self, event: Event, project: Option<&Project>) -> bool {
        let effect = match event {
            Event::Key(pressed) => key(&mut self.model, pressed),
            Event::Paste(text) => paste(&mut self.model, &text),
            _ => None,
        };
        match effect {
            Some(Effect::Quit) => return true,
            Some(effect) => self.carry_out(effect, project).await,
            None => {}
        }
        false
    }

    fn refresh(&mut self) {
        for (device, screen) in self.devices.iter_mut().zip(&mut self.model.phones) {
            device.refresh(screen);
        }
        self.refresh_deleted();
    }

    /// What was deleted lately is followed by the phone whose dialog shows it, and only while it does.
    fn refresh_deleted(&mut self) {
        for (number, device) in self.devices.iter_mut().enumerate() {
            let dialog = self.model.dialog.as_mut();
            match (dialog, &mut device.deleted) {
                (Some(Dialog::Deleted(shown)), Some(list)) if number == self.model.focus => {
                    list.fill(shown);
                }
                (_, list) => *list = None,
            }
        }
    }

    fn draw(&mut self) -> Result<(), Failure> {
        let size = self
            .screen
            .terminal
            .size()
            .map_err(|error| broken(&error))?;
        self.model.fit(size);
        let model = &self.model;
        let drawn = self.screen.terminal.draw(|frame| draw(frame, model));
        drawn.map(drop).map_err(|error| broken(&error))
    }

    async fn carry_out(&mut self, effect: Effect, project: Option<&Project>) {
        if let Some(mut runner) = self.runner(project) {
            Box::pin(runner.carry_out(effect)).await;
        }
    }

    fn ask_name(&mut self) {
        if let Some(mut runner) = self.runner(None) {
            // A phone that cannot ask now does so next time.
            let _ = runner.ask_name();
        }
    }

    /// What a key can act on: the focused phone.
    fn runner<'a>(&'a mut self, project: Option<&'a Project>) -> Option<EffectRunner<'a>> {
        let device = self.devices.get_mut(self.model.focus)?;
        Some(EffectRunner {
            model: &mut self.model,
            device,
            project,
            outcomes: &self.outcomes,
        })
    }

    fn arrived(&mut self, phone: usize, outcome: Arrived) {
        if let Some(device) = self.devices.get_mut(phone) {
            outcome.show(&mut self.model, device);
        }
    }
}
