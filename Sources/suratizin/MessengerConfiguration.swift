import Foundation
import Portal

/// What the settings say about mail programs, Telegram and WhatsApp.
extension Configuration {
    /// - Parameters:
    ///   - setting: A setting by its name without `SURATIZIN_`.
    ///   - faults: Gets what is wrong, by the names of settings and never their values.
    static func messengers(_ setting: (String) -> String?, faults: inout [String]) -> Messengers {
        Messengers(telegram: telegram(setting, &faults), whatsApp: whatsApp(setting, &faults))
    }

    static let messengerSettings: Set = [
        "TELEGRAM_BOT", "TELEGRAM_TOKEN_FILE", "TELEGRAM_URL", "WHATSAPP_NUMBER_ID", "WHATSAPP_TOKEN_FILE",
        "WHATSAPP_NEWS_TEMPLATE", "WHATSAPP_CODE_TEMPLATE", "WHATSAPP_URL",
    ]

    private static func telegram(_ setting: (String) -> String?, _ faults: inout [String]) -> TelegramBot? {
        guard
            let values = together(["TELEGRAM_BOT", "TELEGRAM_TOKEN_FILE"], optional: "TELEGRAM_URL", setting, &faults)
        else { return nil }
        let name = values[0].hasPrefix("@") ? String(values[0].dropFirst()) : values[0]
        let count = faults.count
        if !TelegramBot.isName(name) { faults.append("SURATIZIN_TELEGRAM_BOT must be the user name of a bot") }
        let token = secret(values[1], "TELEGRAM_TOKEN_FILE", &faults)
        if let token, !TelegramBot.isToken(token) {
            faults.append("SURATIZIN_TELEGRAM_TOKEN_FILE holds no token of a bot")
        }
        let address = setting("TELEGRAM_URL") ?? "https://api.telegram.org"
        if !Messengers.isAddress(address) { faults.append(addressFault("TELEGRAM_URL")) }
        guard faults.count == count, let token else { return nil }
        return TelegramBot(address: address, token: token, name: name)
    }

    private static func whatsApp(_ setting: (String) -> String?, _ faults: inout [String]) -> WhatsAppNumber? {
        let names = ["WHATSAPP_NUMBER_ID", "WHATSAPP_TOKEN_FILE", "WHATSAPP_NEWS_TEMPLATE", "WHATSAPP_CODE_TEMPLATE"]
        guard let values = together(names, optional: "WHATSAPP_URL", setting, &faults) else { return nil }
        let count = faults.count
        if !WhatsAppNumber.isNumber(values[0]) {
            faults.append("SURATIZIN_WHATSAPP_NUMBER_ID must be the id of a phone number, all digits")
        }
        let token = secret(values[1], "WHATSAPP_TOKEN_FILE", &faults)
        if let token, !WhatsAppNumber.isToken(token) {
            faults.append("SURATIZIN_WHATSAPP_TOKEN_FILE holds no access token")
        }
        for (name, value) in zip(names.dropFirst(2), values.dropFirst(2)) where !WhatsAppNumber.isTemplate(value) {
            faults.append("SURATIZIN_\(name) must be the name of a template: small letters, digits and _")
        }
        let address = setting("WHATSAPP_URL") ?? "https://graph.facebook.com/v21.0"
        if !Messengers.isAddress(address) { faults.append(addressFault("WHATSAPP_URL")) }
        guard faults.count == count, let token else { return nil }
        return WhatsAppNumber(
            address: address, number: values[0], token: token, newsTemplate: values[2], codeTemplate: values[3])
    }

    /// All of them, or nil when none is set; a fault when only some are.
    private static func together(
        _ names: [String], optional: String, _ setting: (String) -> String?, _ faults: inout [String]
    ) -> [String]? {
        let values = names.compactMap(setting)
        if values.count == names.count { return values }
        if !values.isEmpty || setting(optional) != nil {
            let list = names.map { "SURATIZIN_\($0)" }
            faults.append(list.dropLast().joined(separator: ", ") + " and \(list.last ?? "") go together")
        }
        return nil
    }

    /// The first line of a file.
    private static func secret(_ path: String, _ name: String, _ faults: inout [String]) -> String? {
        let line = (try? String(contentsOfFile: path, encoding: .utf8))?.split(whereSeparator: \.isNewline).first
        if line == nil { faults.append("SURATIZIN_\(name) cannot be read or is empty") }
        return line.map(String.init)
    }

    private static func addressFault(_ name: String) -> String {
        "SURATIZIN_\(name) must be https:// and a host (http:// for this machine only)"
    }
}
