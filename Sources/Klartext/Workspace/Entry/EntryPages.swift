import Foundation

extension WorkspacePages {
    /// The form for a request that came by phone, by letter or at the counter.
    func entry(_ draft: EntryDraft) -> DeskPage {
        DeskPage(
            title: t(.entryTitle), list: "/desk/new",
            body: """
                <div class="narrow stack">
                \(head(t(.entryTitle), t(.entryIntro)))
                \(draft.problems.isEmpty ? nil : entryProblems(draft))
                <form class="panel stack" method="post" action="/desk/new" enctype="multipart/form-data">
                <input type="hidden" name="once" value="\(draft.once)">
                \(draft.call == 0 ? nil : about(draft))
                \(ways(draft))
                \(entryField("name", .entryName, draft.name, longest: 200, isRequired: true, isWrong: draft.problems.contains(.noName)))
                \(entryField("address", .entryAddress, draft.address, type: "email", longest: 254, hint: .entryAddressHint,
                    isWrong: draft.problems.contains(.badAddress)))
                \(entryField("phone", .entryPhone, draft.phone, type: "tel", longest: 40, hint: .entryPhoneHint, isWrong: draft.problems.contains(.badPhone)))
                \(entryField("reach", .entryReach, draft.reach, longest: 500, hint: .entryReachHint))
                \(languages(draft))
                \(mailboxes.hasSeveralQueues ? queues(draft) : nil)
                \(entryField("subject", .entrySubject, draft.subject, longest: 200, isRequired: true, isWrong: draft.problems.contains(.noSubject)))
                <div class="field\(draft.problems.contains(.noText) ? " invalid" : "")"><label for="entry-text">\(t(.entryText))</label>
                <textarea id="entry-text" name="text" rows="8" maxlength="50000" required>
                \(draft.text)</textarea></div>
                <div class="field"><label for="entry-files">\(t(.entryFiles))</label>
                <input type="file" id="entry-files" name="files" multiple></div>
                <div class="form-end"><button class="btn primary">\(t(.entryButton))</button></div>
                </form>
                </div>
                """)
    }

    /// The call it is about, and whose it was.
    private func about(_ draft: EntryDraft) -> HTML {
        """
        <p class="hint">\(icon("phone")) \(t(.entryCall))</p>
        <input type="hidden" name="call" value="\(Int(draft.call))">
        <input type="hidden" name="customer" value="\(Int(draft.customer))">
        """
    }

    private func entryProblems(_ draft: EntryDraft) -> HTML {
        notice(
            "bad", icon: "alert", role: "alert",
            """
            <h2>\(t(.entryProblemTitle))</h2>
            <ul>
            \(each: draft.problems, { "<li>\(words($0))</li>\n" })</ul>
            """)
    }

    private func words(_ problem: EntryDraft.Problem) -> String {
        switch problem {
        case .noWay: t(.entryProblemNoWay)
        case .noName: t(.entryProblemNoName)
        case .badAddress: t(.entryProblemBadAddress)
        case .badPhone: t(.entryProblemBadPhone)
        case .noSubject: t(.entryProblemNoSubject)
        case .noText: t(.entryProblemNoText)
        case .filesLost: t(.entryProblemFilesLost)
        }
    }

    private func ways(_ draft: EntryDraft) -> HTML {
        let ways: [(EntryDraft.Way, TextKey)] = [(.phone, .entryWayPhone), (.counter, .entryWayCounter), (.letter, .entryWayLetter)]
        return """
            <fieldset class="stack tight"><legend>\(t(.entryWay))</legend>
            <div class="choices">
            \(each: ways, { choice("way", $0.0.rawValue, t($0.1), isChosen: $0.0 == draft.way) })</div></fieldset>
            """
    }

    private func languages(_ draft: EntryDraft) -> HTML {
        let languages: [(Language, TextKey)] = [(.de, .deskLanguageOfDe), (.en, .deskLanguageOfEn)]
        return """
            <fieldset class="stack tight"><legend>\(t(.entryLanguage))</legend>
            <div class="choices">
            \(each: languages, { choice("language", $0.0.rawValue, t($0.1), isChosen: $0.0 == draft.language) })</div></fieldset>
            """
    }

    private func choice(_ name: String, _ value: String, _ label: String, isChosen: Bool) -> HTML {
        """
        <label class="choice"><input type="radio" name="\(name)" value="\(value)" required\(attribute: "checked", if: isChosen)> \
        \(label)</label>

        """
    }

    private func queues(_ draft: EntryDraft) -> HTML {
        """
        <div class="field"><label for="entry-queue">\(t(.deskColumnQueue))</label>
        <select id="entry-queue" name="queue">
        \(each: mailboxes.queues, { queue in
            "<option value=\"\(queue.name)\"\(attribute: "selected", if: queue.name == draft.queue)>\(queue.title(t.language))</option>\n"
        })</select></div>
        """
    }

    private func entryField(
        _ name: String, _ label: TextKey, _ value: String, type: String = "text", longest: Int, hint: TextKey? = nil,
        isRequired: Bool = false, isWrong: Bool = false
    ) -> HTML {
        """
        <div class="field\(isWrong ? " invalid" : "")"><label for="entry-\(name)">\(t(label))</label>
        \(hint.map { "<p class=\"hint\" id=\"entry-\(name)-hint\">\(t($0))</p>\n" as HTML })\
        <input type="\(type)" id="entry-\(name)" name="\(name)" maxlength="\(longest)" autocomplete="off" value="\(value)"\
        \(attribute: "required", if: isRequired)\(attribute: "aria-describedby", hint == nil ? nil : "entry-\(name)-hint")></div>
        """
    }
}
