import Fakes
import Foundation
import RockOnCore
import Testing

@testable import Models

@MainActor @Suite(.timeLimit(.minutes(1)))
struct SetlistTests {
  private let items = [
    Samples.item("Hello", number: 1, key: "Fm", length: 295, notes: " "),
    Samples.item("pause", .break(minutes: 20, notes: "Sell shirts")),
    Samples.item("encore", .section(title: "Encore")), Samples.item("Creep", number: 2), Samples.item("new", .other),
  ]

  private func opened(_ phone: Phone, _ list: Setlist? = nil) async throws -> SetlistScreenModel {
    let model = SetlistScreenModel(RowId("Club"), phone.shell)
    phone.core.ofSetlists.list.tell(list ?? Samples.setlist("Club", songs: 2, runningTime: 1_495, items: items))
    Task { await model.follow() }
    try await until("the setlist and who has seen it") {
      model.text != nil && model.seenBy != nil || model.shown == .gone
    }
    return model
  }

  private func phone(mayEdit: Bool = true) async throws -> Phone {
    let phone = try await Phone(mayEdit: mayEdit)
    phone.core.ofSetlists.seen(by: [
      SeenBy(user: Samples.me, name: "Eric", rev: 1, current: true),
      SeenBy(user: UserId("s"), name: "Sam", rev: 1, current: true),
      SeenBy(user: UserId("k"), name: "Kim", rev: 1, current: true),
      SeenBy(user: UserId("j"), name: "Jo", rev: 0, current: false),
    ])
    return phone
  }

  @Test func itIsShownAsItIsPlayed() async throws {
    let model = try await opened(phone())
    #expect(model.rows.map(\.id) == ["Hello", "pause", "encore", "Creep", "new"])
    #expect(model.rows[0].what == .song(RowId("Hello"), number: 1, title: "Hello", key: "Fm", length: "4:55"))
    #expect(model.rows[0].notes == nil && model.rows[1].notes == "Sell shirts")
    #expect(model.rows[2].what == .section("Encore") && model.rows[4].what == .other)
    #expect(model.name == "Club" && model.songs == 2 && model.length == "24:55" && model.mayEdit)
    #expect(model.seenBy == "Sam, Kim" && model.seenEarlierBy == "Jo")
  }

  @Test func toLookIsToHaveReadAndWhatWasDifferentStays() async throws {
    let phone = try await phone()
    let change = SeenChange(field: "name", from: "Pub", to: "Club", by: nil, byName: "Sam", at: nil)
    let moved = ListStep.moved(item: .song(title: "Creep"), from: 1, at: 4, number: nil)
    phone.core.know(ChangesSinceSeen(fields: [change], steps: [moved, .removed(item: .song(title: nil), at: 2)]))
    let model = try await opened(phone)
    #expect(phone.core.calls == ["read setlist Club"])
    #expect(model.changedName == "Club" && model.changedNotes == nil)
    #expect(model.steps.map(\.sign) == ["↕", "−"] && model.steps.map(\.place) == [4, nil])
    #expect(model.steps.map(\.item) == [.written("Creep"), .goneSong])
    model.changesDismissed()
    #expect(!model.isChanged)
  }

