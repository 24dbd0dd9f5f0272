import CGMime
import Foundation

/// The fields of a header by meaning: identifiers, addresses, dates.
struct HeaderFields {
    let all: [Email.Header]
    private let raw: [HeaderBlock.Field]

    init(_ raw: [HeaderBlock.Field]) {
        self.raw = raw
        all = raw.map { Email.Header(name: $0.name, value: EncodedWord.decode($0.value)) }
    }

    func text(_ name: String) -> String? { values(name).first.map { EncodedWord.decode($0) } }

    /// One line of what can be seen: no marks that turn the line around it, which Arabic and Hebrew do without.
    var subject: String {
        let scalars = (text("Subject") ?? "").unicodeScalars.filter { !Invisible.contains($0) }
        return ASCII.trimmed(String(String.UnicodeScalarView(scalars)))
    }

    func contains(_ name: String) -> Bool { !values(name).isEmpty }

    /// The identifiers of the first such field that has any.
    func ids(_ name: String) -> [MessageID] {
        for value in values(name) {
            let ids = MessageID.parseList(EncodedWord.decode(value))
            if !ids.isEmpty { return ids }
        }
        return []
    }

    /// The addresses of the first such field that has any; recipients may be spread over several fields.
    func addresses(_ name: String) -> [Address] {
        let lists = values(name).lazy.map { Address.parseList($0) }.filter { !$0.isEmpty }
        return name == "To" || name == "Cc" ? Array(lists.joined()) : lists.first ?? []
    }

    var deliveredTo: [Address] {
        var seen: Set<String> = []
        return ["Delivered-To", "X-Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To"]
            .flatMap { values($0).flatMap { Address.parseList($0) } }.filter { seen.insert($0.key).inserted }
    }

    var returnPath: String? {
        guard let value = values("Return-Path").first else { return nil }
        return Address.parseList(value).first?.mailbox ?? ""
    }

    /// When the mail was written, according to its sender; nil for dates no mail can have.
    var date: Date? {
        guard let value = values("Date").first, value.count < 200 else { return nil }
        let text = EncodedWord.decode(value)
        guard let parsed = g_mime_utils_header_decode_date(text) else { return nil }
        defer { g_date_time_unref(parsed) }
        let seconds = g_date_time_to_unix(parsed)
        // 1971 to 2200: a clock without battery starts in 1970.
        return (31_536_000..<7_258_118_400).contains(seconds) ? Date(timeIntervalSince1970: TimeInterval(seconds)) : nil
    }

    func defects(from: [Address], messageID: MessageID?) -> [Email.Defect] {
        var defects: [Email.Defect] = []
        if from.isEmpty { defects.append(.noFrom) }
        if values("From").count > 1 { defects.append(.severalFrom) }
        if messageID == nil { defects.append(.noMessageID) }
        if values("Message-ID").count > 1 { defects.append(.severalMessageIDs) }
        return defects
    }

    private func values(_ name: String) -> [[UInt8]] {
        raw.filter { HeaderBlock.isSame($0.name, name) }.map(\.value)
    }
}
