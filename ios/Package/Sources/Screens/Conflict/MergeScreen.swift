import Models
import SwiftUI

/// The editor of a value made of both.
struct MergeScreen: View {
  @State var model: ConflictScreenModel

  var body: some View {
    NavigationStack {
      Form {
        if model.shown == .settled {
          Text("conflict.settled")
          Button("editor.copy_text") { model.copyTapped() }
        }
        Section("conflict.merge_hint") {
          TextField("conflict.merge", text: Binding(get: { model.text }, set: { model.typed($0) }), axis: .vertical)
        }
        if let choosing = model.choosing {
          Section {
            if choosing.parts.isEmpty {
              if let theirs = choosing.theirs { Text(verbatim: theirs) } else { Text("conflict.empty_value") }
            } else {
              Difference(parts: choosing.parts, by: choosing.by)
            }
          } header: {
            Theirs(by: choosing.by)
          }
        }
      }
      .navigationTitle("conflict.merge")
      .toolbar {
        ToolbarItem(placement: .cancellationAction) { Button("app.cancel", role: .cancel) { model.closeTapped() } }
        ToolbarItem(placement: .confirmationAction) {
          Button("app.save") { Task { await model.saveTapped() } }.disabled(!model.canMerge)
        }
      }
      .confirmationDialog("editor.unsaved", isPresented: $model.asksToDiscard, titleVisibility: .visible) {
        Button("editor.discard", role: .destructive) { model.discardTapped() }
        Button("editor.keep_editing", role: .cancel) {}
      } message: {
        Text("editor.unsaved_hint")
      }
    }
    .interactiveDismissDisabled()
    .task { await model.follow() }
  }
}
