// Live events and charts. Whatever a client sent is set as text, never as markup.
"use strict";

const SHOWN = 50;
const FIELDS = ["at", "fate", "reason", "what", "owner", "group", "key", "version"];

function row(event) {
  const tr = document.createElement("tr");
  for (const field of FIELDS) {
    const td = document.createElement("td");
    if (field === "fate") {
      const span = document.createElement("span");
      span.classList.add("fate", event.fate);
      span.textContent = event.fate;
      td.append(span);
    } else {
      td.textContent = event[field];
    }
    tr.append(td);
  }
  return tr;
}

function live(table) {
  const connection = document.getElementById("connection");
  const source = new EventSource(table.dataset.stream);
  source.onopen = () => { connection.textContent = "live"; };
  source.onerror = () => { connection.textContent = "connection lost, trying again"; };
  source.onmessage = message => {
    for (const event of JSON.parse(message.data)) {
      table.prepend(row(event));
    }
    while (table.rows.length > SHOWN) {
      table.deleteRow(-1);
    }
  };
  addEventListener("pagehide", () => source.close());
}

const TAKEN = ["VERIFIED", "ACCEPTED", "MARKED_FAILED"];

async function charts(box) {
  const answer = await fetch(box.dataset.timeline, { headers: { Accept: "application/json" } });
  const steps = await answer.json();
  if (steps.length === 0 || typeof Chart === "undefined") {
    return;
  }
  box.hidden = false;
  const style = getComputedStyle(document.documentElement);
  const color = name => style.getPropertyValue(name).trim();
  Chart.defaults.color = color("--flat");
  Chart.defaults.borderColor = color("--pico-muted-border-color");
  Chart.defaults.animation = false;
  const labels = steps.map(step => new Date(step.start).toISOString().substring(11, 16));
  const count = (step, name) => step.counts[name] || 0;
  const total = step => Object.entries(step.counts).reduce((sum, [name, n]) => name === "DUPLICATE" ? sum : sum + n, 0);
  new Chart(document.getElementById("share"), {
    type: "line",
    data: { labels, datasets: [{ label: "verified, %", data: steps.map(step => total(step) === 0 ? null : 100 * count(step, "VERIFIED") / total(step)), borderColor: color("--good"), backgroundColor: color("--good") }] },
    options: { maintainAspectRatio: false, plugins: { legend: { display: false } }, scales: { y: { min: 0, max: 100 } } }
  });
  const reasons = [...new Set(steps.flatMap(step => Object.keys(step.counts)))].filter(name => !TAKEN.includes(name) && name !== "DUPLICATE").sort();
  const palette = ["#d1495b", "#edae49", "#00798c", "#7768ae", "#66a182", "#b56b45", "#5b8def", "#8d99ae"];
  new Chart(document.getElementById("rejects"), {
    type: "bar",
    data: { labels, datasets: reasons.map((reason, i) => ({ label: reason, data: steps.map(step => count(step, reason)), backgroundColor: palette[i % palette.length] })) },
    options: { maintainAspectRatio: false, scales: { x: { stacked: true }, y: { stacked: true, ticks: { precision: 0 } } } }
  });
}

const table = document.getElementById("live");
if (table) {
  live(table);
}
const box = document.getElementById("charts");
if (box) {
  charts(box);
}
