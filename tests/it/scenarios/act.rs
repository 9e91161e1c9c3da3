//! What a member does.

use std::time::Duration;

use rockon_core::client::{Choice, Client, INVITE_HOURS};
use rockon_core::model::{EditId, Kind, RowId, ScopeId, Values};
use rockon_core::redact::Secret;
use rockon_core::session::{EmailChange, IdProvider};
use rockon_core::speech::Language;
use rockon_core::transfer::{Format, ImportChoices, SongChoice, SourceFile};
use rockon_tests::phone::{BAND, PASSWORD, values};
use serde_json::{Value, json};
use uuid::Uuid;

use super::play::{Fault, ScenarioRun};
use super::step::{Act, Choose, Coded, File, Import, TokenWanted, Twins};
use super::wait::{ALL, List, until};

/// Time for a background job.
const BUDGET: Duration = Duration::from_secs(20);

impl From<File> for Format {
    fn from(file: File) -> Self {
        match file {
            File::Csv => Self::Csv,
            File::ChordPro => Self::ChordPro,
        }
    }
}

impl From<Twins> for SongChoice {
    fn from(twins: Twins) -> Self {
        match twins {
            Twins::Skip => Self::Skip,
            Twins::Update => Self::Update,
            Twins::Add => Self::Add,
        }
    }
}

impl ScenarioRun {
    /// Does it.
    pub(super) async fn act(&mut self, phone: &str, act: Act) -> Result<(), Fault> {
        match act {
            Act::Kill {} => self.phone(phone).kill(),
            Act::Open {} => self.phone(phone).open(),
            Act::Network { on } => self.phone(phone).network(on),
            Act::Foreground { on } => self.phone(phone).foreground(on),
            act => {
                let client = self.client(phone);
                return self.session(&client, phone, act).await;
            }
        }
        Ok(())
    }

    async fn session(&mut self, client: &Client, phone: &str, act: Act) -> Result<(), Fault> {
        match act {
            Act::SignIn { member, password } => {
                let owner = phone.split('/').next().unwrap_or_default();
                let member = member.as_deref().unwrap_or(owner);
                let password = Secret::new(password.as_deref().unwrap_or(PASSWORD));
                client
                    .sign_in(&format!("{member}@rock-on.test"), password)
                    .await?;
            }
            Act::SignUp {
                email,
                password,
                name,
            } => {
                client
                    .sign_up(&email, Secret::new(&password), &name)
                    .await?;
            }
            Act::SignOut { everywhere } => {
                client.sign_out(everywhere).await?;
            }
            Act::WaitForFirstSync {} => client.wait_for_first_sync().await?,
            Act::Sync { complete } => {
                let once = client.sync_once(BUDGET).await?;
                if once.complete != complete {
                    return Err(Fault::Script(format!("{once:?}")));
                }
            }
            act => return self.account(client, act).await,
        }
        Ok(())
    }

    async fn account(&mut self, client: &Client, act: Act) -> Result<(), Fault> {
        match act {
            Act::RequestSignInCode {
                email,
                create_account,
            } => client.request_sign_in_code(&email, create_account).await?,
            Act::SignInWithCode(coded) => {
                let code = self.coded(&coded).await?;
                client.sign_in_with_code(&coded.email, &code).await?;
            }
            Act::RequestPasswordReset { email } => client.request_password_reset(&email).await?,
            Act::SignInWithResetCode(coded) => {
                let code = self.coded(&coded).await?;
                client.sign_in_with_reset_code(&coded.email, &code).await?;
            }
            Act::SignInWithIdentityToken(wanted) => self.by_token(client, &wanted).await?,
            Act::SetPassword { password } => {
                client.set_password(Secret::new(password), None).await?;
            }
            Act::SetEmail { email } => {
                let change = client.set_email(&email).await?;
                if change != EmailChange::ConfirmEmail {
                    return Err(Fault::Script(format!("{change:?}")));
                }
            }
            Act::AccessToken {} => {
                client.access_token().await?;
            }
            Act::SetName { name } => {
                client.set_name(&name).await?;
            }
            Act::DeleteAccount {} => client.delete_account().await?,
            act => return self.rows(client, act).await,
        }
        Ok(())
    }

