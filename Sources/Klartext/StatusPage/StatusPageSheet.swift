import Crypto
import Foundation

extension StatusSheet {
    /// Reads `css/status.css`, `js/localtime.js` and `js/status-age.js` of the public directory.
    init(publicDirectory: String) throws {
        func read(_ path: String) throws -> [UInt8] {
            let data = try Data(contentsOf: URL(fileURLWithPath: publicDirectory).appendingPathComponent(path))
            return Self.withoutComments([UInt8](data))
        }
        let css = try read("css/status.css")
        let scripts = try ["js/localtime.js", "js/status-age.js"].map(read)
        // A module each: their names are their own, and they run when the page is there.
        let style: HTML = "<style>\(HTML(trusted: css))</style>\n"
        let elements: HTML = "\(each: scripts, { "<script type=\"module\">\(HTML(trusted: $0))</script>\n" })"
        self.init(style: style, scripts: elements, policy: Self.policy(style: css, scripts: scripts))
    }

    /// Only what stands in the page with exactly this text may run; `img-src data:` is the page's icon.
    private static func policy(style: [UInt8], scripts: [[UInt8]]) -> String {
        func digest(_ bytes: [UInt8]) -> String { "'sha256-\(Data(SHA256.hash(data: bytes)).base64EncodedString())'" }
        return [
            "default-src 'none'", "style-src \(digest(style))", "script-src \(scripts.map(digest).joined(separator: " "))",
            "img-src data:", "base-uri 'self'", "form-action 'none'",
        ].joined(separator: "; ")
    }

    /// Without `/* … */`, and without the white space at the beginning of lines: both are for who reads the file.
    ///
    /// Our own files alone go through this: in none of them does a text hold `/*`.
    static func withoutComments(_ source: [UInt8]) -> [UInt8] {
        var out: [UInt8] = []
        var index = 0
        while index < source.count {
            if source[index...].starts(with: "/*".utf8) {
                index += 2
                while index < source.count, !source[index...].starts(with: "*/".utf8) { index += 1 }
                index += 2
            } else {
                let isIndent = source[index] == UInt8(ascii: " ") && (out.isEmpty || out.last == UInt8(ascii: "\n"))
                let isBlankLine = source[index] == UInt8(ascii: "\n") && (out.isEmpty || out.last == UInt8(ascii: "\n"))
                if !isIndent, !isBlankLine { out.append(source[index]) }
                index += 1
            }
        }
        return out
    }
}
