#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes a class-conditional data set of 32x32 colour images out of the bitmaps of Noto Color Emoji.

    apt-get install fonts-noto-color-emoji unicode-data
    pip install fonttools pillow             (or: apt-get install python3-fonttools python3-pil)
    make_dataset.py --out emoji-32.zip       writes emoji-32-train.zip and emoji-32-test.zip
    make_dataset.py --check                  tests this program on a handful of glyphs; 0 where all is well

It needs glyph_images.py beside it, Python 3.9, fontTools (the font's tables) and Pillow (decodes the PNGs in them); no
network.

Images   the font's own bitmaps (CBDT, the largest strike), sequences by its ligatures (GSUB). Composed over white in
         sRGB, what is drawn centred in a square of the bitmap's shorter side (128 pixels; a larger one rather than
         cropped, which this font never needs), averaged over the area of each of 32x32 pixels in linear light. All in
         whole numbers: the same bytes everywhere. No glyph is scaled on its own.
Classes  the groups of emoji-test.txt in its order, without `Component`; fully-qualified emoji alone.
Families an emoji and its skin-tone variants, which have the same name without the tones. A family's key is the code
         points of its first member: hexadecimal, upper case, without FE0F, joined by `-`: 1F469-200D-1F4BB.
Split    a family is in the test part where the first 8 bytes of SHA-256(key), a big-endian number, divide by 10.
Tones    `mixed` takes one member of each family, SHA-256("tone " + key) modulo their number; `none` the first,
         without a tone; `all` takes every one.
Of images that are equal pixel by pixel the first is kept, over both parts.
"""
import argparse
import collections
import hashlib
import io
import json
import os
import re
import sys
import zipfile

sys.dont_write_bytecode = True  # this folder is installed and bundled as it stands
from glyph_images import SIZE, TO_LINEAR, VARIATION_SELECTOR, Fault, Font, png, shrink, srgb  # noqa: E402

TEST_ONE_IN = 10
FONT = "/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf"
GROUPS = "/usr/share/unicode/emoji/emoji-test.txt"
LICENCE = "/usr/share/doc/fonts-noto-color-emoji/copyright"

# For --check: the bitmaps of Debian's fonts-noto-color-emoji 2.042-0+deb12u1.
CHECKED_FONT = "e5899ed38b8ed83e08bd3ac5de09791e9d19d288333a796de1d35ad17396f1ec"
CHECKED_PIXELS = "dcf0a568ecc2e14805ebefa06316ff8cb8d62e036d696e75e2679dc3c29d738a"

Emoji = collections.namedtuple("Emoji", "points label family")  # code points; class; key of the family
Image = collections.namedtuple("Image", "name label test pixels")  # pixels: SIZE x SIZE x 3 bytes


# ---- emoji-test.txt --------------------------------------------------------------------------------------------------

def read_groups(path):
    """(class names, emoji in the file's order)"""
    try:
        with open(path, encoding="utf-8") as file:
            lines = file.read().splitlines()
    except (OSError, UnicodeDecodeError) as fault:
        raise Fault(f"The list of emoji '{path}' cannot be read ({fault}). "
                    "Install Debian's package unicode-data, or name emoji-test.txt with --groups-file.") from None
    classes, emoji, keys, group = [], [], {}, None
    for line in lines:
        if line.startswith("# group: "):
            group = line[len("# group: "):].strip()
        found = re.match(r"([0-9A-F ]+); fully-qualified +# \S+ E[0-9.]+ (.+)", line)
        if not found or group is None or group == "Component":
            continue
        if group not in classes:
            classes.append(group)
        points = tuple(int(word, 16) for word in found[1].split())
        key = keys.setdefault(family_name(found[2]), key_of(points))
        emoji.append(Emoji(points, classes.index(group), key))
    if not emoji:
        raise Fault(f"'{path}' lists no fully-qualified emoji. It needs the form of Unicode's emoji-test.txt.")
    return classes, emoji


def family_name(name):
    """`kiss: person, person, light skin tone, dark skin tone` and `kiss` are one family, as names alone can tell."""
    head, _, tail = name.partition(": ")
    kept = [part for part in tail.split(", ") if part and part != "person" and not part.endswith("skin tone")]
    return head + (": " + ", ".join(kept) if kept else "")


def key_of(points):
    return "-".join(f"{point:04X}" for point in points if point != VARIATION_SELECTOR)


def number_of(text):
    return int.from_bytes(hashlib.sha256(text.encode("ascii")).digest()[:8], "big")


def in_test(key):
    return number_of(key) % TEST_ONE_IN == 0


def choose_tones(emoji, tones):
    families = collections.defaultdict(list)
    for one in emoji:
        families[one.family].append(one)
    if tones == "all":
        return emoji
    if tones == "none":
        return [members[0] for members in families.values()]
    return [members[number_of("tone " + key) % len(members)] for key, members in families.items()]


# ---- the data set ----------------------------------------------------------------------------------------------------

def render(font, emoji, say=lambda text: None):
    """(images, how many the font lacks, how many are equal to an earlier one)"""
    images, seen, lacking, equal = [], set(), 0, 0
    for count, one in enumerate(emoji):
        if count % 500 == 0:
            say(f"{count} of {len(emoji)} glyphs")
        bitmap = font.bitmap(one.points)
        pixels = shrink(*bitmap) if bitmap else None
        if pixels is None:
            lacking += 1
        elif pixels in seen:
            equal += 1
        else:
            seen.add(pixels)
            name = "-".join(f"{point:x}" for point in one.points) + ".png"
            images.append(Image(name, one.label, in_test(one.family), pixels))
    return images, lacking, equal


def packed(images, classes, licence):
    """The bytes of a zip as EDM's data code reads it, which asks for `labels` alone and passes over `class_names`."""
    images = sorted(images)
    labels = {"labels": [[image.name, image.label] for image in images], "class_names": classes}
    files = [(image.name, png(image.pixels)) for image in images]
    files += [("LICENCE.txt", licence), ("dataset.json", json.dumps(labels).encode("ascii"))]
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, data in files:
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, data)
    return target.getvalue()


