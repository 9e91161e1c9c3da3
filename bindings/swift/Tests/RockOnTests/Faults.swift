import Foundation
import Testing

@testable import RockOnCore

/// The core of one feed, played by the test.
private final class Played: SubscriptionProtocol {
  private let batches: AsyncStream<Result<UInt32, RockOnError>>
  private let generator: AsyncStream<Result<UInt32, RockOnError>>.Continuation

  init() {
    (batches, generator) = AsyncStream.makeStream()
  }

  func tell(_ number: UInt32) { generator.yield(.success(number)) }
  func fail(_ error: RockOnError) { generator.yield(.failure(error)) }

  func next() async throws -> Batch? {
    var taking = batches.makeAsyncIterator()
    return try await taking.next()?.get().batch
  }

  func cancel() { generator.finish() }
  func setLimit(limit: UInt32) {}
}

extension UInt32 {
  /// It stands for itself, and for the steps to a list of so many items.
  fileprivate var batch: Batch {
    Batch(steps: [.reset(count: self)], items: .count(value: self))
  }
}

private func number(_ items: Items) -> UInt32? {
  if case .count(let value) = items { value } else { nil }
}

private func numbers(_ items: Items) -> [Int]? {
  number(items).map { Array(0..<Int($0)) }
}

@Suite struct Points {
  @Test func aPointInTimeIsADateAndCrossesToTheMillisecond() {
    #expect(Date(milliseconds: 1_500).timeIntervalSince1970 == 1.5)
    for date in [Date.distantPast, .distantFuture, Date(timeIntervalSince1970: -0.001)] {
      #expect(Date(milliseconds: date.milliseconds) == date)
    }
    #expect(Date(timeIntervalSince1970: .infinity).milliseconds == .max)
    #expect(Date(timeIntervalSince1970: -.infinity).milliseconds == .min)
  }
}

/// Faults of feeds: told, and never the end.
@Suite(.timeLimit(.minutes(1)))
struct Faults {
  private let full = RockOnError.Storage(failure: .full)

  @Test func aFaultIsOneDeliveryAndTheFeedGoesOn() async throws {
    let core = Played()
    core.tell(1)
    core.fail(full)
    core.tell(2)
    var told: [Delivery<UInt32>] = []
    for await delivery in try Feed({ core }, number) {
      told.append(delivery)
      if told.count == 3 { core.cancel() }
    }
    #expect(told == [.value(1), .failure(full), .value(2)])
  }

  @Test func aFeedWhoseTaskIsCancelledWhileItWaitsEnds() async throws {
    let core = Played()
    let feed = try Feed({ core }, number)
    let (started, starting) = AsyncStream.makeStream(of: Void.self)
    let following = Task {
      var seen = 0
      for await _ in feed {
        seen += 1
        starting.finish()
      }
      return seen
    }
    core.tell(1)
    for await _ in started {}
    following.cancel()
    #expect(await following.value == 1)
  }

  @Test func stepsTakeTheirItemsInOrder() {
    let steps: [BatchStep] = [.reset(count: 2), .insert(index: 2), .update(index: 0), .remove(index: 1)]
    #expect(
      changes(steps, [1, 2, 3, 9]) == [.reset([1, 2]), .insert(3, at: 2), .update(9, at: 0), .remove(at: 1)])
  }

  @Test @MainActor func aModelKeepsItsValueBesideAFaultUntilItIsReadAgain() async throws {
    let core = Played()
    let feed = try Feed({ core }, number)
    let model = ValueModel<UInt32>()
    let following = Task { await model.follow(feed) }
    core.tell(1)
    while model.value == nil { await Task.yield() }
    core.fail(full)
    while model.failure == nil { await Task.yield() }
    #expect(model.failure == full)
    #expect(model.value == 1)
    core.tell(2)
    while model.value != 2 { await Task.yield() }
    #expect(model.failure == nil)
    following.cancel()
    await following.value
  }

  @Test @MainActor func aListKeepsItsItemsBesideAFault() async throws {
    let core = Played()
    let feed = try ListFeed<Int>({ core }, numbers)
    let model = ListModel<Int>()
    let following = Task { await model.follow(feed) }
    core.fail(full)
    while model.failure == nil { await Task.yield() }
    #expect(model.items.isEmpty && !model.isLoaded)
    core.tell(2)
    while model.items != [0, 1] { await Task.yield() }
    #expect(model.failure == nil)
    core.fail(full)
    while model.failure == nil { await Task.yield() }
    #expect(model.items == [0, 1] && model.isLoaded)
    following.cancel()
    await following.value
  }
}
