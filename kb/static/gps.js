// The one script of Humus: asks the phone where it is, and only when the button is
// pressed. What leaves the browser is rounded to a tenth of a degree, some 10 km.
(function () {
  "use strict";
  var part = document.getElementById("gps");
  if (!part || !navigator.geolocation || !window.isSecureContext) { return; }
  var form = part.querySelector("form"), button = part.querySelector("button");
  var said = part.querySelector("[role=status]");

  function say(name) { said.textContent = name ? part.getAttribute("data-" + name) : ""; }
  function tenth(degrees) { return (Math.round(degrees * 10) / 10).toFixed(1); }

  function found(place) {
    form.elements.latitude.value = tenth(place.coords.latitude);
    form.elements.longitude.value = tenth(place.coords.longitude);
    form.submit();
  }
  function failed(why) {
    button.disabled = false;
    say(why.code === why.PERMISSION_DENIED ? "denied" : "failed");
  }
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    button.disabled = true;
    say("waiting");
    navigator.geolocation.getCurrentPosition(found, failed, {
      enableHighAccuracy: false, timeout: 30000, maximumAge: 3600000
    });
  });
  part.hidden = false;
}());
