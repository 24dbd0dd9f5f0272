import Foundation

/// A file on its way in pieces, so that a connection that breaks costs no more than the piece it was in (tus 1.0).
struct Upload: Sendable, Equatable {
    /// SHA-256 of the token in its address: who reads the database can continue nobody's upload.
    var id: String
    /// As the person gave it, made safe.
    var name: String
    var type: String
    var sizeBytes: Int
    var receivedBytes: Int
    var parts: Int
    /// The digest of the whole file, once it is put together.
    var file: String?
    var createdAt: Date

    /// From its beginning. What is kept of it is named by nobody, and the sweep takes it when it is two days old.
    static let validSeconds: Double = 86_400
    /// Bounds what each of us has to remember of it; with pieces of 4 MiB enough for a file of 4 GiB.
    static let mostParts = 1000

    var isWhole: Bool { receivedBytes == sizeBytes }

    func isValid(at now: Date) -> Bool { now.timeIntervalSince(createdAt) < Self.validSeconds }

    /// Whether a piece of so many bytes may begin here.
    /// - Parameter length: nil where the client does not say.
    func refusal(offset: Int, length: Int?) -> UploadRefusal? {
        if offset != receivedBytes { return .otherOffset(receivedBytes) }
        if let length, length > sizeBytes - receivedBytes { return .tooLarge(limitBytes: sizeBytes) }
        return parts < Self.mostParts || isWhole ? nil : .gone
    }
}

/// Why an upload cannot go on, or not so.
enum UploadRefusal: Error, Equatable, Sendable {
    /// None of that address, or none any more.
    case gone
    /// So much is here already.
    case otherOffset(Int)
    case tooLarge(limitBytes: Int)
    case tooMany(until: Date)
    /// Not what the protocol says.
    case malformed
}

/// What a client tells of a file: `filename d29ybGQ=,filetype dGV4dA==` (tus 1.0, "Upload-Metadata").
enum UploadMetadata {
    /// nil where it is malformed. A name without a value has an empty one.
    static func read(_ header: String) -> [String: String]? {
        var values: [String: String] = [:]
        for pair in header.utf8.prefix(4096).split(separator: UInt8(ascii: ",")) {
            let words = pair.split(separator: UInt8(ascii: " "))
            guard let name = words.first, words.count <= 2 else { return nil }
            guard let data = words.count == 2 ? Data(base64Encoded: Data(words[1])) : Data() else { return nil }
            values[String(decoding: name, as: UTF8.self)] = String(decoding: data, as: UTF8.self)
        }
        return values
    }
}
