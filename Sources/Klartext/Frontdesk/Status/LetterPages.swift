import Foundation

/// The letters on a customer's page, each with the truth about its delivery as far as we know it.
extension FrontdeskPages {
    func letters(_ view: CustomerView, _ t: Voice) -> HTML {
        let rows = HTML.joined(view.letters.map { row($0, view, t) })
        let hint: HTML = "<p class=\"small muted\">\(t(.statusLettersHint))</p>"
        return section("letters", t(.statusLetters), "\(hint)\n<ul class=\"rows\">\n\(rows)</ul>")
    }

    private func row(_ letter: Letter, _ view: CustomerView, _ t: Voice) -> HTML {
        """
        <li class="stack tight">
        <p class="cluster spread"><span>\(title(letter, view, t))</span> <span class="receipt">\(t.stamp(letter.writtenAt))</span></p>
        <p>\(delivery(letter, view, t))</p>
        </li>

        """
    }

    private func title(_ letter: Letter, _ view: CustomerView, _ t: Voice) -> String {
        switch letter.kind {
        case "confirmation": t(.statusLetterConfirmation, ["address": letter.recipient])
        case "reply":
            view.messages.first { $0.letter == letter.id }.map { t(.statusLetterReply, ["name": $0.authorName]) } ?? t(.statusLetterOther)
        case "correction":
            view.messages.first { $0.letter == letter.id }.map { t(.statusLetterCorrection, ["name": $0.authorName]) }
                ?? t(.statusLetterOther)
        case "solved": t(.statusLetterSolved)
        case "reopened": t(.statusLetterReopened)
        case "link": t(.statusLetterLink)
        case "receipt": t(.statusLetterReceipt)
        default: t(.statusLetterOther)
        }
    }

    /// Where a letter is.
    func delivery(_ letter: Letter, _ view: CustomerView, _ t: Voice) -> HTML {
        let time = t.stamp(letter.stateAt)
        let (tone, icon, text): (String, String, HTML) =
            switch letter.state {
            case .queued, .delayed: underway(letter, view, t)
            case .accepted: accepted(letter, time, t)
            case .delivered:
                ("is-accepted", "check", t.html(.statusDeliveryDelivered, ["word": bold(.statusDeliveryDeliveredWord, t), "time": time]))
            case .failed: ("is-failed", "mail-failed", failed(letter, view, t))
            }
        return "<span class=\"delivery \(tone)\">\(layout.icon(icon)) <span>\(text)</span></span>"
    }

    /// A server has it: what was reported since says more.
    private func accepted(_ letter: Letter, _ time: HTML, _ t: Voice) -> (String, String, HTML) {
        switch letter.report {
        case nil:
            let values: KeyValuePairs = ["word": bold(.statusDeliveryAcceptedWord, t), "server": HTML(text: letter.server), "time": time]
            return ("is-accepted", "check", t.html(.statusDeliveryAccepted, values))
        case .delayed:
            return (
                "is-delayed", "clock", t.html(.statusDeliveryReportedDelayed, ["word": bold(.statusDeliveryDelayedWord, t), "time": time])
            )
        case .relayed:
            return ("is-accepted", "check", t.html(.statusDeliveryRelayed, ["word": bold(.statusDeliveryRelayedWord, t), "time": time]))
        case .expanded:
            return ("is-accepted", "check", t.html(.statusDeliveryExpanded, ["word": bold(.statusDeliveryExpandedWord, t), "time": time]))
        }
    }

    private func underway(_ letter: Letter, _ view: CustomerView, _ t: Voice) -> (String, String, HTML) {
        let isDelayed = letter.state == .delayed
        let word = bold(isDelayed ? .statusDeliveryDelayedWord : .statusDeliveryQueuedWord, t)
        let tone = isDelayed ? "is-delayed" : "is-queued"
        // what is tried next within a minute of being written is simply on its way
        guard let next = view.nextTries[letter.id], isDelayed || next.timeIntervalSince(letter.writtenAt) > 60 else {
            return (tone, "clock", t.html(isDelayed ? .statusDeliveryDelayed : .statusDeliveryQueued, ["word": word]))
        }
        let key = isDelayed ? TextKey.statusDeliveryDelayedUntil : .statusDeliveryQueuedUntil
        return (tone, "clock", t.html(key, ["word": word, "time": t.stamp(next)]))
    }

    private func failed(_ letter: Letter, _ view: CustomerView, _ t: Voice) -> HTML {
        let reason = failureReason(view.failures[letter.id] ?? .other, address: letter.recipient, t)
        return "\(bold(.statusDeliveryFailedWord, t)) \(reason)"
    }

    private func bold(_ key: TextKey, _ t: Voice) -> HTML { "<b>\(t(key))</b>" }
}
