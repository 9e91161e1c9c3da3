import Models
import SwiftUI

/// What the app did last.
struct LogScreen: View {
  @State var model: LogScreenModel

  var body: some View {
    List {
      Text("status.log_hint").font(.footnote)
      if model.lines.isEmpty { Text("status.log_empty") }
      ForEach(model.lines) { line in
        VStack(alignment: .leading, spacing: 2) {
          Text(line.at, format: .dateTime).font(.caption)
          Text(verbatim: line.text)
        }
      }
    }
    .navigationTitle("status.log")
    .toolbar {
      ToolbarItem(placement: .primaryAction) { Button("status.log_copy") { model.copyTapped() } }
    }
    .onAppear { model.read() }
    .refreshable { await model.read() }
  }
}
