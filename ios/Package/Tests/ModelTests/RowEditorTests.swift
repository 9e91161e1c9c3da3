import Fakes
import Foundation
import RockOnCore
import Testing

@testable import Models

/// What the editor does with the fields that songs do not have; what all kinds share is tested with songs.
@MainActor @Suite(.timeLimit(.minutes(1)))
struct RowEditorTests {
  private func editor(_ kind: Kind, _ id: String, wrapsUp: Bool = false, _ phone: Phone) -> EditorModel {
    let model = EditorModel(kind, RowId(id), wrapsUp: wrapsUp, phone.shell)
    Task { await model.follow() }
    return model
  }

  private func field(_ column: String, _ model: EditorModel) throws -> EditedField {
    try #require(model.fields.first { $0.id == column })
  }

  @Test func aNewShowHasANameADayAndItsStatus() async throws {
    let phone = try await Phone()
    let model = EditorModel(.show, in: Samples.scope, phone.shell)
    #expect(!model.canSave && model.title == "show.new_title")
    model.typed(" ", in: try field("name", model).field)
    await model.saveTapped()
    #expect(try field("name", model).wrong == "show.name_missing")
    #expect(try field("scheduled_date", model).wrong == "show.date_missing" && phone.core.calls == [])
    model.typed("Fair", in: try field("name", model).field)
    let date = try field("scheduled_date", model).field
    model.dayTapped(date)
    #expect(Calendar.current.component(.hour, from: try #require(try field(date.column, model).moment)) == 20)
    model.picked(Samples.evening, in: date)
    model.typed("450,50", in: try field("payment", model).field)
    await model.saveTapped()
    #expect(phone.core.calls == ["add show to \(Samples.scope)"])
    #expect(
      phone.core.written == [
        "name": "Fair", "status": "scheduled", "payment": 45_050, "scheduled_date": "2026-12-02T20:00:00.000Z",
      ])
    #expect(phone.shell.router.path(of: phone.shell.router.tab) == [.show(RowId("new"))])
  }

  @Test func onlyWhatWasTouchedIsWrittenAndTheirsStandsBeside() async throws {
    let phone = try await Phone()
    let model = editor(.show, "Street fair", phone)
    phone.core.ofRows.show.tell(Samples.fair())
    try await until("the show") { model.fields[0].text == "Street fair" }
    #expect(try field("scheduled_date", model).moment == Samples.evening && !model.isTouched)
    model.picked(Samples.evening + 60, in: try field("scheduled_date", model).field)
    model.typed("completed", in: try field("status", model).field)
    phone.core.ofRows.show.tell(Samples.fair(status: .cancelled))
    try await until("theirs") { model.fields.contains { $0.theirs == .name("calendar.cancelled") } }
    #expect(try field("status", model).text == "completed")
    model.takeTheirsTapped(try field("status", model).field)
    await model.saveTapped()
    #expect(phone.core.written == ["scheduled_date": "2026-12-02T20:01:00.000Z"])
  }

  @Test func whoComesToAPracticeIsTickedAndOthersStayAsTheyAre() async throws {
    let phone = try await Phone()
    let members = [Samples.member("Sam"), Samples.member("Jo"), Samples.member("Old", active: false)]
    phone.core.ofBand.members.tell([.reset(members)])
    let model = editor(.practice, "p1", phone)
    let (sam, jo, guest) = (members[0].attends, members[1].attends, UserId("guest"))
    // Somebody whom only another version of the app can name.
    let other = Attendee(member: nil, raw: ["name": "Aunt May"])
    phone.core.ofRows.practice.tell(Samples.practice("p1", attendees: [UserId(sam), guest], others: [other]))
    try await until("who comes") { model.fields.contains { $0.text == "\(sam)\nguest" } && model.scope != nil }
    Task { await model.followMembers() }
    let field = { try self.field("attendees", model) }
    try await until("the band") { (try? model.options(of: field()).count) == 3 }
    #expect(try model.options(of: field()).map(\.value) == [.text("Sam"), .text("Jo"), .text("–")])
    #expect(try model.isTicked(model.options(of: field())[0], in: field()) && !model.isTouched)
    model.tickTapped(try model.options(of: field())[0], in: try field())
    model.tickTapped(try model.options(of: field())[1], in: try field())
    phone.core.ofRows.practice.tell(Samples.practice("p1", attendees: [UserId(sam), UserId(jo)]))
    try await until("theirs") { (try? model.theirs(field())) == .text("Sam, Jo") }
    phone.core.ofRows.practice.tell(Samples.practice("p1", attendees: [UserId(sam), guest], others: [other]))
    try await until("theirs is gone") { (try? model.theirs(field())) == nil }
    await model.saveTapped()
    func named(_ id: String) -> Attendee { Attendee(member: id, raw: .null) }
    let draft = PracticeDraft { $0.attendees = [named(guest.text), other, named(jo)] }
    #expect(phone.core.written == draft.values)
  }

  @Test func aSetlistIsChosenFromThoseOfTheBandAndKeepsOneThatIsNotThere() async throws {
    let phone = try await Phone()
    phone.core.ofRows.names = [RowId("Fair"): "Fair (archived)"]
    let model = editor(.show, "Street fair", phone)
    phone.core.ofRows.show.tell(Samples.fair())
    try await until("the show") { model.scope != nil }
    Task { await model.followSetlists() }
    phone.core.ofSetlists.lists.tell([.reset([Samples.setlist("Club")])])
    try await until("the setlists") { model.options(of: model.fields[12]).count == 3 }
    #expect(model.fields[12].id == "setlist_id")
    #expect(
      model.options(of: model.fields[12]).map(\.value) == [
        .name("calendar.no_setlist"), .text("Club"), .text("Fair (archived)"),
      ])
    model.typed("", in: model.fields[12].field)
    await model.saveTapped()
    #expect(phone.core.written == ["setlist_id": .null])
  }

  @Test func aStatusThatNobodyKnowsCanStay() async throws {
    let phone = try await Phone()
    let model = editor(.practice, "p1", phone)
    phone.core.ofRows.practice.tell(Samples.practice("p1", .other(code: "jam")))
    try await until("the practice") { model.fields[0].text == "jam" }
    #expect(model.options(of: model.fields[0]).last == Field.Choice("jam", text: "jam"))
  }

  @Test func whatWasMissingBeforeIsNotAskedFor() async throws {
    let phone = try await Phone()
    let model = editor(.practice, "p1", phone)
    phone.core.ofRows.practice.tell(Samples.practice("p1", at: nil))
    try await until("the practice") { model.fields[0].text == "rehearsal" }
    model.typed("Cellar", in: try field("location", model).field)
    await model.saveTapped()
    #expect(phone.core.written == ["location": "Cellar"])
  }

  @Test func whatCannotBeSavedIsNotLostWhenTheRowIsBroughtBack() async throws {
    let phone = try await Phone()
    let model = editor(.show, "Street fair", phone)
    phone.core.ofRows.show.tell(Samples.fair())
    try await until("the show") { model.scope != nil }
    model.typed("much", in: try field("payment", model).field)
    phone.core.ofRows.show.tell(nil)
    try await until("its end") { model.isDeleted }
    await model.bringBackTapped()
    #expect(try field("payment", model).wrong == "editor.amount_wrong" && phone.core.calls == [])
    model.typed("450.50", in: try field("payment", model).field)
    #expect(!model.isTouched)
    await model.bringBackTapped()
    #expect(phone.core.calls == ["restore show Street fair in \(Samples.scope)"])
  }

  @Test func aPracticeIsWrappedUp() async throws {
    let phone = try await Phone()
    let model = editor(.practice, "p1", wrapsUp: true, phone)
    phone.core.ofRows.practice.tell(Samples.practice("p1", objectives: ["Endings", "Tempo"], reached: ["Tempo"]))
    try await until("the objectives") { model.options(of: model.fields[0]).count == 2 }
    let options = model.options(of: model.fields[0])
    #expect(options.map { model.isTicked($0, in: model.fields[0]) } == [false, true])
    #expect(model.canSave && model.title == "practice.wrap_up")
    model.tickTapped(options[0], in: model.fields[0])
    model.tickTapped(options[1], in: model.fields[0])
    model.typed("4", in: model.fields[1].field)
    model.typed("Bridge", in: model.fields[2].field)
    await model.saveTapped()
    #expect(
      phone.core.written == [
        "completed_objectives": ["Endings"], "session_rating": 4, "wrapup_notes": "Bridge", "status": "completed",
      ])
  }

  @Test func aSetlistIsRenamed() async throws {
    let phone = try await Phone()
    let model = editor(.setlist, "Fair", phone)
    phone.core.ofSetlists.list.tell(Samples.setlist("Fair"))
    try await until("the setlist") { model.fields[0].text == "Fair" }
    model.typed("", in: model.fields[0].field)
    await model.saveTapped()
    #expect(model.fields[0].wrong == "setlists.name_missing")
    model.typed("Street", in: model.fields[0].field)
    await model.saveTapped()
    #expect(phone.core.calls == ["change setlist Fair: name"])
  }

  @Test func draftsOfTwoKindsAreKeptApart() async throws {
    let phone = try await Phone()
    let show = EditorModel(.show, in: Samples.scope, phone.shell)
    show.typed("Loud", in: try field("notes", show).field)
    let practice = EditorModel(.practice, in: Samples.scope, phone.shell)
    #expect(try field("notes", practice).text == "")
    #expect(try field("notes", EditorModel(.show, in: Samples.scope, phone.shell)).text == "Loud")
  }
}
