//! Numbers in the generated types as the two languages count: `Int`, and Kotlin's `Long` for what is wider.
//!
//! Owns: which type of Rust's is which of theirs, and how one becomes the other at the boundary.
//! Never: changes what crosses, or the generated calls, whose numbers the adapters convert.
//! Invariants: a number that the core gives is never changed by it, for the core counts nothing that is larger; one that an app
//! gives and the core's type cannot hold becomes the nearest that it can.

/// Those of Rust's types that Swift's `Int` holds, by their Swift name.
const SWIFT: [&str; 6] = ["UInt8", "UInt16", "UInt32", "UInt64", "Int32", "Int64"];

/// The types of a Swift file with `Int` for every number.
pub(crate) fn swift(text: &str) -> String {
    let mut text: String = text.lines().map(|line| surface(line) + "\n").collect();
    for number in SWIFT {
        let begin = format!("fileprivate struct FfiConverter{number}: ");
        text = replaced(&text, &begin, &swift_converter(number));
    }
    text
}

/// A line of a declaration has other names for numbers; any other is as it was.
fn surface(line: &str) -> String {
    let code = line.trim_start();
    let begins = [
        "public let ",
        "*/",
        "case ",
        "public typealias ",
        "typealias SwiftType = ",
    ];
    if !begins.iter().any(|begin| code.starts_with(begin)) {
        return line.to_owned();
    }
    let mut words = line.to_owned();
    for number in SWIFT {
        words = word(&words, number, "Int");
    }
    words
}

fn swift_converter(number: &str) -> String {
    format!(
        "fileprivate struct FfiConverter{number}: FfiConverter {{
    typealias FfiType = {number}
    typealias SwiftType = Int

    static func lift(_ value: {number}) throws -> Int {{ Int(clamping: value) }}

    static func lower(_ value: Int) -> {number} {{ {number}(clamping: value) }}

    static func read(from buf: inout (data: Data, offset: Data.Index)) throws -> Int {{ try lift(readInt(&buf)) }}

    static func write(_ value: Int, into buf: inout [UInt8]) {{ writeInt(&buf, lower(value)) }}
}}
"
    )
}

/// Kotlin's unsigned types: theirs, ours, what crosses, its bytes, and how each becomes the other.
const KOTLIN: [(&str, &str, &str, u8, &str, &str); 4] = [
    (
        "UByte",
        "Int",
        "Byte",
        1,
        "value.toUByte().toInt()",
        "value.coerceIn(0, 0xFF).toByte()",
    ),
    (
        "UShort",
        "Int",
        "Short",
        2,
        "value.toUShort().toInt()",
        "value.coerceIn(0, 0xFFFF).toShort()",
    ),
    ("UInt", "Int", "Int", 4, "value", "value.coerceAtLeast(0)"),
    (
        "ULong",
        "Long",
        "Long",
        8,
        "value",
        "value.coerceAtLeast(0)",
    ),
];

/// The types of a Kotlin file without unsigned numbers.
pub(crate) fn kotlin(text: &str) -> String {
    let mut text = text.replace(" = 4294967295u", " = Int.MAX_VALUE");
    for (theirs, ours, crosses, bytes, lift, lower) in KOTLIN {
        text = word(
            &text,
            &format!("kotlin.{theirs}"),
            &format!("kotlin.{ours}"),
        );
        // A buffer gives and takes bytes without naming them.
        let named = if crosses == "Byte" { "" } else { crosses };
        let begin = format!("public object FfiConverter{theirs}: ");
        let object = format!(
            "public object FfiConverter{theirs}: FfiConverter<{ours}, {crosses}> {{
    override fun lift(value: {crosses}): {ours} = {lift}

    override fun read(buf: ByteBuffer): {ours} = lift(buf.get{named}())

    override fun lower(value: {ours}): {crosses} = {lower}

    override fun allocationSize(value: {ours}) = {bytes}UL

    override fun write(value: {ours}, buf: ByteBuffer) {{
        buf.put{named}(lower(value))
    }}
}}
"
        );
        text = replaced(&text, &begin, &object);
    }
    text
}

