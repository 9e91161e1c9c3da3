/// The core's log. It names no token, title or address of a person; lines of other libraries are not taken.
public enum RockOnLog {
  /// Keeps lines up to `level` from now on, and gives each to `sink`, if there is one, on a thread of its own. The last
  /// call counts; one log serves all clients of the process.
  ///
  /// The sink must not wait for long: 256 lines wait for it, further ones are left out and counted.
  /// - Returns: false when something else in the process holds the log already: then nothing is kept.
  @discardableResult
  public static func start(_ level: LogLevel, sink: (@Sendable (LogLine) -> Void)? = nil) -> Bool {
    startLog(level: level, sink: sink.map(Sink.init))
  }

  /// The last lines, the oldest first: at most 500.
  public static var recent: [LogLine] {
    recentLog()
  }
}

private final class Sink: PlatformLog {
  private let call: @Sendable (LogLine) -> Void

  init(_ call: @escaping @Sendable (LogLine) -> Void) {
    self.call = call
  }

  func line(line: LogLine) throws {
    call(line)
  }
}
