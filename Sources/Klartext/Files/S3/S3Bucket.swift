import Foundation

/// A bucket of an S3-compatible store, the place in it that is ours, and the keys to it.
struct S3Bucket: Sendable, Equatable {
    /// Where the bucket's name stands in an address: `host/bucket/key`, which every store understands, or `bucket.host/key`.
    enum Style: String, Sendable { case path, virtual }

    /// A name or an address, without the brackets of IPv6.
    var host: String
    /// nil is the usual one: 443, or 80 without TLS.
    var port: Int?
    var hasTLS = true
    var name: String
    /// Stands before every key of ours; empty, or with a slash at its end. Of unreserved characters alone, so that nothing of a key is ever escaped.
    var prefix = ""
    /// Part of what is signed. Stores that know no regions take any.
    var region = "us-east-1"
    var style = Style.path
    var accessKey: String
    var secretKey: String

    /// `Host` of each request: the port stands there only where it is not the usual one (RFC 9110, section 7.2).
    var authority: String {
        let address = host.utf8.contains(UInt8(ascii: ":")) ? "[\(host)]" : host
        let usual = hasTLS ? 443 : 80
        return (style == .virtual ? "\(name)." : "") + address + (port == nil || port == usual ? "" : ":\(port ?? usual)")
    }

    /// What every address begins with, `https://s3.example`.
    var base: String { (hasTLS ? "https://" : "http://") + authority }

    /// The path of the bucket itself, or of an object in it. Not escaped.
    func path(_ key: String = "") -> String {
        switch style {
        case .path: key.isEmpty ? "/\(name)" : "/\(name)/\(key)"
        case .virtual: "/\(key)"
        }
    }
}

extension S3Bucket: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The bucket for logs and errors: without the keys.
    var description: String { "s3://\(host)\(port.map { ":\($0)" } ?? "")/\(name)\(prefix.isEmpty ? "" : "/\(prefix.dropLast())")" }
    var debugDescription: String { description }
    /// Keeps the secret key from `dump` and from string interpolation of whatever holds a bucket.
    var customMirror: Mirror { Mirror(reflecting: description) }
}
