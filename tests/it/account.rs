//! The end of an account on the phones of its person, and the account in the terminal.

use rockon_core::Error;
use rockon_core::model::{AuthErrorCode, RefusalCode};
use rockon_core::session::SessionState;
use rockon_core::speech::Language;
use rockon_core::store::SongQuery;
use rockon_tests::phone::{BAND, PATIENCE, Phone, first as first_of};
use rockon_tests::{eventually, project};

use super::cli::{refused, text, with_input};

fn files(phone: &Phone) -> Vec<String> {
    let entries = std::fs::read_dir(phone.dir()).unwrap();
    entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.starts_with("user-"))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_account_leaves_nothing_on_its_phone_and_ends_on_the_others() {
    let project = project().await;
    let [first, second, third] = [
        Phone::of(&project, "noel").await,
        Phone::of(&project, "noel").await,
        Phone::of(&project, "noel").await,
    ];
    second.network(false); // nothing of it asks by itself
    first.add_song("Never sent").await;
    first.client().delete_account().await.unwrap();
    assert_eq!(first.client().workspace().err(), Some(Error::SignedOut));
    assert_eq!(files(&first), Vec::<String>::new());
    // The second phone asks the same: as after an answer that was lost, it is done.
    second.client().delete_account().await.unwrap();
    assert_eq!(files(&second), Vec::<String>::new());
    let told = third.client().create_band("Ghost").await.unwrap_err();
    let gone = Error::Denied {
        reason: RefusalCode::AccountGone,
    };
    // It may have asked by itself before.
    assert!(told == gone || told == Error::SignedOut, "{told:?}");
    let advice = gone.advice(Language::English);
    assert!(advice.starts_with("This account was deleted."));
    eventually("the session ends", PATIENCE, || async {
        let state = third.client().session().borrow().clone();
        matches!(state, SessionState::NeedsSignIn { reason, .. } if reason == AuthErrorCode::AccountGone)
            .then_some(())
    })
    .await;
    let songs = || SongQuery {
        limit: 10,
        ..SongQuery::default()
    };
    eventually("the band's data has left", PATIENCE, || async {
        let workspace = third.workspace();
        let left = first_of(workspace.songs(songs())).await.len()
            + first_of(workspace.bands()).await.len();
        (left == 0).then_some(())
    })
    .await;
    third.client().sign_out(false).await.unwrap();
    assert_eq!(files(&third), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_only_admin_is_told_for_how_many_bands_and_keeps_everything() {
    let project = project().await;
    let eric = Phone::of(&project, "eric").await;
    let refused = eric.client().delete_account().await.unwrap_err();
    assert_eq!(refused, Error::HandOver { bands: 1 });
    let sam = Phone::of(&project, "sam").await.workspace().user();
    let admin = rockon_core::model::Role::Admin;
    eric.client()
        .set_member_role(BAND, sam, admin)
        .await
        .unwrap();
    eric.client().delete_account().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_is_made_named_and_deleted_in_the_terminal() {
    let project = project().await;
    let account = |more: &[&str]| {
        let mut args = vec![
            "account",
            "--url",
            project.url(),
            "--key",
            project.anon_key(),
        ];
        args.extend(["--email", "max@rock-on.test"]);
        args.extend(more);
        with_input(&args, "a long password 1\n")
    };
    refused(&account(&["--sign-up", " \u{200b}"]), 2, &["name"]);
    for (what, said) in [
        (&["--sign-up", "Max"][..], "The account was made."),
        (&[], "Your name is Max."),
        (&["--name", " Max  M. "], "Your name is now Max M."),
        (&["--delete"], "The account was deleted."),
    ] {
        let output = account(what);
        assert!(
            output.status.success() && text(&output).contains(said),
            "{}",
            text(&output)
        );
    }
    refused(&account(&[]), 1, &["invalid_credentials"]);
}
