//! What a dialog gives to read: conflicts and refused edits as texts. Pure.

use rockon_core::store::Asks;

use super::dialog::Dialog;
use super::model::{ConflictLine, Model, PhoneView, RejectedLine};
use super::sheet::{Piece, Sheet};

/// The text of the open dialog, if it is one to read.
pub(super) fn open(model: &Model) -> Option<Sheet> {
    match model.dialog.as_ref()? {
        Dialog::Sheet(sheet, _) => Some(sheet.clone()),
        Dialog::Conflicts(from) => conflict(model.shown()?, *from),
        Dialog::Refused(from) => refused(model.shown()?, *from),
        _ => None,
    }
}

fn conflict(phone: &PhoneView, from: usize) -> Option<Sheet> {
    let on = phone.conflicts.selected()?;
    let title = numbered(
        "Conflict",
        phone.conflicts.at(),
        phone.conflicts.lines().len(),
    );
    let mut sheet = Sheet::at(from);
    sheet.title = title;
    sheet.pieces = wishes(on);
    Some(sheet)
}

fn wishes(on: &ConflictLine) -> Vec<Piece> {
    let blank = || Piece::Body(String::new());
    let mut pieces = vec![Piece::Body(on.about.clone()), blank()];
    if on.asks == Asks::Value {
        let shown = |is: bool| if is { " (shown now)" } else { "" };
        pieces.extend([
            Piece::Head(format!("Mine{}", shown(on.mine_is_shown))),
            Piece::Body(on.mine.clone()),
            blank(),
            Piece::Head(format!("{}'s{}", on.other, shown(on.theirs_is_shown))),
            Piece::Body(on.theirs.clone()),
        ]);
    }
    pieces
}

fn refused(phone: &PhoneView, from: usize) -> Option<Sheet> {
    let on = phone.refused.selected()?;
    let mut sheet = Sheet::at(from);
    sheet.title = numbered(
        "Refused edit",
        phone.refused.at(),
        phone.refused.lines().len(),
    );
    sheet.pieces = rejection(on);
    Some(sheet)
}

fn rejection(on: &RejectedLine) -> Vec<Piece> {
    let mut pieces = vec![
        Piece::Body(format!("{} was refused.", on.what)),
        Piece::Body(on.why.clone()),
    ];
    if !on.typed.is_empty() {
        pieces.extend([
            Piece::Body(String::new()),
            Piece::Head("What you typed".to_owned()),
            Piece::Body(on.typed.clone()),
        ]);
    }
    pieces
}

fn numbered(what: &str, at: usize, count: usize) -> String {
    if count > 1 {
        format!("{what} {} of {count}", at + 1)
    } else {
        what.to_owned()
    }
}
