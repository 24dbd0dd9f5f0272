import Crypto
import Foundation

/// Signs what is sent to webhooks, so that a program can tell it from what others send.
///
/// `X-Klartext-Signature: t=1795421520,v1=HEX`: HMAC-SHA256 with the subscription's secret over `1795421520.BODY`. The time is in it, so that nobody
/// can send it again much later.
enum WebhookKeys {
    static let header = "X-Klartext-Signature"

    static func signature(_ body: [UInt8], secret: String, at now: Date) -> String {
        let seconds = String(Int64(now.timeIntervalSince1970))
        var code = HMAC<SHA256>(key: SymmetricKey(data: Data(secret.utf8)))
        code.update(data: Data("\(seconds).".utf8))
        code.update(data: Data(body))
        return "t=\(seconds),v1=\(Hexadecimal.text(code.finalize()))"
    }
}
