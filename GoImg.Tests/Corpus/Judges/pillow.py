"""Pillow's word on each file below a folder: path, tab, whole | broken | unknown. Every frame is decoded; a truncated one is broken."""
import os
import sys
import warnings

from PIL import Image, UnidentifiedImageError

warnings.simplefilter("ignore")
Image.MAX_IMAGE_PIXELS = None
TAKEN = {"JPEG", "MPO", "PNG", "GIF", "WEBP", "TIFF", "AVIF", "HEIF"}


def judge(path):
    try:
        with Image.open(path) as image:
            if image.format not in TAKEN:
                return "unknown"
            if image.width * image.height > 100_000_000:
                return "large"
            # the page that is shown, or the whole animation
            frames = 1 if image.format in ("TIFF", "MPO") else getattr(image, "n_frames", 1)
            for frame in range(min(frames, 300)):
                image.seek(frame)
                image.load()
            return "whole"
    except UnidentifiedImageError:
        return "unknown"
    except Exception:
        return "broken"


root = sys.argv[1]
for folder, _, names in sorted(os.walk(root)):
    for name in sorted(names):
        path = os.path.join(folder, name)
        print(os.path.relpath(path, root), judge(path), sep="\t", flush=True)
