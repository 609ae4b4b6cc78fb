// Keeps a draft or a translation every half minute and before somebody leaves, if it has
// changed; the form works without it. What cannot be kept stays in the form, and says so.
// Fields with data-anew say what the form showed; each answer brings some of them anew.
(function () {
  "use strict";
  var form = document.getElementById("section"), said = document.getElementById("kept");
  if (!form || !said || !window.fetch || !window.URLSearchParams) { return; }
  var kept = typed(), running = null, failed = false, refused = false, sending = false;

  function typed() {
    var all = new URLSearchParams(new FormData(form));
    form.querySelectorAll("[data-anew]").forEach(function (one) { all.delete(one.name); });
    return all.toString();
  }
  function changed() { return typed() !== kept; }
  function tell(how, time) {
    said.textContent = said.getAttribute("data-" + how) + (time ? " " + time : "");
    said.hidden = false;
  }
  function now() {
    return new Date().toLocaleTimeString(document.documentElement.lang,
      { hour: "2-digit", minute: "2-digit" });
  }
  function save() {
    if (running || refused || sending || !changed()) { return; }
    var words = typed();
    var body = new URLSearchParams(new FormData(form)).toString() + "&by_itself=yes";
    running = fetch(form.action, {
      method: "POST", body: body, redirect: "manual", credentials: "same-origin",
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
      keepalive: body.length < 60000  // browsers send no more than 64 KB after a page is left
    }).then(function (reply) {
      if (reply.ok) { return reply.json(); }
      refused = reply.status < 500;
      tell(refused ? "refused" : "offline");
      failed = true;
      return null;
    }).then(function (answer) {
      if (!answer) { return; }
      Object.keys(answer).forEach(function (name) {
        form.elements.namedItem(name).value = answer[name];
      });
      kept = words;
      failed = false;
      tell("kept", now());
    }).catch(function () {
      failed = true;
      tell("offline");
    }).then(function () { running = null; });
  }

  setInterval(save, 30000);
  document.addEventListener("visibilitychange", function () { if (document.hidden) { save(); } });
  window.addEventListener("pagehide", save);
  window.addEventListener("online", save);
  window.addEventListener("beforeunload", function (event) {
    if (failed && !sending && changed()) { event.preventDefault(); }
  });
  form.addEventListener("submit", function (event) {
    var pressed = event.submitter;
    if (running && form.requestSubmit) {  // else it would meet the save that is under way
      event.preventDefault();
      running.then(function () { form.requestSubmit(pressed); });
      return;
    }
    sending = true;
  });
  window.addEventListener("pageshow", function () { sending = false; });
}());
