// What is asked of an element within its page. Each function is sent there alone, so each says all it needs.

/** What answers when this is pressed: the input of a label, else the link, button or item that it is a part of. */
export function pressableOf(element) {
  const parts = 'a[href], button, input, select, textarea, summary, [contenteditable=true], [role=option], [role^=menuitem], [role=tab]';
  const own = element.closest(parts);
  const label = element.closest('label');
  return (own !== null && (label === null || label.contains(own)) ? own : label?.control) ?? own ?? element;
}

/** Why nobody can press this now, in words; empty when somebody can. */
export function obstacleTo(element) {
  const labels = [...(element.labels ?? [])];
  if (![element, ...labels].some((each) => each.checkVisibility({ visibilityProperty: true }))) return 'it is not shown';
  if (element.matches(':disabled') || element.closest('[aria-disabled=true]') !== null) return 'it is disabled';
  return element.closest('[inert], [aria-hidden=true]') === null ? '' : 'it lies behind something';
}

/**
 * How the element stands to the focus: `is_here`, or `is_in` the same menu, list of options, tabs, radios or chart, where
 * `arrow` leads nearer, or neither, when `tab` does. `stops`: how many seem to lie between, in the order of the page.
 */
export function standing(element) {
  const page = element.ownerDocument;
  const focus = page.hasFocus() && page.activeElement !== page.body ? page.activeElement : null;
  const role = element.getAttribute('role');
  const pointed = page.getElementById(focus?.getAttribute('aria-activedescendant') ?? '');
  const is_here = focus === element || (role === 'option' && pointed === element);
  const roles = { option: '[role=listbox]', menuitem: '[role=menu]', menuitemradio: '[role=menu]', tab: '[role=tablist]' };
  const list = element.closest(roles[role] ?? (element.tabIndex < 0 ? '[role=group], [role=toolbar], [role=radiogroup]' : ':not(*)'));
  const isChosenFrom = () => role === 'option' && focus.matches('[aria-haspopup=listbox], [role=combobox]')
    && [list.id, null].includes(focus.getAttribute('aria-controls'));
  const isIn = () => {
    if (focus === null) return false;
    if (element.type === 'radio') return focus.type === 'radio' && focus.name === element.name && focus.form === element.form;
    return list !== null && (list.contains(focus) || list.contains(pointed) || isChosenFrom());
  };
  /** `one` comes after `other` in the page, from whose beginning the way leads when nothing has the focus. */
  const isAfter = (one, other) => other === null || (one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_PRECEDING) !== 0;
  const is_behind = focus !== null && isAfter(pointed ?? focus, element);
  const mayStop = (each) => each.tabIndex >= 0 && (each.type !== 'radio' || each.checked) && !each.matches(':disabled, [type=hidden]');
  const isBetween = (each) => (is_behind ? isAfter(each, element) && isAfter(focus, each) : isAfter(element, each) && isAfter(each, focus));
  const stops = [...page.querySelectorAll('a[href], button, input, select, textarea, summary, [contenteditable=true]')]
    .filter((each) => mayStop(each) && isBetween(each) && each.checkVisibility({ visibilityProperty: true }));
  const is_line = element.type !== 'radio' && !['option', 'menuitem', 'menuitemradio'].includes(role);
  const arrow = is_line ? (is_behind ? 'ArrowLeft' : 'ArrowRight') : (is_behind ? 'ArrowUp' : 'ArrowDown');
  return { is_here, is_in: isIn(), arrow, tab: is_behind ? 'Shift+Tab' : 'Tab', stops: stops.length };
}

/** How the element and what stands close around it look, to be compared with how they look with the focus. */
export function lookOf(element) {
  // A box of several inputs draws its frame around them all.
  const box = element.parentElement?.parentElement ?? null;
  const around = [element, ...(element.labels ?? []), element.nextElementSibling, element.parentElement, box, box?.parentElement];
  return JSON.stringify(around.filter((each) => each instanceof Element).map((each) => {
    const style = getComputedStyle(each);
    const outline = style.outlineStyle === 'none' ? '' : style.outline;
    return [outline, style.boxShadow, style.borderColor, style.backgroundColor, style.textDecorationLine];
  }));
}

/** Text is written in it, so a blinking line shows where one is. */
export function hasCaret(element) {
  const others = ['button', 'checkbox', 'color', 'file', 'image', 'radio', 'range', 'reset', 'submit'];
  if (element.isContentEditable || element.tagName === 'TEXTAREA') return true;
  return element.tagName === 'INPUT' && !others.includes(element.type) && !element.readOnly;
}

/** The key that does what a press of the mouse does here; none where the focus alone is it. */
export function keyFor(element) {
  if (element.type === 'checkbox') return 'Space';
  if (element.type === 'radio') return element.checked ? null : 'Space';
  if (element.getAttribute('aria-haspopup') === 'listbox') return element.hasAttribute('aria-controls') ? null : 'ArrowDown';
  return element.isContentEditable || ['INPUT', 'SELECT', 'TEXTAREA'].includes(element.tagName) ? null : 'Enter';
}

/** How large what a finger presses is: the element, or a label of it. `is_in_bar`: in the bar at the bottom. */
export function sizeOf(element) {
  const boxes = [element, ...(element.labels ?? [])].map((each) => each.getBoundingClientRect());
  const least = (box) => Math.min(box.width, box.height);
  const { width, height } = boxes.reduce((one, other) => (least(one) < least(other) ? other : one));
  const bar = element.closest('nav')?.getBoundingClientRect();
  const text = element.parentElement?.textContent?.trim() ?? '';
  return {
    width: Math.round(width),
    height: Math.round(height),
    is_in_bar: bar !== undefined && bar.bottom >= window.innerHeight - 1 && bar.width >= window.innerWidth - 1 && bar.height < 100,
    // A link in a sentence is as high as its line (WCAG 2.5.8).
    is_in_words: getComputedStyle(element).display === 'inline' && text.length > (element.textContent ?? '').trim().length,
  };
}

/** What is wider than the screen, in words. */
export function wideParts() {
  const wide = document.documentElement.scrollWidth - window.innerWidth;
  const panes = [...document.querySelectorAll('body *')].filter((each) => {
    if (each.scrollWidth <= each.clientWidth + 1 || !['auto', 'scroll'].includes(getComputedStyle(each).overflowX)) return false;
    // Code keeps its lines, bars of tabs and tools are pushed, and a table of figures has two directions (WCAG 2.2, 1.4.10).
    const is_by_design = each.closest('pre, code, [role=tablist], [role=toolbar]') !== null || each.querySelector(':scope > table') !== null;
    return each.checkVisibility() && !is_by_design;
  });
  const names = panes.map((each) => `${each.tagName.toLowerCase()}.${each.className} scrolls sideways by ${each.scrollWidth - each.clientWidth} px`);
  return wide > 0 ? [`the page is ${wide} px too wide`, ...names] : names;
}
