// A worker: SHA-256 (FIPS 180-4) of one file at a time, a slice at a time. The browser's own digest wants a whole file in memory,
// and is missing on pages without https.
const slice = 1 << 20;
const k = constants();
const w = new Uint32Array(64);

onmessage = async ({ data: { id, file } }) => {
  try {
    const hash = sha256();
    for (let at = 0; at < file.size; at += slice) hash.update(new Uint8Array(await file.slice(at, at + slice).arrayBuffer()));
    postMessage({ id, sha256: hash.digest() });
  } catch {
    // It can't be read any more; sending it will say so.
    postMessage({ id, sha256: null });
  }
};

function sha256() {
  const state = Uint32Array.of(0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19);
  let length = 0;
  const block = new Uint8Array(64);
  let held = 0;

  function update(bytes) {
    length += bytes.length;
    let at = 0;
    if (held > 0) {
      at = Math.min(64 - held, bytes.length);
      block.set(bytes.subarray(0, at), held);
      held += at;
      if (held < 64) return;
      mix(state, block, 0);
      held = 0;
    }
    for (; at + 64 <= bytes.length; at += 64) mix(state, bytes, at);
    block.set(bytes.subarray(at));
    held = bytes.length - at;
  }

  function digest() {
    const bits = new DataView(new ArrayBuffer(8));
    bits.setUint32(0, Math.floor(length / 0x20000000));
    bits.setUint32(4, (length << 3) >>> 0);
    const padding = new Uint8Array(((held < 56 ? 56 : 120) - held));
    padding[0] = 0x80;
    update(padding);
    update(new Uint8Array(bits.buffer));
    return [...state].map(word => word.toString(16).padStart(8, "0")).join("");
  }

  return { update, digest };
}

function mix(state, bytes, at) {
  for (let i = 0; i < 16; i++, at += 4) w[i] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
  for (let i = 16; i < 64; i++) {
    const a = w[i - 15], b = w[i - 2];
    w[i] = w[i - 16] + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + w[i - 7] + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10));
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; i++) {
    const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + k[i] + w[i]) | 0;
    const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0;
  }
  state[0] += a; state[1] += b; state[2] += c; state[3] += d; state[4] += e; state[5] += f; state[6] += g; state[7] += h;
}

function turn(word, by) { return (word >>> by) | (word << (32 - by)); }

// The first 32 bits of the fractions of the cube roots of the first 64 primes.
function constants() {
  const primes = [];
  for (let n = 2; primes.length < 64; n++) if (primes.every(p => n % p !== 0)) primes.push(n);
  return Uint32Array.from(primes, p => Math.floor((Math.cbrt(p) % 1) * 0x100000000));
}
