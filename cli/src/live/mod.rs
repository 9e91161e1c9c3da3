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
use ratatui::crossterm::event::{self, Event};
use rockon_local_stack::Project;
use tokio::sync::{Notify, mpsc};

use crate::failure::Failure;
use crate::phone::Phone;
use crate::screen::draw::draw;
use crate::screen::keys::{Action, action};
use crate::screen::model::{self, World};
use act::{Asked, Hands};
use device::Device;

/// How often the thread that reads keys looks whether it should end.
const KEY_POLL: Duration = Duration::from_millis(100);

/// Somebody is there to look at it and to press keys.
pub(crate) fn possible() -> bool {
    std::io::stdout().is_terminal() && std::io::stdin().is_terminal()
}

/// Shows the phones until `q`. With a project, its realtime service can be stopped.
pub(crate) async fn run(phones: Vec<Phone>, project: Option<&Project>) -> Result<(), Failure> {
    let changed = Arc::new(Notify::new());
    let mut devices = Vec::new();
    for phone in phones {
        devices.push(Device::new(phone, Arc::clone(&changed)).await?);
    }
    let world = World {
        phones: devices
            .iter()
            .map(|device| model::Phone::dark(&device.phone.owner))
            .collect(),
        focus: 0,
        stopped: Vec::new(),
        message: match project {
            Some(_) => {
                "two phones, one band: go offline with o, edit on both, then o again".to_owned()
            }
            None => String::new(),
        },
        prompt: None,
        listing: None,
        report: None,
    };
    let screen = Screen::take()?;
    let mut app = App {
        world,
        devices,
        asked: None,
        screen,
    };
    let ended = app.run(&changed, project).await;
    drop(app.screen);
    for device in app.devices {
        if let Ok(client) = device.phone.client() {
            client.shutdown().await;
        }
    }
    ended
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
        // Typed ahead of a slow terminal; a full queue makes the reading thread wait.
        let (sender, keys) = mpsc::channel(64);
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
    world: World,
    devices: Vec<Device>,
    asked: Option<Asked>,
    screen: Screen,
}

impl App {
    async fn run(&mut self, changed: &Notify, project: Option<&Project>) -> Result<(), Failure> {
        loop {
            self.refresh();
            self.draw()?;
            let event = tokio::select! {
                () = changed.notified() => continue,
                event = self.screen.keys.recv() => event,
            };
            // The terminal is gone: nobody is there any more.
            let Some(event) = event else { return Ok(()) };
            let Event::Key(key) = event else { continue };
            match action(key, &mut self.world) {
                Some(Action::Quit) => return Ok(()),
                Some(action) => self.act(action, project).await?,
                None => {}
            }
        }
    }

    fn refresh(&mut self) {
        for (device, screen) in self.devices.iter_mut().zip(&mut self.world.phones) {
            device.refresh(screen);
            match (&mut device.deleted, &self.world.prompt) {
                // What it was open for was answered, or given up.
                (deleted, None) => *deleted = None,
                (Some(deleted), Some(_)) => self.world.listing = Some(deleted.listing()),
                (None, Some(_)) => {}
            }
        }
    }

    fn draw(&mut self) -> Result<(), Failure> {
        let world = &self.world;
        let drawn = self.screen.terminal.draw(|frame| draw(frame, world));
        drawn.map(drop).map_err(|error| broken(&error))
    }

    async fn act(&mut self, action: Action, project: Option<&Project>) -> Result<(), Failure> {
        match action {
            Action::SwitchPhone => {
                self.world.focus = (self.world.focus + 1) % self.devices.len().max(1);
            }
            Action::NextPane => self.focused(model::Phone::next_pane),
            Action::Up => self.focused(|phone| phone.step(false)),
            Action::Down => self.focused(|phone| phone.step(true)),
            Action::Doctor => {
                "asking the doctor ...".clone_into(&mut self.world.message);
                self.draw()?;
                self.carry_out(action, project).await;
            }
            _ => self.carry_out(action, project).await,
        }
        Ok(())
    }

    async fn carry_out(&mut self, action: Action, project: Option<&Project>) {
        let focus = self.world.focus;
        if let Some(device) = self.devices.get_mut(focus) {
            let mut hands = Hands {
                world: &mut self.world,
                device,
                asked: &mut self.asked,
                project,
            };
            Box::pin(hands.act(action)).await;
        }
    }

    fn focused(&mut self, change: impl FnOnce(&mut model::Phone)) {
        if let Some(phone) = self.world.focused() {
            change(phone);
        }
    }
}
