// swift-tools-version: 6.0
import PackageDescription

// An app that takes the core from the folder that `cargo xtask bindings --publish-local` makes, as README.md above says. The
// tests copy it to a temporary directory, with the iOS app's secrets in the Keychain, build it there and run both of its programs.
#if os(Linux)
  // Names of Apple's that the examples use. An app has the real ones. Those of Security come from the iOS app's doubles.
  let stubs: [Target] = ["Security", "Network"].map { .target(name: $0, path: "Stubs/\($0)") }
#else
  let stubs: [Target] = []
#endif

// quick start: begin
let package = Package(
  name: "QuickStart",
  platforms: [.iOS(.v17), .macOS(.v15)],
  dependencies: [.package(path: "../rock-on")],
  targets: [
    .executableTarget(
      name: "App",
      dependencies: [.product(name: "RockOnCore", package: "rock-on")])
  ],
  swiftLanguageModes: [.v6]
)
// quick start: end

let core: Target.Dependency = .product(name: "RockOnCore", package: "rock-on")
let names: [Target.Dependency] = stubs.map { .target(name: $0.name) }
package.targets += stubs
package.targets.append(.target(name: "Platform", dependencies: [core] + names))
package.targets.append(.executableTarget(name: "Promises", dependencies: [core, "Platform"] + names))
