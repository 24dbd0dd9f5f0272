import Foundation

extension FrontdeskPages {
    /// The form for a new request as it is to be shown: empty, or with everything that came back.
    struct RequestPage: Sendable {
        var type: RequestType
        /// All that are offered.
        var types: [RequestType]
        var form: RequestForm
        var files = KeptFiles()
        var stamp: FormStamp
        /// Beside those of the files.
        var problems: [FormProblem] = []

        /// Where this form is: the first one has the address that everybody knows.
        var path: String { type.id == types.first?.id ? "/request" : "/request/\(type.id)" }

        var allProblems: [FormProblem] {
            let all = problems + files.problems
            // in the order of the fields on the page, so that the summary leads from top to bottom
            let order = ["subject"] + type.fields.map { RequestForm.input($0.id) } + ["text", "files", "name", "email", "website"]
            return order.flatMap { field in all.filter { $0.field == field } } + all.filter { $0.field == nil }
        }
    }

    func request(_ page: RequestPage, _ visit: Visit) -> HTML {
        let t = voices[visit.language]
        let (problems, type, isFirst) = (page.allProblems, page.type, page.type.id == page.types.first?.id)
        let path = page.path
        let body: HTML = """
            <div class="stack tight">
            <h1>\(isFirst ? t(.siteAsk) : type.title[t.language])</h1>
            <p class="lead">\(type.help?[t.language] ?? t(.requestLead))</p>
            </div>
            \(problems.isEmpty ? HTML() : summary(problems, t))
            \(page.types.count > 1 ? kinds(page.types, chosen: type, visit, t) : HTML())
            <form class="stack loose" method="post" action="\(href: visit.link(path))" enctype="multipart/form-data" data-draft="request"\
            \(attribute: "novalidate", if: !problems.isEmpty) data-check-at="\(href: Visit.link("/request/\(type.id)/check", in: t.language))">
            <input type="hidden" name="started" value="\(page.stamp.text(seal))">
            \(type.subject == nil ? subjectField(page.form, problems, t) : HTML())
            \(each: type.fields, { typedField($0, of: type, page.form, problems, t) })
            \(messageField(page, problems, t))
            \(filesField(page.files, hint: t(.requestFilesHint, ["limit": t.moments.size(bytes: rules.fileBytes)]), t))
            <div class="pair">
            \(nameField(page.form, problems, t))
            \(addressField(page.form, problems, t))
            </div>
            \(languageChoice(page.form.language, t))
            \(trapField(problems, t))
            <div class="form-end">
            <button class="btn primary">\(t(.requestSend))</button>
            <p class="hint">\(t(.requestWhoSees, ["company": company]))</p>
            </div>
            </form>
            """
        let title = problems.isEmpty ? (isFirst ? t(.siteAsk) : type.title[t.language]) : t(.requestErrorTitle)
        let scripts = ["files", "draft"] + (type.fields.isEmpty ? [] : ["when", "check"])
        return layout.page(PublicPage(title: title, path: path, scripts: scripts, body: body), for: visit, t)
    }

    private func messageField(_ page: RequestPage, _ problems: [FormProblem], _ t: Voice) -> HTML {
        let message = page.type.message
        let label = message.label?[t.language] ?? t(.requestText)
        return textField(
            page.form.text, label, hint: message.help?[t.language] ?? t(.requestTextHint), rows: 8, isRequired: message.isRequired,
            problems, t)
    }

    private func subjectField(_ form: RequestForm, _ problems: [FormProblem], _ t: Voice) -> HTML {
        field("subject", HTML(text: t(.requestSubject)), hint: t(.requestSubjectHint), problems, t) { ties in
            """
            <input type="text" id="subject" name="subject" maxlength="\(rules.subjectScalars)" required\(ties)\(value(form.subject))>
            """
        }
    }

    func textField(
        _ text: String, _ label: String, hint: String? = nil, rows: Int, isRequired: Bool, _ problems: [FormProblem], _ t: Voice
    ) -> HTML {
        field("text", HTML(text: label), hint: hint, problems, t) { ties in
            // a line break right behind the tag is not part of the text (HTML, 13.1.2.5): with one of ours, none of theirs is lost
            """
            <textarea id="text" name="text" rows="\(rows)" maxlength="\(rules.textScalars)"\(attribute: "required", if: isRequired)\(ties)>
            \(text)</textarea>
            """
        }
    }

    private func nameField(_ form: RequestForm, _ problems: [FormProblem], _ t: Voice) -> HTML {
        field("name", "\(t(.requestName)) <span class=\"hint\">\(t(.requestOptional))</span>", problems, t) { ties in
            """
            <input type="text" id="name" name="name" autocomplete="name" maxlength="\(rules.nameScalars)"\(ties)\(value(form.name))>
            """
        }
    }

    private func addressField(_ form: RequestForm, _ problems: [FormProblem], _ t: Voice) -> HTML {
        field("email", HTML(text: t(.requestAddress)), problems, t) { ties in
            """
            <input type="email" id="email" name="email" autocomplete="email" maxlength="254" required\(ties)\(value(form.address))>
            """
        }
    }

    private func languageChoice(_ chosen: Language, _ t: Voice) -> HTML {
        """
        <fieldset class="field">
        <legend>\(t(.requestLanguage))</legend>
        <div class="choices">
        \(each: Language.allCases, { choice($0, isChosen: $0 == chosen) })</div>
        </fieldset>
        """
    }

    private func choice(_ language: Language, isChosen: Bool) -> HTML {
        """
        <label class="choice"><input type="radio" name="language" value="\(language.rawValue)"\(attribute: "checked", if: isChosen)> \
        <span lang="\(language.rawValue)">\(language.endonym)</span></label>

        """
    }

    /// A field for robots. Where something stood in it, it is shown, so that a person whose browser filled it in can see and empty it.
    private func trapField(_ problems: [FormProblem], _ t: Voice) -> HTML {
        guard !problems.contains(.trapFilled) else {
            return field("website", HTML(text: t(.requestTrap)), problems, t) { ties in
                "<input type=\"text\" id=\"website\" name=\"website\" autocomplete=\"off\"\(ties)>"
            }
        }
        return """
            <div class="trap" aria-hidden="true">
            <label for="website">\(t(.requestTrap))</label>
            <input type="text" id="website" name="website" tabindex="-1" autocomplete="off">
            </div>
            """
    }

    private func value(_ text: String) -> HTML { "\(attribute: "value", text.isEmpty ? nil : text)" }
}
