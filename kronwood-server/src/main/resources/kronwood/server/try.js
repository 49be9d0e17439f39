"use strict";

const at = (id) => document.getElementById(id);
const operations = [];

function show() {
  const chosen = operations[at("operation").value];
  at("body").value = chosen.example ? JSON.stringify(chosen.example, null, 2) : "";
  at("body").disabled = chosen.method === "get";
}

async function load() {
  const response = await fetch("openapi.json", { headers: authorization() });
  if (!response.ok) {
    at("status").textContent = response.status + ": give the token, then choose a request";
    return;
  }
  const description = await response.json();
  at("title").textContent = description.info.title;
  operations.length = 0;
  at("operation").replaceChildren();
  for (const [path, methods] of Object.entries(description.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const content = operation.requestBody ? operation.requestBody.content["application/json"] : {};
      const option = document.createElement("option");
      option.value = String(operations.length);
      option.textContent = method.toUpperCase() + " " + path + ": " + operation.summary;
      at("operation").append(option);
      operations.push({ path, method, example: content.example });
    }
  }
  at("status").textContent = "";
  show();
}

function authorization() {
  const token = at("token").value;
  return token ? { Authorization: "Bearer " + token } : {};
}

async function send() {
  const chosen = operations[at("operation").value];
  const headers = authorization();
  const request = { method: chosen.method.toUpperCase(), headers };
  if (chosen.method === "post") {
    headers["Content-Type"] = "application/json";
    request.body = at("body").value;
  }
  const begun = performance.now();
  try {
    const response = await fetch(chosen.path.slice(1), request);
    const text = await response.text();
    at("status").textContent = response.status + ", " + (performance.now() - begun).toFixed(1) + " ms";
    try {
      at("answer").textContent = JSON.stringify(JSON.parse(text), null, 2);
    } catch (notJson) {
      at("answer").textContent = text;
    }
  } catch (e) {
    at("status").textContent = "no answer: " + e.message;
  }
}

at("operation").addEventListener("change", show);
at("token").addEventListener("change", load);
at("send").addEventListener("click", send);
load();
