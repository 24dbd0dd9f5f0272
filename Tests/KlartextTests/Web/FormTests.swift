import Crypto
import HTTPTypes
import Hummingbird
import NIOCore
import Testing

@testable import Klartext

@Suite(.timeLimit(.minutes(2)))
struct FormTests {
    private func request(_ type: String, _ body: RequestBody) -> Request {
        Request(head: HTTPRequest(method: .post, scheme: nil, authority: nil, path: "/", headerFields: [.contentType: type]), body: body)
    }

    private func urlEncoded(_ body: String, limits: FormLimits = .standard) async throws -> Form {
        try await Form.parse(
            request("application/x-www-form-urlencoded; charset=UTF-8", RequestBody(buffer: ByteBuffer(string: body))), limits: limits)
    }

    private func multipart(_ parts: [MultipartBody.Part], limits: FormLimits = .standard, store: FileStore?) async throws -> Form {
        try await Form.parse(
            request("multipart/form-data; boundary=\"\(MultipartBody.boundary)\"", RequestBody(asyncSequence: MultipartBody(parts))),
            limits: limits, files: store)
    }

    @Test func `fields are decoded by bytes`() async throws {
        let form = try await urlEncoded("name=J%C3%B6rg+M%c3%bcller&a=1&a=2&empty=&novalue&pct=100%&bad=%zz&amp=%26%3D&utf=%ff%00")
        #expect(form.text("name") == "Jörg Müller")
        #expect(form.values("a") == ["1", "2"])
        #expect(form.has("empty") && form.has("novalue") && !form.has("other"))
        #expect(form.text("pct") == "100%" && form.text("bad") == "%zz" && form.text("amp") == "&=")
        #expect(form.text("utf") == "\u{FFFD}\u{FFFD}")
        #expect(form.problems.isEmpty)
    }

    @Test func `line ends and edges are tidied on request only`() async throws {
        let form = try await urlEncoded("t=%20a%0D%0Ab%0Dc%0A%0D%0A%E2%80%83")
        #expect(form.text("t") == " a\nb\nc\n\n\u{2003}")
        #expect(form.trimmed("t") == "a\nb\nc")
        #expect(form.values("t") == [" a\r\nb\rc\n\r\n\u{2003}"])
        #expect(form.trimmed("none") == "")
    }

    @Test func `a text that is too long is cut and reported`() async throws {
        let form = try await urlEncoded("text=" + String(repeating: "x", count: 200), limits: FormLimits(fieldBytes: 105))
        #expect(form.text("text").utf8.count == 100)
        #expect(form.problems == [.fieldsTooLarge(limitBytes: 105)])
    }

    @Test func `too many fields are reported and the first kept`() async throws {
        let form = try await urlEncoded("a=1&b=2&c=3", limits: FormLimits(fieldCount: 2))
        #expect(form.fields == ["a": ["1"], "b": ["2"]])
        #expect(form.problems == [.tooManyFields(limit: 2)])
    }

    @Test(arguments: ["", "text/plain", "application/json", "multipart/mixed; boundary=b"])
    func `what is no form is refused`(_ type: String) async {
        await #expect(throws: FormError.unsupportedType) { try await Form.parse(request(type, RequestBody(buffer: ByteBuffer()))) }
    }

    @Test(arguments: [
        "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=" + String(repeating: "x", count: 71),
    ])
    func `a boundary must be there and be short`(_ type: String) async {
        await #expect(throws: FormError.malformed) { try await Form.parse(request(type, RequestBody(buffer: ByteBuffer()))) }
    }

    @Test func `texts and files arrive together`() async throws {
        try await withTemporaryDirectory { directory in
            let store = try await FileStore(root: directory)
            let form = try await multipart(
                [
                    .field("subject", "Grüße\r\n"), .file("files", "C:\\x\\Foto %22eins%22.png", "image/png", bytes: 100_000),
                    .file("files", "", "application/octet-stream", bytes: 0), .file("files", "leer.txt", "text/plain", bytes: 0),
                    .field("button", "send"),
                ], store: store)
            #expect(form.text("subject") == "Grüße\n" && form.has("button"))
            #expect(form.files("files").map(\.name) == ["Foto \"eins\".png", "leer.txt"])
            #expect(form.files[0].type == "image/png" && form.files[0].stored.sizeBytes == 100_000)
            try await store.verify(form.files[0].stored.digest)
            #expect(try await store.bytes(form.files[0].stored.digest) == MultipartBody.filler(100_000))
            #expect(form.problems.isEmpty)
        }
    }

