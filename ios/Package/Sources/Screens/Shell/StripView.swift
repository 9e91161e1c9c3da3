import Design
import Models
import SwiftUI

/// The strip under the title bar: there only when there is something to say.
struct StripView: View {
  let strip: Strip
  let onTap: @MainActor () -> Void
  @Environment(\.colorScheme) private var scheme

  var body: some View {
    Button(action: onTap) { said }
      .buttonStyle(.plain)
      .accessibilityHint("app.strip_details")
  }

  private var said: some View {
    VStack(alignment: .leading, spacing: 2) {
      switch strip.word {
      case .signedOut: Text("app.strip_signed_out")
      case .offline: Text("app.strip_offline")
      case .clockWrong: Text("app.clock_wrong")
      case .delayed: Text("app.strip_delayed")
      case .failing(let error): FailureText(failure: error)
      case .firstSync(let rows): words("app.first_sync", "\(rows)")
      case nil: EmptyView()
      }
      if strip.conflicts > 0 { words("app.strip_conflicts", "\(strip.conflicts)") }
      if strip.rejected > 0 { words("app.strip_rejected", "\(strip.rejected)") }
      if strip.unsent > 0 { words("app.unsent_count", "\(strip.unsent)") }
    }
    .font(.subheadline)
    .padding()
    .frame(maxWidth: .infinity, alignment: .leading)
    .foregroundStyle(Color.token(\.onWarningGround, scheme))
    .background(Color.token(\.warningGround, scheme))
    .accessibilityElement(children: .combine)
  }
}
