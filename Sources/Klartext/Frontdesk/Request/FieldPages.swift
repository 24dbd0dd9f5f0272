import Foundation

/// Fields, their problems, and the summary above a form that cannot be taken yet.
extension FrontdeskPages {
    /// What stands above a rejected form.
    func summary(_ problems: [FormProblem], _ t: Voice) -> HTML {
        let (inFields, others) = (problems.filter { $0.field != nil }, problems.filter { $0.field == nil })
        let heading = inFields.isEmpty ? t(.requestNotSent) : t(.requestErrors, count: inFields.count)
        let items = inFields.map { problem -> HTML in "<a href=\"#\(problem.field ?? "main")\">\(sentence(problem, t))</a>" }
        return alert(heading, others.map { sentence($0, t) }, list: items, kept: t(.requestKept))
    }

    func alert(_ heading: String, _ sentences: [String], list: [HTML] = [], kept: String? = nil) -> HTML {
        """
        <div class="notice is-bad" role="alert" aria-labelledby="errors" tabindex="-1" id="error-summary">
        \(layout.icon("alert"))
        <h2 id="errors">\(heading)</h2>
        \(each: sentences, { "<p>\($0)</p>\n" })\(kept.map { "<p>\($0)</p>" as HTML })
        \(list.isEmpty ? HTML() : "<ul>\n\(each: list, { "<li>\($0)</li>\n" })</ul>")
        </div>
        """
    }

    /// A field with its label, hint and problem around the input.
    /// - Parameter input: is handed the attributes that tie it to hint and problem.
    func field(
        _ id: String, _ label: HTML, hint: String? = nil, _ problems: [FormProblem], _ t: Voice, input: (_ ties: HTML) -> HTML
    ) -> HTML {
        let own = problems.filter { $0.field == id }
        var ids = own.isEmpty ? [] : ["\(id)-error"]
        if hint != nil { ids.append("\(id)-hint") }
        let ties: HTML = """
            \(attribute: "aria-describedby", ids.isEmpty ? nil : ids.joined(separator: " "))\(attribute: "aria-invalid", own.isEmpty ? nil : "true")
            """
        let error = own.map { sentence($0, t) }.joined(separator: " ")
        return """
            <div class="field\(own.isEmpty ? "" : " invalid")">
            <label for="\(id)">\(label)</label>
            \(hint.map { "<p class=\"hint\" id=\"\(id)-hint\">\($0)</p>" as HTML })
            \(own.isEmpty ? HTML() : "<p class=\"error\" id=\"\(id)-error\">\(layout.icon("alert")) \(error)</p>")
            \(input(ties))
            </div>
            """
    }

    /// The files that are here already, each with a box to take it out, and the input for more.
    func filesField(_ files: KeptFiles, hint: String, _ t: Voice) -> HTML {
        let label: HTML = "\(t(.requestFiles)) <span class=\"hint\">\(t(.requestOptional))</span>"
        return field("files", label, hint: hint, files.problems, t) { ties in
            """
            \(files.files.isEmpty ? HTML() : keptList(files.files, t))
            <input type="file" id="files" name="files" multiple\(ties) data-files data-limit-bytes="\(max(0, rules.fileBytes - files.sumBytes))" \
            data-remove="\(t(.requestRemove))" data-sum="\(t(.requestFilesSum, ["size": "{{size}}", "limit": "{{limit}}"]))" \
            data-too-large="\(t(.requestFilesSumTooLarge, ["size": "{{size}}", "limit": "{{limit}}"]))"\(inPieces(t))>
            """
        }
    }

    /// What `uploads.js` has to know, and where `files.js` finds it.
    private func inPieces(_ t: Voice) -> HTML {
        """
         data-uploads="/uploads" data-uploads-script="\(href: layout.script("uploads"))" data-uploads-from="\(rules.piecesFromBytes)" data-uploads-ticket="kept" \
        data-uploads-label="\(t(.requestUploadLabel))" data-uploads-at="\(t(.requestUploadAt, ["name": "{{name}}", "percent": "{{percent}}"]))" \
        data-uploads-waiting="\(t(.requestUploadWaiting))" data-uploads-sending="\(t(.requestUploadSending))" \
        data-uploads-stop="\(t(.requestUploadStop))"
        """
    }

    private func keptList(_ files: [UploadTicket], _ t: Voice) -> HTML {
        "<ul class=\"rows small\" aria-label=\"\(t(.requestFilesKept))\">\n\(each: files.enumerated(), { kept($0.element, at: $0.offset, t) })</ul>"
    }

    private func kept(_ file: UploadTicket, at position: Int, _ t: Voice) -> HTML {
        """
        <li class="cluster spread"><span><span class="file-name">\(file.name)</span> \
        <span class="receipt">\(t.moments.size(bytes: file.sizeBytes))</span></span> \
        <label class="choice"><input type="checkbox" name="remove" value="\(position)"> \
        <span>\(t(.requestRemove))<span class="vh">: \(file.name)</span></span></label>\
        <input type="hidden" name="kept" value="\(file.signed(with: uploadKey))"></li>

        """
    }

    /// A problem in words.
    func sentence(_ problem: FormProblem, _ t: Voice) -> String {
        switch problem {
        case .subjectMissing: t(.problemSubjectMissing)
        case .subjectTooLong: t(.problemSubjectTooLong, ["limit": "\(rules.subjectScalars)"])
        case .textMissing: t(.problemTextMissing)
        case .textTooLong(let count): t(.problemTextTooLong, ["count": "\(count)", "limit": "\(rules.textScalars)"])
        case .nothingAdded: t(.problemNothingAdded)
        case .nameTooLong: t(.problemNameTooLong, ["limit": "\(rules.nameScalars)"])
        case .addressMissing: t(.problemAddressMissing)
        case .addressWithoutAt: t(.problemAddressWithoutAt)
        case .addressWrong: t(.problemAddressWrong)
        case .field(_, let problem): t.texts(problem.key, filling: problem.values)
        case .trapFilled: t(.problemTrapFilled)
        case .tooFast: t(.problemTooFast)
        case .stale: t(.problemStale)
        case .notStored: t(.problemNotStored)
        case .tooMany(let until): tooMany(until: until, t)
        case .filesTooLarge, .filesLeftOut, .tooManyFiles, .filesNotStored, .filesExpired, .formTooLarge: filesSentence(problem, t)
        }
    }

    private func filesSentence(_ problem: FormProblem, _ t: Voice) -> String {
        let limit = t.moments.size(bytes: rules.fileBytes)
        return switch problem {
        case .filesTooLarge(let sum): t(.problemFilesTooLarge, ["sum": t.moments.size(bytes: sum), "limit": limit])
        case .filesLeftOut(let names): t(.problemFilesLeftOut, ["names": names.joined(separator: ", "), "limit": limit])
        case .tooManyFiles(let most): t(.problemTooManyFiles, ["limit": "\(most)"])
        case .filesNotStored(let names): t(.problemFilesNotStored, ["names": names.joined(separator: ", ")])
        case .filesExpired: t(.problemFilesExpired)
        default: t(.problemFormTooLarge, ["limit": limit])
        }
    }

    func tooMany(until: Date, _ t: Voice) -> String { t(.problemTooMany, ["time": t.moments.clock(until), "address": supportAddress]) }
}
