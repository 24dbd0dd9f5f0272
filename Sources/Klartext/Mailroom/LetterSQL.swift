import Foundation
import Mail
import Storage

extension Transaction {
    /// Posts a letter: it is stored and its sending promised in this transaction, so that it leaves exactly if what it tells is true.
    /// - Returns: the letter's number.
    func post(_ letter: NewLetter, from mailbox: Mailbox, now: Date) throws -> Int64 {
        let id = try next(.letter)
        let messageID = mailbox.messageID(letter: id).rawValue
        let replyTo = letter.conversation.map(mailbox.replyAddress(conversation:))
        let body = String(decoding: try JSONEncoder.journal.encode(letter.body), as: UTF8.self)
        try run(
            """
            INSERT INTO letter (id, conversation, kind, language, recipient, recipient_name, recipient_key, subject, body, reply_to, email_id, in_reply_to, mailbox,
                                thread, is_automatic, written_at, state, state_at, server, code, detail, attempts)
            VALUES (\(id), \(letter.conversation), \(letter.kind), \(letter.language.rawValue), \(letter.recipient.mailbox), \(letter.recipientName),
                    \(letter.recipient.key), \(letter.subject), \(body), \(replyTo), \(messageID), \(letter.thread.last?.rawValue), \(mailbox.key),
                    \(letter.thread.map(\.rawValue).joined(separator: " ")), \(letter.isAutomatic), \(now), 'queued', \(now), '', NULL, '', 0)
            """)
        for (position, attachment) in letter.attachments.enumerated() {
            try run(
                """
                INSERT INTO letter_attachment (letter, position, digest, name, content_type)
                VALUES (\(id), \(position), \(attachment.digest), \(attachment.name), \(attachment.contentType))
                """)
        }
        try promise(SendLetter(letter: id), at: now, now: now)
        return id
    }

    /// Records one try and where the letter stands after it.
    func recordAttempt(_ letter: Letter, state: Letter.State, server: String, code: Int?, detail: String, now: Date) throws {
        try moveLetter(letter, to: state, server: server, code: code, detail: detail, attempts: letter.attempts + 1, now: now)
        try run(
            """
            INSERT INTO letter_attempt (letter, attempt, attempted_at, outcome, code, detail)
            VALUES (\(letter.id), \(letter.attempts + 1), \(now), \(state.rawValue), \(code), \(detail))
            """)
    }

    /// Records what a report says of a letter, and where the letter stands after it.
    /// - Parameters:
    ///   - fate: nil where the report changes nothing: then it is only written down.
    ///   - detail: what the reporting server said, in one line.
    ///   - inbox: the report's entry in the inbox.
    func recordReport(_ letter: Letter, _ action: DeliveryReport.Action, fate: LetterFate?, detail: String, inbox: Int64, now: Date) throws
    {
        if let fate {
            try moveLetter(
                letter, to: fate.state, server: letter.server, code: letter.code, detail: detail, attempts: letter.attempts, now: now)
            try run("UPDATE letter SET report = \(fate.report?.rawValue ?? "") WHERE id = \(letter.id)")
        }
        // each step has a moment of its own
        let last: Date? = try value("SELECT max(attempted_at) FROM letter_attempt WHERE letter = \(letter.id)") ?? nil
        let time = last.map { max(now, $0.addingTimeInterval(0.001)) } ?? now
        try run(
            """
            INSERT INTO letter_attempt (letter, attempt, attempted_at, outcome, code, detail, inbox)
            VALUES (\(letter.id), \(letter.attempts), \(time), \("report: " + action.rawValue), NULL, \(detail), \(inbox))
            """)
    }

    private func moveLetter(
        _ letter: Letter, to state: Letter.State, server: String, code: Int?, detail: String, attempts: Int, now: Date
    ) throws {
        try run(
            """
            UPDATE letter SET state = \(state.rawValue), state_at = \(now), server = \(server), code = \(code), detail = \(detail), attempts = \(attempts)
            WHERE id = \(letter.id)
            """)
        let wasCounted = letter.state == .failed && letter.dismissedAt == nil
        try count("failed letters", by: (state == .failed && letter.dismissedAt == nil ? 1 : 0) - (wasCounted ? 1 : 0))
        // whoever types a wrong address into a form that is open to everybody makes no work for anybody
        guard state == .failed, letter.kind == Letter.toStrangers, let failed = try self.letter(letter.id) else { return }
        try dismissLetter(failed, now: now)
    }

