// swift-tools-version: 6.0
import PackageDescription

// The app but for its `@main`. On Linux, which has neither SwiftUI nor the other modules of Apple's that the app uses, doubles of
// them stand in (see Doubles/README.md); they are targets there only, and never part of what ships.
#if os(Linux)
  let doubles: [String] = [
    "SwiftUI", "Security", "Network", "BackgroundTasks", "UserNotifications", "UIKit", "CoreImage",
    "UniformTypeIdentifiers",
  ]
  // Debian's libswiftObservation names symbols that no library of its package defines.
  let linking: [LinkerSetting] = [.unsafeFlags(["-Xlinker", "--allow-shlib-undefined"])]
  let strict: [SwiftSetting] = [.unsafeFlags(["-warnings-as-errors"])]
#else
  let doubles: [String] = []
  let linking: [LinkerSetting] = []
  let strict: [SwiftSetting] = []
#endif

let core: Target.Dependency = .product(name: "RockOnCore", package: "swift")

/// The doubles of these modules, where there are doubles.
func apple(_ names: String...) -> [Target.Dependency] {
  names.filter { name in doubles.contains(name) }.map { name in Target.Dependency.target(name: name) }
}

func ours(_ name: String, _ needs: [String], _ others: [Target.Dependency] = []) -> Target {
  let needs = needs.map { need in Target.Dependency.target(name: need) }
  return .target(name: name, dependencies: needs + others, swiftSettings: strict, linkerSettings: linking)
}

func tests(_ name: String, _ needs: [String], _ others: [Target.Dependency] = []) -> Target {
  let needs = needs.map { need in Target.Dependency.target(name: need) }
  return .testTarget(name: name, dependencies: needs + others, swiftSettings: strict, linkerSettings: linking)
}

var targets: [Target] = [
  ours("Models", [], [core]),
  ours("Design", [], apple("SwiftUI")),
  ours("Screens", ["Models", "Design"], [core] + apple("SwiftUI", "UniformTypeIdentifiers")),
  ours(
    "Platform", ["Models"],
    [core] + apple("SwiftUI", "Security", "Network", "BackgroundTasks", "UserNotifications", "UIKit", "CoreImage")),
  ours("Fakes", ["Models"], [core]),
  ours("Gallery", ["Fakes", "Screens"], [core] + apple("SwiftUI")),
  tests("ModelTests", ["Models", "Fakes"], [core]),
]

// A double takes what Apple's module takes, also from code that Swift 6 alone would refuse: it is compiled as Swift 5.
for name in doubles {
  let settings: [SwiftSetting] = [.swiftLanguageMode(.v5), .unsafeFlags(["-suppress-warnings"])]
  let needs = name == "SwiftUI" ? apple("UniformTypeIdentifiers") : []
  targets.append(.target(name: name, dependencies: needs, path: "Doubles/\(name)", swiftSettings: settings))
}

// They draw and touch the views, which only the double can; and the app's own file, which Xcode alone builds otherwise.
if !doubles.isEmpty {
  let app: [Target.Dependency] = ["Models", "Platform", "Screens"] + apple("SwiftUI")
  targets.append(.target(name: "App", dependencies: app, path: "Doubles/App", swiftSettings: strict))
  targets.append(tests("ScreenTests", ["Gallery"], [core] + apple("SwiftUI")))
  targets.append(tests("CoreTests", ["Fakes", "Screens", "Platform"], [core] + apple("SwiftUI")))
}

let package = Package(
  name: "RockOnApp",
  defaultLocalization: "en",
  platforms: [.iOS(.v18), .macOS(.v15)],
  products: [.library(name: "Screens", targets: ["Models", "Screens", "Platform"])],
  dependencies: [.package(path: "../../bindings/swift")],
  targets: targets,
  swiftLanguageModes: [.v6]
)