    async fn by_token(&self, client: &Client, wanted: &TokenWanted) -> Result<(), Fault> {
        let provider = match wanted.provider.as_str() {
            "apple" => IdProvider::Apple,
            "google" => IdProvider::Google,
            other => return Err(Fault::Script(format!("no such service: {other}"))),
        };
        let made = self.world.identity_token(&json!(wanted)).await?;
        let secret = |name: &str| Secret::new(made[name].as_str().unwrap_or_default());
        let (token, nonce) = (secret("token"), secret("nonce"));
        let entered = client.sign_in_with_id_token(provider, token, Some(nonce));
        entered.await?;
        Ok(())
    }

    /// The code that a step hands in.
    async fn coded(&self, coded: &Coded) -> Result<Secret, String> {
        Ok(Secret::new(match &coded.code {
            Some(code) => code.clone(),
            None => self.world.code(&coded.email).await?,
        }))
    }

    async fn rows(&mut self, client: &Client, act: Act) -> Result<(), Fault> {
        let workspace = client.workspace()?;
        match act {
            Act::Add {
                kind,
                values,
                word,
                band,
                mine,
            } => {
                let scope = if mine {
                    ScopeId::from(workspace.user())
                } else {
                    self.band(band.as_deref())?
                };
                let id = workspace.add(scope, kind, values).await?;
                self.name(kind, word, id);
            }
            Act::Change { kind, row, values } => {
                let id = self.row(client, kind, &row).await?;
                workspace.change(kind, id, values).await?;
            }
            Act::Delete { kind, row } => {
                let id = self.row(client, kind, &row).await?;
                workspace.delete(kind, id).await?;
            }
            Act::Restore { kind, row } => {
                let id = self.row(client, kind, &row).await?;
                workspace.restore(BAND, kind, id).await?;
            }
            Act::Order { row, songs } => self.order(client, &row, &songs).await?,
            Act::PutItems { row, songs } => self.put_items(client, &row, &songs).await?,
            Act::Import(read) => import(client, read).await?,
            act => return self.items_of(client, act).await,
        }
        Ok(())
    }

    pub(super) async fn reading(&mut self, client: &Client, act: Act) -> Result<(), Fault> {
        let workspace = client.workspace()?;
        match act {
            Act::Read { kind, row } => {
                let id = self.row(client, kind, &row).await?;
                workspace.mark_read(kind, id).await?;
            }
            Act::ReadKind { kind } => workspace.mark_kind_read(BAND, kind).await?,
            Act::ReadAll {} => workspace.mark_all_read().await?,
            Act::SeeNotices {} => workspace.see_all_notices(None).await?,
            Act::TakeUntold { texts } => {
                let untold = workspace.take_untold(100).await?.into_iter();
                let told: Vec<String> = untold.map(|one| one.text).collect();
                if told != texts {
                    return Err(Fault::Script(format!("{told:?}")));
                }
            }
            Act::SetLanguage { tag } => client.set_language(Language::of_tag(&tag)),
            Act::GigMode { on } => workspace.set_gig_mode(on).await?,
            act => return self.on_stage(client, act).await,
        }
        Ok(())
    }

    pub(super) async fn choices(&mut self, client: &Client, act: Act) -> Result<(), Fault> {
        let workspace = client.workspace()?;
        match act {
            Act::Resolve {
                kind,
                row,
                field,
                choose,
            } => {
                let id = self.row(client, kind, &row).await?;
                let open = || Ok(List::from(client.workspace()?.conflicts(ALL)));
                let conflict = until(self.patience, open, async |found| {
                    let one = found.iter().find(|one| {
                        one.what.row == id
                            && field.as_ref().is_none_or(|field| *field == one.what.field)
                    });
                    one.map(|one| one.id).ok_or_else(|| format!("{found:?}"))
                });
                workspace.resolve(conflict.await?, choice(choose)).await?;
            }
            Act::Retry { kind, row } => {
                let id = self.row(client, kind, &row).await?;
                workspace.retry(self.rejected(client, id).await?).await?;
            }
            Act::Discard { kind, row } => {
                let id = self.row(client, kind, &row).await?;
                workspace.discard(self.rejected(client, id).await?).await?;
            }
            act => return self.bands(client, act).await,
        }
        Ok(())
    }

