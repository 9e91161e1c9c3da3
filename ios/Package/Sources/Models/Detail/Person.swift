import Foundation
import RockOnCore

/// Somebody at the venue.
public struct Person: Hashable, Identifiable, Sendable {
  /// What they are called: by their number or address where nobody wrote a name.
  public let name: String
  /// What they do there.
  public let role: String?
  /// Links of the system: to call them, to write to them.
  public let call, mail: URL?
  /// One of each.
  public var id: Self { self }

  init(_ contact: Contact) {
    let phone = contact.phone?.filter { $0.isNumber || $0 == "+" } ?? ""
    let mail = contact.email?.trimmingCharacters(in: .whitespaces) ?? ""
    (name, role) = (contact.name?.written ?? contact.phone?.written ?? mail, contact.role?.written)
    call = phone.isEmpty ? nil : link("tel", phone)
    self.mail = mail.isEmpty ? nil : link("mailto", mail)
  }
}

private func link(_ scheme: String, _ path: String) -> URL? {
  var parts = URLComponents()
  (parts.scheme, parts.path) = (scheme, path)
  return parts.url
}

/// A place on the system's map; nothing where nobody wrote where it is.
func mapLink(_ places: [String]) -> URL? {
  if places.isEmpty { return nil }
  var parts = URLComponents(string: "https://maps.apple.com/")
  parts?.queryItems = [URLQueryItem(name: "q", value: places.joined(separator: ", "))]
  return parts?.url
}
