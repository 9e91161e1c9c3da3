//! The command line.

use std::path::PathBuf;

use clap::{Args as Group, Parser, Subcommand};
use rockon_core::transfer::{Meaning, SongChoice};

use crate::failure::Failure;

/// How to break a running stack from outside.
const BREAKING: &str = "\
Breaking it on purpose, with `Authorization: Bearer <admin key>`; an order that is carried out answers 204:
  PUT    /admin/faults            services; what is left out works. GET shows the state
           {\"stopped\": [[\"auth\"|\"rest\"|\"realtime\", \"removed\"|\"crashed\"|\"no_peer\"|\"hanging\"]],
            \"delay_ms\": 0, \"hang_ms\": 0, \"bad_answers\": [[\"rest\", \"html\"|\"cut_off\"|\"huge\"|\"wrong_shape\"|{\"status\": 418}]],
            \"rate_limited\": false, \"tokens_expired_until\": null}
  PUT    /admin/realtime          the WebSocket; GET shows the state
           {\"drop_events\": false, \"delay_events_ms\": 0, \"refuse_joins\": null|\"reason\", \"frozen\": false, \"bare_refusals\": false}
  DELETE /admin/faults            all of these work again
  POST   /admin/sockets/cut       ends every socket; ?code=1012 with that close code
  POST   /admin/tokens/expire     tokens issued until now count as expired
  POST   /admin/clock?offset_ms=N moves the stack's clock
  POST   /admin/database/stop     the database refuses connections; /admin/database/start ends it
  POST   /admin/postgres/restart  PostgreSQL restarts: every connection breaks
  GET    /admin/mail              the last mails that were not sent, with their codes and links, the newest first
  POST   /admin/id_tokens         an identity token in place of Apple's or Google's, signed HS256, for the app org.rockon.app
           {\"provider\": \"apple\"|\"google\", \"nonce\": \"\", \"claims\": {\"sub\": \"1\", \"email\": \"eric@rock-on.test\"}}
The admin key is printed at the start and is new each time; orders are taken at 127.0.0.1 and localhost only.";

/// What was typed.
#[derive(Debug, Parser)]
#[command(
    name = "rockon",
    version,
    about = "A band's songs and setlists on every member's phone, with or without a network.\n\
             Without a command: plays an evening of two phones sharing a band.",
    args_conflicts_with_subcommands = false
)]
pub(crate) struct Args {
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
    #[command(flatten)]
    pub(crate) demo: DemoArgs,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Plays a band's evening on two phones, on a PostgreSQL of its own; then stays on as the two phones
    Demo(DemoArgs),
    /// Runs a local development server for a Supabase project until Ctrl-C
    #[command(after_help = BREAKING)]
    Stack(StackArgs),
    /// One live phone in this terminal, at any project with the migrations
    Phone(PhoneArgs),
    /// Makes an account, shows or changes its name, or deletes it
    Account(AccountArgs),
    /// Says what is wrong with a project, lowest layer first
    Doctor(DoctorArgs),
    /// Adds the songs of files (CSV and other tables, ChordPro, OnSong, OpenSong) to a band
    Import(ImportArgs),
    /// Writes a band's songs to a new file, CSV or ChordPro by its ending
    Export(ExportArgs),
    /// What a project's database needs, for a project that has migrations of its own
    Migrations(MigrationsArgs),
}

#[derive(Debug, Clone, Default, Group)]
pub(crate) struct DemoArgs {
    /// End after the evening, also in a terminal
    #[arg(long)]
    pub(crate) script: bool,
    /// Play it with the songs of this file (CSV with a header, or ChordPro) instead of the seeded ones
    #[arg(long, value_name = "FILE")]
    pub(crate) songs: Option<PathBuf>,
}

impl DemoArgs {
    /// Options may stand before or behind `demo`.
    pub(crate) fn either(early: Self, late: Self) -> Self {
        Self {
            script: early.script || late.script,
            songs: late.songs.or(early.songs),
        }
    }
}

#[derive(Debug, Clone, Group)]
pub(crate) struct StackArgs {
    /// Keep the data in this directory and use it again; without it, the data go when the stack ends. A database that is
    /// there already is served as it is, with the migrations it lacks; a new one has a band with accounts
    #[arg(long, value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,
    /// An account is confirmed by the code of a mail (see /admin/mail below); without it, at once
    #[arg(long)]
    pub(crate) confirm: bool,
    /// Port on 127.0.0.1
    #[arg(long, default_value_t = 54321, value_name = "N")]
    pub(crate) port: u16,
}

/// Where a project is.
#[derive(Debug, Clone, Group)]
pub(crate) struct ProjectArgs {
    /// The project's address, such as `https://abcd.supabase.co`
    #[arg(long)]
    pub(crate) url: String,
    /// Its anon or publishable key; never a secret key
    #[arg(long)]
    pub(crate) key: String,
    /// Trust the certificates in this file (PEM) too: those of a self-hosted project's own authority
    #[arg(long, value_name = "FILE")]
    pub(crate) ca: Option<PathBuf>,
}

#[derive(Debug, Clone, Group)]
pub(crate) struct PhoneArgs {
    #[command(flatten)]
    pub(crate) project: ProjectArgs,
    /// Who signs in; the password is asked for once
    #[arg(long)]
    pub(crate) email: String,
    /// Make the account first: your name and a password are asked for
    #[arg(long)]
    pub(crate) sign_up: bool,
    /// Where this phone keeps its data and its session; a folder of your data directory unless given
    #[arg(long, value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,
}

#[derive(Debug, Clone, Group)]
pub(crate) struct AccountArgs {
    #[command(flatten)]
    pub(crate) project: ProjectArgs,
    /// Whose account; the password is asked for
    #[arg(long)]
    pub(crate) email: String,
    /// Make the account, with this name
    #[arg(long, value_name = "NAME", conflicts_with_all = ["name", "delete"])]
    pub(crate) sign_up: Option<String>,
    /// Change the name that the bands see
    #[arg(long, value_name = "NAME", conflicts_with = "delete")]
    pub(crate) name: Option<String>,
    /// Delete the account: there is no way back
    #[arg(long)]
    pub(crate) delete: bool,
}

#[derive(Debug, Clone, Group)]
pub(crate) struct DoctorArgs {
    #[command(flatten)]
    pub(crate) project: ProjectArgs,
    /// Look with this member's eyes; the password is asked for
    #[arg(long)]
    pub(crate) email: Option<String>,
}

/// Where a band is. Optional as a whole, because a dry run needs none of it.
#[derive(Debug, Clone, Group)]
pub(crate) struct Place {
    /// The project's address, such as `https://abcd.supabase.co`
    #[arg(long)]
    url: Option<String>,
    /// Its anon or publishable key; never a secret key
    #[arg(long)]
    key: Option<String>,
    /// Trust the certificates in this file (PEM) too: those of a self-hosted project's own authority
    #[arg(long, value_name = "FILE")]
    ca: Option<PathBuf>,
    /// Who signs in; the password is asked for
    #[arg(long)]
    email: Option<String>,
    /// Which band, if the member is in several
    #[arg(long, value_name = "NAME")]
    pub(crate) band: Option<String>,
}

impl Place {
    /// The project and who signs in.
    pub(crate) fn required(&self) -> Result<(ProjectArgs, String), Failure> {
        match (&self.url, &self.key, &self.email) {
            (Some(url), Some(key), Some(email)) => {
                let project = ProjectArgs {
                    url: url.clone(),
                    key: key.clone(),
                    ca: self.ca.clone(),
                };
                Ok((project, email.clone()))
            }
            _ => Err(Failure::input(
                "--url, --key and --email are needed. `rockon help` shows them.",
            )),
        }
    }
}

#[derive(Debug, Clone, Group)]
pub(crate) struct ImportArgs {
    /// The files
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) place: Place,
    /// Only say how the files are read, what could be added and which lines cannot be read; with --url, --key and --email,
    /// which songs the band has already
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// What the columns of a table are, in order, instead of what their headings say: `title,artist,-,tempo`
    #[arg(long, value_name = "LIST", value_parser = columns)]
    pub(crate) columns: Option<Columns>,
    /// What becomes of songs that are the same as another, of the band or of the files: `skip`, `update` (fills in what the
    /// file has), `add`
    #[arg(long, value_name = "WHAT", default_value = "skip", value_parser = twins)]
    pub(crate) duplicates: SongChoice,
}

