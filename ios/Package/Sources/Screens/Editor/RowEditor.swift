import Models
import SwiftUI

/// The editor of a row of any kind.
struct RowEditor: View {
  @State var model: EditorModel

  var body: some View {
    NavigationStack {
      Form {
        if let failure = model.failure { FailureText(failure: failure) }
        if model.isDeleted { DeletedCard(model: model) }
        ForEach(model.fields) { FieldSection(field: $0, model: model) }
      }
      .navigationTitle(LocalizedStringKey(model.title))
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
    .task(id: model.scope) { await model.followSetlists() }
    .task(id: model.scope) { await model.followMembers() }
  }
}

/// Somebody deleted it meanwhile: what was typed is not lost.
private struct DeletedCard: View {
  let model: EditorModel

  var body: some View {
    Section {
      Text("editor.deleted_by_someone")
      if model.canComeBack { Button("editor.bring_back") { Task { await model.bringBackTapped() } } }
      ShareLink("editor.copy_text", item: model.typed)
      Button("editor.let_go", role: .destructive) { model.discardTapped() }
    }
  }
}

private struct FieldSection: View {
  let field: EditedField
  let model: EditorModel

  var body: some View {
    Section {
      FieldInput(field: field, model: model)
      if let wrong = field.wrong { Text(LocalizedStringKey(wrong)) }
      if let theirs = model.theirs(field) {
        read(theirs)
        Button("editor.take_theirs") { model.takeTheirsTapped(field.field) }
      }
    } header: {
      FieldName(field: field.field)
    }
  }
}

/// How a field is written, by its sort.
private struct FieldInput: View {
  let field: EditedField
  let model: EditorModel

  var body: some View {
    switch field.field.sort {
    case .moment:
      if let moment = field.moment {
        DatePicker(
          LocalizedStringKey(field.field.name),
          selection: Binding(get: { moment }, set: { model.picked($0, in: field.field) }))
      } else {
        Button("editor.no_date") { model.dayTapped(field.field) }
      }
    case .choice, .setlist:
      Picker(LocalizedStringKey(field.field.name), selection: text) {
        ForEach(model.options(of: field)) { read($0.value).tag($0.code) }
      }
    case .ticks, .members:
      ForEach(model.options(of: field)) { option in
        Toggle(isOn: tick(option)) { read(option.value) }
      }
    default: TextField(text: text, axis: .vertical) { FieldName(field: field.field) }
    }
  }

  private var text: Binding<String> {
    Binding(get: { field.text }, set: { model.typed($0, in: field.field) })
  }

  private func tick(_ option: Field.Choice) -> Binding<Bool> {
    Binding(get: { model.isTicked(option, in: field) }, set: { _ in model.tickTapped(option, in: field) })
  }
}
