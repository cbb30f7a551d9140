// Links of all images that are ready, one a line, in the forms that the image page has (EmbedCodes.razor).
const escape = text => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

const forms = {
  page: ({ link }) => link,
  html: ({ link, pictureLink }, label) => `<a href="${link}"><img src="${pictureLink}" alt="${escape(label)}"></a>`,
  markdown: ({ link, pictureLink }, label) => `[![${label}](${pictureLink})](${link})`,
  bbcode: ({ link, pictureLink }) => `[url=${link}][img]${pictureLink}[/img][/url]`,
};

export function links(rows, form, untitled) {
  // Without what ends a label in Markdown or BBCode.
  const label = row => (row.title || untitled).replaceAll("[", "(").replaceAll("]", ")");
  return rows.filter(row => row.phase === "ready" && row.link).map(row => forms[form](row, label(row)));
}
