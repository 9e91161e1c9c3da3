import RockOnCore

/// What the app needs of the core: the client itself, or a fake of it in tests and previews.
///
/// Owns nothing; never decides. Feeds have names of their own, because a fake cannot make the client's.
public protocol Core: Sendable, StatusCore, NoticesCore, BandCore, AccountCore, SetlistsCore, GigCore, RowsCore,
  ImportCore
{
  func watchStatus() throws(RockOnError) -> Live<Status>
  func watchBands() throws(RockOnError) -> Live<[ListChange<Band>]>
  func watchUnread() throws(RockOnError) -> Live<[UnreadCount]>
  func watchUnseenNotices() throws(RockOnError) -> Live<Int>
  func watchSongs(_ query: SongQuery) throws(RockOnError) -> Live<[ListChange<Song>]>
  func songLetters(_ query: SongQuery) async throws(RockOnError) -> [Letter]
  @discardableResult func signIn(email: String, password: Secret) async throws(RockOnError) -> Account

  func changesSinceSeen(_ kind: Kind, _ id: RowId) async throws(RockOnError) -> ChangesSinceSeen?
  func lastChange(of kind: Kind, _ id: RowId) async throws(RockOnError) -> LastChange?
  func history(of kind: Kind, _ id: RowId, limit: Int) async throws(RockOnError) -> [LoggedChange]
  func markRead(_ kind: Kind, _ id: RowId) async throws(RockOnError)
  func songText(_ id: RowId) async throws(RockOnError) -> String

  func add(_ kind: Kind, to scope: ScopeId, _ values: Values) async throws(RockOnError) -> RowId
  func change(_ kind: Kind, _ id: RowId, _ values: Values) async throws(RockOnError) -> Bool
  func delete(_ kind: Kind, _ id: RowId) async throws(RockOnError)
  func restore(_ kind: Kind, _ id: RowId, in scope: ScopeId) async throws(RockOnError) -> Bool
  func copySong(_ song: RowId, to scope: ScopeId) async throws(RockOnError) -> RowId
  func moveSong(_ song: RowId, to scope: ScopeId) async throws(RockOnError) -> Bool
  func markKindRead(_ kind: Kind, in scope: ScopeId) async throws(RockOnError)
}

extension RockOn: Core {
  /// The status, live.
  public func watchStatus() throws(RockOnError) -> Live<Status> { Live(try statusChanges()) }
  /// My bands, live.
  public func watchBands() throws(RockOnError) -> Live<[ListChange<Band>]> { Live(try bands()) }
  /// What is unread, live.
  public func watchUnread() throws(RockOnError) -> Live<[UnreadCount]> { Live(try unread()) }
  /// How many notices are new, live.
  public func watchUnseenNotices() throws(RockOnError) -> Live<Int> { Live(try unseenNotices()) }
  /// A list of songs, live.
  public func watchSongs(_ query: SongQuery) throws(RockOnError) -> Live<[ListChange<Song>]> { Live(try songs(query)) }
}

/// What the core tells, as it changes. For one consumer.
public struct Live<Value: Sendable>: Sendable {
  /// How it is, then each change.
  public let deliveries: AsyncStream<Delivery<Value>>
  /// Shows the first so many items of a list from now on.
  public let setLimit: @Sendable (Int) -> Void

  /// Of a fake.
  public init(_ deliveries: AsyncStream<Delivery<Value>>, setLimit: @escaping @Sendable (Int) -> Void = { _ in }) {
    (self.deliveries, self.setLimit) = (deliveries, setLimit)
  }

  /// Of the core. It ends with the task that takes its deliveries.
  public init(_ feed: Feed<Value>) { self.init(feed) { $0 } }

  /// The same of other values.
  init<Other>(_ feed: Feed<Other>, _ change: @escaping @Sendable (Other) -> Value) {
    deliveries = AsyncStream {
      // The iterator holds nothing but the feed.
      var next = feed.makeAsyncIterator()
      return await next.next()?.map(change)
    } onCancel: {
      feed.cancel()
    }
    setLimit = { feed.setLimit($0) }
  }
}

extension Delivery {
  /// The value, or why there is none.
  func get() throws(RockOnError) -> Value {
    switch self {
    case .value(let value): return value
    case .failure(let error): throw error
    }
  }

  /// The same with another value.
  func map<Other: Sendable>(_ change: (Value) -> Other) -> Delivery<Other> {
    switch self {
    case .value(let value): .value(change(value))
    case .failure(let error): .failure(error)
    }
  }
}

extension ListChange {
  /// The same step with other items.
  func map<Other: Sendable>(_ change: (Item) -> Other) -> ListChange<Other> {
    switch self {
    case .reset(let items): .reset(items.map(change))
    case .insert(let item, let at): .insert(change(item), at: at)
    case .update(let item, let at): .update(change(item), at: at)
    case .remove(let at): .remove(at: at)
    }
  }
}
