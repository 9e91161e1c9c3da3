import SwiftUI

/// A state of a screen, by its name: drawn by Xcode, and by a test in every language.
public struct Shot {
  /// What it shows.
  public let name: String
  /// The screen in that state, as soon as its feeds have told it.
  public let view: AnyView
}

/// Every state of every screen.
@MainActor public enum Gallery {
  /// All of them; each has a name of its own.
  public static var shots: [Shot] {
    SetlistsGallery.shots + SetlistGallery.shots + GigGallery.shots + SongsGallery.shots + SongGallery.shots
      + StatusGallery.shots + NoticesGallery.shots
      + BandGallery.shots
      + WelcomeGallery.shots + CalendarGallery.shots + RowsGallery.shots + ThemesGallery.shots
  }
}