def licence_of(font, path):
    try:
        with open(path, "rb") as file:
            text = file.read()
    except OSError as fault:
        raise Fault(f"The licence '{path}', which goes into the zips, cannot be read ({fault.strerror}). "
                    "Name the copyright file of Debian's package fonts-noto-color-emoji with --licence-file.") from None
    lead = ["The images are bitmaps of this font, made smaller by make_dataset.py of Thaw:", *font.words,
            "Its licence follows, as the file 'copyright' of Debian's package gives it; fonts/* is the font.",
            "", ""]
    return "\n".join(lead).encode("utf-8") + text


def write(path, data):
    try:
        with open(path + ".part", "wb") as file:
            file.write(data)
        os.replace(path + ".part", path)
    except OSError as fault:
        raise Fault(f"'{path}' cannot be written ({fault.strerror}). Choose another place.") from None
    print(f"{path}  {len(data)} bytes  SHA-256 {hashlib.sha256(data).hexdigest()}")


def table(images, classes):
    lines = ["| class | name | train | test |", "|---|---|---|---|"]
    for label, name in enumerate([*classes, "all"]):
        parts = [sum(image.test == test and label in (image.label, len(classes)) for image in images)
                 for test in (False, True)]
        lines.append(f"| {label if label < len(classes) else ''} | {name} | {parts[0]} | {parts[1]} |")
    return "\n".join(lines)


def sheet(images, classes):
    """The bytes of a PNG of 24 images of each class, a row each, twice as large; the same ones each time."""
    from PIL import Image as pillow
    step = 2 * SIZE + 4
    whole = pillow.new("RGB", (24 * step, len(classes) * step), (128, 128, 128))
    for label in range(len(classes)):
        some = sorted((one for one in images if one.label == label), key=lambda one: number_of("sheet " + one.name))
        for column, one in enumerate(some[:24]):
            tile = pillow.frombytes("RGB", (SIZE, SIZE), one.pixels).resize((2 * SIZE, 2 * SIZE), pillow.NEAREST)
            whole.paste(tile, (column * step + 2, label * step + 2))
    target = io.BytesIO()
    whole.save(target, "PNG")
    return target.getvalue()


