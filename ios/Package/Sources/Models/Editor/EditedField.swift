import Foundation
import RockOnCore

/// A field of an editor, and what is typed there.
public struct EditedField: Hashable, Identifiable, Sendable {
  /// What it is.
  public let field: Field
  /// What is typed.
  public internal(set) var text = ""
  /// What it was when the person began to write in it.
  var base = ""
  /// What somebody made of it meanwhile; nothing when nobody did.
  var theirText: String?
  /// Why it cannot be saved, a key of the catalogue; the core judges the rest.
  public internal(set) var wrong: String?
  /// One of each.
  public var id: String { field.column }

  init(_ field: Field) { self.field = field }

  /// The day and time that is chosen; nothing for none.
  public var moment: Date? { dateOf(text) }
  /// What somebody made of it meanwhile, as one reads it.
  public var theirs: Fact.Value? { theirText.map { Fact(field, $0)?.value ?? .text("–") } }
  /// Something was typed that is not saved.
  var isTouched: Bool { text != base }
  /// As the core takes it; nothing where it is wrong.
  var value: Json? { field.value(of: trimmed) }

  /// The row has this value now: an untouched field follows it, a touched one shows it beside.
  mutating func arrived(_ value: String) {
    if !isTouched || text == value {
      (text, base, theirText) = (value, value, nil)
    } else {
      theirText = value == base ? nil : value
    }
  }

  /// Theirs instead of mine.
  mutating func takeTheirs() {
    if let theirText { (text, base, self.theirText) = (theirText, theirText, nil) }
  }

  mutating func judge() { wrong = field.wrong(trimmed) }

  private var trimmed: String { text.trimmingCharacters(in: .whitespacesAndNewlines) }
}
