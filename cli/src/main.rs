//! The `rockon` program: a band's evening on two phones, a development stack, one live phone, a doctor, song lists.
//!
//! Owns: the command line, the terminal, exit codes. Everything about bands is the core's.
//! Exit codes: 0 it worked; 1 it did not; 2 the arguments, settings or input cannot be used.

#[macro_use]
mod out;

mod account;
mod args;
mod ask;
mod demo;
mod doctor;
mod failure;
mod live;
mod migrations;
mod own;
mod phone;
mod progress;
mod project;
mod screen;
mod secrets;
mod songs;
mod stack;

use std::process::ExitCode;

use clap::Parser as _;

use args::{Args, Command, DemoArgs};
use failure::Failure;

fn main() -> ExitCode {
    match run(Args::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::from(failure.code)
        }
    }
}

fn run(args: Args) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::new(format!("no threads can be started: {error}")))?;
    runtime.block_on(Box::pin(carry_out(args)))
}

async fn carry_out(args: Args) -> Result<(), Failure> {
    match args.command {
        None => demo::run(args.demo).await,
        Some(Command::Demo(late)) => demo::run(DemoArgs::either(args.demo, late)).await,
        Some(Command::Stack(stack)) => stack::run(stack).await,
        Some(Command::Phone(phone)) => own::run(phone).await,
        Some(Command::Account(account)) => account::run(account).await,
        Some(Command::Doctor(doctor)) => doctor::run(doctor).await,
        Some(Command::Import(import)) => songs::import(import).await,
        Some(Command::Export(export)) => songs::export(export).await,
        Some(Command::Migrations(migrations)) => migrations::run(migrations),
    }
}
