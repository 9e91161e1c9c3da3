import Foundation

/// A time of day by the clock of a place, such as `17:30`; to the second.
public struct TimeOfDay: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// From 0 to 23.
  public let hour: Int
  /// From 0 to 59.
  public let minute: Int
  /// From 0 to 59.
  public let second: Int

  /// A time of day; nothing for one that no clock shows.
  public init?(hour: Int, minute: Int, second: Int = 0) {
    guard 0..<24 ~= hour, 0..<60 ~= minute, 0..<60 ~= second else { return nil }
    (self.hour, self.minute, self.second) = (hour, minute, second)
  }

  /// From the core's text, which is always a time.
  init(core text: String) {
    let parts = text.split(separator: ":").map { Int($0) ?? 0 } + [0, 0, 0]
    (hour, minute, second) = (parts[0], parts[1], parts[2])
  }

  /// As it is stored: `17:30`, or `17:30:15`.
  public var description: String {
    let parts = second == 0 ? [hour, minute] : [hour, minute, second]
    return parts.map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
  }

  /// For a calendar, a picker or a format.
  public var components: DateComponents {
    DateComponents(hour: hour, minute: minute, second: second)
  }

  /// The earlier one is less.
  public static func < (one: TimeOfDay, other: TimeOfDay) -> Bool {
    (one.hour, one.minute, one.second) < (other.hour, other.minute, other.second)
  }
}