def check(arguments):
    """Identities of the arithmetic, then a handful of glyphs, twice, each time from the files."""
    def claim(holds, words):
        print(("ok      " if holds else "FAILED  ") + words)
        return holds

    flat = shrink(40, 24, bytes([10, 130, 250, 255]) * 960)  # 24 rows centred in 40, each pixel 1.25 of the bitmap
    stripes = shrink(64, 64, (b"\0\0\0\xff" + b"\xff\xff\xff\xff") * 2048)
    edge = shrink(32, 32, b"\0\0\0\0" * 1023 + b"\x64\0\0\x80")
    good = [
        claim([srgb(value) for value in TO_LINEAR] == list(range(256)), "sRGB there and back"),
        claim(flat[16 * 96:17 * 96] == bytes([10, 130, 250]) * 32 and flat[:96] == b"\xff" * 96, "one colour, centred"),
        claim(stripes == bytes([188]) * 3072, "half black, half white is 188 in linear light"),
        claim(edge[3 * (15 * 32 + 15):][:3] == bytes([177, 127, 127]), "alpha over white in sRGB, one pixel centred"),
        claim(family_name("kiss: person, person, light skin tone, dark skin tone") == "kiss", "families by name"),
        claim(family_name("woman: dark skin tone, red hair") == "woman: red hair", "hair is no tone"),
    ]
    classes, emoji = read_groups(arguments.groups_file)
    wanted = {"1F600", "1F98A", "1F355", "1F697", "26BD", "1F4F7", "0023-20E3", "1F1E7-1F1F7", "1F469-200D-1F4BB"}
    wanted |= {"1F44B-1F3FD", "1F3F4-E0067-E0062-E0073-E0063-E0074-E007F", "1F9D1-1F3FB-200D-2764-200D-1F9D1-1F3FF"}
    some = [one for one in emoji if key_of(one.points) in wanted]
    runs = []
    for _ in range(2):
        images, lacking, equal = render(Font(arguments.font), some)
        runs.append((images, lacking, equal, packed(images, classes, b"")))
    images = runs[0][0]
    with zipfile.ZipFile(io.BytesIO(runs[0][3])) as archive:
        labels = json.loads(archive.read("dataset.json"))["labels"]
        fox = Font(arguments.font).open_image(io.BytesIO(archive.read("1f98a.png")))
    good += [
        claim(runs[0] == runs[1], "the same bytes twice"),
        claim(len(images) == len(wanted) and runs[0][1] == 0, f"{len(wanted)} glyphs, single and joined"),
        claim(dict(labels) == {image.name: image.label for image in images}, "a label for each image"),
        claim(fox.tobytes() == next(one.pixels for one in images if one.name == "1f98a.png"), "PNGs read back"),
        claim({one.family for one in emoji if 0x1F44B in one.points} == {"1F44B"}, "a hand in 6 tones is one family"),
        claim([key for key in ("1F600", "1F98A", "1F697", "1F44B", "1F408") if in_test(key)] == ["1F697", "1F408"],
              "the split that `printf 1F408 | sha256sum` gives"),
        claim([key_of(one.points) for one in choose_tones(emoji, "mixed") if one.family == "1F44B"] == ["1F44B-1F3FB"],
              "the tone that `printf 'tone 1F44B' | sha256sum` gives"),
    ]
    with open(arguments.font, "rb") as file:
        same = hashlib.sha256(file.read()).hexdigest() == CHECKED_FONT
    found = hashlib.sha256(b"".join(image.pixels for image in images)).hexdigest()
    if same:
        good.append(claim(found == CHECKED_PIXELS, "the pixels that Debian's 2.042-0+deb12u1 gave"))
    else:
        print("not compared: the font is another version than Debian's 2.042-0+deb12u1")
    return 0 if all(good) else 1


def make(arguments):
    if not arguments.out.endswith(".zip"):
        raise Fault(f"--out has '{arguments.out}', which does not end in .zip. Name it as emoji-32.zip.")
    classes, emoji = read_groups(arguments.groups_file)
    font = Font(arguments.font)
    licence = licence_of(font, arguments.licence_file)
    chosen = choose_tones(emoji, arguments.skin_tones)
    images, lacking, equal = render(font, chosen, lambda text: print(text, file=sys.stderr))
    if not images:
        raise Fault(f"The font '{arguments.font}' has none of the {len(chosen)} emoji. "
                    "Name NotoColorEmoji.ttf of Debian's package fonts-noto-color-emoji with --font.")
    for part in ("train", "test"):
        some = [image for image in images if image.test == (part == "test")]
        write(arguments.out[:-len(".zip")] + f"-{part}.zip", packed(some, classes, licence))
    if arguments.sheet:
        write(arguments.sheet, sheet(images, classes))
    print(f"{len(emoji)} emoji, {len(chosen)} chosen ({arguments.skin_tones}); "
          f"{lacking} not in the font, {equal} equal to an earlier one\n{table(images, classes)}")
    return 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", default="emoji-32.zip", metavar="NAME.zip",
                        help="writes NAME-train.zip and NAME-test.zip, over older ones (%(default)s)")
    parser.add_argument("--font", default=FONT, help="%(default)s")
    parser.add_argument("--groups-file", default=GROUPS, help="%(default)s")
    parser.add_argument("--licence-file", default=LICENCE, help="copied into the zips (%(default)s)")
    parser.add_argument("--skin-tones", choices=["mixed", "none", "all"], default="mixed", help="%(default)s")
    parser.add_argument("--sheet", metavar="FILE.png", help="also writes 24 images of each class to look at")
    parser.add_argument("--check", action="store_true", help="tests this program; writes no file")
    arguments = parser.parse_args()
    try:
        return check(arguments) if arguments.check else make(arguments)
    except Fault as fault:
        print(f"make_dataset.py: {fault}", file=sys.stderr)
        return 3


if __name__ == "__main__":
    sys.exit(main())
