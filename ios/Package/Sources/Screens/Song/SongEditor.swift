import Models
import SwiftUI

/// The editor of a song.
public struct SongEditor: View {
  @State private var model: SongEditorModel

  /// It keeps the first model that it is given.
  public init(model: SongEditorModel) { _model = State(initialValue: model) }

  public var body: some View {
    NavigationStack {
      Form {
        if let failure = model.failure { FailureText(failure: failure) }
        if model.isDeleted { DeletedCard(model: model) }
        ForEach(model.fields) { FieldRow(field: $0, model: model) }
      }
      .navigationTitle(title)
      .toolbar {
        ToolbarItem(placement: .cancellationAction) { Button("app.cancel", role: .cancel) { model.closeTapped() } }
        ToolbarItem(placement: .confirmationAction) {
          Button("app.save") { Task { await model.saveTapped() } }.disabled(!model.canSave)
        }
      }
      .confirmationDialog("editor.unsaved", isPresented: $model.asksToDiscard, titleVisibility: .visible) {
        Button("editor.discard", role: .destructive) { model.discardTapped() }
        Button("editor.keep_editing", role: .cancel) {}
      } message: {
        Text("editor.unsaved_hint")
      }
    }
    .interactiveDismissDisabled(model.isTouched)
    .task { await model.follow() }
  }

  private var title: LocalizedStringKey { model.isNew ? "songs.new_title" : "app.edit" }
}

/// Somebody deleted it meanwhile: what was typed is not lost.
private struct DeletedCard: View {
  let model: SongEditorModel

  var body: some View {
    Section {
      Text("editor.deleted_by_someone")
      Button("editor.bring_back") { Task { await model.bringBackTapped() } }
      ShareLink("editor.copy_text", item: model.typed)
      Button("editor.let_go", role: .destructive) { model.discardTapped() }
    }
  }
}

private struct FieldRow: View {
  let field: EditedField
  let model: SongEditorModel

  var body: some View {
    Section {
      TextField(text: text, axis: .vertical) { FieldName(field: field.field) }
      switch field.wrong {
      case .missing: Text("song.title_missing")
      case .noNumber: Text("song.number_wrong")
      case .noLength: Text("song.duration_hint")
      case nil: EmptyView()
      }
      if let theirs = field.theirs {
        Text(verbatim: theirs)
        Button("editor.take_theirs") { model.takeTheirsTapped(field.field) }
      }
    } header: {
      FieldName(field: field.field)
    }
  }

  private var text: Binding<String> {
    Binding(get: { field.text }, set: { model.typed($0, in: field.field) })
  }
}
