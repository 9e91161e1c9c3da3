//! Decodes the row messages of PostgreSQL's `pgoutput` plugin, protocol version 1. Pure.
//!
//! Bytes are hostile: a count or length is never trusted, nothing is allocated from one, and a message that does not
//! parse to its end is `None`. Values stay text; columns of unchanged out-of-line storage are absent.

use bytes::Bytes;

/// A column of a relation message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RelationColumn {
    /// Part of the replica identity.
    pub key: bool,
    /// Column name.
    pub name: String,
}

/// A table as the stream describes it before its first row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Relation {
    /// Oid of the table.
    pub id: u32,
    /// Schema name.
    pub schema: String,
    /// Table name.
    pub table: String,
    /// Columns that are replicated, in attribute order.
    pub columns: Vec<RelationColumn>,
}

/// A column's value in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Cell {
    /// SQL null.
    Null,
    /// Not sent because it did not change (out-of-line storage).
    Unchanged,
    /// Text form.
    Text(Bytes),
}

/// Which columns an old row holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Old {
    /// The key only; other columns are `Null` without meaning it.
    Key(Vec<Cell>),
    /// The whole row (replica identity full).
    Full(Vec<Cell>),
}

/// One message of the stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Message {
    /// Describes a table; repeated when it changes.
    Relation(Relation),
    /// A new row.
    Insert { relation: u32, new: Vec<Cell> },
    /// A changed row; `old` only with identity full or when the key changed.
    Update {
        relation: u32,
        old: Option<Old>,
        new: Vec<Cell>,
    },
    /// A deleted row.
    Delete { relation: u32, old: Old },
    /// Tables emptied; never passed on.
    Truncate,
    /// A type's name or an origin; not needed, the catalogue is asked.
    Other,
}

/// Decodes one message.
pub(crate) fn decode(message: &Bytes) -> Option<Message> {
    let mut input = Input {
        rest: message.as_ref(),
        whole: message,
    };
    let decoded = match input.byte()? {
        b'R' => Message::Relation(relation(&mut input)?),
        b'I' => {
            let relation = input.u32()?;
            Message::Insert {
                relation,
                new: input.tagged_row(b'N')?,
            }
        }
        b'U' => update(&mut input)?,
        b'D' => {
            let relation = input.u32()?;
            let tag = input.byte()?;
            Message::Delete {
                relation,
                old: input.old(tag)?,
            }
        }
        b'T' => return Some(Message::Truncate),
        b'Y' | b'O' => return Some(Message::Other),
        _ => return None,
    };
    input.rest.is_empty().then_some(decoded)
}

fn relation(input: &mut Input<'_>) -> Option<Relation> {
    let id = input.u32()?;
    let schema = input.text()?;
    let table = input.text()?;
    input.byte()?;
    let count = input.u16()?;
    let mut columns = Vec::new();
    for _ in 0..count {
        let key = input.byte()? & 1 == 1;
        let name = input.text()?;
        input.u32()?;
        input.u32()?;
        columns.push(RelationColumn { key, name });
    }
    Some(Relation {
        id,
        schema,
        table,
        columns,
    })
}

fn update(input: &mut Input<'_>) -> Option<Message> {
    let relation = input.u32()?;
    let tag = input.byte()?;
    let (old, new) = if tag == b'N' {
        (None, input.row()?)
    } else {
        (Some(input.old(tag)?), input.tagged_row(b'N')?)
    };
    Some(Message::Update { relation, old, new })
}

struct Input<'a> {
    rest: &'a [u8],
    whole: &'a Bytes,
}

