import Models
import RockOnCore
import SwiftUI

/// One setlist: its order, how long it takes, and what has changed since one looked.
struct SetlistScreen: View {
  @State var model: SetlistScreenModel

  var body: some View {
    Group {
      switch model.shown {
      case .opening: EmptyView()
      case .gone: ContentUnavailableView("setlist.gone", systemImage: "list.number")
      case .failed(let error): ContentUnavailableView { FailureText(failure: error) }
      case .setlist: SetlistPage(model: model)
      }
    }
    .navigationTitle(model.name)
    .task { await model.follow() }
  }
}

private struct SetlistPage: View {
  @Bindable var model: SetlistScreenModel

  var body: some View {
    List {
      if model.isChanged { ChangedCard(model: model) }
      Section { SetlistHead(model: model) }
      Section {
        ForEach(model.rows) { row in
          ItemLink(row: row)
            .swipeActions(edge: .trailing) {
              if model.mayEdit {
                Button("app.remove", role: .destructive) { Task { await model.swipedOut(row) } }
                if row.isKnown { Button("app.edit") { model.editTapped(row) } }
              }
            }
            .modifier(Moves(row: row, model: model))
        }
        .onMove { from, to in Task { await model.moved(from, to: to) } }
        .moveDisabled(!model.mayEdit)
        if model.rows.isEmpty { Said(what: "setlist.empty", hint: "setlist.empty_hint") }
      }
      if let names = model.seenBy { words("app.seen_by", "\(names)").font(.footnote) }
      if let names = model.seenEarlierBy { words("setlist.seen_earlier", "\(names)").font(.footnote) }
    }
    .toolbar {
      ToolbarItem(placement: .topBarTrailing) { SetlistMenu(model: model) }
      ToolbarItem(placement: .primaryAction) {
        if model.mayEdit { Button("setlist.add_songs", systemImage: "plus") { model.addSongsTapped() } }
      }
    }
    .alert("setlist.section_name", isPresented: $model.asksForSection) {
      TextField("setlist.section_name", text: $model.typed)
      Button("app.save") { Task { await model.sectionNamed() } }.disabled(!model.canSave)
      Button("app.cancel", role: .cancel) {}
    }
  }
}

/// When it is, how long it takes, and the way onto the stage.
private struct SetlistHead: View {
  let model: SetlistScreenModel

  var body: some View {
    VStack(alignment: .leading, spacing: 4) {
      if let date = model.date { Text(date, format: .dateTime.weekday().day().month().year()).font(.headline) }
      HStack {
        words("app.songs", "\(model.songs)")
        if let length = model.length { words("setlist.running_time", "\(length)") }
      }
      if model.untimed > 0 { words("setlist.untimed", "\(model.untimed)") }
      if let start = model.start { words("setlist.starts", "\(start, format: .dateTime.hour().minute())") }
      if let end = model.end { words("setlist.ends", "\(end, format: .dateTime.hour().minute())") }
      if model.isUnsent { Label("app.unsent", systemImage: "arrow.up.circle") }
      if let notes = model.notes { Text(verbatim: notes) }
    }
    .font(.subheadline)
    Button("setlist.start_gig", systemImage: "play.fill") { Task { await model.startTapped() } }
      .buttonStyle(.borderedProminent)
  }
}

/// A song leads to its page.
private struct ItemLink: View {
  let row: ItemRow

  var body: some View {
    switch row.what {
    case .song(let id?, _, _, _, _): NavigationLink(value: Place.song(id)) { ItemLine(row: row) }
    default: ItemLine(row: row)
    }
  }
}

/// To move an item without dragging it.
private struct Moves: ViewModifier {
  let row: ItemRow
  let model: SetlistScreenModel

  func body(content: Content) -> some View {
    if model.mayEdit {
      content
        .accessibilityAction(named: "setlist.move_up") { Task { await model.movedUp(row) } }
        .accessibilityAction(named: "setlist.move_down") { Task { await model.movedDown(row) } }
        .accessibilityAction(named: "setlist.move_first") { Task { await model.movedFirst(row) } }
        .accessibilityAction(named: "setlist.move_last") { Task { await model.movedLast(row) } }
    } else {
      content
    }
  }
}

private struct SetlistMenu: View {
  let model: SetlistScreenModel

  var body: some View {
    Menu("app.more", systemImage: "ellipsis.circle") {
      if model.mayEdit {
        Button("app.edit", systemImage: "pencil") { model.editTapped() }.accessibilityIdentifier("edit-setlist")
        Button("setlist.add_pause", systemImage: "cup.and.saucer") { Task { await model.addBreakTapped() } }
        Button("setlist.add_section", systemImage: "text.alignleft") { model.addSectionTapped() }
      }
      if let text = model.text { ShareLink("setlist.share_text", item: text) }
      Button("setlist.print", systemImage: "printer") { Task { await model.printTapped() } }
    }
  }
}

/// What is different since the person looked.
private struct ChangedCard: View {
  let model: SetlistScreenModel

  var body: some View {
    Section("setlist.changed_since") {
      if let name = model.changedName { Text(verbatim: name).font(.headline) }
      if let notes = model.changedNotes { Text(verbatim: notes) }
      ForEach(model.steps) { StepLine(step: $0) }
      Button("app.done") { model.changesDismissed() }
    }
  }
}
