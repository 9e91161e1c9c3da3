import Dispatch
import Testing

@testable import RockOn

/// Faults of feeds: told, and never the end. The core's own deliveries come beside those that the tests play.
@Suite(.timeLimit(.minutes(1)))
struct Faults {
  private let full = RockOnError.Storage(failure: .full)

  /// A client, a feed of its status, and the listener of that feed.
  private func played() async throws -> (RockOnClient, Feed<Status>, Inlet<Status>) {
    let client = try await RockOnClient.open(config(), secrets: MemorySecrets())
    var listener: Inlet<Status>?
    let feed = try Feed<Status> { inlet in
      listener = inlet
      return try client.core.observeStatus(listener: inlet)
    }
    return (client, feed, try #require(listener))
  }

  @Test func aFaultIsOneDeliveryAndTheFeedGoesOn() async throws {
    let (client, feed, listener) = try await played()
    var failures: [RockOnError] = []
    var network: [Bool] = []
    for await delivery in feed {
      switch delivery {
      case .value(let status):
        if network.isEmpty { try listener.onFailure(error: full) }
        network.append(status.network)
      case .failure(let error):
        failures.append(error)
        client.setNetwork(false)
      }
      if network.last == false { break }
    }
    #expect(failures == [full])
    #expect(network.first == true)
  }

  @Test @MainActor func aModelKeepsItsValueBesideAFaultUntilItIsReadAgain() async throws {
    let (client, feed, listener) = try await played()
    let model = StatusModel()
    let following = Task { await model.follow(feed) }
    while model.value == nil { await Task.yield() }
    try listener.onFailure(error: full)
    while model.failure == nil { await Task.yield() }
    #expect(model.failure == full)
    #expect(model.value?.network == true)
    client.setNetwork(false)
    while model.value?.network != false { await Task.yield() }
    #expect(model.failure == nil)
    following.cancel()
    await following.value
  }

  @Test @MainActor func aListKeepsItsItemsBesideAFault() async throws {
    let (client, feed, _) = try await played()
    var listener: Inlet<[ListChange<Int>]>?
    let numbers = try ListFeed<Int> { inlet in
      listener = inlet
      return try client.core.observeStatus(listener: Inlet<Status>.ignored)
    }
    let inlet = try #require(listener)
    let model = ListModel<Int>()
    let following = Task { await model.follow(numbers) }
    inlet.put(.failure(full))
    while model.failure == nil { await Task.yield() }
    #expect(model.items.isEmpty && !model.isLoaded)
    inlet.put(.value([.reset([1, 2])]))
    while model.items != [1, 2] { await Task.yield() }
    #expect(model.failure == nil)
    inlet.put(.failure(full))
    while model.failure == nil { await Task.yield() }
    #expect(model.items == [1, 2] && model.isLoaded)
    following.cancel()
    await following.value
    feed.cancel()
  }
}

extension Inlet {
  /// A listener whose deliveries nobody takes; there is room for those of one test.
  fileprivate static var ignored: Inlet {
    let room = DispatchSemaphore(value: 0)
    for _ in 0..<Feed<Value>.places { room.signal() }
    return Inlet(AsyncStream.makeStream(of: Delivery<Value>.self).continuation, room)
  }
}
