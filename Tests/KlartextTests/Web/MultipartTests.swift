import NIOCore
import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(1)))
struct MultipartTests {
    struct Read: Equatable {
        var part: MultipartReader.Part
        var text: String
    }

    private static let torture = [
        "preamble to be ignored\r\n--b0undary\r\n",
        "Content-Disposition: form-data; name=\"subject\"\r\n\r\n",
        "Wo ist mein Paket?\r\n--b0undar\r\n-- \r\n\r\n--b0undary\r\n",
        "content-disposition:form-data;name=\"empty\"\r\n\r\n",
        "\r\n--b0undary  \t\r\n",
        "Content-Type: text/plain; charset=utf-8\r\nContent-Disposition: form-data; filename=\"a; name=%22x%22.txt\"; name=file\r\n\r\n",
        "\r\n\r\r\n\n--b0undary-\r\n--b0undary--epilogue\r\n--b0undary\r\n",
    ].joined()

    private static let expected = [
        Read(part: .init(name: "subject"), text: "Wo ist mein Paket?\r\n--b0undar\r\n-- \r\n"),
        Read(part: .init(name: "empty"), text: ""),
        Read(part: .init(name: "file", fileName: "a; name=\"x\".txt", type: "text/plain"), text: "\r\n\r\r\n\n--b0undary-"),
    ]

    private func read(_ pieces: [String], boundary: String = "b0undary") async throws -> [Read] {
        var rest = pieces[...]
        return try await read(MultipartReader(boundary: boundary) { rest.popFirst().map { ByteBuffer(string: $0) } })
    }

    private func read(_ reader: consuming MultipartReader) async throws -> [Read] {
        var found: [Read] = []
        while let part = try await reader.part() {
            var bytes = ByteBuffer()
            while let piece = try await reader.piece() { bytes.writeImmutableBuffer(piece) }
            found.append(Read(part: part, text: String(buffer: bytes)))
        }
        return found
    }

    @Test func `a body in one piece is read`() async throws {
        #expect(try await read([Self.torture]) == Self.expected)
    }

    @Test func `a body split at any one place is read`() async throws {
        let bytes = Array(Self.torture.utf8)
        for cut in 0...bytes.count {
            let pieces = [bytes[..<cut], bytes[cut...]].map { String(decoding: $0, as: UTF8.self) }
            #expect(try await read(pieces) == Self.expected, "cut at \(cut)")
        }
    }

    @Test(arguments: [1, 2, 3, 5, 7, 11])
    func `a body in crumbs is read`(_ size: Int) async throws {
        let bytes = Array(Self.torture.utf8)
        let pieces = stride(from: 0, to: bytes.count, by: size).map {
            String(decoding: bytes[$0..<min($0 + size, bytes.count)], as: UTF8.self)
        }
        #expect(try await read(pieces) == Self.expected)
    }

    @Test func `parts that are not read are skipped`() async throws {
        var rest = [Self.torture][...]
        var reader = MultipartReader(boundary: "b0undary") { rest.popFirst().map { ByteBuffer(string: $0) } }
        var names: [String] = []
        while let part = try await reader.part() { names.append(part.name) }
        #expect(names == ["subject", "empty", "file"])
    }

    @Test func `an empty part may share its line end with the boundary`() async throws {
        let body = "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n--b\r\nContent-Disposition: form-data; name=\"c\"\r\n\r\n--b--"
        #expect(try await read([body], boundary: "b").map(\.text) == ["", ""])
    }

    @Test func `a form without parts is empty`() async throws {
        #expect(try await read(["--b--\r\n"], boundary: "b").isEmpty)
    }

    @Test(arguments: [
        "", "no boundary at all", "--b", "--b\r\n", "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n", "--bX\r\n\r\n\r\n--b--",
        "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\ntext without end", "--b\r\n\r\nx\r\n--b", "--b\r\n\r\nx\r\n--b-",
    ])
    func `a body that ends early or means nothing is malformed`(_ body: String) async {
        await #expect(throws: FormError.malformed) { try await read([body], boundary: "b") }
    }

    @Test func `a header without end is refused early`() async {
        var sent = 0
        let endless = MultipartReader(boundary: "b") {
            sent += 1
            return ByteBuffer(string: sent == 1 ? "--b\r\n" : String(repeating: "X: y\r\n", count: 100))
        }
        await #expect(throws: FormError.malformed) { try await read(endless) }
        #expect(sent < 40)
    }

    @Test func `padding without end is refused`() async {
        var sent = 0
        let endless = MultipartReader(boundary: "b") {
            sent += 1
            return ByteBuffer(string: sent == 1 ? "--b" : "   ")
        }
        await #expect(throws: FormError.malformed) { try await read(endless) }
    }

    @Test(arguments: ["\r", "\r\n", "-", "\r\n--", "x"])
    func `of a large file only a little is held at a time`(_ filler: String) async throws {
        let piece = ByteBuffer(string: String(repeating: filler, count: 65_536 / filler.utf8.count))
        let pieces = 400
        var (pulled, delivered, sent, most) = (0, 0, 0, 0)
        var reader = MultipartReader(boundary: "b0undary") {
            sent += 1
            let next: ByteBuffer
            switch sent {
            case 1: next = ByteBuffer(string: "--b0undary\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f\"\r\n\r\n")
            case 2...(pieces + 1): next = piece
            default: next = ByteBuffer(string: "\r\n--b0undary--\r\n")
            }
            pulled += next.readableBytes
            return next
        }
        _ = try await reader.part()
        while let bytes = try await reader.piece() {
            most = max(most, pulled - delivered)
            delivered += bytes.readableBytes
        }
        #expect(delivered == pieces * piece.readableBytes)
        #expect(most < 100_000)
    }
}
