import HTTPTypes
import Storage

/// What a visitor is told when the database fails: to try again soon where that can help, and no more than that otherwise.
extension StorageError: PublicError {
    private var isPassing: Bool {
        switch self {
        case .unavailable, .fateUnknown, .full, .busy: true
        default: false
        }
    }

    var status: HTTPResponse.Status { isPassing ? .serviceUnavailable : .internalServerError }
    var textKey: TextKey { isPassing ? TextKey("error.unavailable") : TextKey("error.internal") }
}
