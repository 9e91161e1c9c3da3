import Models
import SwiftUI

/// What was deleted lately.
struct DeletedScreen: View {
  @State var model: DeletedScreenModel

  var body: some View {
    List {
      if let failure = model.failure { FailureText(failure: failure) }
      Text("band.deleted_hint").font(.footnote)
      if model.isLoaded && model.rows.isEmpty { Text("band.deleted_empty") }
      ForEach(model.rows) { row in
        HStack {
          VStack(alignment: .leading, spacing: 2) {
            Text(verbatim: row.title)
            KindName(kind: row.kind).font(.caption)
            if let by = row.by {
              words("band.deleted_by", "\(by)\(row.at, format: .dateTime)").font(.caption)
            } else {
              Text("app.unsent").font(.caption)
            }
          }
          Spacer()
          if model.mayRestore { Button("app.restore") { Task { await model.restoreTapped(row) } } }
        }
      }
    }
    .navigationTitle("band.deleted_title")
    .task { await model.follow() }
  }
}
