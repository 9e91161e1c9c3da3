import Fakes
import Foundation
import RockOnCore
import Testing

@testable import Models

/// What a long library costs the model: `ROCKON_MEASURE=1 swift test --filter CostTests`. Among other tests, which use the
/// same thread, nothing is measured: only that what was asked for comes.
@MainActor @Suite(.timeLimit(.minutes(1)))
struct CostTests {
  private let isMeasured = ProcessInfo.processInfo.environment["ROCKON_MEASURE"] == "1"

  /// The median of 50, in milliseconds of this thread.
  private func expectLittle(_ what: String, _ act: (Int) async throws -> Void) async throws {
    var all: [Double] = []
    for turn in 0..<(isMeasured ? 50 : 2) {
      let before = now()
      try await act(turn)
      all.append((now() - before) * 1_000)
    }
    guard isMeasured else { return }
    all.sort()
    print("\(what): \(all[25]) ms, at most \(all[49]) ms")
    #expect(all[25] <= 16)
  }

  private func now() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  private func rows(_ count: Int, _ turn: Int) -> [Song] {
    (0..<count).map { Samples.song("Song \(turn)/\($0)", artist: "Somebody", key: "Em", tempo: 120, duration: 225) }
  }

  @Test func aKeyTypedInTheSearch() async throws {
    let phone = try await Phone()
    let model = SongsScreenModel(phone.shell)
    let answers = (0..<50).map { rows(100, $0) }
    var task = Task {}
    try await expectLittle("a key in the search, 100 rows come") { turn in
      model.search += "a"
      task.cancel()
      task = Task { await model.follow(model.query) }
      phone.core.songs.tell([.reset(answers[turn])])
      try await until("the rows") { model.rows.first?.title == "Song \(turn)/0" }
    }
  }

  @Test func aChangeOfOneSong() async throws {
    let phone = try await Phone()
    let model = SongsScreenModel(phone.shell)
    Task { await model.follow(model.query) }
    phone.core.songs.tell([.reset(rows(10_000, 0))])
    try await until("10,000 rows") { model.rows.count == 10_000 }
    let before = model.rows
    try await expectLittle("a change of one song of 10,000") { turn in
      phone.core.songs.tell([.update(Samples.song("Changed \(turn)"), at: 5_000)])
      try await until("the row") { model.rows[5_000].title == "Changed \(turn)" }
    }
    #expect(zip(model.rows, before).filter { $0 != $1 }.count == 1 && model.rows.count == before.count)
  }
}
