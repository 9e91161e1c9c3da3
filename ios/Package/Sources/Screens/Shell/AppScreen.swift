import Models
import SwiftUI

/// The whole app.
public struct AppScreen: View {
  @State private var app: AppModel
  @State private var turn = 0

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
          Button("app.try_again") { turn += 1 }
        }
      case .outside(let welcome): WelcomeScreen(model: welcome)
      case .inside(let shell): ShellScreen(shell: shell)
      }
    }
    .task(id: turn) { await app.open() }
  }
}
