import Foundation
import RockOnCore

/// A server that the app speaks to.
public struct Server: Hashable, Sendable {
  /// Its address, and its public key.
  public let url: String
  public let key: Secret

  public init(url: String, key: Secret) { (self.url, self.key) = (url, key) }

  /// As people know it.
  public var host: String { URL(string: url)?.host() ?? url }

  /// A name for files and secrets that no other server has.
  public var ownName: String {
    url.addingPercentEncoding(withAllowedCharacters: CharacterSet(charactersIn: ".-").union(.alphanumerics)) ?? host
  }

  /// The band's own, of the last time; nothing where that is the build's.
  public static func kept(in kept: any Kept) -> Server? {
    guard let url = kept.read("server.url"), let key = kept.read("server.key") else { return nil }
    return Server(url: url, key: Secret(key))
  }

  /// The key is public: it is in every link. Nothing goes back to the build's own.
  public static func keep(_ server: Server?, in kept: any Kept) {
    kept.write(server?.url, for: "server.url")
    kept.write(server?.key.exposed, for: "server.key")
  }
}

/// Accounts of others, such as Apple's, that one signs in with.
public protocol Accounts: Sendable {
  /// Those that the build is configured for.
  var offered: [IdProvider] { get }
  /// Asks the person; nothing when they do not want to.
  func token(_ provider: IdProvider) async throws -> (token: Secret, nonce: Secret?)?
}
