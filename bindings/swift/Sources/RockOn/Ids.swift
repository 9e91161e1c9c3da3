/// The id of a row: a song, a setlist, a show, a practice, a membership.
///
/// Its text is the core's: lower-case hexadecimal with dashes. Compare ids, never texts of other origin.
public struct RowId: Hashable, Sendable, CustomStringConvertible {
  /// The uuid as text.
  public let text: String

  /// An id from its text. A text that is no uuid is refused by the call that gets it, with `Invalid`.
  public init(_ text: String) {
    self.text = text
  }

  /// The uuid as text.
  public var description: String { text }
}

/// What a row belongs to: a band, or one person's personal scope.
public struct ScopeId: Hashable, Sendable, CustomStringConvertible {
  /// The uuid of the band or the person, as text.
  public let text: String

  /// An id from its text. A text that is no uuid is refused by the call that gets it, with `Invalid`.
  public init(_ text: String) {
    self.text = text
  }

  /// The personal space of somebody.
  public init(of user: UserId) {
    text = user.text
  }

  /// The uuid as text.
  public var description: String { text }
}

/// A person.
public struct UserId: Hashable, Sendable, CustomStringConvertible {
  /// The uuid as text.
  public let text: String

  /// An id from its text. A text that is no uuid is refused by the call that gets it, with `Invalid`.
  public init(_ text: String) {
    self.text = text
  }

  /// The uuid as text.
  public var description: String { text }
}

/// A conflict on this phone: ``Conflict/id``. What is newer has a larger one.
public struct ConflictId: Hashable, Sendable, CustomStringConvertible {
  /// The number.
  public let number: Int

  /// An id from its number.
  public init(_ number: Int) {
    self.number = number
  }

  /// The number as text.
  public var description: String { "\(number)" }
}

/// A refused edit on this phone: ``RejectedEdit/id``. What is newer has a larger one.
public struct EditId: Hashable, Sendable, CustomStringConvertible {
  /// The number.
  public let number: Int

  /// An id from its number.
  public init(_ number: Int) {
    self.number = number
  }

  /// The number as text.
  public var description: String { "\(number)" }
}

/// A notice on this phone: ``Notice/id``. What is newer has a larger one.
public struct NoticeId: Hashable, Sendable, CustomStringConvertible {
  /// The number.
  public let number: Int

  /// An id from its number.
  public init(_ number: Int) {
    self.number = number
  }

  /// The number as text.
  public var description: String { "\(number)" }
}
