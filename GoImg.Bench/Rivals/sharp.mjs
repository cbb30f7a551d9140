// sharp as its documentation shows it: a pipeline for each size, started together. As many photos at once as there are cores.
//   node sharp.mjs LIST OUTPUT EFFORT…     a WebP effort for each size, largest first
import { availableParallelism } from 'node:os';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import sharp from 'sharp';

const [list, output, ...efforts] = process.argv.slice(2);
const photos = (await readFile(list, 'utf8')).trim().split('\n');
const sizes = [1600, 800, 320, 160].map((side, i) => ({ side, effort: Number(efforts[i] ?? efforts[0]) }));

const render = async photo => {
  const made = await Promise.all(sizes.map(({ side, effort }) => sharp(photo)
    .rotate()
    .resize(side, side, { fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 82, effort })
    .toFile(join(output, `${basename(photo, '.jpg')}-${side}.webp`))));
  return made.reduce((bytes, file) => bytes + file.size, 0);
};

// the cache would make the second round free
sharp.cache(false);
await render(photos[0]);
console.log(`ready sharp ${sharp.versions.sharp}, libvips ${sharp.versions.vips}`);
for await (const _ of createInterface({ input: process.stdin })) {
  let next = 0;
  let bytes = 0;
  const worker = async () => {
    while (next < photos.length) {
      const made = await render(photos[next++]);
      bytes += made;
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  console.log(`done ${bytes}`);
}
