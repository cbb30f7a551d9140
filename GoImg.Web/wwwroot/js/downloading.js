// The pages on which one waits for copies to download: ask until they are made, and fetch them then.
const longestPauseMs = 15_000;

async function isMade(url) {
  try {
    const answer = await fetch(url, { method: "HEAD", headers: { Accept: "*/*" } });
    // No longer allowed, or deleted: the page itself says so.
    if (answer.status === 403 || answer.status === 404) location.reload();
    return answer.status === 200;
  } catch {
    return false;
  }
}

const page = document.querySelector("[data-download]");
for (let pauseMs = 500; page && !await isMade(page.dataset.download); pauseMs = Math.min(pauseMs * 2, longestPauseMs))
  await new Promise(resolve => setTimeout(resolve, pauseMs));

if (page) {
  page.querySelectorAll("[data-while-waiting]").forEach(part => { part.hidden = true; });
  page.querySelectorAll("[data-once-made]").forEach(part => { part.hidden = false; });
  location.assign(page.dataset.download);
}
