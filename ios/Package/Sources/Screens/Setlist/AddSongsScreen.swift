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
            Choice(row: row, isChosen: model.isChosen(row), isThere: model.isThere(row))
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

/// A song that can be chosen.
struct Choice: View {
  let row: SongRow
  let isChosen: Bool
  var isThere = false

  var body: some View {
    HStack {
      Image(systemName: isChosen ? "checkmark.circle.fill" : "circle").accessibilityHidden(true)
      VStack(alignment: .leading, spacing: 2) {
        SongLine(row: row, isNew: false)
        if isThere { Text("setlist.in_list").font(.caption) }
      }
    }
    .accessibilityAddTraits(isChosen ? .isSelected : [])
  }
}
