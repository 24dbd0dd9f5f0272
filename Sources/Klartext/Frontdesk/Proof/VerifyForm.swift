import Foundation

/// What somebody wants to have checked.
struct VerifyForm: Sendable, Equatable {
    /// The receipt as it was typed, pasted, chosen as a file or read from a code.
    var document: String
    /// What the server found out about the file; nil where none came.
    var file: File?

    struct File: Sendable, Equatable {
        var name: String
        var sha256: String
        var sizeBytes: Int
    }

    /// Why nothing can be said.
    enum Problem: Equatable, Sendable {
        case receipt(ReceiptProblem)
        case fileTooLarge
        case tooMany(until: Date)

        /// The id of the field that has to be changed.
        var field: String? {
            switch self {
            case .receipt: "receipt"
            case .fileTooLarge: "file"
            case .tooMany: nil
            }
        }
    }
}
