import AsyncHTTPClient
import Foundation
import NIOCore
import NIOHTTP1

/// Talks to one bucket of an S3-compatible store.
///
/// Every request may be sent twice without harm, since a name stands for its content; so whatever fails for a passing reason is tried again
/// with growing pauses. Downloads have connections of their own: slow readers never stand in the way of what arrives.
final class S3Client: Sendable {
    let bucket: S3Bucket
    private let signature: S3Signature
    private let requests: HTTPClient
    private let downloads: HTTPClient

    /// Connections at a time; who gets none within the connect timeout is told that the store cannot be reached.
    private static let requestConnections = 16
    private static let downloadConnections = 64
    /// Before the second, third and fourth try; each is varied by half, so that several processes do not come back together.
    private static let pauseMilliseconds = [200, 800, 2000]
    /// Longer than a listing of 1,000 keys, or any error, by far.
    private static let mostAnswerBytes = 8 << 20

    init(_ bucket: S3Bucket) {
        self.bucket = bucket
        signature = S3Signature(accessKey: bucket.accessKey, secretKey: bucket.secretKey, region: bucket.region)
        requests = Self.connections(Self.requestConnections)
        downloads = Self.connections(Self.downloadConnections)
    }

    private static func connections(_ limit: Int) -> HTTPClient {
        // Redirects are not followed: the signature would be another one.
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.httpVersion = .http1Only
        configuration.timeout = .init(connect: .seconds(10), read: .seconds(60), write: .seconds(60))
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = limit
        // Otherwise a refused connection is tried for the whole connect timeout; trying again is our business.
        configuration.connectionPool.retryConnectionEstablishment = false
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    /// Ends all connections; requests under way fail.
    func close() async {
        try? await requests.shutdown()
        try? await downloads.shutdown()
    }

    /// An answer that is here whole.
    struct Answer: Sendable {
        var headers: HTTPHeaders
        var body: [UInt8]
    }

    /// Sends a request until it is answered with success, or has failed for good.
    ///
    /// - Parameter body: makes the body anew for each try.
    /// - Throws: `S3Failure`, `CancellationError`, and what the body throws.
    func ask(_ request: S3Request, body: (@Sendable () -> HTTPClientRequest.Body)? = nil) async throws -> Answer {
        try await persistently {
            let response = try await self.send(request, body: body?(), over: self.requests)
            let body = try await Self.whole(response.body)
            // A copy that fails after it has begun is answered with 200 and an error.
            guard request.method != .put || S3Document(body).text("Error", "Code") == nil else { throw S3Failure(status: 500, body: body) }
            return Answer(headers: response.headers, body: body)
        }
    }

    /// Hands over a body piece by piece, and when the connection is lost on the way goes on behind what was handed over.
    ///
    /// - Throws: as `ask`, and what `piece` throws.
    func download(_ path: String, _ piece: (ByteBuffer) async throws -> Void) async throws {
        var offset = 0
        var pauses = Self.pauseMilliseconds[...]
        while true {
            do {
                let from = offset
                var pieces = try await open(path, from: from).makeAsyncIterator()
                while let next = try await Self.reporting({ try await pieces.next() }) {
                    offset += next.readableBytes
                    try await piece(next)
                }
                return
            } catch let failure as S3Failure where failure.isPassing {
                guard let pause = pauses.popFirst() else { throw failure }
                try await Self.rest(pause)
            }
        }
    }

    private func open(_ path: String, from offset: Int) async throws -> HTTPClientResponse.Body {
        let range = offset == 0 ? [] : [(name: "range", value: "bytes=\(offset)-")]
        let response = try await send(S3Request(method: .get, path: path, headers: range), body: nil, over: downloads)
        guard offset == 0 || response.status == .partialContent else { throw S3Failure.odd("the store does not answer ranges") }
        return response.body
    }

    /// One try. Signed anew each time: a signature is good for 15 minutes only.
    private func send(_ request: S3Request, body: HTTPClientRequest.Body?, over connections: HTTPClient) async throws -> HTTPClientResponse
    {
        var message = HTTPClientRequest(url: bucket.base + request.target)
        message.method = .RAW(value: request.method.rawValue)
        for (name, value) in signature.headers(for: request, host: bucket.authority, at: Date()) {
            message.headers.add(name: name, value: value)
        }
        message.body = body
        let sent = message
        let response = try await Self.reporting {
            // Without an end: the timeouts on reading and writing find what stands still, and a large file may take its time.
            try await connections.execute(sent, deadline: .distantFuture)
        }
        guard (200..<300).contains(response.status.code) else {
            throw S3Failure(status: Int(response.status.code), body: try await Self.whole(response.body))
        }
        return response
    }

    private static func whole(_ body: HTTPClientResponse.Body) async throws -> [UInt8] {
        try await reporting { Array(try await body.collect(upTo: mostAnswerBytes).readableBytesView) }
    }

    private func persistently<Value: Sendable>(_ attempt: () async throws -> Value) async throws -> Value {
        for pause in Self.pauseMilliseconds {
            do { return try await attempt() } catch let failure as S3Failure where failure.isPassing { try await Self.rest(pause) }
        }
        return try await attempt()
    }

    private static func rest(_ milliseconds: Int) async throws {
        try await Task.sleep(for: .milliseconds(Double(milliseconds) * .random(in: 0.5...1.5)))
    }

    /// Turns what the network says into our words. Errors of files are those of a body that could not be read.
    private static func reporting<Value>(_ work: () async throws -> Value) async throws -> Value {
        do {
            return try await work()
        } catch let error as FileStoreError {
            throw error
        } catch is NIOTooManyBytesError {
            throw S3Failure.odd("the store's answer has no end")
        } catch {
            try Task.checkCancellation()
            throw S3Failure.unreachable(String("\(error)".prefix(200)))
        }
    }
}
