import Models
import SwiftUI

/// What came, at the head of the screen for a moment.
struct BannerView: View {
  let news: News
  let shell: Shell

  var body: some View {
    Button {
      Task { await shell.bannerTapped() }
    } label: {
      VStack(alignment: .leading, spacing: 2) {
        ForEach(news.lines, id: \.self) { Text(verbatim: $0).lineLimit(2) }
      }
      .frame(maxWidth: .infinity, alignment: .leading)
      .padding()
      .background(.bar)
    }
    .buttonStyle(.plain)
    .gesture(DragGesture(minimumDistance: 10).onEnded { _ in shell.bannerSwipedAway() })
    .accessibilityAction(named: "app.close") { shell.bannerSwipedAway() }
  }
}
