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
            "channel": payload.channel.map { texts($0.textKey) } ?? "",
            "actor": try payload.actor.map { try site.store.account(AccountID($0)).name } ?? "",
        ]
        return PlainMail(
            siteName: site.settings.siteName, name: isForStranger(message) ? nil : message.recipient.name,
            subject: texts("\(key).subject", values), text: texts("\(key).text", values), said: payload.reason,
            link: try site.link(in: message), advice: texts["\(key).advice"])
    }

    /// Whether it goes to an address that may be somebody else's than the account's: then it names nobody.
    private func isForStranger(_ message: OutboxMessage) -> Bool {
        [.transferOffered, .invitation, .emailChange, .accountDeleted].contains(message.kind)
    }

}

extension Site {
    /// Where a message leads; nil where nothing is left for its reader to open.
    /// - Throws: `OutdatedMessage`.
    func link(in message: OutboxMessage) throws -> String? {
        let reference = message.payload.reference ?? ""
        switch message.kind {
        case .passwordReset:
            guard message.recipient.state != .suspended else { throw OutdatedMessage() }
            let token = random(32)
            try store.addPasswordToken(token, for: message.recipient.id, at: now())
            return url(.newPassword(Token.text(token)))
        case .emailChange:
            let token = random(32)
            try store.addEmailToken(token, for: message.recipient.id, email: message.address, at: now())
            return url(.emailConfirmation(Token.text(token)))
        case .transferOffered:
            let token = random(32)
            guard let transfer = message.payload.transfer, try store.addTransferToken(token, for: transfer) else {
                throw OutdatedMessage()
            }
            return url(.transfer(Token.text(token)))
        case .invitation:
            let token = random(32)
            guard let invitation = message.payload.invitation,
                try store.addInvitationToken(token, for: invitation)
            else { throw OutdatedMessage() }
            return url(.invitation(Token.text(token)))
        case .questionAsked:
            // Answered before the mail went out.
            guard try store.isAsked(reference, recipient: message.recipient.id) else { throw OutdatedMessage() }
            return url(.application(reference)) + "#percakapan"
        case .messageReceived: return url(.application(reference)) + "#percakapan"
        case .draftExpiring:
            // Its owner went on with it, sent it or withdrew it meanwhile.
            guard let draft = Reference(reference), try store.isResting(draft) else { throw OutdatedMessage() }
            return url(.application(reference))
        case .signUpAgain, .passwordChanged, .emailWanted, .phoneChanged, .accountsMerged:
            return url(.forgottenPassword)
        case .transferGiven, .accountGivenUp, .papersKeptBack: return nil
        case .institutionFileGiven: return url(.documentViews)
        case .accountRejected: return url(.signUp)
        case .emailChanged: return url(.logIn)
        case .emailChangeAsked: return url(.account)
        case .deletionRequested: return url(.privacy)
        case .channelConnected, .channelLost: return url(.notifications)
        case .accountDeleted: return url(.home)
        default: return url(.application(reference))
        }
    }
}
