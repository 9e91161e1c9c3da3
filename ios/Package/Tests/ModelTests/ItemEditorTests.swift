import Fakes
import Foundation
import RockOnCore
import Testing

@testable import Models

@MainActor @Suite(.timeLimit(.minutes(1)))
struct ItemEditorTests {
  private let items = [
    Samples.item("Hello", number: 1, notes: "Slow start"),
    Samples.item("pause", .break(minutes: 20, notes: "Sell shirts")),
    Samples.item("encore", .section(title: "Encore")),
  ]

  private func opened(_ id: String, _ phone: Phone) async throws -> EditorModel {
    phone.core.ofSetlists.list.tell(Samples.setlist("Club", items: items))
    let row = try #require(items.first { $0.id == id })
    let item = try #require(EditedItem(ItemRow(row)))
    let model = EditorModel(.setlist, RowId("Club"), item: item, phone.shell)
    Task { await model.follow() }
    try await until("its value") { model.fields[0].text != "" }
    return model
  }

  private func type(_ text: String, _ column: String, _ model: EditorModel) throws {
    let field = try #require(model.fields.first { $0.id == column })
    model.typed(text, in: field.field)
  }

  @Test func notesForTonightAreTheItemsAlone() async throws {
    let phone = try await Phone()
    let model = try await opened("Hello", phone)
    #expect(model.title == "setlist.item_notes" && model.fields.map(\.text) == ["Slow start"])
    try type("Fast start", "notes", model)
    await model.saveTapped()
    #expect(phone.core.calls == ["set Hello to Fast start"] && phone.shell.router.sheet == nil)
  }

  @Test func aBreakKeepsWhatWasNotTouched() async throws {
    let phone = try await Phone()
    let model = try await opened("pause", phone)
    #expect(model.fields.map(\.text) == ["20", "Sell shirts"])
    try type("ten", "minutes", model)
    await model.saveTapped()
    #expect(model.fields[0].wrong == "song.number_wrong" && phone.core.calls == [])
    try type("10", "minutes", model)
    await model.saveTapped()
    #expect(phone.core.calls == ["set pause to 10 Sell shirts"])
  }

  @Test func aHeadingHasAText() async throws {
    let phone = try await Phone()
    let model = try await opened("encore", phone)
    try type(" ", "title", model)
    await model.saveTapped()
    #expect(model.fields[0].wrong == "setlists.name_missing" && phone.core.calls == [])
    try type("Last ones", "title", model)
    await model.saveTapped()
    #expect(phone.core.calls == ["set encore to Last ones"])
  }

  @Test func whatWasTypedIsKeptForThisItemAndShownBesideTheirs() async throws {
    let phone = try await Phone()
    let model = try await opened("Hello", phone)
    try type("Fast start", "notes", model)
    let other = try await opened("pause", phone)
    #expect(!other.isTouched)
    let again = try await opened("Hello", phone)
    #expect(again.fields[0].text == "Fast start")
    phone.core.ofSetlists.list.tell(
      Samples.setlist("Club", items: [Samples.item("Hello", number: 1, notes: "No start")]))
    try await until("theirs") { again.fields[0].theirs == .text("No start") }
  }

  @Test func whatWasTakenOutMeanwhileIsSaidAndNotBroughtBackHere() async throws {
    let phone = try await Phone()
    let model = try await opened("encore", phone)
    phone.core.ofSetlists.list.tell(Samples.setlist("Club"))
    try await until("it is gone") { model.isDeleted }
    #expect(!model.canComeBack && !model.canSave)
  }

  @Test func aNewBreakIsWrittenAboutAtOnce() async throws {
    let phone = try await Phone()
    let model = SetlistScreenModel(RowId("Club"), phone.shell)
    await model.addBreakTapped()
    #expect(phone.shell.router.sheet == .item(EditedItem("break", .pause), in: RowId("Club")))
    model.editTapped(ItemRow(Samples.item("new", .other)))
    #expect(phone.shell.router.sheet == .item(EditedItem("break", .pause), in: RowId("Club")))
  }
}
