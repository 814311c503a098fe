extension Notifications {
    public static var samples: [Notifications] {
        let label = "Tanda terima: permohonan atau laporan Anda sudah diterima kantor"
        let notes = ["permohonan dikembalikan untuk diperbaiki, surat terbit, dan permohonan ditolak;"]
        let channels = [
            ChannelItem(label: "Surel", text: "siti@contoh.id", isConnected: true),
            ChannelItem(
                label: "Telegram", text: "Tersambung sejak Selasa, 17 November 2026.", isConnected: true,
                button: "Putuskan", action: Link.telegramEnd.path),
            ChannelItem(
                label: "WhatsApp", text: "0812 3456 7800", lost: "Terputus pada Senin, 16 November 2026.",
                isConnected: false, button: "Hubungkan WhatsApp", path: Link.whatsApp.path),
        ]
        return [
            Notifications(
                lead: "Kabar dikirim lewat surel dan saluran yang Anda hubungkan.", channels: channels,
                shown: ["email", "telegram"],
                fields: [
                    FieldModel(
                        .checks, name: "receipt", label: label, value: "email",
                        options: [("email", "Surel"), ("telegram", "Telegram")])
                ], notesTitle: "Selalu dikirim:", notes: notes),
            Notifications(
                lead: "Kabar dikirim lewat surel. Pilih yang ingin Anda terima.", channels: [], shown: ["email"],
                fields: [FieldModel(.checkbox, name: "receipt", label: label, value: "1", isRequired: false)],
                notesTitle: "Selalu dikirim:", notes: notes),
        ]
    }
}

extension TelegramChat {
    public static var samples: [TelegramChat] {
        let address = "https://t.me/suratizin_bot?start=k7m2"
        let check = Link.telegramLink("k7m2", isPressed: true).path
        return [
            TelegramChat(
                link: TelegramLink(
                    address: address, bot: "@suratizin_bot", until: "09.30", code: "M0 0h7v1h-7z",
                    codeBox: "-4 -4 29 29", checkPath: check, isMissed: true)),
            TelegramChat(
                link: TelegramLink(
                    address: address, bot: "@suratizin_bot", until: "09.30", checkPath: check, isMissed: false)),
            TelegramChat(),
        ]
    }
}
