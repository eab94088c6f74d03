// The card of a citation or of a linked term: shown half a second after the pointer or the focus
// comes to rest on it, gone on Escape (WCAG 2.2, 1.4.13). What is in it is set as text.
const DELAY = 500
const LINGER = 200

const card = document.createElement("div")
card.id = "m-hover"
card.className = "m-hover"
card.setAttribute("role", "tooltip")
card.hidden = true

let owner = null
let timer = 0

function line(name, text, tag = "p") {
  const element = document.createElement(tag)
  element.className = `m-hover-${name}`
  element.append(text)
  return element
}

// The words cited, marked where they stand.
function passage(told) {
  const { before = "", after = "" } = told
  const quote = line("quote", before, "blockquote")
  quote.append(line("mark", told.quote, before || after ? "mark" : "span"), after)
  return quote
}

function source(told) {
  const place = line("source", told.url ? "" : told.text)
  place.dir = "auto"
  if (told.url) {
    const link = line("link", told.text, "a")
    Object.assign(link, { href: told.url, target: "_blank", rel: "noopener noreferrer" })
    place.append(link)
  }
  return place
}

function show(target) {
  if (!target.isConnected) return // the answer was drawn anew
  const told = JSON.parse(target.dataset.card)
  card.lang = told.lang
  card.dir = told.dir
  card.replaceChildren(
    line("term", told.term),
    line("place", told.place),
    passage(told),
    ...(told.sources ?? []).map(source),
  )
  card.hidden = false
  place(target)
  owner?.removeAttribute("aria-describedby")
  owner = target
  target.setAttribute("aria-describedby", card.id)
}

function place(target) {
  const at = target.getBoundingClientRect()
  const own = card.getBoundingClientRect()
  const margin = 8
  const most = document.documentElement.clientWidth - own.width - margin
  const left = Math.max(margin, Math.min(at.left + at.width / 2 - own.width / 2, most))
  const above = at.top - own.height - margin
  card.style.left = `${left}px`
  card.style.top = `${above > 60 ? above : at.bottom + margin}px`
}

function later(action, delay) {
  clearTimeout(timer)
  timer = setTimeout(action, delay)
}

export const cards = {
  hide() {
    clearTimeout(timer)
    card.hidden = true
    owner?.removeAttribute("aria-describedby")
    owner = null
  },
  start() {
    document.body.append(card)
    const find = (event) => event.target.closest?.("[data-card]")
    const enter = (event) => {
      if (event.pointerType === "touch") return // a tap opens the entry itself
      if (card.contains(event.target)) return clearTimeout(timer)
      const target = find(event)
      if (target && target !== owner) later(() => show(target), DELAY)
      else if (target) clearTimeout(timer)
    }
    const leave = (event) => {
      if (find(event) || card.contains(event.target)) later(() => this.hide(), LINGER)
    }
    document.addEventListener("pointerover", enter)
    document.addEventListener("pointerout", leave)
    document.addEventListener("focusin", (event) => {
      const target = find(event)
      if (target && target.matches(":focus-visible")) later(() => show(target), DELAY)
    })
    document.addEventListener("focusout", leave)
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || card.hidden) return
      event.stopPropagation()
      this.hide()
    }, true)
    const follow = () => owner && place(owner)
    document.addEventListener("scroll", follow, { capture: true, passive: true })
  },
}
