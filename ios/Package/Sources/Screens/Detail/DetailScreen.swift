import Models
import RockOnCore
import SwiftUI

/// One song, show or practice: all that is known of it, and what has changed since one looked.
struct DetailScreen: View {
  @State var model: DetailModel

  var body: some View {
    Group {
      switch model.shown {
      case .opening: EmptyView()
      case .gone: ContentUnavailableView(gone, systemImage: "questionmark.circle")
      case .failed(let error): ContentUnavailableView { FailureText(failure: error) }
      case .there: DetailPage(model: model)
      }
    }
    .navigationTitle(read(model.title))
    .task { await model.follow() }
  }

  private var gone: LocalizedStringKey {
    switch model.kind {
    case .show: "show.gone"
    case .practice: "practice.gone"
    default: "song.gone"
    }
  }
}

private struct DetailPage: View {
  let model: DetailModel

  var body: some View {
    List {
      if !model.changes.isEmpty { ChangesCard(model: model) }
      Section {
        if model.isCancelled { Label("calendar.cancelled", systemImage: "xmark.circle") }
        if model.isUnsent { Label("app.unsent", systemImage: "arrow.up.circle") }
        ForEach(model.facts) { fact in
          LabeledContent {
            read(fact.value)
          } label: {
            FieldName(field: fact.field)
          }
        }
        if let map = model.mapURL { Link("show.map", destination: map) }
        if let setlist = model.setlist {
          Button {
            model.setlistTapped()
          } label: {
            LabeledContent("show.setlist") { Text(verbatim: setlist) }
          }
        }
      }
      if !model.links.isEmpty {
        Section("song.links") { ForEach(model.links) { link in Link(destination: link.url) { read(link.name) } } }
      }
      if !model.people.isEmpty { Section("show.contacts") { ForEach(model.people) { PersonLine(person: $0) } } }
      if let notes = model.notes {
        Section {
          read(notes.value)
        } header: {
          FieldName(field: notes.field)
        }
      }
      if let at = model.lastAt { LastChangeLine(by: model.lastBy, at: at) }
    }
    .toolbar { ToolbarItemGroup(placement: .topBarTrailing) { Acts(model: model) } }
  }
}

/// What can be done with it.
private struct Acts: View {
  let model: DetailModel

  var body: some View {
    if model.mayEdit { Button("app.edit") { model.editTapped() } }
    if model.hasMore {
      Menu("app.more", systemImage: "ellipsis.circle") {
        if let text = model.text { ShareLink("song.share_text", item: text) }
        if model.hasHistory { Button("song.history") { model.historyTapped() } }
        if model.mayCopy { Button("song.copy_to_band") { model.toBandTapped(moves: false) } }
        if model.mayMove { Button("song.move_to_band") { model.toBandTapped(moves: true) } }
        if model.mayWrapUp { Button("practice.wrap_up") { model.wrapUpTapped() } }
        if model.mayCancel { Button(cancel, role: .destructive) { Task { await model.cancelTapped() } } }
        if model.mayEdit { Button("app.delete", role: .destructive) { Task { await model.deleteTapped() } } }
      }
    }
  }

  private var cancel: LocalizedStringKey { model.kind == .show ? "show.cancel_show" : "practice.cancel_practice" }
}

/// Somebody at the venue, who is called or written to.
private struct PersonLine: View {
  let person: Person

  var body: some View {
    VStack(alignment: .leading, spacing: 2) {
      Text(verbatim: person.name).font(.headline)
      if let role = person.role { Text(verbatim: role).font(.subheadline) }
      if let call = person.call { Link(destination: call) { words("show.call", "\(person.name)") } }
      if let mail = person.mail { Link(destination: mail) { words("show.mail", "\(person.name)") } }
    }
  }
}

/// What is different since the person looked.
private struct ChangesCard: View {
  let model: DetailModel

  var body: some View {
    Section("song.changed_since") {
      ForEach(model.changes) { ChangeLine(change: $0) }
      Button("app.done") { model.changesDismissed() }
    }
  }
}

/// A value that somebody changed.
struct ChangeLine: View {
  let change: Change

  var body: some View {
    VStack(alignment: .leading, spacing: 2) {
      FieldName(field: change.field).font(.headline)
      if let old = change.from { read(old).strikethrough() }
      if let new = change.to { read(new) }
      if let by = change.by { Text(verbatim: by).font(.caption) }
    }
  }
}

private struct LastChangeLine: View {
  let by: String?
  let at: Date

  var body: some View {
    Group {
      if let by { words("app.changed_by", "\(by)\(at, format: .dateTime)") } else { Text(at, format: .dateTime) }
    }
    .font(.footnote)
  }
}
