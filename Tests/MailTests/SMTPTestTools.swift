import Testing

@testable import Mail

/// The failure a sending ends with.
func smtpFailure(_ body: () async throws -> Void, sourceLocation: SourceLocation = #_sourceLocation) async -> SMTPFailure? {
    do {
        try await body()
        Issue.record("was accepted", sourceLocation: sourceLocation)
    } catch {
        #expect(error is SMTPFailure, sourceLocation: sourceLocation)
        return error as? SMTPFailure
    }
    return nil
}
