/// The ways in besides the password, and what a person signs in with. They need a network; nothing of them is queued.
extension RockOn {
  /// Has a code sent to an address, for ``signInWithCode(email:code:)``. With `createAccount` an address without an account
  /// gets one when its code is handed in; it has no name then: ask for it and call ``setName(_:)``.
  ///
  /// Throws `Auth` with `otp_disabled` where there is no account and none is to be made, `Server` when the last code is not
  /// a minute old.
  public func requestSignInCode(email: String, createAccount: Bool = true) async throws(RockOnError) {
    try await calling { try await core.requestSignInCode(email: email, createAccount: createAccount) }
  }

  /// Signs in by the code that ``requestSignInCode(email:createAccount:)`` sent, as ``signIn(email:password:)`` does.
  ///
  /// Throws `Auth` with `otp_expired` for a code that is wrong, too old or used up.
  @discardableResult
  public func signInWithCode(email: String, code: Secret) async throws(RockOnError) -> Account {
    try await calling { try await core.signInWithCode(email: email, code: code) }
  }

  /// Has a code sent to an address whose password is forgotten. It answers the same where nobody has the address.
  public func requestPasswordReset(email: String) async throws(RockOnError) {
    try await calling { try await core.requestPasswordReset(email: email) }
  }

  /// Signs in by the code that ``requestPasswordReset(email:)`` sent; then call ``setPassword(_:code:)``.
  @discardableResult
  public func signInWithResetCode(email: String, code: Secret) async throws(RockOnError) -> Account {
    try await calling { try await core.signInWithResetCode(email: email, code: code) }
  }

  /// Signs in by a token of Apple or Google, as ``signIn(email:password:)`` does. `nonce` is what the app made up for this
  /// sign-in, as it is: the service was given its SHA-256 in hexadecimal digits.
  ///
  /// Throws `Auth` with `invalid_request` for a token that is not taken, with `invalid_nonce`, with `provider_disabled`.
  @discardableResult
  public func signInWithIdToken(
    provider: IdProvider, token: Secret, nonce: Secret? = nil
  ) async throws(RockOnError) -> Account {
    try await calling { try await core.signInWithIdToken(provider: provider, token: token, nonce: nonce) }
  }

  /// Gives me another password; my sessions on other devices end. `code` is that of
  /// ``requestReauthenticationCode()``, where the server wants one.
  ///
  /// Throws `Auth` with `weak_password`, `same_password`, `reauthentication_needed` (have a code sent, then call it again),
  /// `reauthentication_not_valid` (the code).
  public func setPassword(_ password: Secret, code: Secret? = nil) async throws(RockOnError) {
    try await calling { try await core.setPassword(password: password, code: code) }
  }

  /// Has a code sent to my address, which shows ``setPassword(_:code:)`` that it is still me.
  public func requestReauthenticationCode() async throws(RockOnError) {
    try await calling { try await core.requestReauthenticationCode() }
  }

  /// Gives me another e-mail address: at once, or when the links of the messages about it have been opened.
  ///
  /// Throws `Auth` with `email_exists`, `validation_failed`; `Server` when the last message is not a minute old.
  public func setEmail(_ email: String) async throws(RockOnError) -> EmailChange {
    try await calling { try await core.setEmail(email: email) }
  }

  /// An access token for other uses, such as files: good for another minute at least, renewed if it must be. Where tokens
  /// live for less than two minutes, for half a life.
  ///
  /// Throws `SignedOut`; `Offline` when it must be renewed and cannot be.
  public func accessToken() async throws(RockOnError) -> Secret {
    try await calling { try await core.accessToken() }
  }
}
