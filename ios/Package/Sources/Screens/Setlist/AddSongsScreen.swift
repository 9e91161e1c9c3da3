import Models
import SwiftUI

/// Songs of the library, to be put into a setlist.
struct AddSongsScreen: View {
  @State var model: AddSongsScreenModel

  var body: some View {
    NavigationStack {
      List {
        if let failure = model.failure { FailureText(failure: failure) }
        ForEach(model.rows) { row in
          Button {
            model.tapped(row)
          } label: {
            Choice(row: row, model: model)
          }
          .onAppear { model.reached(row) }
        }
      }
      .listStyle(.plain)
      .navigationTitle("setlist.add_songs")
      .searchable(text: $model.search, prompt: "songs.search")
      .toolbar {
        ToolbarItem(placement: .cancellationAction) { Button("app.cancel", role: .cancel) { model.closeTapped() } }
        ToolbarItem(placement: .confirmationAction) {
          Button {
            Task { await model.addTapped() }
          } label: {
            words("setlist.add_count", "\(model.number)")
          }
          .disabled(!model.canAdd)
        }
      }
    }
    .task { await model.followSetlist() }
    .task(id: model.query) { await model.follow(model.query) }
  }
}

private struct Choice: View {
  let row: SongRow
  let model: AddSongsScreenModel

  var body: some View {
    HStack {
      if model.isChosen(row) {
        Image(systemName: "checkmark.circle.fill").accessibilityHidden(true)
      } else {
        Image(systemName: "circle").accessibilityHidden(true)
      }
      VStack(alignment: .leading, spacing: 2) {
        SongLine(row: row, isNew: false)
        if model.isThere(row) { Text("setlist.in_list").font(.caption) }
      }
    }
    .accessibilityAddTraits(model.isChosen(row) ? .isSelected : [])
  }
}
