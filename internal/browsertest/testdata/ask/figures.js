// The figures of the page: the elements with data-value, and where their value comes from. What the
// elements around a figure and the heading over its column say holds for the figure too.
(ofVisible) => Array.from(document.querySelectorAll("[data-value]")).filter((element) => !ofVisible || element.checkVisibility()).map((element) => {
  const cell = element.closest("td, th");
  const heading = cell?.closest("table").tHead?.rows[0]?.cells[cell.cellIndex];
  const from = [];
  for (let around = element; around; around = around.parentElement) from.push(around);
  if (heading) from.push(heading);
  const first = (name) => from.find((e) => e.dataset[name] !== undefined)?.dataset[name] ?? "";
  return {
    report: first("report"),
    column: first("column"),
    key: from.map((e) => e.dataset.key).filter((key) => key).join("&"),
    sum: first("sum"),
    value: element.dataset.value,
    text: element.textContent.trim().replace(/\s+/g, " "),
    visible: element.checkVisibility({ visibilityProperty: true, opacityProperty: true }),
  };
})
