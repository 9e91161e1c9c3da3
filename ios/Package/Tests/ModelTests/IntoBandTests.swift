import Fakes
import RockOnCore
import Testing

@testable import Models

/// A song to another band.
@MainActor @Suite(.timeLimit(.minutes(1)))
struct IntoBandTests {
  private let jazz = ScopeId("j")
  private let choir = ScopeId("c")

  private func page(_ phone: Phone, _ bands: [Band], _ values: Values = ["title": "Hello"]) async throws -> DetailModel
  {
    phone.core.bands.tell([.reset(bands)])
    phone.core.ofNotices.row = values
    phone.core.song.tell(Samples.song("Hello"))
    let model = DetailModel(.song, RowId("Hello"), phone.shell)
    Task { await model.follow() }
    try await until("the song and the bands") {
      model.shown == .there && phone.shell.bands.all.count == bands.count + 1
    }
    return model
  }

  @Test func aCopyGoesWhereOneMayWriteAndIsTakenBack() async throws {
    let phone = try await Phone()
    let viewed = Samples.band("Choir", id: choir, mayEdit: false)
    let model = try await page(phone, [Samples.band(), Samples.band("Jazz", id: jazz), viewed])
    #expect(model.mayCopy && !model.mayMove)
    model.toBandTapped(moves: false)
    #expect(phone.shell.router.sheet == .intoBand(RowId("Hello"), from: Samples.scope, moves: false))
    let asked = IntoBandScreenModel(RowId("Hello"), from: Samples.scope, moves: false, phone.shell)
    #expect(asked.bands.map(\.name) == ["Jazz", nil])
    await asked.tapped(asked.bands[0])
    #expect(phone.shell.router.sheet == nil && phone.shell.bars.bar?.what == .copiedSong(to: "Jazz"))
    await phone.shell.bars.undoTapped()
    #expect(phone.core.calls == ["copy Hello to j", "delete song copy"])
  }

  @Test func aMoveIsForWhoMadeTheSongOrManagesTheBand() async throws {
    let mine: Values = ["title": "Hello", "created_by": .text(text: Samples.me.text)]
    let phone = try await Phone()
    #expect(try await page(phone, [Samples.band()], mine).mayMove)
    #expect(try await page(try await Phone(), [Samples.band(mayManage: true)]).mayMove)
    #expect(try await !page(try await Phone(), [Samples.band()]).mayMove)
    #expect(try await !page(try await Phone(), [Samples.band(mayEdit: false)], mine).mayMove)
    #expect(!DetailModel(.show, RowId("x"), phone.shell).mayCopy)
    let asked = IntoBandScreenModel(RowId("Hello"), from: Samples.scope, moves: true, phone.shell)
    await asked.tapped(asked.bands[0])
    #expect(phone.shell.bars.bar?.what == .movedSong(to: nil))
    await phone.shell.bars.undoTapped()
    #expect(
      phone.core.calls.suffix(2) == ["move Hello to \(ScopeId(of: Samples.me))", "move Hello to \(Samples.scope)"])
    phone.core.fail(with: .Storage(failure: .full))
    await asked.tapped(asked.bands[0])
    #expect(phone.shell.bars.bar?.what == .failed(.Storage(failure: .full)))
  }
}