/// The meanings of a table's columns, by place.
#[derive(Debug, Clone)]
pub(crate) struct Columns(pub(crate) Vec<Meaning>);

fn columns(text: &str) -> Result<Columns, String> {
    let meaning = |name: &str| {
        let names = Meaning::ALL.map(Meaning::name).join(", ");
        Meaning::of_name(name).ok_or_else(|| format!("`{name}` is none of {names}"))
    };
    text.split(',')
        .map(meaning)
        .collect::<Result<_, _>>()
        .map(Columns)
}

fn twins(text: &str) -> Result<SongChoice, String> {
    match text {
        "skip" => Ok(SongChoice::Skip),
        "update" => Ok(SongChoice::Update),
        "add" => Ok(SongChoice::Add),
        _ => Err("it is none of skip, update, add".to_owned()),
    }
}

#[derive(Debug, Clone, Group)]
pub(crate) struct ExportArgs {
    /// The file; it must not exist
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) place: Place,
}

#[derive(Debug, Clone, Group)]
pub(crate) struct MigrationsArgs {
    #[command(subcommand)]
    pub(crate) command: MigrationsCommand,
}

#[derive(Debug, Clone, Subcommand)]
pub(crate) enum MigrationsCommand {
    /// Copies our migrations beside the project's own, and says how to push them; never changes a file that is there
    Copy(CopyArgs),
}

#[derive(Debug, Clone, Group)]
pub(crate) struct CopyArgs {
    /// The project's folder: the one with `supabase/migrations` in it
    #[arg(value_name = "DIR")]
    pub(crate) project: PathBuf,
    /// Only say what would be copied, and what stands in the way
    #[arg(long)]
    pub(crate) dry_run: bool,
}
