import Foundation
import Permits

/// The office's number at the WhatsApp Cloud API. It may begin no conversation but with a template that Meta approved:
/// one for news, with three parameters (site, sentence, link), and one of the category authentication for codes.
public struct WhatsAppNumber: ChatSender {
    private let url: URL
    private let token: String
    private let newsTemplate: String
    private let codeTemplate: String
    private let exchange: Exchange

    var channel: NotificationChannel { .whatsapp }

    /// - Parameters:
    ///   - address: Of the API with its version, `https://graph.facebook.com/v21.0`.
    ///   - number: The id of the phone number, all digits.
    ///   - timeout: For one message, in seconds.
    /// - Returns: Nil when one of them has another shape; plain HTTP goes to this machine only.
    public init?(
        address: String, number: String, token: String, newsTemplate: String, codeTemplate: String,
        timeout: Double = 15
    ) {
        guard let base = Exchange.serviceURL(address), Self.isNumber(number), Self.isToken(token),
            Self.isTemplate(newsTemplate), Self.isTemplate(codeTemplate)
        else { return nil }
        url = base.appendingPathComponent(number).appendingPathComponent("messages")
        self.token = token
        self.newsTemplate = newsTemplate
        self.codeTemplate = codeTemplate
        exchange = Exchange(timeout: timeout, maximumBytes: 256 * 1024)
    }

    public static func isNumber(_ text: String) -> Bool { text.wholeMatch(of: /[0-9]{5,25}/) != nil }
    public static func isToken(_ text: String) -> Bool { text.wholeMatch(of: /[!-~]{10,1000}/) != nil }
    public static func isTemplate(_ text: String) -> Bool { text.wholeMatch(of: /[a-z0-9_]{1,512}/) != nil }

    func send(_ message: ChatMessage) throws(ChatFault) {
        let fault: Failure
        do {
            return try send(message, in: message.language)
        } catch {
            fault = error
        }
        // The office has the template in Indonesian only.
        guard fault.code == Failure.noTemplate, message.language != .standard else { throw fault.meaning }
        do { try send(message, in: .standard) } catch { throw error.meaning }
    }

    private func send(_ message: ChatMessage, in language: Language) throws(Failure) {
        let answer: Exchange.Answer
        do {
            answer = try exchange.send(
                TemplateMessage(to: message.address, template: template(message.content, message.siteName, language)),
                to: url, fields: ["Authorization": "Bearer \(token)"])
        } catch { throw Failure(code: nil, meaning: error) }
        if answer.status == 200 {
            guard (try? JSONDecoder().decode(Accepted.self, from: Data(answer.body)))?.messages.isEmpty == false else {
                throw Failure(code: nil, meaning: .unavailable("answered something else"))
            }
            return
        }
        throw Failure(answer, token: token)
    }

    private func template(_ content: ChatMessage.Content, _ siteName: String, _ language: Language)
        -> TemplateMessage.Template
    {
        switch content {
        case .news(let text, let link):
            .init(newsTemplate, language, body: [siteName, text, link].map(ChatText.parameter))
        case .code(let code): .init(codeTemplate, language, body: [code], button: code)
        }
    }
}

/// What the API answers to a message that it did not take, by its number: words change.
private struct Failure: Error {
    static let noTemplate = 132_001
    /// Rate limits of the app, the account, the number, and between two numbers.
    private static let rates: Set = [4, 80_007, 130_429, 131_048, 131_056]
    /// About this message or its reader: no WhatsApp, not opted in, opted out, not on a test account's list, a parameter
    /// that will not do.
    private static let final: Set = [
        100, 130_472, 131_008, 131_009, 131_021, 131_026, 131_030, 131_047, 131_049, 131_050, 131_051,
    ]

    let code: Int?
    let meaning: ChatFault

    init(code: Int?, meaning: ChatFault) {
        self.code = code
        self.meaning = meaning
    }

    init(_ answer: Exchange.Answer, token: String) {
        struct Body: Decodable {
            struct Error: Decodable {
                let code: Int?
                let message: String?
            }
            let error: Error
        }
        let error = (try? JSONDecoder().decode(Body.self, from: Data(answer.body)))?.error
        code = error?.code
        let words = ServiceWords.clean(error?.message ?? "", without: token)
        let reason = "\(answer.status) \(code.map(String.init) ?? "-") \(words)"
        if answer.status == 429 || code.map(Self.rates.contains) == true {
            meaning = .wait(answer.retryAfter ?? 60, status: reason)
        } else if (400..<500).contains(answer.status), code.map(Self.final.contains) == true {
            meaning = .rejected(reason)
        } else {
            // Token, payment, templates: the office can mend those, and then the message goes.
            meaning = .unavailable(reason)
        }
    }
}

private struct Accepted: Decodable {
    struct Message: Decodable { let id: String }
    let messages: [Message]
}

private struct TemplateMessage: Encodable {
    struct Parameter: Encodable {
        let type = "text"
        let text: String
        private enum CodingKeys: CodingKey { case type, text }
    }

    struct Component: Encodable {
        let type: String
        var sub_type: String?
        var index: String?
        let parameters: [Parameter]
    }

    struct Template: Encodable {
        struct Language: Encodable {
            let policy = "deterministic"
            let code: String
            private enum CodingKeys: CodingKey { case policy, code }
        }
        let name: String
        let language: Language
        let components: [Component]

        /// - Parameter button: The code once more, for the button that copies it.
        init(_ name: String, _ language: Permits.Language, body: [String], button: String? = nil) {
            self.name = name
            self.language = Language(code: language.rawValue)
            let copy = button.map { code in
                Component(type: "button", sub_type: "url", index: "0", parameters: [Parameter(text: code)])
            }
            components =
                [Component(type: "body", parameters: body.map { Parameter(text: $0) })] + [copy].compactMap { $0 }
        }
    }

    let messaging_product = "whatsapp"
    let recipient_type = "individual"
    let to: String
    let type = "template"
    let template: Template
    private enum CodingKeys: CodingKey { case messaging_product, recipient_type, to, type, template }
}
