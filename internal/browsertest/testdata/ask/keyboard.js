// Lists, in window.reachable, what the keyboard must reach: controls, links, regions that scroll, and
// what the page wants to be reached. Of a group of radio buttons it must reach one: the arrow keys reach the others.
(() => {
  const isVisible = (element) => element.checkVisibility({ visibilityProperty: true });
  const name = (element) => element.tagName.toLowerCase() + (element.id ? "#" + element.id : "") + (element.getAttribute("name") ? "[" + element.getAttribute("name") + "]" : "") + ": " + (element.getAttribute("aria-label") || element.textContent.trim()).replace(/\s+/g, " ").slice(0, 40);
  const controls = "a[href], area[href], button, input:not([type=hidden]), select, textarea, summary, iframe, [contenteditable], [role=button], [role=link], [role=tab], [role=checkbox], [role=radio], [role=slider]";
  const look = (element) => { const style = getComputedStyle(element); return [style.outline, style.boxShadow, style.border, style.backgroundColor].join("|"); };
  const isScrolling = (element) => {
    const style = getComputedStyle(element);
    return (/auto|scroll/.test(style.overflowX) && element.scrollWidth > element.clientWidth + 1)
      || (/auto|scroll/.test(style.overflowY) && element.scrollHeight > element.clientHeight + 1);
  };
  const elements = Array.from(document.body.querySelectorAll("*")).filter(isVisible);
  const interactive = elements.filter((e) => e.matches(controls) && !e.disabled)
    .filter((e) => !(e.type === "radio" && !e.checked && Array.from(document.getElementsByName(e.name)).some((r) => r.checked)));
  window.reachable = elements.filter((e) => interactive.includes(e) || isScrolling(e) || e.tabIndex >= 0);
  window.looks = new Map(elements.map((e) => [e, look(e)]));
  window.focusedNow = () => {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const box = element.getBoundingClientRect();
    return {
      index: window.reachable.indexOf(element),
      name: name(element),
      isSeen: element.matches(":focus-visible") && look(element) !== window.looks.get(element),
      isInView: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    };
  };
  // What reacts to a mouse and to nothing else: it looks like something to press.
  const mouseOnly = elements.filter((e) => getComputedStyle(e).cursor === "pointer" && !e.closest(controls + ", label"));
  return {
    names: window.reachable.map(name),
    mouseOnly: mouseOnly.map(name),
    jumps: elements.filter((e) => e.tabIndex > 0).map(name),
  };
})()
