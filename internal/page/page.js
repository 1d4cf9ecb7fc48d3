// Shows the variant of every figure that the reader chooses. It only shows and hides what is on the
// page: it computes nothing. Without it, everything is there, folded.
(function () {
  "use strict";
  var root = document.documentElement;
  root.classList.add("js");
  document.addEventListener("DOMContentLoaded", function () {
    var form = document.querySelector("form.filters");
    if (!form) return;
    var figures = Array.prototype.slice.call(document.querySelectorAll(".figure"));
    form.hidden = false;
    form.reset();

    function choices() {
      var chosen = {};
      form.querySelectorAll("select").forEach(function (select) { chosen[select.name] = select.value; });
      return chosen;
    }
    function fits(variant, chosen) {
      return ["type", "model", "period", "channel", "segment"].every(function (name) {
        return variant.dataset[name] === undefined || chosen[name] === undefined || variant.dataset[name] === chosen[name];
      });
    }
    function show() {
      var chosen = choices();
      figures.forEach(function (figure) {
        var variants = Array.prototype.slice.call(figure.querySelectorAll(".variant"));
        var fit = variants.find(function (variant) { return fits(variant, chosen); });
        variants.forEach(function (variant) {
          variant.classList.toggle("on", variant === fit);
          variant.open = variant === fit;
        });
        var absent = figure.querySelector(".absent");
        if (absent) absent.hidden = Boolean(fit);
      });
      document.querySelectorAll("main tbody tr[data-key]").forEach(function (row) {
        var channel = new URLSearchParams(row.dataset.key).get("channel");
        row.hidden = Boolean(chosen.channel) && channel !== null && channel !== chosen.channel && channel !== "(all)";
      });
      var words = [];
      form.querySelectorAll("select").forEach(function (select) { words.push(select.options[select.selectedIndex].text); });
      document.getElementById("chosen").textContent = "Shown: " + words.join(" · ");
    }
    form.addEventListener("change", show);
    form.addEventListener("reset", function () { setTimeout(show); });
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    show();
  });
})();
