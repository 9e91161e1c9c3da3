import Foundation
import Models
import RockOnCore
import Synchronization

/// The part of the core that ways in and settings need. Every step is counted.
extension FakeCore {
  private func entered(_ name: String) throws(RockOnError) -> Account {
    try call(name)
    return Account(user: Samples.me, email: nil)
  }
  /// Signed in at once.
  public func signUp(email: String, password: Secret, name: String) async throws(RockOnError) -> SignUp {
    .signedIn(try entered("sign up \(name)"))
  }
  /// Counted.
  public func requestSignInCode(email: String, createAccount: Bool) async throws(RockOnError) {
    try call("code to \(email)\(createAccount ? ", new" : "")")
  }
  /// Counted.
  @discardableResult
  public func signInWithCode(email: String, code: Secret) async throws(RockOnError) -> Account {
    try entered("sign in by code \(code.exposed)")
  }
  /// Counted.
  public func requestPasswordReset(email: String) async throws(RockOnError) { try call("reset code to \(email)") }
  /// Counted.
  @discardableResult
  public func signInWithResetCode(email: String, code: Secret) async throws(RockOnError) -> Account {
    try entered("sign in by reset code \(code.exposed)")
  }
  /// Counted.
  @discardableResult
  public func signInWithIdToken(
    provider: IdProvider, token: Secret, nonce: Secret?
  ) async throws(RockOnError) -> Account {
    try entered("sign in by \(provider)")
  }
  /// Counted.
  public func setPassword(_ password: Secret, code: Secret?) async throws(RockOnError) {
    try call("password\(code.map { " with code \($0.exposed)" } ?? "")")
  }
  /// Counted, and never refused.
  public func requestReauthenticationCode() async throws(RockOnError) {}
  /// Always the same.
  public func myName() async throws(RockOnError) -> String? { "Eric" }
  /// Counted.
  @discardableResult
  public func setName(_ name: String) async throws(RockOnError) -> String {
    try call("name \(name)")
    return name
  }
  /// A message has to be opened.
  public func setEmail(_ email: String) async throws(RockOnError) -> EmailChange {
    try call("email \(email)")
    return .confirmEmail
  }
  /// Counted.
  @discardableResult
  public func signOut(everywhere: Bool) async throws(RockOnError) -> SignOut {
    try call("sign out\(everywhere ? " everywhere" : "")")
    return SignOut(serverTold: true)
  }
  /// Counted.
  public func deleteAccount() async throws(RockOnError) { try call("delete account") }
  /// One song.
  public func exportSongs(of scope: ScopeId, _ format: Format) async throws(RockOnError) -> SongFile {
    try call("export \(format)")
    return SongFile(text: "title\nHello\n", songs: 1, shortened: [])
  }
  /// Counted.
  public func setLanguage(_ language: Language) { try? call("language \(language)") }
}

/// Accounts of others, of which the person has one.
public struct FakeAccounts: Accounts {
  public let offered: [IdProvider]
  public func token(_ provider: IdProvider) async throws -> (token: Secret, nonce: Secret?)? { ("token", nil) }
}

extension WelcomeScreenModel {
  /// On a phone on which nothing happens.
  public convenience init(_ core: any Core) { self.init(core, device: FakeDevice()) { _ in } }
}
