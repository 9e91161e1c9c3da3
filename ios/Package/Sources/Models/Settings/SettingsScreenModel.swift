import Foundation
import Observation
import RockOnCore

/// The person's account and what is chosen for this phone.
@MainActor @Observable public final class SettingsScreenModel {
  public var name = ""
  public var email = ""
  public var password = ""
  /// What the server sent to see that it is still them; nothing while it did not ask.
  public var code: String?
  /// The address to which a message was sent that has to be opened.
  public private(set) var sentTo: String?
  /// The question is open.
  public var asksToSignOut = false
  public var asksToDelete = false
  /// What is typed to delete the account.
  public var word = ""
  /// The songs as a file.
  public private(set) var file: URL?
  /// How many values in it are not whole.
  public private(set) var shortened = 0
  private var known = (name: "", email: "")
  private var isBusy = false
  private let shell: Shell

  /// Of whoever is signed in.
  public init(_ shell: Shell) { self.shell = shell }

  public var preferences: Preferences { shell.preferences }
  /// What is not sent: it waits on this phone.
  public var unsent: Int { shell.unsent }
  public var canSaveName: Bool { !name.isEmpty && name != known.name }
  public var canSaveEmail: Bool { !email.isEmpty && email != known.email }
  public var canSavePassword: Bool { !password.isEmpty && code != "" }
  /// The word is typed that says so.
  public func canDelete(_ language: Language) -> Bool { word == Self.word(language) }
  /// As the catalogue has it: a test compares them.
  public static func word(_ language: Language) -> String { language == .german ? "LÖSCHEN" : "DELETE" }

  /// Follows the address, until the task is cancelled.
  public func follow() async {
    await shell.follow({ try shell.core.watchStatus() }, failed: { _ in }) { status in
      let before = known.email
      known.email = status.account?.email?.text ?? ""
      if email == before { email = known.email }
    }
  }

  /// Reads the name, once.
  public func read() async {
    // Without a network the name is not known: it can be written all the same.
    known.name = (try? await shell.core.myName()) ?? ""
    if name.isEmpty { name = known.name }
  }

  /// From the next sentence on.
  public func languageChosen(_ language: Preferences.Chosen) {
    preferences.language = language
    shell.core.setLanguage(preferences.spoken)
  }

  public func nameTapped() async {
    await save { [self] in
      name = try await shell.core.setName(name)
      known.name = name
    }
  }

  public func emailTapped() async {
    guard !isBusy else { return }
    isBusy = true
    defer { isBusy = false }
    await shell.attempt {
      switch try await shell.core.setEmail(email) {
      case .changed: (known.email, sentTo) = (email, nil)
      case .confirmEmail: sentTo = email
      }
    }
    if sentTo == nil && known.email == email { shell.tell(.saved) }
  }

  /// Where the server wants to know that it is still them, it is asked for a code.
  public func passwordTapped() async {
    await save { [self] in
      do throws(RockOnError) {
        try await shell.core.setPassword(Secret(password), code: code.map { Secret($0) })
        (password, code) = ("", nil)
      } catch {
        guard case .Auth(.reauthenticationNeeded) = error, code == nil else { throw error }
        try await shell.core.requestReauthenticationCode()
        code = ""
        throw error
      }
    }
  }

  /// All songs of the chosen band.
  public func exportTapped(_ format: Format) async {
    guard let band = shell.bands.chosen else { return }
    await shell.attempt {
      let songs = try await shell.core.exportSongs(of: band.id, format)
      shortened = songs.shortened.count
      file = try shell.device.file(songs.text, named: format == .csv ? "songs.csv" : "songs.cho")
    }
  }

  /// What was not sent is told by number first.
  public func signOutTapped() { asksToSignOut = true }
  public func signOutAnywayTapped(everywhere: Bool) async {
    await shell.attempt { try await shell.core.signOut(everywhere: everywhere) }
  }

  /// There is no way back: a word has to be typed.
  public func deleteTapped() { (word, asksToDelete) = ("", true) }
  public func deleteAnywayTapped(_ language: Language) async {
    guard canDelete(language) else { return }
    await shell.attempt { try await shell.core.deleteAccount() }
  }

  private func save(_ act: @MainActor () async throws -> Void) async {
    guard !isBusy else { return }
    isBusy = true
    defer { isBusy = false }
    if await shell.attempt(act) { shell.tell(.saved) }
  }
}
