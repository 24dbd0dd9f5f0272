import Foundation
import Mail

/// Letters as people see them: plain text, and HTML with inline styles, since mail programs know nothing else.
enum LetterLayout {
    /// The text part. What people wrote keeps its lines.
    static func text(_ body: LetterBody, signature: String) -> String {
        let (remarks, rest) = split(body)
        return (rest + remarks).map(text).joined(separator: "\n\n") + "\n\n-- \n\(signature)\n"
    }

    private static func text(_ block: LetterBody.Block) -> String {
        switch block {
        case .heading(let text), .paragraph(let text), .remark(let text): text
        case .number(let label, let number): "\(label): \(number)"
        case .quoted(let text): text.split(separator: "\n", omittingEmptySubsequences: false).map { "  " + $0 }.joined(separator: "\n")
        case .facts(let facts): facts.map { "\($0.label)\n  \($0.value)" }.joined(separator: "\n")
        case .files(let label, let files):
            "\(label)\n" + files.map(text).joined(separator: "\n")
        case .link(let label, let url): "\(label):\n\(url)"
        }
    }

    private static func text(_ file: LetterBody.File) -> String {
        "- \(file.name), \(file.size)\(file.received.map { "\n  \($0)" } ?? "")\n  SHA-256 \(file.digest)"
    }

    /// The HTML part: the remarks stand below the card, everything else in it.
    static func html(_ body: LetterBody, company: String, signature: String, language: Language) -> HTML {
        let (remarks, rest) = split(body)
        return """
            <!doctype html>
            <html lang="\(language.rawValue)"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">\
            <meta name="color-scheme" content="light"><title>\(company)</title></head>
            <body style="margin:0;padding:0;background:#f5f7f6;color:#13211f;font:16px/1.55 -apple-system,'Segoe UI',Roboto,'Noto Sans',Arial,sans-serif">
            <div role="main" style="max-width:600px;margin:0 auto;padding:24px 16px">
            <p style="margin:0 0 16px;font-weight:700">\(company)</p>
            <div style="background:#ffffff;border:1px solid #d8e0de;border-radius:12px;padding:24px">
            \(each: rest, html)</div>
            \(each: remarks, html)\(signature == company ? nil : closing(signature))</div></body></html>

            """
    }

    private static func closing(_ signature: String) -> HTML {
        "<p style=\"margin:16px 0 0;font-size:13px;color:#4b5c59;white-space:pre-line\">\(signature)</p>\n"
    }

    private static func split(_ body: LetterBody) -> (remarks: [LetterBody.Block], rest: [LetterBody.Block]) {
        func isRemark(_ block: LetterBody.Block) -> Bool { if case .remark = block { true } else { false } }
        return (body.blocks.filter(isRemark), body.blocks.filter { !isRemark($0) })
    }

    private static func html(_ block: LetterBody.Block) -> HTML {
        switch block {
        case .heading(let text): "<h1 style=\"margin:0 0 8px;font-size:22px;line-height:1.3\">\(text)</h1>\n"
        case .number(let label, let number):
            """
            <p style="margin:0 0 4px;color:#4b5c59">\(label)</p>
            <p style="margin:0;font-size:32px;line-height:1.2;font-weight:700;letter-spacing:.02em">#\(number)</p>

            """
        case .paragraph(let text): "<p style=\"margin:12px 0 0;white-space:pre-line\">\(text)</p>\n"
        case .quoted(let text):
            "<div style=\"margin:12px 0 0;padding-left:14px;border-left:3px solid #d8e0de;white-space:pre-line\">\(text)</div>\n"
        case .facts(let facts):
            "<dl style=\"margin:24px 0 0;padding:16px 16px 4px;background:#e0efed;border-radius:8px\">\(each: facts, html)</dl>\n"
        case .files(let label, let files):
            "<p style=\"margin:24px 0 0\">\(label)</p>\n<ul style=\"margin:8px 0 0;padding-left:20px\">\(each: files, html)</ul>\n"
        case .link(let label, let url):
            """
            <p style="margin:24px 0 0"><a href="\(href: url)" style="display:inline-block;padding:11px 20px;background:#0a5a5c;color:#ffffff;\
            font-weight:600;text-decoration:none;border-radius:7px">\(label)</a></p>
            <p style="margin:12px 0 0;font-size:13px;color:#4b5c59;word-break:break-all">\(url)</p>

            """
        case .remark(let text): "<p style=\"margin:16px 0 0;font-size:13px;color:#4b5c59;white-space:pre-line\">\(text)</p>\n"
        }
    }

    private static func html(_ fact: LetterBody.Fact) -> HTML {
        "<dt style=\"margin:0;font-size:14px;color:#4b5c59\">\(fact.label)</dt><dd style=\"margin:0 0 12px;font-weight:600\">\(fact.value)</dd>"
    }

    private static func html(_ file: LetterBody.File) -> HTML {
        """
        <li>\(file.name), \(file.size)\(file.received.map { "<br><span style=\"font-size:13px;color:#4b5c59\">\($0)</span>" as HTML })<br>\
        <span style="font-size:12px;color:#4b5c59;word-break:break-all">SHA-256 \(file.digest)</span></li>
        """
    }
}
