import Foundation

extension WorkspacePages {
    /// Why something beside the reply could not be done.
    func refused(_ refusal: TicketRefusal) -> HTML {
        notice("bad", icon: "alert", role: "alert", "<h2>\(t(.deskRefusedActTitle))</h2>\n<p>\(text(refusal))</p>")
    }

    /// What has to be changed before a reply can be sent; nil when nothing has.
    func problems(_ draft: ReplyDraft, _ uploadLimitBytes: Int) -> HTML? {
        guard !draft.problems.isEmpty else { return nil }
        return notice(
            "bad", icon: "alert", role: "alert",
            """
            <h2>\(t(.deskRefusedTitle))</h2>
            <div class="stack tight"><p>\(t(.deskRefusedKept))</p>
            <ul>
            \(each: draft.problems, { "<li>\(text($0, uploadLimitBytes))</li>\n" })</ul>
            <p><a href="#\(draft.corrects ? "correct-wrong" : "reply-text")">\(t(.deskRefusedToDraft))</a></p></div>
            """)
    }

    /// Nothing was sent, since something came meanwhile; here it is.
    func conflict(_ file: TicketFile, seen: Int64) -> HTML {
        let news = file.messages.filter { $0.id > seen }
        return """
            <div class="notice is-warn" role="alert" id="conflict" tabindex="-1">
            \(icon("stop"))
            <h2>\(conflictTitle(news.last))</h2>
            <div class="stack tight">
            <p>\(t(.deskRefusedReadFirst))</p>
            \(each: news, { message($0, file, isCopy: true) })
            <p><a href="#reply-text">\(t(.deskRefusedToDraft))</a></p>
            </div>
            </div>
            """
    }

    private func conflictTitle(_ newest: Message?) -> String {
        guard let newest else { return t(.deskRefusedChanged) }
        switch newest.author {
        case .agent: return t(.deskRefusedAgentReplied, ["name": newest.displayName])
        case .customer: return newest.isAutomatic ? t(.deskRefusedMachineWrote) : t(.deskRefusedCustomerWrote, ["name": newest.displayName])
        }
    }

    func text(_ refusal: TicketRefusal) -> String {
        switch refusal {
        case .overtaken: t(.deskRefusedChanged)
        case .emptyText: t(.deskRefusedEmptyText)
        case .noSuchQueue: t(.deskRefusedNoSuchQueue)
        case .emptyCause: t(.deskRefusedEmptyCause)
        case .emptyQuestion: t(.deskRefusedEmptyQuestion)
        case .emptyThirdParty: t(.deskRefusedEmptyThirdParty)
        case .badNextContact: t(.deskRefusedBadNextContact)
        case .notOpen: t(.deskRefusedNotOpen)
        case .alreadyOpen: t(.deskRefusedAlreadyOpen)
        case .noSuchTicket: t(.deskRefusedNoSuchTicket)
        case .noSuchMessage: t(.deskRefusedNoSuchMessage)
        case .sameTicket: t(.deskRefusedSameTicket)
        case .noSender: t(.deskRefusedNoSender)
        case .noAnswer: t(.deskRefusedNoAnswer)
        case .emptyWrong: t(.deskRefusedEmptyWrong)
        case .emptyRight: t(.deskRefusedEmptyRight)
        case .emptyAction: t(.deskRefusedEmptyAction)
        case .alreadyCorrected: t(.deskRefusedAlreadyCorrected)
        }
    }

    private func text(_ problem: ReplyDraft.Problem, _ uploadLimitBytes: Int) -> String {
        switch problem {
        case .refused(let refusal): text(refusal)
        case .noTurn: t(.deskRefusedNoTurn)
        case .filesTooLarge: t(.deskRefusedFilesTooLarge, ["limit": t.moments.size(bytes: uploadLimitBytes)])
        case .filesLost(let names): t(.deskRefusedFilesLost, ["names": names.joined(separator: ", ")])
        case .textCut: t(.deskRefusedTextCut)
        case .promises: t(.promiseRefusedSome)
        case .notStored: t(.deskRefusedNotStored)
        }
    }

    // Beside a field: that it is wrong, why, and the tie between the two for those who do not see.

    func invalid(_ draft: ReplyDraft, _ refusal: TicketRefusal) -> String { draft.problems.contains(.refused(refusal)) ? " invalid" : "" }

    func error(_ draft: ReplyDraft, _ refusal: TicketRefusal, _ field: String) -> HTML? {
        draft.problems.contains(.refused(refusal)) ? error(text(refusal), id: "\(field)-error") : nil
    }

    func error(_ text: String, id: String) -> HTML { "<p class=\"error\" id=\"\(id)\">\(icon("alert")) \(text)</p>" }

    func describedBy(_ draft: ReplyDraft, _ refusal: TicketRefusal, _ field: String) -> HTML? {
        guard draft.problems.contains(.refused(refusal)) else { return nil }
        return " aria-invalid=\"true\" aria-describedby=\"\(field)-error\""
    }
}
