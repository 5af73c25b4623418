// Around a screen by the Tab key alone: whatever can be pressed or written in must get the focus, show it, and stand in an order
// that follows the page.

/** More than any screen has stops. */
const stops_max = 400;
const arrows_max = 60;

/** In words, what the keys never reached, or reached without a mark or out of order. */
export async function tabFaults(page) {
  await page.evaluate(beginWalk);
  const way = [];
  for (let presses = 0; presses < stops_max; presses += 1) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(nextStop);
    if (stop.is_end) break;
    if (stop.at !== null) way.push(stop.at);
  }
  if (way.length === 0) return ['nothing gets the focus'];
  const parts = await page.evaluate(partsWithArrows, way);
  for (const first of parts) {
    await page.evaluate((at) => globalThis.tandem_stops[at].element.focus(), first);
    for (let presses = 0; presses < arrows_max; presses += 1) {
      await page.keyboard.press('ArrowRight');
      const stop = await page.evaluate(nextStop);
      if (stop.at === null || stop.is_known) break;
    }
  }
  return page.evaluate(faultsOfWalk, way);
}

/** Remembers everything that can be pressed or written in, where it stands and how it looks. */
function beginWalk() {
  document.activeElement?.blur();
  const parts = 'a[href], button, input, select, textarea, summary, [contenteditable=true], [role=tab], [role=switch], [role=combobox]';
  const isShown = (element) => element.checkVisibility({ visibilityProperty: true }) && element.closest('[inert], [aria-hidden=true]') === null;
  const isUsable = (element) => !element.matches(':disabled, [type=hidden]') && isShown(element);
  const lookOf = (element) => {
    const box = element.parentElement?.parentElement ?? null;
    const around = [element, ...(element.labels ?? []), element.nextElementSibling, element.parentElement, box, box?.parentElement];
    return JSON.stringify(around.filter((each) => each instanceof Element).map((each) => {
      const style = getComputedStyle(each);
      return [style.outlineStyle === 'none' ? '' : style.outline, style.boxShadow, style.borderColor, style.backgroundColor];
    }));
  };
  globalThis.tandem_look = lookOf;
  globalThis.tandem_stops = [...document.querySelectorAll(parts)].filter(isUsable)
    .map((element) => ({ element, box: element.getBoundingClientRect(), look: lookOf(element), is_reached: false, is_marked: true }));
}

/** Where the focus is now: the place of the element among those that count. The end is the page itself, or the first again. */
function nextStop() {
  const focus = document.activeElement;
  if (focus === null || focus === document.body) return { is_end: true, at: null };
  const at = globalThis.tandem_stops.findIndex(({ element }) => element === focus);
  if (at === -1) return { is_end: false, at: null };
  const stop = globalThis.tandem_stops[at];
  const is_known = stop.is_reached;
  const writes = ['INPUT', 'TEXTAREA'].includes(focus.tagName) || focus.isContentEditable;
  stop.is_reached = true;
  stop.is_marked = writes || globalThis.tandem_look(focus) !== stop.look;
  return { is_end: is_known && at === globalThis.tandem_stops.findIndex(({ is_reached }) => is_reached), at, is_known };
}

/** Of each chart, bar of tabs or tools of which something was not reached by Tab: what was. */
function partsWithArrows(way) {
  const stops = globalThis.tandem_stops;
  const partOf = ({ element }) => (element.tabIndex < 0 ? element.closest('[role=group], [role=tablist], [role=toolbar]') : null);
  const parts = new Set(stops.filter(({ is_reached }) => !is_reached).map(partOf).filter((part) => part !== null));
  return [...parts].flatMap((part) => way.find((at) => part.contains(stops[at].element)) ?? []);
}

function faultsOfWalk(way) {
  const stops = globalThis.tandem_stops;
  const wordsOf = ({ element }) => element.outerHTML.replace(/<(svg|path)[\s\S]*?<\/\1>/g, '').slice(0, 160);
  // Of radios one is a stop, and arrows lead to the others.
  const isRadioOf = (one, other) => one.type === 'radio' && other.type === 'radio' && one.name === other.name;
  const missed = stops.filter(({ element, is_reached }) => !is_reached && element.isConnected
    && !stops.some((other) => other.is_reached && isRadioOf(element, other.element)));
  const unmarked = stops.filter(({ is_reached, is_marked }) => is_reached && !is_marked);
  const block = 'article, fieldset, header, li, tr, [role=group], [role=row], [role=toolbar]';
  const isInOne = (one, other) => one.closest(block) !== null && one.closest(block) === other.closest(block);
  const isBackward = (from, to) => to.box.bottom <= from.box.top && to.box.left < from.box.right && !isInOne(from.element, to.element);
  const back = way.flatMap((at, place) => {
    const next = way[place + 1];
    if (next === undefined || next === way[0]) return [];
    return next < at || isBackward(stops[at], stops[next]) ? [`${wordsOf(stops[at])} leads back to ${wordsOf(stops[next])}`] : [];
  });
  return [
    ...missed.map((stop) => `no key leads to ${wordsOf(stop)}`),
    ...unmarked.map((stop) => `nothing shows the focus on ${wordsOf(stop)}`),
    ...back,
  ];
}
