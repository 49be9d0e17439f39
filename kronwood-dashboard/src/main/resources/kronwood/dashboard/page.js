"use strict";

const WORDS = {
  running: "It runs.",
  pausing: "It pauses as soon as the batch at work is finished.",
  paused: "It is paused.",
  stopping: "It stops: the model of what was learned is made and saved.",
  ended: "It has ended. This page stays as it is.",
  failed: "It has ended with an error. This page stays as it is.",
};
const SECTIONS = ["result", "now", "learning", "search", "batches", "metrics", "folds", "speed", "work", "tuning"];
const SURE_MILLIS = 5000;
const MOST_FAILURES = 5;

const at = (id) => document.getElementById(id);
let source = null;
let over = false;
let failures = 0;
let sure = 0;

/** Changes the text only if it is another: screen readers read it out then. */
function say(text) {
  if (at("state").textContent !== text) {
    at("state").textContent = text;
  }
}

function setState(line) {
  const [state, done, ...pressable] = line.split(" ");
  document.documentElement.dataset.state = state;
  say(WORDS[state]);
  at("progress").value = state === "ended" ? 1 : Number(done);
  const resumes = pressable.includes("resume");
  at("pause").textContent = resumes ? "Resume" : "Pause";
  at("pause").dataset.press = resumes ? "resume" : "pause";
  at("pause").disabled = !resumes && !pressable.includes("pause");
  at("lower").disabled = !pressable.includes("lower");
  at("stop").disabled = !pressable.includes("stop");
  for (const id of ["number", "show", "next"]) {
    at(id).disabled = !pressable.includes("sample");
  }
  if (pressable.includes("sample")) {
    at("sample").hidden = false;
  }
  over = state === "ended" || state === "failed";
}

/** Replaces a section; what was opened in it stays open, and what had the focus keeps it. */
function setSection(section, html) {
  const kept = (selector, test) => [...section.querySelectorAll(selector)].map(test);
  const open = kept("details", (details) => details.open);
  const scrolled = kept(".scroll", (scroll) => [scroll.scrollLeft, scroll.scrollTop]);
  const focused = kept("summary, .scroll", (element) => element === document.activeElement).indexOf(true);
  section.innerHTML = html;
  section.hidden = html === "";
  section.querySelectorAll("details").forEach((details, i) => { details.open = open[i] === true; });
  section.querySelectorAll(".scroll").forEach((scroll, i) => {
    if (scrolled[i]) { [scroll.scrollLeft, scroll.scrollTop] = scrolled[i]; }
  });
  if (focused >= 0) {
    const now = section.querySelectorAll("summary, .scroll")[focused];
    if (now) { now.focus({ preventScroll: true }); }
  }
}

function close() {
  if (source !== null) {
    source.close();
    source = null;
  }
}

function connect() {
  if (source !== null || over || document.hidden) {
    return;
  }
  source = new EventSource("events");
  source.addEventListener("open", () => { failures = 0; });
  source.addEventListener("state", (event) => setState(event.data));
  for (const id of SECTIONS) {
    source.addEventListener(id, (event) => setSection(at(id), event.data));
  }
  source.addEventListener("end", close);
  source.addEventListener("error", () => {
    if (over) {
      close();
      return;
    }
    failures++;
    say("The training does not answer; the page tries again.");
    if (failures > MOST_FAILURES || source.readyState === EventSource.CLOSED) {
      close();
      for (const id of ["pause", "lower", "stop", "number", "show", "next", "none"]) {
        at(id).disabled = true;
      }
      say("The training does not answer any more: its process has ended, or this page was asleep when it did.");
    }
  });
}

async function press(name) {
  try {
    const response = await fetch(name, { method: "POST" });
    if (response.ok) {
      setState(await response.text());
    } else {
      say((await response.json()).detail);
    }
  } catch (gone) {
    say("The training does not answer.");
  }
}

function unsure() {
  sure = 0;
  at("stop").textContent = "Stop and save";
}

at("pause").addEventListener("click", () => press(at("pause").dataset.press));
at("lower").addEventListener("click", () => press("lower"));
at("show").addEventListener("click", () => {
  if (at("number").reportValidity() && at("number").value !== "") {
    press("sample/" + at("number").valueAsNumber);
  }
});
at("number").addEventListener("keydown", (event) => {
  if (event.key === "Enter") { at("show").click(); }
});
at("next").addEventListener("click", () => press("sample/next"));
at("none").addEventListener("click", () => press("sample/none"));
at("stop").addEventListener("click", () => {
  if (sure === 0) {
    sure = window.setTimeout(unsure, SURE_MILLIS);
    at("stop").textContent = "Press again to stop";
  } else {
    window.clearTimeout(sure);
    unsure();
    press("stop");
  }
});
document.addEventListener("visibilitychange", () => (document.hidden ? close() : connect()));
connect();
