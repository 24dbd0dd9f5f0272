import Foundation

extension WorkspacePages {
    /// Where an agent writes: an answer, or a note that stays in the house. Two forms, so that one can never be taken for the other.
    func composer(_ file: TicketFile, _ drafts: TicketDrafts, uploadLimitBytes: Int) -> HTML {
        """
        <section class="composer" aria-labelledby="compose">
        <h2 class="vh" id="compose">\(t(.deskComposeTitle))</h2>
        <fieldset class="tabs">
        <legend class="vh">\(t(.deskComposeWhat))</legend>
        \(tab("reply", icon: "send", .deskComposeReply, isChosen: !drafts.writesNote && !drafts.reply.corrects))
        \(file.standingAnswers.isEmpty ? nil : tab("correction", icon: "reopen", .deskCorrect, isChosen: !drafts.writesNote && drafts.reply.corrects))
        \(tab("note", icon: "lock", .deskComposeNote, isChosen: drafts.writesNote))
        </fieldset>
        \(replyForm(file, drafts.reply, uploadLimitBytes))
        \(noteForm(file, drafts))
        </section>
        """
    }

    /// Belongs to the form of answers, which so learns whether it is a correction.
    private func tab(_ kind: String, icon sign: String, _ label: TextKey, isChosen: Bool) -> HTML {
        """
        <label><input type="radio" name="compose" value="\(kind)" form="reply-form" id="compose-\(kind)"\(attribute: "checked", if: isChosen)> \
        \(icon(sign)) \(t(label))</label>
        """
    }

    private func replyForm(_ file: TicketFile, _ draft: ReplyDraft, _ limit: Int) -> HTML {
        let (ticket, customer) = (file.ticket, file.customer)
        let language = ticket.language == .de ? t(.deskLanguageOfDe) : t(.deskLanguageOfEn)
        return """
            <form class="reply-form stack" id="reply-form" method="post" action="\(href: ticket.number.deskPath)/reply" enctype="multipart/form-data" \
            data-draft="reply-\(Int(ticket.number.rawValue))">
            <input type="hidden" name="seen" value="\(Int(ticket.lastMessage))">
            \(officialReminder(file))
            <div class="when-reply field\(invalid(draft, .emptyText))">
            <label for="reply-text">\(t(.deskComposeReplyTo, ["name": customer.displayName])) \
            <span class="hint">\(customer.hasMail ? customer.address : t(.customerHasNoMail)) · \(language)</span></label>
            \(error(draft, .emptyText, "reply-text"))
            <textarea id="reply-text" name="text" rows="6" maxlength="50000"\(describedBy(draft, .emptyText, "reply-text"))>
            \(draft.text)</textarea>
            </div>
            \(file.standingAnswers.isEmpty ? nil : correctionFields(file, draft))
            \(filesField(draft, limit))
            \(promiseFields(file, draft))
            \(after(draft, prefix: "", maySolve: true))
            <div class="form-end">
            <button class="btn primary">\(icon("send")) \(draft.isOvertaken ? HTML(text: t(.deskComposeSendDespite)) : sendWords(file))</button>
            \(draft.isOvertaken ? nil : "<p class=\"hint\">\(t(.deskComposeSendHint))</p>" as HTML)
            </div>
            </form>
            """
    }

    private func sendWords(_ file: TicketFile) -> HTML {
        guard !file.standingAnswers.isEmpty else { return HTML(text: t(.deskComposeSend)) }
        return "<span class=\"when-reply\">\(t(.deskComposeSend))</span><span class=\"when-correction\">\(t(.deskCorrectSend))</span>"
    }

    private func filesField(_ draft: ReplyDraft, _ limit: Int) -> HTML {
        let size = t.moments.size(bytes: limit)
        return """
            <div class="field">
            <label for="reply-files">\(t(.deskComposeFiles)) <span class="hint">\(t(.deskComposeFilesHint, ["limit": size]))</span></label>
            \(draft.files.isEmpty ? nil : keptFiles(draft))
            <input type="file" id="reply-files" name="files" multiple data-files data-limit-bytes="\(limit)" \
            data-remove="\(t(.deskComposeRemove))" data-sum="\(placeholders(.deskComposeSum))" \
            data-too-large="\(placeholders(.deskComposeTooLarge))">
            </div>
            """
    }

    /// A text whose placeholders a script fills in.
    private func placeholders(_ key: TextKey) -> String { t(key, ["size": "{{size}}", "limit": "{{limit}}"]) }

    /// Files that a rejected form brought: ticked, they stay.
    private func keptFiles(_ draft: ReplyDraft) -> HTML {
        """
        <p class="hint">\(t(.deskComposeKept))</p>
        <ul class="rows small">
        \(each: draft.files, keptFile)</ul>
        """
    }

    private func keptFile(_ file: UploadTicket) -> HTML {
        """
        <li><label class="choice"><input type="checkbox" name="kept" value="\(file.signed(with: seal.deskUploads))" checked> \
        <span class="file-name">\(file.name)</span> (\(t.moments.size(bytes: file.sizeBytes)))</label></li>

        """
    }

    private func noteForm(_ file: TicketFile, _ drafts: TicketDrafts) -> HTML {
        """
        <form class="note-form stack" method="post" action="\(href: file.ticket.number.deskPath)/notes" \
        data-draft="note-\(Int(file.ticket.number.rawValue))">
        <input type="hidden" name="seen" value="\(file.history.count)">
        <div class="field">
        <label for="note-text">\(t(.deskComposeNoteFor))</label>
        <p class="inside" id="note-inside">\(icon("lock")) \(t(.deskComposeNoteInside))</p>
        <textarea id="note-text" name="text" rows="5" maxlength="50000" aria-describedby="note-inside">
        \(drafts.note)</textarea>
        </div>
        <div class="form-end"><button class="btn primary">\(icon("lock")) \(t(.deskComposeSaveNote))</button></div>
        </form>
        """
    }
}
