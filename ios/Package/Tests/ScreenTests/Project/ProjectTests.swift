import Foundation
import Testing

/// Files of the app that only a Mac can use: what can be wrong in them without one is looked at here.
@Suite struct ProjectTests {
  private static let ios = URL(filePath: #filePath).appending(path: "../../../../..").standardizedFileURL

  private func text(_ path: String) throws -> String {
    try String(contentsOf: Self.ios.appending(path: path), encoding: .utf8)
  }

  private func plist(_ path: String) throws -> [String: Any] {
    let data = try Data(contentsOf: Self.ios.appending(path: path))
    return try #require(PropertyListSerialization.propertyList(from: data, format: nil) as? [String: Any])
  }

  /// The app's own code.
  private func code() throws -> String {
    let folders = ["RockOn", "Package/Sources"].map { Self.ios.appending(path: $0) }
    let files = folders.flatMap { folder in
      FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.compactMap { $0 as? URL } ?? []
    }
    return try files.filter { $0.pathExtension == "swift" }
      .map { try String(contentsOf: $0, encoding: .utf8) }.joined()
  }

  @Test func everyObjectOfTheProjectIsThereAndUsed() throws {
    let project = try ProjectFile.read(text("RockOn.xcodeproj/project.pbxproj"))
    #expect(project["objectVersion"]?.text == "77")
    let objects = try #require(project["objects"]).fields
    let ids = try Regex("^[0-9A-F]{24}$")
    let named = Set(project["objects"]?.texts ?? []).filter { $0.contains(ids) }
    #expect(named.subtracting(objects.keys).isEmpty)
    #expect(Set(objects.keys).subtracting(named) == [project["rootObject"]?.text])
  }

  @Test func aBrokenProjectIsSeen() throws {
    #expect(throws: ProjectFile.Wrong.self) { try ProjectFile.read("{ a = 1 b = 2; }") }
    #expect(throws: ProjectFile.Wrong.self) { try ProjectFile.read("{ a = ( 1 2, ); }") }
    #expect(throws: ProjectFile.Wrong.self) { try ProjectFile.read("{ a = 1; a = 2; }") }
    #expect(try ProjectFile.read("{ a = ( \"x y\", /* why */ b, ); }")["a"]?.items.map(\.text) == ["x y", "b"])
  }

  @Test func whatTheProjectNamesIsThere() throws {
    let project = try ProjectFile.read(text("RockOn.xcodeproj/project.pbxproj"))
    let objects = try #require(project["objects"]).fields.values
    let package = try text("Package/Package.swift")
    for product in objects where product["isa"]?.text == "XCSwiftPackageProductDependency" {
      #expect(package.contains(".library(name: \"\(product["productName"]?.text ?? "?")\""))
    }
    let settings = objects.filter { $0["isa"]?.text == "XCBuildConfiguration" }.compactMap { $0["buildSettings"] }
    for file in settings.flatMap({ [$0["INFOPLIST_FILE"], $0["CODE_SIGN_ENTITLEMENTS"]] }).compactMap({ $0?.text }) {
      #expect(FileManager.default.fileExists(atPath: Self.ios.appending(path: file).path), "\(file)")
    }
    let oldest = Set(settings.compactMap { $0["IPHONEOS_DEPLOYMENT_TARGET"]?.text })
    #expect(oldest == ["18.0"] && package.contains(".iOS(.v18)"))
  }

  @Test func theSystemIsToldWhatTheCodeUses() throws {
    let (info, privacy, code) = (try plist("RockOn/Info.plist"), try plist("RockOn/PrivacyInfo.xcprivacy"), try code())
    let jobs = Set(code.matches(of: /"(org\.rockon\.sync[a-z.]*)"/).map { String($0.1) })
    #expect(jobs == Set(info["BGTaskSchedulerPermittedIdentifiers"] as? [String] ?? []))
    let schemes = (info["CFBundleURLTypes"] as? [[String: Any]])?.flatMap {
      $0["CFBundleURLSchemes"] as? [String] ?? []
    }
    #expect(schemes == ["rockon"])
    #expect(code.contains("AVCapture") == (info["NSCameraUsageDescription"] != nil))
    let reasons: [(String, String)] = [
      ("UserDefaults|AppStorage", "UserDefaults"), ("systemUptime", "SystemBootTime"),
      ("contentModificationDate|creationDate", "FileTimestamp"), ("volumeAvailableCapacity", "DiskSpace"),
    ]
    let used = try reasons.filter { try code.contains(Regex($0.0)) }.map { "NSPrivacyAccessedAPICategory\($0.1)" }
    let told = (privacy["NSPrivacyAccessedAPITypes"] as? [[String: Any]])?.compactMap {
      $0["NSPrivacyAccessedAPIType"] as? String
    }
    #expect(told == used)
    #expect(try !plist("RockOn/RockOn.entitlements").isEmpty)
  }

  @Test func everyPictureIsThereAndHasNoHoles() throws {
    let folder = "RockOn/Assets.xcassets/AppIcon.appiconset"
    let told = try JSONSerialization.jsonObject(with: Data(text("\(folder)/Contents.json").utf8)) as? [String: Any]
    let names = (told?["images"] as? [[String: Any]])?.compactMap { $0["filename"] as? String }
    #expect(names == ["light.png", "dark.png", "tinted.png"])
    for name in names ?? [] {
      let head = [UInt8](try Data(contentsOf: Self.ios.appending(path: "\(folder)/\(name)")).prefix(26))
      // 1024 by 1024, 8 bits, colours without transparency.
      #expect(Array(head[16..<26]) == [0, 0, 4, 0, 0, 0, 4, 0, 8, 2], "\(name)")
    }
  }

  @Test func aTextHasTheSameValuesInEveryLanguage() throws {
    let all = try JSONSerialization.jsonObject(with: Data(text("RockOn/Localizable.xcstrings").utf8)) as? [String: Any]
    let strings = try #require(all?["strings"] as? [String: [String: Any]])
    #expect(strings.count > 500)
    for (key, entry) in strings {
      let said = try #require(entry["localizations"] as? [String: Any])
      #expect(Set(said.keys) == ["en", "de"])
      #expect(Set(said.values.flatMap { values(of: $0) }.map(holes)).count == 1, "\(key)")
    }
  }

  private func values(of localization: Any) -> [String] {
    guard let fields = localization as? [String: Any] else { return [] }
    return fields.flatMap { key, value in (value as? String).map { key == "value" ? [$0] : [] } ?? values(of: value) }
  }

  /// Which arguments a text names, and as what. The count alone may be left out: "1 song".
  private func holes(_ text: String) -> Set<String> {
    Set(text.matches(of: /%(\d\$)?(lld|@|lf)/).map { String($0.0) }).filter { !$0.hasSuffix("lld") }
  }
}
