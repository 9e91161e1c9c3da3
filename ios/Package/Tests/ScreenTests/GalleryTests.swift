import Gallery
import SwiftUI
import Testing

/// Every state of every screen: drawn in each language and with large text, with nothing wrong, in the catalog's words alone.
@MainActor @Suite(.timeLimit(.minutes(1)))
struct GalleryTests {
  private func isSettled(_ host: Host) async throws {
    // Feeds of the fakes have told what they had when nothing is drawn any more.
    var before = -1
    while before != host.passes {
      before = host.passes
      for _ in 0..<50 { await Task.yield() }
      host.now()
    }
  }

  @Test(arguments: ["en", "de"], [DynamicTypeSize.large, .accessibility3])
  func everyStateIsDrawn(language: String, size: DynamicTypeSize) async throws {
    let texts = language == "de" ? Texts.german : Texts.english
    for shot in SongsGallery.shots + SongGallery.shots {
      let host = screen(shot.view, texts.texts) { values in
        values.locale = Locale(identifier: language)
        values.dynamicTypeSize = size
      }
      try await isSettled(host)
      #expect(host.problems.isEmpty, "\(shot.name)")
      for (key, kinds) in host.keys {
        #expect(Texts.holes[key] == kinds, "\(shot.name): \(key)")
      }
    }
  }

  @Test func noViewDecides() throws {
    let folder = URL(filePath: #filePath).appending(path: "../../../Sources/Screens").standardizedFileURL
    let files =
      FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL } ?? []
    let forbidden = /\.(sorted|filter|map|reduce|count|contains|prefix|suffix|joined|formatted)\b|String\(format/
    for file in files where file.pathExtension == "swift" {
      let code = try String(contentsOf: file, encoding: .utf8)
      let found = code.matches(of: forbidden).map { String($0.0) }
      #expect(found.isEmpty, "\(file.lastPathComponent)")
    }
    #expect(files.count > 5)
  }
}
