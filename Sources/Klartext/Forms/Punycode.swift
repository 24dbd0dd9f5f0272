/// Letters of all scripts as letters, digits and hyphens (RFC 3492): `mühlenbäckerei` is `mhlenbckerei-lcb44a`.
enum Punycode {
    /// A label of a domain has 63 bytes at most; anything longer is refused before its quadratic arithmetic costs anything.
    static let mostScalars = 63

    private static let base: UInt32 = 36
    private static let tMin: UInt32 = 1
    private static let tMax: UInt32 = 26
    private static let initialBias: UInt32 = 72
    private static let initialCode: UInt32 = 0x80
    private static let hyphen = UInt8(ascii: "-")

    /// The encoding without the prefix `xn--`, by the algorithm of section 6.3.
    /// - Returns: nil for more than `mostScalars`, and for scalars so far apart that the arithmetic would overflow.
    static func encode(_ label: some Collection<Unicode.Scalar>) -> String? {
        guard label.count <= mostScalars else { return nil }
        var out = label.filter(\.isASCII).map { UInt8(truncatingIfNeeded: $0.value) }
        let basic = UInt32(out.count)
        if basic > 0 { out.append(hyphen) }
        var (code, delta, bias, handled) = (initialCode, UInt32(0), initialBias, basic)
        while handled < UInt32(label.count) {
            guard let next = label.lazy.map(\.value).filter({ $0 >= code }).min() else { return nil }
            let (step, isTooFar) = (next - code).multipliedReportingOverflow(by: handled + 1)
            let (sum, isTooLarge) = delta.addingReportingOverflow(step)
            if isTooFar || isTooLarge { return nil }
            (delta, code) = (sum, next)
            for scalar in label {
                if scalar.value < code { delta += 1 }
                guard scalar.value == code else { continue }
                append(delta, bias: bias, to: &out)
                bias = adapted(delta, points: handled + 1, isFirst: handled == basic)
                (delta, handled) = (0, handled + 1)
            }
            (delta, code) = (delta + 1, code + 1)
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// What an encoding without the prefix stands for, by the algorithm of section 6.2.
    /// - Returns: nil for what no encoder writes.
    static func decode(_ text: String) -> [Unicode.Scalar]? {
        let bytes = Array(text.utf8)
        guard bytes.count <= mostScalars, bytes.allSatisfy({ $0 < 0x80 }) else { return nil }
        let delimiter = bytes.lastIndex(of: hyphen)
        var scalars = bytes[..<(delimiter ?? 0)].map { Unicode.Scalar($0) }
        var (rest, code, position, bias) = (bytes[(delimiter.map { $0 + 1 } ?? 0)...], initialCode, UInt32(0), initialBias)
        while !rest.isEmpty {
            let before = position
            guard let delta = number(&rest, bias: bias) else { return nil }
            let (sum, isTooLarge) = position.addingReportingOverflow(delta)
            if isTooLarge { return nil }
            let count = UInt32(scalars.count) + 1
            bias = adapted(sum - before, points: count, isFirst: before == 0)
            let (next, isTooFar) = code.addingReportingOverflow(sum / count)
            guard !isTooFar, let scalar = Unicode.Scalar(next) else { return nil }
            code = next
            scalars.insert(scalar, at: Int(sum % count))
            position = sum % count + 1
        }
        return scalars
    }

    /// One variable-length integer (section 3.3).
    private static func append(_ delta: UInt32, bias: UInt32, to out: inout [UInt8]) {
        var (rest, k) = (delta, base)
        while true {
            let t = threshold(k, bias)
            guard rest >= t else { break }
            out.append(digit(t + (rest - t) % (base - t)))
            rest = (rest - t) / (base - t)
            k += base
        }
        out.append(digit(rest))
    }

    private static func number(_ rest: inout ArraySlice<UInt8>, bias: UInt32) -> UInt32? {
        var (sum, weight, k) = (UInt32(0), UInt32(1), base)
        while true {
            guard let digit = rest.popFirst().flatMap(value) else { return nil }
            let (part, isTooLarge) = digit.multipliedReportingOverflow(by: weight)
            let (total, isTooMuch) = sum.addingReportingOverflow(part)
            if isTooLarge || isTooMuch { return nil }
            sum = total
            let t = threshold(k, bias)
            if digit < t { return sum }
            let (heavier, isTooHeavy) = weight.multipliedReportingOverflow(by: base - t)
            if isTooHeavy { return nil }
            weight = heavier
            k += base
        }
    }

    private static func threshold(_ k: UInt32, _ bias: UInt32) -> UInt32 { k <= bias ? tMin : min(tMax, max(tMin, k - bias)) }

    /// Section 6.1.
    private static func adapted(_ delta: UInt32, points: UInt32, isFirst: Bool) -> UInt32 {
        var delta = isFirst ? delta / 700 : delta / 2
        delta += delta / points
        var k: UInt32 = 0
        while delta > (base - tMin) * tMax / 2 {
            delta /= base - tMin
            k += base
        }
        return k + (base - tMin + 1) * delta / (delta + 38)
    }

    private static func digit(_ value: UInt32) -> UInt8 { UInt8(truncatingIfNeeded: value < 26 ? value + 0x61 : value - 26 + 0x30) }

    private static func value(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(byte - UInt8(ascii: "a"))
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(byte - UInt8(ascii: "A"))
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0")) + 26
        default: nil
        }
    }
}
