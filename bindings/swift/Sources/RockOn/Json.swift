// Column values as literals: `["title": "Hello", "tempo": 118, "notes": nil]`.

extension Json: ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
  /// A text.
  public init(stringLiteral text: String) { self = .text(text: text) }
}

extension Json: ExpressibleByIntegerLiteral {
  /// A whole number.
  public init(integerLiteral number: Int) { self = .whole(number: number) }
}

extension Json: ExpressibleByFloatLiteral {
  /// A number.
  public init(floatLiteral number: Double) { self = .real(number: number) }
}

extension Json: ExpressibleByBooleanLiteral {
  /// Yes or no.
  public init(booleanLiteral on: Bool) { self = .flag(on: on) }
}

extension Json: ExpressibleByNilLiteral {
  /// Nothing.
  public init(nilLiteral: ()) { self = .null }
}

extension Json: ExpressibleByArrayLiteral {
  /// Values in order.
  public init(arrayLiteral items: Json...) { self = .array(items: items) }
}

extension Json: ExpressibleByDictionaryLiteral {
  /// Values by name. Of a name that is there twice, the last counts.
  public init(dictionaryLiteral fields: (String, Json)...) {
    self = .object(fields: Dictionary(fields) { _, last in last })
  }
}
