import Foundation

/// Domain names as DNS has them: lower-case ASCII labels, others in Punycode (RFC 1035, RFC 5891, RFC 3492).
///
/// GLib's `g_hostname_to_ascii` follows IDNA 2003, which takes `straße.de` for `strasse.de`: two domains that may belong to two people.
enum Hostname {
    /// The name in A-labels, or nil when a label could not be registered.
    static func ascii(_ domain: String) -> String? {
        let plain = domain.utf8.allSatisfy { $0 < 0x80 }
        let lowered = plain ? ASCII.lowercased(domain) : folded(domain)
        let labels = lowered.utf8.split(separator: 0x2E, omittingEmptySubsequences: false)
        var result: [String] = []
        for label in labels {
            guard let ascii = asciiLabel(String(decoding: Array(label), as: UTF8.self)) else { return nil }
            result.append(ascii)
        }
        let name = result.joined(separator: ".")
        return name.utf8.count <= 253 ? name : nil
    }

    /// Lower case, composed, and with the full stops of Chinese and Japanese keyboards taken for dots.
    static func folded(_ domain: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in domain.lowercased().precomposedStringWithCanonicalMapping.unicodeScalars {
            scalars.append(["\u{3002}", "\u{FF0E}", "\u{FF61}"].contains(scalar) ? "." : scalar)
        }
        return String(scalars)
    }

    private static func asciiLabel(_ label: String) -> String? {
        guard !label.isEmpty, label.utf8.count <= 252, label.utf8.first != 0x2D, label.utf8.last != 0x2D else { return nil }
        guard label.unicodeScalars.allSatisfy(isAllowed) else { return nil }
        let ascii = label.utf8.allSatisfy { $0 < 0x80 } ? label : punycode(label).map { "xn--" + $0 }
        guard let ascii, ascii.utf8.count <= 63 else { return nil }
        return ascii
    }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII {
            let byte = UInt8(truncatingIfNeeded: scalar.value)
            return ASCII.isLetter(byte) || ASCII.isDigit(byte) || byte == 0x2D
        }
        switch scalar.properties.generalCategory {
        case .lowercaseLetter, .otherLetter, .modifierLetter, .nonspacingMark, .spacingMark, .decimalNumber: return true
        default: return false
        }
    }

    /// RFC 3492, section 6.3; nil on overflow. A label has at most 252 bytes, so the quadratic search is bounded.
    private static func punycode(_ label: String) -> String? {
        let input = label.unicodeScalars.map { Int($0.value) }
        var output = input.filter { $0 < 0x80 }.map { UInt8($0) }
        let basic = output.count
        if basic > 0 { output.append(0x2D) }
        var n = 128
        var delta = 0
        var bias = 72
        var handled = basic
        while handled < input.count {
            guard let next = input.filter({ $0 >= n }).min() else { return nil }
            delta += (next - n) * (handled + 1)
            n = next
            for code in input {
                if code < n { delta += 1 }
                guard code == n else { continue }
                appendVariable(delta, bias: bias, to: &output)
                bias = adapt(delta, count: handled + 1, first: handled == basic)
                delta = 0
                handled += 1
            }
            delta += 1
            n += 1
        }
        return String(decoding: output, as: UTF8.self)
    }

    private static func appendVariable(_ delta: Int, bias: Int, to output: inout [UInt8]) {
        var rest = delta
        var k = 36
        while true {
            let threshold = min(max(k - bias, 1), 26)
            if rest < threshold { break }
            output.append(digit(threshold + (rest - threshold) % (36 - threshold)))
            rest = (rest - threshold) / (36 - threshold)
            k += 36
        }
        output.append(digit(rest))
    }

    private static func digit(_ value: Int) -> UInt8 { UInt8(value < 26 ? 0x61 + value : 0x30 + value - 26) }

    private static func adapt(_ delta: Int, count: Int, first: Bool) -> Int {
        var delta = first ? delta / 700 : delta / 2
        delta += delta / count
        var k = 0
        while delta > 455 {
            delta /= 35
            k += 36
        }
        return k + 36 * delta / (delta + 38)
    }
}
