// What our own scripts send by themselves: with the newest token, in the name of the person whose page it is.

const NO_ANSWER = 20000;
const ANSWERS = [200, 400, 401, 403, 404, 409, 422]; // each with a sentence; whatever else comes, it is sent again
const KEEPALIVE_LIMIT = 60000; // browsers refuse more in requests that outlive their page

// The cookie is newer than the page when somebody has signed in again in another tab.
export function token() {
  const cookie = document.cookie.split("; ").find((one) => one.startsWith("csrftoken="));
  const input = document.querySelector("[name=csrfmiddlewaretoken]");
  return cookie ? cookie.slice("csrftoken=".length) : input ? input.value : "";
}

// The server's answer to one field, {status, data}. Throws where there was none.
export async function send(url, person, { field, text, revision }) {
  const body = new URLSearchParams({ field, text, revision });
  const response = await fetch(url, {
    method: "POST",
    headers: { "X-Autosave": "1", "X-CSRFToken": token(), "X-Person": person },
    body,
    credentials: "same-origin",
    redirect: "manual",
    keepalive: body.toString().length < KEEPALIVE_LIMIT,
    signal: AbortSignal.timeout(NO_ANSWER),
  });
  if (!ANSWERS.includes(response.status)) throw new Error("no answer");
  const data = await response.json();
  if (typeof data.status !== "string") throw new Error("no answer");
  return { status: response.status, data };
}
