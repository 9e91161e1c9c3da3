import Foundation
import RockOnCore

/// What the system shows of us while the app is not on screen.
public protocol Notifier: Sendable {
  /// One batch. One with the same id takes the place of what was shown.
  func show(_ news: News, of band: String?) async throws
}

/// A moment that the system gives while the app is not on screen: sends and reads, and tells what came.
public enum BackgroundTurn {
  /// True when another one is wanted. What failed is kept, and said on the page of the status.
  public static func run(_ door: any Door, _ notifier: any Notifier, kept: any Kept) async -> Bool {
    do {
      let core = try await door.open()
      let outcome = try await core.syncOnce(budget: .seconds(20))
      for news in try await News.take(core) { try await notifier.show(news, of: name(of: news.band, core)) }
      failed(outcome.error, kept)
      return !outcome.complete
    } catch {
      failed(ours(error), kept)
      return true
    }
  }

  /// What the last turn failed with, as it was said; nothing when it did not.
  public static func failure(in kept: any Kept) -> String? { kept.read(key) }

  private static func failed(_ error: RockOnError?, _ kept: any Kept) {
    // To be without a network is no failure.
    let said = error == .Offline ? nil : error
    kept.write(said?.text(in: Preferences.spoken(in: kept)), for: key)
  }

  private static func name(of band: ScopeId?, _ core: any Core) async throws(RockOnError) -> String? {
    guard let band else { return nil }
    for await case .value(let changes) in try core.watchBands().deliveries {
      var bands: [Band] = []
      bands.apply(changes)
      return bands.first { $0.id == band }?.name
    }
    return nil
  }

  private static let key = "background.failure"
}

/// Secrets of the app, all of which can go.
public protocol AppSecrets: SecretStore {
  func deleteAll() throws
}

/// What is done before the core is opened.
public enum FirstStart {
  /// Files go with the app, secrets stay: one that is installed again begins signed out. Where the files are there, nothing is
  /// deleted, whatever else cannot be read, as before the first unlock.
  public static func prepare(files: URL, _ secrets: any AppSecrets) throws {
    // As the system writes it: folders have spaces in their names.
    if !FileManager.default.fileExists(atPath: files.path(percentEncoded: false)) { try secrets.deleteAll() }
  }
}
