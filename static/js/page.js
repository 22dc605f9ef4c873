// All of a page's own scripts. Each finds what it is for by the page's data attributes, and no page needs any of them.
// The order is that in which they listen: what is on its way to the server is asked before it is sent.

import "./shell.js";
import "./sorting.js";
import "./sent.js";
import "./idle.js";
import "./sending.js";
import "./goals.js";
import "./print.js";
import "./copies.js";
import "./practice.js";
import "./left_over.js";
import "./autosave.js";
import "./live.js";
import "./leaving.js";
import "./moves.js";
import "./local_drafts.js";
