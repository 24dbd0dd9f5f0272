import Logging
import ServiceLifecycle
import UnixSignals

/// Reads the forms anew when told so by SIGHUP. A directory that is wrong is told of in the log, and changes nothing.
struct FormsReload: Service {
    let forms: Forms
    let logger: Logger

    func run() async throws {
        for await _ in await UnixSignalsSequence(trapping: .sighup).cancelOnGracefulShutdown() {
            do {
                try forms.reload()
                logger.notice("forms read anew", metadata: ["forms": .array(forms.types.map { "\($0.id)" })])
            } catch {
                logger.error("the forms stay as they were", metadata: ["reason": "\(error)"])
            }
        }
    }
}