    async fn bands(&mut self, client: &Client, act: Act) -> Result<(), Fault> {
        match act {
            Act::CreateBand { name, word } => {
                let band = client.create_band(&name).await?;
                self.bands.extend(word.map(|word| (word, band)));
            }
            Act::Invite { band, member, word } => {
                let band = self.band(band.as_deref())?;
                let code = match member {
                    Some(member) => {
                        let member = self.member(client, &member).await?;
                        client.create_invite_for(band, member, INVITE_HOURS).await?
                    }
                    None => client.create_invite(band, 5, INVITE_HOURS).await?,
                };
                self.codes.extend(word.map(|word| (word, code)));
            }
            Act::Join { code } => {
                let code = self.codes.get(&code).unwrap_or(&code);
                client.redeem_invite(code).await?;
            }
            Act::SetRole { member, role } => {
                let member = self.member(client, &member).await?;
                client.set_member_role(BAND, member, role).await?;
            }
            Act::Remove { member } => {
                let member = self.member(client, &member).await?;
                client.remove_member(BAND, member).await?;
            }
            Act::Leave { band } => client.leave_band(self.band(band.as_deref())?).await?,
            Act::ShareSeen { on } => client.set_share_seen(BAND, on).await?,
            act => return Err(Fault::Script(format!("nobody does {act:?}"))),
        }
        Ok(())
    }

    /// The rejected edit of a row.
    async fn rejected(&self, client: &Client, row: RowId) -> Result<EditId, String> {
        let open = || Ok(List::from(client.workspace()?.rejected_edits(ALL)));
        until(self.patience, open, async |rejected| {
            let one = rejected.iter().find(|entry| entry.row == row);
            one.map(|edit| edit.id)
                .ok_or_else(|| format!("{rejected:?}"))
        })
        .await
    }

    /// The named songs first, the others as they were.
    async fn order(&mut self, client: &Client, row: &str, songs: &[String]) -> Result<(), Fault> {
        let id = self.row(client, Kind::Setlist, row).await?;
        let mut rest = self.items(client, id).await?;
        let mut items = Vec::new();
        for song in songs {
            let song = json!(self.row(client, Kind::Song, song).await?);
            let at = rest.iter().position(|item| item["songId"] == song);
            let at = at.ok_or_else(|| format!("{song} is not in the setlist"))?;
            items.push(rest.remove(at));
        }
        items.append(&mut rest);
        put(client, id, items).await
    }

    async fn put_items(
        &mut self,
        client: &Client,
        row: &str,
        songs: &[String],
    ) -> Result<(), Fault> {
        let id = self.row(client, Kind::Setlist, row).await?;
        let mut items = self.items(client, id).await?;
        for song in songs {
            let song = self.row(client, Kind::Song, song).await?;
            items.push(json!({ "id": Uuid::new_v4(), "type": "song", "songId": song }));
        }
        put(client, id, items).await
    }

    /// The items of a setlist as they are in the row.
    async fn items(&self, client: &Client, id: RowId) -> Result<Vec<Value>, String> {
        let open = || Ok(client.workspace()?.setlist(id));
        until(self.patience, open, async |setlist| {
            let setlist = setlist.ok_or("no such setlist")?;
            Ok(setlist.items.into_iter().map(|item| item.raw).collect())
        })
        .await
    }
}

/// Writes the items with their places.
async fn put(client: &Client, id: RowId, mut items: Vec<Value>) -> Result<(), Fault> {
    for (at, item) in items.iter_mut().enumerate() {
        item["position"] = json!(at + 1);
    }
    let set: Values = values(json!({ "items": items }));
    client.workspace()?.change(Kind::Setlist, id, set).await?;
    Ok(())
}

async fn import(client: &Client, import: Import) -> Result<(), Fault> {
    let file = SourceFile {
        name: import.name,
        bytes: import.file.into_bytes(),
    };
    let workspace = client.workspace()?;
    let plan = workspace.plan_import(BAND, vec![file], Vec::new()).await?;
    let found = (plan.bad_lines, plan.warning_count, plan.twins());
    if found != (import.bad, import.warnings, import.twins) {
        return Err(Fault::Script(format!("{:?} {:?}", plan.bad, plan.warnings)));
    }
    let choices = ImportChoices {
        twins: import.choose.into(),
        songs: Vec::new(),
    };
    workspace.run_import(BAND, plan, choices).await?;
    Ok(())
}

fn choice(choose: Choose) -> Choice {
    match choose {
        Choose::Mine => Choice::Mine,
        Choose::Theirs => Choice::Theirs,
        Choose::Value(value) => Choice::Other(value),
    }
}
