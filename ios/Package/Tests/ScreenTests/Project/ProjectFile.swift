import Foundation

/// A project file of Xcode: property lists in the old text form, which Foundation here does not read.
enum ProjectFile {
  indirect enum Value: Equatable {
    case text(String)
    case list([Value])
    case table([String: Value])

    subscript(_ key: String) -> Value? { if case .table(let fields) = self { fields[key] } else { nil } }
    var text: String? { if case .text(let text) = self { text } else { nil } }
    var items: [Value] { if case .list(let items) = self { items } else { [] } }
    var fields: [String: Value] { if case .table(let fields) = self { fields } else { [:] } }

    /// All texts in it, keys left out.
    var texts: [String] {
      switch self {
      case .text(let text): [text]
      case .list(let items): items.flatMap(\.texts)
      case .table(let fields): fields.values.flatMap(\.texts)
      }
    }
  }

  struct Wrong: Error, CustomStringConvertible {
    let description: String
  }

  static func read(_ text: String) throws -> Value {
    let comments = try Regex(#"/\*.*?\*/|^//[^\n]*"#).dotMatchesNewlines()
    let words = try Regex(#""(?:[^"\\]|\\.)*"|[A-Za-z0-9_./]+|[{}()=;,<>]|\S"#)
    let plain = text.replacing(comments, with: "")
    var rest = plain.matches(of: words).map { String($0.0) }[...]
    let value = try value(&rest)
    guard rest.isEmpty else { throw Wrong(description: "something follows the end: \(rest.prefix(3))") }
    return value
  }

  private static func take(_ rest: inout ArraySlice<String>, _ wanted: String) throws {
    guard rest.first == wanted else {
      throw Wrong(description: "\(wanted) is missing before \(rest.prefix(4).joined(separator: " "))")
    }
    rest = rest.dropFirst()
  }

  private static func value(_ rest: inout ArraySlice<String>) throws -> Value {
    guard let word = rest.popFirst() else { throw Wrong(description: "it ends too early") }
    switch word {
    case "{":
      var fields: [String: Value] = [:]
      while rest.first != "}" {
        guard let key = rest.popFirst() else { throw Wrong(description: "it ends too early") }
        try take(&rest, "=")
        guard fields.updateValue(try value(&rest), forKey: key) == nil else {
          throw Wrong(description: "\(key) is there twice")
        }
        try take(&rest, ";")
      }
      try take(&rest, "}")
      return .table(fields)
    case "(":
      var items: [Value] = []
      while rest.first != ")" {
        items.append(try value(&rest))
        try take(&rest, ",")
      }
      try take(&rest, ")")
      return .list(items)
    default:
      guard word.count > 1 || word.first?.isLetter == true || word.first?.isNumber == true else {
        throw Wrong(description: "\(word) is no value")
      }
      return .text(word.trimmingCharacters(in: ["\""]))
    }
  }
}
