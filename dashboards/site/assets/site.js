// Says when the data are old: the pages themselves cannot know what day it is.
const HOUR_MS = 3600e3;
const notice = document.getElementById("stale");
if (notice && Date.now() - Date.parse(notice.dataset.at) > 48 * HOUR_MS) {
  notice.textContent = notice.dataset.text;
  notice.hidden = false;
}