/// The text with the declaration that begins so, to its end, replaced; as it is when it has none.
fn replaced(text: &str, begin: &str, by: &str) -> String {
    let Some((before, rest)) = text.split_once(begin) else {
        return text.to_owned();
    };
    let after = rest.split_once("\n}\n").map_or("", |(_, after)| after);
    format!("{before}{by}{after}")
}

/// Replaces a word where it is a whole one.
fn word(text: &str, from: &str, to: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(from) {
        let (before, after) = (&rest[..at], &rest[at + from.len()..]);
        let joins = |letter: Option<char>| {
            letter.is_some_and(|letter| letter.is_alphanumeric() || letter == '_')
        };
        let whole = !joins(before.chars().next_back()) && !joins(after.chars().next());
        out.push_str(before);
        out.push_str(if whole { to } else { from });
        rest = after;
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations_count_in_int_and_the_machinery_below_them_stays() {
        let text = "    public let file: UInt32\n         */line: UInt64?, \n    case closed(UInt16\n    func insert(obj: T) -> UInt64 {\n        let len: Int32 = try readInt(&buf)\n        case 3: return .closed(try FfiConverterUInt16.read(from: &buf)\nfileprivate struct FfiConverterUInt32: FfiConverterPrimitive {\n    typealias SwiftType = UInt32\n}\n";
        let counted = swift(text);
        assert!(counted.starts_with(
            "    public let file: Int\n         */line: Int?, \n    case closed(Int\n"
        ));
        assert!(counted.contains("func insert(obj: T) -> UInt64"));
        assert!(counted.contains("let len: Int32"));
        assert!(counted.contains("FfiConverterUInt16.read"));
        assert!(
            counted
                .contains("static func lower(_ value: Int) -> UInt32 { UInt32(clamping: value) }")
        );
    }

    #[test]
    fn a_number_that_does_not_fit_becomes_the_nearest_in_swift() {
        let converter = |number: &str| {
            format!("fileprivate struct FfiConverter{number}: FfiConverterPrimitive {{\n}}\n")
        };
        let counted = swift(&SWIFT.map(converter).concat());
        for number in SWIFT {
            let lift =
                format!("func lift(_ value: {number}) throws -> Int {{ Int(clamping: value) }}");
            let lower =
                format!("func lower(_ value: Int) -> {number} {{ {number}(clamping: value) }}");
            assert!(
                counted.contains(&lift) && counted.contains(&lower),
                "{number}"
            );
        }
    }

    #[test]
    fn a_number_that_does_not_fit_becomes_the_nearest_in_kotlin() {
        let largest = [Some(u8::MAX.into()), Some(u16::MAX), None, None];
        let sizes = [1, 2, 4, 8];
        for ((row, largest), size) in KOTLIN.into_iter().zip(largest).zip(sizes) {
            let (theirs, _, crosses, bytes, lift, lower) = row;
            assert_eq!(bytes, size, "{theirs}");
            // What is as wide in Kotlin can be too small only.
            let nearest = largest.map_or("value.coerceAtLeast(0)".to_owned(), |largest: u16| {
                format!("value.coerceIn(0, 0x{largest:X}).to{crosses}()")
            });
            assert_eq!(lower, nearest, "{theirs}");
            assert_eq!(lift.contains("toU"), largest.is_some(), "{theirs}");
        }
    }

    #[test]
    fn kotlin_has_no_unsigned_number_left() {
        let text = "data class Q (\n    val `limit`: kotlin.UInt = 4294967295u \n)\npublic object FfiConverterUInt: FfiConverter<UInt, Int> {\n    override fun lift(value: Int): UInt {\n        return value.toUInt()\n    }\n}\nval `n`: kotlin.ULong\n";
        let counted = kotlin(text);
        assert!(counted.contains("val `limit`: kotlin.Int = Int.MAX_VALUE"));
        assert!(counted.contains("val `n`: kotlin.Long"));
        assert!(counted.contains("buf.putInt(lower(value))"));
        assert!(
            !counted.contains("UInt {") && !counted.contains("toUInt()"),
            "{counted}"
        );
    }
}