    /// Takes a failed letter off the list of those that need a look.
    func dismissLetter(_ letter: Letter, now: Date) throws {
        guard letter.state == .failed, letter.dismissedAt == nil else { return }
        try run("UPDATE letter SET dismissed_at = \(now) WHERE id = \(letter.id)")
        try count("failed letters", by: -1)
    }
}

/// All that is told of a letter's fate, and not the kilobytes that it says.
private let fate: SQL = """
    SELECT id, conversation, kind, language, recipient, recipient_name, subject, reply_to, email_id, thread, is_automatic, written_at, state, state_at,
        report, mailbox, server, code, detail, attempts, dismissed_at
    FROM letter
    """

extension Snapshot {
    func letter(_ id: Int64) throws -> Letter? { try row("\(raw: fate) WHERE id = \(id)").map(Letter.init(row:)) }

    func letters(conversation: Int64) throws -> [Letter] {
        try rows("\(raw: fate) WHERE conversation = \(conversation) ORDER BY id").map(Letter.init(row:))
    }

    func conversation(ofLetter id: Int64) throws -> Int64? { try value("SELECT conversation FROM letter WHERE id = \(id)") ?? nil }

    func letterContent(_ letter: Int64) throws -> LetterContent? {
        guard let body: String = try value("SELECT body FROM letter WHERE id = \(letter)") else { return nil }
        let attachments = try rows(
            """
            SELECT a.digest, a.name, a.content_type, f.size_bytes FROM letter_attachment a JOIN file f ON f.digest = a.digest
            WHERE a.letter = \(letter) ORDER BY a.position
            """
        ).map {
            try LetterContent.Attachment(
                digest: $0["digest"], name: $0["name"], contentType: $0["content_type"], sizeBytes: $0["size_bytes"])
        }
        return LetterContent(body: try JSONDecoder.journal.decode(LetterBody.self, from: Data(body.utf8)), attachments: attachments)
    }

    func letterAttempts(_ letter: Int64) throws -> [LetterAttempt] {
        try rows("SELECT * FROM letter_attempt WHERE letter = \(letter) ORDER BY attempted_at, attempt").map {
            try LetterAttempt(
                attempt: $0["attempt"], attemptedAt: $0["attempted_at"], outcome: $0["outcome"], code: $0["code"], detail: $0["detail"],
                inbox: $0["inbox"])
        }
    }

    /// How many automatic letters went to an address since a time.
    func automaticLetters(to address: Address, since time: Date) throws -> Int {
        try value("SELECT count(*) FROM letter WHERE recipient_key = \(address.key) AND written_at > \(time) AND is_automatic = 1") ?? 0
    }

    /// Whether the last letter to an address, within a time, failed for good.
    func lastLetterFailed(to address: Address, since time: Date) throws -> Bool {
        let state: String? = try value(
            """
            SELECT state FROM letter WHERE recipient_key = \(address.key) AND written_at > \(time) AND state IN ('accepted', 'delivered', 'failed')
            ORDER BY written_at DESC, id DESC LIMIT 1
            """)
        return state == Letter.State.failed.rawValue
    }

    func failedLetters(before id: Int64, limit: Int) throws -> [Letter] {
        try rows("\(raw: fate) WHERE state = 'failed' AND dismissed_at IS NULL AND id < \(id) ORDER BY id DESC LIMIT \(limit)").map(
            Letter.init(row:))
    }

    func latestLetters(limit: Int) throws -> [Letter] { try rows("\(raw: fate) ORDER BY id DESC LIMIT \(limit)").map(Letter.init(row:)) }
}

extension Letter {
    init(row: Row) throws {
        let (language, thread, state): (String, String, String) = try (row["language"], row["thread"], row["state"])
        let report: String = try row["report"]
        try self.init(
            id: row["id"], conversation: row["conversation"], kind: row["kind"], language: Language(rawValue: language) ?? .de,
            recipient: row["recipient"], recipientName: row["recipient_name"], subject: row["subject"], replyTo: row["reply_to"],
            messageID: row["email_id"],
            thread: thread.split(separator: " ").map(String.init), isAutomatic: row["is_automatic"], writtenAt: row["written_at"],
            state: State(rawValue: state) ?? .queued, stateAt: row["state_at"], report: Report(rawValue: report), mailbox: row["mailbox"],
            server: row["server"],
            code: row["code"],
            detail: row["detail"],
            attempts: row["attempts"], dismissedAt: row["dismissed_at"])
    }
}
