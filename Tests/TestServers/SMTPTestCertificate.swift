import Foundation
import NIOSSL

/// A certificate for 127.0.0.1 and localhost that nobody has signed, in a directory of its own.
public struct SMTPTestCertificate: Sendable {
    public let certificateFile: String
    public let keyFile: String

    /// Made once per run: it takes a moment.
    public static let shared = Task { try await SMTPTestCertificate() }

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

    public func serverContext() throws -> NIOSSLContext {
        let chain = try NIOSSLCertificate.fromPEMFile(certificateFile).map { NIOSSLCertificateSource.certificate($0) }
        let key = try NIOSSLPrivateKey(file: keyFile, format: .pem)
        return try NIOSSLContext(configuration: .makeServerConfiguration(certificateChain: chain, privateKey: .privateKey(key)))
    }
}
