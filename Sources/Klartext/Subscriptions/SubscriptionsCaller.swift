import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// Calls webhooks. A stranger has named the address, so each call looks up the name anew, refuses it where one of its addresses is not of the public
/// internet, and connects to the very address that was looked at; redirects are not followed, and little is read.
struct SubscriptionsCaller: Sendable {
    /// A request as it leaves.
    struct Call: Sendable {
        var webhook: WebhookAddress
        /// Where it goes: checked, and not asked for again.
        var address: IPAddress
        var headers: [(name: String, value: String)]
        var body: [UInt8]
    }

    struct Reply: Sendable {
        var status: Int
        var body: [UInt8]
    }

    var guards: WebhookGuard
    /// All addresses of a host name.
    var resolve: @Sendable (String) async throws -> [IPAddress] = { try await SubscriptionsCaller.addresses(of: $0) }
    /// Sends a request; other ways are for tests.
    var exchange: (@Sendable (Call) async throws -> Reply)?

    static let seconds: Int64 = 10
    /// More of an answer is not read.
    static let mostBytes = 65_536

    /// Whether the name leads to the public internet just now.
    func mayCall(_ webhook: WebhookAddress) async -> Bool {
        guard let addresses = try? await resolve(webhook.host) else { return false }
        return guards.choice(of: addresses) != nil
    }

    /// Tells what a notice says.
    func call(_ outgoing: OutgoingNotice, _ links: SubscriptionLinks, at now: Date) async -> SubscriptionsSending.Answer {
        let subscriber = outgoing.recipient.subscriber
        let body = WebhookPayload(outgoing.bulletin.story, subscriber, links, at: now)
        return await post(body, to: outgoing.recipient, links, at: now) { $0.status / 100 == 2 }
    }

    /// Asks for the proof that its owner wants to be called. The private link and the secret for signatures come with it: to him alone.
    func challenge(_ recipient: Recipient, _ links: SubscriptionLinks, at now: Date) async -> SubscriptionsSending.Answer {
        let challenge = links.challenge(recipient.subscriber)
        let body = WebhookChallenge(
            challenge: challenge, secret: links.secret(recipient.subscriber), meta: .init(recipient.subscriber, links, at: now))
        return await post(body, to: recipient, links, at: now) { reply in
            reply.status / 100 == 2 && WebhookChallenge.isAnswered(by: reply.body, challenge)
        }
    }

    private func post(
        _ payload: some Encodable, to recipient: Recipient, _ links: SubscriptionLinks, at now: Date, isGood: (Reply) -> Bool
    ) async -> SubscriptionsSending.Answer {
        guard let webhook = WebhookAddress(recipient.address) else { return .refused("no address") }
        let destination = "https://" + webhook.host
        do {
            guard let address = guards.choice(of: try await resolve(webhook.host)) else {
                return .failed("\(webhook.host) is not of the public internet", mayHaveArrived: false, destination: destination)
            }
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            let body = [UInt8](try encoder.encode(payload))
            let signature = WebhookKeys.signature(body, secret: links.secret(recipient.subscriber), at: now)
            let headers: [(name: String, value: String)] = [
                ("Content-Type", "application/json"), ("User-Agent", "Klartext"), (WebhookKeys.header, signature),
            ]
            let reply = try await send(Call(webhook: webhook, address: address, headers: headers, body: body))
            return isGood(reply) ? .taken : .failed("answered \(reply.status)", mayHaveArrived: false, destination: destination)
        } catch {
            return .failed(String("\(error)".prefix(200)), mayHaveArrived: true, destination: destination)
        }
    }

    private func send(_ call: Call) async throws -> Reply {
        if let exchange { return try await exchange(call) }
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.httpVersion = .http1Only
        configuration.timeout = .init(connect: .seconds(Self.seconds), read: .seconds(Self.seconds), write: .seconds(Self.seconds))
        configuration.connectionPool.retryConnectionEstablishment = false
        // The certificate is still that of the name: only the question for its address is answered already.
        configuration.dnsOverride = [call.webhook.host: "\(call.address)"]
        if let pem = guards.trustedPEM {
            var tls = TLSConfiguration.makeClientConfiguration()
            tls.additionalTrustRoots = [.certificates(try NIOSSLCertificate.fromPEMBytes(Array(pem.utf8)))]
            configuration.tlsConfiguration = tls
        }
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        do {
            let reply = try await send(call, over: client)
            try? await client.shutdown()
            return reply
        } catch {
            try? await client.shutdown()
            throw error
        }
    }

    private func send(_ call: Call, over client: HTTPClient) async throws -> Reply {
        var request = HTTPClientRequest(url: call.webhook.url)
        request.method = .POST
        for (name, value) in call.headers { request.headers.add(name: name, value: value) }
        request.body = .bytes(ByteBuffer(bytes: call.body))
        let response = try await client.execute(request, timeout: .seconds(Self.seconds))
        var body: [UInt8] = []
        for try await piece in response.body {
            body += piece.readableBytesView.prefix(Self.mostBytes - body.count)
            if body.count >= Self.mostBytes { break }
        }
        return Reply(status: Int(response.status.code), body: body)
    }

    /// Asks the system's resolver, on a thread where waiting costs nobody else.
    private static func addresses(of host: String) async throws -> [IPAddress] {
        try await NIOThreadPool.singleton.runIfActive {
            var hints = addrinfo()
            hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
            var list: UnsafeMutablePointer<addrinfo>?
            let code = getaddrinfo(host, nil, &hints, &list)
            guard code == 0 else { throw UnknownHost(host: host) }
            defer { freeaddrinfo(list) }
            guard let first = list else { return [] }
            return sequence(first: first, next: { $0.pointee.ai_next }).compactMap { entry -> IPAddress? in
                var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
                let (address, length) = (entry.pointee.ai_addr, entry.pointee.ai_addrlen)
                guard getnameinfo(address, length, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST) == 0 else { return nil }
                let bytes = text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
                // of a link-local address the zone is left out
                return IPAddress(String(decoding: bytes.prefix { $0 != UInt8(ascii: "%") }, as: UTF8.self))
            }
        }
    }

    struct UnknownHost: Error {
        var host: String
    }
}
