import Foundation
import RockOnCore

/// Something on the web, by what it is called.
public struct WebLink: Hashable, Identifiable, Sendable {
  /// What is there.
  public let name: Fact.Value
  /// Where it is.
  public let url: URL
  /// One of each.
  public var id: Self { self }
}

extension Fact {
  /// Nothing for what is no link.
  var link: WebLink? { if case .link(let url) = value { WebLink(name: .name(field.name), url: url) } else { nil } }
}

/// What somebody wrote as the address of a page; nothing for words, and for what another app than a browser would open.
func webLink(_ text: String) -> URL? {
  let whole = text.contains("://") ? text : "https://\(text)"
  guard !text.contains(where: \.isWhitespace), let parts = URLComponents(string: whole),
    ["http", "https"].contains(parts.scheme?.lowercased()),
    parts.host?.contains(".") == true
  else { return nil }
  return parts.url
}

/// Links of a row, which have no shape of their own: a text, or an address with or without a name. What is neither is left out.
func linksOf(_ value: Json?) -> [WebLink] {
  guard case .array(let items) = value else { return [] }
  return items.compactMap { item in
    let parts: Values = if case .object(let fields) = item { fields } else { ["url": item] }
    guard let url = parts["url"]?.words.flatMap(webLink) else { return nil }
    return WebLink(name: .text((parts["title"] ?? parts["name"])?.words ?? url.host() ?? ""), url: url)
  }
}
