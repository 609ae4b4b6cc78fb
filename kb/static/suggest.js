// Suggests titles while somebody types in the search box; the form works without it.
// A combobox with a list (ARIA 1.2): arrows choose, Enter goes there, Escape closes.
(function () {
  "use strict";
  var input = document.getElementById("q"), data = navigator.connection;
  if (!input || !window.AbortController || data && data.saveData) { return; }
  var list = document.createElement("ul"), before = "", chosen = -1, waiting, running;

  function set(names) { for (var name in names) { input.setAttribute(name, names[name]); } }
  function shown() { return list.children; }
  function close() {
    list.hidden = true; chosen = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }
  function stop() { clearTimeout(waiting); if (running) { running.abort(); } }
  function choose(which) {
    var items = shown();
    if (items[chosen]) { items[chosen].removeAttribute("aria-selected"); }
    chosen = which < -1 ? items.length - 1 : which >= items.length ? -1 : which;
    if (chosen < 0) { input.removeAttribute("aria-activedescendant"); return; }
    items[chosen].setAttribute("aria-selected", "true");
    items[chosen].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", items[chosen].id);
  }
  function part(words, language, soft) {
    var span = document.createElement("span");
    span.textContent = words; span.dir = "auto";
    if (language) { span.lang = language; }
    if (soft) { span.className = "n"; }
    return span;
  }
  function show(found) {
    close();
    list.textContent = "";
    found.suggestions.forEach(function (one, nth) {
      var item = document.createElement("li");
      item.id = "suggestion-" + nth;
      item.setAttribute("role", "option");
      item.setAttribute("data-url", one.url);
      item.append(part(one.words, one.language), " ");
      if (one.words !== one.title) { item.append(part(one.title, one.title_language), " "); }
      item.append(part(one.kind_name, "", true));
      list.append(item);
    });
    if (shown().length && document.activeElement === input) {
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
    }
  }
  function ask() {
    var words = input.value.trim();
    if (words === before) { return; }
    stop();
    before = words;
    // One Chinese or Japanese sign says something; of other letters it takes two.
    if (words.length < (/[\u3040-\u9fff]/.test(words) ? 1 : 2)) { close(); return; }
    waiting = setTimeout(function () {
      var mine = running = new AbortController();
      fetch(input.getAttribute("data-suggest") + "?q=" + encodeURIComponent(words.slice(0, 80)),
        { signal: mine.signal })
        .then(function (reply) { return reply.ok ? reply.json() : { suggestions: [] }; })
        .then(function (found) { if (mine === running) { show(found); } })
        .catch(function () { /* given up, or no network: the form still works */ });
    }, 150);
  }
  function go(item) { stop(); window.location.assign(item.getAttribute("data-url")); }

  input.type = "text";  // a search field may not be a combobox
  list.id = "suggestions"; list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.getAttribute("data-label"));
  input.parentNode.append(list);
  set({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false",
    "aria-controls": "suggestions", enterkeyhint: "search", inputmode: "search"
  });
  input.addEventListener("input", function (event) { if (!event.isComposing) { ask(); } });
  input.addEventListener("compositionend", ask);
  input.addEventListener("blur", function () { stop(); before = ""; close(); });
  input.addEventListener("keydown", function (event) {
    if (event.isComposing || list.hidden) { return; }
    if (event.key === "ArrowDown") { choose(chosen + 1); }
    else if (event.key === "ArrowUp") { choose(chosen - 1); }
    else if (event.key === "Escape") { stop(); close(); }
    else if (event.key === "Enter" && chosen >= 0) { go(shown()[chosen]); }
    else { return; }
    event.preventDefault();
  });
  list.addEventListener("mousedown", function (event) { event.preventDefault(); });
  list.addEventListener("click", function (event) {
    var item = event.target.closest("li");
    if (item) { go(item); }
  });
}());
