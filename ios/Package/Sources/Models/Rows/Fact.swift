import Foundation
import RockOnCore

/// A value of a row.
public struct Fact: Hashable, Identifiable, Sendable {
  /// How it is read.
  public enum Value: Hashable, Sendable {
    case text(String)
    /// A key of the catalogue.
    case name(String)
    case moment(Date)
    /// A time of day, on any day.
    case time(Date)
    case minutes(Int)
    case link(URL)
  }

  /// What it is.
  public let field: Field
  /// What it is for a person.
  public let value: Value
  /// One of each.
  public var id: String { field.column }

  /// Nothing for an empty value.
  init?(_ field: Field, _ value: Json?) { self.init(field, field.text(of: value)) }

  /// Of what one writes; nothing for an empty text.
  init?(_ field: Field, _ text: String) {
    guard !text.isEmpty else { return nil }
    self.field = field
    value =
      switch field.sort {
      case .moment: dateOf(text).map(Value.moment) ?? .text(text)
      case .time: timeOf(text).map(Value.time) ?? .text(text)
      case .link: webLink(field, text).map(Value.link) ?? .text(text)
      case .minutes: Int(text).map(Value.minutes) ?? .text(text)
      case .choice(let choices): choices.first { $0.code == text }?.value ?? .text(text)
      default: .text(text)
      }
  }
}

/// A time of day as rows have it, on any day; nothing for words.
private func timeOf(_ text: String) -> Date? {
  guard let time = text.wholeMatch(of: /(\d?\d):(\d\d)(?::\d\d)?/) else { return nil }
  return Calendar.current.date(from: DateComponents(hour: Int(time.output.1), minute: Int(time.output.2)))
}

/// A value that somebody changed, set where there was none, or cleared.
public struct Change: Hashable, Identifiable, Sendable {
  /// What it is.
  public let field: Field
  /// Nothing where there was or is none, or where it says nothing to a person.
  public let from, to: Fact.Value?
  /// Who did it, where that is known.
  public let by: String?
  /// One of each.
  public var id: String { field.column }

  /// Nothing for a column that is not shown.
  init?(_ column: String, from: Json, to: Json, by: String? = nil, of fields: [Field]) {
    guard let field = fields.first(where: { $0.column == column }) else { return nil }
    let isSaid = ![.setlist, .named, .members].contains(field.sort)
    (self.field, self.by) = (field, by)
    self.from = isSaid ? Fact(field, from)?.value : nil
    self.to = isSaid ? Fact(field, to)?.value : nil
  }
}
