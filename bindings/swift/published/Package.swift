// swift-tools-version: 6.0
import PackageDescription

// The package as apps on this machine take it, by path. `cargo xtask bindings --publish-local` lays the sources and the core's
// library beside this file; an app for a phone takes the XCFramework instead, which `bindings/apple` makes.
#if os(Linux)
  // Debian's libswiftObservation names symbols that no library of its package defines.
  let system: [LinkerSetting] = [
    .linkedLibrary("m"), .linkedLibrary("dl"), .linkedLibrary("pthread"),
    .unsafeFlags(["-Xlinker", "--allow-shlib-undefined"]),
  ]
#else
  let system: [LinkerSetting] = []
#endif

let package = Package(
  name: "RockOn",
  platforms: [.iOS(.v17), .macOS(.v15)],
  products: [.library(name: "RockOnCore", targets: ["RockOnCore"])],
  targets: [
    .target(
      name: "rockonFFI",
      linkerSettings: [
        .unsafeFlags(["-L", Context.packageDirectory + "/Library"]), .linkedLibrary("rockon"),
      ] + system),
    .target(name: "RockOnCore", dependencies: ["rockonFFI"], path: "Sources/RockOn"),
  ],
  swiftLanguageModes: [.v6]
)
