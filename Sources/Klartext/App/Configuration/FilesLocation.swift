import Foundation
import Logging

/// Where files are kept: in a directory, which several processes may share, or in a bucket of an S3-compatible store.
enum FilesLocation: Sendable, Equatable {
    case directory(String)
    case bucket(S3Bucket)

    /// How it is written, for whoever has written it otherwise.
    static let form =
        "empty, the absolute path of a directory, or s3://ACCESSKEY:SECRET@host/bucket, with /prefix, ?region=, ?tls= or ?style= at most"

    /// Opens it. What is arriving lies in the data directory where it cannot lie beside what is kept.
    func open(data: String, logger: Logger) async throws -> FileStore {
        switch self {
        case .directory(let path): return try await FileStore(root: path, logger: logger)
        case .bucket(let bucket):
            do {
                return try await FileStore(bucket: bucket, incomingPath: data + "/files/incoming", logger: logger)
            } catch let error as FileStoreError {
                throw DeskError.noFiles(bucket: "\(bucket)", reason: "\(error)")
            }
        }
    }

    /// Reads the absolute path of a directory, or
    /// `s3://ACCESSKEY:SECRET@host[:port]/bucket[/prefix][?region=eu-central-1&tls=off&style=virtual]`; nil for anything else.
    init?(_ text: String) {
        guard !Configuration.hasControlCharacter(text) else { return nil }
        if text.hasPrefix("/") {
            self = .directory(text)
        } else if text.hasPrefix("s3://"), let bucket = S3Bucket(location: text.dropFirst("s3://".utf8.count)) {
            self = .bucket(bucket)
        } else {
            return nil
        }
    }
}

extension S3Bucket {
    /// Reads what stands behind `s3://`.
    ///
    /// Keys end at the last `@`: nothing behind it has one, so the slashes of a secret key need no escaping. What is escaped all the same is read.
    fileprivate init?(location: Substring) {
        guard let at = location.lastIndex(of: "@"), let (accessKey, secretKey) = Self.keys(location[..<at]) else { return nil }
        let place = location[location.index(after: at)...].split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let path = place[0].split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard path.count > 1, let (host, port) = Self.endpoint(path[0]), Self.isBucketName(path[1]) else { return nil }
        // A slash at the end says nothing.
        let folders = path.last == "" ? path[2...].dropLast() : path[2...]
        guard folders.allSatisfy(Self.isFolder), folders.joined().utf8.count <= 200 else { return nil }
        self.init(host: host, port: port, name: path[1], accessKey: accessKey, secretKey: secretKey)
        prefix = folders.map { "\($0)/" }.joined()
        guard place.count == 1 || take(options: place[1]) else { return nil }
        // The certificate of `*.host` is good for one label.
        if style == .virtual, hasTLS, name.utf8.contains(UInt8(ascii: ".")) { return nil }
    }

    private static func keys(_ text: Substring) -> (accessKey: String, secretKey: String)? {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let access = parts[0].removingPercentEncoding, let secret = parts[1].removingPercentEncoding,
            !access.isEmpty, !secret.isEmpty, !Configuration.hasControlCharacter(secret),
            // It stands in a header between such signs.
            access.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !"/,=".utf8.contains($0) })
        else { return nil }
        return (access, secret)
    }

    private static func endpoint(_ text: String) -> (host: String, port: Int?)? {
        if let endpoint = Endpoint(text) { return endpoint.port > 0 ? (endpoint.host, endpoint.port) : nil }
        return Endpoint("\(text):1").map { ($0.host, nil) }
    }

    /// 3 to 63 letters in lower case, digits, dots and hyphens, a letter or a digit at both ends ("Bucket naming rules", Amazon S3 User Guide).
    private static func isBucketName(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        let isPlain = { (byte: UInt8) in (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) }
        guard (3...63).contains(bytes.count), isPlain(bytes[0]), isPlain(bytes[bytes.count - 1]) else { return false }
        return bytes.allSatisfy { isPlain($0) || "-.".utf8.contains($0) }
    }

    private static func isFolder(_ text: String) -> Bool {
        !["", ".", ".."].contains(text) && text.utf8.allSatisfy(S3Request.isUnreserved)
    }

    /// False for an unknown or repeated option: a misspelt `tls` must not go unseen.
    private mutating func take(options text: Substring) -> Bool {
        var seen: Set<Substring> = []
        for option in text.split(separator: "&", omittingEmptySubsequences: false) {
            let parts = option.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, seen.insert(parts[0]).inserted else { return false }
            switch (parts[0], parts[1]) {
            case ("region", let region) where !region.isEmpty && region.utf8.allSatisfy(S3Request.isUnreserved):
                self.region = String(region)
            case ("tls", "on"): hasTLS = true
            case ("tls", "off"): hasTLS = false
            case ("style", let style):
                guard let style = Style(rawValue: String(style)) else { return false }
                self.style = style
            default: return false
            }
        }
        return true
    }
}
