import Models
import RockOnCore
import Synchronization

/// A core in memory: a test says what its feeds tell, and reads what it was asked to do.
public final class FakeCore: Core {
  private struct State {
    var calls: [String] = []
    var failure: RockOnError?
    var queries: [SongQuery] = []
    var changes: ChangesSinceSeen?
    var lastChange: LastChange?
    var written: Values = [:]
    var history: [LoggedChange] = []
  }

  /// What the feeds tell.
  public let status = Channel<Status>()
  public let bands = Channel<[ListChange<Band>]>()
  public let unread = Channel<[UnreadCount]>()
  public let unseen = Channel<Int>()
  public let songs = Channel<[ListChange<Song>]>()
  public let song = Channel<Song?>()
  public let ofStatus = FakeStatus()
  public let ofBand = FakeBand()
  public let ofNotices = FakeNotices()
  public let ofSetlists = FakeSetlists()
  public let gig = Channel<Gig?>()
  public let ofRows = FakeRows()
  private let state = Mutex(State())

  /// One that nothing was told to.
  public init() {}

  /// What it was asked to do, in order.
  public var calls: [String] { state.withLock(\.calls) }
  /// What lists of songs were asked for, in order.
  public var queries: [SongQuery] { state.withLock(\.queries) }

  /// What was written last.
  public var written: Values { state.withLock(\.written) }

  /// Every act fails with this from now on.
  public func fail(with error: RockOnError?) { state.withLock { $0.failure = error } }

  /// What is different since the person looked, and who changed a row last.
  public func know(_ changes: ChangesSinceSeen?, last: LastChange? = nil) {
    state.withLock { ($0.changes, $0.lastChange) = (changes, last) }
  }

  /// What was done to a row, the newest first.
  public func know(history: [LoggedChange]) { state.withLock { $0.history = history } }

  func call(_ name: String) throws(RockOnError) {
    let failure = state.withLock { state in
      state.calls.append(name)
      return state.failure
    }
    if let failure { throw failure }
  }

  public func watchStatus() -> Live<Status> { status.live() }
  public func watchBands() -> Live<[ListChange<Band>]> { bands.live() }
  public func watchUnread() -> Live<[UnreadCount]> { unread.live() }
  public func watchUnseenNotices() -> Live<Int> { unseen.live() }
  public func watchSongs(_ query: SongQuery) throws(RockOnError) -> Live<[ListChange<Song>]> {
    state.withLock { $0.queries.append(query) }
    return songs.live()
  }
  public func songLetters(_ query: SongQuery) async throws(RockOnError) -> [Letter] { ofSetlists.letters }
  @discardableResult
  public func signIn(email: String, password: Secret) async throws(RockOnError) -> Account {
    try call("sign in \(email)")
    return Account(user: Samples.me, email: Address(email))
  }
  public func changesSinceSeen(_ kind: Kind, _ id: RowId) async throws(RockOnError) -> ChangesSinceSeen? {
    state.withLock(\.changes)
  }
  public func lastChange(of kind: Kind, _ id: RowId) async throws(RockOnError) -> LastChange? {
    state.withLock(\.lastChange)
  }
  public func history(of kind: Kind, _ id: RowId, limit: Int) async throws(RockOnError) -> [LoggedChange] {
    try call("history \(kind) \(id)")
    return state.withLock(\.history)
  }
  public func markRead(_ kind: Kind, _ id: RowId) async throws(RockOnError) { try call("read \(kind) \(id)") }
  public func songText(_ id: RowId) async throws(RockOnError) -> String { "the song as text" }
  public func add(_ kind: Kind, to scope: ScopeId, _ values: Values) async throws(RockOnError) -> RowId {
    try call("add \(kind) to \(scope)")
    state.withLock { $0.written = values }
    return RowId("new")
  }
  public func change(_ kind: Kind, _ id: RowId, _ values: Values) async throws(RockOnError) -> Bool {
    try call("change \(kind) \(id): \(values.keys.sorted().joined(separator: " "))")
    state.withLock { $0.written = values }
    return true
  }
  public func delete(_ kind: Kind, _ id: RowId) async throws(RockOnError) { try call("delete \(kind) \(id)") }
  public func restore(_ kind: Kind, _ id: RowId, in scope: ScopeId) async throws(RockOnError) -> Bool {
    try call("restore \(kind) \(id) in \(scope)")
    return true
  }
  public func copySong(_ song: RowId, to scope: ScopeId) async throws(RockOnError) -> RowId {
    try call("copy \(song) to \(scope)")
    return RowId("copy")
  }
  public func moveSong(_ song: RowId, to scope: ScopeId) async throws(RockOnError) -> Bool {
    try call("move \(song) to \(scope)")
    return true
  }
  public func markKindRead(_ kind: Kind, in scope: ScopeId) async throws(RockOnError) {
    try call("read \(kind) in \(scope)")
  }
}

