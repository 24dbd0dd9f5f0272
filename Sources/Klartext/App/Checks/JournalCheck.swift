import Storage

/// Proves the journal: each line says what it said, hangs on the line before it about its subject, and is held by its seal.
struct JournalCheck: Sendable {
    var database: Database
    var mostBreaches: Int

    private static let page = 2000

    /// Each line against its own hash and against the seals, from the first to the last.
    func lines() async throws -> Check.Result {
        var result = Check.Result(law: "every line of the journal is as it was written and sealed", looked: 0, breaches: [])
        var seals = try await database.read { db in try db.seals(after: -1, limit: .max) }[...]
        guard let beginning = seals.popFirst() else { return result.failed("the first seal is missing") }
        var last = (sequence: Int64(0), hash: JournalEntry.beginning)
        var (sealed, held) = (beginning, [String]())
        while true {
            let after = last.sequence
            let lines = try await database.read { db in try db.journal(after: after, limit: Self.page) }
            guard !lines.isEmpty, result.breaches.count < mostBreaches else { break }
            for line in lines {
                if !line.isIntact { result.breaches.append("line \(line.sequence) was changed") }
                if line.sequence <= beginning.last {
                    // the one chain of the first versions, without a gap
                    if line.previous != last.hash { result.breaches.append("line \(line.sequence) does not follow line \(last.sequence)") }
                } else {
                    while let seal = seals.first, line.sequence > seal.last { close(seal, &sealed, &held, &seals, &result) }
                    held.append(line.hash)
                }
                last = (line.sequence, line.hash)
                if line.sequence == beginning.last, line.hash != beginning.hash { result.breaches.append("the first seal is broken") }
            }
            result.looked += lines.count
        }
        while let seal = seals.first, result.breaches.count < mostBreaches { close(seal, &sealed, &held, &seals, &result) }
        return result
    }

    /// Compares a seal with the lines that it should hold.
    private func close(
        _ seal: JournalSeal, _ sealed: inout JournalSeal, _ held: inout [String], _ seals: inout ArraySlice<JournalSeal>,
        _ result: inout Check.Result
    ) {
        if seal.hash != JournalSeal.hash(after: sealed.hash, last: seal.last, lines: held) {
            result.breaches.append("the lines \(sealed.last + 1) to \(seal.last) are not those that were sealed")
        }
        (sealed, held) = (seal, [])
        seals.removeFirst()
    }

    /// Each line against the line before it about the same subject.
    func chains() async throws -> Check.Result {
        var result = Check.Result(law: "the journal's chains are unbroken", looked: 0, breaches: [])
        let beginning = try await database.read { db in try db.seals(after: -1, limit: 1) }.first?.last ?? 0
        var last = JournalLink(subject: "", sequence: 0, previous: "", hash: "")
        while true {
            let from = last
            let links = try await database.read { db in
                try db.links(afterSubject: from.subject, line: from.sequence, limit: Self.page)
            }
            guard !links.isEmpty, result.breaches.count < mostBreaches else { return result }
            for link in links {
                let expected = link.subject == last.subject ? last.hash : JournalEntry.beginning
                if link.sequence > beginning, link.previous != expected {
                    result.breaches.append("line \(link.sequence) does not follow the line before it about \(link.subject)")
                }
                last = link
            }
            result.looked += links.count
        }
    }
}

extension Check.Result {
    fileprivate func failed(_ breach: String) -> Check.Result { Check.Result(law: law, looked: looked, breaches: breaches + [breach]) }
}
