// Rows, pictures and headings that a page break may cut in two.
(() => {
  const problems = new Set();
  for (const element of document.body.querySelectorAll("tr, svg")) {
    if (!element.checkVisibility() || element.parentElement.closest("svg")) continue;
    let kept = false;
    for (let around = element; around && around !== document.body && !kept; around = around.parentElement) {
      kept = getComputedStyle(around).breakInside.startsWith("avoid");
    }
    if (!kept) problems.add(element.tagName.toLowerCase() + " may be cut by the end of a sheet");
  }
  for (const details of document.querySelectorAll("details")) {
    const content = details.querySelector(":scope > :not(summary)");
    if (details.checkVisibility() && content && !content.checkVisibility()) problems.add("closed and not printed: " + details.querySelector("summary")?.textContent.trim());
  }
  return [...problems];
})()
