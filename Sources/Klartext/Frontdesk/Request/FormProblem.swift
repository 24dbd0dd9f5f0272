import Foundation

/// Why a form cannot be taken as it is. The form is shown again with this beside the field, and everything typed and uploaded is kept.
enum FormProblem: Hashable, Sendable {
    case subjectMissing, subjectTooLong
    case textMissing
    case textTooLong(count: Int)
    /// Neither text nor file.
    case nothingAdded
    case nameTooLong
    case addressMissing, addressWithoutAt, addressWrong
    /// One of the fields that the type of request asks for.
    case field(String, FieldProblem)
    /// The field that people do not see was filled in.
    case trapFilled
    /// The form came back quicker than anybody can write.
    case tooFast
    /// The form is too old, or not one of ours.
    case stale
    case filesTooLarge(sumBytes: Int)
    /// These files were too large to be kept.
    case filesLeftOut(names: [String])
    case tooManyFiles(limit: Int)
    case filesNotStored(names: [String])
    /// Files that waited in a rejected form for too long.
    case filesExpired
    /// What was sent is larger than what we read of a form.
    case formTooLarge
    /// Too much was sent within an hour.
    case tooMany(until: Date)
    /// Our disk refused it.
    case notStored

    /// The id of the field that has to be changed; nil where it is none of them.
    var field: String? {
        switch self {
        case .subjectMissing, .subjectTooLong: "subject"
        case .textMissing, .textTooLong, .nothingAdded: "text"
        case .nameTooLong: "name"
        case .addressMissing, .addressWithoutAt, .addressWrong: "email"
        case .field(let id, _): RequestForm.input(id)
        case .trapFilled: "website"
        case .filesTooLarge, .filesLeftOut, .tooManyFiles, .filesNotStored, .filesExpired, .formTooLarge: "files"
        case .tooFast, .stale, .tooMany, .notStored: nil
        }
    }
}

/// How much a form takes, and how often.
struct FormRules: Sendable, Equatable {
    var subjectScalars = 300
    var textScalars = 50_000
    var nameScalars = 200
    /// All files of a form together.
    var fileBytes = 25_000_000
    var fileCount = 20
    /// Nobody writes a request in less; robots do.
    var fewestSeconds: Double = 2
    /// How many requests one address may send within an hour.
    var perAddress = 10
    /// How many one network address may; an office or a school shares one.
    var perNetwork = 30
    /// How many messages may be added to one ticket within an hour.
    var perTicket = 60
    /// How many values are checked for one network address within a minute, while somebody types.
    var checksPerMinute = 120
    /// How often a lost link may be asked for from one network address.
    var lostPerNetwork = 20
    /// How many times what a form takes may be begun to be sent in pieces from one network address.
    var uploadsPerNetwork = 40
    /// From this sum on a form's files are sent in pieces, where scripts run.
    var piecesFromBytes = 1_000_000
    /// How many receipts may be checked from one network address.
    var checksPerNetwork = 60
    /// How long a rejected form keeps its files; less than the two days after which unnamed files are removed.
    var keptFileSeconds = 86_400

    static let windowSeconds: Double = 3600
}
