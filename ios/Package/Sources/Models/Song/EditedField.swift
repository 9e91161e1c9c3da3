import Foundation
import RockOnCore

/// A field of an editor: all of them are texts, so that each is kept and compared in one way.
public struct EditedField: Hashable, Identifiable, Sendable {
  /// Why a text cannot be saved; the core judges the rest.
  public enum Wrong: Hashable, Sendable { case missing, noNumber, noLength }

  /// What it is.
  public let field: SongField
  /// What is typed.
  public internal(set) var text = ""
  /// What it was when the person began to write in it.
  var base = ""
  /// What somebody made of it meanwhile; nothing when nobody did.
  public internal(set) var theirs: String?
  /// Why it cannot be saved.
  public internal(set) var wrong: Wrong?
  /// One of each.
  public var id: SongField { field }

  /// Something was typed that is not saved.
  var isTouched: Bool { text != base }

  /// The row has this value now: an untouched field follows it, a touched one shows it beside.
  mutating func arrived(_ value: String) {
    if !isTouched || text == value {
      (text, base, theirs) = (value, value, nil)
    } else {
      theirs = value == base ? nil : value
    }
  }

  /// What was typed, as the core takes it: an empty field is no value. Nothing where it is wrong.
  var value: Json? {
    let typed = text.trimmingCharacters(in: .whitespacesAndNewlines)
    switch field {
    case .title where typed.isEmpty: return nil
    case _ where typed.isEmpty: return .null
    case .capo, .tempo, .difficulty: return Int(typed).map { .whole(number: $0) }
    case .length: return secondsOf(typed).map { .whole(number: $0) }
    default: return .text(text: typed)
    }
  }

  mutating func judge() {
    guard value == nil else { return wrong = nil }
    switch field {
    case .title: wrong = .missing
    case .length: wrong = .noLength
    default: wrong = .noNumber
    }
  }
}

/// What `writtenLength` writes, in seconds; nothing for anything else.
func secondsOf(_ text: String) -> Int? {
  let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) ?? -1 }
  guard (2...3).contains(parts.count), parts.allSatisfy({ $0 >= 0 }),
    parts.dropFirst().allSatisfy({ $0 < 60 || parts.count == 2 }),
    (parts.last ?? 60) < 60
  else { return nil }
  return parts.reduce(0) { $0 * 60 + $1 }
}
