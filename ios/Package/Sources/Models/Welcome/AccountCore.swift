import RockOnCore

/// What the ways in and the settings of an account need of the core.
public protocol AccountCore: Sendable {
  func signUp(email: String, password: Secret, name: String) async throws(RockOnError) -> SignUp
  func requestSignInCode(email: String, createAccount: Bool) async throws(RockOnError)
  @discardableResult func signInWithCode(email: String, code: Secret) async throws(RockOnError) -> Account
  func requestPasswordReset(email: String) async throws(RockOnError)
  @discardableResult func signInWithResetCode(email: String, code: Secret) async throws(RockOnError) -> Account
  @discardableResult func signInWithIdToken(
    provider: IdProvider, token: Secret, nonce: Secret?
  ) async throws(RockOnError) -> Account
  func setPassword(_ password: Secret, code: Secret?) async throws(RockOnError)
  func requestReauthenticationCode() async throws(RockOnError)
  func myName() async throws(RockOnError) -> String?
  @discardableResult func setName(_ name: String) async throws(RockOnError) -> String
  func setEmail(_ email: String) async throws(RockOnError) -> EmailChange
  @discardableResult func signOut(everywhere: Bool) async throws(RockOnError) -> SignOut
  func deleteAccount() async throws(RockOnError)
  func exportSongs(of scope: ScopeId, _ format: Format) async throws(RockOnError) -> SongFile
  func setLanguage(_ language: Language)
}
