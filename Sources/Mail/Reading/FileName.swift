/// Names of attached files as they may be shown, stored and offered for download anywhere.
enum FileName {
    /// The last path component without control, direction and reserved characters, at most 120 bytes of UTF-8, never empty.
    static func safe(_ name: String?, contentType: String) -> String {
        let last = (name ?? "").unicodeScalars.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last ?? ""[...].unicodeScalars
        var scalars = String.UnicodeScalarView()
        for scalar in last where !Invisible.contains(scalar) {
            scalars.append("<>:\"|?*".unicodeScalars.contains(scalar) ? "_" : scalar)
        }
        let text = trimmed(String(scalars))
        guard !text.isEmpty else { return "attachment" + (extensions[contentType] ?? "") }
        return shortened(isReserved(text) ? "_" + text : text)
    }

    /// Dots and spaces at the ends hide a file or make two names look alike.
    private static func trimmed(_ text: String) -> String {
        var scalars = text.unicodeScalars[...]
        func isLoose(_ scalar: Unicode.Scalar) -> Bool { scalar == "." || scalar.properties.isWhitespace }
        while let first = scalars.first, isLoose(first) { scalars.removeFirst() }
        while let last = scalars.last, isLoose(last) { scalars.removeLast() }
        return String(scalars)
    }

    private static func shortened(_ name: String) -> String {
        guard name.utf8.count > 120 else { return name }
        let dot = name.lastIndex(of: ".")
        let tail = dot.map { name[$0...] } ?? ""
        let kept = tail.utf8.count <= 16 ? String(tail) : ""
        var stem = String.UnicodeScalarView()
        var room = 120 - kept.utf8.count
        for scalar in name.unicodeScalars {
            room -= UTF8.width(scalar)
            if room < 0 { break }
            stem.append(scalar)
        }
        return trimmed(String(stem)) + kept
    }

    /// Device names that Windows refuses with any extension.
    private static func isReserved(_ name: String) -> Bool {
        let stem = ASCII.lowercased(name.prefix { $0 != "." })
        return ["con", "prn", "aux", "nul"].contains(stem)
            || (stem.count == 4 && (stem.hasPrefix("com") || stem.hasPrefix("lpt")) && stem.last?.isNumber == true)
    }

    private static let extensions = [
        "application/pdf": ".pdf", "image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif", "image/webp": ".webp",
        "image/heic": ".heic",
        "text/plain": ".txt", "text/html": ".html", "text/csv": ".csv", "text/calendar": ".ics", "message/rfc822": ".eml",
        "message/delivery-status": ".txt", "text/rfc822-headers": ".txt", "message/disposition-notification": ".txt",
        "application/pgp-signature": ".asc", "application/pgp-encrypted": ".asc", "application/pkcs7-signature": ".p7s",
        "application/x-pkcs7-signature": ".p7s", "application/pkcs7-mime": ".p7m", "application/x-pkcs7-mime": ".p7m",
        "application/ms-tnef": ".dat", "application/zip": ".zip",
    ]
}
