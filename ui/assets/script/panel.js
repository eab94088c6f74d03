// The open entry: beside the page where there is room, else over it. A link in it takes its place, and
// going back, by its button or the browser's, leads to the entry before, where it was left.
const SOON = 300 // milliseconds, in which an entry that was drawn anew is there again
const beside = matchMedia("(min-width: 64rem)")
let tell = null
let opened = [] // what opened each entry, one after another, and how far it was read
let shown = null
let awaited = false // an entry was asked for and is not yet here
let leaving = false

const sheet = () => document.querySelector("[role=dialog]:has(.m-entry)")
const scroller = () => sheet()?.querySelector("h2[slot=title] + div")
const close = () => sheet()?.querySelector(":scope > button").click()

// What lies in the top layer is neither outside of a dialog nor inert: the page can be read and used.
const join = () => { document.getElementById("root").dataset.reactAriaTopLayer = "true" }
const part = () => { delete document.getElementById("root").dataset.reactAriaTopLayer }

const current = () => ({ ...opened.at(-1).done, before: opened.at(-2)?.done })

function show() {
  if (beside.matches) join()
  awaited = true
  tell(current())
}

// The browser's steps that entries took are gone back, unless a new page was gone to.
function closed() {
  if (sheet() || awaited) return
  const steps = opened.length
  part()
  opened = []
  if (history.state?.entries !== steps) return
  leaving = true
  history.go(-steps)
}

function look() {
  const entry = sheet()?.querySelector(".m-entry") ?? null
  if (entry === shown || !opened.length) return
  shown = entry
  if (!entry) return setTimeout(closed, SOON)
  awaited = false
  scroller().scrollTop = opened.at(-1).top
  const quote = entry.querySelector("#m-quote")
  const isBelow = quote?.getBoundingClientRect().bottom > innerHeight
  if (isBelow && !opened.at(-1).top) quote.scrollIntoView({ block: "center" })
  if (document.activeElement === document.body) sheet().focus({ preventScroll: true })
}

export const panel = {
  open(done) {
    if (!sheet()) opened = []
    else if (opened.length) opened.at(-1).top = scroller().scrollTop
    opened.push({ done, top: 0 })
    history.pushState({ entries: opened.length }, "")
    show()
  },
  // What is only noted of an answer leaves the entry open beside it, where it was read.
  keep(done) {
    if (!sheet() || !opened.length) return done
    opened.at(-1).top = scroller().scrollTop
    return { ...done, beside: current() }
  },
  // Whatever else is done on the page comes instead of it.
  leave(target) {
    if (sheet()?.contains(target)) return
    part()
    close()
  },
  start(told) {
    tell = told
    addEventListener("popstate", (event) => {
      if (!leaving && !opened.length) return
      event.stopImmediatePropagation() // Streamlit would run the page anew
      if (leaving) return (leaving = false)
      opened.length = Math.min(event.state?.entries ?? 0, opened.length)
      if (opened.length) show()
      else close()
    }, true)
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !sheet()?.contains(event.target)) close()
    })
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true })
  },
}
