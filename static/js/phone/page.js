// What each page does so that a phone can open some of them without a signal.

navigator.serviceWorker?.register("/sw.js", { type: "module" }).catch(() => {}); // then pages need a signal