/// A feed that a test speaks through. A new consumer hears what was told last.
public final class Channel<Value: Sendable>: Sendable {
  private struct State {
    var last: Delivery<Value>?
    var inlets: [AsyncStream<Delivery<Value>>.Continuation] = []
    var limit: Int?
  }
  private let state = Mutex(State())

  /// Tells it to whoever listens.
  public func tell(_ value: Value) { send(.value(value)) }
  /// It could not be read.
  public func fail(_ error: RockOnError) { send(.failure(error)) }
  /// How many items were asked for last.
  public var limit: Int? { state.withLock(\.limit) }

  /// It ends.
  public func finish() { state.withLock { state in state.inlets.forEach { $0.finish() } } }

  private func send(_ delivery: Delivery<Value>) {
    state.withLock { state in
      state.last = delivery
      state.inlets.forEach { $0.yield(delivery) }
    }
  }

  /// What was told last.
  var last: Value? { if case .value(let value) = state.withLock(\.last) { value } else { nil } }

  func live() -> Live<Value> { plain() }

  /// The same of other values.
  func live<Other: Sendable>(_ change: @escaping @Sendable (Value) -> Other) -> Live<Other> {
    let live = plain()
    let (stream, inlet) = AsyncStream.makeStream(of: Delivery<Other>.self)
    let telling = Task {
      for await delivery in live.deliveries {
        switch delivery {
        case .value(let value): inlet.yield(.value(change(value)))
        case .failure(let error): inlet.yield(.failure(error))
        }
      }
      inlet.finish()
    }
    inlet.onTermination = { _ in telling.cancel() }
    return Live(stream, setLimit: live.setLimit)
  }

  private func plain() -> Live<Value> {
    let (stream, inlet) = AsyncStream.makeStream(of: Delivery<Value>.self)
    state.withLock { state in
      if let last = state.last { inlet.yield(last) }
      state.inlets.append(inlet)
    }
    return Live(stream) { limit in self.state.withLock { $0.limit = limit } }
  }
}

/// What is kept, in memory.
public final class FakeKept: Kept {
  private let texts: Mutex<[String: String]>
  /// With what was kept before.
  public init(_ texts: [String: String] = [:]) { self.texts = Mutex(texts) }
  public func read(_ key: String) -> String? { texts.withLock { $0[key] } }
  public func write(_ text: String?, for key: String) { texts.withLock { $0[key] = text } }
}

/// A way to a core, which may be shut.
public final class FakeDoor: Door {
  private let opens: Mutex<Result<FakeCore, RockOnError>>
  /// One that opens to this, or does not.
  public init(_ opens: Result<FakeCore, RockOnError>) { self.opens = Mutex(opens) }
  /// It opens to this from now on.
  public func set(_ opens: Result<FakeCore, RockOnError>) { self.opens.withLock { $0 = opens } }
  public func close() async throws(RockOnError) {}
  public func open() async throws(RockOnError) -> any Core { try opens.withLock { $0 }.get() }
}
