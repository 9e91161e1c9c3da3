import Fakes
import Foundation
import RockOnCore
import Testing

@testable import Models

@MainActor @Suite(.timeLimit(.minutes(1)))
struct GigTests {
  let core = FakeCore()
  let device = FakeDevice()
  let kept = FakeKept()
  let shell: Shell

  init() { shell = Shell(core, kept: kept, device: device, bars: Bars(wait: { await forever() })) }

  private static let pages = [
    Samples.page("Hello", section: "Set 1", key: "Fm", capo: 0, tempo: 120, notes: "Slow start"),
    GigPage(item: "pause", section: nil, body: .break(minutes: 1, notes: nil)),
    Samples.page("Creep", key: "G", capo: 2),
  ]

  private func onStage(_ gig: Gig = Samples.gig(pages, left: 754, untimed: 1)) async throws -> GigScreenModel {
    core.gig.tell(gig)
    Task { await shell.follow() }
    try await until("the stage") { shell.stage != nil }
    return try #require(shell.stage)
  }

  @Test func aGigThatRunsIsOnScreenAndThePhoneStaysAwakeUntilItsEnd() async throws {
    let model = try await onStage(Samples.gig(Self.pages, at: 2))
    #expect(model.at == 2 && device.isAwake && !shell.canShowBanner)
    model.endTapped()
    #expect(model.asksToEnd)
    await model.endConfirmed()
    try await until("the end") { shell.stage == nil }
    #expect(!device.isAwake && shell.canShowBanner && core.calls == ["end gig"])
  }

  @Test func aPageHasWhatOneNeedsToBegin() async throws {
    let model = try await onStage()
    let page = try #require(model.page)
    #expect(
      page.title == .written("Hello") && page.section == "Set 1" && page.key == "Fm" && page.notes == "Slow start")
    #expect(page.capo == nil && page.beat == 0.5)
    #expect(model.left == "12:34" && model.isMoreLeft && model.position == 1)
    #expect(model.next?.title == .pause(minutes: 1))
  }

  @Test func pagesAreTurnedByFingersAndKeysAndNotPastTheEnds() async throws {
    let model = try await onStage()
    await model.backTapped()
    await model.swiped(-30)
    #expect(model.at == 0 && core.calls == [])
    await model.swiped(-80)
    await model.forwardTapped()
    await model.forwardTapped()
    await model.forwardTapped()
    #expect(model.at == 3 && model.page == nil && model.position == 3)
    await model.swiped(80)
    model.jumpTapped()
    await model.chose(model.pages[0])
    #expect(model.at == 0 && model.over == nil)
    #expect(core.calls == [1, 2, 3, 2, 0].map { "turn to \($0)" })
  }

  @Test func aFeedNeverTurnsThePage() async throws {
    let model = try await onStage()
    await model.forwardTapped()
    core.gig.tell(Samples.gig(Self.pages, at: 0, left: 60))
    try await until("what is left") { model.left == "1:00" }
    #expect(model.at == 1)
  }

  @Test func aNewerVersionMovesNothingUntilItIsTaken() async throws {
    let model = try await onStage()
    let step = ListStep.added(item: .song(title: "Roxanne"), at: 1)
    let update = GigUpdate(
      by: ["Eric", "Sam"], steps: [step], added: 1, removed: 0, isReordered: true, isDeleted: false)
    core.gig.tell(Samples.gig(Self.pages, newer: update))
    try await until("the pill") { model.newer != nil }
    #expect(model.newer?.by == "Eric, Sam" && model.newer?.hasItems == true && model.pages.count == 3)
    model.newerTapped()
    model.keepTapped()
    #expect(model.over == nil && core.calls == [])
    model.newerTapped()
    await model.takeTapped()
    #expect(model.over == nil && core.calls == ["take update"])
    try await until("it is played") { model.pages.map(\.title) == [.written("Roxanne")] && model.newer == nil }
  }

  @Test func aBreakCountsDownAndToLookAheadDoesNotBeginItAgain() async throws {
    let model = try await onStage()
    Task { await model.follow() }
    await model.forwardTapped()
    #expect(model.pause == "1:00" && !model.isPauseOver)
    try await pass(20, until: "20 seconds have passed") { model.pause == "0:40" }
    await model.forwardTapped()
    #expect(model.pause == nil)
    await model.backTapped()
    #expect(model.pause == "0:40")
    let again = GigScreenModel(Samples.gig(Self.pages, at: 1), core, kept, device)
    #expect(again.pause == "0:40")
    try await pass(50, until: "it is over") { model.isPauseOver }
    #expect(model.pause == "0:00")
  }

  @Test func theTempoFlashesForSixteenBeats() async throws {
    let model = try await onStage()
    Task { await model.follow() }
    model.tempoTapped()
    #expect(model.isBeating)
    try await pass(8, until: "four bars are over") { !model.isBeating }
    model.tempoTapped()
    await model.forwardTapped()
    #expect(!model.isBeating)
  }

  @Test func whatCannotBeDoneIsSaidAndThePageStays() async throws {
    let model = try await onStage()
    core.fail(with: .Storage(failure: .full))
    await model.forwardTapped()
    #expect(model.at == 1 && model.failure == .Storage(failure: .full))
    core.fail(with: nil)
    await model.backTapped()
    #expect(model.failure == nil)
  }

  /// The clock goes on once somebody waits for it.
  private func pass(_ seconds: Double, until what: String, _ done: () -> Bool) async throws {
    try await until("somebody waits for the clock") { device.isAwaited }
    device.pass(seconds)
    try await until(what, done)
  }
}
