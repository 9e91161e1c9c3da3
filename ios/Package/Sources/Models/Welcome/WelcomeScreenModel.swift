import Foundation
import Observation
import RockOnCore

/// Where nobody is signed in, or has to sign in again: the ways in, and the server to do it at.
///
/// Passwords and codes are kept nowhere.
@MainActor @Observable public final class WelcomeScreenModel {
  /// How somebody comes in.
  public enum Way: CaseIterable, Sendable { case password, signUp, code, reset }

  /// What came of it, for whoever shows this.
  public enum Outcome: Equatable, Sendable {
    case inside
    /// With what comes next.
    case then(Sheet)
    /// Another server is to be used.
    case server(Server?)
  }

  public private(set) var way: Way = .password
  /// The server has sent a message: a code, or the link that confirms a new account.
  public private(set) var isSent = false
  public var name = "" { didSet { failure = nil } }
  /// The person's address.
  public var email = "" { didSet { failure = nil } }
  public var password = "" { didSet { failure = nil } }
  public var code = "" { didSet { failure = nil } }
  /// What was typed as the link to the band's own server; nothing while that is not asked for.
  public var link: String? { didSet { isLinkWrong = false } }
  public private(set) var isLinkWrong = false
  /// The server of the link, which is used only when the person says so.
  public var asksForServer: Server?
  /// The server is being asked.
  public private(set) var isBusy = false
  /// Why it was not done.
  public private(set) var failure: RockOnError?
  /// A link of the app waits for somebody to be signed in.
  public private(set) var waiting: AppLink?
  /// Whose session has ended.
  public let isAgain: Bool
  /// The server is not the build's own.
  public let isOwnServer: Bool
  private let core: any Core
  private let device: any Device
  private let ended: @MainActor (Outcome) async -> Void

  /// Over a client that nobody is signed in to, or whose session has ended.
  public init(
    _ core: any Core, device: any Device, again: String? = nil, isOwnServer: Bool = false,
    ended: @escaping @MainActor (Outcome) async -> Void
  ) {
    (self.core, self.device, self.ended) = (core, device, ended)
    (isAgain, self.isOwnServer) = (again != nil, isOwnServer)
    email = again ?? ""
  }

  public var server: String { device.server }
  public var providers: [IdProvider] { device.accounts.offered }
  /// Ways that are offered beside this one. Whose session has ended has an account.
  public var others: [Way] { Way.allCases.filter { $0 != way && !(isAgain && $0 == .signUp) } }
  public var asksForName: Bool { way == .signUp }
  public var asksForPassword: Bool { way == .password || way == .signUp }
  /// A code was sent: now it is asked for.
  public var asksForCode: Bool { !asksForPassword && isSent }
  /// Everything is there that the way needs.
  public var canGoOn: Bool {
    !isBusy && !email.isEmpty && (!asksForName || !name.isEmpty) && (!asksForPassword || !password.isEmpty)
      && (!asksForCode || !code.isEmpty)
  }

  /// The person wants in by another way.
  public func chose(_ way: Way) { step(way, isSent: false) }

  /// What the button says. What comes of it is told by the core's status too.
  public func goOnTapped() async {
    guard canGoOn else { return }
    let (email, secret, typed) = (address, Secret(password), Secret(code))
    await asking {
      switch way {
      case .password:
        try await core.signIn(email: email, password: secret)
        await entered(.inside)
      case .signUp:
        switch try await core.signUp(email: email, password: secret, name: name) {
        case .signedIn: await entered(.then(.start))
        case .confirmEmail: step(.password, isSent: true)
        }
      case .code where isSent:
        try await core.signInWithCode(email: email, code: typed)
        await entered(.inside)
      case .reset where isSent:
        try await core.signInWithResetCode(email: email, code: typed)
        await entered(.then(.newPassword))
      case .code, .reset: try await send()
      }
    }
  }

  /// The code did not come.
  public func sendAgainTapped() async { await asking { try await send() } }

  /// The person has an account elsewhere.
  public func providerTapped(_ provider: IdProvider) async {
    await asking {
      guard let given = try await device.accounts.token(provider) else { return }
      try await core.signInWithIdToken(provider: provider, token: given.token, nonce: given.nonce)
      await entered(.inside)
    }
  }

  /// The person's band has its own server.
  public func ownServerTapped() { link = "" }

  /// The link that was typed: nothing is done before the person has seen which server that is.
  public func linkTapped() {
    if case .server(let url, let key)? = AppLink(link ?? "") {
      asksForServer = Server(url: url, key: key)
    } else {
      isLinkWrong = true
    }
  }

  /// The server that was asked about; nothing for the build's own.
  public func serverTapped(_ server: Server?) async { await ended(.server(server)) }

  /// A link of the app was opened: it waits, but for one to a server.
  public func opened(_ link: AppLink) {
    if case .server(let url, let key) = link { asksForServer = Server(url: url, key: key) } else { waiting = link }
  }

  private var address: String { email.trimmingCharacters(in: .whitespaces) }

  /// Who has no account yet gets none here: it would have no name.
  private func send() async throws(RockOnError) {
    if way == .reset {
      try await core.requestPasswordReset(email: address)
    } else {
      try await core.requestSignInCode(email: address, createAccount: false)
    }
    step(way, isSent: true)
  }

  private func entered(_ outcome: Outcome) async {
    (password, code) = ("", "")
    await ended(outcome)
  }

  private func step(_ way: Way, isSent: Bool) {
    (self.way, self.isSent) = (way, isSent)
    (password, code, failure) = ("", "", nil)
  }

  private func asking(_ call: @MainActor () async throws -> Void) async {
    guard !isBusy else { return }
    (isBusy, failure) = (true, nil)
    do { try await call() } catch { failure = ours(error) }
    isBusy = false
  }
}
