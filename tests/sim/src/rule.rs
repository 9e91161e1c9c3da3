//! The rules of sync, of which a mutation check leaves out one.

use rockon_core::store::rules;

/// One rule of sync.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Rule {
    /// None is left out: all rules hold.
    #[default]
    None,

    /// Publish only what has reached the head of its own snapshot. Left out: every page counts as the last one.
    CommitAtOwnHead,
    /// A page may end inside a revision. Left out: the revision it ends in counts as read.
    PageEndsInsideRevision,
    /// A cursor moves with the rows below it. Left out: it moves before, and stays when the page is lost.
    CursorMovesWithRows,
    /// A cursor below the pruned revisions is void.
    CursorBelowPrunedIsVoid,
    /// What is deleted during a first reading comes as a tombstone.
    TombstonesOfFirstReading,
    /// A restored server has new epochs.
    NewEpochAfterRestore,
    /// What a reset does not bring back goes.
    ResetSweeps,
    /// A scope that the user has lost access to is cleared.
    GoneScopeIsPurged,
    /// Tombstones remove rows.
    TombstonesRemove,
    /// A tombstone removes only a row with a lower revision.
    TombstoneOfLowerRev,
    /// Revisions of two scopes are not compared: a row that moved replaces the one of its old scope.
    MovedRowReplaces,
    /// The last revision by somebody else is known beside the last one.
    AuthorPair,
    /// An author is a person. Left out: what another phone of the same member wrote is somebody else's.
    AuthorIsAPerson,
    /// Read marks of one phone reach the others of the same member.
    MarksArePulled,

    /// The heads are asked for when no hint has come for a while.
    HeadCheck,

    /// An edit without an answer is sent again. Left out: what was sent counts as applied.
    SentAgain,
    /// It is sent again under its number. Left out: under a new one.
    SameNumberAgain,
    /// The server does a number once. Left out: as often as it comes.
    NumberIsDoneOnce,
    /// A scalar of somebody else's that gives way is returned.
    OverwrittenIsReturned,
    /// A text or list of somebody else's does not give way.
    TextsAreMerged,
    /// A delete, or a move, of what somebody else has changed unseen is not done.
    DeleteYieldsToUnseen,
    /// Nor is one of what somebody else has put to use unseen.
    UsesHoldADelete,
    /// An edit that puts to use what was deleted unseen brings it back.
    UseBringsBack,
    /// An edit of a row that has moved to another scope is refused. Left out: it counts as done.
    MovedIsRefused,
    /// A row with unsent edits shows them, whatever a pull brings.
    OwnEditsStay,
    /// An answered edit is shown until the pull with its row.
    AnsweredStaysUntilPulled,

    /// The values of a log entry are those of its revision. Left out: what is now is what its author wrote.
    ValuesAreTheAuthors,
    /// The log tells new, changed and deleted rows apart.
    VerbsAreTold,
    /// And of these the rows that came back, and those that were moved away.
    ReturnsAndMovesAreTold,
    /// The log has every change of a row. Left out: a page has the last one of each row.
    LogIsWhole,
    /// Changes fold only where nobody else's came between.
    FoldsOwnChangesOnly,
    /// What ends where it began is not told.
    NothingIsNotTold,
    /// What is due is told.
    DueIsTold,
    /// What is told is marked as told.
    ToldIsMarked,
}

impl Rule {
    /// The same rule where only the core can leave it out.
    pub(crate) fn in_core(self) -> Option<rules::Rule> {
        Some(match self {
            Self::TombstoneOfLowerRev => rules::Rule::TombstoneOfLowerRev,
            Self::HeadCheck => rules::Rule::HeadCheck,
            Self::FoldsOwnChangesOnly => rules::Rule::FoldsOwnChangesOnly,
            Self::NothingIsNotTold => rules::Rule::NothingIsNotTold,
            Self::DueIsTold => rules::Rule::DueIsTold,
            Self::ToldIsMarked => rules::Rule::ToldIsMarked,
            _ => return None,
        })
    }
}
