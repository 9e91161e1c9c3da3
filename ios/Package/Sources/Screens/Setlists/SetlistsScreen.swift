import Models
import RockOnCore
import SwiftUI

/// The list of setlists, or of those that are archived.
struct SetlistsScreen: View {
  @State var model: SetlistsScreenModel

  var body: some View {
    List(model.rows) { row in
      NavigationLink(value: Place.setlist(row.id)) { SetlistLine(row: row) }
        .swipeActions(edge: .trailing) {
          if model.mayEdit {
            Button("app.delete", role: .destructive) { Task { await model.swipedAway(row) } }
            PutAway(row: row, model: model)
          }
        }
        .contextMenu { if model.mayEdit { DuplicateButton(row: row, model: model) } }
    }
    .listStyle(.plain)
    .overlay { ListMessage(shown: model.shown, systemImage: "list.number") }
    .navigationTitle(model.isArchive ? "setlists.archive_title" : "setlists.title")
    .toolbar {
      ToolbarItem(placement: .topBarTrailing) {
        if !model.isArchive { Button("setlists.archive_title", systemImage: "archivebox") { model.archiveTapped() } }
      }
      ToolbarItem(placement: .primaryAction) {
        if model.canAdd { Button("setlists.add", systemImage: "plus") { model.addTapped() } }
      }
    }
    .modifier(NameQuestion(model: model))
    .onChange(of: model.query?.scope) { model.bandChanged() }
    .task(id: model.query) { await model.follow(model.query) }
  }
}

struct SetlistLine: View {
  let row: SetlistRow

  var body: some View {
    HStack {
      if row.isUnread { UnreadDot() }
      VStack(alignment: .leading, spacing: 2) {
        Text(verbatim: row.name).font(.headline).lineLimit(4)
        HStack {
          if let date = row.date { Text(date, format: .dateTime.weekday().day().month().year()) }
          words("app.songs", "\(row.songs)")
        }
        .font(.subheadline).foregroundStyle(.secondary)
      }
      Spacer()
      if row.isUnsent { UnsentMark() }
      if let length = row.length { Text(verbatim: length).font(.caption).monospacedDigit() }
    }
    .accessibilityElement(children: .combine)
  }
}

private struct PutAway: View {
  let row: SetlistRow
  let model: SetlistsScreenModel

  var body: some View {
    Button(model.isArchive ? "setlists.unarchive" : "app.archive") { Task { await model.putAwayTapped(row) } }
  }
}

private struct DuplicateButton: View {
  let row: SetlistRow
  let model: SetlistsScreenModel

  var body: some View {
    Button("app.duplicate", systemImage: "plus.square.on.square") { model.duplicateTapped(row) }
  }
}

/// A setlist has a name before it is there.
private struct NameQuestion: ViewModifier {
  @Bindable var model: SetlistsScreenModel

  func body(content: Content) -> some View {
    // It goes from the model before a button acts.
    let question = model.asking
    content.alert("setlists.name", isPresented: isAsking) {
      TextField("setlists.name", text: $model.typed)
      Button("app.save") { Task { await model.named(question) } }.disabled(!model.canSave)
      Button("app.cancel", role: .cancel) {}
    }
  }

  private var isAsking: Binding<Bool> {
    Binding(get: { model.asking != nil }, set: { if !$0 { model.asking = nil } })
  }
}
