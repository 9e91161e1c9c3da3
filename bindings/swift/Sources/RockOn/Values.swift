import Foundation

extension Date {
  /// A point in time of the core's, which counts in milliseconds.
  init(milliseconds: Int) {
    self.init(timeIntervalSince1970: Double(milliseconds) / 1_000)
  }

  /// The core's count of it; the nearest that it has.
  var milliseconds: Int {
    Int(exactly: (timeIntervalSince1970 * 1_000).rounded()) ?? (timeIntervalSince1970 < 0 ? .min : .max)
  }
}

/// A password, key or token. Printing, interpolating or mirroring it shows stars; only ``exposed`` gives it away.
public struct Secret: Hashable, Sendable, ExpressibleByStringLiteral {
  /// The text itself. Never put it into a log.
  public let exposed: String

  /// A secret text.
  public init(_ text: String) {
    exposed = text
  }

  /// A secret that is written into the program, as an anon key may be.
  public init(stringLiteral text: String) {
    exposed = text
  }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Stars.
  public var description: String { "***" }

  /// Stars.
  public var debugDescription: String { "***" }

  /// Nothing inside.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

/// A person's e-mail address: for a screen. Printing, interpolating or mirroring it shows stars.
public struct Address: Hashable, Sendable {
  /// The address.
  public let text: String

  /// An address.
  public init(_ text: String) {
    self.text = text
  }
}

extension Address: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Stars.
  public var description: String { "***" }

  /// Stars.
  public var debugDescription: String { "***" }

  /// Nothing inside.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

/// What a person typed and could not be saved: handed back, so that it is not lost. Printing, interpolating or mirroring it
/// shows how much it is only.
public struct Unsaved: Hashable, Sendable {
  /// The edit: new values by column.
  public let values: Values

  /// An edit.
  public init(_ values: Values) {
    self.values = values
  }
}

extension Unsaved: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// How many columns.
  public var description: String { "Unsaved(\(values.count) columns)" }

  /// How many columns.
  public var debugDescription: String { description }

  /// Nothing inside.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
