import ArgumentParser
import Foundation
import HTTPServer
import Portal

/// Options that every command takes.
struct CommonOptions: ParsableArguments {
    @Option(name: .long, help: "Data folder (SURATIZIN_DATA; default: data).")
    var data: String?

    @Option(name: .long, help: "Port to listen on, 0 for any free one (SURATIZIN_PORT; default: 8080).")
    var port: String?
}

/// Settings, read once from options and environment. Options win.
struct Configuration: Sendable {
    /// Where database, files, mails and keys are kept.
    var data = "data"
    /// Where Templates/, Public/ and migrations/ are.
    var root = "."
    var address = "127.0.0.1"
    var port = 8080
    /// How the portal is reached from outside; nil means the address it listens on.
    var baseURL: String?
    /// Path of a unix socket to listen on instead of address and port.
    var socket: String?
    /// Who shows it may read the metrics; without one nobody may.
    var metricsToken: String?
    /// Addresses, CIDR blocks or `unix`: who may say for whom they ask.
    var trustedProxies: [String] = []
    /// Path of clamd's unix socket, or its address and port; nil means that nobody looks for viruses.
    var clamd: String?
    /// Folder of keys and certificates; nil means `keys` in the data folder.
    var keys: String?
    /// File with the passphrase that opens the portal's keys.
    var keysPassphraseFile: String?
    /// Address of an outside time-stamp service, and a file with the roots that its answers lead to.
    var stampService: String?
    var stampRoots: String?
    /// Address of a BSrE e-sign client service, with the portal's log-in there and the roots of its certificates.
    var bsreService: String?
    var bsreUser: String?
    var bsrePasswordFile: String?
    var bsreRoots: String?
    /// Days for which a draft is kept that nobody touches.
    var draftDays = 30
    var mailFrom = "suratizin@localhost"
    /// Program that takes mails; nil means that they are written to a folder.
    var sendmail: Sendmail?
    /// What messages go out by beside e-mail.
    var messengers = Messengers()
    /// Folder of the Liberation fonts; nil means where Debian puts them.
    var fonts: String?
    var logLevel = "info"

