import Fakes
import Foundation
import RockOnCore
import Testing

@testable import Models

@MainActor @Suite(.timeLimit(.minutes(1)))
struct DetailTests {
  private func page(_ kind: Kind, _ id: String, _ phone: Phone) -> DetailModel {
    let model = DetailModel(kind, RowId(id), phone.shell)
    Task { await model.follow() }
    return model
  }

  @Test func aShowSaysAllThatIsKnown() async throws {
    let phone = try await Phone()
    phone.core.know(nil, last: LastChange(by: nil, byName: "Sam", at: Samples.evening))
    phone.core.ofRows.names = [RowId("Fair"): "Fair set"]
    let model = page(.show, "Street fair", phone)
    phone.core.ofRows.show.tell(Samples.fair())
    try await until("the show") { model.lastAt != nil }
    #expect(model.shown == .there && model.title == .text("Street fair") && model.lastBy == "Sam")
    let ids = ["scheduled_date", "status", "venue", "location", "load_in_time", "set_time", "duration", "payment"]
    #expect(model.facts.map(\.id) == ids)
    #expect(model.facts[0].value == .moment(Samples.evening) && model.facts[1].value == .name("show.confirmed"))
    #expect(model.facts[5].value == .text("after the mayor") && model.facts[6].value == .minutes(90))
    #expect(model.facts[7].value == .text("450.50") && model.notes?.value == .text("Bring the small amp"))
    #expect(model.setlist == "Fair set" && model.text == nil)
    #expect(model.mapURL?.absoluteString == "https://maps.apple.com/?q=Market,%20Church%20Road")
    model.setlistTapped()
    #expect(phone.shell.router.path(of: phone.shell.router.tab) == [.setlist(RowId("Fair"))])
  }

  @Test func aViewerIsToldNothingOfPay() async throws {
    let phone = try await Phone(mayEdit: false)
    let pay = SeenChange(field: "payment", from: 1, to: 2, by: nil, byName: "Sam", at: nil)
    let venue = SeenChange(field: "venue", from: "Barn", to: "Mill", by: nil, byName: "Sam", at: nil)
    phone.core.know(ChangesSinceSeen(fields: [pay, venue], steps: []))
    let model = page(.show, "Street fair", phone)
    phone.core.ofRows.show.tell(Samples.fair(unread: true))
    try await until("the show is read") { phone.core.calls == ["read show Street fair"] }
    #expect(model.facts.map(\.id).contains("venue") && !model.facts.map(\.id).contains("payment"))
    #expect(model.changes.map(\.id) == ["venue"])
    #expect(!model.mayEdit && !model.mayCancel && !model.mayWrapUp)
  }

  @Test func peopleAreCalledAndWrittenTo() {
    func person(_ name: String?, _ phone: String?, _ email: String?) -> Person {
      Person(Samples.contact(name, phone: phone, email: email))
    }
    let sue = person("Sue", "+49 170 / 1", " sue@rock-on.test ")
    #expect(sue.call?.absoluteString == "tel:+491701" && sue.mail?.absoluteString == "mailto:sue@rock-on.test")
    let nobody = person(nil, nil, nil)
    #expect(nobody.call == nil && nobody.mail == nil)
    #expect(person(nil, "170", nil).name == "170" && person(" ", "", "a@b").name == "a@b")
  }

  @Test func aPracticeIsCalledByItsKindAndNamesItsSongs() async throws {
    let phone = try await Phone()
    phone.core.ofRows.names = [RowId("1"): "Hello", RowId("2"): "Creep"]
    phone.core.know(nil, last: LastChange(by: nil, byName: nil, at: Samples.evening))
    let model = page(.practice, "p1", phone)
    let songs = ["1", "2"].map { RowId($0) }
    phone.core.ofRows.practice.tell(Samples.practice("p1", .lesson, songs: songs, objectives: ["Endings", "Tempo"]))
    try await until("the practice") { model.lastAt != nil }
    #expect(model.title == .name("practice.lesson") && model.mayWrapUp)
    #expect(model.facts.first { $0.id == "songs" }?.value == .text("Hello\nCreep"))
    #expect(model.facts.first { $0.id == "objectives" }?.value == .text("Endings\nTempo"))
    model.wrapUpTapped()
    #expect(phone.shell.router.sheet == .wrapUp(RowId("p1")))
  }

  @Test func whoComesToAPracticeIsNamed() async throws {
    let phone = try await Phone()
    let model = page(.practice, "p1", phone)
    phone.core.ofBand.members.tell([.reset([Samples.member("Sam"), Samples.member("Pat")])])
    phone.core.ofRows.practice.tell(Samples.practice("p1", attendees: ["pat", "sam", "gone"].map { UserId($0) }))
    try await until("the names") { model.facts.contains { $0.value == .text("Pat\nSam") } }
    #expect(phone.core.calls == ["former members"])
    // What cannot be read holds nothing up.
    phone.core.ofBand.members.fail(.Closed)
    phone.core.ofRows.practice.tell(nil)
    try await until("its end") { model.shown == .gone }
    phone.core.ofRows.practice.tell(Samples.practice("p1", attendees: [UserId("pat")]))
    try await until("nobody") { model.shown == .there && !model.facts.contains { $0.id == "attendees" } }
  }

  @Test func whatIsCalledOffComesBackAsItWas() async throws {
    let phone = try await Phone()
    let model = page(.show, "Street fair", phone)
    phone.core.ofRows.show.tell(Samples.fair())
    try await until("the show") { model.shown == .there }
    #expect(model.mayCancel)
    await model.cancelTapped()
    #expect(phone.core.written == ["status": "cancelled"])
    #expect(phone.shell.bars.bar?.what == .cancelled(name: "Street fair"))
    await phone.shell.bars.undoTapped()
    #expect(phone.core.written == ["status": "confirmed"])
    phone.core.ofRows.show.tell(Samples.fair(status: .cancelled))
    try await until("it is called off") { model.isCancelled }
    #expect(!model.mayCancel)
  }

  @Test func aPracticeIsDeletedUntilThatIsTakenBack() async throws {
    let phone = try await Phone()
    phone.shell.router.go(to: .practice(RowId("p1")))
    let model = page(.practice, "p1", phone)
    phone.core.ofRows.practice.tell(Samples.practice("p1"))
    try await until("the practice") { model.shown == .there }
    phone.core.fail(with: .Closed)
    await model.deleteTapped()
    #expect(phone.shell.bars.bar?.what == .failed(.Closed))
    #expect(phone.shell.router.path(of: phone.shell.router.tab) == [.practice(RowId("p1"))], "it stays")
    phone.core.fail(with: nil)
    await model.deleteTapped()
    #expect(phone.shell.bars.bar?.what == .deleted(name: nil))
    #expect(phone.shell.router.path(of: phone.shell.router.tab) == [])
    await phone.shell.bars.undoTapped()
    #expect(phone.core.calls.last == "restore practice p1 in \(Samples.scope)")
  }

  @Test func whatIsNotThereOrCannotBeReadIsSaid() async throws {
    let phone = try await Phone()
    let model = page(.show, "Street fair", phone)
    #expect(model.shown == .opening)
    phone.core.ofRows.show.tell(nil)
    try await until("its end") { model.shown == .gone }
    phone.core.ofRows.show.fail(.Storage(failure: .unreadable))
    try await until("the failure") { model.shown == .failed(.Storage(failure: .unreadable)) }
  }
}
