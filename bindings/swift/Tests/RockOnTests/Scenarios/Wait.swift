import RockOnCore

/// More than any scenario has.
let all = 1_000

/// A state was not reached; what was there instead.
struct NotReached: Error, CustomStringConvertible {
  let description: String
}

/// Runs `work` for at most `patience`. Nothing when the time is over.
func within<Answer: Sendable>(
  _ patience: Duration, _ work: @escaping @Sendable () async throws -> Answer?
) async throws -> Answer? {
  try await withThrowingTaskGroup(of: Answer?.self) { group in
    group.addTask { try await work() }
    group.addTask {
      // The deadline of a state, not a wait for one.
      try? await Task.sleep(for: patience)
      return nil
    }
    defer { group.cancelAll() }
    return try await group.next() ?? nil
  }
}

/// What was seen last, for the message of a failure.
actor Seen {
  private(set) var last = "nothing"
  func note(_ value: Any) { last = String(describing: value).prefix(2_000).description }
}

/// Follows the value that `open` gives until `judge` has an answer. A feed ends when another person signs in: then the
/// next one is followed.
func until<Value: Sendable, Answer: Sendable>(
  _ patience: Duration, _ open: @escaping @Sendable () throws -> Feed<Value>,
  _ judge: @escaping @Sendable (Value) async throws -> Answer?
) async throws -> Answer {
  let seen = Seen()
  let answer = try await within(patience) { () -> Answer? in
    while !Task.isCancelled {
      for await delivery in try open() {
        if case .value(let value) = delivery {
          await seen.note(value)
          if let answer = try await judge(value) { return answer }
        }
      }
      await Task.yield()
    }
    return nil
  }
  guard let answer else { throw NotReached(description: "seen instead: \(await seen.last)") }
  return answer
}

/// The same for a list, as it is after each batch of steps.
func until<Item: Sendable, Answer: Sendable>(
  list patience: Duration, _ open: @escaping @Sendable () throws -> ListFeed<Item>,
  _ judge: @escaping @Sendable ([Item]) async throws -> Answer?
) async throws -> Answer {
  let seen = Seen()
  let answer = try await within(patience) { () -> Answer? in
    while !Task.isCancelled {
      var items: [Item] = []
      for await delivery in try open() {
        if case .value(let changes) = delivery {
          items.apply(changes)
          await seen.note(items)
          if let answer = try await judge(items) { return answer }
        }
      }
      await Task.yield()
    }
    return nil
  }
  guard let answer else { throw NotReached(description: "seen instead: \(await seen.last)") }
  return answer
}

/// Asks the server, which tells of no change of it, until the answer is right.
func asked<Value: Sendable>(
  _ patience: Duration, _ ask: @escaping @Sendable () async throws -> Value,
  _ judge: @escaping @Sendable (Value) -> Bool
) async throws {
  let seen = Seen()
  let right = try await within(patience) { () -> Bool? in
    while !Task.isCancelled {
      let value = try await ask()
      await seen.note(value)
      if judge(value) { return true }
      try await Task.sleep(for: .milliseconds(50))
    }
    return nil
  }
  if right == nil { throw NotReached(description: "seen instead: \(await seen.last)") }
}

/// What any row shows.
struct Shown: Sendable {
  let id: RowId
  let name: String
  let unread: Bool
  let pending: Bool
}

extension RockOn {
  /// Judges all rows of a kind, after each change.
  func untilRows<Answer: Sendable>(
    _ kind: Kind, _ patience: Duration, _ judge: @escaping @Sendable ([Shown]) async throws -> Answer?
  ) async throws -> Answer {
    switch kind {
    case .song:
      try await until(
        list: patience,
        { try self.songs(SongQuery(scope: nil, search: "", unreadOnly: false, order: .title, limit: all)) }
      ) {
        try await judge($0.map { Shown(id: $0.id, name: $0.title, unread: $0.unread, pending: $0.pending) })
      }
    case .setlist:
      try await until(list: patience, { try self.setlists(SetlistQuery(scope: nil, limit: all)) }) {
        try await judge($0.map { Shown(id: $0.id, name: $0.name, unread: $0.unread, pending: $0.pending) })
      }
    case .show:
      try await until(list: patience, { try self.shows(ShowQuery(scope: nil, from: nil, limit: all)) }) {
        try await judge($0.map { Shown(id: $0.id, name: $0.name, unread: $0.unread, pending: $0.pending) })
      }
    case .practice:
      try await until(list: patience, { try self.practices(PracticeQuery(scope: nil, from: nil, limit: all)) }) {
        try await judge($0.map { Shown(id: $0.id, name: "", unread: $0.unread, pending: $0.pending) })
      }
    default: throw Broken("no list of \(kind)")
    }
  }
}
