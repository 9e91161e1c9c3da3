import Foundation
import Observation
import RockOnCore

/// What is chosen for this phone, whoever is signed in.
@MainActor @Observable public final class Preferences {
  public enum Theme: String, CaseIterable, Sendable { case system, light, dark, stage }
  /// The app's languages; nothing of it for the system's.
  public enum Chosen: String, CaseIterable, Sendable { case system, en, de }

  public var theme: Theme { didSet { kept.write(theme.rawValue, for: "theme") } }
  public var language: Chosen { didSet { kept.write(language.rawValue, for: "language") } }
  /// In hundredths, of gig mode.
  public var gigText: Int { didSet { kept.write("\(gigText)", for: "gig.text") } }
  private let kept: any Kept

  /// As they were the last time.
  public init(_ kept: any Kept) {
    self.kept = kept
    theme = kept.read("theme").flatMap(Theme.init(rawValue:)) ?? .system
    language = Self.chosen(in: kept)
    gigText = kept.read("gig.text").flatMap { Int($0) } ?? 100
  }

  /// What the last turn in the background failed with.
  var backgroundFailure: String? { BackgroundTurn.failure(in: kept) }
  /// Nothing for the system's.
  public var locale: Locale? { language == .system ? nil : Locale(identifier: language.rawValue) }
  /// In which the core speaks.
  var spoken: Language { Self.spoken(in: kept) }

  /// The same where no screen is, as in the background.
  nonisolated public static func spoken(in kept: any Kept) -> Language {
    let chosen = chosen(in: kept)
    return Language(tag: chosen == .system ? Locale.current.identifier : chosen.rawValue)
  }

  nonisolated private static func chosen(in kept: any Kept) -> Chosen {
    kept.read("language").flatMap(Chosen.init(rawValue:)) ?? .system
  }
}

/// What is kept for one account: another member on the same phone does not find it.
struct OfAccount: Kept {
  let kept: any Kept
  let user: UserId

  func read(_ key: String) -> String? { kept.read("\(user)/\(key)") }
  func write(_ text: String?, for key: String) { kept.write(text, for: "\(user)/\(key)") }
}