  @Test func aDragMovesAtOnceAndTellsTheCoreWhereTo() async throws {
    let phone = try await phone()
    let model = try await opened(phone)
    await model.moved([0], to: 3)
    #expect(model.rows.map(\.id) == ["pause", "encore", "Hello", "Creep", "new"])
    await model.moved([3], to: 0)
    #expect(model.rows.map(\.id) == ["Creep", "pause", "encore", "Hello", "new"])
    await model.moved([1], to: 1)
    await model.moved([1], to: 2)
    #expect(
      phone.core.calls.dropFirst() == [
        "move Hello \(ItemPlace.after(item: "encore"))", "move Creep \(ItemPlace.first)",
      ])
  }

  @Test func withoutADragItMovesByOneOrToAnEnd() async throws {
    let phone = try await phone()
    let model = try await opened(phone)
    await model.movedDown(model.rows[0])
    #expect(model.rows.map(\.id) == ["pause", "Hello", "encore", "Creep", "new"])
    await model.movedUp(model.rows[1])
    await model.movedLast(model.rows[0])
    #expect(model.rows.last?.id == "Hello")
    await model.movedFirst(model.rows[4])
    #expect(model.rows.first?.id == "Hello")
    let before = phone.core.calls
    await model.movedUp(model.rows[0])
    await model.movedDown(model.rows[4])
    await model.movedFirst(model.rows[0])
    #expect(phone.core.calls == before)
  }

  @Test func whatIsNotDoneIsToldAndShownAsItWas() async throws {
    let phone = try await phone()
    let model = try await opened(phone)
    phone.core.fail(with: .NotFound(what: "setlist"))
    await model.moved([0], to: 3)
    #expect(model.rows.map(\.id) == items.map(\.id))
    await model.swipedOut(model.rows[0])
    #expect(model.rows.map(\.id) == items.map(\.id))
    #expect(phone.shell.bars.bar?.what == .failed(.NotFound(what: "setlist")))
  }

  @Test func whatIsSwipedOutComesBack() async throws {
    let phone = try await phone()
    let model = try await opened(phone)
    await model.swipedOut(model.rows[0])
    #expect(model.rows.map(\.id) == ["pause", "encore", "Creep", "new"])
    #expect(phone.shell.bars.bar?.what == .tookOut(title: "Hello"))
    await phone.shell.bars.undoTapped()
    #expect(phone.core.calls.suffix(2) == ["remove Hello", "put back"])
    await model.swipedOut(model.rows[0])
    #expect(phone.shell.bars.bar?.what == .tookOut(title: nil))
  }

  @Test func breaksHeadingsAndTheStageAreTheCores() async throws {
    let phone = try await phone()
    let model = try await opened(phone)
    await model.addBreakTapped()
    model.addSectionTapped()
    model.typed = " \n"
    #expect(!model.canSave)
    await model.sectionNamed()
    model.typed = "Encore"
    await model.sectionNamed()
    await model.startTapped()
    #expect(phone.core.calls.dropFirst() == ["add break of 15 to Club", "add section Encore to Club", "start Club"])
  }

  @Test func whatIsGoneOrUnreadableIsSaid() async throws {
    let phone = try await phone()
    let model = try await opened(phone)
    phone.core.ofSetlists.list.tell(nil)
    try await until("it is gone") { model.shown == .gone }
    phone.core.ofSetlists.list.fail(.Storage(failure: .unreadable))
    try await until("the failure") { model.shown == .failed(.Storage(failure: .unreadable)) }
  }

  @Test func whatFailsForOneValueIsNotTheEndOfTheFeed() async throws {
    let phone = try await phone()
    let model = try await opened(phone)
    phone.core.fail(with: .NotFound(what: "setlist"))
    phone.core.ofSetlists.list.tell(Samples.setlist("Club", items: items, rev: 2))
    try await until("the failure") { model.shown == .failed(.NotFound(what: "setlist")) }
    phone.core.ofSetlists.list.tell(nil)
    try await until("it is gone") { model.shown == .gone }
  }

  @Test func aViewerMayNotChangeIt() async throws { #expect(try await !opened(phone(mayEdit: false)).mayEdit) }
}

@MainActor @Suite(.timeLimit(.minutes(1)))
struct AddSongsTests {
  private func opened(_ phone: Phone) async throws -> AddSongsScreenModel {
    let model = AddSongsScreenModel(RowId("Club"), phone.shell)
    phone.core.ofSetlists.list.tell(Samples.setlist("Club", items: [Samples.item("Hello", number: 1)]))
    phone.core.songs.tell([.reset(Samples.songs)])
    Task { await model.followSetlist() }
    try await until("the setlist") { model.query != nil }
    Task { await model.follow(model.query) }
    try await until("songs") { model.rows.count == 3 }
    return model
  }

  @Test func whatIsChosenIsAddedInThatOrderAndTakenBack() async throws {
    let phone = try await Phone()
    let model = try await opened(phone)
    #expect(!model.canAdd && model.rows.map(model.isThere) == [false, true, false])
    for at in [2, 0, 1, 0] { model.tapped(model.rows[at]) }
    #expect(model.rows.map(model.isChosen) == [false, true, true])
    await model.addTapped()
    #expect(phone.core.calls == ["add Roxanne, Hello to Club"] && phone.shell.router.sheet == nil)
    #expect(phone.shell.bars.bar?.what == .addedSongs(2, to: "Club"))
    await phone.shell.bars.undoTapped()
    #expect(phone.core.calls.suffix(2) == ["remove item of Roxanne", "remove item of Hello"])
  }

  @Test func whatIsChosenOutlivesTheProcessUntilItIsLetGo() async throws {
    let phone = try await Phone()
    let model = try await opened(phone)
    model.tapped(model.rows[2])
    #expect(AddSongsScreenModel(RowId("Club"), phone.shell).chosen == [RowId("Roxanne")])
    model.closeTapped()
    #expect(AddSongsScreenModel(RowId("Club"), phone.shell).chosen == [])
  }

  @Test func aSearchIsOfTheSetlistsBandAndARefusalIsSaid() async throws {
    let phone = try await Phone()
    let model = try await opened(phone)
    model.search = "rox"
    #expect(model.query?.search == "rox" && model.query?.scope == Samples.scope)
    model.tapped(model.rows[0])
    phone.core.fail(with: .Closed)
    await model.addTapped()
    #expect(model.failure == .Closed && model.canAdd)
  }
}
