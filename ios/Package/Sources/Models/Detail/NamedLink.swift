import Foundation
import RockOnCore

/// Something on the web, by what it is called. The core says which addresses may be opened.
public struct NamedLink: Hashable, Identifiable, Sendable {
  /// What is there.
  public let name: Fact.Value
  /// Where it is.
  public let url: URL
  /// One of each.
  public var id: Self { self }
}

extension Fact {
  /// Nothing for what is no link.
  var link: NamedLink? { if case .link(let url) = value { NamedLink(name: .name(field.name), url: url) } else { nil } }
}

/// What somebody wrote as the address of a page; nothing for words, and for what no browser should open.
func webLink(_ field: Field, _ text: String) -> URL? {
  WebLink.all(in: [field.column: .text(text: text)]).first.flatMap { URL(string: $0.url) }
}

/// What members added to the links that have a field.
func references(in values: Values) -> [NamedLink] {
  WebLink.all(in: values).compactMap { link in
    guard link.sort == .reference, let url = URL(string: link.url) else { return nil }
    return NamedLink(name: .text(link.name), url: url)
  }
}
