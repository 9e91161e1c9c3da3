import Design
import RockOnCore
import SwiftUI

/// A sentence of the catalogue with values in it.
func words(_ key: StaticString, _ values: String.LocalizationValue) -> Text {
  Text(LocalizedStringResource(key, defaultValue: values))
}

/// What the core says of a failure, in the language of the screen.
struct FailureText: View {
  let failure: RockOnError
  @Environment(\.locale) private var locale

  var body: some View { Text(verbatim: failure.text(in: Language(tag: locale.identifier))) }
}

extension Color {
  /// A colour of the tokens, as the screen's appearance has it.
  static func token(_ role: KeyPath<Palette, UInt32>, _ scheme: ColorScheme) -> Color {
    Color(token: (scheme == .dark ? Palette.dark : Palette.light)[keyPath: role])
  }

  init(token value: UInt32) {
    self.init(
      red: Double(value >> 16 & 0xFF) / 255, green: Double(value >> 8 & 0xFF) / 255, blue: Double(value & 0xFF) / 255)
  }
}
