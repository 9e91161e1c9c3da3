//! The mutation checks (controls): with one rule switched off, simulated runs of seeds that are right with all rules end
//! wrong, and in the way that the rule prevents.

use super::Rule;
use super::run::{DEFAULT, run};

/// How far a control searches: some rules matter in few histories.
const SEEDS: u64 = 5 * DEFAULT;

/// Without the rule some history ends wrong, and in this way. The search begins at `first`, where the last one found it, so
/// that a control costs one history. A change of what histories do moves it: then it goes on from there, and says where.
fn notices(rule: Rule, how: &str, first: u64) {
    let wrong = run(first..first + SEEDS, rule, Some(how));
    let found = wrong.iter().find(|(_, why)| why.contains(how));
    let Some((seed, _)) = found else {
        panic!("{rule:?}: {wrong:?}");
    };
    if *seed != first {
        println!("  {rule:?}: begin at seed {seed} instead of {first}");
    }
}

macro_rules! controls {
    ($($name:ident: $rule:ident, $how:literal, $first:literal;)+) => {
        $(
            #[test]
            fn $name() {
                notices(Rule::$rule, $how, $first);
            }
        )+
    };
}

controls! {
    pages_are_committed_before_the_head_of_their_snapshot: CommitAtOwnHead, "half a transaction", 20;
    a_page_cut_in_a_revision_counts_as_whole: PageEndsInsideRevision, "phone", 25;
    a_cursor_moves_before_its_rows_are_stored: CursorMovesWithRows, "phone", 5;
    a_cursor_below_the_pruned_revisions_is_good: CursorBelowPrunedIsVoid, "a row too many", 218;
    a_first_reading_gets_no_tombstones: TombstonesOfFirstReading, "a row too many", 1109;
    a_restored_server_keeps_its_epochs: NewEpochAfterRestore, "phone", 196;
    a_reset_leaves_what_it_does_not_bring_back: ResetSweeps, "a row too many", 218;
    a_gone_scope_is_not_purged: GoneScopeIsPurged, "a row too many", 161;
    tombstones_are_passed_over: TombstonesRemove, "a row too many", 16;
    a_tombstone_removes_a_newer_row: TombstoneOfLowerRev, "a row is missing", 30;
    revisions_of_two_scopes_are_compared: MovedRowReplaces, "phone", 79;
    the_last_author_alone_is_known: AuthorPair, "unread rows", 5;
    an_author_is_a_device: AuthorIsAPerson, "unread rows", 3;
    read_marks_of_the_other_phone_are_passed_over: MarksArePulled, "a read mark has not travelled", 243;
    heads_are_not_asked_for: HeadCheck, "phone", 0;
    an_edit_without_an_answer_is_not_sent_again: SentAgain, "typed and vanished", 15;
    an_edit_is_sent_again_under_a_new_number: SameNumberAgain, "done twice", 22;
    a_number_is_done_as_often_as_it_comes: NumberIsDoneOnce, "done twice", 54;
    an_overwritten_value_is_not_returned: OverwrittenIsReturned, "typed and vanished", 91;
    texts_give_way: TextsAreMerged, "typed and vanished", 489;
    a_delete_beats_what_its_author_has_not_seen: DeleteYieldsToUnseen, "typed and vanished", 12;
    a_delete_beats_a_use_that_its_author_has_not_seen: UsesHoldADelete, "a hole in a list", 214;
    what_is_put_to_use_stays_deleted: UseBringsBack, "a hole in a list", 22;
    an_edit_of_a_row_that_has_moved_passes_for_done: MovedIsRefused, "typed and vanished", 21;
    a_pull_covers_own_edits: OwnEditsStay, "an own edit is not shown", 17;
    an_answered_edit_goes_before_its_pull: AnsweredStaysUntilPulled, "the earlier value", 3;
    a_notice_has_the_value_that_the_row_has_now: ValuesAreTheAuthors, "an untrue notice", 25;
    a_new_row_is_told_as_changed: VerbsAreTold, "an untrue notice", 0;
    a_row_that_came_back_is_told_as_added: ReturnsAndMovesAreTold, "an untrue notice", 5;
    what_two_did_is_told_of_the_last: LogIsWhole, "a change is not told", 2;
    changes_fold_over_those_of_others: FoldsOwnChangesOnly, "an untrue notice", 241;
    what_ends_where_it_began_is_told: NothingIsNotTold, "an untrue notice", 66;
    what_is_due_is_not_told: DueIsTold, "a change is not told", 0;
    what_is_told_is_told_again: ToldIsMarked, "a notice told again", 0;
}
