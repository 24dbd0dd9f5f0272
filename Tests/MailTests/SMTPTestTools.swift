import Foundation
import NIOSSL
import Testing

@testable import Mail

/// A certificate for 127.0.0.1 and localhost that nobody has signed, in a directory of its own.
struct SMTPTestCertificate: Sendable {
    let certificateFile: String
    let keyFile: String

    /// Made once per run: it takes a moment.
    static let shared = Task { try await SMTPTestCertificate() }

    private init() async throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("mail-tests-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        certificateFile = directory.appendingPathComponent("certificate.pem").path
        keyFile = directory.appendingPathComponent("key.pem").path
        let request = try SMTPTestProcess([
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
            "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", keyFile, "-out", certificateFile,
        ])
        _ = await request.output()
    }

    func serverContext() throws -> NIOSSLContext {
        let chain = try NIOSSLCertificate.fromPEMFile(certificateFile).map { NIOSSLCertificateSource.certificate($0) }
        let key = try NIOSSLPrivateKey(file: keyFile, format: .pem)
        return try NIOSSLContext(configuration: .makeServerConfiguration(certificateChain: chain, privateKey: .privateKey(key)))
    }
}

/// A program that runs beside the test. No thread of the test waits for it.
final class SMTPTestProcess: @unchecked Sendable {
    private let process = Process()
    private let input = Pipe()
    private let lines: AsyncStream<String>

    init(_ command: [String]) throws {
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = command
        process.standardInput = input
        process.standardOutput = output
        process.standardError = command[0] == "openssl" ? FileHandle.nullDevice : FileHandle.standardError
        let (lines, continuation) = AsyncStream.makeStream(of: String.self)
        self.lines = lines
        let thread = Thread {
            var rest: [UInt8] = []
            while true {
                let data = output.fileHandleForReading.availableData
                guard !data.isEmpty else { break }
                rest.append(contentsOf: data)
                while let end = rest.firstIndex(of: 10) {
                    continuation.yield(String(decoding: rest[..<end], as: UTF8.self))
                    rest.removeFirst(end + 1)
                }
            }
            continuation.finish()
        }
        try process.run()
        thread.start()
    }

    convenience init(python script: String, _ arguments: String...) throws {
        try self.init(["python3", "-c", script] + arguments)
    }

    /// The next line it prints.
    func line() async -> String? {
        for await line in lines { return line }
        return nil
    }

    /// Closes its input and returns all further lines, once it has ended.
    func output() async -> [String] {
        try? input.fileHandleForWriting.close()
        var all: [String] = []
        for await line in lines { all.append(line) }
        return all
    }
}

/// The failure a sending ends with.
func smtpFailure(_ body: () async throws -> Void, sourceLocation: SourceLocation = #_sourceLocation) async -> SMTPFailure? {
    do {
        try await body()
        Issue.record("was accepted", sourceLocation: sourceLocation)
    } catch {
        #expect(error is SMTPFailure, sourceLocation: sourceLocation)
        return error as? SMTPFailure
    }
    return nil
}
