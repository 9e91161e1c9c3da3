import Fakes
import Foundation
import RockOnCore
import Testing

@testable import Models

@MainActor @Suite(.timeLimit(.minutes(1)))
struct SetlistsTests {
  private func list(_ phone: Phone, isArchive: Bool = false) -> SetlistsScreenModel {
    let model = SetlistsScreenModel(phone.shell, isArchive: isArchive)
    Task { await model.follow(model.query) }
    return model
  }

  @Test func theListFollowsTheCoreInItsOrder() async throws {
    let phone = try await Phone()
    let model = list(phone)
    #expect(model.shown == .opening)
    let show = Date(timeIntervalSince1970: 0)
    let club = Samples.setlist("Club", songs: 14, runningTime: 3_400, at: show, unread: true, pending: true)
    phone.core.ofSetlists.lists.tell([.reset([club, Samples.setlist("Fair")])])
    try await until("two setlists") { model.rows.count == 2 }
    #expect(model.shown == .list)
    #expect(model.rows[0].date == show && model.rows[0].songs == 14 && model.rows[0].length == "56:40")
    #expect(model.rows[0].isUnread && model.rows[0].isUnsent)
    #expect(model.rows[1].date == nil && model.rows[1].length == nil && !model.rows[1].isUnread)
    #expect(phone.core.ofSetlists.queries.map(\.archived) == [false])
  }

  @Test func nothingToShowHasItsReason() async throws {
    let phone = try await Phone()
    let (inUse, archived) = (list(phone), list(phone, isArchive: true))
    phone.core.ofSetlists.lists.tell([.reset([])])
    try await until("both are read") {
      inUse.shown == .empty("setlists.empty", hint: "setlists.empty_hint")
        && archived.shown == .empty("setlists.archive_empty")
    }
    phone.core.ofSetlists.lists.fail(.Storage(failure: .unreadable))
    try await until("the failure") { inUse.shown == .failed(.Storage(failure: .unreadable)) }
    inUse.bandChanged()
    #expect(inUse.shown == .opening)
  }

  @Test func aNewOneHasANameAndIsOpened() async throws {
    let phone = try await Phone()
    let model = SetlistsScreenModel(phone.shell)
    model.addTapped()
    #expect(!model.canSave)
    model.typed = " \n"
    await model.named(model.asking)
    #expect(phone.core.calls == [])
    model.typed = " Club "
    await model.named(model.asking)
    #expect(phone.core.written == SetlistDraft { $0.name = "Club" }.values)
    #expect(phone.shell.router.path(of: phone.shell.router.tab) == [.setlist(RowId("new"))])
  }

  @Test func theSameOnceMoreIsTakenBack() async throws {
    let phone = try await Phone()
    let model = SetlistsScreenModel(phone.shell)
    model.duplicateTapped(SetlistRow(Samples.setlist("Club")))
    #expect(model.typed == "Club")
    model.typed = "Club 2"
    await model.named(model.asking)
    #expect(phone.shell.bars.bar?.what == .duplicatedSetlist(name: "Club 2"))
    await phone.shell.bars.undoTapped()
    #expect(phone.core.calls == ["duplicate Club as Club 2", "delete setlist copy"])
  }

  @Test func whatIsPutAwayComesBackAsItWas() async throws {
    let phone = try await Phone()
    let model = SetlistsScreenModel(phone.shell)
    await model.putAwayTapped(SetlistRow(Samples.setlist("Club", status: .draft)))
    #expect(phone.core.written == SetlistDraft { $0.status = .archived }.values)
    #expect(phone.shell.bars.bar?.what == .archivedSetlist(name: "Club"))
    await phone.shell.bars.undoTapped()
    #expect(phone.core.written == SetlistDraft { $0.status = .draft }.values)
  }

  @Test func whatIsTakenOutOfTheArchiveIsInUse() async throws {
    let phone = try await Phone()
    let model = SetlistsScreenModel(phone.shell, isArchive: true)
    await model.putAwayTapped(SetlistRow(Samples.setlist("Club", status: .archived)))
    #expect(phone.core.written == SetlistDraft { $0.status = .active }.values)
    #expect(phone.shell.bars.bar?.what == .unarchivedSetlist(name: "Club"))
  }

  @Test func aSwipeDeletesUntilItIsTakenBackAndAFailureIsSaid() async throws {
    let phone = try await Phone()
    let model = SetlistsScreenModel(phone.shell)
    await model.swipedAway(SetlistRow(Samples.setlist("Club")))
    #expect(phone.shell.bars.bar?.what == .deleted(name: "Club"))
    await phone.shell.bars.undoTapped()
    #expect(phone.core.calls == ["delete setlist Club", "restore setlist Club in \(Samples.scope)"])
    phone.core.fail(with: .Closed)
    await model.swipedAway(SetlistRow(Samples.setlist("Club")))
    #expect(phone.shell.bars.bar?.what == .failed(.Closed))
  }
}
