// A lesson on the projector: one slide at a time, revealed step by step; its place stands in the address.
const SWIPE = 40 // pixels
const LEAST = 0.45 // of the size of text: what is longer still is scrolled
const slides = [...document.querySelectorAll(".m-slide")]
const tools = document.querySelector(".m-deck-tools")
const rightToLeft = document.documentElement.dir === "rtl"
const digits = new Intl.NumberFormat(document.documentElement.lang === "ar" ? "ar-EG-u-nu-latn" : "en")
let at = 0
let step = 0

const steps = (slide) => [...slide.querySelectorAll("[data-step]")]

// As large as the screen has room for.
function fit(slide) {
  const isOver = () => slide.scrollHeight > slide.clientHeight + 1 || slide.scrollWidth > slide.clientWidth + 1
  slide.style.setProperty("--fit", 1)
  for (let size = 1; size > LEAST && isOver(); size -= 0.05) slide.style.setProperty("--fit", size)
}

function show() {
  slides.forEach((slide, n) => { slide.hidden = n !== at })
  const slide = slides[at]
  steps(slide).forEach((each, n) => { each.classList.toggle("m-waits", n >= step) })
  for (const each of slide.querySelectorAll("[data-right]")) {
    each.classList.toggle("m-right", step >= steps(slide).length)
  }
  fit(slide)
  tools.querySelector("output").value = `${digits.format(at + 1)} / ${digits.format(slides.length)}`
  history.replaceState(null, "", `#${at + 1}.${step}`)
}

// What is new, for who listens.
function say() {
  const shown = step ? steps(slides[at])[step - 1] : slides[at]
  document.getElementById("m-deck-said").textContent = (step ? "" : `${slides[at].ariaLabel}. `)
    + [...shown.querySelectorAll("p, li, h1, [aria-label]")].filter((each) => !each.closest(".m-waits"))
      .map((each) => each.ariaLabel ?? each.textContent).join(" ")
}

function go(on) {
  if (on && step < steps(slides[at]).length) step += 1
  else if (on && at < slides.length - 1) { at += 1; step = 0 }
  else if (!on && step > 0) step -= 1
  else if (!on && at > 0) { at -= 1; step = steps(slides[at]).length }
  else return
  show()
  say()
}

function full() {
  if (document.fullscreenElement) document.exitFullscreen()
  else document.documentElement.requestFullscreen?.()
}

const KEYS = {
  " ": true, Enter: true, PageDown: true, ArrowDown: true, PageUp: false, ArrowUp: false, Backspace: false,
  ArrowRight: !rightToLeft, ArrowLeft: rightToLeft,
}
addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return
  const onButton = event.target.closest?.("[data-deck]") && (event.key === " " || event.key === "Enter")
  if (onButton) return
  if (event.key in KEYS) go(event.key === " " && event.shiftKey ? false : KEYS[event.key])
  else if (event.key === "Home") { at = step = 0; show() }
  else if (event.key === "End") { at = slides.length - 1; step = 0; show() }
  else if (event.code === "KeyF") full()
  else return
  event.preventDefault()
})

let from = null
addEventListener("pointerdown", (event) => { from = event.clientX })
addEventListener("click", (event) => {
  const does = event.target.closest("[data-deck]")?.dataset.deck
  if (does === "close") return close() // a tab of its own; else the link leads to the lesson
  if (does === "full") return full()
  if (does) return go(does === "on")
  if (getSelection().toString()) return
  const moved = from === null ? 0 : event.clientX - from
  go(Math.abs(moved) < SWIPE || (moved < 0) !== rightToLeft)
})
addEventListener("touchstart", (event) => { from = event.touches[0].clientX }, { passive: true })
addEventListener("touchend", (event) => {
  const moved = event.changedTouches[0].clientX - from
  if (Math.abs(moved) >= SWIPE) { go((moved < 0) !== rightToLeft); event.preventDefault() }
}, { passive: false })
addEventListener("resize", () => fit(slides[at]))

const theme = /"theme":"(light|dark)"/.exec(decodeURIComponent(document.cookie))?.[1]
if (theme) document.documentElement.style.colorScheme = theme
document.documentElement.classList.add("m-deck-runs")
tools.hidden = false
const place = /^#(\d+)(?:\.(\d+))?$/.exec(location.hash)
if (place) {
  at = Math.min(Math.max(place[1] - 1, 0), slides.length - 1)
  step = Math.min(Number(place[2] ?? 0), steps(slides[at]).length)
}
show()
document.fonts?.ready.then(() => fit(slides[at]))
