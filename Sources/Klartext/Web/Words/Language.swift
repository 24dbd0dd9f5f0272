/// The languages Klartext speaks.
enum Language: String, Sendable, CaseIterable, Codable {
    case de, en

    /// What the language calls itself.
    var endonym: String {
        switch self {
        case .de: "Deutsch"
        case .en: "English"
        }
    }

    /// The other one, offered as a switch.
    var other: Language { self == .de ? .en : .de }

    /// The language a browser asks for, by quality and then by order (RFC 9110, 12.5.4); nil when it asks for none of ours.
    ///
    /// `*` means "anything else", so it chooses nothing: the caller's default applies.
    init?(acceptLanguage header: String) {
        var best: (language: Language, quality: Int)?
        // 32 ranges are three times what browsers send; the rest of a longer header is ignored.
        for range in header.utf8.prefix(1024).split(separator: UInt8(ascii: ","), maxSplits: 32) {
            let parts = range.split(separator: UInt8(ascii: ";"))
            guard let tag = parts.first.map(Self.trimmed), let language = Language(tag: tag) else { continue }
            let quality = parts.dropFirst().lazy.compactMap { Self.quality(Self.trimmed($0)) }.first ?? 1000
            if quality > 0, quality > best?.quality ?? 0 { best = (language, quality) }
        }
        guard let best else { return nil }
        self = best.language
    }

    /// From a language tag such as `de`, `de-AT` or `EN_us`; only the first subtag counts.
    init?(tag: some Collection<UInt8>) {
        let primary = tag.prefix { $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: "_") }.map(lowercased)
        self.init(rawValue: String(decoding: primary, as: UTF8.self))
    }

    /// `q=0.8` in thousandths; nil when it is not a quality at all.
    private static func quality(_ parameter: [UInt8]) -> Int? {
        guard parameter.count >= 3, lowercased(parameter[0]) == UInt8(ascii: "q"), parameter[1] == UInt8(ascii: "=") else { return nil }
        let digits = parameter.dropFirst(2)
        guard let whole = digits.first, whole == UInt8(ascii: "0") || whole == UInt8(ascii: "1") else { return nil }
        var thousandths = Int(whole - UInt8(ascii: "0")) * 1000
        var unit = 100
        for digit in digits.dropFirst(2).prefix(3) {
            guard digit >= UInt8(ascii: "0"), digit <= UInt8(ascii: "9") else { return nil }
            thousandths += Int(digit - UInt8(ascii: "0")) * unit
            unit /= 10
        }
        return min(thousandths, 1000)
    }

    private static func trimmed(_ bytes: some Collection<UInt8>) -> [UInt8] {
        bytes.filter { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
    }
}
