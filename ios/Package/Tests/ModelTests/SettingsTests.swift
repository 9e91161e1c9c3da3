import Fakes
import Foundation
import RockOnCore
import Testing

@testable import Models

@MainActor @Suite(.timeLimit(.minutes(1)))
struct SettingsTests {
  @Test func aLanguageIsKeptAndToldToTheCoreAlsoAfterOpening() async throws {
    let phone = try await Phone()
    let model = SettingsScreenModel(phone.shell)
    model.languageChosen(.de)
    #expect(phone.core.calls == ["language german"] && phone.shell.preferences.locale?.identifier == "de")
    let core = FakeCore()
    let app = AppModel(FakeDoor(.success(core)), kept: phone.kept)
    core.status.tell(Samples.status(session: .signedOut))
    Task { await app.open() }
    try await until("the language") { core.calls == ["language german"] }
    app.preferences.theme = .stage
    #expect(Preferences(phone.kept).theme == .stage)
  }

  @Test func anAccountIsDeletedOnlyByTheWord() async throws {
    let phone = try await Phone()
    let model = SettingsScreenModel(phone.shell)
    model.deleteTapped()
    model.word = "delete"
    await model.deleteAnywayTapped(.english)
    #expect(model.asksToDelete && phone.core.calls.isEmpty)
    model.word = "DELETE"
    #expect(model.canDelete(.english) && !model.canDelete(.german))
    await model.deleteAnywayTapped(.english)
    #expect(phone.core.calls == ["delete account"])
  }

  @Test func aServerThatWantsToKnowWhoItIsSendsACode() async throws {
    let phone = try await Phone()
    let model = SettingsScreenModel(phone.shell)
    model.password = "another"
    phone.core.fail(with: .Auth(reason: .reauthenticationNeeded))
    await model.passwordTapped()
    #expect(model.code == "" && !model.canSavePassword && model.password == "another")
    phone.core.fail(with: nil)
    model.code = "123"
    await model.passwordTapped()
    #expect(phone.core.calls.last == "password with code 123" && model.password.isEmpty && model.code == nil)
  }

  @Test func anAddressThatIsTypedStaysWhenTheStatusComesAgain() async throws {
    let phone = try await Phone()
    let model = SettingsScreenModel(phone.shell)
    let following = Task { await model.follow() }
    try await until("the address") { !model.email.isEmpty }
    model.email = "rick@rock-on.test"
    phone.core.status.tell(Samples.status(unsent: 1))
    phone.core.status.finish()
    await following.value
    #expect(model.email == "rick@rock-on.test" && model.canSaveEmail)
  }

  @Test func nameAddressAndExport() async throws {
    let phone = try await Phone()
    let model = SettingsScreenModel(phone.shell)
    await model.read()
    Task { await model.follow() }
    try await until("the address") { !model.email.isEmpty }
    #expect(model.name == "Eric" && model.email == "eric@rock-on.test" && !model.canSaveName && !model.canSaveEmail)
    (model.name, model.email) = ("Rick", "rick@rock-on.test")
    await model.nameTapped()
    #expect(phone.core.calls.last == "name Rick" && !model.canSaveName)
    await model.emailTapped()
    #expect(model.sentTo == "rick@rock-on.test" && phone.core.calls.last == "email rick@rock-on.test")
    await model.exportTapped(.csv)
    #expect(model.file?.lastPathComponent == "songs.csv")
  }
}
