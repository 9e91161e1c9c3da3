import Models
import SwiftUI

/// The whole app.
public struct AppScreen: View {
  @State private var app: AppModel
  @Environment(\.locale) private var locale

  /// It keeps the first model that it is given.
  public init(app: AppModel) { _app = State(initialValue: app) }

  public var body: some View {
    Group {
      switch app.shown {
      case .opening: EmptyView()
      case .broken(let error):
        ContentUnavailableView {
          Text("app.broken_title")
        } description: {
          FailureText(failure: error)
        } actions: {
          Button("app.try_again") { app.tryAgainTapped() }
        }
      case .outside(let welcome): WelcomeScreen(model: welcome)
      case .inside(let shell): ShellScreen(shell: shell).id(ObjectIdentifier(shell))
      }
    }
    .environment(\.locale, app.preferences.locale ?? locale)
    .preferredColorScheme(scheme)
    .task(id: app.turn) { await app.open() }
  }

  private var scheme: ColorScheme? {
    switch app.preferences.theme {
    case .system: nil
    case .light: .light
    case .dark, .stage: .dark
    }
  }
}
