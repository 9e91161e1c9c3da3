// Made from design/tokens.json by `cargo xtask texts`. Change that, not this.

/// Colours, type, spacing and sizes of both apps. A text has a contrast of at least 4.5 on the grounds it names, in the stage theme 7; a sign has 3.
/// Colours are `0xRRGGBB`.
public struct Palette: Sendable, Hashable {
  /// Links, buttons without a ground, what is chosen.
  public let accent: UInt32
  /// The ground of the main button of a screen.
  public let accentGround: UInt32
  /// What a difference adds: with a plus.
  public let addedGround: UInt32
  /// Behind everything.
  public let background: UInt32
  /// The ground of a chosen tab or row.
  public let chosenGround: UInt32
  /// Delete, leave, what failed: with a word.
  public let danger: UInt32
  /// The ground of a button that deletes, or of a refused edit.
  public let dangerGround: UInt32
  /// Thin lines between things; nothing is told by it alone.
  public let line: UInt32
  /// Words on it.
  public let onAccentGround: UInt32
  /// Words on it.
  public let onChosenGround: UInt32
  /// Words on it.
  public let onDangerGround: UInt32
  /// Words on it.
  public let onWarningGround: UInt32
  /// The edge of a field or of an empty tick box.
  public let outline: UInt32
  /// What a difference takes away: with a minus.
  public let removedGround: UInt32
  /// Sent, live, done: with a sign and a word.
  public let success: UInt32
  /// Cards, sheets, bars.
  public let surface: UInt32
  /// What lies on a surface: menus, fields, a pressed row.
  public let surfaceHigh: UInt32
  /// What is read.
  public let text: UInt32
  /// What is read second: artist, time, hints.
  public let textQuiet: UInt32
  /// The dot of what was not looked at.
  public let unread: UInt32
  /// Offline, unsent, a conflict: with a sign and a word.
  public let warning: UInt32
  /// The ground of a strip that warns.
  public let warningGround: UInt32
}

extension Palette {
  /// The colours of the light theme.
  public static let light = Palette(
    accent: 0x0B5C7A,
    accentGround: 0x0B5C7A,
    addedGround: 0xD9F2DE,
    background: 0xFBFAF7,
    chosenGround: 0xD3E9F2,
    danger: 0xA3261B,
    dangerGround: 0xA3261B,
    line: 0xDDD9D0,
    onAccentGround: 0xFFFFFF,
    onChosenGround: 0x073B4F,
    onDangerGround: 0xFFFFFF,
    onWarningGround: 0x4A2E00,
    outline: 0x7C776C,
    removedGround: 0xFBDFDC,
    success: 0x1F6B33,
    surface: 0xFFFFFF,
    surfaceHigh: 0xF1EFEA,
    text: 0x1D1B17,
    textQuiet: 0x5B574E,
    unread: 0x0B7DA8,
    warning: 0x7A4B00,
    warningGround: 0xFFE9C2)

  /// The colours of the dark theme.
  public static let dark = Palette(
    accent: 0x8CCFEA,
    accentGround: 0x8CCFEA,
    addedGround: 0x1A3B22,
    background: 0x14130F,
    chosenGround: 0x12465C,
    danger: 0xFFB0A6,
    dangerGround: 0x8C1D14,
    line: 0x38352E,
    onAccentGround: 0x04293A,
    onChosenGround: 0xD6EFF9,
    onDangerGround: 0xFFE9E6,
    onWarningGround: 0xFFE3AE,
    outline: 0x8F897C,
    removedGround: 0x4A1F1B,
    success: 0x8FD9A0,
    surface: 0x1D1C18,
    surfaceHigh: 0x2A2823,
    text: 0xF0EEE8,
    textQuiet: 0xB8B3A7,
    unread: 0x5CC0E8,
    warning: 0xF5C26B,
    warningGround: 0x4A3306)

  /// The colours of the stage theme.
  public static let stage = Palette(
    accent: 0x9ADCF5,
    accentGround: 0x9ADCF5,
    addedGround: 0x0F2E17,
    background: 0x000000,
    chosenGround: 0x0A3547,
    danger: 0xFFB8AF,
    dangerGround: 0x5E120B,
    line: 0x3A3A3A,
    onAccentGround: 0x00222F,
    onChosenGround: 0xE3F6FD,
    onDangerGround: 0xFFEDEB,
    onWarningGround: 0xFFE6B3,
    outline: 0x9A9A9A,
    removedGround: 0x3A1512,
    success: 0x98E3AA,
    surface: 0x000000,
    surfaceHigh: 0x161616,
    text: 0xFFFFFF,
    textQuiet: 0xC4C4C4,
    unread: 0x66CCF2,
    warning: 0xFFCB6B,
    warningGround: 0x3D2A00)
}

/// How large words are, in points, and how bold, from 100 to 900.
public struct TypeStyle: Sendable, Hashable {
  public let size: Double
  public let line: Double
  public let weight: Int
}

/// How large words are.
public enum TypeScale {
  /// Sentences and notes.
  public static let body: TypeStyle = TypeStyle(size: 16, line: 24, weight: 400)
  /// The second line of a row; hints under fields.
  public static let detail: TypeStyle = TypeStyle(size: 14, line: 20, weight: 400)
  /// The title of a screen that shows one thing.
  public static let display: TypeStyle = TypeStyle(size: 32, line: 40, weight: 700)
  /// Gig mode: key, capo and tempo.
  public static let gigKey: TypeStyle = TypeStyle(size: 48, line: 52, weight: 700)
  /// Gig mode: what is next, the position, the clock.
  public static let gigNext: TypeStyle = TypeStyle(size: 22, line: 28, weight: 500)
  /// Gig mode: notes, at most; they shrink to fit.
  public static let gigNotes: TypeStyle = TypeStyle(size: 40, line: 48, weight: 500)
  /// Gig mode: the title, at most; it shrinks to fit.
  public static let gigTitle: TypeStyle = TypeStyle(size: 88, line: 92, weight: 700)
  /// Tabs, badges, heads of groups.
  public static let label: TypeStyle = TypeStyle(size: 13, line: 16, weight: 600)
  /// The first line of a row; fields.
  public static let row: TypeStyle = TypeStyle(size: 17, line: 24, weight: 500)
  /// The bar of a screen; the head of a card.
  public static let title: TypeStyle = TypeStyle(size: 22, line: 28, weight: 600)
}

/// Room between things, in points.
public enum Spacing {
  /// Between a sign and its number.
  public static let hair: Double = 2
  /// Between groups.
  public static let huge: Double = 24
  /// The edge of the screen; between cards.
  public static let large: Double = 16
  /// Between things that belong together.
  public static let medium: Double = 8
  /// Above and below an empty state.
  public static let screen: Double = 32
  /// Inside a row, between its lines.
  public static let small: Double = 4
}

/// How large things are, in points.
public enum Sizes {
  /// The corner of a card.
  public static let corner: Double = 12
  /// The corner of a field or button.
  public static let cornerSmall: Double = 8
  /// The dot of what is unread.
  public static let dot: Double = 10
  /// An icon.
  public static let icon: Double = 22
  /// The widest column of text.
  public static let readable: Double = 640
  /// The least height of a row with two lines.
  public static let row: Double = 60
  /// The least height and width of what is tapped.
  public static let touch: Double = 44
  /// The same in gig mode, for a wet hand.
  public static let touchGig: Double = 64
}
