import Hummingbird
import Logging
import NIOCore

/// What is known of a request beside the request itself.
struct WebContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The language this person is answered in; chosen by `Visitors`.
    var language: Language
    /// Where the request comes from: the peer, or what a trusted proxy says. nil for a Unix socket and in tests without a network.
    var remoteAddress: IPAddress?
    /// Whether the person's connection is encrypted, as a trusted proxy or the public URL says.
    var isSecure: Bool
    /// Who has signed in; nil for everybody but agents at the desk. Set by `AgentsOnly`.
    var agent: Agent?

    /// The form that came with the request.
    let typed = TypedForm()

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        language = .de
        remoteAddress = source.channel.remoteAddress.flatMap(IPAddress.init)
        isSecure = false
    }

    /// Names this request in the log and on the page that says something failed.
    var requestID: String { logger[metadataKey: "hb.request.id"].map { "\($0)" } ?? "-" }
}
