// Reading: what comes is brought into view where it begins, and told to a screen reader in turn.
const live = document.createElement("div")
live.className = "m-hidden"
live.setAttribute("aria-live", "polite")

let first = 0 // the turns on the page, by their numbers in the conversation
let last = -1
let chat = ""
let anchor = ""
let moved = false // the reader, since the page was loaded
let until = 0
let said = null // what was said of the answer that is coming
let told = "" // and its turn
let place = ""

// Streamlit leaves a view scrolled as the last one was. The chat finds its own place.
function begin() {
  const now = location.pathname + (new URLSearchParams(location.search).get("id") ?? "")
  if (now === place) return
  place = now
  if (!location.pathname.endsWith("/")) document.querySelector(".stMain")?.scrollTo(0, 0)
}

// Streamlit follows what grows to its end; for a moment after something new, we go back to it.
function bring(selector) {
  anchor = selector
  until = Date.now() + 2000
  for (const delay of [50, 200, 400, 700, 1100, 1600]) setTimeout(hold, delay)
}

function hold() {
  // A slow page is not drawn within the moment; until the reader moves, it is held all the same.
  const drawing = document.querySelector("[data-test-script-state=running]")
  if (until && drawing) until = Math.max(until, Date.now() + 500)
  if (Date.now() < until) document.querySelector(anchor)?.scrollIntoView()
}

function fresh(element) {
  if (!element || element.dataset.shown) return false
  element.dataset.shown = "yes"
  return true
}

// A page without turns is a new conversation; or it is drawn anew, and they come back at once.
function forget() {
  if (!document.querySelector(".m-turn")) [first, last] = [0, -1]
}

function show() {
  begin()
  const numbers = [...document.querySelectorAll(".m-turn")].map((turn) => Number(turn.id.slice(5)))
  const panels = document.querySelectorAll(".m-turn .m-found")
  const before = chat
  chat = new URLSearchParams(location.search).get("c") ?? ""
  if (before && before !== chat) last = -1
  if (!numbers.length) setTimeout(forget, 1000)
  // While the page is drawn, turns that were there and that are to be stand beside one another.
  const [top, end] = [Math.min(...numbers), Math.max(...numbers)]
  const grown = end > last
  // What somebody else shared is read from its beginning, of which a notice tells.
  const shared = !moved && document.querySelector(".st-key-chat .m-notice")
  if (grown && shared) bring(".st-key-chat .m-notice")
  else if (grown) bring(`#turn-${end} .m-asked`)
  else if (top < first && Date.now() >= until) {
    bring(`#turn-${first} .m-asked`) // earlier ones come above it, of which each is no new place
  }
  else if (fresh(document.querySelector(".m-head"))) bring(".m-notice, .m-head")
  for (const panel of panels) {
    if (fresh(panel) && !grown) bring(`#${panel.closest(".m-turn").id} .m-found`)
  }
  if (numbers.length) first = top
  last = Math.max(last, end)
  hold()
  announce()
}

function announce() {
  const coming = document.querySelector(".m-turn :is(.m-answer[aria-busy=true], .m-searching)")
  if (coming) {
    said ??= new Set()
    told = coming.closest(".m-turn").id
  }
  if (!said) return
  const turn = document.getElementById(told)
  // What is withdrawn reads otherwise than before, and is said again; once it is over, from below.
  const pieces = turn?.querySelectorAll(".m-sentence, .m-absent, .m-checking, .m-kept[data-support=withdrawn]") ?? []
  const heard = [...pieces].map((each) => each.textContent).filter((text) => !said.has(text))
  if (heard.length) {
    live.lang = turn.querySelector(".m-answer").lang
    live.textContent = heard.join(" ")
  }
  for (const text of heard) said.add(text)
  if (!coming) said = null
}

export const reading = {
  start() {
    document.body.append(live)
    document.addEventListener("masrad-say", (event) => {
      live.textContent = ""
      setTimeout(() => (live.textContent = event.detail), 50)
    })
    document.addEventListener("scroll", hold, { capture: true, passive: true }) // before it is painted
    for (const act of ["wheel", "touchmove", "keydown", "pointerdown"]) {
      document.addEventListener(act, () => { moved = true; until = 0 }, { passive: true })
    }
    new MutationObserver(show).observe(document.body, { childList: true, subtree: true })
  },
  update: show,
}
