// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that measuring letters does not build the servers that ours is compared with.
let package = Package(
    name: "LetterBenchmarks",
    dependencies: [.package(name: "suratizin", path: "../..")],
    targets: [
        .executableTarget(name: "bench-letters", dependencies: [.product(name: "Letters", package: "suratizin")])
    ]
)
