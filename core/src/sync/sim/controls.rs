//! The controls: with one rule left out, histories of the seeds that are right with all rules end wrong, and in the way
//! that the rule prevents.

use super::Rule;
use super::run::{DEFAULT, run};

/// Seeds of a control, which ends with the first wrong history: some rules matter in few histories.
const SEEDS: u64 = 5 * DEFAULT;

/// Among the first histories, which all end right, some end wrong without the rule, and in this way.
fn notices(rule: Rule, how: &str) {
    let wrong = run(0..SEEDS, rule, Some(how));
    println!(
        "  {rule:?}: seeds {:?}",
        wrong.iter().map(|(seed, _)| seed).collect::<Vec<_>>()
    );
    assert!(
        wrong.iter().any(|(_, why)| why.contains(how)),
        "{rule:?}: {wrong:?}"
    );
}

macro_rules! controls {
    ($($name:ident: $rule:ident, $how:literal;)+) => {
        $(
            #[test]
            fn $name() {
                notices(Rule::$rule, $how);
            }
        )+
    };
}

controls! {
    pages_are_published_before_the_head_of_their_snapshot: PublishAtOwnHead, "half a transaction";
    a_page_cut_in_a_revision_counts_as_whole: PageEndsInsideRevision, "phone";
    a_cursor_moves_before_its_rows_are_stored: CursorMovesWithRows, "phone";
    a_cursor_below_the_pruned_revisions_is_good: CursorBelowPrunedIsVoid, "a row too many";
    a_first_reading_gets_no_tombstones: TombstonesOfFirstReading, "a row too many";
    a_restored_server_keeps_its_epochs: NewEpochAfterRestore, "phone";
    a_reset_leaves_what_it_does_not_bring_back: ResetSweeps, "a row too many";
    a_gone_scope_is_not_cleared: GoneScopeIsCleared, "a row too many";
    tombstones_are_passed_over: TombstonesRemove, "a row too many";
    a_tombstone_removes_a_newer_row: TombstoneOfLowerRev, "a row is missing";
    revisions_of_two_scopes_are_compared: MovedRowReplaces, "phone";
    the_last_author_alone_is_known: AuthorPair, "unread rows";
    an_author_is_a_device: AuthorIsAPerson, "unread rows";
    read_marks_of_the_other_phone_are_passed_over: MarksArePulled, "a read mark has not travelled";
    heads_are_not_asked_for: HeadCheck, "phone";
    an_edit_without_an_answer_is_not_sent_again: SentAgain, "typed and vanished";
    an_edit_is_sent_again_under_a_new_number: SameNumberAgain, "done twice";
    a_number_is_done_as_often_as_it_comes: NumberIsDoneOnce, "done twice";
    an_overwritten_value_is_not_returned: OverwrittenIsReturned, "typed and vanished";
    texts_give_way: TextsAreMerged, "typed and vanished";
    a_delete_beats_what_its_author_has_not_seen: DeleteYieldsToUnseen, "typed and vanished";
    a_pull_covers_own_edits: OwnEditsStay, "an own edit is not shown";
    an_answered_edit_goes_before_its_pull: AnsweredStaysUntilPulled, "the value of before";
    a_notice_has_the_value_that_the_row_has_now: ValuesAreTheAuthors, "an untrue notice";
    a_new_row_is_told_as_changed: VerbsAreTold, "an untrue notice";
    a_row_that_came_back_is_told_as_added: ReturnsAndMovesAreTold, "an untrue notice";
    what_two_did_is_told_of_the_last: LogIsWhole, "a change is not told";
    changes_fold_over_those_of_others: FoldsOwnChangesOnly, "an untrue notice";
    what_ends_where_it_began_is_told: NothingIsNotTold, "an untrue notice";
    what_is_due_is_not_told: DueIsTold, "a change is not told";
    what_is_told_is_told_again: ToldIsMarked, "a notice told again";
}