impl<'a> Input<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (head, tail) = self.rest.split_at_checked(length)?;
        self.rest = tail;
        Some(head)
    }

    fn byte(&mut self) -> Option<u8> {
        self.take(1)?.first().copied()
    }

    fn u16(&mut self) -> Option<u16> {
        Some(u16::from_be_bytes(self.take(2)?.try_into().ok()?))
    }

    fn u32(&mut self) -> Option<u32> {
        Some(u32::from_be_bytes(self.take(4)?.try_into().ok()?))
    }

    fn text(&mut self) -> Option<String> {
        let end = self.rest.iter().position(|byte| *byte == 0)?;
        let text = std::str::from_utf8(self.take(end)?).ok()?.to_owned();
        self.take(1)?;
        Some(text)
    }

    fn tagged_row(&mut self, tag: u8) -> Option<Vec<Cell>> {
        (self.byte()? == tag).then(|| self.row()).flatten()
    }

    fn old(&mut self, tag: u8) -> Option<Old> {
        match tag {
            b'K' => self.row().map(Old::Key),
            b'O' => self.row().map(Old::Full),
            _ => None,
        }
    }

    fn row(&mut self) -> Option<Vec<Cell>> {
        let count = self.u16()?;
        let mut row = Vec::new();
        for _ in 0..count {
            row.push(match self.byte()? {
                b'n' => Cell::Null,
                b'u' => Cell::Unchanged,
                b't' => {
                    let length = usize::try_from(self.u32()?).ok()?;
                    Cell::Text(self.whole.slice_ref(self.take(length)?))
                }
                _ => return None,
            });
        }
        Some(row)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn message(parts: &[&[u8]]) -> Bytes {
        parts.concat().into()
    }

    fn text(value: &'static str) -> Cell {
        Cell::Text(Bytes::from_static(value.as_bytes()))
    }

    #[test]
    fn a_relation_names_its_columns_and_key() {
        let bytes = message(&[
            b"R\0\0\0\x07public\0notes\0d\0\x02",
            b"\x01id\0\0\0\0\x14\xff\xff\xff\xff",
            b"\0room\0\0\0\0\x19\xff\xff\xff\xff",
        ]);
        let columns = vec![
            RelationColumn {
                key: true,
                name: "id".to_owned(),
            },
            RelationColumn {
                key: false,
                name: "room".to_owned(),
            },
        ];
        let relation = Relation {
            id: 7,
            schema: "public".to_owned(),
            table: "notes".to_owned(),
            columns,
        };
        assert_eq!(decode(&bytes), Some(Message::Relation(relation)));
    }

    #[test]
    fn an_update_keeps_unchanged_large_columns_apart_from_null() {
        let bytes = message(&[b"U\0\0\0\x07N\0\x03", b"t\0\0\0\x011", b"u", b"n"]);
        let new = vec![text("1"), Cell::Unchanged, Cell::Null];
        assert_eq!(
            decode(&bytes),
            Some(Message::Update {
                relation: 7,
                old: None,
                new
            })
        );
    }

    #[test]
    fn a_changed_key_and_a_full_old_row_are_told_apart() {
        let row: &[u8] = b"\0\x01t\0\0\0\x011";
        let keyed = message(&[b"U\0\0\0\x07K", row, b"N", row]);
        let full = message(&[b"D\0\0\0\x07O", row]);
        let one = vec![text("1")];
        assert_eq!(
            decode(&keyed),
            Some(Message::Update {
                relation: 7,
                old: Some(Old::Key(one.clone())),
                new: one.clone()
            })
        );
        assert_eq!(
            decode(&full),
            Some(Message::Delete {
                relation: 7,
                old: Old::Full(one)
            })
        );
    }

    #[test]
    fn truncated_overlong_and_unknown_messages_are_none() {
        let whole = message(&[b"I\0\0\0\x07N\0\x01t\0\0\0\x011"]);
        assert!(decode(&whole).is_some());
        for end in 0..whole.len() {
            assert_eq!(decode(&whole.slice(..end)), None, "{end}");
        }
        assert_eq!(decode(&message(&[&whole, b"x"])), None);
        assert_eq!(
            decode(&message(&[b"I\0\0\0\x07N\0\x01t\xff\xff\xff\xff1"])),
            None
        );
        assert_eq!(decode(&message(&[b"?"])), None);
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200), kind in "[RIUDTYO]") {
            let _ = decode(&Bytes::from([kind.as_bytes(), &bytes].concat()));
        }
    }
}