    @Test func `files beyond the limit cost no typed text`() async throws {
        try await withTemporaryDirectory { directory in
            let store = try await FileStore(root: directory)
            let form = try await multipart(
                [
                    .field("before", "kept"), .file("f", "small.bin", "a/b", bytes: 400), .file("f", "large.bin", "a/b", bytes: 5_000_000),
                    .file("f", "fits.bin", "a/b", bytes: 500), .field("after", "kept too"),
                ], limits: FormLimits(fileBytes: 1000), store: store)
            #expect(form.text("before") == "kept" && form.text("after") == "kept too")
            #expect(form.files.map(\.name) == ["small.bin", "fits.bin"])
            #expect(form.problems == [.filesTooLarge(limitBytes: 1000, names: ["large.bin"])])
            #expect(try leftovers(store).isEmpty)
        }
    }

    @Test func `too many files cost no typed text`() async throws {
        try await withTemporaryDirectory { directory in
            let form = try await multipart(
                [.file("f", "1", "a/b", bytes: 1), .file("f", "2", "a/b", bytes: 2), .field("after", "kept")],
                limits: FormLimits(fileCount: 1), store: try await FileStore(root: directory))
            #expect(form.files.count == 1 && form.text("after") == "kept")
            #expect(form.problems == [.tooManyFiles(limit: 1)])
        }
    }

    @Test func `a file where none is accepted costs no typed text`() async throws {
        let form = try await multipart([.file("f", "1", "a/b", bytes: 10), .field("after", "kept")], store: nil)
        #expect(form.text("after") == "kept" && form.problems == [.filesNotAccepted])
    }

    @Test func `a body without end is given up and what came before is kept`() async throws {
        try await withTemporaryDirectory { directory in
            let store = try await FileStore(root: directory)
            let form = try await multipart(
                [.field("before", "kept"), .file("f", "endless", "a/b", bytes: 3_000_000), .field("after", "lost")],
                limits: FormLimits(fileBytes: 1_000_000, bodyBytes: 2_000_000), store: store)
            #expect(form.text("before") == "kept" && !form.has("after"))
            #expect(form.problems.contains(.bodyTooLarge(limitBytes: 2_000_000)))
            #expect(try leftovers(store).isEmpty)
        }
    }

    @Test func `texts beyond their limit are cut, the files stay`() async throws {
        try await withTemporaryDirectory { directory in
            let form = try await multipart(
                [.field("a", String(repeating: "x", count: 50)), .field("b", "yyyy"), .file("f", "1", "a/b", bytes: 10)],
                limits: FormLimits(fieldBytes: 20), store: try await FileStore(root: directory))
            #expect(form.text("a").utf8.count == 19 && form.text("b").isEmpty && form.files.count == 1)
            #expect(form.problems == [.fieldsTooLarge(limitBytes: 20)])
        }
    }

    @Test func `a form at the limit passes whole`() async throws {
        try await withTemporaryDirectory { directory in
            let store = try await FileStore(root: directory)
            let form = try await multipart([.file("f", "full.bin", "a/b", bytes: 25_000_000)], store: store)
            #expect(form.problems.isEmpty && form.files.first?.stored.sizeBytes == 25_000_000)
            try await store.verify(form.files[0].stored.digest)
        }
    }

    @Test func `a sender who falls silent is given up`() async throws {
        try await withTemporaryDirectory { directory in
            let store = try await FileStore(root: directory)
            let (body, source) = RequestBody.makeStream()
            let head = "--\(MultipartBody.boundary)\r\nContent-Disposition: form-data; name=f; filename=f\r\n\r\n"
            await source.yield(ByteBuffer(string: head + "abc"))
            await #expect(throws: FormError.timedOut) {
                try await Form.parse(
                    request("multipart/form-data; boundary=\(MultipartBody.boundary)", body),
                    limits: FormLimits(totalSeconds: 60, idleSeconds: 0.05), files: store)
            }
            #expect(try leftovers(store).isEmpty)
            source.finish()
        }
    }

    @Test func `a sender who drips is given up in the end`() async throws {
        let (body, source) = RequestBody.makeStream()
        let dripping = Task {
            while !Task.isCancelled { await source.yield(ByteBuffer(string: "x")) }
        }
        await #expect(throws: FormError.timedOut) {
            try await Form.parse(
                request("application/x-www-form-urlencoded", body), limits: FormLimits(totalSeconds: 0.2, idleSeconds: 60))
        }
        dripping.cancel()
    }

    private func leftovers(_ store: FileStore) throws -> [String] { try Disk.names(in: store.incomingPath) }
}
