/** A title to begin with, from a file's name: without its ending, words apart. Whole characters, so that none is cut in half. */
export const suggestTitle = (name, maxCharacters) => [...name.replace(/\.[^.]{1,5}$/, "").replaceAll("_", " ").trim()].slice(0, maxCharacters).join("");
