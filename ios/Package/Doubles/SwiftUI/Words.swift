// Texts by their keys in the string catalog, and the catalog itself.

/// The key of a text in the string catalog, and what is put into it.
public struct LocalizedStringKey: Equatable, Sendable, ExpressibleByStringInterpolation {
  let key: String
  /// `@`, `lld` or `lf` for each argument.
  let kinds: [String]
  let arguments: [String]
  init(key: String, kinds: [String], arguments: [String]) { (self.key, self.kinds, self.arguments) = (key, kinds, arguments) }
  public init(_ value: String) { self.init(key: value, kinds: [], arguments: []) }
  public init(stringLiteral value: String) { self.init(value) }
  public init(stringInterpolation: StringInterpolation) {
    let said = stringInterpolation.said
    self.init(key: stringInterpolation.key, kinds: said.map(\.0), arguments: said.map(\.1))
  }
  public struct StringInterpolation: StringInterpolationProtocol {
    var key = ""
    var said: [(String, String)] = []
    public init(literalCapacity: Int, interpolationCount: Int) {}
    public mutating func appendLiteral(_ literal: String) { key += literal }
    public mutating func appendInterpolation(_ string: String) { put("@", string) }
    public mutating func appendInterpolation<S: BinaryInteger & CVarArg>(_ value: S) { put("lld", "\(value)") }
    public mutating func appendInterpolation(_ value: Double) { put("lf", "\(value)") }
    public mutating func appendInterpolation<F: FormatStyle>(_ input: F.FormatInput, format: F)
    where F.FormatInput: Equatable, F.FormatOutput == String { put("@", format.format(input)) }
    public mutating func appendInterpolation(_ text: Text) { put("@", text.string) }
    mutating func put(_ kind: String, _ value: String) {
      key += "%" + kind
      said.append((kind, value))
    }
  }
  /// As it reads in the catalog; a key that is not there reads as itself.
  func resolved(_ table: [String: Sentence] = [:]) -> String {
    let counted = zip(kinds, arguments).first { $0.0 == "lld" }?.1
    return fill(table[key]?.form(counted) ?? key)
  }
  /// Holes in order get their arguments, `%2$@` the one that it names.
  private func fill(_ text: String) -> String {
    var (out, rest, next) = ("", text[...], 0)
    while let hole = rest.firstMatch(of: #/%(?:(\d)\$)?(lld|@|lf)|%%/#) {
      out += rest[..<hole.range.lowerBound]
      rest = rest[hole.range.upperBound...]
      if hole.output.2 == nil {
        out += "%"
        continue
      }
      let at = hole.output.1.flatMap { Int($0) }.map { $0 - 1 } ?? next
      next += 1
      out += arguments.indices.contains(at) ? arguments[at] : "?"
    }
    return out + rest
  }
}

extension String {
  /// The values of a text whose key is said beside them.
  public struct LocalizationValue: Equatable, Sendable, ExpressibleByStringInterpolation {
    let key: LocalizedStringKey
    public init(stringLiteral value: String) { key = LocalizedStringKey(value) }
    public init(stringInterpolation: LocalizedStringKey.StringInterpolation) { key = LocalizedStringKey(stringInterpolation: stringInterpolation) }
  }
}

/// A text of the catalog with values in it.
public struct LocalizedStringResource: Equatable, Sendable {
  let key: LocalizedStringKey
  public init(_ key: StaticString, defaultValue: String.LocalizationValue) {
    self.key = LocalizedStringKey(key: "\(key)", kinds: defaultValue.key.kinds, arguments: defaultValue.key.arguments)
  }
}

/// A text of a string catalog in one language.
public struct Sentence: Equatable, Sendable, ExpressibleByStringLiteral {
  let one: String?
  let other: String
  public init(stringLiteral value: String) { (one, other) = (nil, value) }
  public init(one: String?, other: String) { (self.one, self.other) = (one, other) }
  func form(_ count: String?) -> String { count == "1" ? one ?? other : other }

  /// The texts of a catalog as Xcode has it, and per key the holes of its source language.
  public static func read(_ catalog: Data, language: String) throws -> (texts: [String: Sentence], holes: [String: [String]]) {
    let all = try JSONDecoder().decode(Catalog.self, from: catalog).strings
    let holes = all.mapValues { entry in Self.holes(entry.localizations["en"].map { ($0.sentence).other } ?? "") }
    return (all.compactMapValues { $0.localizations[language]?.sentence }, holes)
  }
  /// The kinds of a text's holes, in the order of their arguments.
  public static func holes(_ text: String) -> [String] {
    text.matches(of: #/%(?:(\d)\$)?(lld|@|lf)/#).enumerated()
      .map { n, hole in (hole.output.1.flatMap { Int($0) } ?? n + 1, String(hole.output.2)) }
      .sorted { $0.0 < $1.0 }.map(\.1)
  }
  private struct Catalog: Decodable { let strings: [String: Entry] }
  private struct Entry: Decodable { let localizations: [String: Localization] }
  private struct Localization: Decodable {
    struct Unit: Decodable { let value: String }
    struct Form: Decodable { let stringUnit: Unit }
    let stringUnit: Unit?
    let variations: [String: [String: Form]]?
    var sentence: Sentence {
      let forms = variations?["plural"] ?? [:]
      return Sentence(one: forms["one"]?.stringUnit.value, other: stringUnit?.value ?? forms["other"]?.stringUnit.value ?? "")
    }
  }
}
