import Models
import SwiftUI

/// What was done to a song.
struct HistoryScreen: View {
  @State var model: HistoryScreenModel

  var body: some View {
    List {
      if let failure = model.failure { FailureText(failure: failure) }
      if model.isEmpty { Text("song.history_empty") }
      ForEach(model.steps ?? []) { step in
        Section {
          StepText(step: step)
          ForEach(step.changes) { ChangeLine(change: $0) }
        } header: {
          if let at = step.at { Text(at, format: .dateTime) }
        }
      }
    }
    .navigationTitle("song.history")
    .task { await model.follow() }
  }
}

/// Who did what, where it is known who.
private struct StepText: View {
  let step: HistoryScreenModel.Step

  var body: some View {
    switch (step.verb, step.by) {
    case (let verb, nil): VerbName(verb: verb)
    case (.added, let by?): words("song.history_added", "\(by)")
    case (.changed, let by?), (.moved, let by?): words("song.history_changed", "\(by)")
    case (.deleted, let by?): words("song.history_deleted", "\(by)")
    case (.restored, let by?): words("song.history_restored", "\(by)")
    }
  }
}
