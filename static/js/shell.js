// Small helps for every page. Nothing here is needed for a page to work.
(() => {
  "use strict";
  // A form that came back with something to put right: its list of errors takes the focus.
  const errors = document.querySelector(".wrong[tabindex]");
  if (errors) errors.focus();
})();
