// One picture in the viewer: as sharp as it is drawn, from the renditions of its page up to the original's own pixels.
import { text } from "../texts.js";

const firstWait = 250;
const longestWait = 3000;
const patience = 60_000;

/**
 * @param box the element it is put into
 * @param stage the stage of the image's page
 * @param say shows a short note, or takes it away
 */
export function showPicture(box, stage, say) {
  const source = stage?.querySelector(".stage-picture img");
  const image = document.createElement("img");
  let full = null;
  let isGone = false;
  image.alt = source?.alt ?? text("NoPicture");
  image.draggable = false;
  box.replaceChildren(image);
  // What the page shows already, or the few colours that it knows, until the bytes are there.
  box.style.backgroundImage = source?.currentSrc ? `url("${source.currentSrc}")` : stage?.style.getPropertyValue("--p") || "none";
  image.addEventListener("load", () => { box.style.backgroundImage = "none"; }, { once: true });

  const size = { width: Number(source?.dataset.width) || 1, height: Number(source?.dataset.height) || 1 };
  const largest = Number(source?.dataset.largest) || size.width;

  async function fetchFull(address) {
    full = address;
    say(text("LoadingPixels"));
    for (let wait = firstWait, spent = 0; !isGone && spent < patience; spent += wait, wait = Math.min(longestWait, wait * 1.5)) {
      const answer = await fetch(address, { method: "HEAD" }).catch(() => null);
      if (answer?.status === 200) return sharpen(address);
      if (answer?.status !== 202) break;
      await new Promise(resolve => setTimeout(resolve, wait));
    }
    if (!isGone) say("");
  }

  // On top of what is there, once it is decoded: nothing flashes.
  async function sharpen(address) {
    const sharp = document.createElement("img");
    sharp.alt = image.alt;
    sharp.draggable = false;
    sharp.src = address;
    await sharp.decode?.().catch(() => {});
    if (isGone) return;
    box.append(sharp);
    image.hidden = true;
    box.dataset.isSharp = "true";
    say("");
  }

  return {
    size,
    /** The width of the sharpest copy that the asker may have. */
    pixels: Number(source?.dataset.fullWidth) || largest,
    /** It is drawn so wide, in CSS pixels. */
    drawn(width, density) {
      if (!source || isGone) return;
      const sizes = `${Math.ceil(width)}px`;
      if (image.sizes !== sizes) image.sizes = sizes;
      if (!image.srcset) [image.srcset, image.src] = [source.srcset, source.getAttribute("src")];
      if (source.dataset.full && full === null && width * density > largest * 1.02) fetchFull(source.dataset.full);
    },
    leave() {
      isGone = true;
      say("");
      delete box.dataset.isSharp;
    },
  };
}
