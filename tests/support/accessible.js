// What WCAG 2.2 AA asks of a page that stands in the browser now: a list of what is not as it should
// be. `docs/decisions/accessibility.md` says why this is our own.
const faults = [];
const seen = (el) => {
  const box = el.getBoundingClientRect(), style = getComputedStyle(el);
  return box.width > 0 && box.height > 0 && style.visibility !== "hidden" &&
    (!el.closest("details:not([open])") || el.closest("summary"));
};
const named = (el) => `<${el.tagName.toLowerCase()} class="${el.getAttribute("class") || ""}"> ` +
  (el.textContent || "").trim().slice(0, 40);
const fault = (rule, el, more) => faults.push(`${rule}: ${named(el)} ${more || ""}`.trim());

// --- colours (1.4.3, 1.4.11)
const canvas = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
const known = new Map();
const rgba = (colour) => {
  if (!known.has(colour)) known.set(colour, drawn(colour));
  return known.get(colour).slice();
};
const drawn = (colour) => {
  canvas.clearRect(0, 0, 1, 1);
  canvas.fillStyle = colour;
  canvas.fillRect(0, 0, 1, 1);
  const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
  return [r, g, b, a / 255];
};
const over = (top, below) => [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
const behind = (el) => {
  if (!el) return matchMedia("(prefers-color-scheme: dark)").matches ? [0, 0, 0, 1] : [255, 255, 255, 1];
  return over(rgba(getComputedStyle(el).backgroundColor), behind(el.parentElement));
};
const faded = (el) => el ? parseFloat(getComputedStyle(el).opacity) * faded(el.parentElement) : 1;
const light = ([r, g, b]) => {
  const [x, y, z] = [r, g, b].map((v) => v / 255).map((v) => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
  return .2126 * x + .7152 * y + .0722 * z;
};
const ratio = (a, b) => {
  const [dark, bright] = [light(a), light(b)].sort((x, y) => x - y);
  return (bright + .05) / (dark + .05);
};
const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
for (let node; (node = texts.nextNode());) {
  const el = node.parentElement;
  if (!node.data.trim() || !seen(el) || el.closest("svg,audio")) continue;
  const style = getComputedStyle(el), size = parseFloat(style.fontSize), back = behind(el);
  const front = rgba(style.color);
  front[3] *= faded(el);
  const got = ratio(over(front, back), back);
  const large = size >= 24 || (size >= 18.66 && parseInt(style.fontWeight) >= 700);
  if (got < (large ? 3 : 4.5)) fault("1.4.3 contrast", el, `${got.toFixed(2)} to 1`);
  if (/[\u0590-\u08ff]/.test(node.data.replace(/[\u2066-\u2069\u200e\u200f]/g, ""))) {
    if (style.direction !== "rtl" && !el.closest("bdi,[dir=auto]")) fault("1.3.2 direction", el, style.direction);
    const lang = el.closest("[lang]").lang;
    if (!/^(ar|fa|ur|he|ps|ckb)/.test(lang)) fault("3.1.2 language of parts", el, lang);
  }
}
for (const svg of document.querySelectorAll("svg")) {
  if (!seen(svg)) continue;
  const style = getComputedStyle(svg), drawn = style.stroke !== "none" ? style.stroke : style.color;
  const back = behind(svg.parentElement), got = ratio(over(rgba(drawn), back), back);
  if (got < 3 && !svg.matches(".stairs,.paper")) fault("1.4.11 contrast of a sign", svg, got.toFixed(2));
  if (svg.getAttribute("aria-hidden") !== "true" && !(svg.getAttribute("role") === "img" && svg.getAttribute("aria-label")))
    fault("1.1.1 sign without name", svg);
}

// --- controls (1.1.1, 2.5.8, 4.1.2)
const controls = [...document.querySelectorAll("a[href],button,input:not([type=hidden]),select,textarea,summary,audio")].filter(seen);
const heard = (el) => [...el.childNodes].map((n) => n.nodeType === 3 ? n.data :
  n.nodeType !== 1 || n.getAttribute("aria-hidden") === "true" ? "" :
  n.getAttribute("aria-label") || n.alt || heard(n)).join("").trim();
for (const el of controls) {
  const label = el.getAttribute("aria-label") || (el.labels && [...el.labels].map(heard).join(" ")) || heard(el);
  if (!label.trim()) fault("4.1.2 no name", el);
  const box = el.getBoundingClientRect(), inline = getComputedStyle(el).display === "inline" &&
    heard(el.parentElement) !== heard(el);
  if (!inline && (box.width < 24 || box.height < 24)) fault("2.5.8 target", el, `${box.width}x${box.height}`);
  const style = getComputedStyle(el);
  if (el.matches("button,input")) {
    const around = behind(el.parentElement), edge = over(rgba(style.borderTopColor), around);
    const shown = parseFloat(style.borderTopWidth) > 0 ? ratio(edge, around) : 1;
    const filled = ratio(behind(el), around);
    if (Math.max(shown, filled) < 3 && el.matches("input")) fault("1.4.11 edge of a field", el, Math.max(shown, filled).toFixed(2));
  }
}
for (const img of document.images) if (!img.hasAttribute("alt")) fault("1.1.1 no alt", img);

// --- structure (1.3.1, 2.4.2, 2.4.6, 3.1.1, 4.1.1)
const heads = [...document.querySelectorAll("h1,h2,h3,h4,h5,h6")].filter(seen).map((h) => +h.tagName[1]);
if (document.querySelectorAll("h1").length !== 1) faults.push("1.3.1 one h1");
if (document.querySelectorAll("main").length !== 1) faults.push("1.3.1 one main");
heads.forEach((h, i) => { if (i && h > heads[i - 1] + 1) faults.push(`1.3.1 h${heads[i - 1]} then h${h}`); });
if (!document.title.trim()) faults.push("2.4.2 no title");
const root = document.documentElement;
if (!root.lang) faults.push("3.1.1 no language");
const runs = /^(ar|fa|ur|he|ps|ckb)/.test(root.lang) ? "rtl" : "ltr";
if (root.dir !== runs) faults.push(`1.3.2 ${root.lang} runs ${root.dir}`);
const ids = [...document.querySelectorAll("[id]")].map((el) => el.id);
if (new Set(ids).size !== ids.length) faults.push("4.1.1 an id twice");

// --- reflow (1.4.10): nothing beside the page
const wide = root.clientWidth;
if (root.scrollWidth > wide) faults.push(`1.4.10 ${root.scrollWidth} in ${wide} pixels`);
for (const el of document.querySelectorAll("body *")) {
  const box = el.getBoundingClientRect();
  if (seen(el) && (box.right > wide + 1 || box.left < -1)) fault("1.4.10 beside the page", el);
}
return faults;
