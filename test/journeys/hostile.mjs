/**
 * A page of somebody who means harm, under a name that the browser takes for a sibling of Daybook's own, and what such a
 * page can try: every function here runs inside it, in the browser, and answers what it got hold of.
 */
import http from "node:http";

/** Serves empty pages on any name of this machine until it is closed; `asked` are the headers of what it was asked. */
export async function openHostileSite() {
  const asked = [];
  const server = http.createServer((request, response) => {
    asked.push(request.headers);
    response.setHeader("content-type", request.url.endsWith(".ico") ? "image/x-icon" : "text/html");
    response.end(request.url.endsWith(".ico") ? "" : "<!doctype html><title>You have won</title><h1>You have won</h1>");
  });
  await new Promise((resolve) => { server.listen(0, "127.0.0.1", resolve); });
  return { asked, port: server.address().port, close: () => server.close() };
}

/** Posts forms of every type into frames, one of them spelled so that its text is JSON. */
export async function postForms(changes) {
  const types = ["application/x-www-form-urlencoded", "multipart/form-data", "text/plain"];
  const post = async (url, body, enctype, index) => await new Promise((resolve) => {
    const frame = document.createElement("iframe");
    frame.name = `sink-${index}`;
    const form = document.createElement("form");
    Object.assign(form, { method: "post", action: url, enctype, target: frame.name });
    const field = document.createElement("input");
    Object.assign(field, { name: `${JSON.stringify(body).slice(0, -1)}${Object.keys(body).length > 0 ? "," : ""}"ignored":"`, value: '"}' });
    form.append(field);
    document.body.append(frame, form);
    frame.addEventListener("load", () => {
      if (frame.dataset.sent === "yes") resolve();
    });
    frame.dataset.sent = "yes";
    form.submit();
  });
  await Promise.all(changes.flatMap(({ url, body }, at) => types.map((type, index) => post(url, body, type, `${at}-${index}`))));
}

/** Calls with the person's cookies in every way that a script has. Answers which of the answers it could read. */
export async function callWithCookies({ changes, reads }) {
  const readable = [];
  const attempt = async (url, init) => {
    const answer = await fetch(url, { credentials: "include", ...init }).catch(() => null);
    if (answer !== null && answer.type !== "opaque") readable.push(`${init.method ?? "GET"} ${url} ${answer.status}`);
  };
  const asXhr = async (method, url, text) => await new Promise((resolve) => {
    const call = new XMLHttpRequest();
    call.open(method, url);
    call.withCredentials = true;
    call.addEventListener("loadend", () => {
      if (call.status !== 0) readable.push(`${method} ${url} ${call.status} by XMLHttpRequest`);
      resolve();
    });
    call.send(text);
  });
  for (const { method, url, body } of changes) {
    const text = JSON.stringify(body);
    const json = { "content-type": "application/json" };
    await Promise.all([
      attempt(url, { method, headers: json, body: text }),
      attempt(url, { method, headers: { ...json, "x-http-method-override": method, origin: new URL(url).origin, "sec-fetch-site": "same-origin" }, body: text }),
      attempt(url, { method: "POST", mode: "no-cors", headers: { "content-type": "text/plain" }, body: text }),
      attempt(url, { method: "POST", mode: "no-cors", keepalive: true, body: new Blob([text]) }),
      attempt(url, { method: "POST", mode: "no-cors", referrerPolicy: "no-referrer", body: new URLSearchParams(body) }),
      asXhr("POST", url, text),
    ]);
    navigator.sendBeacon(url, text);
    navigator.sendBeacon(url, new Blob([text], { type: "application/json" }));
  }
  await Promise.all(reads.flatMap((url) => [attempt(url, {}), attempt(url, { mode: "no-cors" }), asXhr("GET", url, null)]));
  return readable;
}

/** Takes addresses in as pictures, scripts, styles, films, objects and frames. Answers which of them let it. */
export async function embed(urls) {
  const taken = [];
  const place = async (tag, attribute, url, more = {}) => await new Promise((resolve) => {
    const element = Object.assign(document.createElement(tag), more, { [attribute]: url });
    const done = (isTaken) => {
      if (isTaken) taken.push(`${tag} ${url}`);
      resolve();
    };
    element.addEventListener("load", () => done(tag !== "iframe" || element.contentDocument !== null));
    element.addEventListener("loadeddata", () => done(true));
    element.addEventListener("error", () => done(false));
    document.body.append(element);
    // What becomes a download tells nobody.
    setTimeout(resolve, 5_000);
  });
  await Promise.all(urls.flatMap((url) => [
    place("img", "src", url), place("script", "src", url), place("script", "src", url, { type: "module", crossOrigin: "use-credentials" }),
    place("link", "href", url, { rel: "stylesheet" }), place("video", "src", url, { preload: "auto" }), place("object", "data", url), place("iframe", "src", url),
  ]));
  return taken;
}

/** Opens a page of Daybook's in a window, talks to it and listens. Answers what it could take of it. */
export async function openWindow(url) {
  const heard = [];
  window.addEventListener("message", ({ data }) => heard.push(`heard ${JSON.stringify(data)}`));
  const opened = window.open(url);
  if (opened === null) return ["no window"];
  // Its own opener policy takes it out of our hands as soon as it arrives.
  for (let tries = 0; tries < 100 && !opened.closed; tries += 1) await new Promise((resolve) => { setTimeout(resolve, 50); });
  if (!opened.closed) heard.push("still in reach");
  opened.postMessage("ended", "*");
  opened.postMessage({ kind: "changed" }, "*");
  opened.location = "about:blank#taken";
  try {
    heard.push(opened.document.title);
  } catch {
    // What is thrown is the browser's refusal: the very thing that is hoped for.
  }
  return heard;
}

/** Opens sockets. Answers which of them opened. */
export async function openSockets(urls) {
  const outcomes = await Promise.all(urls.map(async (url) => await new Promise((resolve) => {
    const socket = new WebSocket(url);
    socket.addEventListener("open", () => resolve(url));
    socket.addEventListener("error", () => resolve(null));
  })));
  return outcomes.filter((url) => url !== null);
}

/** Plants cookies on the person's host: of our own names, which no sibling can set, or many and large. */
export function plantCookies({ host, names, bytes }) {
  for (const name of names) document.cookie = `${name}=${"x".repeat(bytes)}; domain=${host}; path=/; secure`;
}
