// The texts of scripts, from the resources of the page's language: {0}, {0:0.#} with its most decimals, and
// {0, plural, one {# image} other {# images}} as in Core's TextPattern.
export const language = document.documentElement.lang || "en";
/** 1 where one reads to the right, -1 where to the left: forward is that way. */
export const forward = document.documentElement.dir === "rtl" ? -1 : 1;
const texts = JSON.parse(document.getElementById("texts")?.textContent ?? "{}");
const plurals = new Intl.PluralRules(language);
// The digits that the server writes.
const numbers = new Intl.NumberFormat(language, { numberingSystem: "latn" });

/** The text of a key of ScriptTexts.resx with its arguments in place. */
export const text = (key, ...given) => fill(texts[key] ?? key, given);

/** A pattern that came another way, such as in an attribute. */
export function fill(pattern, given, number) {
  let out = "";
  for (let i = 0; i < pattern.length; i++) {
    if (pattern[i] === "#" && number !== undefined) out += number;
    else if (pattern[i] !== "{") out += pattern[i];
    else {
      const end = endOf(pattern, i);
      out += place(pattern.slice(i + 1, end), given);
      i = end;
    }
  }
  return out;
}

function place(inside, given) {
  const [, index, decimals, forms] = /^(\d+)(?::(?:N0|0(?:\.(#+))?))?(?:\s*,\s*plural\s*,(.*))?$/s.exec(inside);
  const value = given[index];
  if (forms === undefined) return typeof value === "number" ? numbers.format(round(value, decimals?.length ?? 0)) : String(value);
  const chosen = formsOf(forms);
  return fill(chosen[`=${value}`] ?? chosen[plurals.select(value)] ?? chosen.other, given, numbers.format(value));
}

const round = (value, decimals) => Math.round(value * 10 ** decimals) / 10 ** decimals;

function formsOf(forms) {
  const found = {};
  for (let i = 0; i < forms.length; i++) {
    const open = forms.indexOf("{", i);
    if (open < 0) break;
    const close = endOf(forms, open);
    found[forms.slice(i, open).trim()] = forms.slice(open + 1, close);
    i = close;
  }
  return found;
}

function endOf(pattern, from) {
  let depth = 0;
  for (let i = from; i < pattern.length; i++) {
    if (pattern[i] === "{") depth++;
    else if (pattern[i] === "}" && --depth === 0) return i;
  }
  return pattern.length;
}
