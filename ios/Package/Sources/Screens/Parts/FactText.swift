import Models
import SwiftUI

/// A value as one reads it.
func read(_ value: Fact.Value) -> Text {
  switch value {
  case .text(let text): Text(verbatim: text)
  case .name(let key): Text(LocalizedStringKey(key))
  case .link(let url): Text(verbatim: url.absoluteString)
  case .moment(let moment): Text(moment, format: .dateTime.weekday().day().month().year().hour().minute())
  case .time(let time): Text(time, format: .dateTime.hour().minute())
  case .minutes(let minutes): words("app.minutes", "\(minutes)")
  }
}

/// What a field is called.
struct FieldName: View {
  let field: Field

  var body: some View { Text(LocalizedStringKey(field.name)) }
}

/// What is new, at the left edge of a row.
struct UnreadDot: View {
  @Environment(\.colorScheme) private var scheme

  var body: some View {
    Image(systemName: "circle.fill").foregroundStyle(Color.token(\.unread, scheme)).accessibilityLabel("app.unread")
  }
}

/// What is on this phone only.
struct UnsentMark: View {
  @Environment(\.colorScheme) private var scheme

  var body: some View {
    Image(systemName: "arrow.up.circle").foregroundStyle(Color.token(\.warning, scheme))
      .accessibilityLabel("app.unsent")
  }
}
