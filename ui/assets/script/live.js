// A live quiz, on a phone and on the projector: shows what the server says, all of it each time, and
// sends what is pressed. What could not be sent yet is kept, also over a reload, and sent again.
const main = document.querySelector("main")
const lost = document.querySelector(".m-live-lost")
const board = document.body.classList.contains("m-live-board")
const at = new URL(document.body.dataset.at, document.baseURI).pathname
const numbers = new Intl.NumberFormat(document.documentElement.lang === "ar" ? "ar-EG-u-nu-latn" : "en-GB")
const all = (selector) => main.querySelectorAll(selector)

let view = { step: -1, html: main.innerHTML } // what the server said last
let until = Infinity // when time is up, by this page's own clock
let kept = read() // an answer that is not taken yet: {item, choice}
let mine // what was taken of this item, until the server says so itself
let sending = false

function read() {
  try {
    return JSON.parse(sessionStorage.getItem(at))
  } catch {
    return null
  }
}

function keep(answer) {
  kept = answer
  try {
    if (answer) sessionStorage.setItem(at, JSON.stringify(answer))
    else sessionStorage.removeItem(at)
  } catch {
    // then it lasts as long as the page
  }
}

function show(message) {
  const old = view
  if (message.step < old.step) return
  view = message
  lost.hidden = true
  until = message.left == null ? Infinity : performance.now() + 1000 * message.left
  if (message.item !== old.item || message.left == null) mine = undefined
  if (kept && (kept.item !== message.item || message.left == null)) keep(null)
  if (message.html !== old.html) {
    const inside = main.contains(document.activeElement)
    main.innerHTML = message.html
    const said = [...all(".m-live-place p:first-child, .m-live-verdict, h1")].map((each) => each.innerText)
    document.querySelector("[data-said]").textContent = said.join(". ")
    if (inside) (main.querySelector("[data-main]") ?? main).focus({ preventScroll: true })
    if (old.item !== message.item || (old.left == null) !== (message.left == null)) scrollTo(0, 0)
  }
  for (const each of all("[data-text]")) each.textContent = message.texts?.[each.dataset.text] ?? ""
  for (const each of all("[data-bar]")) each.style.setProperty("--part", message.bars[each.dataset.bar] ?? 0)
  mark()
  if (kept) send()
}

// The clock, what is chosen, and how far that is.
function mark() {
  const left = Math.max(0, (until - performance.now()) / 1000)
  const late = left === 0
  for (const each of all("[data-left]")) each.textContent = numbers.format(Math.ceil(left))
  main.style.setProperty("--left", view.seconds ? left / view.seconds : 0)
  main.dataset.soon = left < 5.5
  const chosen = current()
  const buttons = all("[data-choice]")
  for (const each of buttons) {
    const turn = chosen.indexOf(Number(each.dataset.choice))
    each.setAttribute("aria-pressed", turn >= 0)
    if (each.disabled !== late) each.disabled = late
    const place = each.querySelector("[data-turn]")
    if (place) place.textContent = turn < 0 ? "" : numbers.format(turn + 1)
  }
  const whole = !main.querySelector("[data-kind=order]") || chosen.length === buttons.length
  const is = late ? "late" : view.everybody ? "all" : chosen.length && whole ? (kept ? "sending" : "sent") : "open"
  if (main.dataset.is !== is) main.dataset.is = is
}

const current = () => kept?.choice ?? mine ?? view.chosen ?? []

function choose(n) {
  const steps = main.querySelector("[data-kind=order]")
  let choice = [n]
  if (steps) {
    const before = current()
    choice = before.includes(n) ? before.slice(0, before.indexOf(n)) : [...before, n]
  }
  keep({ item: view.item, choice })
  mark()
  send()
}

async function send() {
  const steps = main.querySelector("[data-kind=order]")
  if (sending || (steps && kept.choice.length < all("[data-choice]").length)) return
  sending = true
  const sent = kept
  const status = await post(sent)
  sending = false
  if (status === 200 || status === 409 || status === 422) {
    if (status === 200) mine = sent.choice
    if (kept === sent) keep(null)
    mark()
  }
  if (kept) setTimeout(() => kept && send(), kept === sent ? 500 : 0)
}

async function post(what) {
  try {
    const body = JSON.stringify(what)
    const answer = await fetch(at + location.search, { method: "POST", body, signal: AbortSignal.timeout?.(8000) })
    if (board && answer.ok) show(await answer.json())
    lost.hidden = answer.status < 500
    return answer.status
  } catch {
    lost.hidden = false
    return 0
  }
}

// Asks for what there is to show, again and again until the quiz is gone.
async function look() {
  try {
    const answer = await fetch(`${at}/now${location.search}`, { signal: AbortSignal.timeout?.(8000) })
    if (answer.ok) {
      const message = await answer.json()
      show(message.gone ? { ...message, step: Infinity } : message)
      if (message.gone) return
    } else lost.hidden = answer.status < 500
  } catch {
    lost.hidden = false
  }
  setTimeout(look, board ? 300 : 450)
}

document.addEventListener("click", (event) => {
  const choice = event.target.closest("[data-choice]")
  const move = event.target.closest("[data-move]")
  if (choice) choose(Number(choice.dataset.choice))
  if (!move || (move.dataset.sure && !confirm(move.dataset.sure))) return
  const seconds = Number(main.querySelector("[data-seconds]")?.value ?? 0)
  post({ do: move.dataset.move, step: view.step, seconds })
})

// The keys of a presenter, and F by its place on the keyboard.
document.addEventListener("keydown", (event) => {
  if (!board || event.ctrlKey || event.altKey || event.metaKey || event.target.closest("select, a")) return
  const onward = document.documentElement.dir === "rtl" ? "ArrowLeft" : "ArrowRight"
  const pressed = event.target.closest("button")
  const isOnward = ["PageDown", onward].includes(event.key) || (event.key === " " && !pressed)
  const found = isOnward && main.querySelector("[data-main]")
  if (event.code === "KeyF") document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()
  if (!found || event.repeat) return
  event.preventDefault()
  found.click()
})

setInterval(mark, 250)
look()
