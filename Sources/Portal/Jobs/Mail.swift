import Foundation
import Glibc
import Logging
import Pages
public import Permits
import Store

/// One message as it goes out.
public struct Mail: Sendable {
    /// Stays the same when a message is sent again.
    public let id: String
    public let from: String
    public let to: String
    public let subject: String
    public let body: String
    public let date: Moment

    /// RFC 5322 with a UTF-8 body. Addresses and subject cannot add lines: they were checked when they came in.
    var text: String {
        let lines = body.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")
        return """
            From: Suratizin <\(from)>\r
            To: \(to)\r
            Subject: \(Self.encoded(subject))\r
            Date: \(Self.date(date))\r
            Message-ID: <\(id)@suratizin>\r
            Auto-Submitted: auto-generated\r
            MIME-Version: 1.0\r
            Content-Type: text/plain; charset=utf-8\r
            Content-Transfer-Encoding: 8bit\r
            \r
            \(lines)\r

            """
    }

    /// RFC 2047 encoded word where it is not plain ASCII.
    private static func encoded(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { $0 >= 32 && $0 < 127 }
        return isPlain ? text : "=?utf-8?B?\(Data(text.utf8).base64EncodedString())?="
    }

    private static func date(_ moment: Moment) -> String {
        let day = moment.day
        let names = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let local = moment.seconds - Moment(day).seconds
        return
            "\(names[day.weekday]), \(day.day) \(months[day.month - 1]) \(day.year) \(two(Int(local / 3600))):\(two(Int(local / 60 % 60))):\(two(Int(local % 60))) +0700"
    }
}

public protocol MailSender: Sendable {
    func send(_ mail: Mail) throws
}

/// Writes each mail as a file, until a mailer is configured. Sending again overwrites, so nothing comes twice.
public struct OutboxFolder: MailSender {
    let directory: String

    public init(directory: String) throws {
        self.directory = directory
        try FileManager.default.createDirectory(
            atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    public func send(_ mail: Mail) throws {
        let path = "\(directory)/\(mail.id).eml"
        let temporary = "\(path).new"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw VaultFault.system(call: "open", code: errno) }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try handle.write(contentsOf: Data(mail.text.utf8))
        try handle.synchronize()
        try handle.close()
        guard rename(temporary, path) == 0 else { throw VaultFault.system(call: "rename", code: errno) }
    }
}

/// Fills a message from its template, in the language that its reader has when it is sent.
struct Postman: Sendable {
    let site: Site
    let sender: any MailSender

    /// Sends what waits. A crash between sending and noting repeats one message and loses none.
    func sendWaiting() throws {
        for message in try site.store.waitingMessages(at: site.now(), limit: 100) {
            // The office was faster than the mail.
            if message.kind == .activation, message.recipient.state != .pending {
                try site.store.noteSent(message, at: site.now())
                continue
            }
            do {
                try sender.send(try mail(message))
                try site.store.noteSent(message, at: site.now())
            } catch is OutdatedMessage {
                try site.store.noteSent(message, at: site.now())
            } catch {
                site.logger.warning("message \(message.id) was not sent: \(error)")
                try site.store.noteFailed(message, fault: "\(error)", at: site.now())
            }
        }
    }

    private func mail(_ message: OutboxMessage) throws -> Mail {
        let renderer = site.renderers[try language(of: message)]
        let (subject, body) = renderer.text(mail: try page(message, renderer.texts))
        let number = String(message.id)
        let id = String(repeating: "0", count: max(0, 8 - number.count)) + number
        return Mail(
            id: "\(id)-\(message.kind.rawValue)", from: site.settings.mailFrom, to: message.address,
            subject: subject, body: "\(body)\n\(try contact(message, renderer.texts))\n",
            date: message.createdAt)
    }

