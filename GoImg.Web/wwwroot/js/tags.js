// Completes the last word of a line of tags (TagInput). A browser's list replaces the whole line, so the list offers whole lines.
let known = new Map();

document.addEventListener("goimg:page", () => { known = new Map(); });

document.addEventListener("input", event => {
  const field = event.target;
  if (field.dataset?.tags === undefined || !field.list) return;
  if (!known.has(field.list)) known.set(field.list, [...field.list.options].map(option => option.value));
  const written = field.value.split(",").slice(0, -1).map(tag => tag.trim()).filter(tag => tag.length > 0);
  const before = written.map(tag => tag + ", ").join("");
  field.list.replaceChildren(...known.get(field.list).filter(tag => !written.includes(tag)).map(tag => {
    const option = document.createElement("option");
    option.value = before + tag;
    return option;
  }));
});
