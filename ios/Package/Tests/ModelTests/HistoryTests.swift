import Fakes
import Foundation
import RockOnCore
import Testing

@testable import Models

/// Who changed a song, and where it is on the web.
@MainActor @Suite(.timeLimit(.minutes(1)))
struct HistoryTests {
  @Test func whatWasDoneIsReadAgainWithEachChange() async throws {
    let phone = try await Phone()
    let model = HistoryScreenModel(RowId("Hello"), phone.shell)
    Task { await model.follow() }
    #expect(model.steps == nil && !model.isEmpty)
    phone.core.song.tell(Samples.song("Hello"))
    try await until("nothing") { model.isEmpty }
    let changes = [
      FieldChange(field: "duration", from: .null, to: 225, known: true),
      FieldChange(field: "song_group_id", from: .null, to: "x", known: true),
    ]
    phone.core.know(history: [Samples.logged(.changed, by: "Sam", changes), Samples.logged(.added, by: nil)])
    phone.core.song.tell(Samples.song("Hello", key: "Em"))
    try await until("two steps") { model.steps?.count == 2 }
    #expect(model.steps?.map(\.verb) == [.changed, .added] && model.steps?.map(\.by) == ["Sam", nil])
    #expect(model.steps?[0].changes.map(\.id) == ["duration"] && model.steps?[0].changes[0].to == .text("3:45"))
    phone.core.fail(with: .Storage(failure: .unreadable))
    phone.core.song.tell(Samples.song("Hello"))
    try await until("the failure") { model.failure == .Storage(failure: .unreadable) }
    #expect(model.steps?.count == 2)
  }

  @Test func aSongLeadsToItsHistoryAndItsLinks() async throws {
    let phone = try await Phone(mayEdit: false)
    phone.core.ofNotices.row = Samples.linked
    let model = DetailModel(.song, RowId("Hello"), phone.shell)
    Task { await model.follow() }
    phone.core.song.tell(Samples.song("Hello"))
    try await until("its links") { !model.links.isEmpty }
    #expect(model.links.map(\.name) == [.name("song.link_recording"), .text("Live in Berlin")])
    #expect(model.links.map(\.url.absoluteString) == ["https://rock-on.test/hello", "https://rock-on.test/live"])
    // Words are shown as they are.
    #expect(model.facts.map(\.id) == ["chords_url"] && model.facts[0].value == .text("ask Sam"))
    #expect(model.hasMore && model.hasHistory)
    #expect(!DetailModel(.show, RowId("x"), phone.shell).hasHistory)
    model.historyTapped()
    #expect(phone.shell.router.path(of: phone.shell.router.tab) == [.history(RowId("Hello"))])
  }
}
