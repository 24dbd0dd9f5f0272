/// Why a store did not do what it was asked.
enum S3Failure: Error, Equatable {
    /// No answer: no connection, or one that was lost. The reason is the network's.
    case unreachable(String)
    /// An answer that says no. Code and message are the store's; empty where it gave none.
    case refused(status: Int, code: String, message: String)
    /// An answer that is none to the question; the reason is ours.
    case odd(String)

    /// Reads the body of an error, `<Error><Code>NoSuchKey</Code><Message>…`.
    init(status: Int, body: [UInt8]) {
        let document = S3Document(body)
        self = .refused(status: status, code: document.text("Error", "Code") ?? "", message: document.text("Error", "Message") ?? "")
    }

    /// Whether the same request may succeed in a moment.
    var isPassing: Bool {
        switch self {
        case .unreachable: true
        // A busy store says 503 SlowDown, some 429; RequestTimeout, a 400, is a connection that stood still.
        case .refused(let status, let code, _): [408, 429, 500, 502, 503, 504].contains(status) || code == "RequestTimeout"
        case .odd: false
        }
    }

    /// There is no such object, or no such bucket.
    var isMissing: Bool {
        if case .refused(404, _, _) = self { true } else { false }
    }
}

extension S3Failure: CustomStringConvertible {
    /// A sentence's end for an operator, "… because the store cannot be reached".
    var description: String {
        switch self {
        case .unreachable(let reason): "the store cannot be reached (\(reason))"
        case .odd(let reason): reason
        case .refused(let status, let code, let message):
            Self.meanings[code].map { "\($0) (\(code))" } ?? Self.plain(status, code, message)
        }
    }

    /// What an operator can do something about.
    private static let meanings = [
        "InvalidAccessKeyId": "the store does not know this access key",
        "SignatureDoesNotMatch": "the secret key does not belong to the access key",
        "NoSuchBucket": "there is no bucket of this name",
        "AccessDenied": "the access key may not do this; it must be allowed to list the bucket and to get, put and delete objects",
        "RequestTimeTooSkewed": "the clock of this machine differs from the store's by more than 15 minutes",
        "AuthorizationHeaderMalformed": "the bucket is in another region than ?region= says",
        "PermanentRedirect": "the bucket is in another region, or wants another host",
        "EntityTooLarge": "the file is larger than the store takes in one request",
        "SlowDown": "the store is busy",
    ]

    private static func plain(_ status: Int, _ code: String, _ message: String) -> String {
        let words = [code, message].filter { !$0.isEmpty }.joined(separator: ": ")
        // What a stranger's server writes into our log has an end, and is one line.
        let line = String(String.UnicodeScalarView(words.unicodeScalars.prefix(200).map { $0.value < 0x20 ? " " : $0 }))
        return line.isEmpty ? "the store answered \(status)" : "the store answered \(status), \(line)"
    }
}
