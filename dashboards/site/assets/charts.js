// Draws each chart when it comes near the screen, in the surroundings that the reader's system asks for.
// Expressions are interpreted, never evaluated: the page's policy forbids the latter.
import { expressionInterpreter } from "./vendor/vega-interpreter.js";

const dark = matchMedia("(prefers-color-scheme: dark)");
const views = new Map();

async function draw(place) {
  const scheme = dark.matches ? "dark" : "light";
  const answer = await fetch(`${place.dataset.spec}.${scheme}.json`);
  if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
  const spec = await answer.json();
  const runtime = vega.parse(vegaLite.compile(spec).spec, null, { ast: true });
  views.get(place)?.finalize();
  place.replaceChildren();
  const view = new vega.View(runtime, { expr: expressionInterpreter, renderer: "svg", container: place, hover: true });
  view.tooltip(showTip);
  views.set(place, view);
  await view.runAsync();
  place.querySelector("svg").setAttribute("aria-hidden", "true"); // the place itself carries the words
}

const tip = document.createElement("div");
tip.className = "tip";
tip.hidden = true;
document.body.append(tip);

function showTip(_handler, event, _item, value) {
  tip.hidden = value === null || value === undefined || value === "";
  if (tip.hidden) return;
  tip.textContent = String(value);
  const at = event.changedTouches?.[0] ?? event;
  const room = document.documentElement.clientWidth - tip.offsetWidth - 8;
  tip.style.left = `${Math.max(8, Math.min(at.clientX + 12, room))}px`;
  tip.style.top = `${at.clientY + 16}px`;
}

addEventListener("scroll", () => (tip.hidden = true), { passive: true });

const watcher = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      watcher.unobserve(target);
      draw(target).catch((error) => console.error(error));
    }
  },
  { rootMargin: "300px" },
);
for (const place of document.querySelectorAll(".plot")) watcher.observe(place);
dark.addEventListener("change", () => {
  for (const place of views.keys()) draw(place).catch((error) => console.error(error));
});
