import Models
import SwiftUI

/// Setlists, one of which takes songs of the library.
struct IntoSetlistScreen: View {
  @State var model: IntoSetlistScreenModel

  var body: some View {
    NavigationStack {
      List {
        if let failure = model.failure { FailureText(failure: failure) }
        if model.isLoaded && model.rows.isEmpty { Said(what: "setlists.empty", hint: "setlists.empty_hint") }
        ForEach(model.rows) { row in
          Button {
            Task { await model.tapped(row) }
          } label: {
            SetlistLine(row: row)
          }
        }
      }
      .listStyle(.plain)
      .navigationTitle("songs.add_to_setlist")
      .toolbar {
        ToolbarItem(placement: .cancellationAction) { Button("app.cancel", role: .cancel) { model.closeTapped() } }
      }
    }
    .task { await model.follow() }
  }
}
