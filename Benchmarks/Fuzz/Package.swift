// swift-tools-version: 6.2
import PackageDescription

// A package of its own, as the server's sources must be compiled with the fuzzer's instrumentation.
let package = Package(
    name: "Fuzz",
    dependencies: [
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    ],
    targets: [
        .target(name: "CLinux"),
        .target(name: "CFuzzer"),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib"),
        .target(
            name: "HTTPServer",
            dependencies: [
                "CLinux", "CZlib",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: [
                .enableUpcomingFeature("ExistentialAny"),
                .enableUpcomingFeature("InternalImportsByDefault"),
                .enableUpcomingFeature("MemberImportVisibility"),
                .unsafeFlags(["-enable-testing"] + fuzzing),
            ]),
        // Only its folder Inspection, which needs nothing else of it.
        .target(
            name: "Letters", dependencies: ["CZlib", "Permits"],
            swiftSettings: [
                .enableUpcomingFeature("ExistentialAny"),
                .enableUpcomingFeature("InternalImportsByDefault"),
                .enableUpcomingFeature("MemberImportVisibility"),
                .unsafeFlags(fuzzing),
            ]),
        .target(name: "Permits", swiftSettings: [.enableUpcomingFeature("InternalImportsByDefault")]),
        .executableTarget(
            name: "fuzz",
            dependencies: [
                "CFuzzer", "HTTPServer", "Letters", .product(name: "HTTPTypes", package: "swift-http-types"),
            ],
            swiftSettings: [.unsafeFlags(["-parse-as-library"] + fuzzing)],
            linkerSettings: [.unsafeFlags(fuzzing + ["-use-ld=lld"])]),
    ]
)

/// Traps and preconditions stay in optimised code, and they are what we look for.
var fuzzing: [String] { ["-sanitize=fuzzer,address"] }
