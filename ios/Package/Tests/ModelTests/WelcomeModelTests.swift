import Fakes
import RockOnCore
import Testing

@testable import Models

@MainActor @Suite(.timeLimit(.minutes(1)))
struct WelcomeModelTests {
  /// What came of it.
  @MainActor final class Ended { var outcomes: [WelcomeScreenModel.Outcome] = [] }

  private func opened(again: String? = nil) -> (FakeCore, WelcomeScreenModel, Ended) {
    let (core, ended) = (FakeCore(), Ended())
    let device = FakeDevice(offered: [.apple])
    let model = WelcomeScreenModel(core, device: device, again: again) { ended.outcomes.append($0) }
    return (core, model, ended)
  }

  @Test func whoSignsUpBeginsWithAChoice() async {
    let (core, model, ended) = opened()
    model.chose(.signUp)
    (model.email, model.password) = ("eric@rock-on.test", "secret")
    #expect(!model.canGoOn)
    model.name = "Eric"
    await model.goOnTapped()
    #expect(core.calls == ["sign up Eric"] && ended.outcomes == [.then(.start)] && model.password.isEmpty)
  }

  @Test func aCodeIsSentThenTypedAndAForgottenPasswordReplaced() async {
    let (core, model, ended) = opened()
    model.chose(.code)
    model.email = " eric@rock-on.test "
    await model.goOnTapped()
    #expect(model.asksForCode && !model.canGoOn && ended.outcomes.isEmpty)
    #expect(core.calls == ["code to eric@rock-on.test"], "nobody gets an account without a name")
    model.code = "123456"
    await model.goOnTapped()
    #expect(core.calls.last == "sign in by code 123456" && ended.outcomes == [.inside])
    model.chose(.reset)
    #expect(!model.isSent && model.code.isEmpty)
    await model.goOnTapped()
    #expect(core.calls.last == "reset code to eric@rock-on.test")
    model.code = "654321"
    await model.goOnTapped()
    #expect(ended.outcomes.last == .then(.newPassword))
  }

  @Test func anAccountElsewhereIsTakenAndARefusalIsSaid() async {
    let (core, model, ended) = opened()
    #expect(model.providers == [.apple])
    core.fail(with: .Offline)
    await model.providerTapped(.apple)
    #expect(model.failure == .Offline && ended.outcomes.isEmpty && !model.isBusy)
    core.fail(with: nil)
    await model.providerTapped(.apple)
    #expect(core.calls.last == "sign in by apple" && ended.outcomes == [.inside])
  }

  @Test func anotherServerIsUsedOnlyAfterAQuestion() async {
    let (_, model, ended) = opened()
    model.ownServerTapped()
    model.link = "https://example.org"
    model.linkTapped()
    #expect(model.isLinkWrong && model.asksForServer == nil)
    model.link = "rockon://server?url=https%3A%2F%2Floops.test&key=sb_publishable_1"
    #expect(!model.isLinkWrong)
    model.linkTapped()
    #expect(model.asksForServer?.host == "loops.test" && ended.outcomes.isEmpty)
    await model.serverTapped(model.asksForServer)
    #expect(ended.outcomes == [.server(Server(url: "https://loops.test", key: "sb_publishable_1"))])
  }

  @Test func whoseSessionHasEndedMakesNoNewAccount() {
    let (_, model, _) = opened(again: "eric@rock-on.test")
    #expect(!model.others.contains(.signUp) && model.email == "eric@rock-on.test")
  }

  @Test func anotherMemberOnThePhoneFindsNothingOfTheFirst() async throws {
    let (core, kept) = (FakeCore(), FakeKept())
    let app = AppModel(FakeDoor(.success(core)), kept: kept)
    func signedIn(_ user: UserId) -> Status {
      Samples.status(session: .signedIn(account: Account(user: user, email: nil)))
    }
    func shell() -> Shell? { if case .inside(let shell) = app.shown { shell } else { nil } }
    core.status.tell(signedIn(Samples.me))
    Task { await app.open() }
    try await until("the first") { shell() != nil }
    let first = try #require(shell())
    SongsScreenModel(first).search = "secret song"
    first.router.touched(.songs)
    core.status.tell(signedIn(UserId("c0000000-0000-4000-8000-000000000001")))
    try await until("the second") { shell() !== first }
    let second = try #require(shell())
    #expect(SongsScreenModel(second).search.isEmpty && second.router.tab == .setlists)
    core.status.tell(signedIn(Samples.me))
    try await until("the first again") { shell() !== second }
    #expect(SongsScreenModel(try #require(shell())).search == "secret song")
  }

  @Test func aLinkWaitsUntilSomebodyIsSignedInAndAServerIsKept() async throws {
    let (core, kept) = (FakeCore(), FakeKept())
    let app = AppModel(FakeDoor(.success(core)), kept: kept)
    core.status.tell(Samples.status(session: .signedOut))
    Task { await app.open() }
    try await until("the way in") { if case .outside = app.shown { true } else { false } }
    if case .outside(let welcome) = app.shown { welcome.opened(.join(code: "LOOPS1")) }
    core.status.tell(Samples.status())
    try await until("the shell") { if case .inside = app.shown { true } else { false } }
    if case .inside(let shell) = app.shown { #expect(shell.router.sheet == .join(code: "LOOPS1")) }
    let own = Server(url: "https://loops.test", key: "k")
    await app.use(own)
    #expect(Server.kept(in: kept) == own && app.turn == 1)
    await app.use(nil)
    #expect(Server.kept(in: kept) == nil && app.turn == 2)
  }

  @Test func aBandIsMadeOrJoinedAndARefusalKeepsWhatWasTyped() async throws {
    let phone = try await Phone()
    let join = EntryScreenModel(.join, phone.shell, text: "LOOPS1")
    phone.shell.router.sheet = .join(code: "LOOPS1")
    phone.core.fail(with: .Denied(reason: .inviteExpired))
    await join.goOnTapped()
    #expect(join.failure == .Denied(reason: .inviteExpired) && join.text == "LOOPS1" && phone.shell.router.sheet != nil)
    phone.core.fail(with: nil)
    await join.goOnTapped()
    #expect(phone.core.calls.last == "join by LOOPS1" && phone.shell.router.sheet == nil)
    #expect(phone.shell.bars.bar?.what == .done(.inTheBand) && phone.shell.bands.chosen?.id == Samples.scope)
    let make = EntryScreenModel(.makeBand, phone.shell)
    #expect(!make.canGoOn)
    make.text = "The Loops"
    await make.goOnTapped()
    #expect(phone.core.calls.last == "create band The Loops")
  }
}
