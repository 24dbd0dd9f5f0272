import Foundation

/// What stands at the end of the address that a telephone system calls: who knows it may tell of calls.
struct CallSecret: Sendable, Equatable {
    let text: String

    /// Fewer letters could be found by trying.
    static let fewestLetters = 20

    /// One that an operator chose: letters and digits.
    init?(chosen text: String) {
        let isWord = text.utf8.allSatisfy {
            (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) || $0 == UInt8(ascii: "-")
                || $0 == UInt8(ascii: "_")
        }
        guard isWord, (Self.fewestLetters...200).contains(text.utf8.count) else { return nil }
        self.text = text
    }

    /// One of the instance's own: it changes with `instance.key` alone.
    init(seal: Seal) { text = seal.mark("telephone", "calls", bits: 160) }

    /// Compared in a time that tells nothing of where they differ.
    func isGenuine(_ given: String) -> Bool {
        let (expected, given) = (Array(text.utf8), Array(given.utf8))
        guard expected.count == given.count else { return false }
        return zip(expected, given).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    var path: String { "/hooks/calls/\(text)" }
}
