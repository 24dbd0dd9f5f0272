/// The usual short names of Europe's times; Foundation knows most of them only as "GMT+1".
enum ZoneNames {
    /// nil where there is no name that people here would recognise.
    static func name(of identifier: String, offsetSeconds: Int, _ language: Language) -> String? {
        switch identifier {
        case "UTC", "GMT", "Etc/UTC", "Etc/GMT": return "UTC"
        case "Europe/London", "Europe/Belfast", "Europe/Jersey", "Europe/Guernsey", "Europe/Isle_of_Man":
            return [0: "GMT", 3600: "BST"][offsetSeconds]
        default: break
        }
        if central.contains(identifier) {
            return language == .de ? [3600: "MEZ", 7200: "MESZ"][offsetSeconds] : [3600: "CET", 7200: "CEST"][offsetSeconds]
        }
        if eastern.contains(identifier) {
            return language == .de ? [7200: "OEZ", 10800: "OESZ"][offsetSeconds] : [7200: "EET", 10800: "EEST"][offsetSeconds]
        }
        return nil
    }

    private static let central: Set<String> = [
        "CET", "MET", "Europe/Amsterdam", "Europe/Andorra", "Europe/Belgrade", "Europe/Berlin", "Europe/Bratislava", "Europe/Brussels",
        "Europe/Budapest", "Europe/Busingen", "Europe/Copenhagen", "Europe/Gibraltar", "Europe/Ljubljana", "Europe/Luxembourg",
        "Europe/Madrid", "Europe/Malta", "Europe/Monaco", "Europe/Oslo", "Europe/Paris", "Europe/Podgorica", "Europe/Prague",
        "Europe/Rome", "Europe/San_Marino", "Europe/Sarajevo", "Europe/Skopje", "Europe/Stockholm", "Europe/Tirane", "Europe/Vaduz",
        "Europe/Vatican", "Europe/Vienna", "Europe/Warsaw", "Europe/Zagreb", "Europe/Zurich",
    ]
    private static let eastern: Set<String> = [
        "EET", "Asia/Nicosia", "Europe/Athens", "Europe/Bucharest", "Europe/Chisinau", "Europe/Helsinki", "Europe/Kiev", "Europe/Kyiv",
        "Europe/Mariehamn", "Europe/Riga", "Europe/Sofia", "Europe/Tallinn", "Europe/Vilnius",
    ]
}
