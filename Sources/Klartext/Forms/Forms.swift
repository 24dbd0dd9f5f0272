import Foundation
import NIOConcurrencyHelpers

/// The request types that are offered now. START HERE: `FormsReading` reads them, `FilledForm` judges what somebody filled in.
///
/// They are read at the start, and again when the operator says so; a directory that is wrong changes nothing.
final class Forms: Sendable {
    let directory: String
    /// The names of the queues that forms may name; nil where that is not known.
    private let queues: [String]?
    private let running: NIOLockedValueBox<[RequestType]>

    /// - Throws: `FormsError` with everything that is wrong.
    init(directory: String, queues: [String]? = nil) throws {
        (self.directory, self.queues) = (directory, queues)
        running = NIOLockedValueBox(try FormsReading.types(in: directory, queues: queues))
    }

    /// All types, the general question first; never empty.
    var types: [RequestType] { running.withLockedValue { $0 } }

    subscript(id: String) -> RequestType? { types.first { $0.id == id } }

    /// Reads the directory anew; the forms that are open in browsers are judged by the new ones.
    /// - Throws: `FormsError`; then what was offered before goes on being offered.
    func reload() throws {
        let types = try FormsReading.types(in: directory, queues: queues)
        running.withLockedValue { $0 = types }
    }
}
