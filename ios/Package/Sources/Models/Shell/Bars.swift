import Observation
import RockOnCore

/// What was just done, and what takes it back.
public struct Bar: Sendable {
  /// What is said of it.
  public enum What: Equatable, Sendable {
    /// A row; a practice has no name.
    case deleted(name: String?)
    case cancelled(name: String?)
    case allSongsRead
    case duplicatedSetlist(name: String)
    case archivedSetlist(name: String)
    case unarchivedSetlist(name: String)
    /// Nothing for an item without a title.
    case tookOut(title: String?)
    case addedSongs(Int, to: String)
    /// Nothing for the person's own songs.
    case copiedSong(to: String?)
    case movedSong(to: String?)
    case done(Done)
    case failed(RockOnError)
  }

  /// What was done.
  public let what: What
  let undo: (@Sendable () async throws -> Void)?
  /// Does what waited for the bar to go, where taking it back means not to have done it.
  let finish: (@Sendable () async throws -> Void)?

  init(
    _ what: What, undo: (@Sendable () async throws -> Void)? = nil,
    finish: (@Sendable () async throws -> Void)? = nil
  ) {
    (self.what, self.undo, self.finish) = (what, undo, finish)
  }

  /// It can be taken back.
  public var canUndo: Bool { undo != nil }
}

/// The bar at the foot: one at a time, each for a while.
///
/// Owns what can still be taken back. A new bar ends the one before.
@MainActor @Observable public final class Bars {
  /// What is shown; nothing most of the time.
  public private(set) var bar: Bar?
  private var waiting: Task<Void, Never>?
  private let wait: @Sendable () async -> Void

  /// With the time that a bar stays: six seconds, long enough to read and to reach it.
  public init(wait: @escaping @Sendable () async -> Void = { try? await Task.sleep(for: .seconds(6)) }) {
    self.wait = wait
  }

  func show(_ bar: Bar) {
    let before = taken()
    self.bar = bar
    waiting = Task { [weak self, wait] in
      await wait()
      if !Task.isCancelled { await self?.timeIsUp() }
    }
    if let finish = before?.finish { Task { await perform(finish) } }
  }

  /// The person takes back what was done.
  public func undoTapped() async {
    if let undo = taken()?.undo { await perform(undo) }
  }

  /// The bar goes, and what waited for that is done.
  public func timeIsUp() async {
    if let finish = taken()?.finish { await perform(finish) }
  }

  private func perform(_ step: @Sendable () async throws -> Void) async {
    do {
      try await step()
    } catch {
      show(Bar(.failed(ours(error))))
    }
  }

  private func taken() -> Bar? {
    waiting?.cancel()
    defer { bar = nil }
    return bar
  }
}
