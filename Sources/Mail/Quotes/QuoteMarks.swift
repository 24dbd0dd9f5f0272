/// The lines that mail programs put around what they quote, in German and English and a few neighbouring languages.
enum QuoteMarks {
    static func isBlank(_ line: Substring) -> Bool {
        guard let first = line.utf8.first(where: { !ASCII.isSpace($0) }) else { return true }
        if first < 0x80, !ASCII.isControl(first) { return false }
        return line.unicodeScalars.allSatisfy { $0.properties.isWhitespace || Invisible.contains($0) }
    }

    /// "-- " alone on a line; many programs lose the space, and OpenPGP puts "- " before it (RFC 9580 section 7.2).
    static func isSignature(_ line: Substring) -> Bool {
        line.utf8.count <= 5 && line.utf8.first == 0x2D && ["-- ", "--", "--\u{A0}", "- -- ", "- --"].contains(line)
    }

    /// "Von meinem iPhone gesendet" and its kin, which stand on one line by themselves.
    static func isDeviceSignature(_ line: Substring) -> Bool {
        guard line.utf8.count <= 160, deviceBeginnings.contains(beginning(line.utf8)) else { return false }
        let words = bare(line)
        return devicePhrases.contains { words.hasPrefix($0.start) && ($0.part.isEmpty || words.contains($0.part)) }
            || deviceLines.contains(words)
    }

    /// In lower case, without the marks of bold text and spaces around.
    static func bare(_ line: Substring) -> String {
        var scalars = line.lowercased().unicodeScalars[...]
        func isLoose(_ scalar: Unicode.Scalar) -> Bool {
            scalar.properties.isWhitespace || scalar == "*" || scalar == "_" || Invisible.contains(scalar)
        }
        while let first = scalars.first, isLoose(first) { scalars.removeFirst() }
        while let last = scalars.last, isLoose(last) { scalars.removeLast() }
        return String(scalars)
    }

    private static let devicePhrases: [(start: String, part: String)] = [
        ("von meinem ", " gesendet"), ("von meiner ", " gesendet"), ("von meinem/meiner ", " gesendet"), ("gesendet von meinem ", ""),
        ("gesendet von mail", " windows"),
        ("gesendet von outlook", ""), ("gesendet von yahoo", ""), ("gesendet mit der ", " app"), ("gesendet mit ", " mail"),
        ("gesendet über ", ""),
        ("diese nachricht wurde von meinem ", " gesendet"), ("diese e-mail wurde von meinem ", " gesendet"), ("sent from my ", ""),
        ("sent from mail", " windows"),
        ("sent from outlook", ""), ("sent from yahoo", ""), ("sent from proton", ""), ("sent with ", " mail"), ("sent via ", " mail"),
        ("get outlook for ", ""),
        ("outlook für ", "beziehen"), ("holen sie sich outlook", ""), ("laden sie outlook", ""), ("get bluemail", ""),
        ("gesendet mit bluemail", ""),
        ("diese nachricht wurde mit ", " gesendet"), ("von samsung ", " gesendet"), ("virenfrei", "avast"), ("virus-free", "avast"),
        ("envoyé de mon ", ""),
    ]

    /// What the phrases begin with: most lines are done with one look.
    private static let deviceBeginnings = Set((devicePhrases.map(\.start) + deviceLines).map { beginning($0.utf8) })

    /// The first three letters in lower case as one number, whatever stands before and between them; those of ASCII alone count.
    private static func beginning(_ line: some Sequence<UInt8>) -> UInt32 {
        line.lazy.filter(ASCII.isLetter).prefix(3).reduce(0) { $0 << 8 | UInt32($1 | 0x20) }
    }

    private static let deviceLines: Set<String> = [
        "von unterwegs gesendet", "mobil gesendet", "gesendet von unterwegs", "sent on the go", "gesendet vom handy", "vom handy gesendet",
        "von meinem handy gesendet",
    ]

    /// "-----Ursprüngliche Nachricht-----" and the like.
    static func isReplySeparator(_ line: Substring) -> Bool { isSeparator(line, replyTitles) }

    /// "-------- Weitergeleitete Nachricht --------", "Begin forwarded message:".
    static func isForwardSeparator(_ line: Substring) -> Bool {
        if isSeparator(line, forwardTitles) { return true }
        guard line.utf8.count <= 120, line.utf8.contains(0x3A) else { return false }
        let words = bare(line)
        return forwardLines.contains { words.hasPrefix($0) } && words.hasSuffix(":")
    }

    private static func isSeparator(_ line: Substring, _ titles: Set<String>) -> Bool {
        let isLedIn = line.utf8.prefix(6).filter { $0 == 0x2D || $0 == 0x3D || $0 == 0x5F }.count >= 2
        guard isLedIn, line.utf8.count <= 120 else { return false }
        let inner = line.lowercased().unicodeScalars.drop { "-=_ \t".unicodeScalars.contains($0) }
        guard let last = inner.lastIndex(where: { !"-=_ :\t".unicodeScalars.contains($0) }) else { return false }
        return titles.contains(String(inner[...last]))
    }

    private static let replyTitles: Set<String> = [
        "ursprüngliche nachricht", "originalnachricht", "original-nachricht", "original nachricht", "original message", "original-message",
        "ursprüngliche mail",
        "ursprüngliche e-mail", "original-mail", "originalmail", "original email", "original-e-mail", "reply message", "message d'origine",
        "message original",
        "messaggio originale", "mensaje original", "oorspronkelijk bericht", "wiadomość oryginalna",
    ]

    private static let forwardTitles: Set<String> = [
        "weitergeleitete nachricht", "weitergeleitete mail", "weitergeleitete e-mail", "forwarded message", "forwarded mail",
        "forwarded email", "weitergeleitet",
        "message transféré", "messaggio inoltrato", "mensaje reenviado", "doorgestuurd bericht",
    ]

    private static let forwardLines = [
        "anfang der weitergeleiteten", "begin forwarded", "début du message", "inizio messaggio inoltrato", "begin doorgestuurd",
    ]
}
