/// The number of a parcel, and whose it can be.
///
/// Only what is certainly mistyped is refused. A number of a form that nobody has told us is kept as it is: whoever has lost a parcel must not be
/// sent away because the carrier is a small one.
struct TrackingNumber: Equatable, Sendable {
    /// One carrier that writes numbers like this one.
    struct Candidate: Equatable, Sendable {
        var carrier: Carrier
        /// The check digit is right; false where there is none to be checked.
        var isVerified: Bool
    }

    /// Capitals and digits without anything between.
    let compact: String
    /// Those whose check digit is right first; empty for a form that we do not know, and for one of many carriers with a wrong check digit.
    let candidates: [Candidate]

    /// Where a check digit is right, the others were only similar.
    var carriers: [Carrier] {
        let verified = candidates.filter(\.isVerified)
        return (verified.isEmpty ? candidates : verified).map(\.carrier)
    }
    var isVerified: Bool { candidates.contains(where: \.isVerified) }

    static let scalars = 6...40

    init(_ text: String) throws(FieldProblem) {
        let number = try TrackingText(text)
        guard Self.scalars.contains(number.count), number.bytes.contains(where: { $0 < UInt8(ascii: "A") }) else {
            throw FieldProblem(.fieldTrackingLength, ["least": "\(Self.scalars.lowerBound)", "most": "\(Self.scalars.upperBound)"])
        }
        try Self.refuseTruncated(number)
        let fitting = TrackingForm.all.filter { $0.fits(number) }
        let sound = fitting.filter { $0.isSound?(number) ?? true }
        if let slip = fitting.first(where: \.isUnmistakable), sound.isEmpty {
            throw FieldProblem(.fieldTrackingCheck, ["carrier": slip.carrier.name])
        }
        var candidates: [Candidate] = []
        for form in sound.filter({ $0.isSound != nil }) + sound.filter({ $0.isSound == nil })
        where !candidates.contains(where: { $0.carrier == form.carrier }) {
            candidates.append(Candidate(carrier: form.carrier, isVerified: form.isSound != nil))
        }
        (compact, self.candidates) = (number.text, candidates)
    }

    /// A beginning that nobody else has, with a digit too few or too many behind it.
    private static func refuseTruncated(_ number: TrackingText) throws(FieldProblem) {
        let forms: [(beginning: String, carrier: Carrier, count: Int)] = [("1Z", .ups, 18), ("003404", .dhl, 20)]
        for form in forms where number.begins(form.beginning) && number.count != form.count {
            // 1Z may begin anything; with the length nearly right it is UPS
            guard abs(number.count - form.count) <= 3 else { continue }
            throw FieldProblem(
                .fieldTrackingCount, ["carrier": form.carrier.name, "expected": "\(form.count)", "count": "\(number.count)"])
        }
    }
}

/// A number of a parcel without what stands between: capitals and digits.
struct TrackingText: Sendable {
    let bytes: [UInt8]

    init(_ text: String) throws(FieldProblem) {
        var bytes: [UInt8] = []
        for scalar in text.unicodeScalars where !Self.isSeparator(scalar) {
            switch scalar {
            case "0"..."9", "A"..."Z": bytes.append(UInt8(ascii: scalar))
            case "a"..."z": bytes.append(UInt8(ascii: scalar) - 32)
            default: throw FieldProblem(.fieldTrackingCharacter, ["character": String(scalar)])
            }
        }
        self.bytes = bytes
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isWhitespace || scalar == "-" || scalar == "." || scalar == "/" || scalar == "\u{2011}" || scalar == "\u{2013}"
    }

    var text: String { String(decoding: bytes, as: UTF8.self) }
    var count: Int { bytes.count }
    /// The digits; a letter counts as none.
    var digits: [Int] { digits(0..<count) }

    func digits(_ range: Range<Int>) -> [Int] { bytes[range].compactMap { $0 < UInt8(ascii: "A") ? Int($0) - 48 : nil } }
    func begins(_ text: String) -> Bool { bytes.starts(with: text.utf8) }
    func dropping(_ count: Int) -> TrackingText { TrackingText(bytes: Array(bytes.dropFirst(count))) }
    func isDigits(_ length: Int) -> Bool { count == length && startsWithDigits(length) }
    func startsWithDigits(_ length: Int) -> Bool { count >= length && bytes.prefix(length).allSatisfy { $0 < UInt8(ascii: "A") } }

    private func isLetters(_ range: Range<Int>) -> Bool { bytes[range].allSatisfy { $0 >= UInt8(ascii: "A") } }

    /// Two letters, nine digits, two letters (UPU S10).
    var isS10: Bool { count == 13 && isLetters(0..<2) && isLetters(11..<13) && digits(2..<11).count == 9 }
    /// J, two or three more letters, then digits (ISO 15459-1, issuing agency J: the UPU).
    var isLicencePlate: Bool {
        let letters = bytes.prefix { $0 >= UInt8(ascii: "A") }.count
        return begins("J") && (3...4).contains(letters) && (9...20).contains(count - letters) && dropping(letters).isDigits(count - letters)
    }
    /// GLS: eight letters and digits, a letter first.
    var isTrackID: Bool { count == 8 && isLetters(0..<1) && !digits.isEmpty }
}
