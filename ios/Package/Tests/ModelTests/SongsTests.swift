import Fakes
import RockOnCore
import Testing

@testable import Models

@MainActor @Suite(.timeLimit(.minutes(1)))
struct SongsTests {
  private func list(_ phone: Phone) -> (SongsScreenModel, Task<Void, Never>) {
    let model = SongsScreenModel(phone.shell)
    return (model, Task { await model.follow(model.query) })
  }

  @Test func theListFollowsTheCoreInItsOrder() async throws {
    let phone = try await Phone()
    let (model, _) = list(phone)
    #expect(model.shown == .opening)
    phone.core.songs.tell([.reset(Samples.songs)])
    try await until("three songs") { model.rows.count == 3 }
    #expect(model.shown == .list)
    #expect(model.rows.map(\.length) == ["3:56", "4:55", "3:12"])
    #expect(model.rows.map(\.isUnread) == [false, true, false])
    #expect(model.rows.map(\.isUnsent) == [false, false, true])
    phone.core.songs.tell([.insert(Samples.song("Alive"), at: 0), .remove(at: 2)])
    try await until("the steps") { model.rows.map(\.title) == ["Alive", "Creep", "Roxanne"] }
  }

  @Test func theQuestionIsWhatWasChosenAndTheSearchIsKept() async throws {
    let phone = try await Phone()
    let model = SongsScreenModel(phone.shell)
    model.search = "hell"
    model.order = .newest
    model.isUnreadOnly = true
    #expect(
      model.query
        == SongQuery(
          scope: Samples.scope, search: "hell", unreadOnly: true, mineOnly: false, order: .newest, limit: 100))
    #expect(SongsScreenModel(phone.shell).search == "hell")
    model.search = ""
    #expect(SongsScreenModel(phone.shell).search == "")
  }

  @Test func anEmptyListSaysWhy() async throws {
    let phone = try await Phone()
    let (model, _) = list(phone)
    phone.core.songs.tell([.reset([])])
    try await until("an empty list") { model.shown == .empty("songs.empty", hint: "songs.empty_hint") }
    model.isUnreadOnly = true
    #expect(model.shown == .empty("songs.none_unread"))
    model.search = "x"
    #expect(model.shown == .nothingFound("x"))
    phone.core.songs.fail(.Storage(failure: .unreadable))
    try await until("the failure") { model.shown == .failed(.Storage(failure: .unreadable)) }
    let viewer = try await Phone(mayEdit: false)
    let (theirs, _) = list(viewer)
    viewer.core.songs.tell([.reset([])])
    try await until("an empty list for a viewer") { theirs.shown == .empty("songs.empty", hint: "songs.empty_viewer") }
    #expect(!theirs.mayEdit)
  }

  @Test func nothingIsOfferedUntilTheBandIsKnown() {
    let shell = Shell(FakeCore(), kept: FakeKept())
    #expect(SongsScreenModel(shell).query == nil && !SongsScreenModel(shell).mayEdit)
    #expect(!SetlistsScreenModel(shell).mayEdit && !CalendarScreenModel(shell).mayAdd)
  }

  @Test func aSongSwipedAwayIsDeletedAndComesBack() async throws {
    let phone = try await Phone()
    let (model, _) = list(phone)
    phone.core.songs.tell([.reset(Samples.songs)])
    try await until("three songs") { model.rows.count == 3 }
    await model.swipedAway(model.rows[0])
    #expect(phone.shell.bars.bar?.what == .deleted(name: "Creep"))
    await phone.shell.bars.undoTapped()
    #expect(phone.core.calls == ["delete song Creep", "restore song Creep in \(Samples.scope)"])
    #expect(phone.shell.bars.bar == nil)
    phone.core.fail(with: .Storage(failure: .full))
    await model.swipedAway(model.rows[0])
    #expect(phone.shell.bars.bar?.what == .failed(.Storage(failure: .full)))
  }

  @Test func allReadIsShownAtOnceAndDoneWhenTheBarGoes() async throws {
    let phone = try await Phone()
    let (model, _) = list(phone)
    phone.core.songs.tell([.reset(Samples.songs)])
    try await until("three songs") { model.rows.count == 3 }
    model.markAllReadTapped()
    #expect(!model.isNew(model.rows[1]) && phone.core.calls.isEmpty)
    await phone.shell.bars.undoTapped()
    #expect(model.isNew(model.rows[1]) && phone.core.calls.isEmpty)
    model.markAllReadTapped()
    await phone.shell.bars.timeIsUp()
    #expect(phone.core.calls == ["read song in \(Samples.scope)"])
  }

  @Test func allReadIsSaidOfOneBandOnly() async throws {
    let phone = try await Phone()
    let (model, _) = list(phone)
    phone.core.songs.tell([.reset(Samples.songs)])
    try await until("three songs") { model.rows.count == 3 }
    model.markAllReadTapped()
    model.bandChanged()
    phone.core.songs.tell([.reset(Samples.songs)])
    try await until("those of the other band") { model.rows.count == 3 }
    #expect(model.isNew(model.rows[1]))
    await phone.shell.bars.timeIsUp()
    #expect(phone.core.calls == ["read song in \(Samples.scope)"])
  }

  @Test func theListGrowsBeforeItsEndIsReached() async throws {
    let phone = try await Phone()
    let (model, _) = list(phone)
    phone.core.songs.tell([.reset((0..<100).map { Samples.song("\($0)") })])
    try await until("a page") { model.rows.count == 100 }
    model.reached(model.rows[20])
    #expect(phone.core.songs.limit == nil)
    model.reached(model.rows[60])
    #expect(phone.core.songs.limit == 200)
  }

  @Test(arguments: [(0, "0:00"), (9, "0:09"), (225, "3:45"), (3_720, "1:02:00")])
  func lengthsAreWrittenAsMusiciansDo(seconds: Int, text: String) {
    #expect(writtenLength(seconds) == text)
  }
}
