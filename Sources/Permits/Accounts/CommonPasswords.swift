/// Passwords of ten and more characters that lists of leaked ones show again and again, in Indonesia too.
enum CommonPasswords {
    /// Whole passwords, lower case.
    static let exact: Set<String> = [
        "1q2w3e4r5t", "1q2w3e4r5t6y", "1qaz2wsx3edc", "q1w2e3r4t5", "q1w2e3r4t5y6", "qazwsxedcrfv", "zaq12wsxcde3",
        "qwerty1234", "qwerty12345", "qwerty123456", "1234qwerasdf", "123qweasdzxc", "asdfghjkl123", "zxcvbnm123",
        "a123456789", "a1234567890", "123456789a", "1234567890a", "abc1234567", "abc123456789", "aa12345678",
        "147258369a", "1472583690", "7894561230", "1234554321", "1122334455", "0123456789", "9876543210", "0987654321",
        "p@ssw0rd123", "p@ssword123", "passw0rd123", "pa55word123", "changeme123", "letmein123", "welcome123",
        "admin12345", "administrator", "admin123456", "root123456", "test123456", "user123456", "guest12345",
        "iloveyou123", "iloveyou12", "sayangku123", "rahasia123", "bismillah1", "bismillah12", "bismillah123",
    ]

    /// Passwords whose letters, without digits and signs, are one of these words.
    static let stems: Set<String> = [
        "password", "passwords", "passwordku", "passwd", "katasandi", "katasandiku", "rahasia", "rahasiaku",
        "rahasiabanget",
        "qwerty", "qwertyuiop", "qwertyui", "asdfghjkl", "asdfgh", "zxcvbnm", "qwertyasdf", "qazwsx", "qazwsxedc",
        "abc", "abcd",
        "abcde", "abcdef", "abcdefg", "abcdefgh", "abcdefghij", "iloveyou", "ilovemom", "loveyou", "sayang", "sayangku",
        "sayangkamu", "akusayangkamu", "akucintakamu", "cintaku", "cinta", "bismillah", "alhamdulillah",
        "assalamualaikum",
        "subhanallah", "allahuakbar", "insyaallah", "indonesia", "indonesiaku", "indonesiaraya", "merdeka", "pancasila",
        "garuda", "jakarta", "medan", "medankota", "kotamedan", "sumaterautara", "sumut", "bandung", "surabaya",
        "balitbang",
        "brida", "suratizin", "admin", "administrator", "adminadmin", "superadmin", "operator", "petugas", "welcome",
        "letmein", "changeme", "default", "secret", "computer", "internet", "football", "baseball", "basketball",
        "liverpool",
        "manchester", "manchesterunited", "realmadrid", "barcelona", "arsenal", "chelsea", "juventus", "persib",
        "persija",
        "psmsmedan", "princess", "sunshine", "superman", "batman", "spiderman", "pokemon", "dragon", "monkey",
        "michael",
        "jessica", "charlie", "samsung", "android", "whatsapp", "facebook", "instagram", "google", "youtube", "tiktok",
        "anjing", "anjingkau", "bangsat", "keluarga", "keluargaku", "mamapapa", "papamama", "ibuku", "bapakku",
        "mahasiswa",
        "skripsi", "penelitian", "universitas", "usu", "unimed", "umsu", "kucing", "kucingku", "bintang", "matahari",
        "terserah", "gakadapassword", "lupapassword", "lupasandi", "test", "testing", "testtest", "user", "guest",
        "login",
    ]
}
