// Uploads files with tus-js-client as one JSON argument says, and prints what happens as JSON, a line each:
//   endpoint, token, files        where, who, what
//   url                           an upload to go on with instead of a new one (for one file)
//   chunkSize, retryDelays        as in the client's own options
//   pauseAt                       bytes after which to pause once and go on
//   stopAt, terminate             bytes after which to stop permanently; with terminate the server is told to forget the upload
import { createReadStream, statSync } from "node:fs";
import { basename } from "node:path";
import { Upload } from "tus-js-client";

const wanted = JSON.parse(process.argv[2]);
const tell = (event, more) => process.stdout.write(JSON.stringify({ event, ...more }) + "\n");

function send(file) {
  return new Promise(done => {
    let image = null;
    let paused = false;
    let over = false;
    const upload = new Upload(createReadStream(file), {
      endpoint: wanted.endpoint,
      uploadUrl: wanted.url ?? null,
      uploadSize: statSync(file).size,
      chunkSize: wanted.chunkSize ?? 1 << 20,
      retryDelays: wanted.retryDelays ?? null,
      headers: { Authorization: `Bearer ${wanted.token}` },
      metadata: { filename: basename(file), filetype: "image/png", title: basename(file), visibility: "unlisted" },
      onAfterResponse: (request, response) => { image = response.getHeader("GoImg-Image-Id") ?? image; },
      onSuccess: () => { tell("success", { file, url: upload.url, image }); done(); },
      onError: error => { tell("error", { file, status: error.originalResponse?.getStatus() ?? 0, body: error.originalResponse?.getBody() ?? error.message }); done(); },
      onChunkComplete: async (size, sent, total) => {
        tell("chunk", { file, sent, total });
        if (over) return;
        if (wanted.pauseAt && !paused && sent >= wanted.pauseAt) {
          paused = true;
          await upload.abort();
          tell("paused", { file, sent });
          setTimeout(() => upload.start(), 100);
        } else if (wanted.stopAt && sent >= wanted.stopAt) {
          over = true;
          await upload.abort(wanted.terminate ?? false);
          tell("stopped", { file, sent, url: upload.url });
          done();
        }
      },
    });
    upload.start();
  });
}

await Promise.all(wanted.files.map(send));
process.exit(0);
