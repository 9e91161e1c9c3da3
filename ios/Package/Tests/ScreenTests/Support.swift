import Foundation
import SwiftUI

/// Foundation has one too, which is a machine.
typealias Host = SwiftUI.Host

/// The texts of the app, as the string catalog has them.
enum Texts {
  static let english = read("en")
  static let german = read("de")
  /// The kinds of values of each text.
  static let holes = read("en").holes

  private static func read(_ language: String) -> (texts: [String: Sentence], holes: [String: [String]]) {
    let file = URL(filePath: #filePath).appending(path: "../../../../RockOn/Localizable.xcstrings").standardizedFileURL
    do {
      return try Sentence.read(Data(contentsOf: file), language: language)
    } catch {
      fatalError("the string catalog cannot be read: \(error)")
    }
  }
}

/// A view on screen, in English if nothing else is said.
@MainActor func screen(
  _ view: some View, _ texts: [String: Sentence] = Texts.english.texts,
  _ prepare: (inout EnvironmentValues) -> Void = { _ in }
) -> Host {
  Host(view, catalog: texts, prepare)
}
