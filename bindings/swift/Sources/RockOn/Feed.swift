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
/// Nothing waits for a slow consumer: its next delivery is made when it asks, and holds all that has changed until then.
/// So memory stays bounded and nothing is lost.
public struct Feed<Value: Sendable>: AsyncSequence, Sendable {
  /// What ``AsyncIterator/next()`` gives.
  public typealias Element = Delivery<Value>
  /// It never throws: a failure is a delivery.
  public typealias Failure = Never

  private let pull: @Sendable () async throws -> Value?
  private let subscription: any SubscriptionProtocol

  /// The feed of one value, which `value` takes out of what a batch holds.
  init(
    _ subscribe: () throws -> any SubscriptionProtocol, _ value: @escaping @Sendable (Items) -> Value?
  ) throws(RockOnError) {
    try self.init(batches: subscribe) { value($0.items) }
  }

  /// The feed of a list, whose items `items` takes out of what a batch holds.
  init<Item>(
    _ subscribe: () throws -> any SubscriptionProtocol, _ items: @escaping @Sendable (Items) -> [Item]?
  ) throws(RockOnError) where Value == [ListChange<Item>] {
    try self.init(batches: subscribe) { batch in items(batch.items).map { changes(batch.steps, $0) } }
  }

  private init(
    batches subscribe: () throws -> any SubscriptionProtocol, _ value: @escaping @Sendable (Batch) -> Value?
  ) throws(RockOnError) {
    do {
      let subscription = try subscribe()
      self.subscription = subscription
      pull = { try await subscription.next().flatMap(value) }
    } catch {
      throw RockOnError(error)
    }
  }

  /// Ends the feed for its consumer and in the core. Idempotent.
  public func cancel() {
    subscription.cancel()
  }

  /// Shows the first `limit` items of a list from now on; nothing for a feed of one value. Returns at once.
  public func setLimit(_ limit: Int) {
    subscription.setLimit(limit: UInt32(clamping: limit))
  }

  /// Begins to take deliveries.
  public func makeAsyncIterator() -> AsyncIterator {
    AsyncIterator(feed: self)
  }

  /// Takes deliveries one by one.
  public struct AsyncIterator: AsyncIteratorProtocol, Sendable {
    /// What ``next(isolation:)`` gives.
    public typealias Element = Delivery<Value>
    /// It never throws: a failure is a delivery.
    public typealias Failure = Never

    fileprivate let feed: Feed

    /// The next delivery, as soon as there is one; nothing at the end, or when the task is cancelled.
    public mutating func next() async -> Delivery<Value>? {
      await next(isolation: nil)
    }

    /// The same, without leaving the actor that asks.
    public mutating func next(isolation actor: isolated (any Actor)?) async -> Delivery<Value>? {
      let feed = feed
      return await withTaskCancellationHandler {
        do {
          return try await feed.pull().map(Delivery.value)
        } catch {
          return .failure(RockOnError(error))
        }
      } onCancel: {
        feed.cancel()
      }
    }
  }
}

/// Steps with the items that they take, each from the front of what is left.
func changes<Item>(_ steps: [BatchStep], _ items: [Item]) -> [ListChange<Item>] {
  var rest = items[...]
  return steps.map { step in
    switch step {
    case .reset(let count):
      defer { rest = rest.dropFirst(Int(count)) }
      return .reset(Array(rest.prefix(Int(count))))
    case .insert(let index): return .insert(rest.removeFirst(), at: Int(index))
    case .update(let index): return .update(rest.removeFirst(), at: Int(index))
    case .remove(let index): return .remove(at: Int(index))
    }
  }
}
