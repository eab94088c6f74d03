// Focus: a button that was pressed is drawn anew with what it changed. It is told by data-focus, and
// keeps the focus, so that the keyboard goes on from where it was.
let kept = ""

function give() {
  if (!kept || document.activeElement !== document.body) return
  document.querySelector(`[data-focus="${CSS.escape(kept)}"]`)?.focus()
}

export const focusing = {
  start() {
    const keep = (event) => { kept = event.target.closest?.("[data-focus]")?.dataset.focus ?? "" }
    document.addEventListener("click", keep, true)
    new MutationObserver(give).observe(document.body, { childList: true, subtree: true })
  },
}
