import Foundation
import RockOnCore

/// A value of any column as one reads it; nothing for none.
func written(_ value: Json, of column: String) -> String? {
  switch value {
  case .null: nil
  case .flag(let on): on ? "✓" : "–"
  case .whole(let number): column == "duration" ? writtenLength(number) : "\(number)"
  case .real(let number): "\(number)"
  case .text(let text): text.isEmpty ? nil : text
  case .array(let items): items.compactMap { written($0, of: "") }.joined(separator: "\n")
  case .object(let fields):
    ["name", "title", "text", "url"].compactMap { fields[$0] }.first.flatMap { written($0, of: "") }
  }
}

/// What became of a part of a text, and how it reads.
public struct Part: Hashable, Identifiable, Sendable {
  /// Its place in the text.
  public let id: Int
  /// What became of it.
  public let kind: TextPartKind
  public let text: String

  /// How two long texts differ, by the core; nothing for short ones, which are read side by side.
  static func of(_ mine: String?, _ theirs: String?) -> [Part] {
    let isLong = [mine, theirs].compactMap { $0 }.contains { $0.count > 40 || $0.contains("\n") }
    guard isLong else { return [] }
    return TextPart.changes(from: mine ?? "", to: theirs ?? "").enumerated().map { at, part in
      Part(id: at, kind: part.kind, text: part.text)
    }
  }
}