    /// - Throws: `ConfigurationFaults` with everything that is wrong. It names settings, never their values.
    init(_ options: CommonOptions, environment: [String: String] = ProcessInfo.processInfo.environment) throws {
        var faults: [String] = []
        func setting(_ name: String, _ option: String? = nil) -> String? {
            (option ?? environment["SURATIZIN_\(name)"]).flatMap { $0.isEmpty ? nil : $0 }
        }
        data = setting("DATA", options.data) ?? data
        root = setting("ROOT") ?? Self.defaultRoot()
        address = setting("ADDRESS") ?? address
        if let text = setting("PORT", options.port) {
            if let number = Int(text), (0...65535).contains(number) {
                port = number
            } else {
                faults.append("SURATIZIN_PORT (--port) must be a number from 0 to 65535")
            }
        }
        if let text = setting("BASE_URL") {
            let url = text.hasSuffix("/") ? String(text.dropLast()) : text
            let host = url.split(separator: "/").dropFirst().first
            if url.hasPrefix("https://") || url.hasPrefix("http://"), host != nil, url.split(separator: "/").count == 2
            {
                baseURL = url
            } else {
                faults.append("SURATIZIN_BASE_URL must be http:// or https:// and a host, without a path")
            }
        }
        if let text = setting("MAIL_FROM") {
            if text.contains("@"), text.utf8.allSatisfy({ $0 > 32 && $0 < 127 && $0 != 60 && $0 != 62 }) {
                mailFrom = text
            } else {
                faults.append("SURATIZIN_MAIL_FROM must be one e-mail address")
            }
        }
        if let text = setting("SENDMAIL") {
            sendmail = Sendmail(path: text)
            if sendmail == nil {
                faults.append("SURATIZIN_SENDMAIL must be the whole path of a program that can be run")
            }
        }
        messengers = Self.messengers({ setting($0) }, faults: &faults)
        keys = setting("KEYS")
        keysPassphraseFile = setting("KEYS_PASSPHRASE_FILE")
        stampService = setting("TSA_URL")
        stampRoots = setting("TSA_ROOTS")
        bsreService = setting("BSRE_URL")
        bsreUser = setting("BSRE_USER")
        bsrePasswordFile = setting("BSRE_PASSWORD_FILE")
        bsreRoots = setting("BSRE_ROOTS")
        if (stampService == nil) != (stampRoots == nil) {
            faults.append("SURATIZIN_TSA_URL and SURATIZIN_TSA_ROOTS go together")
        }
        let bsre = [bsreService, bsreUser, bsrePasswordFile, bsreRoots]
        if bsre.contains(where: { $0 != nil }), bsre.contains(where: { $0 == nil }) {
            faults.append(
                "SURATIZIN_BSRE_URL, SURATIZIN_BSRE_USER, SURATIZIN_BSRE_PASSWORD_FILE and SURATIZIN_BSRE_ROOTS go together"
            )
        }
        socket = setting("SOCKET")
        if let text = setting("METRICS_TOKEN") {
            if text.utf8.count >= 16 {
                metricsToken = text
            } else {
                faults.append("SURATIZIN_METRICS_TOKEN must have 16 characters or more")
            }
        }
        if let text = setting("TRUSTED_PROXIES") {
            trustedProxies = text.split(separator: ",").map { String($0.filter { $0 != " " }) }
            if (try? TrustedProxies(trustedProxies)) == nil {
                faults.append("SURATIZIN_TRUSTED_PROXIES must be addresses or CIDR blocks, divided by commas")
            }
        }
        if let text = setting("CLAMD") {
            clamd = text
            if VirusScanner(text) == nil {
                faults.append("SURATIZIN_CLAMD must be the path of a socket, or an IPv4 address and a port")
            }
        }
        if let text = setting("DRAFT_DAYS") {
            if let days = Int(text), (14...3650).contains(days) {
                draftDays = days
            } else {
                faults.append("SURATIZIN_DRAFT_DAYS must be a number from 14 to 3650")
            }
        }
        fonts = setting("FONTS")
        if let text = setting("LOG_LEVEL") {
            if ["debug", "info", "warning", "error"].contains(text) {
                logLevel = text
            } else {
                faults.append("SURATIZIN_LOG_LEVEL must be debug, info, warning or error")
            }
        }
        for folder in ["Templates", "Public", "migrations"]
        where !FileManager.default.fileExists(atPath: "\(root)/\(folder)") {
            faults.append("SURATIZIN_ROOT has no folder \(folder)")
        }
        let known: Set = [
            "DATA", "ROOT", "ADDRESS", "PORT", "BASE_URL", "MAIL_FROM", "TRUSTED_PROXIES", "SOCKET", "METRICS_TOKEN",
            "FONTS", "LOG_LEVEL", "KEYS", "KEYS_PASSPHRASE_FILE", "TSA_URL", "TSA_ROOTS", "BSRE_URL", "BSRE_USER",
            "BSRE_PASSWORD_FILE", "BSRE_ROOTS", "CLAMD", "DRAFT_DAYS",
            "PASSWORD", "SENDMAIL",
        ]
        for name in environment.keys.sorted()
        where name.hasPrefix("SURATIZIN_") && !known.union(Self.messengerSettings).contains(String(name.dropFirst(10)))
        {
            faults.append("\(name) is no setting")
        }
        if !faults.isEmpty { throw ConfigurationFaults(faults: faults) }
    }

    /// The working folder, or the nearest one above the program that holds the templates.
    private static func defaultRoot() -> String {
        if FileManager.default.fileExists(atPath: "Templates") { return "." }
        var folder = URL(fileURLWithPath: CommandLine.arguments.first ?? ".").resolvingSymlinksInPath()
            .deletingLastPathComponent()
        while folder.path != "/" {
            if FileManager.default.fileExists(atPath: folder.appendingPathComponent("Templates").path) {
                return folder.path
            }
            folder.deleteLastPathComponent()
        }
        return "."
    }
}

struct ConfigurationFaults: Error, CustomStringConvertible {
    let faults: [String]
    var description: String { faults.joined(separator: "; ") }
}
