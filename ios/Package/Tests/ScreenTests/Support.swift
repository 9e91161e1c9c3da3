import Fakes
import Foundation
import Models
import Screens
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

/// A member of The Loops who is somewhere in the app.
@MainActor struct Visit {
  let core = FakeCore()
  let shell: Shell

  init(_ place: String) {
    shell = Shell(core, kept: FakeKept(["places": place]), device: FakeDevice())
    core.status.tell(Samples.status())
    core.bands.tell([.reset([Samples.band()])])
  }

  /// What they see, as soon as this is there.
  func shown(_ text: String) async throws -> Host {
    let host = screen(ShellScreen(shell: shell))
    try await host.wait(for: text)
    return host
  }
}
