import Testing

/// Reports as mail servers write them. `ENVID` stands where the envelope's name is repeated, and none quotes the letter it is about.
enum ReportSamples {
    struct Sample: Sendable, CustomTestStringConvertible {
        var name: String
        /// Whether it can repeat the envelope's name.
        var hasEnvelopeID = true
        var action: String
        var text: String
        var testDescription: String { name }
    }

    static let all: [Sample] = [
        postfixDelivered, postfixRelayed, postfixDelayed, postfixFailed, eximFailed, exchangeFailed, exchangeExpanded, qmail,
    ]

    private static func postfix(_ subject: String, _ words: String, _ lines: String) -> String {
        """
        From: MAILER-DAEMON@mail.nordlicht.example (Mail Delivery System)
        Subject: \(subject)
        Auto-Submitted: auto-replied
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status;
        \tboundary="5F0A31A0.1795421520/mail.nordlicht.example"
        Content-Transfer-Encoding: 8bit

        This is a MIME-encapsulated message.

        --5F0A31A0.1795421520/mail.nordlicht.example
        Content-Description: Notification
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: 8bit

        This is the mail system at host mail.nordlicht.example.

        \(words)

                           The mail system

        --5F0A31A0.1795421520/mail.nordlicht.example
        Content-Description: Delivery report
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mail.nordlicht.example
        Original-Envelope-Id: ENVID
        X-Postfix-Queue-ID: 5F0A31A0
        X-Postfix-Sender: rfc822; hilfe@nordlicht.example
        Arrival-Date: Mon, 23 Nov 2026 09:12:00 +0100 (CET)

        Final-Recipient: rfc822; lukasz@nowak.example
        Original-Recipient: rfc822;lukasz@nowak.example
        \(lines)

        --5F0A31A0.1795421520/mail.nordlicht.example--

        """
    }

    private static let success = """
        Your message was successfully delivered to the destination(s)
        listed below. If the message was delivered to mailbox you will
        receive no further notifications. Otherwise you may still receive
        notifications of mail delivery errors from other systems.
        """

    static let postfixDelivered = Sample(
        name: "Postfix, delivered to a mailbox", action: "delivered",
        text: postfix(
            "Successful Mail Delivery Report", success + "\n\n<lukasz@nowak.example>: delivered to maildir",
            "Action: delivered\nStatus: 2.0.0\nDiagnostic-Code: X-Postfix; delivered to maildir"))

    static let postfixRelayed = Sample(
        name: "Postfix, handed on", action: "relayed",
        text: postfix(
            "Successful Mail Delivery Report",
            success + "\n\n<lukasz@nowak.example>: delivery via mx.nowak.example[192.0.2.25]:25: 250 2.0.0 Ok",
            "Action: relayed\nStatus: 2.0.0\nRemote-MTA: dns; mx.nowak.example\nDiagnostic-Code: smtp; 250 2.0.0 Ok: queued as 4F6"))

    static let postfixDelayed = Sample(
        name: "Postfix, not yet", action: "delayed",
        text: postfix(
            "Delayed Mail (still being retried)",
            "####################################################################\n# THIS IS A WARNING ONLY.  YOU DO NOT NEED TO RESEND YOUR MESSAGE. #",
            """
            Action: delayed
            Status: 4.4.1
            Diagnostic-Code: X-Postfix; connect to mx.nowak.example[192.0.2.25]:25: Connection timed out
            Will-Retry-Until: Sat, 28 Nov 2026 09:12:00 +0100 (CET)
            """))

    static let postfixFailed = Sample(
        name: "Postfix, refused", action: "failed",
        text: postfix(
            "Undelivered Mail Returned to Sender",
            "<lukasz@nowak.example>: host mx.nowak.example[192.0.2.25] said: 550 5.1.1\n    User unknown (in reply to RCPT TO command)",
            "Action: failed\nStatus: 5.1.1\nRemote-MTA: dns; mx.nowak.example\nDiagnostic-Code: smtp; 550 5.1.1 User unknown"))

    static let eximFailed = Sample(
        name: "Exim, refused", action: "failed",
        text: """
            Auto-Submitted: auto-replied
            From: Mail Delivery System <Mailer-Daemon@exim.example>
            X-Failed-Recipients: lukasz@nowak.example
            Content-Type: multipart/report; report-type=delivery-status; boundary=1795421520-eximdsn-1804289383
            MIME-Version: 1.0
            Subject: Mail delivery failed: returning message to sender

            --1795421520-eximdsn-1804289383
            Content-type: text/plain; charset=us-ascii

            This message was created automatically by mail delivery software.

            A message that you sent could not be delivered to one or more of its
            recipients. This is a permanent error. The following address(es) failed:

              lukasz@nowak.example
                host mx.nowak.example [192.0.2.25]
                SMTP error from remote mail server after RCPT TO:<lukasz@nowak.example>:
                552 5.2.2 Mailbox full

            --1795421520-eximdsn-1804289383
            Content-type: message/delivery-status

            Original-Envelope-Id: ENVID
            Reporting-MTA: dns; exim.example

            Action: failed
            Final-Recipient: rfc822;lukasz@nowak.example
            Status: 5.0.0
            Remote-MTA: dns; mx.nowak.example
            Diagnostic-Code: smtp; 552 5.2.2 Mailbox full

            --1795421520-eximdsn-1804289383--

            """)

    private static func exchange(_ subject: String, _ lines: String) -> String {
        """
        From: Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@nowak.example>
        Subject: \(subject)
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status;
        \tboundary="0f5b1c2a-7c14-4a5e-9d31-4f0f1a6a7e11"
        Content-Language: de-DE

        --0f5b1c2a-7c14-4a5e-9d31-4f0f1a6a7e11
        Content-Type: text/plain; charset="utf-8"
        Content-Transfer-Encoding: 8bit

        Ihre Nachricht an lukasz@nowak.example.

        --0f5b1c2a-7c14-4a5e-9d31-4f0f1a6a7e11
        Content-Type: message/delivery-status

        Reporting-MTA: dns;FR0P281MB2415.DEUP281.PROD.OUTLOOK.COM
        Original-Envelope-ID: ENVID
        Received-From-MTA: dns;mail.nordlicht.example
        Arrival-Date: Mon, 23 Nov 2026 08:12:09 +0000

        Final-Recipient: rfc822;lukasz@nowak.example
        \(lines)

        --0f5b1c2a-7c14-4a5e-9d31-4f0f1a6a7e11--

        """
    }

    static let exchangeFailed = Sample(
        name: "Exchange, unknown", action: "failed",
        text: exchange(
            "Unzustellbar: TXT-Eintrag fehlt",
            """
            Action: failed
            Status: 5.1.10
            Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient lukasz@nowak.example not found by SMTP address lookup
            X-Display-Name: lukasz@nowak.example
            """))

    static let exchangeExpanded = Sample(
        name: "Exchange, a list", action: "expanded",
        text: exchange("Expanded: TXT-Eintrag fehlt", "Action: expanded\nStatus: 2.1.5\nX-Display-Name: Team"))

    static let qmail = Sample(
        name: "qmail, in its own words", hasEnvelopeID: false, action: "failed",
        text: """
            From: MAILER-DAEMON@qmail.example
            Subject: failure notice

            Hi. This is the qmail-send program at qmail.example.
            I'm afraid I wasn't able to deliver your message to the following addresses.
            This is a permanent error; I've given up. Sorry it didn't work out.

            <lukasz@nowak.example>:
            Sorry, no mailbox here by that name. (#5.1.1)

            """)
}
