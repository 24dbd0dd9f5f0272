import CGMime
import Foundation

/// What of GMime's C interface is used here, in Swift's words.
enum GMime {
    /// Once per process, before anything else.
    static let ready: Void = g_mime_init()

    /// GObject's "cast" macros.
    @inline(__always)
    static func cast<T, U>(_ pointer: UnsafeMutablePointer<T>, to _: U.Type = U.self) -> UnsafeMutablePointer<U> {
        UnsafeMutableRawPointer(pointer).assumingMemoryBound(to: U.self)
    }

    /// GObject's "is" macros.
    @inline(__always)
    static func isA<T>(_ pointer: UnsafeMutablePointer<T>, _ type: GType) -> Bool {
        g_type_check_instance_is_a(cast(pointer, to: GTypeInstance.self), type) != 0
    }

    /// A header of a part as it was written, folded; nil if it is not there.
    static func header(_ name: String, of object: UnsafeMutablePointer<GMimeObject>) -> [UInt8]? {
        guard let list = g_mime_object_get_header_list(object), let header = g_mime_header_list_get_header(list, name),
            let value = g_mime_header_get_raw_value(header)
        else { return nil }
        return unfolded(value)
    }

    private static func unfolded(_ value: UnsafePointer<CChar>) -> [UInt8] {
        var bytes: [UInt8] = []
        var next = value
        while next.pointee != 0 {
            let byte = UInt8(bitPattern: next.pointee)
            if byte != 0x0D && byte != 0x0A { bytes.append(byte) }
            next += 1
        }
        return bytes
    }

    /// What `write` puts into a stream of memory.
    static func bytes(_ write: (UnsafeMutablePointer<GMimeStream>) -> Void) -> [UInt8] {
        guard let memory = g_mime_stream_mem_new() else { return [] }
        defer { g_object_unref(memory) }
        write(memory)
        guard let array = g_mime_stream_mem_get_byte_array(cast(memory)) else { return [] }
        return Array(UnsafeBufferPointer(start: array.pointee.data, count: Int(array.pointee.len)))
    }
}

extension GMime {
    /// Puts into a file, from an offset on, what `write` puts into a stream; throws where the disk took less than that.
    static func write(to file: ScratchFile, from start: Int, _ write: (UnsafeMutablePointer<GMimeStream>) -> Int) throws {
        // The stream closes its descriptor.
        guard let stream = g_mime_stream_fs_new_with_bounds(try file.duplicate(), gint64(start), -1) else {
            throw MailScratchError(operation: "write", code: ENOMEM)
        }
        defer { g_object_unref(stream) }
        guard write(stream) >= 0, g_mime_stream_flush(stream) == 0 else { throw MailScratchError(operation: "write", code: errno) }
    }
}

/// Owns GObject references until `release()`, which belongs in a `defer`.
///
/// Never a class that gives them back in `deinit`: Swift may end its life after the last use of the object, while a pointer taken from it
/// is still being used.
struct GScope {
    private var objects: [UnsafeMutableRawPointer] = []

    mutating func own<T>(_ pointer: UnsafeMutablePointer<T>?) throws -> UnsafeMutablePointer<T> {
        guard let pointer else { throw EmailError.notAMessage }
        objects.append(pointer)
        return pointer
    }

    mutating func release() {
        for object in objects.reversed() { g_object_unref(object) }
        objects = []
    }
}
