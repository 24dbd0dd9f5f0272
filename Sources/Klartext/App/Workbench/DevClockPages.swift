import Foundation

/// The page on which time is made to pass.
struct DevClockPages: Sendable {
    /// The mail catcher, whose frame it shares.
    var frame: DevMailPages

    func clock(now: Date, isRefused: Bool, _ language: Language) -> HTML {
        let t = frame.voices[language]
        return frame.page(
            t(.devClockTitle),
            """
            <div class="narrow stack">
            <h1>\(t(.devClockTitle))</h1>
            <p class="lead" id="now">\(t.time(now, as: t.moments.moment(now)))</p>
            <p class="muted">\(t(.devClockHint))</p>
            \(isRefused ? "<div class=\"notice is-error\" role=\"alert\">\(frame.layout.icon("alert"))\n<p>\(t(.devClockRefused))</p></div>" as HTML : nil)
            <form method="post" action="/dev/clock" class="panel cluster">
            \(each: [(15, .devClockQuarter), (60, .devClockHour), (1440, .devClockDay), (10_080, .devClockWeek)] as [(Int, TextKey)], {
                "<button class=\"btn\" name=\"minutes\" value=\"\($0.0)\">\(t($0.1))</button>\n"
            })</form>
            <form method="post" action="/dev/clock" class="panel stack">
            <div class="field"><label for="until">\(t(.devClockUntil))</label>
            <input type="datetime-local" id="until" name="until" required value="\(t.moments.localInput(now))"></div>
            <div class="form-end"><button class="btn primary">\(t(.devClockButton))</button></div>
            </form>
            </div>
            """, t)
    }
}
