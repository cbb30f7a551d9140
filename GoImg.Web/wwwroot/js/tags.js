// Completes the last word of a line of tags (TagInput): by the tags the page brought with the field, and from two characters on by those in use.
// A browser's list replaces the whole line, so the list offers whole lines.
const shortest = 2;
const pauseMs = 150;
const most = 8;

const brought = new Map();
const inUse = new Map();
let timer;

document.addEventListener("goimg:page", () => brought.clear());

document.addEventListener("input", event => {
  const field = event.target;
  if (field.dataset?.tags === undefined || !field.list) return;
  if (!brought.has(field.list)) brought.set(field.list, [...field.list.options].map(option => option.value));
  offer(field);
  clearTimeout(timer);
  const word = lastWord(field.value);
  if ([...word].length >= shortest && !inUse.has(word)) timer = setTimeout(() => ask(field, word), pauseMs);
});

const lastWord = line => /[^\s,;]*$/u.exec(line)[0].toLowerCase();

async function ask(field, word) {
  try {
    const answer = await fetch(`/api/v1/tags/search?q=${encodeURIComponent(word)}&per_page=${most}`);
    // What is wrong with a word is said when the form is sent.
    inUse.set(word, answer.ok ? (await answer.json()).items.map(found => found.tag) : []);
  } catch {
    return;
  }
  if (lastWord(field.value) === word) offer(field);
}

function offer(field) {
  const word = lastWord(field.value);
  const before = field.value.slice(0, field.value.length - word.length).replace(/[\s,;]*$/u, "");
  const written = before.split(/[\s,;]+/u);
  const start = before.length > 0 ? before.replaceAll(/\s*[,;][\s,;]*/gu, ", ") + ", " : "";
  const tags = new Set([...brought.get(field.list) ?? [], ...inUse.get(word) ?? []]);
  field.list.replaceChildren(...[...tags].filter(tag => !written.includes(tag)).map(tag => {
    const option = document.createElement("option");
    option.value = start + tag;
    return option;
  }));
}
