import Models
import Platform
import Screens
import SwiftUI

/// The app's way in. Everything else is in the package, and so in its tests.
@main struct RockOnApp: App {
  @State private var app = AppModel(Phone.shared, kept: Defaults(), device: ThisPhone())
  @Environment(\.scenePhase) private var phase

  var body: some Scene {
    WindowGroup {
      AppScreen(app: app)
    }
    .onChange(of: phase) { _, now in
      if now == .background { Refresh.ask() }
      Task { await Phone.shared.tellScreen(now != .background) }
    }
    .backgroundTask(.appRefresh(Refresh.identifier)) { await Phone.shared.syncInBackground() }
  }
}