    /// Below every mail, since nobody reads what is answered to it: the application's office, and where all are found.
    private func contact(_ message: OutboxMessage, _ texts: Texts) throws -> String {
        let everywhere = texts("mail.contact.page", ["link": site.url(.help) + "#kontak"])
        guard let reference = message.payload.reference.flatMap({ Reference($0) }) else { return everywhere }
        let office = try site.store.office(of: reference, on: site.now().day)
        let reach = office.reach
        let ways = [reach.email, reach.phone].compactMap { $0 }
        let values = [
            "office": office.shortName, "ways": (ways.isEmpty ? reach.address : ways).joined(separator: ", "),
        ]
        return "\(texts("mail.contact", values))\n\(everywhere)"
    }

    /// What goes to another address than the account's own may be read by somebody with an account of their own.
    private func language(of message: OutboxMessage) throws -> Language {
        let own = message.recipient.language ?? .standard
        guard message.address != message.recipient.email else { return own }
        let reader = try site.store.credentials(email: message.address)?.account
        return reader.map { $0.language ?? .standard } ?? own
    }

    /// The payload names the kind of letter in Indonesian.
    func kind(_ payload: MessagePayload, _ language: Language) throws -> String {
        let name = payload.typeName ?? ""
        guard language != .standard, let reference = payload.reference.flatMap({ Reference($0) }) else { return name }
        return try site.store.letterType(of: reference).translated(name, to: language)
    }

    private func page(_ message: OutboxMessage, _ texts: Texts) throws -> any Page {
        let siteName = site.settings.siteName
        let name = message.recipient.name
        let payload = message.payload
        let reference = payload.reference ?? ""
        let kind = try kind(payload, texts.language)
        let link = site.url(.application(reference))
        switch message.kind {
        case .activation:
            // The secret is made when it is sent and kept only as a hash.
            let token = site.random(32)
            try site.store.addActivationToken(token, for: message.recipient.id, at: site.now())
            return ActivationMail(siteName: siteName, name: name, link: site.url(.activation(Token.text(token))))
        case .accountActivated: return AccountActivatedMail(siteName: siteName, name: name, link: site.url(.logIn))
        case .submitted:
            return SubmittedMail(
                siteName: siteName, name: name, reference: reference, kind: kind,
                expected: payload.due.map(texts.formats.longDate) ?? "", link: link)
        case .returned:
            return ReturnedMail(
                siteName: siteName, name: name, reference: reference, kind: kind, count: payload.count ?? 0, link: link)
        case .refused: return RefusedMail(siteName: siteName, name: name, reference: reference, kind: kind, link: link)
        case .issued:
            return IssuedMail(
                siteName: siteName, name: name, reference: reference, kind: kind, number: payload.letterNumber ?? "",
                link: link)
        case .letterRevoked, .letterVoided, .letterReopened, .replacementRefused, .letterExpiring, .reportBefore,
            .reportToday, .reportLate, .reportGiven, .reportReturned, .reportConfirmed:
            return LetterNewsMail(
                news: message.kind.rawValue, siteName: siteName, name: name, reference: reference, kind: kind,
                number: payload.letterNumber ?? "", day: payload.day.map(texts.formats.longDate) ?? "", link: link,
                texts: texts)
        case .recommended, .signUpAgain, .accountRejected, .passwordReset, .passwordChanged, .emailChange,
            .emailChangeAsked, .emailChanged, .emailWanted, .phoneChanged, .deletionRequested, .accountDeleted,
            .transferOffered,
            .transferAccepted, .transferGiven, .transferDeclined, .invitation,
            .messageReceived, .questionAsked, .draftExpiring, .accountsMerged, .accountGivenUp, .channelConnected,
            .channelLost, .whatsAppCode, .passedOnToYou, .passedOn, .institutionFileOffered, .institutionFileGiven,
            .papersKeptBack,
            .transferGivenInside, .colleagueWithdrew, .colleagueResubmitted:
            return try plainMail(message, texts)
        }
    }
}
