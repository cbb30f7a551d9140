// Everything in dropped files and folders, found while it is already being uploaded.
export async function* walk(entries, fromFolder = false) {
  for (const entry of entries) {
    if (entry === null) continue;
    if (entry instanceof File) yield { file: entry, name: entry.name, fromFolder };
    else if (entry.isFile) {
      // What vanished or may not be read between drop and reading is left out.
      const file = await new Promise(done => entry.file(done, () => done(null)));
      if (file) yield { file, name: file.name, fromFolder };
    } else yield* inside(entry.createReader());
  }
}

// A reader hands out 100 entries at a time: it is asked until it has none left.
async function* inside(reader) {
  for (;;) {
    const some = await new Promise(done => reader.readEntries(done, () => done([])));
    if (some.length === 0) return;
    yield* walk(some, true);
  }
}
