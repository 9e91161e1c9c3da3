//! Asking the person.

use std::io::{self, BufRead as _, IsTerminal as _};

use rockon_core::redact::Secret;

use crate::failure::Failure;

/// One line, without the blanks around it; the next line of standard input when that is no terminal.
pub(crate) fn line(question: &str) -> Result<String, Failure> {
    let stdin = io::stdin();
    if stdin.is_terminal() {
        print!("{question}");
    }
    let mut line = String::new();
    let read = stdin.lock().read_line(&mut line);
    read.map_err(|error| Failure::input(format!("nothing was given: {error}.")))?;
    Ok(line.trim().to_owned())
}

/// The password, typed without echo; from the first line of standard input when that is no terminal.
pub(crate) fn password(email: &str) -> Result<Secret, Failure> {
    let stdin = io::stdin();
    let read = if stdin.is_terminal() {
        rpassword::prompt_password(format!("Password of {email}: "))
    } else {
        let mut line = String::new();
        stdin.lock().read_line(&mut line).map(|_| line)
    };
    let text = read.map_err(|error| Failure::input(format!("no password was given: {error}.")))?;
    let text = text.trim_end_matches(['\r', '\n']);
    if text.is_empty() {
        return Err(Failure::input(
            "no password was given. Type it, or send it as the first line of standard input.",
        ));
    }
    Ok(Secret::new(text))
}
