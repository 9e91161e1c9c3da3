import Models
import RockOnCore
import SwiftUI

/// An edit that the server refused.
struct RejectedScreen: View {
  @State var model: RejectedScreenModel

  var body: some View {
    Group {
      switch model.shown {
      case .opening: EmptyView()
      case .settled: ContentUnavailableView("rejected.settled", systemImage: "checkmark")
      case .failed(let error): ContentUnavailableView { FailureText(failure: error) }
      case .edit(let edit): RejectedPage(edit: edit, model: model)
      }
    }
    .navigationTitle("rejected.title")
    .confirmationDialog("rejected.discard_ask", isPresented: $model.asksToDiscard, titleVisibility: .visible) {
      Button("rejected.discard", role: .destructive) { Task { await model.discardAnywayTapped() } }
      Button("app.cancel", role: .cancel) {}
    } message: {
      Text("rejected.discard_hint")
    }
    .task { await model.follow() }
  }
}

private struct RejectedPage: View {
  let edit: RejectedEdit
  let model: RejectedScreenModel
  @Environment(\.locale) private var locale

  var body: some View {
    let language = Language(tag: locale.identifier)
    List {
      Section("rejected.tried") {
        Text(verbatim: edit.text(in: language))
        Text(edit.at, format: .dateTime).font(.caption)
      }
      Section("rejected.why") { Text(verbatim: edit.why(in: language, isViewer: model.isViewer(edit))) }
      if model.isGone { Text("rejected.now_gone") }
      ForEach(model.tried) { one in
        Section {
          LabeledContent("rejected.tried") { OrEmpty(text: one.wanted) }
          if !model.isGone { LabeledContent("rejected.now") { OrEmpty(text: one.now) } }
        } header: {
          ColumnName(column: one.id)
        }
      }
      Section {
        if !model.isViewer(edit) { Button("rejected.try_again") { Task { await model.tryAgainTapped() } } }
        if model.canCopy { Button("rejected.copy_text") { model.copyTapped(language) } }
        Button("rejected.discard", role: .destructive) { model.discardTapped() }
      }
    }
  }
}

private struct OrEmpty: View {
  let text: String?

  var body: some View {
    if let text { Text(verbatim: text) } else { Text("conflict.empty_value") }
  }
}
