import Dispatch
import RockOnFFI

/// What a feed brings next.
public enum Delivery<Value: Sendable>: Sendable {
  /// A value, or the next steps of a list.
  case value(Value)
  /// It could not be read. The feed goes on: it is read again after the next change.
  case failure(RockOnError)
}

extension Delivery: Equatable where Value: Equatable {}

/// The steps of a list, live. The first delivery is the whole window.
public typealias ListFeed<Item: Sendable> = Feed<[ListChange<Item>]>

/// A live query of the core: how it is now, then each change, in order, none left out.
///
/// For one consumer: a feed is a stream, and what one loop takes, another does not see. Ask the client for a second feed
/// instead. It ends when its task is cancelled, when nothing holds it any more, after ``cancel()``, when the member signs
/// out, and when the client is shut down or gone; it does not keep the client.
///
/// ```swift
/// for await delivery in try client.songs(query) {
///   if case .value(let changes) = delivery { songs.apply(changes) }
/// }
/// ```
///
/// At most ``places`` deliveries wait for a slow consumer. Then the core waits too, and its next delivery holds all that
/// has changed until then: memory stays bounded and nothing is lost.
public struct Feed<Value: Sendable>: AsyncSequence, Sendable {
  /// What ``AsyncIterator/next()`` gives.
  public typealias Element = Delivery<Value>
  /// It never throws: a failure is a delivery.
  public typealias Failure = Never

  /// How many deliveries wait at most.
  public static var places: Int { 64 }

  private let stream: AsyncStream<Element>
  private let room: DispatchSemaphore
  private let subscription: Subscription

  /// Subscribes with a listener whose deliveries become this sequence.
  init(_ subscribe: (Inlet<Value>) throws -> Subscription) throws(RockOnError) {
    let (stream, continuation) = AsyncStream.makeStream(of: Element.self)
    // Born empty and then filled: a semaphore must not go with less than it was born with.
    let room = DispatchSemaphore(value: 0)
    for _ in 0..<Self.places { room.signal() }
    do {
      let subscription = try subscribe(Inlet(continuation, room))
      continuation.onTermination = { _ in
        subscription.cancel()
        // The core's thread may be waiting for room; nobody makes any now.
        room.signal()
      }
      self.subscription = subscription
    } catch {
      throw RockOnError(error)
    }
    self.stream = stream
    self.room = room
  }

  /// Ends the feed for its consumer and in the core. Idempotent.
  public func cancel() {
    subscription.cancel()
  }

  /// Shows the first `limit` items of a list from now on; nothing for a feed of one value. Returns at once.
  public func setLimit(_ limit: UInt32) {
    subscription.setLimit(limit: limit)
  }

  /// Begins to take deliveries.
  public func makeAsyncIterator() -> AsyncIterator {
    AsyncIterator(base: stream.makeAsyncIterator(), room: room)
  }

  /// Takes deliveries one by one.
  public struct AsyncIterator: AsyncIteratorProtocol {
    /// What ``next(isolation:)`` gives.
    public typealias Element = Delivery<Value>
    /// It never throws: a failure is a delivery.
    public typealias Failure = Never

    fileprivate var base: AsyncStream<Element>.AsyncIterator
    fileprivate let room: DispatchSemaphore

    /// The next delivery, as soon as there is one; nothing at the end, or when the task is cancelled.
    public mutating func next() async -> Delivery<Value>? {
      await next(isolation: nil)
    }

    /// The same, without leaving the actor that asks.
    public mutating func next(isolation actor: isolated (any Actor)?) async -> Delivery<Value>? {
      let delivery = await base.next(isolation: actor)
      if delivery != nil { room.signal() }
      return delivery
    }
  }
}

/// The listener behind every feed: what the core says goes into the stream. The core calls it on threads of its own that
/// may block, one call at a time.
final class Inlet<Value: Sendable>: Sendable {
  private let continuation: AsyncStream<Delivery<Value>>.Continuation
  private let room: DispatchSemaphore

  init(_ continuation: AsyncStream<Delivery<Value>>.Continuation, _ room: DispatchSemaphore) {
    self.continuation = continuation
    self.room = room
  }

  /// Queues a delivery, as soon as there is room.
  func put(_ delivery: Delivery<Value>) {
    room.wait()
    continuation.yield(delivery)
  }

  func onFailure(error: CoreError) throws {
    put(.failure(error))
  }

  /// The last call of the core.
  func onEnd() throws {
    continuation.finish()
  }

  /// The core has let go of it: the feed is over, also when it could not say so.
  deinit {
    continuation.finish()
  }
}
