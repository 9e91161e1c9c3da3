import Observation
import RockOnCore

/// Where nobody is signed in: by address and password into the build's own server.
@MainActor @Observable public final class WelcomeScreenModel {
  /// The person's address.
  public var email = "" { didSet { failure = nil } }
  /// Kept nowhere.
  public var password = "" { didSet { failure = nil } }
  /// The server is being asked.
  public private(set) var isBusy = false
  /// Why it was not done.
  public private(set) var failure: RockOnError?
  private let core: any Core

  /// Over a client that nobody is signed in to.
  public init(_ core: any Core) { self.core = core }

  /// Both are typed.
  public var canSignIn: Bool { !isBusy && !email.isEmpty && !password.isEmpty }

  /// The person signs in. What comes of it is told by the core's status.
  public func signInTapped() async {
    guard canSignIn else { return }
    (isBusy, failure) = (true, nil)
    do throws(RockOnError) {
      try await core.signIn(email: email, password: Secret(password))
      password = ""
    } catch {
      failure = error
    }
    isBusy = false
  }
}
