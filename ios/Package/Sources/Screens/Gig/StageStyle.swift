import Design
import SwiftUI

/// How large words are in gig mode, of what the tokens say; chosen in the settings.
private struct GigScale: EnvironmentKey {
  static let defaultValue = 1.0
}

extension EnvironmentValues {
  var gigScale: Double {
    get { self[GigScale.self] }
    set { self[GigScale.self] = newValue }
  }
}

extension View {
  /// The largest words that fit.
  func gigFont(_ style: TypeStyle) -> some View { modifier(GigFont(style: style)) }
}

private struct GigFont: ViewModifier {
  let style: TypeStyle
  @Environment(\.gigScale) private var scale

  func body(content: Content) -> some View {
    content.font(.system(size: style.size * scale, weight: style.weight > 600 ? .bold : .medium)).minimumScaleFactor(
      0.3)
  }
}

extension Color {
  /// A colour of the stage, on black.
  static func stage(_ role: KeyPath<Palette, UInt32>) -> Color { Color(token: Palette.stage[keyPath: role]) }
}
