import Hummingbird
import NIOConcurrencyHelpers

/// What somebody typed, remembered until the request is answered: where our database fails, it comes back with the page that says so.
final class TypedForm: Sendable {
    private enum State: Sendable {
        case unread
        case begun
        case read(Form)
    }

    private let state = NIOLockedValueBox(State.unread)

    /// A body can be read once.
    func begin() { state.withLockedValue { $0 = .begun } }

    func keep(_ form: Form) { state.withLockedValue { $0 = .read(form) } }

    /// The form of a request that failed, read now where it failed before that: while it was looked up who signed in, for instance.
    ///
    /// - Returns: nil where the request carries none.
    func form(of request: Request, _ context: WebContext) async -> Form? {
        guard request.method == .post else { return nil }
        switch state.withLockedValue({ $0 }) {
        case .read(let form): return form
        case .begun: return nil
        case .unread: return try? await Form.read(request, context)
        }
    }
}

/// A form to be sent again, as the page that gives it back needs it.
struct UnstoredForm: Sendable {
    struct Field: Sendable, Equatable {
        var name: String
        var value: String

        /// Whether it is shown, and not only carried along.
        var isProse: Bool { name == "text" || value.utf8.contains(UInt8(ascii: "\n")) }
    }

    /// Where it was sent.
    var path: String
    var fields: [Field]
    /// Whether there were files, which have to be chosen again.
    var hadFiles: Bool

    /// Nil where nothing was typed. A password never comes back: each field for one has `password` in its name.
    init?(_ form: Form, path: String) {
        self.path = path
        fields = form.fields.filter { !$0.key.lowercased().contains("password") }.sorted { $0.key < $1.key }.flatMap { name, values in
            values.map { Field(name: name, value: $0) }
        }
        hadFiles = !form.files.isEmpty || form.problems.contains(.filesNotAccepted)
        guard fields.contains(where: { !$0.value.isBlank }) else { return nil }
    }
}
