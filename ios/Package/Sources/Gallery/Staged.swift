import Fakes
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
