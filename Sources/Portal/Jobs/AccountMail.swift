import Pages
import Permits
import Store

/// What a message speaks of is over: it is dropped instead of sent.
struct OutdatedMessage: Error {}

extension Postman {
    /// Messages of one paragraph and one link at most. Secrets in links are made now and kept only as hashes.
    func plainMail(_ message: OutboxMessage, _ texts: Texts) throws -> PlainMail {
        let key = "message.\(message.kind.rawValue)"
        let payload = message.payload
        let values = [
            "site": site.settings.siteName, "reference": payload.reference ?? "",
            "kind": try kind(payload, texts.language),
            "due": payload.due.map(texts.formats.longDate) ?? "", "address": payload.masked ?? "",
        ]
        return PlainMail(
            siteName: site.settings.siteName, name: isForStranger(message) ? nil : message.recipient.name,
            subject: texts("\(key).subject", values), text: texts("\(key).text", values), said: payload.reason,
            link: try link(in: message), advice: texts["\(key).advice"])
    }

    /// Whether it goes to an address that may be somebody else's than the account's: then it names nobody.
    private func isForStranger(_ message: OutboxMessage) -> Bool {
        [.transferOffered, .invitation, .emailChange, .accountDeleted].contains(message.kind)
    }

    /// Nil where nothing is left for the reader to open.
    private func link(in message: OutboxMessage) throws -> String? {
        let reference = message.payload.reference ?? ""
        switch message.kind {
        case .passwordReset:
            guard message.recipient.state != .suspended else { throw OutdatedMessage() }
            let token = site.random(32)
            try site.store.addPasswordToken(token, for: message.recipient.id, at: site.now())
            return site.url(.newPassword(Token.text(token)))
        case .emailChange:
            let token = site.random(32)
            try site.store.addEmailToken(token, for: message.recipient.id, email: message.address, at: site.now())
            return site.url(.emailConfirmation(Token.text(token)))
        case .transferOffered:
            let token = site.random(32)
            guard let transfer = message.payload.transfer, try site.store.addTransferToken(token, for: transfer) else {
                throw OutdatedMessage()
            }
            return site.url(.transfer(Token.text(token)))
        case .invitation:
            let token = site.random(32)
            guard let invitation = message.payload.invitation,
                try site.store.addInvitationToken(token, for: invitation)
            else { throw OutdatedMessage() }
            return site.url(.invitation(Token.text(token)))
        case .questionAsked:
            // Answered before the mail went out.
            guard try site.store.isAsked(reference, recipient: message.recipient.id) else { throw OutdatedMessage() }
            return site.url(.application(reference)) + "#percakapan"
        case .messageReceived: return site.url(.application(reference)) + "#percakapan"
        case .draftExpiring:
            // Its owner went on with it, sent it or withdrew it meanwhile.
            guard let draft = Reference(reference), try site.store.isResting(draft) else { throw OutdatedMessage() }
            return site.url(.application(reference))
        case .signUpAgain, .passwordChanged, .emailWanted, .phoneChanged, .accountsMerged:
            return site.url(.forgottenPassword)
        case .transferGiven, .accountGivenUp: return nil
        case .accountRejected: return site.url(.signUp)
        case .emailChanged: return site.url(.logIn)
        case .deletionRequested: return site.url(.privacy)
        case .accountDeleted: return site.url(.home)
        default: return site.url(.application(reference))
        }
    }
}
