import Foundation

/// What agents can change about themselves.
struct SettingsPages: Sendable {
    var layout: DeskLayout
    var voices: Voices

    /// What became of the last change.
    enum Outcome: Sendable { case saved, changed, wrong, tooShort, tooLong }

    func page(_ agent: Agent, _ outcome: Outcome? = nil) -> DeskPage {
        let t = voices[agent.language]
        return DeskPage(
            title: t(.settingsTitle),
            body: """
                <div class="narrow stack loose">
                <h1>\(t(.settingsTitle))</h1>
                \(outcome.flatMap { success($0, t) })
                <form class="panel stack" method="post" action="/desk/settings">
                <h2>\(t(.settingsLanguage))</h2>
                <fieldset class="field">
                <legend>\(t(.settingsLanguageLegend))</legend>
                <div class="choices">
                \(each: Language.allCases, { choice($0, isChosen: $0 == agent.language) })</div>
                </fieldset>
                <div class="form-end"><button class="btn primary">\(t(.settingsSave))</button></div>
                </form>
                \(passwordForm(agent, outcome, t))
                </div>
                """)
    }

    private func choice(_ language: Language, isChosen: Bool) -> HTML {
        """
        <label class="choice"><input type="radio" name="language" value="\(language.rawValue)"\(attribute: "checked", if: isChosen)> \
        <span lang="\(language.rawValue)">\(language.endonym)</span></label>

        """
    }

    private func passwordForm(_ agent: Agent, _ outcome: Outcome?, _ t: Voice) -> HTML {
        let newError: TextKey? =
            switch outcome {
            case .tooShort: .settingsTooShort
            case .tooLong: .settingsTooLong
            case .saved, .changed, .wrong, nil: nil
            }
        let currentError: TextKey? = if case .wrong = outcome { .settingsWrong } else { nil }
        return """
            <form class="panel stack" method="post" action="/desk/settings/password">
            <input type="text" name="username" autocomplete="username" value="\(agent.address)" hidden>
            <h2>\(t(.settingsPassword))</h2>
            <div class="field\(currentError == nil ? "" : " invalid")">
            <label for="current">\(t(.settingsCurrent))</label>
            \(currentError.map { error("current", $0, t) })
            <input type="password" id="current" name="currentPassword" autocomplete="current-password" required\(invalid("current", currentError))>
            </div>
            <div class="field\(newError == nil ? "" : " invalid")">
            <label for="new">\(t(.settingsNew))</label>
            <p class="hint" id="new-hint">\(t(.settingsNewHint, ["count": "\(Passwords.fewestBytes)"]))</p>
            \(newError.map { error("new", $0, t) })
            <input type="password" id="new" name="newPassword" autocomplete="new-password" required\(invalid("new", newError, hint: "new-hint"))>
            </div>
            <div class="form-end">
            <button class="btn primary">\(t(.settingsChange))</button>
            <p class="hint">\(t(.settingsChangeHint))</p>
            </div>
            </form>
            """
    }

    private func error(_ field: String, _ key: TextKey, _ t: Voice) -> HTML {
        "<p class=\"error\" id=\"\(field)-error\">\(layout.icon("alert")) \(t(key))</p>"
    }

    private func invalid(_ field: String, _ error: TextKey?, hint: String? = nil) -> HTML {
        let described = [error == nil ? nil : "\(field)-error", hint].compactMap { $0 }.joined(separator: " ")
        return
            "\(attribute: "aria-invalid", error == nil ? nil : "true")\(attribute: "aria-describedby", described.isEmpty ? nil : described)"
    }

    private func success(_ outcome: Outcome, _ t: Voice) -> HTML? {
        let key: TextKey
        switch outcome {
        case .saved: key = .settingsSaved
        case .changed: key = .settingsChanged
        case .wrong, .tooShort, .tooLong: return nil
        }
        return "<div class=\"notice is-ok\" role=\"status\">\(layout.icon("check"))\n<p>\(t(key))</p></div>"
    }
}
