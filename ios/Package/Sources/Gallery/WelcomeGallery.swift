import Fakes
import Models
import RockOnCore
import Screens
import SwiftUI

/// The states of the ways in and of the settings.
@MainActor public enum WelcomeGallery {
  /// All of them.
  public static var shots: [Shot] { ways + sheets + settings }

  private static var ways: [Shot] {
    [
      welcome("welcome") { _ in },
      welcome("welcome, with a link that waits") { $0.opened(.join(code: "LOOPS1")) },
      welcome("welcome, own server") { model in
        model.ownServerTapped()
        model.linkTapped()
      },
      welcome("welcome, another server?") { $0.asksForServer = Server(url: "https://loops.test", key: "k") },
      welcome("sign up") { $0.chose(.signUp) },
      welcome("sign in by a code") { $0.chose(.code) },
      welcome("new password by a code") { $0.chose(.reset) },
    ]
  }

  private static var sheets: [Shot] {
    [
      staged("create a band", at: "songs", sheet: .makeBand), staged("join", at: "songs", sheet: .join(code: "LOOPS1")),
      staged("new password", at: "songs", sheet: .newPassword), staged("start", at: "songs", sheet: .start),
      staged("another server", at: "songs", sheet: .server(url: "https://loops.test", key: "k")),
      staged("sign in again", at: "songs", sheet: .signInAgain),
    ]
  }

  private static var settings: [Shot] {
    [
      staged("settings", at: "band\nband settings"),
      staged("settings, offline with unsent", at: "band\nband settings") { core in
        core.status.tell(Samples.status(network: false, unsent: 3))
      },
    ]
  }

  private static func welcome(_ name: String, _ prepare: (WelcomeScreenModel) -> Void) -> Shot {
    let device = FakeDevice(offered: [.apple, .google])
    let model = WelcomeScreenModel(FakeCore(), device: device, isOwnServer: true) { _ in }
    prepare(model)
    return Shot(name: name, view: AnyView(WelcomeScreen(model: model)))
  }
}

struct WelcomePreviews: PreviewProvider {
  static var previews: some View { ForEach(WelcomeGallery.shots, id: \.name) { $0.view } }
}
