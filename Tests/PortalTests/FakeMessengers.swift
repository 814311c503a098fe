import Foundation
import HTTPServer
import HTTPTypes
import Synchronization
import Testing

@testable import Portal

/// Telegram's side of the Bot API, as a test wants it.
final class FakeTelegram: Sendable {
    static let token = "123456:AbCdEf_GhIjKl-MnOp"
    static let name = "suratizin_bot"

    struct Said: Sendable, Equatable {
        let chat: Int64
        let text: String
    }

    private struct State {
        var said: [Said] = []
        /// As JSON, by their numbers.
        var updates: [(id: Int64, text: String)] = []
        /// The answer to the next messages instead of the usual one.
        var failure: (@Sendable () -> Response)?
        var offsets: [Int64?] = []
        var strange: [String] = []
    }

    private final class Box: Sendable {
        let state = Mutex(State())
    }

    private let box: Box
    private let server: ServiceDouble

    init() throws {
        let box = Box()
        self.box = box
        server = try ServiceDouble { request in Self.answer(request, box) }
    }

    /// The portal's side of it; `timeout` in seconds.
    func bot(timeout: Double = 5) throws -> TelegramBot {
        try #require(TelegramBot(address: server.address, token: Self.token, name: Self.name, timeout: timeout))
    }

    var said: [Said] { box.state.withLock { $0.said } }
    var offsets: [Int64?] { box.state.withLock { $0.offsets } }
    /// Requests that the API would not know.
    var strange: [String] { box.state.withLock { $0.strange } }

    func fail(_ failure: (@Sendable () -> Response)?) { box.state.withLock { $0.failure = failure } }

    /// An update as Telegram would tell it, with the rest of its members; it stays until a later one is asked for.
    func tell(_ id: Int64, _ rest: String) {
        box.state.withLock { $0.updates.append((id, "{\"update_id\":\(id),\(rest)}")) }
    }

    func write(_ id: Int64, _ text: String, chat: Int64 = 700, type: String = "private", name: String = "Siti") {
        struct Message: Encodable {
            struct Chat: Encodable {
                let id: Int64
                let type: String
                let first_name: String
            }
            struct From: Encodable {
                let id: Int64
                let first_name: String
                let language_code = "en"
                private enum CodingKeys: CodingKey { case id, first_name, language_code }
            }
            let chat: Chat
            let from: From
            let text: String
        }
        let message = Message(
            chat: .init(id: chat, type: type, first_name: name), from: .init(id: chat, first_name: name), text: text)
        guard let json = try? JSONEncoder().encode(message) else { return }
        tell(id, "\"message\":\(String(decoding: json, as: UTF8.self))")
    }

    private static func answer(_ request: Request, _ box: Box) -> Response {
        struct SendMessage: Decodable {
            let chat_id: Int64
            let text: String
            let parse_mode: String?
        }
        struct GetUpdates: Decodable {
            let offset: Int64?
            let timeout: Int
        }
        let body = Data(request.body)
        switch request.head.path {
        case "/bot\(token)/sendMessage":
            if let failure = box.state.withLock({ $0.failure }) { return failure() }
            guard let message = try? JSONDecoder().decode(SendMessage.self, from: body), message.parse_mode == nil,
                message.text.utf16.count <= 4096
            else { break }
            box.state.withLock { $0.said.append(Said(chat: message.chat_id, text: message.text)) }
            return json("{\"ok\":true,\"result\":{\"message_id\":1}}")
        case "/bot\(token)/getUpdates":
            guard let asked = try? JSONDecoder().decode(GetUpdates.self, from: body) else { break }
            let updates = box.state.withLock { state in
                state.offsets.append(asked.offset)
                if let offset = asked.offset { state.updates.removeAll { $0.id < offset } }
                return state.updates.map(\.text).joined(separator: ",")
            }
            return json("{\"ok\":true,\"result\":[\(updates)]}")
        default: break
        }
        box.state.withLock { $0.strange.append(request.head.path) }
        return json("{\"ok\":false,\"error_code\":401,\"description\":\"Unauthorized\"}", status: .unauthorized)
    }

    static func json(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
        Response.text(text, status: status)
    }

    static func refusal(_ status: Int, _ description: String, more: String = "") -> @Sendable () -> Response {
        {
            json(
                "{\"ok\":false,\"error_code\":\(status),\"description\":\"\(description)\"\(more)}",
                status: HTTPResponse.Status(code: status))
        }
    }
}

/// WhatsApp's side of the Cloud API, as a test wants it.
final class FakeWhatsApp: Sendable {
    static let token = "EAAG-rahasia-sekali"

    struct Sent: Sendable, Equatable {
        let to: String
        let template: String
        let language: String
        let body: [String]
        let button: String?
    }

    private final class Box: Sendable {
        let sent = Mutex<[Sent]>([])
        let failure = Mutex<(@Sendable (Sent) -> Response?)?>(nil)
    }

    private let box: Box
    private let server: ServiceDouble

    init() throws {
        let box = Box()
        self.box = box
        server = try ServiceDouble { request in Self.answer(request, box) }
    }

    func number(timeout: Double = 5) throws -> WhatsAppNumber {
        try #require(
            WhatsAppNumber(
                address: "\(server.address)/v21.0", number: "109876543210", token: Self.token,
                newsTemplate: "suratizin_kabar", codeTemplate: "suratizin_kode", timeout: timeout))
    }

    var sent: [Sent] { box.sent.withLock { $0 } }
    func fail(_ failure: (@Sendable (Sent) -> Response?)?) { box.failure.withLock { $0 = failure } }

    private static func answer(_ request: Request, _ box: Box) -> Response {
        struct Body: Decodable {
            struct Template: Decodable {
                struct Language: Decodable { let code: String }
                struct Component: Decodable {
                    struct Parameter: Decodable {
                        let type: String
                        let text: String
                    }
                    let type: String
                    let sub_type: String?
                    let index: String?
                    let parameters: [Parameter]
                }
                let name: String
                let language: Language
                let components: [Component]
            }
            let messaging_product: String
            let to: String
            let type: String
            let template: Template
        }
        guard request.head.path == "/v21.0/109876543210/messages",
            request.head.fields[.authorization] == "Bearer \(token)"
        else { return error(401, 190, "Invalid OAuth access token") }
        guard let body = try? JSONDecoder().decode(Body.self, from: Data(request.body)),
            body.messaging_product == "whatsapp", body.type == "template",
            let text = body.template.components.first(where: { $0.type == "body" }),
            text.parameters.allSatisfy({
                $0.type == "text" && $0.text.wholeMatch(of: /[^\n\t]+/) != nil && !$0.text.contains("    ")
            })
        else { return error(400, 100, "Invalid parameter") }
        let button = body.template.components.first { $0.type == "button" && $0.sub_type == "url" && $0.index == "0" }
        let sent = Sent(
            to: body.to, template: body.template.name, language: body.template.language.code,
            body: text.parameters.map(\.text), button: button?.parameters.first?.text)
        if let failure = box.failure.withLock({ $0 }), let response = failure(sent) { return response }
        box.sent.withLock { $0.append(sent) }
        return FakeTelegram.json("{\"messaging_product\":\"whatsapp\",\"messages\":[{\"id\":\"wamid.1\"}]}")
    }

    static func error(_ status: Int, _ code: Int, _ message: String) -> Response {
        FakeTelegram.json(
            "{\"error\":{\"message\":\"\(message)\",\"type\":\"OAuthException\",\"code\":\(code)}}",
            status: HTTPResponse.Status(code: status))
    }
}
