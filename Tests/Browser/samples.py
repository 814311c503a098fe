"""Files that people upload, made here so that no binary lies in the repository."""

import struct
import zlib


def upload(name, data, kind="application/octet-stream"):
    """What Playwright's `set_input_files` takes."""
    return {"name": name, "mimeType": kind, "buffer": data}


def pdf(text="Surat pengantar penelitian", catalog=""):
    """One A4 page with one line (ISO 32000-1, 7.5)."""
    content = f"BT /F1 18 Tf 72 770 Td ({text}) Tj ET".encode("ascii")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog.encode("ascii"),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    out, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def png(width=600, height=380, rows=None):
    """A colour gradient, 8 bits RGB (ISO/IEC 15948)."""
    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    if rows is None:
        rows = b"".join(
            b"\0" + b"".join(bytes((x * 255 // width, y * 255 // height, 160)) for x in range(width))
            for y in range(height)
        )
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def jpeg(width=640, height=400):
    """A grey gradient of 8x8 blocks, baseline (ITU-T T.81): only the mean of each block is coded."""
    def segment(marker, body):
        return b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body

    tables = segment(0xDB, b"\0" + b"\x08" * 64)
    frame = segment(0xC0, struct.pack(">BHHBBBB", 8, height, width, 1, 1, 0x11, 0))
    # Differences of up to 8 bits have codes of four bits each; the other table knows only "end of block", one bit.
    codes = segment(0xC4, b"\x00" + bytes([0, 0, 0, 9] + [0] * 12) + bytes(range(9)))
    ends = segment(0xC4, b"\x10" + bytes([1] + [0] * 15) + b"\0")
    bits, before = [], 0
    for y in range(0, height, 8):
        for x in range(0, width, 8):
            mean = (x * 127 // width + y * 127 // height) - 127
            difference, before = mean - before, mean
            size = abs(difference).bit_length()
            value = difference if difference >= 0 else difference + (1 << size) - 1
            bits.append(f"{size:04b}" + (f"{value:0{size}b}" if size else "") + "0")
    line = "".join(bits)
    line += "1" * (-len(line) % 8)
    data = int(line, 2).to_bytes(len(line) // 8, "big").replace(b"\xff", b"\xff\0")
    scan = segment(0xDA, bytes([1, 1, 0, 0, 63, 0]))
    return b"\xff\xd8" + tables + frame + codes + ends + scan + data + b"\xff\xd9"


def heic():
    """The head of a photo as iPhones keep it (ISO/IEC 23008-12)."""
    return struct.pack(">I", 24) + b"ftypheic" + struct.pack(">I", 0) + b"mif1heic" + b"\0" * 4000


def word():
    """The head of a document as Word keeps it (ECMA-376, part 2)."""
    return struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, 0, 0, 0, 0, 0, 0, 0, 19, 0) + b"[Content_Types].xml" + b"\0" * 2000


def program():
    """What a Windows program begins with."""
    return b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0" + b"This program cannot be run in DOS mode." + b"\0" * 2000
