import Fakes
import RockOnCore
import Testing

@testable import Models

@MainActor @Suite(.timeLimit(.minutes(1)))
struct ShellTests {
  @Test func theWayIsKeptOverTheEndOfTheProcess() {
    let kept = FakeKept()
    let router = Router(kept)
    router.touched(.songs)
    router.go(to: .song(RowId("7")))
    router.go(to: .song(RowId("7")))
    router.follow(.setlist(id: RowId("3")))
    let again = Router(kept)
    #expect(again.tab == .setlists)
    #expect(again.path(of: .songs) == [.song(RowId("7"))])
    #expect(again.path(of: .setlists) == [.setlist(RowId("3"))])
    again.touched(.setlists)
    #expect(again.path(of: .setlists).isEmpty)
    #expect(
      Router(FakeKept(["places": "moon\nsongs song/1 hovercraft status"])).path(of: .songs) == [
        .song(RowId("1")), .status,
      ])
  }

  @Test func aLinkOfAStrangerDoesNothingByItself() {
    let router = Router(FakeKept())
    router.follow(.join(code: "LOOPS"))
    #expect(router.sheet == .join(code: "LOOPS"))
    router.follow(.server(url: "https://example.org", key: "k"))
    #expect(router.sheet == .server(url: "https://example.org", key: "k"))
  }

  @Test func theStripSaysTheMostUrgentThing() {
    #expect(Strip(Samples.status()) == nil)
    #expect(Strip(Samples.status(network: false, unsent: 2))?.word == .offline)
    #expect(Strip(Samples.status(network: false, unsent: 2))?.unsent == 2)
    #expect(Strip(Samples.status(isSynced: false))?.word == .firstSync(rows: 120))
    #expect(Strip(Samples.status(conflicts: 1)).map { $0.word == nil && $0.conflicts == 1 } == true)
    #expect(Strip(Samples.status(error: .Offline))?.word == .offline)
    let ended = SessionState.needsSignIn(account: Account(user: Samples.me, email: nil), reason: .sessionNotFound)
    #expect(Strip(Samples.status(network: false, session: ended))?.word == .signedOut)
  }

  @Test func theChosenBandIsKeptAndAJoinedOneIsChosenWhenItComes() async throws {
    let phone = try await Phone()
    let bands = phone.shell.bands
    #expect(bands.chosen?.name == "The Loops" && bands.canSwitch)
    let other = ScopeId("b2")
    bands.chose(other)
    #expect(bands.chosen?.name == "The Loops")
    phone.core.bands.tell([.insert(Samples.band("Others", id: other), at: 1)])
    try await until("the other band") { bands.chosen?.name == "Others" }
    bands.chose(ScopeId(of: Samples.me))
    #expect(bands.chosen?.name == nil && bands.chosen?.mayEdit == true)
    let again = try await Phone(kept: phone.kept)
    #expect(again.shell.bands.chosen?.id == ScopeId(of: Samples.me), "kept over the end of the process")
  }

  @Test func badgesCountByTab() async throws {
    let phone = try await Phone()
    func count(_ kind: Kind, _ count: Int) -> UnreadCount {
      UnreadCount(scope: Samples.scope, kind: kind, count: count)
    }
    phone.core.unread.tell([count(.song, 2), count(.show, 1), count(.practice, 3)])
    phone.core.unseen.tell(4)
    try await until("the badges") { phone.shell.badge(of: .notices) == 4 && phone.shell.badge(of: .songs) == 2 }
    #expect(phone.shell.badge(of: .calendar) == 4)
    #expect(phone.shell.badge(of: .setlists) == 0)
  }

  @Test func aNewBarEndsTheOneBefore() async throws {
    let phone = try await Phone()
    let model = SongsScreenModel(phone.shell)
    model.markAllReadTapped()
    await model.swipedAway(SongRow(Samples.songs[0]))
    try await until("what waited for the bar") { phone.core.calls.contains { $0.hasPrefix("read") } }
    #expect(phone.shell.bars.bar?.what == .deleted(name: "Creep"))
  }
}
