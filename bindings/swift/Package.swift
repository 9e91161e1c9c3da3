// swift-tools-version: 6.0
import PackageDescription

// Where the core's library comes from. With `ROCKON_LIBRARY` it is `librockon.a` in that directory: always so on Linux,
// and on a Mac for working on the core. Nothing else named rockon may lie there: a linker prefers the shared library. Without it, it is the XCFramework that the packaging makes, and no target has
// unsafe flags, so that apps can depend on a tagged version.
#if os(Linux)
  let library: String? = Context.environment["ROCKON_LIBRARY"] ?? "/nowhere: set ROCKON_LIBRARY"
  // Debian's libswiftObservation names symbols that no library of its package defines.
  let linking: [LinkerSetting] = [
    .linkedLibrary("m"), .linkedLibrary("dl"), .linkedLibrary("pthread"),
    .unsafeFlags(["-Xlinker", "--allow-shlib-undefined"]),
  ]
#else
  let library = Context.environment["ROCKON_LIBRARY"]
  let linking: [LinkerSetting] = []
#endif

// Our own code compiles without a warning, and so does the generated code, which is in the same module.
let strict: [SwiftSetting] = library == nil ? [] : [.unsafeFlags(["-warnings-as-errors"])]

let core: Target =
  if let library {
    .target(
      name: "rockonFFI",
      linkerSettings: [.unsafeFlags(["-L", library]), .linkedLibrary("rockon")] + linking)
  } else {
    .binaryTarget(name: "rockonFFI", path: "rockonFFI.xcframework")
  }

let package = Package(
  name: "RockOn",
  platforms: [.iOS(.v17), .macOS(.v15)],
  products: [.library(name: "RockOnCore", targets: ["RockOnCore"])],
  targets: [
    core,
    // Not named as its class `RockOn`: beside a class of its module's name no type of the module can be named in full.
    .target(name: "RockOnCore", dependencies: ["rockonFFI"], path: "Sources/RockOn", swiftSettings: strict),
    .target(
      name: "RockOnExamples", dependencies: ["RockOnCore"], path: "Examples", swiftSettings: strict),
    .executableTarget(
      name: "rockon-swift-bench", dependencies: ["RockOnCore"], path: "Bench", swiftSettings: strict),
    .testTarget(
      name: "RockOnTests", dependencies: ["RockOnCore", "RockOnExamples"], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
