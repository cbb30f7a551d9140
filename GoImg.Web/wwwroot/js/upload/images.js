// What the tray does to images, once files have become some. Each resolves to what went wrong, in words, or null.
const change = async (token, path, body) => {
  try {
    const answer = await fetch(`/uploads/images/${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json", RequestVerificationToken: token() },
      body: JSON.stringify(body ?? {}),
    });
    return answer.ok ? null : (await answer.json().catch(() => ({}))).detail ?? String(answer.status);
  } catch {
    return "";
  }
};

export const retitle = (token, image, title) => change(token, `${image}/title`, { title });
export const tryAgain = (token, image) => change(token, `${image}/retry`);
export const restore = (token, image) => change(token, `${image}/restore`);
