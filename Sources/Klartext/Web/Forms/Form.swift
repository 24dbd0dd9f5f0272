import HTTPTypes
import Hummingbird

/// What a person sent with a form: the texts, and the files, which are stored already.
///
/// A limit that is passed loses no typed text: it becomes a problem beside the fields, so that the form can be shown again, filled.
struct Form: Sendable {
    /// The values of each name in the order they came, valid UTF-8 without NUL.
    var fields: [String: [String]] = [:]
    var files: [UploadedFile] = []
    var problems: [Problem] = []

    enum Problem: Hashable, Sendable {
        /// All files together are too large. Those that fit are kept; `names` are the others.
        case filesTooLarge(limitBytes: Int, names: [String])
        case tooManyFiles(limit: Int)
        /// A file came where none is accepted.
        case filesNotAccepted
        /// The disk refused a file.
        case filesNotStored(names: [String])
        /// The texts are too long; what fitted is kept.
        case fieldsTooLarge(limitBytes: Int)
        case tooManyFields(limit: Int)
        /// The rest of the form was not even read. What came before is kept.
        case bodyTooLarge(limitBytes: Int)
    }

    /// The first value of a field with line ends as `\n`; empty when there is none.
    func text(_ name: String) -> String {
        guard let value = fields[name]?.first else { return "" }
        return Form.normalisingLineEnds(value)
    }

    /// The same without white space around it: for names, addresses, subjects.
    func trimmed(_ name: String) -> String {
        let scalars = text(name).unicodeScalars
        guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }) else { return "" }
        guard let last = scalars.lastIndex(where: { !$0.properties.isWhitespace }) else { return "" }
        return String(scalars[first...last])
    }

    /// All values of a field.
    func values(_ name: String) -> [String] { fields[name] ?? [] }

    /// Whether a field came at all: a ticked box, the button that was pressed.
    func has(_ name: String) -> Bool { fields[name] != nil }

    /// The files of one input.
    func files(_ field: String) -> [UploadedFile] { files.filter { $0.field == field } }

    /// Browsers send `\r\n`, programs what they like.
    private static func normalisingLineEnds(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "\r")) else { return text }
        var out: [UInt8] = []
        var previous: UInt8 = 0
        for byte in text.utf8 {
            if byte == UInt8(ascii: "\r") {
                out.append(UInt8(ascii: "\n"))
            } else if !(byte == UInt8(ascii: "\n") && previous == UInt8(ascii: "\r")) {
                out.append(byte)
            }
            previous = byte
        }
        return String(decoding: out, as: UTF8.self)
    }
}

/// A file that came with a form.
struct UploadedFile: Hashable, Sendable {
    /// The input's name.
    var field: String
    /// The file's name, made safe; never empty.
    var name: String
    /// The media type the browser declared, such as `image/png`; not to be trusted.
    var type: String
    /// Its digest and size; what stands behind them where it was kept.
    var stored: StoredFile
    /// The whole of a small file that was looked at and not kept.
    var content: [UInt8]?
}

/// What becomes of the files of a form.
enum FileIntake: Sendable {
    case refused
    /// They are kept under their digests, for whoever names them.
    case kept(FileStore)
    /// They are looked at while they arrive, and nothing of them is kept.
    case examined

    /// Up to this size the content of a file that is not kept is handed on.
    static let contentBytes = 16_384
}

/// How much of a form is read, and for how long.
struct FormLimits: Sendable {
    /// Names and values together.
    var fieldBytes = 1_000_000
    var fieldCount = 1000
    /// All files together.
    var fileBytes = 25_000_000
    var fileCount = 20
    /// How much is read in all, so that fields after too large a file are still found, and the browser shows our answer instead of a
    /// broken connection.
    var bodyBytes = 100_000_000
    /// From the first read to the last.
    var totalSeconds: Double = 120
    /// Between two pieces.
    var idleSeconds: Double = 30

    static let standard = FormLimits()
}

/// A form that could not be read at all.
enum FormError: PublicError, Equatable {
    /// Neither `application/x-www-form-urlencoded` nor `multipart/form-data`.
    case unsupportedType
    /// Not what RFC 7578 describes, or it ended before its end.
    case malformed
    /// Slower than the limits allow.
    case timedOut

    var status: HTTPResponse.Status {
        switch self {
        case .unsupportedType: .unsupportedMediaType
        case .malformed: .badRequest
        case .timedOut: .requestTimeout
        }
    }

    var textKey: TextKey {
        switch self {
        case .unsupportedType: TextKey("error.form.unsupportedType")
        case .malformed: TextKey("error.form.malformed")
        case .timedOut: TextKey("error.form.timedOut")
        }
    }
}
