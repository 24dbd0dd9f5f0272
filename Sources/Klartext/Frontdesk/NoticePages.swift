import Foundation

extension FrontdeskPages {
    /// The page around an error: what happened, whose fault it is not, and what can be done now.
    func error(_ notice: ErrorNotice, _ visit: Visit) -> HTML {
        let t = voices[visit.language]
        let mail: HTML = "<a href=\"\(href: "mailto:\(supportAddress)")\">\(supportAddress)</a>"
        let (title, rest): (String, HTML) =
            switch notice.status.code {
            case 404: (t(.errorNotFoundTitle), ways(visit, t))
            case 410: (t(.errorRevokedTitle), lostForm(LostForm(), visit, t))
            case 429: (t(.errorTooManyTitle), "<p class=\"muted\">\(t.html(.errorUrgent, ["address": mail]))</p>")
            case 500...: (t(.errorOursTitle), notice.form.map { typed($0, notice, mail, t) } ?? again(notice, mail, t))
            default: (t(.errorRequestTitle), again(notice, mail, t))
            }
        let body: HTML = """
            <div class="stack tight">
            <h1>\(title)</h1>
            <p class="lead">\(t(notice.textKey, notice.textValues))</p>
            </div>
            \(rest)
            """
        return layout.page(PublicPage(title: title, path: "/", isPrivate: true, body: body), for: visit, t)
    }

    private func ways(_ visit: Visit, _ t: Voice) -> HTML {
        """
        <ul>
        <li>\(t(.errorCopyAgain))</li>
        <li>\(link("/lost", t(.errorLost), visit))</li>
        <li>\(link("/request", t(.siteAsk), visit))</li>
        </ul>
        """
    }

    /// What was typed, to be sent again as it is: whatever was stored of it after all is not stored twice, since the form is the same.
    private func typed(_ form: UnstoredForm, _ notice: ErrorNotice, _ mail: HTML, _ t: Voice) -> HTML {
        """
        <form class="stack" method="post" action="\(href: form.path)" enctype="multipart/form-data" id="typed">
        <p>\(t(.errorTypedKept))</p>
        \(each: form.fields, { field($0, t) })
        \(form.hadFiles ? files(t) : nil)
        <div class="form-end"><button class="btn primary">\(t(.errorTypedSend))</button></div>
        </form>
        <p>\(t.html(.errorOrWrite, ["address": mail]))</p>
        <p class="muted small">\(t.html(.errorReport, ["id": "<code>\(notice.requestID)</code>"]))</p>
        """
    }

    private func field(_ field: UnstoredForm.Field, _ t: Voice) -> HTML {
        guard field.isProse else { return "<input type=\"hidden\" name=\"\(field.name)\" value=\"\(field.value)\">\n" }
        return """
            <div class="field">
            <label for="typed-\(field.name)">\(t(.errorTypedLabel))</label>
            <textarea id="typed-\(field.name)" name="\(field.name)" rows="8">
            \(field.value)</textarea>
            </div>

            """
    }

    private func files(_ t: Voice) -> HTML {
        """
        <div class="field">
        <label for="typed-files">\(t(.errorTypedFiles))</label>
        <input type="file" id="typed-files" name="files" multiple>
        </div>
        """
    }

    private func again(_ notice: ErrorNotice, _ mail: HTML, _ t: Voice) -> HTML {
        """
        <ul>
        <li>\(t(.errorGoBack))</li>
        <li>\(t.html(.errorOrWrite, ["address": mail]))</li>
        </ul>
        <p class="muted small">\(t.html(.errorReport, ["id": "<code>\(notice.requestID)</code>"]))</p>
        """
    }
}
