import Fakes
import Foundation
import RockOnCore
import Testing

@testable import Models

@MainActor @Suite(.timeLimit(.minutes(1)))
struct ConflictTests {
  private func conflict(_ mine: Json, _ theirs: Json, asks: Asks = .value, live: Side = .theirs) -> Conflict {
    let what = ConflictDetails(
      scope: Samples.scope, kind: .song, row: RowId("Hello"), asks: asks, field: "notes", mine: mine, theirs: theirs,
      by: nil, byName: "Sam")
    return Conflict(id: ConflictId(1), what: what, live: live, notice: NoticeId(7), at: Date())
  }

  private func opened(_ phone: Phone, _ conflict: Conflict) async throws -> ConflictScreenModel {
    phone.core.ofNotices.conflicts.tell([.reset([conflict])])
    phone.core.ofNotices.row = ["title": "Hello"]
    let model = ConflictScreenModel(ConflictId(1), phone.shell)
    Task { await model.follow() }
    try await until("the conflict") { model.title == "Hello" }
    return model
  }

  @Test func longTextsAreComparedByTheCoreAndShortOnesStandSideBySide() async throws {
    let phone = try await Phone()
    let short = try await opened(phone, conflict("Em", "Fm"))
    #expect(short.choosing?.mine == "Em" && short.choosing?.theirs == "Fm" && short.choosing?.parts == [])
    #expect(phone.core.calls == ["see 7"])
    let long = try await opened(phone, conflict("one\ntwo", "one\nthree"))
    #expect(long.choosing?.parts.map(\.kind).contains(.removed) == true)
    #expect(long.choosing?.parts.map(\.kind).contains(.added) == true)
  }

  @Test func aChoiceSettlesItAndLeadsBack() async throws {
    let phone = try await Phone()
    phone.shell.router.go(to: .conflict(ConflictId(1)))
    let model = try await opened(phone, conflict("Em", "Fm"))
    await model.mineTapped()
    #expect(phone.core.calls.last == "resolve 1 mine" && phone.shell.bars.bar?.what == .done(.conflictResolved))
    #expect(phone.shell.router.path(of: .setlists).isEmpty)
    phone.core.ofNotices.conflicts.tell([.reset([])])
    try await until("its end") { model.shown == .settled }
    #expect(!model.canChoose)
  }

  @Test func aMergedTextIsKeptUntilItIsSaved() async throws {
    let phone = try await Phone()
    let model = try await opened(phone, conflict("Em", "Fm"))
    model.mergeTapped()
    #expect(model.text == "Em" && phone.shell.router.sheet == .merge(ConflictId(1)))
    model.typed("Em or Fm")
    model.closeTapped()
    #expect(model.asksToDiscard && phone.shell.router.sheet != nil)
    let again = try await opened(phone, conflict("Em", "Fm"))
    #expect(again.text == "Em or Fm")
    phone.core.fail(with: .Closed)
    await again.saveTapped()
    #expect(phone.shell.router.sheet != nil && phone.kept.read("merge/1") == "Em or Fm")
    phone.core.fail(with: nil)
    await again.saveTapped()
    #expect(phone.core.calls.last?.contains("Em or Fm") == true)
    #expect(phone.shell.router.sheet == nil && phone.kept.read("merge/1") == nil)
  }

  @Test func aViewerMayOnlyGiveInAndNothingIsChosenForARowThatIsGone() async throws {
    let viewer = try await opened(try await Phone(mayEdit: false), conflict("Em", "Fm"))
    #expect(viewer.canChoose && !viewer.canInsist && !viewer.canMerge)
    let gone = try await opened(try await Phone(), conflict("Em", "Fm", live: .gone))
    #expect(!gone.canChoose && !gone.canMerge)
    let delete = try await opened(try await Phone(), conflict(.null, "Fm", asks: .delete))
    #expect(delete.canInsist && !delete.canMerge)
  }

  @Test func aRefusedEditIsTriedAgainOrLetGoAndItsTextCopied() async throws {
    let device = FakeDevice()
    let phone = try await Phone()
    let shell = Shell(phone.core, kept: phone.kept, device: device)
    let edit = RejectedEdit(
      id: EditId(3), scope: Samples.scope, kind: .song, row: RowId("Hello"), title: "Hello", verb: .changed,
      set: ["tempo": 79, "duration": 65], base: [:],
      rejection: Rejection(code: .badRequest, reason: nil, field: nil), notice: NoticeId(8), at: Date())
    phone.core.ofNotices.rejected.tell([.reset([edit])])
    phone.core.ofNotices.row = ["tempo": 80]
    let model = RejectedScreenModel(EditId(3), shell)
    Task { await model.follow() }
    try await until("the edit") { model.shown == .edit(edit) }
    try await until("its notice is seen") { phone.core.calls == ["see 8"] }
    #expect(model.tried.map(\.wanted) == ["1:05", "79"] && model.tried.map(\.now) == [nil, "80"])
    model.copyTapped(.english)
    #expect(device.copied == ["duration: 1:05\ntempo: 79"])
    await model.tryAgainTapped()
    #expect(phone.core.calls.last == "retry 3" && shell.bars.bar?.what == .done(.sentAgain))
    model.discardTapped()
    #expect(model.asksToDiscard)
    await model.discardAnywayTapped()
    #expect(phone.core.calls.last == "discard 3")
  }
}
