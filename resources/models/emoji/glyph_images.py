# SPDX-License-Identifier: GPL-3.0-or-later
"""Small images of the glyphs of a font with colour bitmaps, in whole numbers throughout: the same bytes everywhere."""
import bisect
import collections
import io
import itertools
import struct
import zlib

SIZE = 32
VARIATION_SELECTOR = 0xFE0F


class Fault(Exception):
    """A fault of the world: one sentence with what was found, one with what to do."""


# ---- the font --------------------------------------------------------------------------------------------------------

class Font:
    def __init__(self, path):
        try:
            from fontTools.ttLib import TTFont, TTLibError
            from PIL import Image as pillow
        except ImportError as fault:
            raise Fault(f"Python's package {fault.name} is missing. "
                        "Install both that are needed: pip install fonttools pillow.") from None
        self.open_image = pillow.open
        try:
            font = TTFont(path)
            if "CBDT" not in font or "GSUB" not in font:
                raise Fault(f"The font '{path}' holds no colour bitmaps with ligatures (CBDT, GSUB). "
                            "Name NotoColorEmoji.ttf of Debian's package fonts-noto-color-emoji with --font.")
            self.glyphs = font.getBestCmap()
            strikes = zip(font["CBLC"].strikes, font["CBDT"].strikeData)
            self.bitmaps = max(strikes, key=lambda strike: strike[0].bitmapSizeTable.ppemY)[1]
            self.ligatures = ligatures_of(font["GSUB"].table)
            self.words = [font["name"].getDebugName(number) or "" for number in (0, 7, 5)]
        except (OSError, TTLibError, LookupError, ValueError, AssertionError, struct.error) as fault:
            raise Fault(f"The font '{path}' cannot be read ({fault or type(fault).__name__}). "
                        "Install Debian's package fonts-noto-color-emoji, or name its file with --font.") from None

    def bitmap(self, points):
        """(width, height, RGBA bytes); None where the font has no single glyph for these code points."""
        run = [self.glyphs.get(point) for point in points if point != VARIATION_SELECTOR]
        for lookup in self.ligatures:
            run = join(run, lookup)
        if len(run) != 1 or run[0] not in self.bitmaps:
            return None
        image = self.open_image(io.BytesIO(self.bitmaps[run[0]].imageData)).convert("RGBA")
        return image.width, image.height, image.tobytes()


def ligatures_of(gsub):
    """A dictionary for each ligature lookup of `ccmp`: first glyph -> [(the others, ligature), ...] by preference."""
    used = {index for record in gsub.FeatureList.FeatureRecord if record.FeatureTag == "ccmp"
            for index in record.Feature.LookupListIndex}
    lookups = []
    for index in sorted(used):
        found = collections.defaultdict(list)
        for table in gsub.LookupList.Lookup[index].SubTable:
            table = getattr(table, "ExtSubTable", table)
            for first, choices in getattr(table, "ligatures", {}).items():
                found[first] += [(choice.Component, choice.LigGlyph) for choice in choices]
        if found:
            lookups.append(dict(found))
    return lookups


def join(run, lookup):
    joined, at = [], 0
    while at < len(run):
        for others, ligature in lookup.get(run[at], ()):
            if run[at + 1:at + 1 + len(others)] == others:
                joined.append(ligature)
                at += 1 + len(others)
                break
        else:
            joined.append(run[at])
            at += 1
    return joined


# ---- pixels ----------------------------------------------------------------------------------------------------------

def linear(encoded):
    """IEC 61966-2-1, in 65535ths."""
    return round(65535 * (encoded / 12.92 if encoded <= 0.04045 else ((encoded + 0.055) / 1.055) ** 2.4))


TO_LINEAR = [linear(value / 255) for value in range(256)]
BETWEEN = [linear((value + 0.5) / 255) for value in range(255)]  # where the nearest encoded value changes


def srgb(light):
    return bisect.bisect_right(BETWEEN, light)


def shrink(width, height, rgba):
    """SIZE x SIZE x 3 bytes; None where nothing is drawn."""
    alpha = rgba[3::4]
    rows = [y for y in range(height) if any(alpha[y * width:(y + 1) * width])]
    if not rows:
        return None
    columns = [x for x in range(width) if any(alpha[x::width])]
    side = max(min(width, height), rows[-1] + 1 - rows[0], columns[-1] + 1 - columns[0])
    left = (side - columns[-1] - 1 - columns[0]) // 2  # of the bitmap within the square
    top = (side - rows[-1] - 1 - rows[0]) // 2
    planes = [average(placed(rgba[channel::4], alpha, width, side, left, top), side) for channel in range(3)]
    area = side * side
    return bytes(srgb(total // area) for pixel in zip(*planes) for total in pixel)


def placed(values, alpha, width, side, left, top):
    """Rows of the square in linear light, over white, the bitmap's corner at (left, top); nothing drawn juts out."""
    light = [TO_LINEAR[(v * a + 255 * (255 - a) + 127) // 255] for v, a in zip(values, alpha)]
    white = TO_LINEAR[255]
    rows = [[white] * side for _ in range(side)]
    for at, value in enumerate(light):
        y, x = divmod(at, width)
        if 0 <= y + top < side and 0 <= x + left < side:
            rows[y + top][x + left] = value
    return rows


def average(rows, side):
    """Sums over SIZE x SIZE areas, each of the value side * side for a square of ones."""
    across = [shares(row, side) for row in rows]
    down = [shares(column, side) for column in zip(*across)]
    return [value for row in zip(*down) for value in row]


def shares(values, side):
    """`side` values to SIZE sums over equal lengths, in SIZEths of a value: a part of one counts as that part."""
    upTo = [0, *itertools.accumulate(values)]
    marks = []
    for i in range(SIZE + 1):
        whole, part = divmod(i * side, SIZE)
        marks.append(SIZE * upTo[whole] + (part * values[whole] if part else 0))
    return [end - start for start, end in zip(marks, marks[1:])]


def png(pixels):
    """Not compressed, since programs of zlib differ in what they write."""
    rows = b"".join(b"\0" + pixels[y * SIZE * 3:(y + 1) * SIZE * 3] for y in range(SIZE))
    stored = b"\x78\x01\x01" + struct.pack("<HH", len(rows), len(rows) ^ 0xFFFF) + rows
    stored += struct.pack(">I", zlib.adler32(rows))
    header = struct.pack(">IIBBBBB", SIZE, SIZE, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", stored) + chunk(b"IEND", b"")


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
