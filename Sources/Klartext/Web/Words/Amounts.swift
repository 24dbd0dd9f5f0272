/// Durations and sizes in words.
extension Moments {
    /// At most two units: "2 T 4 Std", "4 Std 12 Min", "5 Min", "unter 1 Min"; "2 d 4 h", "4 h 12 min". A negative duration counts as none.
    func duration(seconds: Int) -> String {
        let units = language == .de ? ["T", "Std", "Min"] : ["d", "h", "min"]
        return parts(of: seconds) { "\($0) \(units[$1])" } ?? (language == .de ? "unter 1 Min" : "under 1 min")
    }

    /// The same spelled out: "2 Tage 4 Stunden", "1 hour 12 minutes", "weniger als eine Minute".
    func spokenDuration(seconds: Int) -> String {
        let one = language == .de ? ["Tag", "Stunde", "Minute"] : ["day", "hour", "minute"]
        let many = language == .de ? ["Tage", "Stunden", "Minuten"] : ["days", "hours", "minutes"]
        return parts(of: seconds) { "\($0) \($0 == 1 ? one[$1] : many[$1])" }
            ?? (language == .de ? "weniger als eine Minute" : "less than a minute")
    }

    /// A size in powers of ten: "1,4 MB", "12 kB", "1 Byte"; "1.4 MB". Rounded, with one decimal place below ten.
    func size(bytes: Int) -> String {
        guard bytes >= 1000 else { return "\(bytes) \(bytes == 1 ? "Byte" : language == .de ? "Byte" : "bytes")" }
        var unit = 1000
        var names = ["kB", "MB", "GB", "TB"][...]
        // "999,6 kB" rounds to a thousand: that is 1 MB.
        while names.count > 1, (Double(bytes) / Double(unit)).rounded() >= 1000 {
            unit *= 1000
            names = names.dropFirst()
        }
        let tenths = Int((Double(bytes) / Double(unit) * 10).rounded())
        let number =
            tenths >= 100 || tenths % 10 == 0
            ? String(Int((Double(bytes) / Double(unit)).rounded()))
            : "\(tenths / 10)\(language == .de ? "," : ".")\(tenths % 10)"
        return "\(number) \(names.first ?? "TB")"
    }

    /// The two largest units that say something, smaller ones cut off; nil below a minute.
    private func parts(of seconds: Int, _ name: (_ amount: Int, _ unit: Int) -> String) -> String? {
        let amounts = [seconds / 86_400, seconds / 3600 % 24, seconds / 60 % 60]
        guard seconds >= 60, let first = amounts.firstIndex(where: { $0 > 0 }) else { return nil }
        return amounts.indices.dropFirst(first).prefix(2).filter { amounts[$0] > 0 }.map { name(amounts[$0], $0) }.joined(separator: " ")
    }
}
