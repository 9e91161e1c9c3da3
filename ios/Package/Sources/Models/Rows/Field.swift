import Foundation
import RockOnCore

/// A column of a row that a person writes: how it is written, and what it is called. Editors and pages are lists of these.
public struct Field: Hashable, Identifiable, Sendable {
  /// How it is written. In an editor all of them are texts, so that each is kept and compared in one way.
  public enum Sort: Hashable, Sendable {
    /// A line, or a text of several.
    case line, text
    /// Where something is on the web.
    case link
    /// A whole number, a length as musicians write it, minutes, an amount of money.
    case number, length, minutes, amount
    /// A day and a time; a time of day, or words for it.
    case moment, time
    /// A list of texts, one a line.
    case lines
    /// Some of what another column lists.
    case ticks(of: String)
    /// One of a few.
    case choice([Choice])
    /// A setlist of the band; members of it.
    case setlist, members
    /// Rows or people, who say nothing to a person by their ids. Not written here.
    case named
  }

  /// One that can be chosen.
  public struct Choice: Hashable, Identifiable, Sendable {
    /// As it is stored.
    public let code: String
    /// What it is called.
    public let value: Fact.Value
    /// One of each.
    public var id: String { code }

    /// Called by a key of the catalogue.
    init(_ code: String, _ key: String) { (self.code, value) = (code, .name(key)) }
    /// Called as somebody wrote it.
    init(_ code: String, text: String) { (self.code, value) = (code, .text(text)) }
  }

  /// The column's name.
  public let column: String
  /// What it is called: a key of the catalogue.
  public let name: String
  /// How it is written.
  public let sort: Sort
  /// What is said where it is empty and must not be: a key of the catalogue.
  let missing: String?
  /// What a new row has there before anybody writes.
  let fresh: String
  /// One of each.
  public var id: String { column }

  init(_ column: String, _ name: String, _ sort: Sort = .line, missing: String? = nil, fresh: String = "") {
    (self.column, self.name, self.sort, self.missing, self.fresh) = (column, name, sort, missing, fresh)
  }

  /// A value of the column as one writes it; empty for none.
  func text(of value: Json?) -> String {
    switch value {
    case .whole(0) where column == "capo": ""
    case .whole(let number) where sort == .length: writtenLength(number)
    case .whole(let number) where sort == .amount: writtenAmount(number)
    case .whole(let number): "\(number)"
    case .real(let number): "\(number)"
    case .text(let text): sort == .moment ? dateOf(text).map(written) ?? text : text
    case .array(let items): items.map { text(of: $0) }.filter { !$0.isEmpty }.joined(separator: "\n")
    case nil, .null, .flag, .object: ""
    }
  }

  /// What was typed, as the core takes it: an empty field is no value. Nothing where it is wrong.
  func value(of typed: String) -> Json? {
    switch sort {
    case .lines, .ticks, .members: .array(items: linesOf(typed).map { .text(text: $0) })
    case _ where typed.isEmpty: missing == nil ? .null : nil
    case .number, .minutes: Int(typed).map { .whole(number: $0) }
    case .length: secondsOf(typed).map { .whole(number: $0) }
    case .amount: centsOf(typed).map { .whole(number: $0) }
    case .choice: Int(typed).map { .whole(number: $0) } ?? .text(text: typed)
    case .line, .text, .link, .moment, .time, .setlist, .named: .text(text: typed)
    }
  }

  /// What is said where a text is no value: a key of the catalogue.
  func wrong(_ typed: String) -> String? {
    if value(of: typed) != nil { return nil }
    switch sort {
    case _ where typed.isEmpty: return missing
    case .length: return "song.duration_hint"
    case .amount: return "editor.amount_wrong"
    default: return "song.number_wrong"
    }
  }
}

extension Json {
  /// A text in which something is written.
  var words: String? { if case .text(let text) = self { text.written } else { nil } }
}

/// The lines of a field that hold something.
func linesOf(_ text: String) -> [String] {
  text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
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

/// Cents as one writes an amount: `450`, `450.50`.
func writtenAmount(_ cents: Int) -> String {
  let rest = cents % 100
  return rest == 0 ? "\(cents / 100)" : "\(cents / 100).\(rest < 10 ? "0" : "")\(rest)"
}

/// What somebody writes of an amount, in cents; nothing for anything else. A comma does as well as a point.
func centsOf(_ text: String) -> Int? {
  guard let amount = text.wholeMatch(of: /(\d{1,8})(?:[.,](\d\d?))?/) else { return nil }
  let rest = amount.output.2.map { $0.count == 1 ? "\($0)0" : "\($0)" } ?? "0"
  return (Int(amount.output.1) ?? 0) * 100 + (Int(rest) ?? 0)
}

/// A point in time as rows have it, to the millisecond.
func written(_ date: Date) -> String { date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true)) }

/// What rows say of a point in time; nothing where that cannot be read.
func dateOf(_ text: String) -> Date? {
  (try? Date.ISO8601FormatStyle(includingFractionalSeconds: true).parse(text))
    ?? (try? Date.ISO8601FormatStyle().parse(text))
}
