import Fakes
import Models
import RockOnCore
import Testing

@MainActor @Suite(.timeLimit(.minutes(1)))
struct EditorTests {
  @Test func twoTapsOnSaveAddOneSong() async throws {
    let phone = try await Phone()
    let model = EditorModel(.song, in: Samples.scope, phone.shell)
    model.typed("Alive", in: model.fields[0].field)
    async let first: Void = model.saveTapped()
    async let second: Void = model.saveTapped()
    _ = await (first, second)
    #expect(phone.core.calls == ["add song to \(Samples.scope)"])
  }

  @Test func twoTapsOnBringBackWriteOnce() async throws {
    let phone = try await Phone()
    let model = EditorModel(.song, RowId("Hello"), phone.shell)
    let following = Task { await model.follow() }
    phone.core.song.tell(Samples.song("Hello"))
    try await until("the song") { model.fields.contains { $0.text == "Hello" } }
    model.typed("Hi", in: model.fields[0].field)
    phone.core.song.tell(nil)
    try await until("its end") { model.isDeleted }
    async let first: Void = model.bringBackTapped()
    async let second: Void = model.bringBackTapped()
    _ = await (first, second)
    #expect(phone.core.calls == ["restore song Hello in \(Samples.scope)", "change song Hello: title"])
    following.cancel()
  }

  @Test func twoTapsOnDeleteCanStillBeTakenBack() async throws {
    let phone = try await Phone()
    let model = DetailModel(.song, RowId("Hello"), phone.shell)
    let following = Task { await model.follow() }
    phone.core.song.tell(Samples.song("Hello"))
    try await until("the song") { model.shown == .there && model.text != nil }
    async let first: Void = model.deleteTapped()
    async let second: Void = model.deleteTapped()
    _ = await (first, second)
    #expect(phone.core.calls.filter { $0 == "delete song Hello" }.count == 1)
    #expect(phone.shell.bars.bar?.canUndo == true)
    following.cancel()
  }

  @Test func whatWasRefusedCanBeSavedAgain() async throws {
    let phone = try await Phone()
    let model = EditorModel(.song, in: Samples.scope, phone.shell)
    model.typed("Alive", in: model.fields[0].field)
    phone.core.fail(with: .Storage(failure: .full))
    await model.saveTapped()
    #expect(model.failure == .Storage(failure: .full) && model.canSave)
    phone.core.fail(with: nil)
    await model.saveTapped()
    #expect(phone.shell.router.path(of: phone.shell.router.tab) == [.song(RowId("new"))])
  }
}
