extension WebLink {
  /// The pages on the web that a song names, from its values as `row` has them: lyrics, chords, recording, then what members
  /// added, at most 50. Only addresses that are safe to open in a browser.
  public static func all(in values: Values) -> [WebLink] {
    webLinks(values: values)
  }
}

/// Links of the app.
extension AppLink {
  /// Reads a link such as `rockon://join/CODE`, which anybody may have made; nothing for all that is none of ours, and for
  /// a server that `RockOn.open` would refuse. `emulatorHost` as in `RockOnConfig`.
  public init?(_ text: String, emulatorHost: Bool = false) {
    guard let link = parseLink(text: text, emulatorHost: emulatorHost) else { return nil }
    self = link
  }

  /// As it is written: what is shared, or shown as a QR code.
  public var text: String { linkText(link: self) }
}
