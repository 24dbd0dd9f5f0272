import HTTPTypes
import Testing

@testable import Klartext

/// Somebody with a browser at a real port: one connection for each request.
struct WebVisitor: Sendable {
    var port: Int
    /// What a reverse proxy says of where the request comes from.
    var address = "203.0.113.7"
    var cookie: String?

    typealias File = Browser.File

    func get(_ path: String) async throws -> Page {
        let wire = try await Wire(port: port)
        try await wire.send(head("GET", path))
        return try await Self.answer(wire)
    }

    func post(_ path: String, _ fields: [(String, String)], files: [File] = []) async throws -> Page {
        let wire = try await Wire(port: port)
        try await wire.send(request(path, fields, files: files))
        return try await Self.answer(wire)
    }

    /// The bytes of a form that is sent.
    func request(_ path: String, _ fields: [(String, String)], files: [File] = []) -> [UInt8] {
        let boundary = "b0undary-of-a-form"
        var body: [UInt8] = []
        for (name, value) in fields {
            body += Array("--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8)
        }
        for file in files {
            let disposition = "Content-Disposition: form-data; name=\"files\"; filename=\"\(file.name)\"\r\nContent-Type: \(file.type)"
            body += Array("--\(boundary)\r\n\(disposition)\r\n\r\n".utf8) + file.bytes + [13, 10]
        }
        body += Array("--\(boundary)--\r\n".utf8)
        let further = "Content-Type: multipart/form-data; boundary=\(boundary)\r\nContent-Length: \(body.count)\r\n"
        return Array(head("POST", path, further).utf8) + body
    }

    /// A connection that a browser keeps for its next request.
    func keptConnection(after path: String) async throws -> Wire {
        let wire = try await Wire(port: port)
        try await wire.send("GET \(path) HTTP/1.1\r\nHost: hilfe.nordlicht.example\r\n\r\n")
        _ = try await Self.answer(wire)
        return wire
    }

    /// The stamp that the form for a new request carries.
    func stamp() async throws -> String { try #require(try await get("/request").values("started").first) }

    /// The same, when it is so old that the form takes whoever sends it for a person: nobody fills in a form as quickly as a test.
    func oldEnoughStamp() async throws -> String {
        let stamp = try await stamp()
        try await Task.sleep(for: .seconds(FormRules().fewestSeconds + 0.1))
        return stamp
    }

    /// Reads one answer.
    /// - Throws: `Wire.HungUp` where it does not come, or not whole.
    static func answer(_ wire: Wire) async throws -> Page {
        let status = try await wire.line().split(separator: " ")
        guard status.count > 1, let code = Int(status[1]) else { throw Wire.HungUp() }
        var headers = HTTPFields()
        while true {
            let line = try await wire.line()
            if line.isEmpty { break }
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, let name = HTTPField.Name(String(parts[0])) else { throw Wire.HungUp() }
            headers.append(HTTPField(name: name, value: String(parts[1].drop { $0 == " " })))
        }
        let length = headers[.contentLength].flatMap { Int($0) } ?? 0
        return Page(status: .init(code: code), headers: headers, bytes: try await wire.bytes(length))
    }

    private func head(_ method: String, _ path: String, _ further: String = "") -> String {
        let identity = "X-Forwarded-For: \(address)\r\n" + (cookie.map { "Cookie: \($0)\r\n" } ?? "")
        return "\(method) \(path) HTTP/1.1\r\nHost: hilfe.nordlicht.example\r\n\(identity)Connection: close\r\n\(further)\r\n"
    }
}

extension Page {
    /// The number on the page that says a request was taken.
    var number: TicketNumber? {
        let rest = text.components(separatedBy: "id=\"number\">").dropFirst().first
        return rest?.components(separatedBy: "<").first.flatMap { TicketNumber($0) }
    }
}
