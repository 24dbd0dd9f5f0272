import Foundation

/// Where each public document is, below the page's own address. A directory's document is its `index.html`.
///
/// The same on every server: in links within the page relative, so that the files work below any path, and whole in whatever leaves the page.
struct StatusAddress: Sendable {
    /// Without a slash at the end.
    let base: String

    init(_ page: PublishedPage) { base = page.url }

    func home(_ language: Language) -> String { "\(base)/\(Self.home(language))" }
    func incident(_ id: String, _ language: Language) -> String { "\(base)/\(Self.incident(id, language))" }
    func maintenance(_ id: String, _ language: Language) -> String { "\(base)/\(Self.maintenance(id, language))" }

    static func home(_ language: Language) -> String { "\(language.rawValue)/" }
    static func incident(_ id: String, _ language: Language) -> String { "\(language.rawValue)/incidents/\(id)/" }
    static func maintenance(_ id: String, _ language: Language) -> String { "\(language.rawValue)/maintenances/\(id)/" }
    /// - Parameter month: `2026-11`.
    static func month(_ month: String, _ language: Language) -> String { "\(language.rawValue)/history/\(month)/" }
    static func history(_ language: Language) -> String { "\(language.rawValue)/history/" }
    static func embed(_ language: Language) -> String { "\(language.rawValue)/embed/" }

    /// Whether an id of the data may stand in a path: letters, digits, `-` and `_` alone, 64 at most.
    static func isName(_ id: String) -> Bool {
        !id.isEmpty && id.utf8.count <= 64
            && id.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x61...0x7A).contains(lowercased(byte)) || byte == 0x2D || byte == 0x5F
            }
    }

    /// The host in a `tag:` URI (RFC 4151), which names an entry for good; `localhost` where the address names none.
    var host: String {
        let rest = base.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: true).dropFirst().first
        let host = rest.map { $0.prefix { $0 != UInt8(ascii: ":") } }.map { String(decoding: $0, as: UTF8.self) }
        return host.flatMap { $0.isEmpty ? nil : $0 } ?? "localhost"
    }
}
