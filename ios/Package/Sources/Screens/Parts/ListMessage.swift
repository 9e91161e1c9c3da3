import Models
import SwiftUI

/// What is said where there are no rows.
struct ListMessage: View {
  let shown: Listed
  let systemImage: String

  var body: some View {
    switch shown {
    case .opening, .list: EmptyView()
    case .empty(let what, let hint):
      ContentUnavailableView {
        Label(LocalizedStringKey(what), systemImage: systemImage)
      } description: {
        if let hint { Text(LocalizedStringKey(hint)) }
      }
    case .nothingFound(let text): ContentUnavailableView { words("app.nothing_found", "\(text)") }
    case .failed(let error): ContentUnavailableView { FailureText(failure: error) }
    }
  }
}
