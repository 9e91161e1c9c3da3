/// One phone's client of one project. It may be used from any thread and any actor.
///
/// Local data can be read as soon as it is open, whatever the state of the network and the session. No call blocks the
/// thread it is made on: what touches disk or network is `async` and runs on the core's own threads. A call that has
/// begun comes to its end, also when the task that made it is cancelled: work is never torn in half, and the task gets
/// the call's result.
///
/// When the last reference goes, everything stops as at a kill; ``shutdown()`` also waits until the files are free.
public final class RockOn: Sendable {
  let core: Client

  private init(_ core: Client) {
    self.core = core
  }

  /// Opens the client: the data of the stored session can be read at once, without a network. It is in the background
  /// until ``setForeground(_:)`` says otherwise.
  ///
  /// Throws `Config` for an unusable setting, `Storage` for the disk, `Secrets` when the store fails.
  public static func open(
    _ config: RockOnConfig, secrets: any SecretStore
  ) async throws(RockOnError) -> RockOn {
    try await calling {
      RockOn(try await Client.open(config: config, secrets: SecretBridge(secrets)))
    }
  }

  /// Version of the core, such as `0.1.0`.
  public static var version: String {
    coreVersion()
  }

  /// Signs in. Another person's session on this phone ends; their data stays on it, out of sight.
  @discardableResult
  public func signIn(email: String, password: Secret) async throws(RockOnError) -> Account {
    try await calling { try await core.signIn(email: email, password: password) }
  }

  /// Makes an account and, unless its address must be confirmed first, signs it in. `name` is what the bands see.
  public func signUp(email: String, password: Secret, name: String) async throws(RockOnError) -> SignUp {
    try await calling { try await core.signUp(email: email, password: password, name: name) }
  }

  /// My name as my bands see it; nil where I have given none yet: then ask for it and call ``setName(_:)``.
  public func myName() async throws(RockOnError) -> String? {
    try await calling { try await core.myName() }
  }

  /// Gives me another name, 1 to 80 characters. Returns it as it is stored.
  @discardableResult
  public func setName(_ name: String) async throws(RockOnError) -> String {
    try await calling { try await core.setName(name: name) }
  }

  /// Deletes my account, and my data on this phone with their unsent edits. What I wrote in my bands stays there, by a
  /// "Former member". There is no way back. Throws ``RockOnError/HandOver(bands:)`` where bands would be left
  /// without an admin.
  public func deleteAccount() async throws(RockOnError) {
    try await calling { try await core.deleteAccount() }
  }

  /// Signs out, at once and without a network if need be; `everywhere` ends the person's sessions on other devices too.
  /// Data and unsent edits stay on the phone for the next sign-in of the same person.
  @discardableResult
  public func signOut(everywhere: Bool = false) async throws(RockOnError) -> SignOut {
    try await calling { try await core.signOut(everywhere: everywhere) }
  }

  /// The app is on screen, or not. In the background no timer runs, and nothing is sent but by ``syncOnce(budget:)`` and,
  /// once, what was left to send when the app went there. Nor is a file open or locked there a second after its last use,
  /// for which iOS would end an app that it suspends; the next call opens it again, and throws `storage` if another
  /// program has taken it. Returns at once.
  public func setForeground(_ on: Bool) {
    core.setForeground(on: on)
  }

  /// What the platform says about the network. Only a hint: the truth is whether requests work. An edit made after this
  /// call with `false` is not sent before one with `true`. Returns at once.
  public func setNetwork(_ on: Bool) {
    core.setNetwork(on: on)
  }

  /// From now on everything is said in this language: notices that are shown are delivered again, and the doctor's next
  /// report is in it. Returns at once.
  public func setLanguage(_ language: Language) {
    core.setLanguage(language: language)
  }

  /// Sends and reads what there is, in the background too, and comes back within the budget: for the system's background
  /// jobs. In the background no file is open then; that may take up to a second more. Budgets below 0 count as 0, those
  /// above 49 days as 49 days.
  public func syncOnce(budget: Duration) async throws(RockOnError) -> SyncOutcome {
    try await calling { try await core.syncOnce(budgetMs: budget.wholeMilliseconds) }
  }

  /// Ends when everything of the member who is signed in now has been read once, in this run or in an earlier one: until
  /// then a list that is short may still be filling.
  ///
  /// Throws `SignedOut` when nobody is signed in, or when they sign out first.
  public func waitForFirstSync() async throws(RockOnError) {
    try await calling { try await core.waitForFirstSync() }
  }

  /// The status as it is now; nothing once the client is shut down.
  public func statusNow() async throws(RockOnError) -> Status? {
    try await calling { try await core.statusNow() }
  }

  /// Stops everything and frees the files; calls after it throw `Closed`. Unsent edits are on the disk. Idempotent.
  public func shutdown() async throws(RockOnError) {
    try await calling { try await core.shutdown() }
  }
}

extension Duration {
  /// Clamped to what the core takes.
  var wholeMilliseconds: UInt32 {
    let (seconds, attoseconds) = components
    if seconds < 0 { return 0 }
    // 49 days and a bit are all the milliseconds of 32 bits.
    if seconds >= Int64(UInt32.max / 1_000) { return .max }
    return UInt32(seconds * 1_000 + attoseconds / 1_000_000_000_000_000)
  }
}
