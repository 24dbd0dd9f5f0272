/// Characters that change how a line looks without being seen: controls, direction overrides, zero-width marks.
///
/// In names of people and files they serve only to deceive ("gnp.exe" shown as "exe.png"). In running text they are kept:
/// a zero-width joiner holds families of emoji together.
enum Invisible {
    static func contains(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F..<0xA0: true
        case 0xAD, 0x61C, 0x180E, 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB: true
        case 0xE0000...0xE007F: true
        default: false
        }
    }
}
