// What the page does by itself, and what it tells Python (ui/bridge.py).
import { aloud } from "./aloud.js"
import { cards } from "./cards.js"
import { copying } from "./copying.js"
import { drawing } from "./drawing.js"
import { focusing } from "./focusing.js"
import { flash } from "./flash.js"
import { frames } from "./frames.js"
import { keys } from "./keys.js"
import { map } from "./map.js"
import { offline } from "./offline.js"
import { panel } from "./panel.js"
import { reading } from "./reading.js"
import { steps } from "./steps.js"
import { voice } from "./voice.js"

const root = document.documentElement

// The bridge is away for a moment after each run; what is done meanwhile waits for it.
let send = null
const waiting = []

export function tell(done) {
  if (send) send(done)
  else waiting.push(done)
}

function keep(choices) {
  const value = encodeURIComponent(JSON.stringify(choices))
  document.cookie = `masrad=${value};path=/;max-age=31536000;samesite=lax`
  root.dataset.size = choices.size
  if (choices.theme === window.masradEarly?.theme) return
  // Streamlit reads its theme once, as the page is loaded.
  window.masradEarly.theme = choices.theme
  window.masradEarly.apply(choices.theme)
  location.reload()
}

let known = ""
let names = {}

// Streamlit's own buttons speak English, and so does its link past the bar.
const BUTTONS = {
  close: "[role=dialog] > button[aria-label]",
  send: "[data-testid=stChatInputSubmitButton]",
  stop: "[data-testid=stChatInputStopButton]",
}

// In the field for files: what Streamlit says, and what it is to say.
const SAID = [
  ["bring_browse", (text) => text === "Upload" || text === "Browse files" || text === "Add files"],
  ["bring_drop", (text) => /^\d+ ?MB per file|^Drag and drop/.test(text)],
]

const SIZE = /^([\d.]+) ?(B|KB|MB|GB)$/
const UNITS = { B: "byte", KB: "kilobyte", MB: "megabyte", GB: "gigabyte" }

function size(amount, unit) {
  const locale = document.documentElement.lang === "ar" ? "ar-EG-u-nu-latn" : "en-GB"
  const shown = { style: "unit", unit: UNITS[unit], maximumFractionDigits: 1 }
  return new Intl.NumberFormat(locale, shown).format(Number(amount))
}

function nameFiles() {
  for (const zone of document.querySelectorAll("[data-testid=stFileUploaderDropzone]")) {
    const walker = document.createTreeWalker(zone, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const node = walker.currentNode
      const found = SIZE.exec(node.nodeValue)
      if (found) node.masradSize = found.slice(1)
      if (node.masradSize) {
        const text = size(...node.masradSize)
        if (node.nodeValue !== text) node.nodeValue = text
      }
      for (const [key, is] of SAID) {
        if (is(node.nodeValue)) node.masrad = key
        if (node.masrad === key && names[key] && node.nodeValue !== names[key]) node.nodeValue = names[key]
      }
    }
    for (const each of zone.querySelectorAll("[aria-label]")) {
      const removed = each.ariaLabel.startsWith("Remove ") || each.masrad === "file_remove"
      const key = removed ? "file_remove" : each.matches("button") ? "bring_browse" : each.matches("input") ? "bring_files" : ""
      if (removed) each.masrad = key
      if (key && names[key] && each.ariaLabel !== names[key]) each.ariaLabel = names[key]
    }
  }
  const LISTS = { Open: "list_open", "Clear all": "list_clear", "Clear value": "list_clear" }
  for (const each of document.querySelectorAll("[data-testid=stSelectbox] button, [data-testid=stMultiSelect] button")) {
    const key = LISTS[each.ariaLabel] || each.masrad
    if (key && names[key]) {
      each.masrad = key
      if (each.ariaLabel !== names[key]) each.ariaLabel = names[key]
    }
  }
}

function name() {
  nameFiles()
  const skip = document.querySelector("[data-testid=stSkipToContent]")
  if (skip && names.skip && skip.textContent !== names.skip) skip.textContent = names.skip
  for (const [key, selector] of Object.entries(BUTTONS)) {
    for (const button of document.querySelectorAll(selector)) {
      if (names[key] && button.ariaLabel !== names[key]) button.ariaLabel = names[key]
    }
  }
}

// Where an answer was stopped, nothing runs any more: the page is asked to say so.
function stopped() {
  const app = document.querySelector("[data-testid=stApp]")
  if (app?.dataset.testScriptState === "notRunning") tell({ do: "stopped" })
  else setTimeout(stopped, 100)
}

window.masrad = {
  listen(heard) {
    send = heard
    while (waiting.length) heard(waiting.shift())
  },
  leave(heard) {
    if (send === heard) send = null
  },
  // Python's word after each run.
  update(data) {
    root.lang = data.language
    root.dir = data.direction
    const app = document.querySelector("[data-testid=stApp]")
    if (app) root.style.colorScheme = getComputedStyle(app).colorScheme
    const choices = JSON.stringify(data.choices)
    if (choices !== known) {
      known = choices
      keep(data.choices)
    }
    names = data.names
    offline.text = names.offline
    name()
    keys.on = data.choices.keys
    voice.on = data.choices.voice
    voice.names = names
    voice.update()
    reading.update()
  },
}

document.addEventListener("click", (event) => {
  const target = event.target.closest?.("[data-do]")
  if (!target) return
  // A link opens in a new tab as any other does.
  if (target.href && (event.ctrlKey || event.metaKey || event.shiftKey || event.button)) return
  event.preventDefault()
  if (target.getAttribute("aria-disabled") === "true") return
  cards.hide()
  const done = JSON.parse(target.dataset.do)
  if (done.do === "reload") return location.reload()
  if (done.do === "back") return history.back()
  // Over the chat, the map and the class; elsewhere an entry is a page of its own.
  if (done.do === "open" && !/\/(glossary|term|manage)$/.test(location.pathname)) return panel.open(done)
  if (/^(rate|note|explain)$/.test(done.do)) return tell(panel.keep(done))
  panel.leave(target)
  if (target.closest("[data-testid=stSidebar]") && done.do !== "manage" && drawer.matches) fold()
  tell(done)
})

// Where the sidebar lies over the page, a choice in it folds it.
const drawer = matchMedia("(max-width: 48rem)")
const fold = () => document.querySelector("[data-testid=stSidebarCollapseButton] button")?.click()

// Streamlit takes its button away on the click, so this comes before.
document.addEventListener("click", (event) => {
  if (event.target.closest?.(BUTTONS.stop)) setTimeout(stopped, 100)
}, true)

new MutationObserver(name).observe(document.body, { childList: true, subtree: true })
aloud.start()
cards.start()
copying.start()
drawing.start()
focusing.start()
flash.start()
frames.start()
keys.start(tell)
map.start()
offline.start()
panel.start(tell)
reading.start()
steps.start()
voice.start()
