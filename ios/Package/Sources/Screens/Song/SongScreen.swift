import Models
import SwiftUI

/// One song: all that is known of it, and what has changed since one looked.
public struct SongScreen: View {
  @State private var model: SongScreenModel

  /// It keeps the first model that it is given.
  public init(model: SongScreenModel) { _model = State(initialValue: model) }

  public var body: some View {
    Group {
      switch model.shown {
      case .opening: EmptyView()
      case .gone: ContentUnavailableView("song.gone", systemImage: "music.note")
      case .failed(let error): ContentUnavailableView { FailureText(failure: error) }
      case .song: SongPage(model: model)
      }
    }
    .navigationTitle(model.title)
    .task { await model.follow() }
  }
}

private struct SongPage: View {
  let model: SongScreenModel

  var body: some View {
    List {
      if !model.changes.isEmpty { ChangesCard(model: model) }
      Section {
        if model.isUnsent { Label("app.unsent", systemImage: "arrow.up.circle") }
        ForEach(model.facts) { fact in
          LabeledContent {
            Text(verbatim: fact.text)
          } label: {
            FieldName(field: fact.field)
          }
        }
      }
      if let notes = model.notes { Section("song.notes") { Text(verbatim: notes) } }
      if let at = model.lastAt { LastChangeLine(by: model.lastBy, at: at) }
    }
    .toolbar {
      ToolbarItemGroup(placement: .topBarTrailing) {
        if let text = model.text { ShareLink("song.share_text", item: text) }
        if model.mayEdit { Button("app.edit") { model.editTapped() } }
        if model.mayEdit { Button("app.delete", role: .destructive) { Task { await model.deleteTapped() } } }
      }
    }
  }
}

/// What is different since the person looked.
private struct ChangesCard: View {
  let model: SongScreenModel

  var body: some View {
    Section("song.changed_since") {
      ForEach(model.changes) { change in
        VStack(alignment: .leading, spacing: 2) {
          FieldName(field: change.field).font(.headline)
          if let old = change.from { Text(verbatim: old).strikethrough() }
          if let new = change.to { Text(verbatim: new) }
          if let by = change.by { Text(verbatim: by).font(.caption) }
        }
      }
      Button("app.done") { model.changesDismissed() }
    }
  }
}

private struct LastChangeLine: View {
  let by: String?
  let at: Date

  var body: some View {
    if let by {
      words("app.changed_by", "\(by)\(at, format: .dateTime)").font(.footnote)
    } else {
      Text(at, format: .dateTime).font(.footnote)
    }
  }
}
