"use strict";
// What a page of server-drawn HTML cannot do by itself: the theme, dialogs, the
// keys of the list of suggestions, and keeping the newest message in sight.
(() => {
  const themes = { auto: "dark", dark: "light", light: "dark" };
  const root = document.documentElement;
  const kept = () => { try { return localStorage.getItem("theme"); } catch { return null; } };
  if (kept()) root.dataset.theme = kept();

  const by = (id) => document.getElementById(id);
  let pinned = true; // the newest message is in sight

  function pin() {
    const log = by("log");
    if (log && pinned) log.scrollTop = log.scrollHeight;
  }

  function toggleTheme() {
    const dark = matchMedia("(prefers-color-scheme: dark)").matches;
    const now = root.dataset.theme || (dark ? "dark" : "light");
    root.dataset.theme = themes[now];
    try { localStorage.setItem("theme", root.dataset.theme); } catch { /* then it is forgotten */ }
  }

  function toggleSide(open) {
    document.body.classList.toggle("side-open", open);
    by("menu").setAttribute("aria-expanded", String(open));
  }

  function closeAside() { by("aside").replaceChildren(); }

  // The list of suggestions below a line.
  const listOf = (line) => by(line.getAttribute("aria-controls"));
  const chosen = (list) => list.querySelector('[aria-selected="true"]');

  function hide(line) {
    const list = listOf(line);
    list.replaceChildren();
    list.hidden = true;
    line.setAttribute("aria-expanded", "false");
    line.removeAttribute("aria-activedescendant");
  }

  function move(line, by) {
    const list = listOf(line), all = [...list.children];
    const old = chosen(list), at = (all.indexOf(old) + by + all.length + (old || by > 0 ? 0 : 1)) % all.length;
    if (old) old.setAttribute("aria-selected", "false");
    all[at].setAttribute("aria-selected", "true");
    all[at].scrollIntoView({ block: "nearest" });
    line.setAttribute("aria-activedescendant", all[at].id);
  }

  function accept(line, option) {
    line.value = option.textContent;
    hide(line);
    line.focus();
  }

  // What was sent from this page, the newest last, and where one is in it.
  const said = [];
  let back = 0;

  function recall(line, by) {
    if (!said.length || back + by < 0 || back + by > said.length) return false;
    if (back === 0 && line.value) return false; // something is being typed
    back += by;
    line.value = back ? said[said.length - back] : "";
    return true;
  }

  function keys(event) {
    const line = event.target.closest(".line");
    if (line && listOf(line).hidden && (event.key === "ArrowUp" || event.key === "ArrowDown")) {
      if (recall(line, event.key === "ArrowUp" ? 1 : -1)) event.preventDefault();
      return;
    }
    if (event.key === "Escape" && !by("dialog").firstElementChild) {
      if (line && !listOf(line).hidden) hide(line);
      else { closeAside(); toggleSide(false); }
    }
    if (!line || listOf(line).hidden) return;
    const option = chosen(listOf(line));
    if (event.key === "ArrowDown") move(line, 1);
    else if (event.key === "ArrowUp") move(line, -1);
    else if (event.key === "Tab" && !event.shiftKey) accept(line, option || listOf(line).firstElementChild);
    else if (event.key === "Enter" && option) accept(line, option);
    else return;
    event.preventDefault();
  }

  function clicks(event) {
    const target = event.target;
    if (target.closest("#theme")) toggleTheme();
    if (target.closest("#menu")) toggleSide(!document.body.classList.contains("side-open"));
    else if (!target.closest("#side")) toggleSide(false);
    if (target.closest(".close")) closeAside();
    if (!target.closest("#clock")) { const clock = by("clock"); if (clock) clock.open = false; }
    const option = target.closest('[role="option"]');
    if (option) accept(option.closest("form").querySelector(".line"), option);
  }

  function swapped(event) {
    const target = event.detail.target;
    if (!target) return;
    if (target.id === "dialog") {
      const dialog = target.querySelector("dialog");
      if (dialog && !dialog.open) {
        dialog.addEventListener("cancel", (cancel) => { cancel.preventDefault(); dialog.querySelector(".cancel").click(); });
        dialog.showModal();
        const first = dialog.querySelector("[aria-invalid], .field input, .field select, .field textarea");
        if (first) first.focus();
      }
    }
    if (target.classList.contains("options")) {
      [...target.children].forEach((option, i) => { option.id = target.id + "-" + i; });
      const line = target.closest("form").querySelector(".line");
      if (!line.value) target.replaceChildren();
      target.hidden = !target.children.length;
      line.setAttribute("aria-expanded", String(!target.hidden));
      line.removeAttribute("aria-activedescendant");
    }
    if (target.id === "aside") {
      const close = target.querySelector(".close");
      if (close) close.focus();
    }
  }

  document.addEventListener("DOMContentLoaded", () => {
    const log = by("log"), body = document.body;
    pin();
    addEventListener("load", pin);
    log.addEventListener("scroll", () => { pinned = log.scrollHeight - log.scrollTop - log.clientHeight < 60; });
    new ResizeObserver(pin).observe(by("feed"));
    document.addEventListener("keydown", keys);
    document.addEventListener("click", clicks);
    body.addEventListener("htmx:afterSwap", swapped);
    body.addEventListener("htmx:confirm", (event) => { // an empty line says nothing
      const line = event.target.matches("form.composer") && event.target.querySelector(".line");
      if (line && !line.value.trim()) event.preventDefault();
    });
    body.addEventListener("htmx:beforeRequest", (event) => { // the line is on its way, and the next one can be typed
      if (!event.target.matches("form.composer, .actions, .empty form")) return;
      pinned = true;
      const line = event.target.querySelector(".line");
      if (line) { said.push(line.value); back = 0; line.dataset.sent = line.value; line.value = ""; hide(line); }
    });
    body.addEventListener("htmx:afterRequest", (event) => { // what could not be sent comes back
      const line = event.target.matches("form.composer") && event.target.querySelector(".line");
      if (line && !event.detail.successful) line.value = (line.dataset.sent + " " + line.value).trim();
    });
    body.addEventListener("htmx:sseMessage", pin);
    body.addEventListener("htmx:oobAfterSwap", (event) => {
      if (event.detail.target.id === "feed") new ResizeObserver(pin).observe(by("feed"));
      pin();
    });
    body.addEventListener("htmx:sseError", () => { by("away").hidden = false; });
    body.addEventListener("htmx:sseOpen", () => { by("away").hidden = true; });
    if (matchMedia("(min-width: 60rem)").matches) by("line").focus();
  });
})();
