import Foundation
import Testing

@testable import Klartext

/// What we draw is read by another program.
@Suite(.timeLimit(.minutes(2)))
struct QRCodeTests {
    /// Of every kind of byte, and of every length up to the largest code.
    private static let contents: [String] = {
        var random = SeededRandom(seed: 18_004)
        let long = [1, 2, 14, 62, 213, 287, 450, 666, 1000, 1500, 2331].map { count in
            String((0..<count).map { _ in Character(Unicode.Scalar(UInt8.random(in: 0x21...0x7E, using: &random))) })
        }
        return long + [
            "1", "0123456789", "HTTPS://A.EXAMPLE/1", "https://hilfe.nordlicht.example/verify?receipt=eyJjb21wYW55", "Grüße, 你好 😀",
        ]
    }()

    /// Reads a picture with Debian's zbarimg.
    private static func read(_ picture: [UInt8]) async throws -> String {
        try await withTemporaryDirectory { directory in
            try Data(picture).write(to: URL(fileURLWithPath: directory + "/code.pgm"))
            let arguments = ["--raw", "--quiet", "--oneshot", "-Sdisable", "-Sqrcode.enable", directory + "/code.pgm"]
            let child = try ChildProcess(
                "/usr/bin/zbarimg", arguments, environment: ["PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"], named: "zbarimg", in: directory)
            #expect(try await child.status() == 0, "\(child.complaints)")
            return child.output.hasSuffix("\n") ? String(child.output.dropLast()) : child.output
        }
    }

    /// What a browser would paint of the SVG, four dots a module. Reads the markup itself, so that what is proven is what is shown.
    private static func painted(_ svg: String) throws -> [UInt8] {
        let side = try #require(svg.components(separatedBy: "viewBox=\"0 0 ").last.flatMap { Int($0.prefix { $0 != " " }) })
        var dots = [UInt8](repeating: 255, count: side * side)
        let path = try #require(svg.components(separatedBy: "fill=\"#000\" d=\"").last?.prefix { $0 != "\"" })
        for stroke in path.split(separator: "M") {
            let numbers = stroke.split { !$0.isNumber }.compactMap { Int($0) }
            try #require(numbers.count == 5 && numbers[3] == 1 && numbers[2] == numbers[4], "\(stroke)")
            for column in 0..<numbers[2] { dots[numbers[1] * side + numbers[0] + column] = 0 }
        }
        let rows = (0..<side * 4).flatMap { y in (0..<side * 4).map { x in dots[y / 4 * side + x / 4] } }
        return Array("P5 \(side * 4) \(side * 4) 255\n".utf8) + rows
    }

    @Test(arguments: contents)
    func `another program reads what was written`(content: String) async throws {
        let code = try #require(QRCode(content))
        #expect(code.modules.count == code.width * code.width && (code.width - 17) % 4 == 0)
        let read = try await Self.read(try Self.painted(code.svg(label: "x").string))
        #expect(read == content)
    }

    @Test func `a damaged code is still read`() async throws {
        let content = "https://hilfe.nordlicht.example/verify?receipt=" + String(repeating: "Zm9v", count: 100)
        let code = try #require(QRCode(content))
        var picture = try Self.painted(code.svg(label: "x").string)
        let side = (code.width + 2 * QRCode.quietZone) * 4
        let start = picture.count - side * side
        // a spot of dirt in the middle, a tenth of the width
        for y in side * 9 / 20..<side * 11 / 20 { for x in side * 9 / 20..<side * 11 / 20 { picture[start + y * side + x] = 128 } }
        let read = try await Self.read(picture)
        #expect(read == content)
    }

    @Test func `nothing, and more than fits, is no code`() {
        #expect(QRCode("") == nil && QRCode(String(repeating: "x", count: 2332)) == nil)
        #expect(QRCode(String(repeating: "x", count: 2331))?.width == 177)
    }

    @Test func `the picture says what it is for`() throws {
        let svg = try #require(QRCode("x")).svg(label: "Öffnet \"prüfen\"").string
        #expect(svg.contains("role=\"img\" aria-label=\"Öffnet &quot;prüfen&quot;\""))
    }
}
