import Foundation
import Permits

/// A message as it goes out to a chat.
struct ChatMessage: Sendable {
    enum Content: Sendable {
        /// What happened and what to do, and where.
        case news(String, link: String)
        /// The code that connects the number.
        case code(String)
    }

    let address: String
    let language: Language
    let siteName: String
    let content: Content
}

/// Why a message did not go out. None of them holds a secret, an address or a word of the message.
enum ChatFault: Error, Equatable, CustomStringConvertible {
    /// The service is away, or does not let the portal in: the same message may go later.
    case unavailable(String)
    /// The service wants to be left alone for so many seconds.
    case wait(Int64, String)
    /// This message goes nowhere, however often it is tried.
    case rejected(String)
    /// Nobody is there any more, or they do not want to hear from the portal.
    case gone(String)

    var description: String {
        switch self {
        case .unavailable(let reason), .wait(_, let reason), .rejected(let reason), .gone(let reason): reason
        }
    }

    /// Services that ask for more than an hour are asked again after an hour.
    static let longestWait: Int64 = 3600

    static func wait(_ seconds: Int?, status: String) -> ChatFault {
        .wait(min(max(Int64(seconds ?? 30), 1), longestWait), status)
    }
}

protocol ChatSender: Sendable {
    var channel: NotificationChannel { get }
    func send(_ message: ChatMessage) throws(ChatFault)
}

extension Exchange {
    /// Sends JSON, with the faults of chats.
    func send(_ body: some Encodable, to url: URL, fields: [String: String] = [:]) throws(ChatFault) -> Answer {
        guard let text = try? JSONEncoder().encode(body) else { throw .rejected("cannot be written as JSON") }
        do {
            return try post([UInt8](text), to: url, fields: fields.merging(["Content-Type": "application/json"]) { $1 })
        } catch {
            switch error {
            case .unreachable: throw .unavailable("cannot be reached")
            case .timedOut: throw .unavailable("no answer in time")
            case .tooLarge: throw .unavailable("answered too much")
            }
        }
    }
}

/// What a service says of a fault, fit for the log and the outbox.
enum ServiceWords {
    /// - Parameter secret: Taken out wherever it stands.
    static func clean(_ text: String, without secret: String) -> String {
        let scalars = text.replacingOccurrences(of: secret, with: "...").unicodeScalars.map { scalar in
            scalar.properties.generalCategory == .control ? " " : scalar
        }
        return String(String(String.UnicodeScalarView(scalars)).prefix(200))
    }
}
