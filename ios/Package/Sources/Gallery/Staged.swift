import Fakes
import Foundation
import Models
import RockOnCore
import Screens
import SwiftUI

/// The whole app in a state: what a screen shows in one, at a place.
@MainActor func staged(
  _ name: String, at places: String, band: Band = Samples.band(), sheet: Sheet? = nil, kept: [String: String] = [:],
  _ tell: (FakeCore) -> Void = { _ in }
) -> Shot {
  let core = FakeCore()
  core.status.tell(Samples.status())
  core.bands.tell([.reset([band])])
  core.songs.tell([.reset(Samples.songs)])
  tell(core)
  let shell = Shell(core, kept: FakeKept(["places": places].merging(kept) { $1 }))
  shell.router.sheet = sheet
  return Shot(name: name, view: AnyView(ShellScreen(shell: shell)))
}

/// What every screen has to bear: a language that is written from the right, and the theme of the stage.
@MainActor enum ThemesGallery {
  static var shots: [Shot] {
    let song: (FakeCore) -> Void = { $0.song.tell(Samples.song("Hello", artist: "Adele", key: "Fm", unread: true)) }
    let all = [
      staged("songs, right to left", at: "songs"),
      staged("song, right to left", at: "songs\nsongs song/Hello", song),
      staged("calendar, right to left", at: "calendar") { $0.ofRows.calendar.tell([.reset(Samples.entries)]) },
    ]
    return all.map { shot in
      let view = shot.view.environment(\.layoutDirection, .rightToLeft).environment(\.locale, Locale(identifier: "he"))
      return Shot(name: shot.name, view: AnyView(view))
    } + [onStage]
  }

  private static var onStage: Shot {
    let core = FakeCore()
    core.status.tell(Samples.status())
    core.bands.tell([.reset([Samples.band()])])
    core.songs.tell([.reset(Samples.songs)])
    let kept = FakeKept(["theme": "stage", "\(Samples.me)/places": "songs"])
    let app = AppModel(FakeDoor(.success(core)), kept: kept, device: FakeDevice())
    return Shot(name: "songs, stage theme", view: AnyView(AppScreen(app: app)))
  }
}
