// What a reader cannot see at this width: elements that reach over the edge of the page or are cut
// off by one around them. What can be scrolled is no loss on a screen, but it is on paper.
(() => {
  const isPaper = matchMedia("print").matches;
  const width = document.documentElement.clientWidth;
  const problems = [];
  if (document.documentElement.scrollWidth > width) {
    problems.push(`the page is ${document.documentElement.scrollWidth} pixels wide, not ${width}`);
  }
  const name = (element) => element.tagName.toLowerCase() + (element.id ? "#" + element.id : "") + (element.className && typeof element.className === "string" ? "." + element.className.trim().split(/\s+/).join(".") : "") + ": " + element.textContent.trim().slice(0, 30);
  const isHidden = (element) => {
    const box = element.getBoundingClientRect();
    return !element.checkVisibility({ visibilityProperty: true }) || box.width <= 1 || box.height <= 1 || box.right <= 0;
  };
  for (const element of document.body.querySelectorAll("*")) {
    if (isHidden(element)) continue;
    const style = getComputedStyle(element);
    const scrolls = /auto|scroll/.test(style.overflowX);
    const cut = element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1;
    if (cut && style.display !== "inline" && style.textOverflow !== "ellipsis" && ((isPaper && scrolls) || /hidden|clip/.test(style.overflowX)) && !(element instanceof SVGElement)) {
      problems.push(`${name(element)} is cut: ${element.scrollWidth} pixels in ${element.clientWidth}`);
    }
    if (cut && style.overflowX === "visible" && parseFloat(style.borderRightWidth) > 0) {
      problems.push(`${name(element)} runs over its frame: ${element.scrollWidth} pixels in ${element.clientWidth}`);
    }
    const right = element.getBoundingClientRect().right;
    if (right > width + 1 && (isPaper || !isInScroller(element))) {
      problems.push(`${name(element)} ends at pixel ${Math.round(right)} of ${width}`);
    }
  }
  function isInScroller(element) {
    for (let around = element.parentElement; around && around !== document.body; around = around.parentElement) {
      if (/auto|scroll/.test(getComputedStyle(around).overflowX)) return true;
    }
    return false;
  }
  return problems;
})()
