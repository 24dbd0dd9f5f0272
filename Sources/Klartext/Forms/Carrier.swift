/// Who carries parcels, as far as a number tells.
enum Carrier: String, CaseIterable, Sendable {
    case dhl, dpd, hermes, gls, ups, fedEx, post

    /// What it calls itself. The post is anybody's: letters and parcels between countries.
    var name: String {
        switch self {
        case .dhl: "DHL"
        case .dpd: "DPD"
        case .hermes: "Hermes"
        case .gls: "GLS"
        case .ups: "UPS"
        case .fedEx: "FedEx"
        case .post: "Post"
        }
    }
}

/// The forms in which carriers write their numbers, each with its check digit where the rule is known.
struct TrackingForm: Sendable {
    let carrier: Carrier
    /// Whether letters, digits and length are those of the form.
    let fits: @Sendable (TrackingText) -> Bool
    /// Whether the check digit is right; nil where none is published, or where it is not on the label.
    let isSound: (@Sendable (TrackingText) -> Bool)?
    /// Whether nobody else writes such numbers: then a wrong check digit is a slip, and not another carrier.
    let isUnmistakable: Bool

    /// Every form, the surer ones first.
    static let all: [TrackingForm] = [
        // RR123456785DE: UPU S10
        .init(.post, isUnmistakable: true, fits: { $0.isS10 }, isSound: { CheckDigits.s10($0.digits(2..<11)) }),
        // 1Z, then sixteen
        .init(.ups, isUnmistakable: true, fits: { $0.begins("1Z") && $0.count == 18 }, isSound: { CheckDigits.ups($0.bytes.dropFirst(2)) }),
        // the transport unit of GS1 (SSCC), 18 digits behind the identifier 00, which some leave out; 3404 is DHL's
        .init(.dhl, isUnmistakable: true, fits: { $0.isDigits(20) && $0.begins("003404") }, isSound: { CheckDigits.modulo10($0.digits) }),
        .init(.dhl, isUnmistakable: true, fits: { $0.isDigits(18) && $0.begins("3404") }, isSound: { CheckDigits.modulo10($0.digits) }),
        .init(.dhl, fits: { $0.isDigits(20) && $0.begins("00") && !$0.begins("003404") }, isSound: { CheckDigits.modulo10($0.digits) }),
        .init(.dhl, fits: { $0.isDigits(12) }, isSound: { CheckDigits.identcode($0.digits) }),
        .init(.dhl, fits: { $0.isDigits(10) }, isSound: { CheckDigits.modulo7($0.digits) }),
        // JJD…, JVGL…: licence plates, whose check is not part of what is printed for people
        .init(.dhl, fits: { $0.isLicencePlate }),
        // fourteen digits and a check character; on the label and in mails often without it
        .init(.dpd, fits: { $0.count == 15 && $0.startsWithDigits(14) }, isSound: { CheckDigits.modulo37($0.bytes) }),
        .init(.dpd, fits: { $0.count == 28 && $0.startsWithDigits(27) }, isSound: { CheckDigits.modulo37($0.bytes) }),
        .init(.dpd, fits: { $0.isDigits(14) }),
        .init(.hermes, fits: { $0.isDigits(14) }, isSound: { CheckDigits.modulo10($0.digits) }),
        .init(.hermes, fits: { $0.count == 20 && $0.begins("H") && $0.dropping(1).isDigits(19) }),
        .init(.gls, fits: { $0.isDigits(11) || $0.isDigits(12) }),
        .init(.gls, fits: { $0.isTrackID }),
        .init(.fedEx, fits: { $0.isDigits(12) }, isSound: { CheckDigits.fedEx($0.digits) }),
        .init(.fedEx, fits: { $0.isDigits(15) }, isSound: { CheckDigits.modulo10($0.digits) }),
        // Ground 96: the last fifteen digits
        .init(
            .fedEx, isUnmistakable: true, fits: { $0.isDigits(22) && $0.begins("96") },
            isSound: { CheckDigits.modulo10(Array($0.digits.suffix(15))) }),
        .init(
            .fedEx, isUnmistakable: true, fits: { $0.isDigits(34) && ($0.begins("100") || $0.begins("96")) },
            isSound: { CheckDigits.fedEx(Array($0.digits.suffix(14))) }),
    ]

    private init(
        _ carrier: Carrier, isUnmistakable: Bool = false, fits: @escaping @Sendable (TrackingText) -> Bool,
        isSound: (@Sendable (TrackingText) -> Bool)? = nil
    ) {
        (self.carrier, self.fits, self.isSound, self.isUnmistakable) = (carrier, fits, isSound, isUnmistakable)
    }
}
