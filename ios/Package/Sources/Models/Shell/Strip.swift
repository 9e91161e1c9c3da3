import RockOnCore

/// What there is to say about the network and about what waits. There is no strip when there is nothing.
public struct Strip: Equatable, Sendable {
  /// How the phone stands to the server, where that is worth a word.
  public enum Word: Equatable, Sendable {
    case signedOut, offline, clockWrong, delayed
    case failing(RockOnError)
    /// Before everything has been read once: how many rows have come so far.
    case firstSync(rows: Int)
  }

  /// Nothing when only something waits.
  public let word: Word?
  /// How many edits wait to be sent, how many conflicts for a choice, and how many refused edits.
  public let unsent, conflicts, rejected: Int

  /// The core's status; nothing when it is worth no word. A connection that is on its way is not.
  public init?(_ status: Status) {
    word = Self.word(status)
    (unsent, conflicts, rejected) = (status.outbox.unsent, status.outbox.conflicts, status.outbox.rejected)
    if word == nil && unsent + conflicts + rejected == 0 { return nil }
  }

  private static func word(_ status: Status) -> Word? {
    if case .needsSignIn = status.session { return .signedOut }
    if !status.network || status.sync?.error == .Offline { return .offline }
    if let error = status.sync?.error { return .failing(error) }
    if status.sync?.syncedAt == nil { return .firstSync(rows: status.sync?.rows ?? 0) }
    if status.clockSkewMinutes != nil { return .clockWrong }
    switch status.connection {
    case nil, .off, .connecting, .live: return nil
    case .degraded, .retrying, .stopped: return .delayed
    }
  }
}
