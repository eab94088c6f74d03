// Focus: a button that was pressed is drawn anew with what it changed. It is told by data-focus, and
// keeps the focus, so that the keyboard goes on from where it was.
let kept = ""

// The box to ask in has the focus once it is there, and again where the first question moves it to the
// window's end. On a phone only at first: its keyboard would cover the answer.
const BOX = "[data-testid=stChatInputTextArea]"
let box = null
let wanting = false

function begin() {
  const found = [...document.querySelectorAll(BOX)].at(-1)
  if (!found) return
  if (found !== box) wanting = !box || matchMedia("(hover: hover)").matches
  box = found
  const active = document.activeElement
  if (wanting && (active === document.body || (active.matches(BOX) && active !== box))) box.focus({ preventScroll: true })
}

function give() {
  if (!kept || document.activeElement !== document.body) return
  document.querySelector(`[data-focus="${CSS.escape(kept)}"]`)?.focus()
}

export const focusing = {
  start() {
    for (const done of ["focusin", "pointerdown"]) document.addEventListener(done, () => { wanting = false }, true)
    const keep = (event) => { kept = event.target.closest?.("[data-focus]")?.dataset.focus ?? "" }
    document.addEventListener("click", keep, true)
    new MutationObserver(() => { give(); begin() }).observe(document.body, { childList: true, subtree: true })
  },
}
