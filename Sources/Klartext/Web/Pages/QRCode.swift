import CQRencode
import Foundation

/// A QR code (ISO/IEC 18004) of bytes, error correction M: good to read with 15 % of it damaged. Made by libqrencode (docs/decisions/0019).
struct QRCode: Sendable, Equatable {
    /// Modules along one side, without the quiet zone: 21 to 177.
    let width: Int
    /// Whether a module is dark, row by row.
    let modules: [Bool]

    /// The light margin that readers need around a code, in modules.
    static let quietZone = 4

    /// - Returns: nil for nothing, and for more than fits: 2,331 bytes.
    init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard !bytes.isEmpty, bytes.count <= 2331, let code = QRcode_encodeData(Int32(bytes.count), bytes, 0, QR_ECLEVEL_M) else {
            return nil
        }
        defer { QRcode_free(code) }
        width = Int(code.pointee.width)
        guard let data = code.pointee.data else { return nil }
        // The lowest bit of each byte is the module's colour.
        modules = (0..<width * width).map { data[$0] & 1 == 1 }
    }

    /// The code as a picture for a page: dark on light, whatever the page's colours are. Its size is the style sheet's matter.
    ///
    /// - Parameter label: what the code is for, said to those who do not see it.
    func svg(label: String) -> HTML {
        let side = width + 2 * Self.quietZone
        return """
            <svg class="qr" viewBox="0 0 \(side) \(side)" role="img" aria-label="\(label)" shape-rendering="crispEdges" \
            xmlns="http://www.w3.org/2000/svg"><path fill="#fff" d="M0 0h\(side)v\(side)H0z"/><path fill="#000" d="\(path)"/></svg>
            """
    }

    /// One stroke for each run of dark modules in a row.
    private var path: String {
        var path = ""
        for row in 0..<width {
            var column = 0
            while column < width {
                var end = column
                while end < width, modules[row * width + end] { end += 1 }
                if end > column { path += "M\(column + Self.quietZone) \(row + Self.quietZone)h\(end - column)v1h-\(end - column)z" }
                column = max(end, column + 1)
            }
        }
        return path
    }
}
