// Cells of tables that show a number and are not marked with the cell of a report, or with a
// calculation from several. Labels of rows are headings (th).
Array.from(document.querySelectorAll("td"))
  .filter((cell) => /^[−-]?[\d,]*\.?\d+( %)?$/.test(cell.textContent.trim()))
  .filter((cell) => !cell.closest("[data-value]") && !cell.querySelector("[data-value]"))
  .map((cell) => cell.textContent.trim() + " in a table with the heading " + (cell.closest("table").querySelector("caption, th")?.textContent.trim() ?? "(none)"))
