import Foundation
import Observation
import RockOnCore

/// What the app did last, as text.
@MainActor @Observable public final class LogScreenModel {
  /// A line of the log.
  public struct Line: Hashable, Identifiable, Sendable {
    /// Its place in the log.
    public let id: Int
    public let at: Date
    public let text: String
  }

  /// The newest first.
  public private(set) var lines: [Line] = []
  private let shell: Shell

  /// Of this process.
  public init(_ shell: Shell) { self.shell = shell }

  /// The screen is there, or pulled down.
  public func read() {
    lines = shell.core.recentLog().enumerated().reversed().map { at, line in
      Line(id: at, at: line.at, text: "\(line.level) \(line.part): \(line.text)")
    }
  }

  /// The person gives it to somebody who can help.
  public func copyTapped() {
    let written = lines.reversed().map { "\($0.at.ISO8601Format()) \($0.text)" }
    shell.device.copy(written.joined(separator: "\n"))
    shell.tell(.copied)
  }
}
