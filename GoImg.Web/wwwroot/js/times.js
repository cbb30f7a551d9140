// Times in the reader's own zone, as long ago as they are by now. Without script they are right in every zone.
import { language, text } from "./texts.js";

const full = new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short" });
// English as GoImg writes it: the day before the month.
const day = new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { day: "numeric", month: "short", year: "numeric" });

const update = () => document.querySelectorAll("time[data-time]").forEach(localise);

document.addEventListener("goimg:page", update);
setInterval(() => { if (!document.hidden) update(); }, 60000);

function localise(time) {
  const at = new Date(time.dateTime);
  time.title = full.format(at);
  time.textContent = say(at, Date.now() - at);
}

/** How long ago it was, in words; the day, when that says more. */
export function say(at, age) {
  const minutes = Math.floor(age / 60000);
  if (age < -60000) return day.format(at);
  if (minutes < 1) return text("JustNow");
  if (minutes < 60) return text("MinutesAgo", minutes);
  if (minutes < 1440) return text("HoursAgo", Math.floor(minutes / 60));
  return minutes < 10080 ? text("DaysAgo", Math.floor(minutes / 1440)) : day.format(at);
}
